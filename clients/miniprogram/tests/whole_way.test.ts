/** The whole way of a volunteer through the pages: signed in with a code, minutes, points, a gift, a certificate. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hoursFromNow, townOf, type Somebody } from "../../typescript/tests/support/town.js";
import { MiniProgram, type OpenPage } from "./support/mini_program.js";

describe("the mini-program", () => {
    const town = townOf();

    /** A phone on which somebody new has signed in, and the page that came then. */
    async function signedIn(points = 0): Promise<{ program: MiniProgram; holder: Somebody; home: OpenPage }> {
        const holder = await town().somebody("欧阳小明");
        if (points > 0) await town().serves(holder, points, points + 1);
        const program = new MiniProgram(town().service.url);
        const door = await program.open("/pages/sign_in/sign_in");
        await door.type("志愿者编号", holder.number.replace(/^0+/, ""));
        await door.type("激活码", holder.code.toLowerCase());
        return { program, holder, home: await door.tap("登录") };
    }

    it("shows the door to who is not signed in", async () => {
        const program = new MiniProgram(town().service.url);
        const page = await program.open("/pages/home/home");
        assert.match(page.text, /激活码由您所在的单位提供/);
        assert.ok(page.offers("用微信进入"), "WeChat may be asked again");
        assert.equal(page.offers("登录"), false, "nothing is filled in");
        await page.type("志愿者编号", "9");
        await page.type("激活码", "0000-0000-0000");
        await page.tap("登录");
        assert.equal(page.error, "志愿者编号或激活码不对，或者激活码已失效。");
    });

    it("shows what somebody has", async () => {
        const { program, holder, home } = await signedIn(3);
        assert.match(home.text, /欧阳小明/);
        assert.match(home.text, new RegExp(holder.number));
        assert.match(home.text, /教育体育局志愿服务队/);
        assert.match(home.text, /累计时长 3 小时/);
        assert.match(home.text, /可用积分 3\.00/);

        const records = await home.tap("服务记录");
        assert.match(records.text, /我爱白龟湖 3 小时/);
        assert.match(records.text, /已入账 · 负责人确认/);

        const statement = await program.open("/pages/statement/statement");
        assert.match(statement.text, /服务入账/);
        assert.match(statement.text, /时长 \+3 小时 余 3 小时/);
        assert.match(statement.text, /可用积分 \+3\.00 分 余 3\.00 分/);
    });

    it("starts again where it was left", async () => {
        const { program } = await signedIn();
        const again = new MiniProgram(town().service.url, program.wx);
        assert.match((await again.open("/pages/home/home")).text, /欧阳小明/);
    });

    it("redeems a gift, shows its code, and gives it back", async () => {
        await town().gift("90", 5);
        const { program, home } = await signedIn(3);
        const gift = await town().gift("2.50", 5);
        const gifts = await home.tap("积分兑换");
        assert.match(gifts.text, /保温杯 2\.50 分/);
        program.wx.answers.push({ confirm: false });
        await gifts.tap("兑换");
        assert.equal(await town().held(gift), 0, "it was not wanted after all");

        const mine = await gifts.tap("兑换");
        assert.match(mine.text, /保温杯 待领取/);
        assert.match(mine.text, /领取时出示取货码/);
        assert.equal(await town().held(gift), 1);
        await mine.tap("二维码");
        assert.ok(mine.offers("收起二维码"));
        await mine.tap("收起二维码");
        const { items } = await town().colleague.get("/v1/redemptions", { query: { reward: gift } });
        const code = /前有效 (\S+)/.exec(mine.text)?.[1] ?? "";
        assert.match(await (await program.open("/pages/home/home")).text, /已冻结 2\.50 分， ?1 件待领取/);

        await mine.tap("取消兑换");
        assert.match(mine.text, /保温杯 已取消/);
        assert.equal(await town().held(gift), 0);

        const second = await (await program.open("/pages/gifts/gifts")).tap("兑换");
        const newCode = /前有效 (\S+)/.exec(second.text)?.[1] ?? "";
        assert.notEqual(newCode, code);
        const held = (await town().colleague.get("/v1/redemptions", { query: { reward: gift, status: "held" } })).items;
        assert.equal(items.length, 1);
        const handed = { path: { id: held[0]?.id ?? "" }, body: { pickup_code: newCode } };
        await town().colleague.write("hand over", "/v1/redemptions/{id}/fulfil", handed);
        assert.match((await program.open("/pages/redemptions/redemptions")).text, /保温杯 已领取/);
    });

    it("offers no gift that one cannot pay", async () => {
        const { home } = await signedIn();
        const gifts = await home.tap("积分兑换");
        assert.match(gifts.text, /保温杯/);
        assert.equal(gifts.offers("兑换"), false);
    });

    it("confirms a record that somebody else entered, and says that one is wrong", async () => {
        const { program, holder } = await signedIn();
        const entered = await town().clerk.write(`record/${holder.id}`, "/v1/service-records", {
            body: {
                activity: town().activity,
                volunteer: holder.id,
                start: hoursFromNow(-3),
                end: hoursFromNow(-2),
                evidence: "leader",
            },
        });
        assert.match((await program.open("/pages/home/home")).text, /待审记录 1 条/);
        const record = await (await program.open("/pages/records/records")).tap("我爱白龟湖");
        assert.match(record.text, /1 小时 .* 待审 · 负责人确认/);
        assert.equal(record.offers("撤回"), false, "somebody else entered it");
        await record.tap("确认属实");
        assert.equal(record.offers("确认属实"), false);
        const told = await town().clerk.get("/v1/service-records/{id}", { path: { id: entered.id } });
        assert.notEqual(told.confirmed_at, null);

        program.wx.answers.push({ confirm: true, content: " 我待到了十二点 " });
        await record.tap("记录有误");
        assert.deepEqual(program.wx.toasts, ["已提交"]);
        const corrections = await program.open("/pages/corrections/corrections");
        assert.match(corrections.text, /记错 待处理 我待到了十二点/);
        program.wx.answers.push({ confirm: true, content: "再说一次" });
        await record.tap("记录有误");
        assert.equal(record.error, "同一事项已有未处理的更正申请。");
    });

    it("reports a service that nobody recorded", async () => {
        const { program } = await signedIn();
        const form = await (await program.open("/pages/corrections/corrections")).tap("申报漏记的服务");
        await form.tap("我爱白龟湖");
        await form.tap("提交");
        assert.deepEqual(program.wx.toasts, ["请填写日期和起止时间。"]);
        const yesterday = new Date(Date.now() - 16 * 3_600_000).toISOString().slice(0, 10);
        await form.choose("日期", yesterday);
        await form.choose("开始", "09:00");
        await form.choose("结束", "10:30");
        await form.type("情况说明", "没有签到");
        await form.tap("提交");
        assert.equal(form.error, "");
        const corrections = await program.open("/pages/corrections/corrections");
        assert.match(corrections.text, /漏记 待处理 我爱白龟湖 \d+月\d+日 09:00–10:30 没有签到/);
    });

    it("shows records on notice, and objects to one", async () => {
        const { colleague, bureau } = town();
        const path = { id: bureau };
        await colleague.write("notice", "/v1/units/{id}/notice-policy", { path, body: { working_days: 3 } });
        const other = await town().somebody("王五");
        const { program } = await signedIn();
        await town().clerk.write(`record/${other.id}`, "/v1/service-records", {
            body: {
                activity: town().activity,
                volunteer: other.id,
                start: hoursFromNow(-3),
                end: hoursFromNow(-2),
                evidence: "leader",
            },
        });
        const notices = await program.open("/pages/notices/notices");
        assert.match(notices.text, /我爱白龟湖/);
        program.wx.answers.push({ confirm: true, content: "当天没有活动" });
        await notices.tap("提出异议");
        assert.equal(notices.error, "");
        assert.match(notices.text, /异议 1 条/);
        assert.match((await program.open("/pages/objections/objections")).text, /待处理 .* 当天没有活动/);
        await colleague.write("no notice", "/v1/units/{id}/notice-policy", { path, body: { working_days: null } });
    });

    it("issues a certificate, and opens it to print", async () => {
        const { program, home } = await signedIn(2);
        const certificates = await home.tap("服务证明");
        assert.match(certificates.text, /还没有证明/);
        await certificates.tap("开具证明");
        assert.match(certificates.text, /全部服务 · 2 小时/);
        assert.match(certificates.text, /有效/);
        await certificates.tap("打开 PDF");
        if (certificates.error === "本服务没有中文字体，不能生成 PDF。") return;
        const file = program.wx.files.get(program.wx.opened ?? "") ?? new ArrayBuffer(0);
        assert.equal(Buffer.from(file).subarray(0, 5).toString(), "%PDF-");
    });

    it("asks to move to another unit, and takes it back", async () => {
        const body = { code: "SCHOOL-1", name: "第一小学", kind: "school" as const, parent: town().bureau };
        await town().admin.write("school", "/v1/units", { body });
        const { program } = await signedIn();
        const transfers = await program.open("/pages/transfers/transfers");
        await transfers.choose("申请转到另一个单位", 0);
        assert.match(transfers.text, /教育体育局志愿服务队 → 第一小学 待转出/);
        await transfers.tap("取消");
        assert.match(transfers.text, /已取消/);
    });

    it("changes how somebody can be reached", async () => {
        const { program, holder } = await signedIn();
        const contact = await program.open("/pages/contact/contact");
        await contact.type("居住地", "新华区");
        await contact.type("特长", "急救，英语 书法");
        await contact.tap("保存");
        assert.deepEqual(program.wx.toasts, ["已保存"]);
        const { person } = await town().clerk.get("/v1/volunteers/{id}", { path: { id: holder.id } });
        assert.deepEqual([person?.residence, person?.skills], ["新华区", ["急救", "英语", "书法"]]);
        await contact.type("手机号码", "12");
        await contact.tap("保存");
        assert.notEqual(contact.error, "");
    });

    it("shows where somebody is signed in, and signs out", async () => {
        const { program, holder } = await signedIn();
        const given = await town().clerk.write("again", "/v1/volunteers/{id}/activation", { path: { id: holder.id } });
        await town().phone().client.signInWithCode({ number: given.number, code: given.code ?? "" });
        const sessions = await program.open("/pages/sessions/sessions");
        assert.match(sessions.text, /另一台设备/);
        await sessions.tap("下线");
        assert.doesNotMatch(sessions.text, /另一台设备/);
        const door = await sessions.tap("退出登录");
        assert.match(door.text, /激活码由您所在的单位提供/);
    });

    it("finds out what became of what was sent before it went away", async () => {
        const { program, home } = await signedIn(1);
        const gift = await town().gift("1", 5);
        const gifts = await home.tap("积分兑换");
        const isAnswered = program.wx.holdAnswers();
        const redeeming = gifts.tap("兑换");
        await isAnswered;
        program.wx.hide();
        await redeeming;
        assert.equal(gifts.error, "小程序转到后台，请求被中断，请重试。");
        assert.equal(await town().held(gift), 1);

        program.wx.letAnswersArrive();
        await program.show();
        assert.deepEqual(program.wx.toasts, ["上次的提交已完成"]);
        assert.equal(await town().held(gift), 1);
        const mine = await program.open("/pages/redemptions/redemptions");
        assert.match(mine.text, /保温杯 待领取/);
    });
});
