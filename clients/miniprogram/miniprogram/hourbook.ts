/** The one client of the mini-program, and the names that its pages share. */

import { Client, onWx } from "@hourbook/client";
import { BASE_URL } from "./config.js";
import { Names } from "./logic/names.js";

export const client = new Client({ baseUrl: BASE_URL, ...onWx(wx), onSignedOut: showSignIn });

export const names = new Names(client);

/** Nobody is signed in any more. */
export function showSignIn(): void {
    void wx.reLaunch({ url: "/pages/sign_in/sign_in" });
}
