/** 漏记: a service that nobody recorded. Choosing its activity first. */

import type { Pages } from "@hourbook/client";
import { client } from "../../hourbook.js";
import { activityPages, lacking, reportMissing, type ActivityChoice } from "../../logic/corrections.js";
import { attempt, emptyList, page, readOn, restart, tappedId, tell } from "../../screen.js";

page({
    data: { ...emptyList<ActivityChoice>(), chosen: null as ActivityChoice | null, date: "", start: "", end: "", words: "" },

    pages: null as Pages<ActivityChoice> | null,

    onLoad() {
        return restart<ActivityChoice>(this, () => Promise.resolve(activityPages(client)));
    },

    onReachBottom() {
        return this.data.chosen === null ? readOn<ActivityChoice>(this) : Promise.resolve();
    },

    onChoose(event: WechatMiniprogram.BaseEvent) {
        this.setData({ chosen: this.data.rows.find((row) => row.id === tappedId(event)) ?? null });
    },

    onChooseAnother() {
        this.setData({ chosen: null });
    },

    onDate(event: WechatMiniprogram.PickerChange) {
        this.setData({ date: String(event.detail.value) });
    },

    onStart(event: WechatMiniprogram.PickerChange) {
        this.setData({ start: String(event.detail.value) });
    },

    onEnd(event: WechatMiniprogram.PickerChange) {
        this.setData({ end: String(event.detail.value) });
    },

    onWords(event: WechatMiniprogram.Input) {
        this.setData({ words: event.detail.value });
    },

    onSend() {
        return attempt(this, async () => {
            const { chosen, date, start, end, words } = this.data;
            const form = { activity: chosen?.id ?? "", date, start, end, words };
            const lack = lacking(form);
            if (lack !== "") return tell(lack);
            await reportMissing(client, form);
            await wx.navigateBack();
        });
    },
});
