/** 登录: with the number and the code that the office gave. */

import { client } from "../../hourbook.js";
import { signIn } from "../../logic/me.js";
import { attempt, page } from "../../screen.js";

page({
    data: { number: "", code: "", isBusy: false, error: "" },

    onNumber(event: WechatMiniprogram.Input) {
        this.setData({ number: event.detail.value });
    },

    onCode(event: WechatMiniprogram.Input) {
        this.setData({ code: event.detail.value });
    },

    onSignIn() {
        return attempt(this, async () => {
            await signIn(client, this.data.number, this.data.code);
            await wx.reLaunch({ url: "/pages/home/home" });
        });
    },
});
