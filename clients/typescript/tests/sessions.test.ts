/** Signing in, and staying signed in: one refresh for all who need it, lost answers, refusals, clocks that are wrong. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSignedOut, refused, type Clock } from "../src/index.js";
import { deviceClock } from "../src/platform.js";
import { townOf } from "./support/town.js";

const REFRESH = "/v1/auth/refresh";
const ACTIVATION = "/v1/auth/activation";

describe("sessions", () => {
    const town = townOf();

    it("a volunteer signs in with the code that the office gave, and is who they are", async () => {
        const somebody = await town().somebody();
        const { client } = town().phone();
        assert.equal(await client.isSignedIn(), false);
        await assert.rejects(client.get("/v1/me"), isSignedOut);
        await client.signInWithCode({ number: somebody.number, code: somebody.code });
        assert.equal(await client.isSignedIn(), true);
        const me = await client.get("/v1/me");
        assert.deepEqual([me.actor, me.role], [`volunteer:${somebody.id}`, "volunteer"]);
    });

    it("a wrong code is told apart by its code, and in Chinese", async () => {
        const { number } = await town().somebody();
        const error = await town().phone().client.signInWithCode({ number, code: "0000-0000-0000" }).catch((e: unknown) => e);
        assert.equal(refused(error, "activation_invalid")?.status, 403);
        assert.match(refused(error)?.detail ?? "", /激活码/);
        assert.equal(refused(error, "login_failed"), null);
    });

    for (const fate of ["request_lost", "answer_lost"] as const) {
        it(`signing in is sent again with the same code: ${fate}`, async () => {
            const { client, network } = town().phone();
            network.next(ACTIVATION, fate, fate);
            await client.signInWithCode(await town().somebody());
            assert.equal(network.of(ACTIVATION).length, 3);
            assert.equal((await client.get("/v1/me")).role, "volunteer");
        });
    }

    it("an app that starts again goes on with what was stored, with one refresh for all", async () => {
        const { network, restarted } = await town().phoneOf(0);
        const client = restarted();
        await Promise.all(Array.from({ length: 20 }, () => client.get("/v1/me")));
        assert.equal(network.of(REFRESH).length, 1);
    });

    it("many calls that meet 401 at once make one refresh, and all are answered", async () => {
        const { client, network } = await town().phoneOf(0);
        await client.get("/v1/me");
        network.spoil(network.lastToken);
        const all = await Promise.all(Array.from({ length: 20 }, () => client.get("/v1/me")));
        assert.equal(all.length, 20);
        assert.equal(network.of(REFRESH).length, 1);
    });

    for (const fate of ["request_lost", "answer_lost"] as const) {
        it(`a refresh is sent again with the same token: ${fate}`, async () => {
            const { client, network, options } = await town().phoneOf(0);
            await client.get("/v1/me");
            network.spoil(network.lastToken);
            network.next(REFRESH, fate, fate);
            assert.equal((await client.get("/v1/me")).role, "volunteer");
            const bodies = network.of(REFRESH).map((request) => request.body);
            assert.equal(bodies.length, 3);
            assert.equal(new Set(bodies).size, 1, "the same token each time");
            const stored = await options.storage.get("hourbook/refresh-token");
            assert.ok(!bodies[0]?.includes(stored ?? "nothing"), "its successor was stored");
        });
    }

    it("an app that is killed before the answer to a refresh goes on within the grace", async () => {
        const { client, network, restarted } = await town().phoneOf(0);
        await client.get("/v1/me");
        network.spoil(network.lastToken);
        network.next(REFRESH, "answer_lost", "answer_lost", "answer_lost");
        await assert.rejects(client.get("/v1/me"), { kind: "no_answer" });
        assert.equal((await restarted().get("/v1/me")).role, "volunteer");
    });

    it("a refresh too soon after the last waits as long as the service asks", async () => {
        const slept: number[] = [];
        const clock: Clock = {
            now: () => Date.now(),
            sleep: (millis) => {
                slept.push(millis);
                return deviceClock.sleep(millis);
            },
        };
        const { client, network } = await town().phoneOf(0, { clock });
        for (let time = 0; time < 2; time += 1) {
            await client.get("/v1/me");
            network.spoil(network.lastToken);
        }
        assert.equal((await client.get("/v1/me")).role, "volunteer");
        const waits = network.statuses.filter((status) => status === 429).length;
        assert.deepEqual([network.of(REFRESH).length, slept.length], [2 + waits, waits]);
        assert.ok(slept.every((millis) => millis >= 1_000), slept.join());
    });

    it("a session that the service ended is told of once", async () => {
        let told = 0;
        const { client, network, holder, restarted } = await town().phoneOf(0, { onSignedOut: () => (told += 1) });
        const sessions = await client.get("/v1/me/sessions");
        const own = sessions.items.find((session) => session.current);
        await client.post("/v1/me/sessions/{id}/end", { path: { id: own?.id ?? "" } });
        const all = await Promise.allSettled(Array.from({ length: 10 }, () => client.get("/v1/me")));
        assert.ok(all.every((one) => one.status === "rejected" && isSignedOut(one.reason)));
        assert.equal(told, 1);
        assert.equal(network.of(REFRESH).length, 1);
        assert.equal(await client.isSignedIn(), false);
        await assert.rejects(restarted().get("/v1/me"), isSignedOut);
        assert.equal(told, 1, `${holder.id} knows`);
    });

    it("two pages of a browser share a session", async () => {
        const { client, network, restarted } = await town().phoneOf(0);
        const other = restarted();
        await client.get("/v1/me");
        network.spoil(network.lastToken);
        const both = await Promise.all([client.get("/v1/me"), other.get("/v1/me")]);
        assert.deepEqual(both.map((me) => me.role), ["volunteer", "volunteer"]);
    });

    it("who signs out in one page of a browser is out in all, and who signs in there is in", async () => {
        const { client, restarted, holder } = await town().phoneOf(0);
        const other = restarted();
        assert.equal((await other.get("/v1/me")).actor, `volunteer:${holder.id}`);
        await client.signOut();
        await assert.rejects(other.get("/v1/me"), isSignedOut);
        for (const next of [await town().somebody(), await town().somebody()]) {
            await client.signInWithCode(next);
            assert.equal((await other.get("/v1/me")).actor, `volunteer:${next.id}`);
        }
    });

    it("an operator changes the password, and sets one with a one-time code", async () => {
        const { clerk, admin } = town();
        const { items } = await admin.get("/v1/operators");
        const id = items.find((operator) => operator.login === "clerk")?.id ?? "";
        const [old_password, new_password] = ["four willows by the lake", "five willows by the lake"];
        await clerk.changePassword({ old_password, new_password });
        assert.equal((await clerk.get("/v1/me")).role, "coordinator");
        const given = await admin.write("reset", "/v1/operators/{id}/password-reset", { path: { id } });
        await clerk.setPassword({ login: "clerk", code: given.reset_code ?? "", new_password: old_password });
        assert.equal((await clerk.get("/v1/me")).actor, `operator:${id}`);
    });

    it("what is public is read without signing in", async () => {
        const { client, network } = town().phone();
        const query = { number: "HB-2026-000000000001", code: "0000-0000-0000-0000" };
        const error = await client.get("/v1/certificates/lookup", { query }).catch((refusal: unknown) => refusal);
        assert.equal(refused(error, "certificate_not_found")?.status, 404);
        assert.equal(network.sent.at(-1)?.headers["Authorization"], undefined);
    });

    it("signing out ends the session at the service, and here in any case", async () => {
        const { client, options } = await town().phoneOf(0);
        const token = await options.storage.get("hourbook/refresh-token");
        assert.equal(await client.signOut(), true);
        assert.equal(await client.isSignedIn(), false);
        await options.storage.set("hourbook/refresh-token", token ?? "");
        await assert.rejects(client.get("/v1/me"), isSignedOut);

        const offline = await town().phoneOf(0);
        offline.network.befalls(() => "request_lost");
        assert.equal(await offline.client.signOut(), false);
        assert.equal(await offline.client.isSignedIn(), false);
    });

    for (const years of [-30, 30]) {
        it(`a device whose clock is ${years} years off notices nothing`, async () => {
            const off = years * 365 * 86_400_000;
            const clock: Clock = { now: () => Date.now() + off, sleep: (millis) => deviceClock.sleep(millis) };
            const { client, network } = await town().phoneOf(0, { clock });
            await client.get("/v1/me");
            network.spoil(network.lastToken);
            network.next(REFRESH, "answer_lost");
            assert.equal((await client.get("/v1/me")).role, "volunteer");
            assert.ok(Math.abs(client.serverTime().getTime() - Date.now()) < 60_000);
        });
    }
});
