/** A network that does what networks do: loses requests, loses answers, answers otherwise; and remembers what went. */

import { NoAnswer, type Answer, type Request, type Transport } from "../../src/index.js";

/** What befalls a request: it is lost on the way, its answer is, or another answer comes. */
export type Fate = "request_lost" | "answer_lost" | Answer;

/** Decides over one request; null lets it pass. */
export type Decide = (request: Request) => Fate | null;

export class Network implements Transport {
    /** Every request that was sent, lost ones among them. */
    readonly sent: Request[] = [];
    /** The status of every answer that the service gave. */
    readonly statuses: number[] = [];
    private decide: Decide = () => null;
    private readonly refusedTokens = new Set<string>();

    constructor(private readonly below: Transport) {}

    /** From now on. */
    befalls(decide: Decide): void {
        this.decide = decide;
    }

    /** The next requests of these paths meet these fates, one each. */
    next(path: string, ...fates: (Fate | null)[]): void {
        this.befalls((request) => (pathOf(request).startsWith(path) ? (fates.shift() ?? null) : null));
    }

    /** The service will refuse this token, as if it had expired. */
    spoil(token: string): void {
        this.refusedTokens.add(token);
    }

    /** The requests of a path, in order. */
    of(path: string): Request[] {
        return this.sent.filter((request) => pathOf(request) === path);
    }

    /** The access token of the last request that had one. */
    get lastToken(): string {
        const carried = this.sent.map(tokenOf).filter((token) => token !== null);
        return carried.at(-1) ?? "";
    }

    async send(request: Request): Promise<Answer> {
        this.sent.push(request);
        const fate = this.decide(request);
        if (fate === "request_lost") throw new NoAnswer("unreachable", "lost on the way");
        if (fate !== null && fate !== "answer_lost") return fate;
        const answer = await this.below.send(this.asRefused(request));
        this.statuses.push(answer.status);
        if (fate === "answer_lost") throw new NoAnswer("unreachable", "the answer was lost");
        return answer;
    }

    private asRefused(request: Request): Request {
        const token = tokenOf(request);
        if (token === null || !this.refusedTokens.has(token)) return request;
        return { ...request, headers: { ...request.headers, Authorization: "Bearer spoiled" } };
    }
}

function pathOf(request: Request): string {
    return new URL(request.url).pathname;
}

function tokenOf(request: Request): string | null {
    return request.headers["Authorization"]?.replace("Bearer ", "") ?? null;
}

/** An answer that the service did not give. */
export function answer(status: number, body: string, headers: Record<string, string> = {}): Answer {
    return { status, headers, body };
}

/** A refusal that the service did not give. */
export function problem(status: number, code: string, headers: Record<string, string> = {}): Answer {
    const members = { type: `urn:hourbook:problem:${code}`, title: code, status, code, detail: "words" };
    return answer(status, JSON.stringify(members), headers);
}
