/** 异议: what I doubted, and what was answered. */

import type { Pages } from "@hourbook/client";
import { client } from "../../hourbook.js";
import { objectionPages, type ObjectionRow } from "../../logic/notices.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<ObjectionRow>(),

    pages: null as Pages<ObjectionRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<ObjectionRow>(this);
    },

    read() {
        return restart<ObjectionRow>(this, () => Promise.resolve(objectionPages(client)));
    },
});
