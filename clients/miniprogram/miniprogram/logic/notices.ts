/** 公示与异议: records of my unit that are shown before they count, and my doubts of them. */

import { Pages, type Client } from "@hourbook/client";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { duration, moment, span } from "./show.js";
import { EVIDENCE, OBJECTION_STATUS } from "./words.js";

export interface NoticeRow {
    readonly record: string;
    readonly name: string;
    readonly activity: string;
    readonly when: string;
    readonly amount: string;
    readonly evidence: string;
    readonly until: string;
    readonly objections: number;
}

export interface ObjectionRow {
    readonly id: string;
    readonly raised: string;
    readonly status: string;
    readonly reason: string;
    /** What was answered; empty before. */
    readonly resolution: string;
}

export function noticePages(client: Client, names: Names): Pages<NoticeRow> {
    return rows(client.pages("/v1/notices"), async (notice) => ({
        record: notice.record,
        name: notice.name ?? "（不公开）",
        activity: await names.activity(notice.activity),
        when: span(notice.start, notice.end),
        amount: notice.count > 0 ? `${notice.count} 次` : duration(notice.claimed_minutes),
        evidence: EVIDENCE[notice.evidence],
        until: moment(notice.ends_at),
        objections: notice.open_objections,
    }));
}

/** My own objections, and those to my records that I may see. */
export function objectionPages(client: Client): Pages<ObjectionRow> {
    return rows(client.pages("/v1/objections"), (objection) =>
        Promise.resolve({
            id: objection.id,
            raised: moment(objection.raised_at),
            status: OBJECTION_STATUS[objection.status],
            reason: objection.reason ?? "",
            resolution: objection.resolution ?? "",
        }),
    );
}

export async function object(client: Client, record: string, reason: string): Promise<void> {
    const body = { reason: reason.trim() };
    await client.write(`object/${record}`, "/v1/service-records/{id}/objections", { path: { id: record }, body });
}
