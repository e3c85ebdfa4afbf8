/** What must not compile, and what a call gives. Nothing here runs: the compiler judges it. */

import { textOfCode, type Client, type CodeOf, type Problem, type Schemas } from "../src/index.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export async function typed(client: Client, id: string): Promise<void> {
    const account: Schemas["Account"] = await client.get("/v1/volunteers/{id}/account", { path: { id } });
    const redemption = await client.write("redeem", "/v1/redemptions", { body: { reward: id, volunteer: id } });
    const same: Same<typeof redemption, Schemas["Changed_Redemption"]> = true;
    for await (const volunteer of client.pages("/v1/volunteers", { query: { status: "active" } })) {
        const known: Schemas["KnownVolunteer"] = volunteer;
        void known;
    }
    await client.put("/v1/programmes/{id}", { path: { id }, ifMatch: "*", body: { name: "春风行动", brands: [] } });
    await client.post("/v1/me/sessions/{id}/end", { path: { id } });
    const pdf: ArrayBuffer = await client.file("/v1/certificates/{id}/pdf", "application/pdf", { path: { id } });
    await client.get("/v1/me");
    void [account, same, pdf];

    // @ts-expect-error: there is no such path
    await client.get("/v1/unit");
    // @ts-expect-error: the path is there, and is not read
    await client.get("/v1/auth/login");
    // @ts-expect-error: the parameter is missing
    await client.get("/v1/volunteers/{id}/account");
    // @ts-expect-error: the parameter is called otherwise
    await client.get("/v1/volunteers/{id}/account", { path: { volunteer: id } });
    // @ts-expect-error: there is no such filter
    await client.get("/v1/volunteers", { query: { nome: "王" } });
    // @ts-expect-error: there is no such choice
    await client.get("/v1/volunteers", { query: { status: "gone" } });
    // @ts-expect-error: a body lacks a member
    await client.write("redeem", "/v1/redemptions", { body: { reward: id } });
    // @ts-expect-error: a body has a member more
    await client.write("redeem", "/v1/redemptions", { body: { reward: id, volunteer: id, count: 2 } });
    // @ts-expect-error: a body is needed
    await client.write("redeem", "/v1/redemptions");
    // @ts-expect-error: a write takes its key, and is no plain POST
    await client.post("/v1/redemptions", { body: { reward: id, volunteer: id } });
    // @ts-expect-error: an application goes by a ticket, and not by who is signed in
    await client.post("/v1/applications", { body: { ticket: "" } });
    // @ts-expect-error: the end of a session takes no key
    await client.write("end", "/v1/me/sessions/{id}/end", { path: { id } });
    // @ts-expect-error: a change names the version that it changes
    await client.put("/v1/programmes/{id}", { path: { id }, body: { name: "春风行动", brands: [] } });
    // @ts-expect-error: an account does not come in pages
    client.pages("/v1/volunteers/{id}/account", { path: { id } });
    // @ts-expect-error: a certificate is no spreadsheet
    await client.file("/v1/certificates/{id}/pdf", "text/csv", { path: { id } });
}

/** The codes lead to what each has, and a new one of the contract has to be thought of where all are listed. */
export function told(problem: Problem): string {
    switch (problem.code) {
        case "points_insufficient": {
            const status: 409 = problem.status;
            return `${status} ${problem.available ?? ""}`;
        }
        case "unlisted":
            return problem.sent_code;
        default:
            return textOfCode(problem.code);
    }
}

type OfRedeeming = CodeOf<"post", "/v1/redemptions">;

export const REDEEMING: Partial<Record<OfRedeeming, string>> = {
    reward_out_of_stock: "兑完了",
    too_many_requests: "慢一点",
    // @ts-expect-error: redeeming is not refused so
    transfer_expired: "过期了",
};
