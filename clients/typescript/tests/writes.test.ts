/** Writes: one key for one thing wanted, whatever befalls requests, answers and the app. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { IntentUnsettled, isNoAnswer, isSignedOut, refused, textOf, type Clock, type Schemas } from "../src/index.js";
import { deviceClock } from "../src/platform.js";
import { answer, problem, type Fate } from "./support/network.js";
import { townOf, type Phone, type Somebody } from "./support/town.js";

const REDEMPTIONS = "/v1/redemptions";
const KEPT = "hourbook/intent/";

/** Wants a gift, under one name. */
function redeem({ client, holder }: WithHolder, reward: string): Promise<Schemas["Changed_Redemption"]> {
    return client.write(`redeem/${reward}`, REDEMPTIONS, { body: { reward, volunteer: holder.id } });
}

type WithHolder = Pick<Phone, "client"> & { holder: Somebody };

/** The writes that are kept on a phone. */
async function kept({ options }: Phone): Promise<string[]> {
    return (await options.storage.names()).filter((name) => name.startsWith(KEPT));
}

describe("writes", () => {
    const town = townOf();
    const outOfOrder = answer(502, "<html>Bad Gateway</html>");
    const busy = problem(503, "busy", { "retry-after": "0" });

    const misfortunes: Record<string, Fate[]> = {
        "the request is lost": ["request_lost"],
        "the answer is lost": ["answer_lost"],
        "three answers are lost": ["answer_lost", "answer_lost", "answer_lost"],
        "a proxy answers, then the answer is lost": [outOfOrder, "answer_lost"],
        "the service is busy, then the answer is lost": [busy, "answer_lost", busy],
    };
    for (const [misfortune, fates] of Object.entries(misfortunes)) {
        it(`is done once, though ${misfortune}`, async () => {
            const phone = await town().phoneOf(3);
            const gift = await town().gift("1", 5);
            phone.network.next(REDEMPTIONS, ...fates);
            const redeemed = await redeem(phone, gift);
            assert.equal(redeemed.status, "held");
            assert.match(redeemed.pickup_code ?? "", /.+/);
            assert.equal(await town().held(gift), 1);

            const sent = phone.network.of(REDEMPTIONS);
            assert.equal(sent.length, fates.length + 1);
            assert.equal(new Set(sent.map((request) => request.headers["Idempotency-Key"])).size, 1);
            assert.equal(new Set(sent.map((request) => request.body)).size, 1);
            assert.deepEqual(await kept(phone), [], "an answer came: the key is let go");
        });
    }

    for (const fate of ["request_lost", "answer_lost"] as const) {
        it(`is done once, though the app is killed: ${fate}`, async () => {
            const phone = await town().phoneOf(3);
            const gift = await town().gift("1", 5);
            phone.network.next(REDEMPTIONS, fate, fate, fate, fate);
            await assert.rejects(redeem(phone, gift), isNoAnswer);
            assert.equal((await kept(phone)).length, 1);

            const client = phone.restarted();
            const [resumed, ...others] = await client.resume();
            assert.ok(resumed !== undefined && "data" in resumed && others.length === 0);
            assert.equal((resumed.data as Schemas["Redemption"]).status, "held");
            assert.equal(await town().held(gift), 1);
            assert.deepEqual(await kept(phone), []);
            assert.deepEqual(await client.resume(), []);
        });
    }

    it("is the same thing as long as it has no answer, and another one afterwards", async () => {
        const phone = await town().phoneOf(3);
        const gift = await town().gift("1", 5);
        phone.network.next(REDEMPTIONS, "answer_lost", "answer_lost", "answer_lost", "answer_lost");
        await assert.rejects(redeem(phone, gift), isNoAnswer);
        const first = await redeem(phone, gift);
        assert.equal(await town().held(gift), 1, "the button was pressed again: the same gift");
        const second = await redeem(phone, gift);
        assert.notEqual(first.id, second.id);
        assert.equal(await town().held(gift), 2);
    });

    it("is done once when a button is pressed twice at once", async () => {
        const phone = await town().phoneOf(3);
        const gift = await town().gift("1", 5);
        const [first, second] = await Promise.all([redeem(phone, gift), redeem(phone, gift)]);
        assert.equal(first.id, second.id);
        assert.equal(await town().held(gift), 1);
        assert.equal(phone.network.of(REDEMPTIONS).length, 1);
    });

    it("does not become something else under the same name", async () => {
        const phone = await town().phoneOf(3);
        const [cup, pen] = [await town().gift("1", 5), await town().gift("1", 5)];
        const want = (reward: string): Promise<unknown> =>
            phone.client.write("redeem", REDEMPTIONS, { body: { reward, volunteer: phone.holder.id } });
        phone.network.next(REDEMPTIONS, "answer_lost", "answer_lost", "answer_lost", "answer_lost");
        await assert.rejects(want(cup), isNoAnswer);
        const unsettled = await want(pen).catch((error: unknown) => error);
        assert.ok(unsettled instanceof IntentUnsettled);
        assert.match(textOf(unsettled), /先查明上一次的结果/);
        assert.equal(await town().held(pen), 0);
        await unsettled.unsettled.send();
        await want(pen);
        assert.deepEqual([await town().held(cup), await town().held(pen)], [1, 1]);
    });

    it("is discarded where the person thinks better of it", async () => {
        const phone = await town().phoneOf(3);
        const gift = await town().gift("1", 5);
        const body = { reward: gift, volunteer: phone.holder.id };
        const intent = await phone.client.intent("redeem", REDEMPTIONS, { body });
        assert.deepEqual((await phone.client.unsettled()).map((one) => one.kept.key), [intent.kept.key]);
        await intent.discard();
        assert.deepEqual(await phone.restarted().resume(), []);
        assert.equal(await town().held(gift), 0);
    });

    it("lets the key go when it is refused, and says why", async () => {
        const phone = await town().phoneOf(1);
        const gift = await town().gift("2.50", 5);
        phone.network.next(REDEMPTIONS, "answer_lost");
        const error = await redeem(phone, gift).catch((refusal: unknown) => refusal);
        const problem = refused(error, "points_insufficient", "points_owed");
        assert.equal(problem?.code, "points_insufficient");
        assert.equal(problem.available, "1.00");
        assert.deepEqual(await kept(phone), []);
        await town().serves(phone.holder, 3, 8);
        assert.equal((await redeem(phone, gift)).points, "2.50");
    });

    it("keeps the key where the service is busy to the last", async () => {
        const phone = await town().phoneOf(1);
        const gift = await town().gift("1", 5);
        phone.network.next(REDEMPTIONS, "answer_lost", busy, busy, busy);
        const error = await redeem(phone, gift).catch((refusal: unknown) => refusal);
        assert.equal(refused(error, "busy")?.status, 503);
        assert.equal((await kept(phone)).length, 1);
        await redeem(phone, gift);
        assert.equal(await town().held(gift), 1);
        assert.deepEqual(await kept(phone), []);
    });

    it("keeps the key where what comes is not understood", async () => {
        const phone = await town().phoneOf(1);
        const gift = await town().gift("1", 5);
        phone.network.next(REDEMPTIONS, answer(200, "<html>sign in to this network</html>"));
        await assert.rejects(redeem(phone, gift), { kind: "no_answer", absence: "not_understood" });
        phone.network.next(REDEMPTIONS, answer(403, "<html>blocked</html>"));
        await assert.rejects(redeem(phone, gift), { kind: "no_answer", absence: "not_understood" });
        assert.equal((await kept(phone)).length, 1);
        await redeem(phone, gift);
        assert.equal(new Set(phone.network.of(REDEMPTIONS).map((one) => one.headers["Idempotency-Key"])).size, 1);
        assert.equal(await town().held(gift), 1);
    });

    it("is nobody else's", async () => {
        const phone = await town().phoneOf(3);
        const gift = await town().gift("1", 5);
        phone.network.next(REDEMPTIONS, "answer_lost", "answer_lost", "answer_lost", "answer_lost");
        await assert.rejects(redeem(phone, gift), isNoAnswer);
        const [lost] = await phone.client.unsettled();

        await phone.client.signOut();
        await assert.rejects(phone.client.resume(), isSignedOut);
        await phone.client.signInWithCode(await town().somebody());
        assert.deepEqual(await phone.client.resume(), []);
        await assert.rejects(lost?.send() ?? Promise.resolve(), isSignedOut);

        const { id } = phone.holder;
        const given = await town().clerk.write("again", "/v1/volunteers/{id}/activation", { path: { id } });
        await phone.client.signInWithCode({ number: given.number, code: given.code ?? "" });
        assert.equal((await phone.client.resume()).length, 1);
        assert.equal(await town().held(gift), 1);
    });

    it("is nobody else's, though somebody else signs in in another page while it is under way", async () => {
        const [phone, another] = [await town().phoneOf(3), await town().phoneOf(3)];
        const gift = await town().gift("1", 5);
        const names = ["hourbook/refresh-token", "hourbook/holder"];
        const ofAnother = names.map((name) => another.options.storage.get(name) as string);
        phone.network.befalls((request) => {
            if (!request.url.endsWith(REDEMPTIONS)) return null;
            names.forEach((name, at) => void phone.options.storage.set(name, ofAnother[at] ?? ""));
            return problem(401, "token_ended");
        });
        await assert.rejects(redeem(phone, gift), isSignedOut);
        assert.equal(phone.network.of(REDEMPTIONS).length, 1);
        assert.equal((await kept(phone)).length, 1);
        assert.equal(await town().held(gift), 0);
    });

    it("goes through a refresh with the same key", async () => {
        const phone = await town().phoneOf(3);
        const gift = await town().gift("1", 5);
        await phone.client.get("/v1/me");
        phone.network.spoil(phone.network.lastToken);
        await redeem(phone, gift);
        const sent = phone.network.of(REDEMPTIONS);
        assert.equal(sent.length, 2);
        assert.equal(new Set(sent.map((request) => request.headers["Idempotency-Key"])).size, 1);
        assert.equal(await town().held(gift), 1);
    });

    it("names the version that it changes each time, where it takes one", async () => {
        const phone = await town().phoneOf(0);
        const path = { id: phone.holder.id };
        const { etag } = await phone.client.getTagged("/v1/volunteers/{id}", { path });
        phone.network.next("/v1/volunteers/", "answer_lost");
        const left = await phone.client.write("leave", "/v1/volunteers/{id}/deactivate", { path, ifMatch: etag ?? "" });
        assert.equal(left.status, "inactive");
        const back = town().clerk.write(`return/${left.id}`, "/v1/volunteers/{id}/reactivate", { path, ifMatch: etag ?? "" });
        const error = await back.catch((refusal: unknown) => refusal);
        assert.equal(refused(error, "version_stale")?.current_version, left.version);
    });

    it("a change by version that was carried out, and whose answer was lost, is refused as stale", async () => {
        const phone = await town().phoneOf(0);
        const path = { id: phone.holder.id };
        const { data, etag } = await phone.client.getTagged("/v1/volunteers/{id}", { path });
        const body = { mobile: "13900139000", residence: "新华区", skills: ["急救"], service_categories: [] };
        assert.equal(data.person?.residence, null);
        phone.network.next("/v1/volunteers/", "answer_lost");
        const change = phone.client.put("/v1/volunteers/{id}/contact", { path, ifMatch: etag ?? "", body });
        const error = await change.catch((refusal: unknown) => refusal);
        assert.equal(refused(error, "version_stale")?.status, 412);
        const now = await phone.client.get("/v1/volunteers/{id}", { path });
        assert.equal(now.person?.residence, "新华区");
    });
});

