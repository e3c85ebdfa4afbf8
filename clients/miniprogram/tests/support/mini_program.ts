/** The mini-program as it was built, run in Node: its pages are opened, read, tapped and typed into. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { WxLogin } from "../../../typescript/src/index.js";
import { FakeWx } from "../../../typescript/tests/support/fake_wx.js";
import { DEMO_APP } from "../../../typescript/tests/support/service.js";
import { built, DIST, forget } from "./built.js";
import { elementsOf, render, textOf, type Shown } from "./wxml.js";

type Handler = (event: unknown) => unknown;

interface PageOptions {
    data: Record<string, unknown>;
    [name: string]: unknown;
}

/** A phone with the mini-program. */
export class MiniProgram {
    readonly wx: FakeWxWithScreen;
    private readonly app: Record<string, unknown>;
    private openPage: Promise<OpenPage> | null = null;

    /** Starts it; on the same `wx`, what was stored is there. */
    constructor(baseUrl: string, stored: FakeWx | null = null, config: Record<string, unknown> = {}) {
        this.wx = new FakeWxWithScreen((url) => this.go(url), stored);
        forget();
        const world = globalThis as Record<string, unknown>;
        world["wx"] = this.wx;
        let options: Record<string, unknown> = {};
        world["App"] = (given: Record<string, unknown>) => {
            options = given;
        };
        Object.assign(built<object>("config.js"), { BASE_URL: baseUrl, ...config });
        built("app.js");
        this.app = options;
    }

    /** The mini-program comes to the front; resolves when what it does then is done. */
    async show(): Promise<void> {
        this.wx.show();
        await (this.app["settle"] as () => Promise<void>).call(this.app);
    }

    /** Opens a page of app.json. */
    async open(url: string): Promise<OpenPage> {
        this.go(url);
        return this.page();
    }

    /** The page that is open, once it has done what it does at first. */
    async page(): Promise<OpenPage> {
        let page = await this.openPage;
        // A page may lead to another at once.
        for (let next = await this.openPage; next !== page; next = await this.openPage) page = next;
        if (page === null) throw new Error("no page is open");
        return page;
    }

    private go(url: string): void {
        this.openPage = this.started(url);
    }

    private async started(url: string): Promise<OpenPage> {
        const [path = "", query = ""] = url.replace(/^\//, "").split("?");
        const { pages } = JSON.parse(readFileSync(join(DIST, "app.json"), "utf8")) as { pages: string[] };
        if (!pages.includes(path)) throw new Error(`app.json has no ${path}`);
        let options: PageOptions | null = null;
        (globalThis as Record<string, unknown>)["Page"] = (given: PageOptions) => {
            options = given;
        };
        forget(`${path}.js`);
        built(`${path}.js`);
        if (options === null) throw new Error(`${path} is no page`);
        const page = new OpenPage(options, readFileSync(join(DIST, `${path}.wxml`), "utf8"), this);
        await page.run("onLoad", Object.fromEntries(new URLSearchParams(query)));
        await page.run("onShow", undefined);
        return page;
    }
}

/** A page that is open. */
export class OpenPage {
    private readonly instance: PageOptions & { setData(data: Record<string, unknown>): void };

    constructor(
        options: PageOptions,
        private readonly wxml: string,
        private readonly program: MiniProgram,
    ) {
        const instance = { ...options, data: structuredClone(options.data), setData: (_: Record<string, unknown>) => {} };
        instance.setData = (data) => {
            // What a page shows is sent to another thread: only what JSON has.
            instance.data = { ...instance.data, ...(JSON.parse(JSON.stringify(data)) as Record<string, unknown>) };
        };
        this.instance = instance;
    }

    /** All that can be read. */
    get text(): string {
        return textOf(this.shown);
    }

    /** What went wrong, as it is told; empty where nothing did. */
    get error(): string {
        return String(this.instance.data["error"]);
    }

    /** What it shows under this name. */
    value<Value>(name: string): Value {
        return this.instance.data[name] as Value;
    }

    /** Runs one of its functions, if it has it. */
    async run(name: string, argument: unknown): Promise<void> {
        await (this.instance[name] as Handler | undefined)?.call(this.instance, argument);
    }

    /** Taps the first thing that says so, and reads the page that is open then. */
    async tap(label: string): Promise<OpenPage> {
        const element = this.find((one) => this.isTappable(one) && textOf(one).includes(label), label);
        if (element.attributes["disabled"] === true) throw new Error(`"${label}" cannot be tapped`);
        const url = element.attributes["url"];
        if (typeof url === "string") return this.program.open(url);
        await this.handle(element, "bindtap", {});
        return this.program.page();
    }

    /** Whether something that says so can be tapped. */
    offers(label: string): boolean {
        const all = [...elementsOf(this.shown)];
        return all.some(
            (one) => this.isTappable(one) && textOf(one).includes(label) && one.attributes["disabled"] !== true,
        );
    }

    /** Types into the field of this name. */
    async type(field: string, value: string): Promise<void> {
        const element = this.find((one) => one.attributes["aria-label"] === field, field);
        await this.handle(element, "bindinput", { value });
    }

