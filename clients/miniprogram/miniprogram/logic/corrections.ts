/** 更正: something was not recorded, or wrongly. */

import { Pages, type Client } from "@hourbook/client";
import { ownId } from "./me.js";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { instant, moment, span } from "./show.js";
import { CORRECTION_KIND, CORRECTION_STATUS } from "./words.js";

export interface CorrectionRow {
    readonly id: string;
    readonly kind: string;
    readonly asked: string;
    readonly status: string;
    /** The activity and the time of what is missing; empty where a record is wrong. */
    readonly about: string;
    readonly words: string;
    /** What was answered; empty before. */
    readonly decision: string;
}

export interface ActivityChoice {
    readonly id: string;
    readonly name: string;
    readonly when: string;
}

/** What a form about a missing record holds. */
export interface MissingForm {
    readonly activity: string;
    /** `2026-11-22`. */
    readonly date: string;
    /** `09:00`. */
    readonly start: string;
    readonly end: string;
    readonly words: string;
}

export async function correctionPages(client: Client, names: Names): Promise<Pages<CorrectionRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/corrections", { query }), async (correction) => ({
        id: correction.id,
        kind: CORRECTION_KIND[correction.kind],
        asked: moment(correction.asked_at),
        status: CORRECTION_STATUS[correction.status],
        about: await about(correction.activity, correction.service, names),
        words: correction.words ?? "",
        decision: correction.decision ?? "",
    }));
}

async function about(
    activity: string | null,
    service: { start: string; end: string } | null,
    names: Names,
): Promise<string> {
    if (activity === null || service === null) return "";
    return `${await names.activity(activity)} ${span(service.start, service.end)}`;
}

/** The activities that something may be missing of, newest first. */
export function activityPages(client: Client): Pages<ActivityChoice> {
    const shown = client.pages("/v1/activities", { query: { cancelled: false } });
    return rows(shown, ({ id, name, window }) => Promise.resolve({ id, name, when: span(window.start, window.end) }));
}

/** What is still to be filled in; empty where the form is whole. */
export function lacking({ activity, date, start, end, words }: MissingForm): string {
    if (activity === "") return "请选择活动。";
    if (date === "" || start === "" || end === "") return "请填写日期和起止时间。";
    return words.trim() === "" ? "请说明情况。" : "";
}

export async function reportMissing(client: Client, form: MissingForm): Promise<void> {
    const service = { start: instant(form.date, form.start), end: instant(form.date, form.end) };
    const body = { volunteer: await ownId(client), activity: form.activity, service, words: form.words.trim() };
    await client.write(`missing/${form.activity}/${form.date}`, "/v1/corrections", { body });
}

export async function reportWrong(client: Client, record: string, words: string): Promise<void> {
    const body = { volunteer: await ownId(client), words: words.trim() };
    await client.write(`wrong/${record}`, "/v1/service-records/{id}/corrections", { path: { id: record }, body });
}
