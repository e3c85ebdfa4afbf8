/**
 * Coming in with WeChat, against the demo, which has a stand-in of WeChat: and the whole way of one volunteer from
 * `wx.login` to a certificate, each figure as the service told it.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refused, type Client, type Schemas, type WechatSignIn } from "../src/index.js";
import { deviceClock } from "../src/platform.js";
import { cityOf, type Newcomer } from "./support/city.js";
import { DEMO_APP } from "./support/service.js";
import { phoneOf } from "./support/town.js";

const WECHAT = "/v1/auth/wechat";
const MINUTE = 60_000;

describe("coming in with WeChat", () => {
    const city = cityOf();

    function comes(client: Client, newcomer: Pick<Newcomer, "openid">): Promise<WechatSignIn> {
        return client.signInWithWechat({ app: DEMO_APP, newCode: () => Promise.resolve(city().codeOf(newcomer)) });
    }

    async function ticketOf(client: Client, newcomer: Newcomer): Promise<Schemas["Ticket"]> {
        const come = await comes(client, newcomer);
        if (come.isSignedIn) throw new Error("somebody knows them");
        return come.ticket;
    }

    it("goes the whole way: applies, signs in, enrols, checks in and out, is credited, and has a certificate", async () => {
        const newcomer = city().newcomer();
        const { client, network } = phoneOf(city().demo);
        const { ticket, application } = await ticketOf(client, newcomer);
        assert.equal(application, null);
        const asked = await client.apply({ ticket, unit: city().demo.school, person: newcomer.person });
        assert.deepEqual([asked.status, asked.unit, asked.reason], ["open", city().demo.school, null]);
        assert.equal(await client.isSignedIn(), false, "the office has not seen them yet");
        assert.equal((await ticketOf(client, newcomer)).application?.status, "open");

        await city().confirms(newcomer, asked.id);
        assert.deepEqual(await comes(client, newcomer), { isSignedIn: true });
        const me = (await client.holder()).replace("volunteer:", "");
        const home = await client.get("/v1/me/home");
        assert.equal(home.volunteer.id, me);
        assert.deepEqual([home.volunteer.person?.name, home.unit.id], ["李小红", city().demo.school]);
        assert.deepEqual([home.account.minutes, home.account.points.available, home.unread_messages], [0, "0.00", 1]);

        // It began within this hour, so that one may come and go at once.
        const activity = await city().recruits(0);
        const position = await city().position(activity, 1);
        const enrolled = await client.write(`enrol/${position}`, "/v1/positions/{id}/enrolments", { path: { id: position } });
        assert.deepEqual([enrolled.status, enrolled.volunteer], ["enrolled", me]);
        assert.equal((await client.get("/v1/me/home")).places[0]?.activity.id, activity);

        const inCode = await city().wallCode(activity, "in");
        const come = await client.write(`check-in/${activity}`, "/v1/check-ins", { body: { code: inCode } });
        assert.deepEqual([come.status, come.checked_in_by, come.enrolment], ["open", "wall_code", enrolled.id]);
        assert.equal((await client.get("/v1/me/home")).attendance?.activity.id, activity);

        // The one minute that this test waits: under it there is no record.
        await deviceClock.sleep(MINUTE + 1_000);
        const outCode = await city().wallCode(activity, "out");
        const gone = await client.write(`check-out/${activity}`, "/v1/check-outs", { body: { code: outCode } });
        assert.deepEqual([gone.status, gone.checked_out_by, gone.no_record], ["ended", "wall_code", null]);
        const record = await client.get("/v1/service-records/{id}", { path: { id: gone.record ?? "" } });
        assert.deepEqual([record.status, record.evidence, record.submitted_by], ["submitted", "scan", "system"]);
        assert.equal(record.claimed_minutes, 1);
        assert.deepEqual((await client.get("/v1/me/home")).pending, { records: 1, claimed_minutes: 1 });

        await city().credits(record.id);
        const { account, unread_messages } = await client.get("/v1/me/home");
        assert.deepEqual([account.minutes, account.minutes_by_grade.scan, account.self_declared], [1, 1, 0]);
        // A point an hour, in hundredths.
        assert.equal(account.points.available, "0.01");
        assert.equal(unread_messages, 2);
        const told = await client.get("/v1/me/messages");
        assert.deepEqual(told.items.map(({ kind }) => kind), ["record_credited", "application_confirmed"]);
        const read = await client.post("/v1/me/messages/read", { body: { up_to: told.items[0]?.id ?? "" } });
        assert.equal(read.unread, 0);

        const rate = { path: { id: activity }, body: { score: 5, words: "组织有序" } };
        assert.equal((await client.write(`rate/${activity}`, "/v1/activities/{id}/ratings", rate)).score, 5);
        const certificate = await client.write("certificate", "/v1/certificates", { body: { volunteer: me } });
        assert.deepEqual([certificate.credited_minutes, certificate.state], [1, "valid"]);

        // And the session goes on as any other.
        network.spoil(network.lastToken);
        assert.equal((await client.get("/v1/me")).role, "volunteer");
        assert.equal(network.of("/v1/auth/refresh").length, 1);
    });

    for (const fate of ["request_lost", "answer_lost"] as const) {
        it(`is sent again with another code: ${fate}`, async () => {
            const { client, network } = phoneOf(city().demo);
            network.next(WECHAT, fate, fate);
            await ticketOf(client, city().newcomer());
            const bodies = network.of(WECHAT).map((request) => request.body);
            assert.deepEqual([bodies.length, new Set(bodies).size], [3, 3]);
        });
    }

    it("tells why WeChat or the service knows nothing of it", async () => {
        const { client } = phoneOf(city().demo);
        const refusal = async (code: string, app = DEMO_APP): Promise<string | undefined> => {
            const error = await client.signInWithWechat({ app, newCode: () => Promise.resolve(code) }).catch((e: unknown) => e);
            return refused(error)?.code;
        };
        assert.equal(await refusal("used"), "wechat_code_invalid");
        assert.equal(await refusal("blocked"), "wechat_user_blocked");
        const noTicket = { ticket: "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ", phone_code: "phone-13800138000" };
        const error = await client.bind(noTicket).catch((e: unknown) => e);
        assert.equal(refused(error, "ticket_invalid")?.status, 401);
    });

    it("binds who is registered, by the mobile that WeChat vouches for", async () => {
        const newcomer = city().newcomer();
        const { client } = phoneOf(city().demo);
        const { ticket } = await ticketOf(client, newcomer);
        const unknown = await client.bind({ ticket, phone_code: city().phoneCodeOf(newcomer) }).catch((e: unknown) => e);
        assert.match(refused(unknown, "binding_refused")?.detail ?? "", /激活码/);

        const id = await city().registers(newcomer);
        await client.bind({ ticket, phone_code: city().phoneCodeOf(newcomer) });
        assert.equal(await client.holder(), `volunteer:${id}`);
        assert.deepEqual(await comes(phoneOf(city().demo).client, newcomer), { isSignedIn: true });
    });

    it("binds who has a code of the office, and after a lost answer they are in", async () => {
        const newcomer = city().newcomer();
        const id = await city().registers(newcomer);
        const given = await city().office.write(`activate/${id}`, "/v1/volunteers/{id}/activation", { path: { id } });
        const { client, network } = phoneOf(city().demo);
        const { ticket } = await ticketOf(client, newcomer);
        network.next("/v1/auth/bindings", "answer_lost");
        const lost = client.bind({ ticket, number: given.number, activation_code: given.code ?? null });
        await assert.rejects(lost, { kind: "no_answer" });
        assert.deepEqual(await comes(client, newcomer), { isSignedIn: true });
        assert.equal(await client.holder(), `volunteer:${id}`);
    });

    it("takes an application back, and is told why one was declined", async () => {
        const newcomer = city().newcomer();
        const { client } = phoneOf(city().demo);
        const apply = async (): Promise<Schemas["OwnApplication"]> => {
            const { ticket } = await ticketOf(client, newcomer);
            return client.apply({ ticket, unit: city().demo.school, person: newcomer.person });
        };
        await apply();
        const { ticket } = await ticketOf(client, newcomer);
        assert.equal((await client.withdrawApplication({ ticket })).status, "withdrawn");
        const { id } = await apply();
        const body = { reason: "请到学校办公室登记" };
        await city().office.write(`decline/${id}`, "/v1/applications/{id}/decline", { path: { id }, body });
        const { application } = await ticketOf(client, newcomer);
        assert.deepEqual([application?.status, application?.reason], ["declined", "请到学校办公室登记"]);
    });
});
