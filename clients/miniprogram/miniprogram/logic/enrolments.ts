/** 报名: taking a place, waiting for one, answering an offer, giving it up. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { moment } from "./show.js";
import { ENROLMENT_STATUS, UNFIT } from "./words.js";

/** A place of mine, or what may become one. */
export interface OwnPlace {
    readonly id: string;
    readonly position: string;
    readonly status: string;
    /** What there is to know beside it; empty where nothing is. */
    readonly note: string;
    /** I have a place, or may still get one. */
    readonly isLive: boolean;
    readonly canAccept: boolean;
    readonly canWithdraw: boolean;
    /** I was marked absent, and have not said yet that I was there. */
    readonly canContest: boolean;
}

export interface PlaceRow extends OwnPlace {
    readonly activity: string;
    readonly name: string;
    readonly made: string;
}

const LIVE: readonly Schemas["EnrolmentStatus"][] = ["applied", "waiting", "offered", "enrolled"];

/** My places, wherever, the newest first. */
export async function placePages(client: Client, names: Names): Promise<Pages<PlaceRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/enrolments", { query }), async (enrolment) => ({
        ...own(enrolment, null),
        activity: enrolment.activity,
        name: await names.activity(enrolment.activity),
        made: moment(enrolment.made_at),
    }));
}

/** My places in one activity; of who waits, with how many wait before. */
export async function ownPlaces(client: Client, activity: string): Promise<OwnPlace[]> {
    const query = { activity, volunteer: await ownId(client) };
    const { items } = await client.get("/v1/enrolments", { query });
    return Promise.all(
        items.map(async (enrolment) => {
            if (enrolment.status !== "waiting") return own(enrolment, null);
            const inLine = await client.get("/v1/enrolments/{id}", { path: { id: enrolment.id } });
            return own(inLine, inLine.ahead);
        }),
    );
}

/** Takes a place, or applies where the leader selects. */
export async function enrol(client: Client, position: string): Promise<void> {
    await client.write(`enrol/${position}`, "/v1/positions/{id}/enrolments", { path: { id: position } });
}

/** Waits for a place; `atOnce` takes it without being asked. */
export async function wait(client: Client, position: string, atOnce: boolean): Promise<void> {
    const body = { wait: true, at_once: atOnce };
    await client.write(`wait/${position}`, "/v1/positions/{id}/enrolments", { path: { id: position }, body });
}

export async function accept(client: Client, id: string): Promise<void> {
    await client.write(`accept/${id}`, "/v1/enrolments/{id}/accept", { path: { id } });
}

export async function withdraw(client: Client, id: string): Promise<void> {
    await client.write(`give up/${id}`, "/v1/enrolments/{id}/withdraw", { path: { id } });
}

export async function contest(client: Client, id: string, reason: string): Promise<void> {
    await client.write(`contest/${id}`, "/v1/enrolments/{id}/contest", { path: { id }, body: { reason } });
}

function own(enrolment: Schemas["Enrolment"], ahead: number | null): OwnPlace {
    const { id, position, status } = enrolment;
    const isLive = LIVE.includes(status);
    return {
        id,
        position,
        status: ENROLMENT_STATUS[status],
        note: note(enrolment, ahead),
        isLive,
        canAccept: status === "offered",
        canWithdraw: isLive,
        canContest: status === "absent" && enrolment.contested_at === null,
    };
}

function note({ status, respond_by, passed_over, late, contested_at }: Schemas["Enrolment"], ahead: number | null): string {
    if (status === "offered" && respond_by !== null) return `请在 ${moment(respond_by)} 前答复，过时让给下一位。`;
    if (status === "waiting") {
        const why = passed_over === null ? "" : `上次没有轮到您：${UNFIT[passed_over]}。`;
        return `前面还有 ${ahead ?? 0} 人。${why}`;
    }
    if (status === "absent" && contested_at !== null) return "您的申诉已提交，等负责人答复。";
    return status === "withdrawn" && late ? "退出晚于规定时间。" : "";
}
