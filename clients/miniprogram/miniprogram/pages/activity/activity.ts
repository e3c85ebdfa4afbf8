/** 活动: one, its positions, and my place in it. */

import { client, names } from "../../hourbook.js";
import { readActivity, type ActivityScreen } from "../../logic/activities.js";
import { accept, contest, enrol, wait, withdraw } from "../../logic/enrolments.js";
import { askForWords, attempt, choose, isSure, page, tappedId, tell } from "../../screen.js";

const ASK_ME = "有空位先问我";
const AT_ONCE = "有空位直接算我报上";

page({
    data: { activity: null as ActivityScreen | null, isBusy: false, error: "" },
    id: "",

    onLoad(query: Record<string, string | undefined>) {
        this.id = query["id"] ?? "";
    },

    onShow() {
        return attempt(this, () => this.read());
    },

    async onPullDownRefresh() {
        await attempt(this, () => this.read());
        await wx.stopPullDownRefresh();
    },

    async read() {
        this.setData({ activity: await readActivity(client, names, this.id) });
    },

    onEnrol(event: WechatMiniprogram.BaseEvent) {
        return this.change(async () => {
            await enrol(client, tappedId(event));
            tell("已提交");
        });
    },

    onWait(event: WechatMiniprogram.BaseEvent) {
        return this.change(async () => {
            const chosen = await choose([ASK_ME, AT_ONCE]);
            if (chosen !== null) await wait(client, tappedId(event), chosen === AT_ONCE);
        });
    },

    onAccept(event: WechatMiniprogram.BaseEvent) {
        return this.change(() => accept(client, tappedId(event)));
    },

    onWithdraw(event: WechatMiniprogram.BaseEvent) {
        return this.change(async () => {
            if (await isSure("退出后名额让给排队的人。")) await withdraw(client, tappedId(event));
        });
    },

    onContest(event: WechatMiniprogram.BaseEvent) {
        return this.change(async () => {
            const words = await askForWords("缺席申诉", "请说明您在场，或者为什么没来");
            if (words !== null) await contest(client, tappedId(event), words);
        });
    },

    /** Whatever came of it, what is free now and what can be done is read again; what was refused stays told. */
    async change(work: () => Promise<void>) {
        await attempt(this, work);
        const { error } = this.data;
        await attempt(this, () => this.read());
        if (error !== "") this.setData({ error });
    },
});