describe("who asks too often", () => {
    const town = townOf("--volunteer-changes", "1:1");

    it("waits as long as the service asks, and everything is done", async () => {
        const slept: number[] = [];
        const clock: Clock = {
            now: () => Date.now(),
            sleep: (millis) => {
                slept.push(millis);
                return deviceClock.sleep(millis);
            },
        };
        const phone = await town().phoneOf(5, { clock, patience: { tries: 9, pauseMillis: 10 } });
        const gift = await town().gift("1", 5);
        const body = { reward: gift, volunteer: phone.holder.id };
        const pieces = Array.from({ length: 4 }, (_, piece) => `redeem/${gift}/${piece}`);
        await Promise.all(pieces.map((name) => phone.client.write(name, REDEMPTIONS, { body })));
        assert.equal(await town().held(gift), 4);
        const waits = phone.network.statuses.filter((status) => status === 429).length;
        assert.ok(waits > 0, "four at once are more than the service takes");
        assert.equal(slept.length, waits);
        assert.ok(slept.every((millis) => millis >= 1_000), slept.join());
    });

    it("is told where the wait is longer than patience", async () => {
        const phone = await town().phoneOf(0);
        phone.network.befalls(() => problem(429, "too_many_requests", { "retry-after": "900" }));
        await assert.rejects(phone.client.get("/v1/me"), { kind: "refusal", retryAfterSeconds: 900 });
    });
});
