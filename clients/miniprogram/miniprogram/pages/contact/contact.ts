/** 联系方式: what I may change myself. */

import { client } from "../../hourbook.js";
import { changeContact, readContact, type Contact } from "../../logic/settings.js";
import { attempt, page, tell } from "../../screen.js";

page({
    data: { contact: { mobile: "", residence: "", skills: "", categories: "" } as Contact, isBusy: false, error: "" },
    etag: "*",

    onLoad() {
        return attempt(this, () => this.read());
    },

    async read() {
        const { contact, etag } = await readContact(client);
        this.etag = etag;
        this.setData({ contact });
    },

    onInput(event: WechatMiniprogram.Input) {
        const field = String(event.currentTarget.dataset["field"]);
        this.setData({ contact: { ...this.data.contact, [field]: event.detail.value } });
    },

    onSave() {
        return attempt(this, async () => {
            const isChanged = await changeContact(client, this.data.contact, this.etag);
            await this.read();
            tell(isChanged ? "已保存" : "资料有变动，请核对后再保存");
        });
    },
});
