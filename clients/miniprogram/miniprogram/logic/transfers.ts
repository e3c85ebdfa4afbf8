/** 关系转接: I move to another unit. */

import { Pages, type Client } from "@hourbook/client";
import { ownId } from "./me.js";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { moment } from "./show.js";
import { TRANSFER_STATUS } from "./words.js";

export interface TransferRow {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly status: string;
    readonly asked: string;
    /** A unit proposed it, and waits for my word. */
    readonly canAgree: boolean;
    readonly canCancel: boolean;
}

export interface UnitChoice {
    readonly id: string;
    readonly name: string;
}

const OPEN = ["proposed", "requested", "released"];

export async function transferPages(client: Client, names: Names): Promise<Pages<TransferRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/transfers", { query }), async (transfer) => ({
        id: transfer.id,
        from: await names.unit(transfer.from_unit),
        to: await names.unit(transfer.to_unit),
        status: TRANSFER_STATUS[transfer.status],
        asked: moment(transfer.requested_at),
        canAgree: transfer.status === "proposed",
        canCancel: OPEN.includes(transfer.status),
    }));
}

/** Where I could move to: every unit of the city but mine. */
export async function unitChoices(client: Client): Promise<readonly UnitChoice[]> {
    const own = await client.get("/v1/volunteers/{id}", { path: { id: await ownId(client) } });
    const choices: UnitChoice[] = [];
    for await (const { id, name } of client.pages("/v1/units", { query: { limit: 200 } })) {
        if (id !== own.unit) choices.push({ id, name });
    }
    return choices;
}

export async function request(client: Client, toUnit: string): Promise<void> {
    const body = { volunteer: await ownId(client), to_unit: toUnit };
    await client.write(`transfer/${toUnit}`, "/v1/transfers", { body });
}

export async function agree(client: Client, id: string): Promise<void> {
    await client.write(`agree/${id}`, "/v1/transfers/{id}/agree", { path: { id } });
}

export async function cancel(client: Client, id: string): Promise<void> {
    await client.write(`cancel/${id}`, "/v1/transfers/{id}/cancel", { path: { id } });
}
