/** 首页: who I am, what I have, what waits for me. */

import { refused, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import { Names } from "./names.js";
import { day, duration } from "./show.js";

export interface Home {
    readonly name: string;
    readonly number: string;
    readonly unit: string;
    readonly minutes: string;
    readonly points: string;
    /** Points held for gifts that wait; empty where none are. */
    readonly held: string;
    /** Points that are owed; empty where none are. */
    readonly debt: string;
    /** The next points that lapse, and when; empty where none do. */
    readonly expiring: string;
    /** `二星`; empty before the first, or where there is no scheme. */
    readonly star: string;
    /** What is missing to the next star; empty where there is none. */
    readonly missing: string;
    /** How many records wait to be decided, as far as one page tells. */
    readonly pending: number;
    /** How many gifts wait to be picked up. */
    readonly gifts: number;
    /** What was sent and has no answer yet. */
    readonly unsettled: number;
}

/** All of it, asked at once. */
export async function readHome(client: Client): Promise<Home> {
    const id = await ownId(client);
    const path = { id };
    const [volunteer, account, star, pending, gifts, unsettled] = await Promise.all([
        client.get("/v1/volunteers/{id}", { path }),
        client.get("/v1/volunteers/{id}/account", { path }),
        readStar(client, id),
        client.get("/v1/service-records", { query: { volunteer: id, status: "submitted" } }),
        client.get("/v1/redemptions", { query: { volunteer: id, status: "held" } }),
        client.unsettled(),
    ]);
    const { points } = account;
    return {
        name: volunteer.person?.name ?? "",
        number: volunteer.number,
        unit: await new Names(client).unit(volunteer.unit),
        minutes: duration(account.minutes),
        points: points.available,
        held: unlessZero(points.held),
        debt: unlessZero(points.debt),
        expiring: points.expiring_next === null ? "" : lapsing(points.expiring_next),
        star: star === null ? "" : starName(star.star),
        missing: star?.missing_minutes == null ? "" : duration(star.missing_minutes),
        pending: pending.items.length,
        gifts: gifts.items.length,
        unsettled: unsettled.length,
    };
}

/** A city may have no scheme of stars yet. */
async function readStar(client: Client, id: string): Promise<Schemas["Star"] | null> {
    try {
        return await client.get("/v1/volunteers/{id}/star", { path: { id } });
    } catch (error) {
        if (refused(error, "star_scheme_not_found")) return null;
        throw error;
    }
}

const NUMERALS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

function starName(star: number): string {
    return star === 0 ? "" : `${NUMERALS[star] ?? star}星`;
}

function lapsing({ points, expires_at }: Schemas["Expiring"]): string {
    return `${points} 分将于 ${day(expires_at)} 到期`;
}

function unlessZero(points: string): string {
    return Number(points) === 0 ? "" : points;
}
