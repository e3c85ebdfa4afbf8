/** 申请注册: a form for the unit's office. */

import { CONSENT_VERSION, UNITS } from "../../config.js";
import { client, door } from "../../hourbook.js";
import { dayOf, DOCUMENTS, EMPTY, lacking, needsGuardian, personOf, withNumber, type ApplicationForm } from "../../logic/application.js";
import { attempt, page, tell } from "../../screen.js";

const GENDERS = [
    { gender: "female", name: "女" },
    { gender: "male", name: "男" },
] as const;

page({
    data: {
        units: UNITS,
        documents: DOCUMENTS,
        genders: GENDERS,
        unit: UNITS.length === 1 ? (UNITS[0] ?? null) : null,
        documentName: DOCUMENTS[0]?.name ?? "",
        genderName: "",
        form: EMPTY,
        hasGuardian: false,
        isBusy: false,
        error: "",
    },

    onUnit(event: WechatMiniprogram.PickerChange) {
        this.setData({ unit: UNITS[Number(event.detail.value)] ?? null });
    },

    onDocument(event: WechatMiniprogram.PickerChange) {
        const chosen = DOCUMENTS[Number(event.detail.value)];
        if (chosen !== undefined) this.show({ ...this.data.form, document: chosen.kind });
    },

    onNumber(event: WechatMiniprogram.Input) {
        this.show(withNumber(this.data.form, event.detail.value));
    },

    onGender(event: WechatMiniprogram.PickerChange) {
        const chosen = GENDERS[Number(event.detail.value)];
        if (chosen !== undefined) this.show({ ...this.data.form, gender: chosen.gender });
    },

    onBirthDate(event: WechatMiniprogram.PickerChange) {
        this.show({ ...this.data.form, birthDate: String(event.detail.value) });
    },

    onInput(event: WechatMiniprogram.Input) {
        const field = String(event.currentTarget.dataset["field"]);
        this.show({ ...this.data.form, [field]: event.detail.value });
    },

    onAgree(event: WechatMiniprogram.SwitchChange) {
        this.show({ ...this.data.form, agrees: event.detail.value });
    },

    show(form: ApplicationForm) {
        this.setData({
            form,
            documentName: DOCUMENTS.find(({ kind }) => kind === form.document)?.name ?? "",
            genderName: GENDERS.find(({ gender }) => gender === form.gender)?.name ?? "",
            hasGuardian: needsGuardian(form, dayOf(client.serverTime())),
        });
    },

    onSend() {
        return attempt(this, async () => {
            const { form, unit } = this.data;
            const now = client.serverTime();
            const lack = unit === null ? "请选择单位。" : lacking(form, dayOf(now));
            if (unit === null || lack !== "") return tell(lack);
            await door.apply(unit.id, personOf(form, now, CONSENT_VERSION));
            await wx.reLaunch({ url: "/pages/sign_in/sign_in" });
        });
    },
});
