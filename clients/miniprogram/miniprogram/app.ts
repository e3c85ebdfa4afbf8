/** The mini-program: one client for all pages, and what it does when it comes to the front. */

import { Client, isNoAnswer, isSignedOut, onWx, textOf } from "@hourbook/client";
import { BASE_URL } from "./config.js";
import { Names } from "./logic/names.js";

/** What every page has of the app. */
export interface Hourbook {
    readonly client: Client;
    readonly names: Names;
}

function newClient(): Client {
    return new Client({ baseUrl: BASE_URL, ...onWx(wx), onSignedOut: showSignIn });
}

/** Nobody is signed in any more. */
export function showSignIn(): void {
    void wx.reLaunch({ url: "/pages/sign_in/sign_in" });
}

App<{ hourbook: Hourbook | null; parts(): Hourbook; settle(): Promise<void> }>({
    hourbook: null,

    parts() {
        if (this.hourbook === null) {
            const client = newClient();
            this.hourbook = { client, names: new Names(client) };
        }
        return this.hourbook;
    },

    onShow() {
        void this.settle();
    },

    /** Finds out what became of what was sent before the app went away. */
    async settle() {
        try {
            for (const resumed of await this.parts().client.resume()) {
                const isOpen = "error" in resumed && isNoAnswer(resumed.error);
                if (isOpen) continue;
                const title = "error" in resumed ? textOf(resumed.error) : "上次的提交已完成";
                void wx.showToast({ title, icon: "none" });
            }
        } catch (error) {
            // Who is not signed in has nothing to settle, and what found no network is found out next time.
            if (!isSignedOut(error) && !isNoAnswer(error)) throw error;
        }
    },
});
