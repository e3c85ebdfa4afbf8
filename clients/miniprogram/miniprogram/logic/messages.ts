/** 消息: what I am told, and where that leads. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { rows } from "./records.js";
import { moment } from "./show.js";

export interface MessageRow {
    readonly id: string;
    readonly text: string;
    readonly told: string;
    readonly isRead: boolean;
    /** The page of what it is about; empty where there is none. */
    readonly url: string;
}

type Message = Schemas["Inbox"]["items"][number];

/** Newest first. */
export function messagePages(client: Client): Pages<MessageRow> {
    return rows(client.pages("/v1/me/messages"), (message) => Promise.resolve(row(message)));
}

/** Says that this message and all before it were read. */
export async function read(client: Client, upTo: string): Promise<void> {
    await client.post("/v1/me/messages/read", { body: { up_to: upTo } });
}

function row(message: Message): MessageRow {
    const { id, text, told_at, read: isRead, about } = message;
    return { id, text, told: moment(told_at), isRead, url: about === null ? "" : urlOf(about) };
}

/** The pages that show one thing, and those that list its kind. */
function urlOf({ noun, id }: Schemas["MessageSubject"]): string {
    if (noun === "record") return `/pages/record/record?id=${id}`;
    if (noun === "activity") return `/pages/activity/activity?id=${id}`;
    return LISTS[noun] ?? "";
}

const LISTS: Readonly<Record<string, string>> = {
    enrolment: "/pages/places/places",
    attendance: "/pages/records/records",
    redemption: "/pages/redemptions/redemptions",
    certificate: "/pages/certificates/certificates",
    objection: "/pages/objections/objections",
    correction: "/pages/corrections/corrections",
    transfer: "/pages/transfers/transfers",
};
