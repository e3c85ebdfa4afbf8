/** Where the service is. WeChat asks for HTTPS and a domain that is entered with the mini-program's account. */
export const BASE_URL = "https://volunteers.example";

/** The units that one may apply to here; `id` is that of the service. Without any, newcomers are sent to an office. */
export const UNITS: readonly { readonly id: string; readonly name: string }[] = [];

/** The version of the text that applicants agree to. */
export const CONSENT_VERSION = "2026-1";
