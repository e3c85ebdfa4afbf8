/** What needs no service: how things are shown, and what a form lacks. */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { built, DIST } from "./support/built.js";
import { readBack } from "./support/qr.js";
import { render, textOf } from "./support/wxml.js";

const show = built<typeof import("../miniprogram/logic/show.js")>("logic/show.js");
const corrections = built<typeof import("../miniprogram/logic/corrections.js")>("logic/corrections.js");
const attendance = built<typeof import("../miniprogram/logic/attendance.js")>("logic/attendance.js");
const application = built<typeof import("../miniprogram/logic/application.js")>("logic/application.js");
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

describe("a check code", () => {
    const code = "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo";

    it("is found by itself, in a link, and in a mini-program's path", () => {
        const link = `https://volunteers.example/s/${code}`;
        for (const scanned of [code, link, encodeURIComponent(link), `pages/scan/scan?scene=${code}`, `${link}?from=wall`]) {
            assert.equal(attendance.codeIn(scanned), code, scanned);
        }
    });

    it("is not found in what is none", () => {
        for (const scanned of ["", "7K3F-9QXA", "https://volunteers.example/verify", `${code}x`, "100%"]) {
            assert.equal(attendance.codeIn(scanned), null, scanned);
        }
    });
});

describe("a form of who applies", () => {
    const whole = {
        ...application.EMPTY,
        name: "李小红",
        number: "E9000009",
        birthDate: "2014-12-02",
        gender: "female" as const,
        mobile: "13800138009",
        guardian: "李四",
        agrees: true,
    };

    it("says what it lacks", () => {
        assert.equal(application.lacking(whole, "2026-12-01"), "");
        for (const lack of [{ name: " " }, { number: "" }, { birthDate: "" }, { gender: "" as const }, { mobile: "138" }, { guardian: "" }, { agrees: false }]) {
            assert.notEqual(application.lacking({ ...whole, ...lack }, "2026-12-01"), "", JSON.stringify(lack));
        }
        assert.equal(application.lacking({ ...whole, birthDate: "2008-12-01", guardian: "" }, "2026-12-01"), "", "of age today");
    });

    it("has a guardian below eighteen, who consents to a child's data apart", () => {
        assert.deepEqual(["2008-12-01", "2008-12-02"].map((born) => application.age(born, "2026-12-01")), [18, 17]);
        const now = new Date("2026-11-30T17:00:00Z");
        assert.equal(application.dayOf(now), "2026-12-01", "on the city's clock");
        const consentOf = (birthDate: string) => application.personOf({ ...whole, birthDate }, now, "2026-1").guardian_consent;
        assert.ok(consentOf("2012-12-02")?.separate_consent);
        assert.equal(consentOf("2012-12-01")?.separate_consent, undefined);
        assert.equal(consentOf("2008-12-01"), undefined);
    });
});

describe("a QR code", () => {
    it("is read as what it says, at every length", () => {
        assert.equal(readBack(qr.qr("7K3F-9QXA")), "7K3F-9QXA");
        for (let length = 1; length <= qr.QR_CHARACTERS_MAX; length += 1) {
            const text = Array.from({ length }, (_, at) => String.fromCharCode(32 + ((at * 37 + length) % 95))).join("");
            assert.equal(readBack(qr.qr(text)), text);
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
