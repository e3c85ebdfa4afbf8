/** Lists that come in pages. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isNoAnswer } from "../src/index.js";
import { townOf } from "./support/town.js";

describe("pages", () => {
    const town = townOf();

    it("are read one after the other, each once", async () => {
        const names = ["王一", "王二", "王三", "王四", "王五"];
        for (const name of names) await town().somebody(name);
        const found: string[] = [];
        for await (const volunteer of town().clerk.pages("/v1/volunteers", { query: { limit: 2 } })) {
            found.push(volunteer.person?.name ?? "");
        }
        assert.deepEqual(found.sort(), names.sort());
    });

    it("are read as a screen scrolls, and one that failed once more", async () => {
        const phone = await town().phoneOf(0);
        for (const hoursAgo of [20, 15, 10]) await town().serves(phone.holder, 1, hoursAgo);
        const records = phone.client.pages("/v1/service-records", { query: { limit: 2 } });
        assert.equal((await records.more()).length, 2);
        assert.equal(records.isDone, false);
        phone.network.befalls(() => "answer_lost");
        await assert.rejects(records.more(), isNoAnswer);
        phone.network.befalls(() => null);
        assert.equal((await records.more()).length, 1);
        assert.equal(records.isDone, true);
        assert.deepEqual(await records.more(), []);
    });

    it("of nothing are one page of nothing", async () => {
        const phone = await town().phoneOf(0);
        const records = phone.client.pages("/v1/service-records");
        assert.deepEqual(await records.more(), []);
        assert.equal(records.isDone, true);
    });
});
