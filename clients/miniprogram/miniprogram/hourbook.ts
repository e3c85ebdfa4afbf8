/** The one client of the mini-program, its door, and the names that its pages share. */

import { Client, onWx, wxCode } from "@hourbook/client";
import { BASE_URL } from "./config.js";
import { Door } from "./logic/door.js";
import { Names } from "./logic/names.js";

export const client = new Client({ baseUrl: BASE_URL, ...onWx(wx), onSignedOut: () => showSignIn() });

export const door = new Door(client, { app: wx.getAccountInfoSync().miniProgram.appId, newCode: wxCode(wx) });

export const names = new Names(client);

/** Nobody is signed in any more. Who signs in goes to a page then, the first screen where none is named. */
export function showSignIn(next = ""): void {
    void wx.reLaunch({ url: `/pages/sign_in/sign_in?next=${encodeURIComponent(next)}` });
}

/** Somebody left on purpose, and is not let in again before they ask for it. */
export function showWayBack(): void {
    void wx.reLaunch({ url: "/pages/sign_in/sign_in?left=1" });
}
