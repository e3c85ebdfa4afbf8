/** 关系转接: mine, and asking for one. */

import type { Pages } from "@hourbook/client";
import { client, names } from "../../hourbook.js";
import { agree, cancel, request, transferPages, unitChoices, type TransferRow, type UnitChoice } from "../../logic/transfers.js";
import { attempt, emptyList, isSure, page, readOn, restart, tappedId } from "../../screen.js";

page({
    data: { ...emptyList<TransferRow>(), units: [] as readonly UnitChoice[] },

    pages: null as Pages<TransferRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<TransferRow>(this);
    },

    read() {
        return restart<TransferRow>(this, () => transferPages(client, names));
    },

    onLoad() {
        // What fails here is seen where the list fails.
        return unitChoices(client).then((units) => this.setData({ units }), () => undefined);
    },

    onRequest(event: WechatMiniprogram.PickerChange) {
        const unit = this.data.units[Number(event.detail.value)];
        return this.change(async () => {
            if (unit !== undefined && (await isSure(`申请转到${unit.name}？`))) await request(client, unit.id);
        });
    },

    onAgree(event: WechatMiniprogram.BaseEvent) {
        return this.change(() => agree(client, tappedId(event)));
    },

    onCancel(event: WechatMiniprogram.BaseEvent) {
        return this.change(() => cancel(client, tappedId(event)));
    },

    async change(work: () => Promise<void>) {
        await attempt(this, work);
        if (this.data.error === "") await this.read();
    },
});
