/** 找活动: what is not over yet. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { activityPages, type ActivityRow } from "../../logic/activities.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<ActivityRow>(),

    pages: null as Pages<ActivityRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<ActivityRow>(this);
    },

    read() {
        return restart<ActivityRow>(this, () => Promise.resolve(activityPages(client, names)));
    },
});
