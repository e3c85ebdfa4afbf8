/** The client in a mini-program: `wx.request` by its documented rules, and nothing of a browser. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Client, isNoAnswer, refused, textOf, type ClientOptions, type Schemas } from "../src/index.js";
import { onWx, wxCode } from "../src/wx.js";
import { FakeWx } from "./support/fake_wx.js";
import { townOf, type Somebody } from "./support/town.js";

/** What a mini-program does not have. */
const OF_BROWSERS = ["fetch", "URL", "URLSearchParams", "Headers", "Request", "Response", "AbortController", "TextEncoder", "TextDecoder", "crypto", "localStorage", "atob", "btoa"];

/** Runs without them. */
async function asInMiniProgram<T>(run: () => Promise<T>): Promise<T> {
    const kept = OF_BROWSERS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
    for (const [name] of kept) Reflect.deleteProperty(globalThis, name);
    try {
        return await run();
    } finally {
        for (const [name, own] of kept) if (own !== undefined) Object.defineProperty(globalThis, name, own);
    }
}

describe("a mini-program", () => {
    const town = townOf();

    /** A client on a phone of its own, and who is signed in there. */
    async function phone(
        wx: FakeWx,
        points: number,
        options: Partial<ClientOptions> = {},
    ): Promise<{ client: Client; holder: Somebody }> {
        const holder = await town().somebody();
        if (points > 0) await town().serves(holder, points, points + 1);
        const client = new Client({ baseUrl: town().service.url, patience: { pauseMillis: 10 }, ...onWx(wx), ...options });
        await client.signInWithCode(holder);
        return { client, holder };
    }

    it("needs nothing that only browsers have", async () => {
        const holder = await town().somebody();
        await town().serves(holder, 2, 3);
        const gift = await town().gift("1", 3);
        const { url: baseUrl } = town().service;
        const wx = new FakeWx();
        await asInMiniProgram(async () => {
            assert.equal(typeof fetch, "undefined");
            const client = new Client({ baseUrl, ...onWx(wx) });
            await client.signInWithCode(holder);
            const body = { reward: gift, volunteer: holder.id };
            const placed = await client.write(`redeem/${gift}`, "/v1/redemptions", { body });
            assert.equal(placed.status, "held");
            const all: string[] = [];
            for await (const one of client.pages("/v1/redemptions", { query: { status: "held" } })) all.push(one.id);
            assert.deepEqual(all, [placed.id]);
            assert.equal((await new Client({ baseUrl, ...onWx(wx) }).get("/v1/me")).role, "volunteer");
            await client.signOut();
        });
        const key = wx.sent.find((option) => option.header["Idempotency-Key"])?.header["Idempotency-Key"];
        assert.match(key ?? "", /^[0-9a-f]{32}$/);
    });

    it("is told of a refusal, though success runs for it", async () => {
        const { client } = await phone(new FakeWx(), 0);
        const id = "00000000-0009-8009-915e-862668dfdc97";
        const error = await client.get("/v1/redemptions/{id}", { path: { id } }).catch((refusal: unknown) => refusal);
        assert.equal(refused(error, "redemption_not_found")?.status, 404);
        assert.equal(textOf(error), "没有这个兑换。");
    });

    it("asks forty things at once, of which ten go at a time", async () => {
        const wx = new FakeWx();
        const { client } = await phone(wx, 0);
        const all = await Promise.all(Array.from({ length: 40 }, () => client.get("/v1/me")));
        assert.equal(all.length, 40);
        assert.equal(wx.mostAtOnce, 10);
    });

    it("does a write once, though the person leaves while its answer is on the way", async () => {
        const wx = new FakeWx(10);
        const { client, holder } = await phone(wx, 2);
        const gift = await town().gift("1", 3);
        const isAnswered = wx.holdAnswers();
        const body = { reward: gift, volunteer: holder.id };
        const redeemed = client.write(`redeem/${gift}`, "/v1/redemptions", { body });
        const failed = redeemed.catch((absence: unknown) => absence);
        await isAnswered;
        assert.equal(await town().held(gift), 1, "it was done; the answer is on the way");
        wx.hide();
        const error = await failed;
        assert.ok(isNoAnswer(error) && error.absence === "interrupted");
        assert.equal(textOf(error), "小程序转到后台，请求被中断，请重试。");

        wx.show();
        wx.letAnswersArrive();
        const [resumed] = await client.resume();
        assert.ok(resumed !== undefined && "data" in resumed);
        assert.equal((resumed.data as Schemas["Redemption"]).status, "held");
        assert.equal(await town().held(gift), 1);
    });

    it("does a write once, though the person comes back before patience ends", async () => {
        const wx = new FakeWx(10);
        const comeBack = {
            now: () => Date.now(),
            sleep: () => {
                wx.show();
                wx.letAnswersArrive();
                return Promise.resolve();
            },
        };
        const { client, holder } = await phone(wx, 2, { clock: comeBack });
        const gift = await town().gift("1", 3);
        const isAnswered = wx.holdAnswers();
        const redeemed = client.write("redeem", "/v1/redemptions", { body: { reward: gift, volunteer: holder.id } });
        await isAnswered;
        wx.hide();
        assert.equal((await redeemed).status, "held");
        assert.equal(await town().held(gift), 1);
        const keys = wx.sent.map((option) => option.header["Idempotency-Key"]).filter((key) => key !== undefined);
        assert.equal(keys.length, 2, "one was interrupted");
        assert.equal(new Set(keys).size, 1);
    });

    it("is told that nobody answers, and that it took too long", async () => {
        const nowhere = new Client({ baseUrl: "http://127.0.0.1:9", patience: { tries: 1 }, ...onWx(new FakeWx()) });
        const proof = { number: "000000000009", code: "x" };
        await assert.rejects(nowhere.signInWithCode(proof), { absence: "unreachable" });
        const slow = new FakeWx();
        void slow.holdAnswers();
        const patience = { tries: 1, timeoutMillis: 50 };
        const client = new Client({ baseUrl: town().service.url, patience, ...onWx(slow) });
        await assert.rejects(client.signInWithCode(proof), { absence: "timed_out" });
    });

    it("finds a header, however the device writes its name", async () => {
        const { client, holder } = await phone(new FakeWx(), 0);
        const { data, etag } = await client.getTagged("/v1/volunteers/{id}", { path: { id: holder.id } });
        assert.ok(etag?.includes(String(data.version)), `${etag}`);
    });

    it("reads a file as bytes, and its refusal as a refusal", async () => {
        const { client, holder } = await phone(new FakeWx(), 0);
        const query = { volunteer: holder.id, format: "csv" as const };
        const file = await client.file("/v1/exports/statements", "text/csv", { query });
        assert.ok(file.byteLength > 3);
        const id = "00000000-0009-8009-915e-862668dfdc97";
        const pdf = client.file("/v1/certificates/{id}/pdf", "application/pdf", { path: { id } });
        const error = await pdf.catch((refusal: unknown) => refusal);
        assert.equal(textOf(error), "没有这份证明，或者不是这名志愿者的。");
    });

    it("asks WeChat who uses it, and tells of what kept it from answering", async () => {
        assert.equal(await wxCode({ login: ({ success }) => success({ code: "ok-somebody" }) })(), "ok-somebody");
        const without = wxCode({ login: ({ fail }) => fail({ errMsg: "login:fail timeout" }) })();
        assert.equal(textOf(await without.catch((error: unknown) => error)), "网络太慢，没有等到回答，请重试。");
    });
});
