/** The demo's city, which has WeChat: people who come with it, an office that confirms them, activities that recruit. */

import { randomInt } from "node:crypto";
import { after, before } from "node:test";
import type { Client, Schemas } from "../../src/index.js";
import { startDemo, type Demo } from "./service.js";
import { hoursFromNow, operatorClient } from "./town.js";

/** A city for the tests of a `describe`, on a service of its own that ends with them. */
export function cityOf(): () => City {
    let city: City | null = null;
    before(async () => {
        city = new City(await startDemo());
    });
    after(() => city?.demo.end());
    return () => {
        if (city === null) throw new Error("the city is not there yet");
        return city;
    };
}

/** Somebody who is not registered yet. */
export interface Newcomer {
    /** Who they are to WeChat. */
    readonly openid: string;
    readonly person: Schemas["PersonInput"];
}

export class City {
    /** Of the bureau: confirms who applies, plans activities. */
    readonly office: Client;
    /** Of the first school. */
    readonly colleague: Client;
    private codes = 0;

    constructor(readonly demo: Demo) {
        this.office = operatorClient(demo, demo.coordinatorToken);
        this.colleague = operatorClient(demo, demo.colleagueToken);
    }

    newcomer(): Newcomer {
        const number = randomInt(1_000_000, 9_999_999);
        const person: Schemas["PersonInput"] = {
            name: "李小红",
            gender: "female",
            birth_date: "1990-05-20",
            document: { kind: "passport", number: `E${number}` },
            mobile: `1380${number}`,
            consent: { given_at: hoursFromNow(-1), text_version: "2026-1" },
        };
        return { openid: `somebody-${number}`, person };
    }

    /** A code of `wx.login`, each time another one. */
    codeOf({ openid }: Pick<Newcomer, "openid">): string {
        this.codes += 1;
        return `ok-${openid}.${this.codes}`;
    }

    /** A code of WeChat's phone button, each time another one. */
    phoneCodeOf({ person }: Newcomer): string {
        this.codes += 1;
        return `phone-${person.mobile}.${this.codes}`;
    }

    /** Registers somebody at the school, as the office does at its desk; the id. */
    async registers({ person }: Newcomer): Promise<string> {
        const body = { unit: this.demo.school, ...person };
        return (await this.office.write(`register/${person.mobile}`, "/v1/volunteers", { body })).id;
    }

    /** Confirms the application of somebody, whose document lies on the desk. */
    async confirms({ person: { document } }: Newcomer, application: string): Promise<void> {
        const path = { id: application };
        await this.office.write(`confirm/${application}`, "/v1/applications/{id}/confirm", { path, body: { document } });
    }

    /** An activity of the school that recruits; it began so many hours ago, or begins in so many. */
    async recruits(hours: number, more: Partial<Schemas["NewRecruitment"]> = {}): Promise<string> {
        const { items } = await this.office.get("/v1/programmes");
        const [start, end] = [hoursFromNow(hours), hoursFromNow(hours + 2)];
        const recruitment = { ...TOLD, closes_at: end, ...more };
        const body = { unit: this.demo.school, programme: items[0]?.id ?? "", name: "湖边捡拾", place: "白龟湖畔" };
        const whole = { ...body, window: { start, end }, recruitment };
        return (await this.office.write(`activity/${randomInt(1_000_000)}`, "/v1/activities", { body: whole })).id;
    }

    /** A position of an activity. */
    async position(activity: string, places: number, more: Partial<Schemas["PositionTermsInput"]> = {}): Promise<string> {
        const asked = { path: { id: activity }, body: { name: "捡拾组", places, ...more } };
        return (await this.office.write(`position/${randomInt(1_000_000)}`, "/v1/activities/{id}/positions", asked)).id;
    }

    /** The office registers somebody and enrols them, as they agreed to; the enrolment. */
    async fills(position: string): Promise<string> {
        const body = { volunteer: await this.registers(this.newcomer()), consent: "本人当面同意" };
        const asked = { path: { id: position }, body };
        return (await this.office.write(`enrol/${body.volunteer}`, "/v1/positions/{id}/enrolments", asked)).id;
    }

    /** The office gives somebody's place up. */
    async freesPlace(enrolment: string): Promise<void> {
        const asked = { path: { id: enrolment }, body: { reason: "本人来电退出" } };
        await this.office.write(`withdraw/${enrolment}`, "/v1/enrolments/{id}/withdraw", asked);
    }

    /** The office scans somebody's own code. */
    async scans(activity: string, code: string, direction: Schemas["Direction"]): Promise<Schemas["Attendance"]> {
        const asked = { path: { id: activity }, body: { code, direction } };
        return this.office.write(`scan/${code}`, "/v1/activities/{id}/scans", asked);
    }

    /** The office enters half an hour of service that began so many hours ago, and the colleague credits it; the record. */
    async enters(activity: string, volunteer: string, hoursAgo: number): Promise<string> {
        const [start, end] = [hoursFromNow(-hoursAgo), hoursFromNow(0.5 - hoursAgo)];
        const body = { activity, volunteer, start, end, evidence: "leader" as const };
        const { id } = await this.office.write(`record/${volunteer}`, "/v1/service-records", { body });
        await this.credits(id);
        return id;
    }

    /** The code that is shown at the place at this moment. */
    async wallCode(activity: string, direction: Schemas["Direction"]): Promise<string> {
        const shown = await this.office.get("/v1/activities/{id}/check-code", { path: { id: activity }, query: { direction } });
        return shown.code;
    }

    /** The colleague credits a record: no reason is needed, the service saw it. */
    async credits(record: string): Promise<void> {
        await this.colleague.write(`credit/${record}`, "/v1/service-records/{id}/credit", { path: { id: record }, body: {} });
    }
}

/** What recruitment has to tell. */
const TOLD = { content: "沿湖捡拾垃圾", risks: "湖边路滑", safeguards: "有人带队，备有急救包", contact: "学校志愿服务办公室" };
