/** 我的报名: my places, and what may become one. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { placePages, type PlaceRow } from "../../logic/enrolments.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<PlaceRow>(),

    pages: null as Pages<PlaceRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<PlaceRow>(this);
    },

    read() {
        return restart<PlaceRow>(this, () => placePages(client, names));
    },
});
