/** 公示: records that are shown before they count, and objecting to them. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { noticePages, object, type NoticeRow } from "../../logic/notices.js";
import { askForWords, attempt, emptyList, page, readOn, restart, tappedId, tell } from "../../screen.js";

page({
    data: emptyList<NoticeRow>(),

    pages: null as Pages<NoticeRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<NoticeRow>(this);
    },

    read() {
        return restart<NoticeRow>(this, () => Promise.resolve(noticePages(client, names)));
    },

    async onObject(event: WechatMiniprogram.BaseEvent) {
        await attempt(this, async () => {
            const words = await askForWords("提出异议", "请说明理由");
            if (words === null) return;
            await object(client, tappedId(event), words);
            tell("已提交");
        });
        if (this.data.error === "") await this.read();
    },
});
