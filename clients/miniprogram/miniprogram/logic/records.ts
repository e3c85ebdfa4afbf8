/** 服务记录: what I served, what becomes of it, and what I say to it. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import type { Names } from "./names.js";
import { duration, moment, span } from "./show.js";
import { EVIDENCE, RECORD_STATUS } from "./words.js";

export interface RecordRow {
    readonly id: string;
    readonly activity: string;
    readonly when: string;
    /** Minutes, or how often where occasions are counted. */
    readonly amount: string;
    readonly status: string;
    readonly evidence: string;
}

export interface RecordScreen extends RecordRow {
    /** Until when it is on public notice; empty where it is not. */
    readonly noticeUntil: string;
    /** Why it was entered late, rejected or voided, and why minutes were deducted. */
    readonly reasons: readonly string[];
    /** Somebody else entered it, and it waits: I can say that it is true. */
    readonly canConfirm: boolean;
    /** I entered it, and it waits: I can take it back. */
    readonly canWithdraw: boolean;
    /** It waits or counts: I can say that it is wrong. */
    readonly canCorrect: boolean;
    /** The activity that it is of, which I can rate as long as the record is none that was refused; else empty. */
    readonly rates: string;
}

/** My records, newest first. */
export async function recordPages(client: Client, names: Names): Promise<Pages<RecordRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/service-records", { query }), (record) => row(record, names));
}

/** The same pages with their items shown otherwise. */
export function rows<Thing, Row>(pages: Pages<Thing>, show: (thing: Thing) => Promise<Row>): Pages<Row> {
    return new Pages(async () => {
        const items = await Promise.all((await pages.more()).map(show));
        return { items, next: pages.isDone ? null : "more" };
    });
}

export async function readRecord(client: Client, names: Names, id: string): Promise<RecordScreen> {
    const record = await client.get("/v1/service-records/{id}", { path: { id } });
    const isMine = record.submitted_by === `volunteer:${record.volunteer}`;
    const isWaiting = record.status === "submitted";
    const isLive = isWaiting || record.status === "credited";
    return {
        ...(await row(record, names)),
        noticeUntil: record.notice_ends_at === null || !isWaiting ? "" : moment(record.notice_ends_at),
        reasons: reasons(record.reasons),
        canConfirm: isWaiting && !isMine && record.confirmed_at === null,
        canWithdraw: isWaiting && isMine,
        canCorrect: isLive,
        rates: isLive ? record.activity : "",
    };
}

/** I say that what was entered is true. */
export async function confirm(client: Client, id: string): Promise<void> {
    await client.write(`confirm/${id}`, "/v1/service-records/{id}/confirm", { path: { id } });
}

/** I take back what I entered. */
export async function withdraw(client: Client, id: string): Promise<void> {
    await client.write(`withdraw/${id}`, "/v1/service-records/{id}/withdraw", { path: { id } });
}

async function row(record: Schemas["ServiceRecord"], names: Names): Promise<RecordRow> {
    const minutes = record.status === "credited" ? record.credited_minutes : record.claimed_minutes;
    return {
        id: record.id,
        activity: await names.activity(record.activity),
        when: span(record.start, record.end),
        amount: record.count > 0 ? `${record.count} 次` : duration(minutes),
        status: RECORD_STATUS[record.status],
        evidence: EVIDENCE[record.evidence],
    };
}

function reasons({ submitted, deducted, rejected, voided }: Schemas["Reasons"]): string[] {
    const told: [string, string | null][] = [
        ["录入说明", submitted],
        ...deducted.map(({ reason }): [string, string | null] => ["扣减", reason]),
        ["驳回原因", rejected],
        ["作废原因", voided],
    ];
    return told.filter(([, words]) => words !== null).map(([what, words]) => `${what}：${words}`);
}
