/** The mini-program on a phone with WeChat, against the demo: coming in, enrolling, checking in and out, messages. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Schemas } from "../../typescript/src/index.js";
import { cityOf, type Newcomer } from "../../typescript/tests/support/city.js";
import { DEMO_APP } from "../../typescript/tests/support/service.js";
import { phoneOf as onPhone } from "../../typescript/tests/support/town.js";
import { built } from "./support/built.js";
import { MiniProgram, type OpenPage } from "./support/mini_program.js";
import { readBack } from "./support/qr.js";

/** A network on which answers of one path are lost. */
function losing(wx: MiniProgram["wx"], path: string): MiniProgram["wx"]["request"] {
    const send = wx.request.bind(wx);
    return (option) => {
        const success = (): void => option.fail({ errMsg: "request:fail" });
        send(option.url.endsWith(path) ? { ...option, success } : option);
    };
}

const { checked } = built<typeof import("../miniprogram/logic/attendance.js")>("logic/attendance.js");
const { Door } = built<typeof import("../miniprogram/logic/door.js")>("logic/door.js");

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

    it("gets another ticket where filling in took too long", async () => {
        const newcomer = city().newcomer();
        const { client } = onPhone(city().demo);
        const signIn = client.signInWithWechat.bind(client);
        let isFirst = true;
        client.signInWithWechat = async (who) => {
            const come = await signIn(who);
            if (come.isSignedIn || !isFirst) return come;
            isFirst = false;
            return { ...come, ticket: { ...come.ticket, ticket: "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ" } };
        };
        const door = new Door(client, { app: DEMO_APP, newCode: () => Promise.resolve(city().codeOf(newcomer)) });
        await door.enter();
        await door.apply(city().demo.school, newcomer.person);
        const welcome = await door.enter();
        assert.equal(!welcome.isSignedIn && welcome.application?.status, "等待单位核对");
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

    it("ends the binding of a WeChat, by which nobody is in any more", async () => {
        const { program } = await bound();
        const sessions = await program.open("/pages/sessions/sessions");
        assert.match(sessions.text, /绑定的微信 .* 凭手机号绑定/);
        const door = await sessions.tap("解绑");
        assert.match(door.text, /用手机号绑定/);
        assert.doesNotMatch((await program.open("/pages/home/home")).text, /李小红/);
    });

    it("enrols in an activity, shows it on the first screen, and gives the place up", async () => {
        const activity = await city().recruits(24);
        await city().position(activity, 2);
        const { program } = await bound();
        const list = await program.open("/pages/activities/activities");
        assert.match(list.text, /湖边捡拾/);
        const page = await program.open(`/pages/activity/activity?id=${activity}`);
        assert.match(page.text, /内容：沿湖捡拾垃圾 风险：湖边路滑/);
        assert.match(page.text, /捡拾组 2 人，还剩 2 人/);
        await page.tap("报名");
        assert.equal(page.error, "");
        assert.match(page.text, /已报名/);
        assert.match(page.text, /2 人，还剩 1 人/);
        assert.equal(page.offers("报名"), false);
        assert.match((await program.open("/pages/home/home")).text, /湖边捡拾 · 捡拾组 .* 已报名/);
        await page.tap("退出");
        assert.match(page.text, /已退出/);
        assert.ok(page.offers("报名"), "who thinks better of it comes back");
        assert.match((await program.open("/pages/places/places")).text, /湖边捡拾 已退出/);
    });

    it("waits where all places are taken, is offered one, and accepts", async () => {
        const activity = await city().recruits(24);
        const position = await city().position(activity, 1);
        const first = await city().fills(position);
        const { program } = await bound();
        const page = await program.open(`/pages/activity/activity?id=${activity}`);
        program.wx.choice = null;
        await page.tap("排队等空位");
        assert.ok(page.offers("排队等空位"), "nothing was chosen");
        program.wx.choice = 0;
        await page.tap("排队等空位");
        assert.match(page.text, /正在排队 前面还有 0 人。/);
        await city().freesPlace(first);
        await page.run("onShow", undefined);
        assert.match(page.text, /有空位了，等您答复 请在 .* 前答复，过时让给下一位。/);
        assert.match((await program.open("/pages/messages/messages")).text, /新/);
        await page.tap("接受名额");
        assert.match(page.text, /已报名/);
    });

    it("asks for a place where the leader selects, and says why where one is too late", async () => {
        const activity = await city().recruits(24);
        const position = await city().position(activity, 1);
        await city().position(activity, 1, { selection: "selected" });
        const { program } = await bound();
        const page = await program.open(`/pages/activity/activity?id=${activity}`);
        await city().fills(position);
        await page.tap("报名");
        assert.equal(page.error, "名额已满。可以排队等空位。");
        assert.ok(page.offers("排队等空位"), "as it says");
        await page.tap("申请，由负责人选定");
        assert.match(page.text, /已申请，等负责人选定/);
    });

    it("names what stands in the way of a place", async () => {
        const [first, second] = [await city().recruits(24), await city().recruits(24)];
        await city().position(first, 1);
        await city().position(second, 1);
        const conditions = { least_age: null, most_age: null, least_star: 1, least_training_minutes: null, hazard: null };
        await city().position(second, 1, { name: "讲解组", conditions });
        const { program } = await bound();
        await (await program.open(`/pages/activity/activity?id=${first}`)).tap("报名");
        const page = await program.open(`/pages/activity/activity?id=${second}`);
        assert.match(page.text, /讲解组 1 人，还剩 1 人 1 星以上/);
        await page.tap("报名");
        assert.equal(page.error, "同一时间已有另一个活动的名额。是“湖边捡拾”。先退出那一个，才能报这一个。");
        await (await program.open(`/pages/activity/activity?id=${first}`)).tap("退出");
        const buttons = page.value<{ positions: { id: string; name: string }[] }>("activity").positions;
        const guides = buttons.find(({ name }) => name === "讲解组")?.id;
        await page.run("onEnrol", { currentTarget: { dataset: { id: guides } } });
        assert.equal(page.error, "不符合岗位的条件。星级不够。可以看看其他岗位，或者找别的活动。");
    });

    it("checks in with another code where the answer to the first was lost, and leaves nothing open", async () => {
        const activity = await city().recruits(0);
        await city().position(activity, 1);
        const { program } = await bound();
        await (await program.open(`/pages/activity/activity?id=${activity}`)).tap("报名");
        const page = await program.open("/pages/scan/scan");
        program.wx.scan = { result: await city().wallCode(activity, "in") };
        program.wx.request = losing(program.wx, "/v1/check-ins");
        await page.tap("扫一扫");
        assert.equal(page.error, "网络不通，请检查网络后重试。");
        assert.match((await program.open("/pages/home/home")).text, /有 1 项提交还没有结果/);
        Reflect.deleteProperty(program.wx, "request");
        program.wx.scan = { result: `pages/scan/scan?scene=${await city().wallCode(activity, "in")}` };
        await page.tap("扫一扫");
        assert.match(page.text, /已签到/);
        assert.doesNotMatch((await program.open("/pages/home/home")).text, /还没有结果/);
    });

    it("checks in and out with the wall code, which asks for no position", async () => {
        const activity = await city().recruits(-1);
        await city().position(activity, 1);
        const { program, id } = await bound();
        const page = await program.open("/pages/scan/scan");
        program.wx.scan = { result: "https://volunteers.example/verify" };
        await page.tap("扫一扫");
        assert.equal(page.error, "这不是签到码，请扫现场正在显示的码。");
        program.wx.scan = { result: await city().wallCode(activity, "in") };
        await page.tap("扫一扫");
        assert.equal(page.error, "没有这个活动的名额，请现场联系负责人。");

        const shown = await program.open(`/pages/activity/activity?id=${activity}`);
        await shown.tap("报名");
        await page.tap("扫一扫");
        assert.match(page.text, /已签到，\d\d:\d\d。走的时候请签退。/);
        assert.match((await program.open("/pages/home/home")).text, /湖边捡拾：已签到/);
        program.wx.scan = { result: await city().wallCode(activity, "out") };
        await page.tap("扫一扫");
        // This test does not wait a minute: what the record says then, the client's test tells.
        assert.match(page.text, /已签退，\d\d:\d\d。没有记时长：不到一分钟。有疑问请找负责人。/);
        assert.equal(program.wx.positionsAsked, 0);

        const record = await city().enters(activity, id, 1);
        const { items } = await city().office.get("/v1/attendances", { query: { activity } });
        const longer = { ...(items[0] as Schemas["Attendance"]), record, no_record: null };
        assert.match((await checked(city().office, longer, "out")).told, /已签退，\d\d:\d\d。共 30 分，等待审核。/);
        const messages = await program.open("/pages/messages/messages");
        assert.match(messages.text, /新/);
        assert.match((await program.open("/pages/home/home")).text, /累计时长 30 分/);
        assert.doesNotMatch((await program.open("/pages/home/home")).text, /未读/, "they were shown");
        const rating = await (await program.open(`/pages/record/record?id=${record}`)).tap("评价这次活动");
        assert.equal(rating.offers("提交评价"), false, "nothing was chosen");
        await rating.tap("5 分");
        await rating.type("想说的话", "组织\n有序");
        await rating.tap("提交评价");
        assert.match(rating.text, /您的评价：5 分 组织 有序/);
        assert.match((await program.open(`/pages/rating/rating?activity=${activity}`)).text, /您的评价：5 分/);
    });

    it("asks for a position only where there is a fence, and has another way for who tells none", async () => {
        const fence = { latitude: 33.735, longitude: 113.3, radius_metres: 300 };
        const activity = await city().recruits(0, { fence });
        await city().position(activity, 3);
        const { program } = await bound();
        const shown = await program.open(`/pages/activity/activity?id=${activity}`);
        assert.match(shown.text, /不愿定位的，请负责人扫您的签到码/);
        await shown.tap("报名");
        const page = await program.open("/pages/scan/scan");
        program.wx.scan = { result: await city().wallCode(activity, "in") };
        program.wx.answers.push({ confirm: false });
        await page.tap("扫一扫");
        assert.equal(program.wx.positionsAsked, 0, "the person was told why, and would not");
        assert.match(page.error, /不定位也可以/);
        program.wx.position = { latitude: 33.8, longitude: 113.3, accuracy: 10 };
        await page.tap("扫一扫");
        assert.equal(page.error, "当前位置不在活动地点范围内。请走近一些再试，或者请负责人扫您的签到码。");
        program.wx.position = { latitude: 33.735, longitude: 113.3, accuracy: 10 };
        await page.tap("扫一扫");
        assert.match(page.text, /已签到/);

        const mine = await page.tap("我的签到码");
        const code = readBack(mine.value("qr")) ?? "";
        await mine.leave();
        const gone = await city().scans(activity, code, "out");
        assert.deepEqual([gone.status, gone.checked_out_by], ["ended", "leader_scan"]);
    });

    it("shows one's own code as long as it is looked at, and another when it is asked for", async () => {
        const { program } = await bound();
        const mine = await program.open("/pages/my_code/my_code");
        assert.match(readBack(mine.value("qr")) ?? "", /^[\w-]{31}$/);
        await mine.tap("换一个码");
        assert.match(readBack(mine.value("qr")) ?? "", /^[\w-]{31}$/);
        await mine.leave();
        assert.equal(program.wx.sent.filter(({ url }) => url.endsWith("/v1/me/check-code")).length, 2);
    });

    it("lets who scanned with the phone's camera sign in first, and then checks in", async () => {
        const activity = await city().recruits(0);
        const position = await city().position(activity, 1);
        const newcomer = city().newcomer();
        const volunteer = await city().registers(newcomer);
        const asked = { path: { id: position }, body: { volunteer, consent: "本人当面同意" } };
        await city().office.write(`enrol/${volunteer}`, "/v1/positions/{id}/enrolments", asked);
        const link = encodeURIComponent(`https://volunteers.example/s/${await city().wallCode(activity, "in")}`);
        const door = await phoneOf(newcomer).open(`/pages/scan/scan?q=${link}`);
        const page = await door.givePhone("用手机号绑定", city().phoneCodeOf(newcomer));
        assert.match(page.text, /已签到/);
    });

    it("checks in by position alone where the activity says that it is enough", async () => {
        const fence = { latitude: 33.735, longitude: 113.3, radius_metres: 300 };
        const activity = await city().recruits(0, { fence, position_is_enough: true });
        await city().position(activity, 1);
        const { program } = await bound();
        const shown = await program.open(`/pages/activity/activity?id=${activity}`);
        await shown.tap("报名");
        const page = await shown.tap("定位签到签退");
        await page.tap("定位签到签退");
        assert.match(page.error, /不定位也可以/);
        program.wx.position = { latitude: 33.735, longitude: 113.3, accuracy: 10 };
        await page.tap("定位签到签退");
        assert.match(page.text, /已签到/);
        await page.tap("定位签到签退");
        assert.match(page.text, /已签退/);
    });
});
