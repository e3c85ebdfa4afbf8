/** A small town: a bureau, two operators, volunteers with points, and gifts. */

import { randomInt } from "node:crypto";
import { after, before } from "node:test";
import { fetchTransport, webRandomBytes } from "../../src/fetch.js";
import { Client, memoryStorage, type ClientOptions, type Schemas } from "../../src/index.js";
import { Network } from "./network.js";
import { startService, type Service } from "./service.js";

const HOUR = 3_600_000;

/** An instant as the API takes it, so many hours from now. */
export function hoursFromNow(hours: number): string {
    return new Date(Math.floor(Date.now() / 60_000) * 60_000 + hours * HOUR).toISOString();
}

/** A client of an operator, by fetch. */
export function operatorClient({ url: baseUrl }: Pick<Service, "url">, token?: string): Client {
    const parts = { transport: fetchTransport(), storage: memoryStorage(), randomBytes: webRandomBytes };
    return new Client({ baseUrl, ...parts, ...(token !== undefined && { token }) });
}

/** A volunteer, and the code that the office gave. */
export interface Somebody {
    readonly id: string;
    readonly number: string;
    readonly code: string;
}

/** A town for the tests of a `describe`, on a service of its own that ends with them. */
export function townOf(...options: string[]): () => Town {
    let town: Town | null = null;
    before(async () => {
        town = await Town.found(await startService(...options));
    });
    after(() => town?.service.end());
    return () => {
        if (town === null) throw new Error("the town is not there yet");
        return town;
    };
}

export class Town {
    private constructor(
        readonly service: Service,
        readonly admin: Client,
        /** Enters records. */
        readonly clerk: Client,
        /** Credits what the clerk entered, hands gifts over. */
        readonly colleague: Client,
        readonly bureau: string,
        readonly activity: string,
    ) {}

    static async found(service: Service): Promise<Town> {
        const admin = operatorClient(service, service.adminToken);
        const bureau = await admin.write("unit", "/v1/units", {
            body: { code: "BUREAU", name: "教育体育局志愿服务队", kind: "bureau" },
        });
        await admin.write("policy", "/v1/points-policies", {
            body: {
                effective_from: "2020-01-01",
                points_per_hour: "1",
                points_per_count: "1",
                earning_grades: ["scan", "geo", "leader", "import"],
                validity: { kind: "months", months: 24 },
            },
        });
        const clerk = await Town.appointed(service, admin, bureau.id, "clerk");
        const colleague = await Town.appointed(service, admin, bureau.id, "colleague");
        const programme = await clerk.write("programme", "/v1/programmes", {
            body: { unit: bureau.id, name: "绿水青山守护行", brands: [] },
        });
        const activity = await clerk.write("activity", "/v1/activities", {
            body: {
                programme: programme.id,
                unit: bureau.id,
                name: "我爱白龟湖",
                window: { start: hoursFromNow(-40), end: hoursFromNow(0) },
            },
        });
        return new Town(service, admin, clerk, colleague, bureau.id, activity.id);
    }

    private static async appointed(service: Service, admin: Client, unit: string, login: string): Promise<Client> {
        const password = "four willows by the lake";
        const document = { kind: "passport" as const, number: `P${randomInt(1_000_000, 9_999_999)}` };
        const body = { login, password, name: "李老师", role: "coordinator" as const, unit, document };
        await admin.write(`appoint/${login}`, "/v1/operators", { body });
        const client = operatorClient(service);
        await client.signInWithPassword({ login, password });
        return client;
    }

    /** Registers somebody and gives them a code. */
    async somebody(name = "王小明"): Promise<Somebody> {
        const number = randomInt(1_000_000, 9_999_999);
        const body: Schemas["Registration"] = {
            unit: this.bureau,
            name,
            gender: "female",
            birth_date: "1990-05-20",
            document: { kind: "passport", number: `E${number}` },
            mobile: `1380${number}`,
            consent: { given_at: hoursFromNow(-48), text_version: "2026-1" },
        };
        const { id } = await this.clerk.write(`register/${number}`, "/v1/volunteers", { body });
        const given = await this.clerk.write(`activate/${id}`, "/v1/volunteers/{id}/activation", { path: { id } });
        return { id, number: given.number, code: given.code ?? "" };
    }

    /** Enters and credits service of so many hours, which began so many hours ago. */
    async serves(volunteer: Somebody, hours: number, hoursAgo: number): Promise<string> {
        const [start, end] = [hoursFromNow(-hoursAgo), hoursFromNow(hours - hoursAgo)];
        const entered = await this.clerk.write(`record/${volunteer.id}/${start}`, "/v1/service-records", {
            body: { activity: this.activity, volunteer: volunteer.id, start, end, evidence: "leader" },
        });
        const path = { id: entered.id };
        await this.colleague.write(`credit/${entered.id}`, "/v1/service-records/{id}/credit", { path, body: {} });
        return entered.id;
    }

    /** Offers a gift. */
    async gift(price: string, stock: number): Promise<string> {
        const body = { unit: this.bureau, name: "保温杯", price, stock, hold_days: 7 };
        const offered = await this.clerk.write(`offer/${randomInt(1_000_000)}`, "/v1/rewards", { body });
        return offered.id;
    }

    /** How many pieces of a gift are held. */
    async held(gift: string): Promise<number> {
        return (await this.clerk.get("/v1/rewards/{id}", { path: { id: gift } })).stock_held;
    }

    /** A phone that nobody is signed in on. */
    phone(options: Partial<ClientOptions> = {}): Phone {
        return phoneOf(this.service, options);
    }

    /** A phone on which somebody new is signed in, with so many points. */
    async phoneOf(points: number, options: Partial<ClientOptions> = {}): Promise<Phone & { holder: Somebody }> {
        const holder = await this.somebody();
        if (points > 0) await this.serves(holder, points, points + 1);
        const phone = this.phone(options);
        await phone.client.signInWithCode(holder);
        return { ...phone, holder };
    }
}

/** A phone that nobody is signed in on. */
export function phoneOf({ url }: Pick<Service, "url">, options: Partial<ClientOptions> = {}): Phone {
    const network = new Network(options.transport ?? fetchTransport());
    const parts = { baseUrl: url, storage: memoryStorage(), randomBytes: webRandomBytes };
    // Pauses are short: what is waited for is what the service asks for.
    const patience = { pauseMillis: 10 };
    const whole = { ...parts, patience, ...options, transport: network };
    return { network, options: whole, client: new Client(whole), restarted: () => new Client(whole) };
}

/** A client with its network in the tests' hands. */
export interface Phone {
    readonly client: Client;
    readonly network: Network;
    readonly options: ClientOptions;
    /** The app starts again: only what was stored is left. */
    readonly restarted: () => Client;
}
