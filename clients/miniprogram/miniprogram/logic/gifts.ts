/** 礼品: what is offered, what I redeemed, and the code to get it with. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import type { Names } from "./names.js";
import { rows } from "./records.js";
import { moment } from "./show.js";
import { REDEMPTION_STATUS } from "./words.js";

export interface GiftRow {
    readonly id: string;
    readonly name: string;
    readonly price: string;
    readonly left: number;
    readonly unit: string;
    readonly holdDays: number;
    /** There is one left, and my points suffice. */
    readonly canRedeem: boolean;
}

export interface RedemptionRow {
    readonly id: string;
    readonly name: string;
    readonly points: string;
    readonly status: string;
    readonly unit: string;
    /** Until when it can be picked up; empty where it is over. */
    readonly until: string;
    /** To be shown to who hands the gift over; empty where it is over. */
    readonly code: string;
}

/** What I can spend: from hundredths, so that nothing is compared as a fraction. */
export async function spendable(client: Client): Promise<number> {
    const { points } = await client.get("/v1/volunteers/{id}/account", { path: { id: await ownId(client) } });
    return Number(points.debt) === 0 ? hundredths(points.available) : 0;
}

export function giftPages(client: Client, names: Names, canSpend: number): Pages<GiftRow> {
    const offered = client.pages("/v1/rewards", { query: { withdrawn: false } });
    return rows(offered, async (reward) => ({
        id: reward.id,
        name: reward.name,
        price: reward.price,
        left: reward.stock_available,
        unit: await names.unit(reward.unit),
        holdDays: reward.hold_days,
        canRedeem: reward.stock_available > 0 && hundredths(reward.price) <= canSpend,
    }));
}

/** Holds points and one piece; pressed again before the answer is there, it is the same piece. */
export async function redeem(client: Client, names: Names, reward: string): Promise<RedemptionRow> {
    const body = { reward, volunteer: await ownId(client) };
    return row(await client.write(`redeem/${reward}`, "/v1/redemptions", { body }), names);
}

export async function redemptionPages(client: Client, names: Names): Promise<Pages<RedemptionRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/redemptions", { query }), async (redemption) => {
        // Only the thing itself tells its code.
        const whole = redemption.status === "held" ? await readOne(client, redemption.id) : redemption;
        return row(whole, names);
    });
}

export async function cancel(client: Client, id: string): Promise<void> {
    await client.write(`cancel/${id}`, "/v1/redemptions/{id}/cancel", { path: { id } });
}

function readOne(client: Client, id: string): Promise<Schemas["Redemption"]> {
    return client.get("/v1/redemptions/{id}", { path: { id } });
}

async function row(redemption: Schemas["Redemption"], names: Names): Promise<RedemptionRow> {
    const isHeld = redemption.status === "held";
    return {
        id: redemption.id,
        name: await names.reward(redemption.reward),
        points: redemption.points,
        status: REDEMPTION_STATUS[redemption.status],
        unit: await names.unit(redemption.unit),
        until: isHeld ? moment(redemption.expires_at) : "",
        code: isHeld ? (redemption.pickup_code ?? "") : "",
    };
}

function hundredths(points: string): number {
    return Number(points.replace(".", ""));
}
