/** The mini-program on a phone with WeChat, against the demo: coming in, enrolling, checking in and out, messages. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cityOf, type Newcomer } from "../../typescript/tests/support/city.js";
import { MiniProgram, type OpenPage } from "./support/mini_program.js";

describe("the mini-program in WeChat", () => {
    const city = cityOf();

    /** A phone of somebody, on which the mini-program has started. */
    function phoneOf(newcomer: Newcomer): MiniProgram {
        const { demo } = city();
        const program = new MiniProgram(demo.url, null, { UNITS: [{ id: demo.school, name: "第一小学" }] });
        program.wx.newCode = () => city().codeOf(newcomer);
        return program;
    }

    /** Somebody whom the office registered, and who is in by their phone number. */
    async function bound(): Promise<{ newcomer: Newcomer; id: string; program: MiniProgram; home: OpenPage }> {
        const newcomer = city().newcomer();
        const id = await city().registers(newcomer);
        const program = phoneOf(newcomer);
        const door = await program.open("/pages/home/home");
        return { newcomer, id, program, home: await door.givePhone("用手机号绑定", city().phoneCodeOf(newcomer)) };
    }

    /** Fills the form in and sends it; the page that comes then. */
    async function fillIn(form: OpenPage, newcomer: Newcomer): Promise<OpenPage> {
        await form.type("姓名", newcomer.person.name);
        await form.choose("证件", 1);
        await form.type("证件号码", newcomer.person.document.number);
        await form.choose("出生日期", newcomer.person.birth_date);
        await form.choose("性别", 0);
        await form.type("手机号码", newcomer.person.mobile);
        await form.turnOn("同意");
        return form.tap("提交申请");
    }

    it("lets somebody apply, tells what became of it, and lets them in", async () => {
        const newcomer = city().newcomer();
        const program = phoneOf(newcomer);
        const door = await program.open("/pages/home/home");
        const form = await door.tap("申请注册");
        await form.tap("提交申请");
        assert.deepEqual(program.wx.toasts, ["请填写姓名。"]);
        const waiting = await fillIn(form, newcomer);
        assert.equal(form.error, "");
        assert.match(waiting.text, /注册申请 等待单位核对/);
        assert.equal(waiting.offers("申请注册"), false);

        const { items } = await city().office.get("/v1/applications", { query: { status: "open" } });
        await city().confirms(newcomer, items[0]?.id ?? "");
        const home = await program.open("/pages/sign_in/sign_in");
        assert.match(home.text, /李小红/);
        assert.match(home.text, /消息 1 条未读/);
    });

    it("asks for a guardian's consent below eighteen, and reads birth date and gender off a resident's number", async () => {
        const program = phoneOf(city().newcomer());
        const form = await (await program.open("/pages/home/home")).tap("申请注册");
        await form.type("证件号码", "99000019900520322X");
        assert.match(form.text, /出生日期：1990-05-20/);
        assert.match(form.text, /性别：女/);
        assert.doesNotMatch(form.text, /监护人/);
        await form.choose("出生日期", `${new Date().getUTCFullYear() - 12}-01-01`);
        assert.match(form.text, /请由监护人看过以下说明并同意/);
    });

    it("takes an application back", async () => {
        const newcomer = city().newcomer();
        const program = phoneOf(newcomer);
        const door = await fillIn(await (await program.open("/pages/home/home")).tap("申请注册"), newcomer);
        assert.match(door.text, /等待单位核对/);
        await door.tap("撤回申请");
        assert.doesNotMatch(door.text, /注册申请/, "nothing is kept of it");
        assert.ok(door.offers("申请注册"));
    });

    it("binds by phone, and says what else there is where it cannot", async () => {
        const newcomer = city().newcomer();
        const program = phoneOf(newcomer);
        const door = await program.open("/pages/home/home");
        await door.givePhone("用手机号绑定", undefined);
        assert.match(door.error, /可以用单位给的激活码，或者申请注册/);
        await door.givePhone("用手机号绑定", city().phoneCodeOf(newcomer));
        assert.equal(door.error, "不能以此绑定，请向单位索取激活码。");

        const id = await city().registers(newcomer);
        const given = await city().office.write(`activate/${id}`, "/v1/volunteers/{id}/activation", { path: { id } });
        await door.type("志愿者编号", given.number);
        await door.type("激活码", given.code ?? "");
        assert.match((await door.tap("登录")).text, /李小红/);
        const again = phoneOf(newcomer);
        assert.match((await again.open("/pages/home/home")).text, /李小红/, "WeChat knows them from now on");
    });

    it("reads the first screen in one request", async () => {
        const { program, home } = await bound();
        program.wx.sent.length = 0;
        await home.run("onPullDownRefresh", undefined);
        assert.deepEqual(program.wx.sent.map(({ url }) => new URL(url).pathname), ["/v1/me/home"]);
        assert.match(home.text, /累计时长 0 分/);
        assert.match(home.text, /可用积分 0\.00/);
    });

    it("lets nobody in who left, before they ask for it", async () => {
        const { program } = await bound();
        const door = await (await program.open("/pages/sessions/sessions")).tap("退出登录");
        assert.ok(door.offers("用微信进入"));
        assert.match((await door.tap("用微信进入")).text, /李小红/);
    });
});
