/** Where the service is. WeChat asks for HTTPS and a domain that is entered with the mini-program's account. */
export const BASE_URL = "https://volunteers.example";
