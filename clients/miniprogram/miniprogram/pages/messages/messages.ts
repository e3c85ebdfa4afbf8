/** 消息: what I am told; what was shown is read. */

import type { Pages } from "@hourbook/client";
import { client } from "../../hourbook.js";
import { messagePages, read, type MessageRow } from "../../logic/messages.js";
import { attempt, emptyList, page, readOn, restart, tappedId } from "../../screen.js";

page({
    data: emptyList<MessageRow>(),

    pages: null as Pages<MessageRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<MessageRow>(this);
    },

    async read() {
        await restart<MessageRow>(this, () => Promise.resolve(messagePages(client)));
        const [newest] = this.data.rows;
        if (newest !== undefined && !newest.isRead) await attempt(this, () => read(client, newest.id));
    },

    async onOpen(event: WechatMiniprogram.BaseEvent) {
        const url = this.data.rows.find((row) => row.id === tappedId(event))?.url ?? "";
        if (url !== "") await wx.navigateTo({ url });
    },
});
