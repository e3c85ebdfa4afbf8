/** What needs no service: how things are shown, and what a form lacks. */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import jsQR from "jsqr";
import { built, DIST } from "./support/built.js";
import { render, textOf } from "./support/wxml.js";

const show = built<typeof import("../miniprogram/logic/show.js")>("logic/show.js");
const corrections = built<typeof import("../miniprogram/logic/corrections.js")>("logic/corrections.js");
const qr = built<typeof import("../miniprogram/logic/qr.js")>("logic/qr.js");

describe("what is shown", () => {
    it("are hours and minutes", () => {
        const shown = [0, 5, 60, 125, -90].map(show.duration);
        assert.deepEqual(shown, ["0 分", "5 分", "1 小时", "2 小时 5 分", "-1 小时 30 分"]);
    });

    it("are the city's own times, as the service tells them", () => {
        assert.equal(show.moment("2026-01-02T09:05:00+08:00"), "1月2日 09:05");
        assert.equal(show.wholeDay("2026-12-31"), "2026年12月31日");
        assert.equal(show.span("2026-11-22T09:00:00+08:00", "2026-11-22T11:30:00+08:00"), "11月22日 09:00–11:30");
        assert.equal(show.span("2026-11-22T22:00:00+08:00", "2026-11-23T01:00:00+08:00"), "11月22日 22:00–11月23日 01:00");
        assert.equal(show.instant("2026-11-22", "09:00"), "2026-11-22T09:00:00+08:00");
    });
});

describe("a form about a missing record", () => {
    it("says what it lacks", () => {
        const whole = { activity: "id", date: "2026-11-22", start: "09:00", end: "10:00", words: "没有签到" };
        assert.equal(corrections.lacking(whole), "");
        for (const member of ["activity", "date", "start", "end", "words"] as const) {
            assert.notEqual(corrections.lacking({ ...whole, [member]: "" }), "", member);
        }
        assert.notEqual(corrections.lacking({ ...whole, words: "  " }), "");
    });
});

describe("a QR code", () => {
    /** What another's program reads of it, drawn with eight dots a module and its quiet zone. */
    function readBack(text: string): string | null {
        const rows = qr.qr(text);
        const side = (rows.length + 8) * 8;
        const dots = new Uint8ClampedArray(side * side * 4).fill(255);
        for (let at = 0; at < side * side; at += 1) {
            const [row, column] = [Math.floor(at / side / 8) - 4, Math.floor((at % side) / 8) - 4];
            if (rows[row]?.[column] === true) dots.fill(0, at * 4, at * 4 + 3);
        }
        return jsQR(dots, side, side, { inversionAttempts: "dontInvert" })?.data ?? null;
    }

    it("is read as what it says, at every length", () => {
        assert.equal(readBack("7K3F-9QXA"), "7K3F-9QXA");
        for (let length = 1; length <= qr.QR_CHARACTERS_MAX; length += 1) {
            const text = Array.from({ length }, (_, at) => String.fromCharCode(32 + ((at * 37 + length) % 95))).join("");
            assert.equal(readBack(text), text);
        }
    });

    it("is not made of what does not fit", () => {
        assert.throws(() => qr.qr("x".repeat(qr.QR_CHARACTERS_MAX + 1)), TypeError);
        assert.throws(() => qr.qr("取货码"), TypeError);
    });
});

describe("app.json", () => {
    it("names every page, and each has its files", () => {
        const { pages } = JSON.parse(readFileSync(join(DIST, "app.json"), "utf8")) as { pages: string[] };
        const folders = readdirSync(join(DIST, "pages"));
        assert.deepEqual(pages.map((page) => page.split("/")[1]).sort(), folders.sort());
        for (const page of pages) {
            for (const extension of ["js", "json", "wxml"]) assert.ok(existsSync(join(DIST, `${page}.${extension}`)), page);
        }
    });
});

describe("the rendering of the tests", () => {
    const shown = (wxml: string, data: Record<string, unknown>): string => textOf(render(wxml, data));

    it("shows what conditions and lists say", () => {
        const wxml = '<view><text wx:if="{{n > 1}}">many</text><text wx:elif="{{n === 1}}">one</text><text wx:else>none</text></view>';
        assert.deepEqual([2, 1, 0].map((n) => shown(wxml, { n })), ["many", "one", "none"]);
        const list = '<block wx:for="{{rows}}" wx:key="id"><view wx:for="{{item.lines}}" wx:for-item="line">{{item.id}}{{line}}</view></block>';
        assert.equal(shown(`<view>${list}</view>`, { rows: [{ id: 1, lines: ["a", "b"] }, { id: 2, lines: [] }] }), "1a 1b");
    });

    it("fails at what a page does not have, and at tags that do not fit", () => {
        assert.throws(() => shown("<view>{{nothing}}</view>", {}), /no "nothing"/);
        assert.throws(() => shown("<view><text></view>", {}), /ends/);
        assert.throws(() => shown("<view>", {}), /not closed/);
        assert.throws(() => shown("<view a=b></view>", {}), /not understood/);
    });
});
