/** 活动: what takes place, what it asks for, and my place in it. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownPlaces, type OwnPlace } from "./enrolments.js";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { duration, moment, span } from "./show.js";

export interface ActivityRow {
    readonly id: string;
    readonly name: string;
    readonly when: string;
    readonly place: string;
    readonly unit: string;
}

export interface ActivityScreen extends ActivityRow {
    readonly isCancelled: boolean;
    /** What recruitment tells, each with its name. */
    readonly told: readonly { readonly name: string; readonly words: string }[];
    /** One checks in within a circle on the ground. */
    readonly hasFence: boolean;
    /** Being within it is enough, without a code. */
    readonly positionIsEnough: boolean;
    readonly positions: readonly PositionRow[];
    /** My places there, the newest first. */
    readonly own: readonly OwnPlace[];
}

export interface PositionRow {
    readonly id: string;
    readonly name: string;
    /** `5 人，还剩 2 人`, and how many wait. */
    readonly places: string;
    readonly conditions: readonly string[];
    /** What can be done here by who has no place in this activity; empty where nothing can. */
    readonly can: "" | "enrol" | "apply" | "wait";
}

/** What is not over yet, newest first. */
export function activityPages(client: Client, names: Names): Pages<ActivityRow> {
    const query = { from: client.serverTime().toISOString(), cancelled: false, draft: false };
    return rows(client.pages("/v1/activities", { query }), (activity) => row(activity, names));
}

export async function readActivity(client: Client, names: Names, id: string): Promise<ActivityScreen> {
    const path = { id };
    const [activity, { items }, own] = await Promise.all([
        client.get("/v1/activities/{id}", { path }),
        client.get("/v1/activities/{id}/positions", { path }),
        ownPlaces(client, id),
    ]);
    const { recruitment } = activity;
    const isOpen = !activity.cancelled && !own.some((place) => place.isLive);
    return {
        ...(await row(activity, names)),
        isCancelled: activity.cancelled,
        told: recruitment === null ? [] : told(recruitment),
        hasFence: recruitment?.fence != null,
        positionIsEnough: recruitment?.position_is_enough ?? false,
        positions: await Promise.all(items.map((position) => positionRow(position, names, isOpen))),
        own,
    };
}

async function row(activity: Schemas["Activity"], names: Names): Promise<ActivityRow> {
    return {
        id: activity.id,
        name: activity.name,
        when: span(activity.window.start, activity.window.end),
        place: activity.place ?? "",
        unit: await names.unit(activity.unit),
    };
}

function told(recruitment: Schemas["Recruitment"]): ActivityScreen["told"] {
    const { content, risks, safeguards, contact, opens_at, closes_at, withdraw_by } = recruitment;
    const all: [string, string | null][] = [
        ["内容", content],
        ["风险", risks],
        ["保障", safeguards],
        ["联系", contact],
        ["报名开始", opens_at && moment(opens_at)],
        ["报名截止", closes_at && moment(closes_at)],
        ["最晚退出", withdraw_by && `${moment(withdraw_by)}（之后退出会记为迟退）`],
    ];
    return all.flatMap(([name, words]) => (words === null ? [] : [{ name, words }]));
}

async function positionRow(position: Schemas["PositionOfActivity"], names: Names, isOpen: boolean): Promise<PositionRow> {
    const { id, name, places, free, waiting } = position;
    const line = waiting === 0 ? "" : `，${waiting} 人在排队`;
    return {
        id,
        name,
        places: `${places} 人，还剩 ${free} 人${line}`,
        conditions: await conditions(position.conditions, names),
        can: isOpen ? possible(position) : "",
    };
}

/** While somebody waits, what is free is theirs. */
function possible({ selection, free, waiting }: Schemas["PositionOfActivity"]): PositionRow["can"] {
    if (selection === "selected") return "apply";
    return free > 0 && waiting === 0 ? "enrol" : "wait";
}

async function conditions(asked: Schemas["Conditions"], names: Names): Promise<string[]> {
    const { least_age, most_age, least_star, least_training_minutes, units, hazard } = asked;
    const ofUnits = await Promise.all((units ?? []).map((unit) => names.unit(unit)));
    const all = [
        least_age === null ? "" : `年满 ${least_age} 周岁`,
        most_age === null ? "" : `不超过 ${most_age} 周岁`,
        least_star === null ? "" : `${least_star} 星以上`,
        least_training_minutes === null ? "" : `培训满 ${duration(least_training_minutes)}`,
        ofUnits.length === 0 ? "" : `仅限${ofUnits.join("、")}`,
        hazard === null ? "" : "有一定危险，仅限成年人，须有保险",
    ];
    return all.filter((words) => words !== "");
}
