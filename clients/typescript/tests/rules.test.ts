/** What needs no service: pauses, texts, addresses. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { filledPath, queryText } from "../src/address.js";
import { NoAnswer, PATIENCE, refused, textOf, textOfCode, type Answer } from "../src/index.js";
import { refusalIn, retryAfterSeconds } from "../src/problem.js";
import { isFinal, persist } from "../src/retry.js";
import { textOfBytes } from "../src/utf8.js";
import { answer, problem } from "./support/network.js";

/** Persists with these answers, one after the other; how long each pause was, and what came of it. */
async function tried(answers: (Answer | "lost")[], chance = 0): Promise<{ pauses: number[]; came: Answer | unknown }> {
    const pauses: number[] = [];
    const clock = {
        now: () => 0,
        sleep: (millis: number) => {
            pauses.push(millis);
            return Promise.resolve();
        },
    };
    const send = (): Promise<Answer> => {
        const next = answers.shift();
        if (next === undefined) throw new Error("asked once too often");
        return next === "lost" ? Promise.reject(new NoAnswer("unreachable", "")) : Promise.resolve(next);
    };
    const came = await persist(send, { patience: PATIENCE, clock, random: () => chance }).catch((error: unknown) => error);
    return { pauses, came };
}

describe("sending again", () => {
    const done = answer(200, "{}");
    const busy = (seconds: string): Answer => answer(503, "{}", { "retry-after": seconds });

    it("pauses twice as long each time, and a little longer by chance", async () => {
        assert.deepEqual((await tried(["lost", "lost", "lost", done])).pauses, [500, 1000, 2000]);
        assert.deepEqual((await tried(["lost", "lost", "lost", done], 1)).pauses, [1000, 2000, 4000]);
    });

    it("never comes back sooner than it was asked to", async () => {
        for (const chance of [0, 0.5, 1]) {
            const { pauses, came } = await tried([busy("3"), busy("0"), done], chance);
            assert.equal(came, done);
            assert.deepEqual(pauses, [3000 + 500 * chance, 1000 + 1000 * chance]);
        }
    });

    it("ends with the last answer, or the last absence", async () => {
        const [first, ...others] = [busy("0"), busy("0"), busy("0"), busy("1")];
        assert.equal((await tried([first as Answer, ...others])).came, others.at(-1));
        assert.ok((await tried(["lost", "lost", "lost", "lost"])).came instanceof NoAnswer);
        const long = busy("900");
        assert.deepEqual(await tried([long]), { pauses: [], came: long });
    });

    it("does not repeat what is settled", async () => {
        for (const status of [200, 201, 204, 400, 401, 403, 404, 409, 412, 422, 500]) {
            const one = answer(status, "{}");
            assert.deepEqual(await tried([one]), { pauses: [], came: one });
        }
    });

    it("does not repeat what lasts, though it is a 503", async () => {
        const problem = { "content-type": "application/problem+json" };
        const lasting = answer(503, "{}", problem);
        assert.deepEqual(await tried([lasting]), { pauses: [], came: lasting });
        const [passing, ofProxy] = [answer(503, "{}", { ...problem, "retry-after": "1" }), answer(503, "<html>")];
        assert.equal((await tried([passing, ofProxy, done])).came, done);
    });

    it("a key is let go by what settles", () => {
        const settles = [200, 201, 204, 400, 403, 404, 409, 410, 412, 422, 428];
        const doesNot = [302, 408, 425, 429, 500, 502, 503, 504];
        assert.deepEqual(settles.filter((status) => !isFinal(status)), []);
        assert.deepEqual(doesNot.filter(isFinal), []);
    });

    it("reads seconds, and nothing else", () => {
        const read = (text: string): number | null => retryAfterSeconds(answer(503, "", { "retry-after": text }));
        assert.deepEqual(["0", "12", "-1", "1.5", "Fri, 31 Dec 1999 23:59:59 GMT", "", "9999999"].map(read), [0, 12, null, null, null, null, null]);
    });
});

describe("problems", () => {
    it("that are newer than this client are told in the service's words", () => {
        const { body } = problem(409, "moon_too_low");
        const refusal = refusalIn(answer(409, body as string), JSON.parse(body as string));
        assert.equal(refusal.problem.code, "unlisted");
        assert.equal(refusal.problem.code === "unlisted" && refusal.problem.sent_code, "moon_too_low");
        assert.equal(textOf(refusal), "words");
        assert.equal(refused(refusal, "points_insufficient"), null);
    });

    it("without a sentence in Chinese are told by their code", () => {
        const { body } = problem(409, "reward_out_of_stock");
        const refusal = refusalIn(answer(409, body as string), JSON.parse(body as string));
        assert.equal(textOf(refusal), "礼品已兑完。");
        assert.equal(textOfCode("reward_out_of_stock"), "礼品已兑完。");
    });

    it("are not what a proxy sends", () => {
        for (const body of [null, "text", {}, { code: 5, detail: "" }, []]) {
            assert.throws(() => refusalIn(answer(502, ""), body), { kind: "no_answer", status: 502 });
        }
    });

    it("of any other kind are told, too", () => {
        assert.equal(textOf(new TypeError("x")), textOfCode("internal"));
        assert.equal(textOf(new NoAnswer("timed_out", "")), "网络太慢，没有等到回答，请重试。");
    });
});

describe("addresses", () => {
    it("hold what is in them as it is", () => {
        assert.equal(filledPath("/v1/volunteers/{id}/account", { id: "a/b 王" }), "/v1/volunteers/a%2Fb%20%E7%8E%8B/account");
        assert.throws(() => filledPath("/v1/volunteers/{id}", {}), TypeError);
        assert.throws(() => filledPath("/v1/volunteers/{id}", { id: "" }), TypeError);
    });

    it("leave out what is not said", () => {
        assert.equal(queryText(), "");
        assert.equal(queryText({ unit: undefined, name: null }), "");
        const query = { name: "王&小", late: false, limit: 0, group_by: ["unit", "month"] };
        assert.equal(queryText(query), "?name=%E7%8E%8B%26%E5%B0%8F&late=false&limit=0&group_by=unit%2Cmonth");
    });

    it("texts of bytes are read, and what is no text is none", () => {
        assert.equal(textOfBytes(new Uint8Array(Buffer.from("没有 €𠮷")).buffer), "没有 €𠮷");
        assert.equal(textOfBytes(new Uint8Array([0xff, 0xfe]).buffer), "");
    });
});