    /** Chooses in the picker that says so. */
    async choose(label: string, value: string | number): Promise<void> {
        const element = this.find((one) => one.tag === "picker" && textOf(one).includes(label), label);
        await this.handle(element, "bindchange", { value: String(value) });
    }

    /** Turns on the switch of this name. */
    async turnOn(label: string): Promise<void> {
        const element = this.find((one) => one.tag === "switch" && one.attributes["aria-label"] === label, label);
        await this.handle(element, "bindchange", { value: true });
    }

    /** Taps WeChat's phone button; the person may let it have the number, or not. */
    async givePhone(label: string, code: string | undefined): Promise<OpenPage> {
        const element = this.find((one) => one.attributes["open-type"] === "getPhoneNumber" && textOf(one).includes(label), label);
        await this.handle(element, "bindgetphonenumber", { code });
        return this.program.page();
    }

    /** The page is left. */
    async leave(): Promise<void> {
        await this.run("onHide", undefined);
        await this.run("onUnload", undefined);
    }

    private get shown(): Shown {
        return render(this.wxml, this.instance.data);
    }

    private isTappable({ attributes }: Shown): boolean {
        return "bindtap" in attributes || "url" in attributes;
    }

    private find(isMeant: (one: Shown) => boolean, what: string): Shown {
        const found = [...elementsOf(this.shown)].find(isMeant);
        if (found === undefined) throw new Error(`the page has no "${what}": ${this.text}`);
        return found;
    }

    private async handle(element: Shown, binding: string, detail: unknown): Promise<void> {
        const name = String(element.attributes[binding]);
        if (typeof this.instance[name] !== "function") throw new Error(`the page has no function ${name}`);
        const data = Object.entries(element.attributes).filter(([attribute]) => attribute.startsWith("data-"));
        const dataset = Object.fromEntries(data.map(([attribute, value]) => [attribute.slice(5), value]));
        await this.run(name, { currentTarget: { dataset }, detail });
    }
}

/** `wx` with what belongs to a screen. */
class FakeWxWithScreen extends FakeWx implements WxLogin {
    readonly env = { USER_DATA_PATH: "wxfile://usr" };
    /** What was told in passing. */
    readonly toasts: string[] = [];
    /** What the person answers to the next questions; yes where nothing is said. */
    readonly answers: { confirm: boolean; content?: string }[] = [];
    /** Files that were written, by their path. */
    readonly files = new Map<string, ArrayBuffer>();
    /** The file that is open. */
    opened: string | null = null;
    /** A code of who uses it; one that WeChat knows nothing of where nothing is said. */
    newCode = (): string => "nobody";
    /** What the camera sees next. */
    scan: { result: string; path?: string } | null = null;
    /** Where the phone is; null where the person does not tell. */
    position: { latitude: number; longitude: number; accuracy: number } | null = null;
    /** How often the position was asked for. */
    positionsAsked = 0;
    /** Which of several is chosen next; none where null. */
    choice: number | null = 0;

    constructor(
        private readonly go: (url: string) => void,
        stored: FakeWx | null,
    ) {
        super(10);
        for (const name of stored?.getStorageInfoSync().keys ?? []) {
            this.setStorageSync(name, String(stored?.getStorageSync(name)));
        }
    }

    getAccountInfoSync(): { miniProgram: { appId: string } } {
        return { miniProgram: { appId: DEMO_APP } };
    }

    login({ success }: Parameters<WxLogin["login"]>[0]): void {
        success({ code: this.newCode() });
    }

    scanCode(): Promise<{ result: string; path?: string }> {
        return this.scan === null ? Promise.reject(new Error("scanCode:fail cancel")) : Promise.resolve(this.scan);
    }

    getLocation({ type }: { type: string }): Promise<{ latitude: number; longitude: number; accuracy: number }> {
        this.positionsAsked += 1;
        if (type !== "gcj02") throw new Error(`the service does not take ${type}`);
        const denied = new Error("getLocation:fail auth deny");
        return this.position === null ? Promise.reject(denied) : Promise.resolve(this.position);
    }

    showActionSheet(): Promise<{ tapIndex: number }> {
        const cancelled = new Error("showActionSheet:fail cancel");
        return this.choice === null ? Promise.reject(cancelled) : Promise.resolve({ tapIndex: this.choice });
    }

    setKeepScreenOn(): Promise<void> {
        return Promise.resolve();
    }

    reLaunch({ url }: { url: string }): Promise<void> {
        this.go(url);
        return Promise.resolve();
    }

    navigateTo({ url }: { url: string }): Promise<void> {
        this.go(url);
        return Promise.resolve();
    }

    navigateBack(): Promise<void> {
        return Promise.resolve();
    }

    showToast({ title }: { title: string }): Promise<void> {
        this.toasts.push(title);
        return Promise.resolve();
    }

    showModal(): Promise<{ confirm: boolean; content?: string }> {
        return Promise.resolve(this.answers.shift() ?? { confirm: true });
    }

    stopPullDownRefresh(): Promise<void> {
        return Promise.resolve();
    }

    getFileSystemManager(): { writeFileSync(path: string, data: ArrayBuffer): void } {
        return { writeFileSync: (path, data) => void this.files.set(path, data) };
    }

    openDocument({ filePath }: { filePath: string }): Promise<void> {
        this.opened = filePath;
        return Promise.resolve();
    }
}
