/** The mini-program, and what it does when it comes to the front. */

import { isNoAnswer, isSignedOut, textOf } from "@hourbook/client";
import { client } from "./hourbook.js";
import { tell } from "./screen.js";

App<{ settle(): Promise<void> }>({
    onShow() {
        void this.settle();
    },

    /** Finds out what became of what was sent before it went away. */
    async settle() {
        try {
            for (const resumed of await client.resume()) {
                if (!("error" in resumed)) tell("上次的提交已完成");
                else if (!isNoAnswer(resumed.error)) tell(textOf(resumed.error));
            }
        } catch (error) {
            // Who is not signed in has nothing to settle, and what found no network is found out next time.
            if (!isSignedOut(error) && !isNoAnswer(error)) throw error;
        }
    },
});
