/**
 * `wx` by its documented rules, over Node's sockets.
 *
 * - `success` runs for every status; `fail` only where there is no answer.
 * - Ten requests go at once, others wait in their order.
 * - In the background a request that has not ended after `backgroundMillis` (five seconds on a phone) fails with
 *   `interrupted`, and none can be sent.
 * - There is no PATCH; `Referer` cannot be set; `dataType: "json"` parses what can be parsed.
 */

import { randomBytes } from "node:crypto";
import { request as httpRequest, type ClientRequest, type IncomingMessage } from "node:http";
import type { Wx } from "../../src/index.js";

const AT_ONCE = 10;
const METHODS = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT"];

type Option = Parameters<Wx["request"]>[0];

export class FakeWx implements Wx {
    /** How many requests were under way at once, at most. */
    mostAtOnce = 0;
    /** What was sent, in order. */
    readonly sent: Option[] = [];

    private readonly stored = new Map<string, unknown>();
    private readonly waiting: Option[] = [];
    private readonly underWay = new Set<Call>();
    private isInBackground = false;
    private heldBack: { readonly isThere: () => void } | null = null;

    constructor(private readonly backgroundMillis = 5_000) {}

    /** From now on answers are on the way and do not arrive; resolves when the service has given one. */
    holdAnswers(): Promise<void> {
        return new Promise((resolve) => {
            this.heldBack = { isThere: resolve };
        });
    }

    /** From now on answers arrive. */
    letAnswersArrive(): void {
        this.heldBack = null;
    }

    /** The person leaves the mini-program. */
    hide(): void {
        this.isInBackground = true;
        for (const call of this.underWay) call.failAfter(this.backgroundMillis);
    }

    /** The person comes back. */
    show(): void {
        this.isInBackground = false;
        for (const call of this.underWay) call.keepGoing();
    }

    request(option: Option): void {
        if (!METHODS.includes(option.method)) {
            option.fail({ errMsg: `request:fail method ${option.method} is not supported` });
            return;
        }
        this.waiting.push(option);
        this.startWaiting();
    }

    getStorageSync(name: string): unknown {
        return this.stored.get(name) ?? "";
    }

    setStorageSync(name: string, text: string): void {
        this.stored.set(name, text);
    }

    removeStorageSync(name: string): void {
        this.stored.delete(name);
    }

    getStorageInfoSync(): { keys: string[] } {
        return { keys: [...this.stored.keys()] };
    }

    getRandomValues({ length, success }: Parameters<Wx["getRandomValues"]>[0]): void {
        const bytes = randomBytes(length);
        setTimeout(() => success({ randomValues: new Uint8Array(bytes).buffer }), 0);
    }

    private startWaiting(): void {
        while (this.underWay.size < AT_ONCE) {
            const option = this.waiting.shift();
            if (option === undefined) return;
            this.start(option);
        }
    }

    private start(option: Option): void {
        this.sent.push(option);
        const arrives = (): boolean => {
            this.heldBack?.isThere();
            return this.heldBack === null;
        };
        const call = new Call(option, arrives, () => {
            this.underWay.delete(call);
            this.startWaiting();
        });
        this.underWay.add(call);
        this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay.size);
        if (this.isInBackground) call.failAfter(0);
        else call.send();
    }
}

/** One request under way. */
class Call {
    private sent: ClientRequest | null = null;
    private hasEnded = false;
    private background: NodeJS.Timeout | null = null;
    private readonly timeout: NodeJS.Timeout;

    constructor(
        private readonly option: Option,
        private readonly arrives: () => boolean,
        private readonly ended: () => void,
    ) {
        this.timeout = setTimeout(() => this.fail("timeout"), option.timeout);
    }

    send(): void {
        const { url, method, header, data } = this.option;
        const { Referer: _, ...headers } = header;
        this.sent = httpRequest(url, { method, headers }, (response) => void this.receive(response));
        this.sent.on("error", (error) => this.fail(error.message));
        this.sent.end(data);
    }

    failAfter(millis: number): void {
        this.background = setTimeout(() => this.fail("interrupted"), millis);
    }

    keepGoing(): void {
        if (this.background !== null) clearTimeout(this.background);
    }

    private async receive(response: IncomingMessage): Promise<void> {
        const pieces: Buffer[] = [];
        for await (const piece of response) pieces.push(piece as Buffer);
        if (this.arrives()) this.succeed(response, Buffer.concat(pieces));
    }

    private succeed(response: IncomingMessage, body: Buffer): void {
        if (!this.end()) return;
        const { rawHeaders, statusCode = 0 } = response;
        const header: Record<string, unknown> = {};
        for (let at = 0; at < rawHeaders.length; at += 2) header[inCapitals(rawHeaders[at] ?? "")] = rawHeaders[at + 1];
        this.option.success({ statusCode, header, data: this.dataOf(body) });
    }

    private dataOf(body: Buffer): unknown {
        if (this.option.responseType === "arraybuffer") return new Uint8Array(body).buffer;
        const text = body.toString("utf8");
        if (this.option.dataType !== "json") return text;
        try {
            return JSON.parse(text);
        } catch {
            return text;
        }
    }

    private fail(why: string): void {
        if (this.end()) this.option.fail({ errMsg: `request:fail ${why}` });
    }

    private end(): boolean {
        if (this.hasEnded) return false;
        this.hasEnded = true;
        clearTimeout(this.timeout);
        this.keepGoing();
        this.sent?.destroy();
        this.ended();
        return true;
    }
}

/** The name of a header as some devices write it. */
function inCapitals(name: string): string {
    return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
