/** 登录: with WeChat; who is not known yet binds themselves, by phone or by the office's code, or applies. */

import { client, door } from "../../hourbook.js";
import type { OwnApplication } from "../../logic/door.js";
import { attempt, isSure, page } from "../../screen.js";

page({
    data: { isKnownToWechat: false, application: null as OwnApplication | null, number: "", code: "", isBusy: false, error: "" },
    next: "",
    hasLeft: false,

    onLoad(query: Record<string, string | undefined>) {
        this.next = decodeURIComponent(query["next"] ?? "") || "/pages/home/home";
        this.hasLeft = query["left"] !== undefined;
    },

    /** Who comes back from the form sees what became of it. */
    onShow() {
        return this.hasLeft ? undefined : this.onWechat();
    },

    onWechat() {
        this.hasLeft = false;
        return attempt(this, () => this.enter());
    },

    onPhone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
        return attempt(this, async () => {
            const { code } = event.detail;
            if (!code) {
                this.setData({ error: "没有取得手机号。没关系，可以用单位给的激活码，或者申请注册。" });
                return;
            }
            await door.bindByPhone(code);
            await this.enterIfKnown();
        });
    },

    onNumber(event: WechatMiniprogram.Input) {
        this.setData({ number: event.detail.value });
    },

    onCode(event: WechatMiniprogram.Input) {
        this.setData({ code: event.detail.value });
    },

    onSignIn() {
        return attempt(this, async () => {
            await door.bindByCode(this.data.number, this.data.code);
            await this.enterIfKnown();
        });
    },

    onWithdraw() {
        return attempt(this, async () => {
            if (!(await isSure("撤回后，您填写的资料立即删除。"))) return;
            await door.withdraw();
            await this.enter();
        });
    },

    async enter() {
        const welcome = await door.enter();
        if (welcome.isSignedIn) await this.enterIfKnown();
        else this.setData({ isKnownToWechat: true, application: welcome.application });
    },

    async enterIfKnown() {
        if (await client.isSignedIn()) await wx.reLaunch({ url: this.next });
    },
});
