/** 对账单: every change, with what was left after it. */

import type { Pages } from "@hourbook/client";
import { client } from "../../hourbook.js";
import { statementPages, type StatementRow } from "../../logic/statement.js";
import { emptyList, page, readOn, restart } from "../../screen.js";

page({
    data: emptyList<StatementRow>(),

    pages: null as Pages<StatementRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<StatementRow>(this);
    },

    read() {
        return restart<StatementRow>(this, () => statementPages(client));
    },
});
