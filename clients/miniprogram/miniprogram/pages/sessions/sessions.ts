/** 登录的设备: where I am signed in and by which WeChat, and signing out. */

import { client, showWayBack } from "../../hourbook.js";
import { endBinding, endSession, readBindings, readSessions, type BindingRow, type SessionRow } from "../../logic/settings.js";
import { attempt, isSure, page, tappedId } from "../../screen.js";

page({
    data: { rows: [] as readonly SessionRow[], bindings: [] as readonly BindingRow[], isBusy: false, error: "" },

    onShow() {
        return attempt(this, () => this.read());
    },

    async read() {
        const [rows, bindings] = await Promise.all([readSessions(client), readBindings(client)]);
        this.setData({ rows, bindings });
    },

    onEnd(event: WechatMiniprogram.BaseEvent) {
        return attempt(this, async () => {
            await endSession(client, tappedId(event));
            await this.read();
        });
    },

    onUnbind(event: WechatMiniprogram.BaseEvent) {
        return attempt(this, async () => {
            if (!(await isSure("解绑后，用这个微信登录的设备都会退出；再绑定需要手机号或者新的激活码。"))) return;
            await endBinding(client, tappedId(event));
            await this.read();
        });
    },

    onSignOut() {
        return attempt(this, async () => {
            if (!(await isSure("退出后用微信就能再进入；微信没有绑定的，需要单位给的新激活码。"))) return;
            await client.signOut();
            showWayBack();
        });
    },
});
