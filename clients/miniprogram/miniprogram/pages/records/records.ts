/** 服务记录: my records, newest first. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { recordPages, type RecordRow } from "../../logic/records.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<RecordRow>(),

    pages: null as Pages<RecordRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<RecordRow>(this);
    },

    read() {
        return restart<RecordRow>(this, () => recordPages(client, names));
    },
});
