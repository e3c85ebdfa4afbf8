/** 积分兑换: what is offered, and redeeming it. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { giftPages, redeem, spendable, type GiftRow } from "../../logic/gifts.js";
import { attempt, emptyList, isSure, page, readOn, restart, tappedId } from "../../screen.js";

page({
    data: emptyList<GiftRow>(),

    pages: null as Pages<GiftRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<GiftRow>(this);
    },

    read() {
        return restart<GiftRow>(this, async () => giftPages(client, names, await spendable(client)));
    },

    onRedeem(event: WechatMiniprogram.BaseEvent) {
        return attempt(this, async () => {
            const gift = this.data.rows.find((row) => row.id === tappedId(event));
            if (gift === undefined || !(await isSure(`用 ${gift.price} 分兑换${gift.name}？`))) return;
            await redeem(client, names, gift.id);
            await wx.navigateTo({ url: "/pages/redemptions/redemptions" });
        });
    },
});
