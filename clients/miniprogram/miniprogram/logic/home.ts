/** 首页: who I am, what I have, what waits for me; in one request. */

import type { Client, Schemas } from "@hourbook/client";
import { day, duration, moment, span } from "./show.js";
import { ENROLMENT_STATUS } from "./words.js";

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
    /** How many records wait to be decided, and what they come to. */
    readonly pending: number;
    readonly pendingMinutes: string;
    /** Gifts that wait to be picked up. */
    readonly gifts: readonly HeldGift[];
    /** Where I have a place, or may have one. */
    readonly places: readonly HomePlace[];
    /** Where I checked in and not out; null where I did not. */
    readonly attendance: { readonly activity: string; readonly since: string } | null;
    readonly unread: number;
    /** What was sent and has no answer yet. */
    readonly unsettled: number;
}

export interface HeldGift {
    readonly id: string;
    readonly name: string;
    readonly code: string;
    readonly until: string;
}

export interface HomePlace {
    readonly id: string;
    readonly activity: string;
    readonly name: string;
    readonly when: string;
    readonly status: string;
    /** Until when an offer is to be answered; empty where there is none. */
    readonly respondBy: string;
}

export async function readHome(client: Client): Promise<Home> {
    const [home, unsettled] = await Promise.all([client.get("/v1/me/home"), client.unsettled()]);
    const { points, minutes } = home.account;
    return {
        name: home.volunteer.person?.name ?? "",
        number: home.volunteer.number,
        unit: home.unit.name,
        minutes: duration(minutes),
        points: points.available,
        held: unlessZero(points.held),
        debt: unlessZero(points.debt),
        expiring: points.expiring_next === null ? "" : lapsing(points.expiring_next),
        star: home.star === null ? "" : starName(home.star.star),
        missing: home.star?.missing_minutes == null ? "" : duration(home.star.missing_minutes),
        pending: home.pending.records,
        pendingMinutes: duration(home.pending.claimed_minutes),
        gifts: home.gifts.map(gift),
        places: home.places.map(place),
        attendance: home.attendance && attendance(home.attendance),
        unread: home.unread_messages,
        unsettled: unsettled.length,
    };
}

function gift({ redemption, name, pickup_code, expires_at }: Schemas["HeldGift"]): HeldGift {
    return { id: redemption, name, code: pickup_code, until: moment(expires_at) };
}

function place({ enrolment, status, respond_by, position_name, activity }: Schemas["HomePlace"]): HomePlace {
    return {
        id: enrolment,
        activity: activity.id,
        name: `${activity.name} · ${position_name}`,
        when: [span(activity.window.start, activity.window.end), activity.place ?? ""].join(" ").trim(),
        status: ENROLMENT_STATUS[status],
        respondBy: respond_by === null ? "" : moment(respond_by),
    };
}

function attendance({ activity, checked_in_at }: Schemas["HomeAttendance"]): Home["attendance"] {
    return { activity: activity.name, since: moment(checked_in_at) };
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
