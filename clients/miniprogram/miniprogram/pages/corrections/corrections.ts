/** 更正申请: what I asked for, and what was decided. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { correctionPages, type CorrectionRow } from "../../logic/corrections.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<CorrectionRow>(),

    pages: null as Pages<CorrectionRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<CorrectionRow>(this);
    },

    read() {
        return restart<CorrectionRow>(this, () => correctionPages(client, names));
    },
});
