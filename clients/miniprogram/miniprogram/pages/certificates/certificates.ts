/** 服务证明: issued ones, printing them, and a new one. */

import type { Pages } from "@hourbook/client";
import { client } from "../../hourbook.js";
import { certificatePages, issue, readPdf, type CertificateRow } from "../../logic/certificates.js";
import { attempt, emptyList, page, readOn, restart, tappedId } from "../../screen.js";

page({
    data: { ...emptyList<CertificateRow>(), firstDay: "", lastDay: "" },

    pages: null as Pages<CertificateRow> | null,

    onShow() {
        return this.read();
    },

    async onPullDownRefresh() {
        await this.read();
        await wx.stopPullDownRefresh();
    },

    onReachBottom() {
        return readOn<CertificateRow>(this);
    },

    read() {
        return restart<CertificateRow>(this, () => certificatePages(client));
    },

    onFirstDay(event: WechatMiniprogram.PickerChange) {
        this.setData({ firstDay: String(event.detail.value) });
    },

    onLastDay(event: WechatMiniprogram.PickerChange) {
        this.setData({ lastDay: String(event.detail.value) });
    },

    async onIssue() {
        await attempt(this, async () => {
            await issue(client, this.data.firstDay, this.data.lastDay);
        });
        if (this.data.error === "") await this.read();
    },

    onOpen(event: WechatMiniprogram.BaseEvent) {
        return attempt(this, async () => {
            const filePath = `${wx.env.USER_DATA_PATH}/certificate.pdf`;
            wx.getFileSystemManager().writeFileSync(filePath, await readPdf(client, tappedId(event)));
            await wx.openDocument({ filePath, fileType: "pdf", showMenu: true });
        });
    },
});
