/** Names beside ids: each is asked once, however many rows have it. */

import { refused, type Client } from "@hourbook/client";

type Kind = "activity" | "unit" | "reward";

export class Names {
    private readonly asked = new Map<string, Promise<string>>();

    constructor(private readonly client: Client) {}

    activity(id: string): Promise<string> {
        return this.once("activity", id, async () => (await this.client.get("/v1/activities/{id}", { path: { id } })).name);
    }

    unit(id: string): Promise<string> {
        return this.once("unit", id, async () => (await this.client.get("/v1/units/{id}", { path: { id } })).name);
    }

    reward(id: string): Promise<string> {
        return this.once("reward", id, async () => (await this.client.get("/v1/rewards/{id}", { path: { id } })).name);
    }

    /** What one may not see any more has no name; what failed otherwise is asked again. */
    private once(kind: Kind, id: string, ask: () => Promise<string>): Promise<string> {
        const key = `${kind}/${id}`;
        const known = this.asked.get(key);
        if (known !== undefined) return known;
        const asked = ask().catch((error: unknown) => {
            if (refused(error)?.status === 404) return "（不可见）";
            this.asked.delete(key);
            throw error;
        });
        this.asked.set(key, asked);
        return asked;
    }
}
