/** 我的兑换: with the code to get each gift. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { cancel, redemptionPages, type RedemptionRow } from "../../logic/gifts.js";
import { qr } from "../../logic/qr.js";
import { attempt, emptyList, isSure, page, readOn, restart, tappedId } from "../../screen.js";

page({
    data: { ...emptyList<RedemptionRow>(), shown: "", qr: [] as boolean[][] },

    pages: null as Pages<RedemptionRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<RedemptionRow>(this);
    },

    read() {
        return restart<RedemptionRow>(this, () => redemptionPages(client, names));
    },

    /** The code as a picture, or away with it. */
    onPicture(event: WechatMiniprogram.BaseEvent) {
        const code = tappedId(event);
        const isShown = this.data.shown === code;
        this.setData(isShown ? { shown: "", qr: [] } : { shown: code, qr: qr(code) });
    },

    async onCancel(event: WechatMiniprogram.BaseEvent) {
        await attempt(this, async () => {
            if (await isSure("取消后积分退回。")) await cancel(client, tappedId(event));
        });
        if (this.data.error === "") await this.read();
    },
});
