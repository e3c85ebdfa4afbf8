/** 评价: how an activity was, said once. */

import type { Client, Schemas } from "@hourbook/client";
import { ownId } from "./me.js";

export interface OwnRating {
    readonly score: number;
    readonly words: string;
}

/** What I said of an activity; null where I said nothing yet. */
export async function readRating(client: Client, activity: string): Promise<OwnRating | null> {
    const query = { activity, side: "volunteer" as const, volunteer: await ownId(client) };
    const { items } = await client.get("/v1/ratings", { query });
    const [said] = items;
    return said === undefined ? null : { score: said.score, words: said.words ?? "" };
}

export async function rate(client: Client, activity: string, score: Schemas["Score"], words: string): Promise<void> {
    // One line: what is typed with the return key is read on.
    const said = words.replace(/\s+/g, " ").trim();
    const body = { score, ...(said !== "" && { words: said }) };
    await client.write(`rate/${activity}`, "/v1/activities/{id}/ratings", { path: { id: activity }, body });
}
