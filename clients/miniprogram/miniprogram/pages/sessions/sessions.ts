/** 登录的设备: where I am signed in, and signing out. */

import { client, showWayBack } from "../../hourbook.js";
import { endSession, readSessions, type SessionRow } from "../../logic/settings.js";
import { attempt, isSure, page, tappedId } from "../../screen.js";

page({
    data: { rows: [] as readonly SessionRow[], isBusy: false, error: "" },

    onShow() {
        return attempt(this, () => this.read());
    },

    async read() {
        this.setData({ rows: await readSessions(client) });
    },

    onEnd(event: WechatMiniprogram.BaseEvent) {
        return attempt(this, async () => {
            await endSession(client, tappedId(event));
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
