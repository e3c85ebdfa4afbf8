/** 申请注册: what the office needs to know of somebody before it registers them. */

import type { Schemas } from "@hourbook/client";
import { DOCUMENT_KIND } from "./words.js";

/** The kinds of document, as the picker shows them. */
export const DOCUMENTS = Object.entries(DOCUMENT_KIND).map(([kind, name]) => ({ kind, name }) as DocumentChoice);

export interface DocumentChoice {
    readonly kind: Schemas["DocumentKind"];
    readonly name: string;
}

/** What the form holds. */
export interface ApplicationForm {
    readonly name: string;
    readonly document: Schemas["DocumentKind"];
    readonly number: string;
    /** `2010-05-20`. */
    readonly birthDate: string;
    readonly gender: Schemas["Gender"] | "";
    readonly mobile: string;
    readonly guardian: string;
    /** The person agrees; and for who is not of age, the guardian. */
    readonly agrees: boolean;
}

export const EMPTY: ApplicationForm = {
    name: "",
    document: "resident_identity",
    number: "",
    birthDate: "",
    gender: "",
    mobile: "",
    guardian: "",
    agrees: false,
};

/** A resident's number says birth date and gender: nobody types them twice. */
export function withNumber(form: ApplicationForm, typed: string): ApplicationForm {
    const number = typed.trim().toUpperCase();
    const said = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(number);
    if (form.document !== "resident_identity" || said === null) return { ...form, number };
    const [, year, month, day, order] = said;
    return { ...form, number, birthDate: `${year}-${month}-${day}`, gender: Number(order) % 2 === 1 ? "male" : "female" };
}

/** How old somebody is on a day; both as `2026-11-22`. */
export function age(birthDate: string, today: string): number {
    const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
    return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

const OF_AGE = 18;
/** Below this a guardian consents to the child's data apart. */
const CHILD = 14;

export function needsGuardian({ birthDate }: ApplicationForm, today: string): boolean {
    return birthDate !== "" && age(birthDate, today) < OF_AGE;
}

/** What is still to be filled in; empty where the form is whole. */
export function lacking(form: ApplicationForm, today: string): string {
    if (form.name.trim() === "") return "请填写姓名。";
    if (form.number === "") return "请填写证件号码。";
    if (form.birthDate === "" || form.gender === "") return "请填写出生日期和性别。";
    if (!/^1\d{10}$/.test(form.mobile.trim())) return "请填写 11 位手机号码。";
    if (needsGuardian(form, today) && form.guardian.trim() === "") return "未满 18 周岁，请填写监护人姓名。";
    return form.agrees ? "" : "同意后才能提交。";
}

/** The person whom a whole form tells of, who agreed at this instant to the text of this version. */
export function personOf(form: ApplicationForm, now: Date, textVersion: string): Schemas["PersonInput"] {
    const consent = { given_at: now.toISOString(), text_version: textVersion };
    const today = dayOf(now);
    const isChild = age(form.birthDate, today) < CHILD;
    const guardian = { name: form.guardian.trim(), ...consent, ...(isChild && { separate_consent: consent }) };
    return {
        name: form.name.trim(),
        gender: form.gender === "" ? "female" : form.gender,
        birth_date: form.birthDate,
        document: { kind: form.document, number: form.number },
        mobile: form.mobile.trim(),
        consent,
        ...(needsGuardian(form, today) && { guardian_consent: guardian }),
    };
}

/** The city is eight hours ahead of Greenwich. */
export function dayOf(now: Date): string {
    return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
