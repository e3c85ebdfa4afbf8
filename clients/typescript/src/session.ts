/**
 * Who is signed in: the access token in memory, the refresh token in the storage.
 *
 * The device's clock decides nothing here: an access token is good until the service says that it is not.
 */

import type { components } from "./generated/contract.js";
import { refusalIn, SignedOut } from "./problem.js";
import { persist, type Patience, type Tries } from "./retry.js";
import type { Storage } from "./storage.js";
import { NoAnswer, type Answer } from "./transport.js";

type Tokens = components["schemas"]["Tokens"];

/** Gives the token that requests carry. */
export interface Authority {
    /** A token; null where nobody is signed in. */
    token(): Promise<string | null>;
    /** Another one, because the service refused this; fails with {@link SignedOut} where there is none. */
    renewed(refused: string): Promise<string>;
}

/** One token, made by hand, for scripts: it is good until it expires. */
export function fixedToken(token: string): Authority {
    return { token: () => Promise.resolve(token), renewed: () => Promise.resolve(token) };
}

/**
 * Three tries of seven seconds and their pauses: within the 30 seconds in which a spent token gets the same successor, and
 * a spent code is taken again.
 */
export function patienceWithinGrace(patience: Patience): Patience {
    return {
        tries: Math.min(patience.tries, 3),
        pauseMillis: Math.min(patience.pauseMillis, 1_000),
        longestPauseMillis: 6_000,
        timeoutMillis: Math.min(patience.timeoutMillis, 7_000),
    };
}

const REFRESH_TOKEN = "refresh-token";
const HOLDER = "holder";

/** What a session needs of its client. */
export interface SessionNeeds {
    readonly storage: Storage;
    readonly tries: Tries;
    /** Sends a POST with this body, without a token. */
    readonly post: (path: "/v1/auth/refresh" | "/v1/auth/logout", body: unknown, timeoutMillis: number) => Promise<Answer>;
    /** Called once when the service ends the session, not when the person signs out. */
    readonly onSignedOut: () => void;
}

/** A log-in that goes on from refresh token to refresh token. */
export class Session implements Authority {
    private accessToken: string | null = null;
    /** Whose it is, as far as that is known. */
    private accessHolder: string | null = null;
    /** The one exchange that is under way, which everybody waits for. */
    private exchange: Promise<string> | null = null;

    constructor(private readonly needs: SessionNeeds) {}

    async token(): Promise<string | null> {
        await this.lookWhoIsSignedIn();
        if (this.accessToken !== null) return this.accessToken;
        return (await this.isOpen()) ? this.exchanged() : null;
    }

    async renewed(refused: string): Promise<string> {
        const isRenewedMeanwhile = this.accessToken !== null && this.accessToken !== refused;
        return isRenewedMeanwhile && this.accessToken !== null ? this.accessToken : this.exchanged();
    }

    /** Whether somebody is signed in, as far as is known here. */
    async isOpen(): Promise<boolean> {
        return (await this.refreshToken()) !== null;
    }

    /** Somebody has signed in. */
    async begin(tokens: Tokens): Promise<void> {
        await this.needs.storage.remove(HOLDER);
        await this.keep(tokens);
    }

    /** In another page of the browser somebody may have signed out, or somebody else in. */
    private async lookWhoIsSignedIn(): Promise<void> {
        if (this.accessHolder === null || this.accessHolder === (await this.needs.storage.get(HOLDER))) return;
        this.accessToken = null;
        this.accessHolder = null;
    }

    /** Signs out, here in any case; whether the service heard of it. */
    async end(): Promise<boolean> {
        const token = await this.refreshToken();
        await this.forget();
        if (token === null) return true;
        const body = { refresh_token: token };
        const told = persist(() => this.needs.post("/v1/auth/logout", body, 7_000), this.needs.tries);
        return told.then((answer) => answer.status === 204, () => false);
    }

    /** Who is signed in, as `volunteer:` or `operator:` and an id, once that was found out. */
    async holder(find: () => Promise<string>): Promise<string> {
        const known = await this.needs.storage.get(HOLDER);
        if (known !== null) return known;
        const found = await find();
        await this.needs.storage.set(HOLDER, found);
        this.accessHolder = found;
        return found;
    }

    private exchanged(): Promise<string> {
        this.exchange ??= this.exchangeNow().finally(() => {
            this.exchange = null;
        });
        return this.exchange;
    }

    /** Another page of the browser may have exchanged the token meanwhile: then that one's successor is tried. */
    private async exchangeNow(): Promise<string> {
        for (let presented = await this.refreshToken(); presented !== null; ) {
            const answer = await this.present(presented);
            if (answer.status === 200) return this.keep(tokensIn(answer));
            if (answer.status !== 401) throw refusalIn(answer, parsed(answer));
            const kept = await this.refreshToken();
            if (kept === presented) {
                await this.forget();
                this.needs.onSignedOut();
                break;
            }
            presented = kept;
        }
        throw new SignedOut();
    }

    /** The same token each time, because the answer may be what was lost. */
    private present(refreshToken: string): Promise<Answer> {
        const body = { refresh_token: refreshToken };
        const patience = patienceWithinGrace(this.needs.tries.patience);
        const send = (): Promise<Answer> => this.needs.post("/v1/auth/refresh", body, patience.timeoutMillis);
        return persist(send, { ...this.needs.tries, patience });
    }

    private async keep(tokens: Tokens): Promise<string> {
        await this.needs.storage.set(REFRESH_TOKEN, tokens.refresh_token);
        this.accessToken = tokens.access_token;
        this.accessHolder = await this.needs.storage.get(HOLDER);
        return tokens.access_token;
    }

    private async forget(): Promise<void> {
        this.accessToken = null;
        this.accessHolder = null;
        await this.needs.storage.remove(REFRESH_TOKEN);
        await this.needs.storage.remove(HOLDER);
    }

    private async refreshToken(): Promise<string | null> {
        return this.needs.storage.get(REFRESH_TOKEN);
    }
}

/** The JSON of an answer. Fails with {@link NoAnswer} where it is none. */
export function parsed(answer: Answer): unknown {
    try {
        return JSON.parse(answer.body as string);
    } catch {
        throw new NoAnswer("not_understood", `status ${answer.status} without JSON`, answer.status);
    }
}

function tokensIn(answer: Answer): Tokens {
    const tokens = parsed(answer) as Partial<Tokens> | null;
    const isWhole = typeof tokens?.access_token === "string" && typeof tokens.refresh_token === "string";
    if (!isWhole) throw new NoAnswer("not_understood", "no tokens", answer.status);
    return tokens as Tokens;
}
