/** 设置: how I can be reached, where I am signed in, and by which WeChat. */

import { refused, type Client } from "@hourbook/client";
import { ownId } from "./me.js";
import { moment } from "./show.js";
import { BOUND_BY } from "./words.js";

export interface SessionRow {
    readonly id: string;
    readonly started: string;
    readonly lastSeen: string;
    readonly ends: string;
    readonly isThis: boolean;
}

export interface BindingRow {
    readonly id: string;
    readonly bound: string;
    readonly how: string;
}

/** What I may change myself. Skills and categories are separated by commas or spaces on the screen. */
export interface Contact {
    readonly mobile: string;
    readonly residence: string;
    readonly skills: string;
    readonly categories: string;
}

/** What is known, and the version that a change names. */
export interface KnownContact {
    readonly contact: Contact;
    readonly etag: string;
}

export async function readSessions(client: Client): Promise<readonly SessionRow[]> {
    const { items } = await client.get("/v1/me/sessions");
    return items.map((session) => ({
        id: session.id,
        started: moment(session.started_at),
        lastSeen: moment(session.refreshed_at ?? session.started_at),
        ends: moment(session.ends_at),
        isThis: session.current,
    }));
}

export async function endSession(client: Client, id: string): Promise<void> {
    await client.post("/v1/me/sessions/{id}/end", { path: { id } });
}

export async function readBindings(client: Client): Promise<readonly BindingRow[]> {
    const { items } = await client.get("/v1/me/bindings");
    return items.map(({ id, bound_at, bound_by }) => ({ id, bound: moment(bound_at), how: BOUND_BY[bound_by] }));
}

/** Who signed in by it is out, wherever. */
export async function endBinding(client: Client, id: string): Promise<void> {
    await client.write(`unbind/${id}`, "/v1/bindings/{id}/end", { path: { id } });
}

export async function readContact(client: Client): Promise<KnownContact> {
    const { data, etag } = await client.getTagged("/v1/volunteers/{id}", { path: { id: await ownId(client) } });
    const { person } = data;
    const contact = {
        mobile: person?.mobile ?? "",
        residence: person?.residence ?? "",
        skills: (person?.skills ?? []).join("，"),
        categories: (person?.service_categories ?? []).join("，"),
    };
    return { contact, etag: etag ?? "*" };
}

/** Whether it was changed; false where it had been changed meanwhile, perhaps by this very request: read it again. */
export async function changeContact(client: Client, wanted: Contact, etag: string): Promise<boolean> {
    const body = {
        mobile: wanted.mobile.trim(),
        residence: wanted.residence.trim() === "" ? null : wanted.residence.trim(),
        skills: words(wanted.skills),
        service_categories: words(wanted.categories),
    };
    try {
        await client.put("/v1/volunteers/{id}/contact", { path: { id: await ownId(client) }, ifMatch: etag, body });
        return true;
    } catch (error) {
        if (refused(error, "version_stale", "person_stale")) return false;
        throw error;
    }
}

function words(text: string): string[] {
    return text.split(/[,，、\s]+/).filter((word) => word !== "");
}
