/** 服务记录: one, and what I say to it. */

import { client, names } from "../../hourbook.js";
import { reportWrong } from "../../logic/corrections.js";
import { confirm, readRecord, withdraw, type RecordScreen } from "../../logic/records.js";
import { askForWords, attempt, isSure, page, tell } from "../../screen.js";

page({
    data: { record: null as RecordScreen | null, isBusy: false, error: "" },
    id: "",

    onLoad(query: Record<string, string | undefined>) {
        this.id = query["id"] ?? "";
    },

    onShow() {
        return attempt(this, () => this.read());
    },

    async read() {
        this.setData({ record: await readRecord(client, names, this.id) });
    },

    onConfirm() {
        return attempt(this, async () => {
            await confirm(client, this.id);
            await this.read();
        });
    },

    onWithdraw() {
        return attempt(this, async () => {
            if (!(await isSure("撤回后这条记录不再审核。"))) return;
            await withdraw(client, this.id);
            await this.read();
        });
    },

    onWrong() {
        return attempt(this, async () => {
            const words = await askForWords("申请更正", "请说明哪里不对");
            if (words === null) return;
            await reportWrong(client, this.id, words);
            tell("已提交");
        });
    },
});
