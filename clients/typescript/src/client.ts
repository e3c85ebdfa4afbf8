/** The client: reads, changes, writes, lists and files of the service, typed by its contract. */

import { filledPath, queryText } from "./address.js";
import type { paths } from "./generated/contract.js";
import { Intent, Intents, type KeptIntent } from "./intent.js";
import { Pages, type Page } from "./pages.js";
import type {
    AnyTakes,
    ChangePath,
    FilePath,
    FileTypeOf,
    Gives,
    ItemOf,
    JsonPath,
    KeylessPath,
    LastArgument,
    ListPath,
    OperationAt,
    Schemas,
    Takes,
    TicketPath,
    WritePath,
} from "./paths.js";
import { deviceClock, newKey, type Clock, type RandomBytes } from "./platform.js";
import { refusalIn, SignedOut } from "./problem.js";
import { isFinal, PATIENCE, persist, type Patience, type Tries } from "./retry.js";
import { fixedToken, parsed, patienceWithinGrace, Session, type Authority } from "./session.js";
import { within, type Storage } from "./storage.js";
import type { Answer, Method, Request, Transport } from "./transport.js";
import { textOfBytes } from "./utf8.js";

/** Who comes with WeChat: the mini-program's `appid`, and what asks WeChat for a code, which is good once. */
export interface ByWechat {
    readonly app: string;
    /** As `wxCode(wx)`; an official account's page has the one code that OAuth brought it. */
    readonly newCode: () => Promise<string>;
}

/** What a sign-in with WeChat comes to: a session, or a ticket for who is bound to nobody. */
export type WechatSignIn =
    | { readonly isSignedIn: true }
    | { readonly isSignedIn: false; readonly ticket: Schemas["Ticket"] };

/** What a client is made of. `onBrowser`, `onWx` give the parts that the platform decides. */
export interface ClientOptions {
    /** Where the service is, as `https://volunteers.example`, without a slash at the end. */
    readonly baseUrl: string;
    readonly transport: Transport;
    readonly storage: Storage;
    readonly randomBytes: RandomBytes;
    /** A token that was made by hand, in place of signing in. */
    readonly token?: string;
    /** In which language the service tells things; Chinese unless it is said. */
    readonly language?: "zh-CN" | "en";
    /** Called once when the service has ended the session: show the sign-in page. */
    readonly onSignedOut?: () => void;
    readonly patience?: Partial<Patience>;
    readonly clock?: Clock;
    /** A number from 0 to 1, for the length of pauses. */
    readonly random?: () => number;
}

/** Something that was read, with the tag that a change of it names. */
export interface Tagged<Data> {
    readonly data: Data;
    /** For `ifMatch`; null where the thing is not changed by its version. */
    readonly etag: string | null;
}

/** What came of a write that was kept from before. */
export type Resumed =
    | { readonly intent: Intent<unknown>; readonly data: unknown }
    | { readonly intent: Intent<unknown>; readonly error: unknown };

type SignInPath = "/v1/auth/activation" | "/v1/auth/login" | "/v1/auth/password";

type Operation<V extends "get" | "post" | "put", P extends keyof paths> = OperationAt<V, P>;

export class Client {
    private readonly session: Session | null;
    private readonly authority: Authority;
    private readonly intents: Intents;
    private readonly tries: Tries;
    private serverAhead: number | null = null;
    private fixedHolder: string | null = null;

    constructor(private readonly options: ClientOptions) {
        const { storage, token, clock = deviceClock, random = Math.random } = options;
        this.tries = { clock, random, patience: { ...PATIENCE, ...options.patience } };
        this.session = token === undefined ? this.newSession(within(storage, "hourbook/")) : null;
        this.authority = this.session ?? fixedToken(token ?? "");
        this.intents = new Intents(within(storage, "hourbook/intent/"), (kept) => this.sendIntent(kept));
    }

    // Signing in

    /** Signs a volunteer in with the activation code that the office gave. */
    signInWithCode({ number, code }: Schemas["ActivationProof"]): Promise<void> {
        return this.signIn("/v1/auth/activation", { number, code });
    }

    /**
     * Signs a volunteer in with WeChat. Who is bound to nobody gets a ticket for ten minutes, with which they `bind` or
     * `apply`; it tells what became of their last application, too.
     *
     * Each time it is sent, another code is asked for: the one before may have been spent by what was lost.
     */
    async signInWithWechat({ app, newCode }: ByWechat): Promise<WechatSignIn> {
        const answer = await this.sendToSignIn(async () => ({ path: "/v1/auth/wechat", body: { app, code: await newCode() } }));
        const given = this.given(answer) as Schemas["SignedIn"];
        if ("ticket" in given) return { isSignedIn: false, ticket: given };
        await this.begin(given);
        return { isSignedIn: true };
    }

    /**
     * Binds who has a ticket to a volunteer, and signs them in: by the code of WeChat's phone button, or by a number and its
     * activation code. Sent once: where no answer came, sign in again, it may be bound already.
     */
    async bind(binding: Schemas["NewBinding"]): Promise<void> {
        await this.begin((await this.withTicket("/v1/auth/bindings", binding)) as Schemas["Tokens"]);
    }

    /** Asks to be registered, with a ticket. Sent once: where no answer came, sign in again, the ticket tells of it. */
    async apply(application: Schemas["NewApplication"]): Promise<Schemas["OwnApplication"]> {
        return (await this.withTicket("/v1/applications", application)) as Schemas["OwnApplication"];
    }

    /** Takes the own application back, with a ticket. Sent once, as {@link apply}. */
    async withdrawApplication(ticket: Schemas["ApplicationTicket"]): Promise<Schemas["OwnApplication"]> {
        return (await this.withTicket("/v1/applications/withdraw", ticket)) as Schemas["OwnApplication"];
    }

    /** Signs an operator in. */
    signInWithPassword({ login, password }: Schemas["Credentials"]): Promise<void> {
        return this.signIn("/v1/auth/login", { login, password });
    }

    /** Sets an operator's password with a one-time code, and signs in with it. */
    setPassword({ login, code, new_password }: Schemas["PasswordByCode"]): Promise<void> {
        return this.signIn("/v1/auth/password", { login, code, new_password });
    }

    /** Changes an operator's own password, which ends every other session. */
    async changePassword({ old_password, new_password }: Schemas["PasswordChange"]): Promise<void> {
        const answer = await this.sendAsHolder("PUT", "/v1/me/password", { body: { old_password, new_password } });
        await this.session?.begin(this.given(answer) as Schemas["Tokens"]);
    }

    /** Whether somebody is signed in, as far as is known on this device. */
    async isSignedIn(): Promise<boolean> {
        return this.session === null || this.session.isOpen();
    }

    /** Who is signed in, as `volunteer:` or `operator:` and an id: asked once, then known without a network. */
    async holder(): Promise<string> {
        const find = async (): Promise<string> => (await this.get("/v1/me")).actor;
        if (this.session === null) return (this.fixedHolder ??= await find());
        if (!(await this.session.isOpen())) throw new SignedOut();
        return this.session.holder(find);
    }

    /** Signs out here, and at the service if it can be reached: whether it was. Writes without an answer stay kept. */
    async signOut(): Promise<boolean> {
        return this.session === null || this.session.end();
    }

    // Reading

    /** Reads what a path shows. */
    async get<P extends JsonPath>(
        path: P,
        ...[takes]: LastArgument<Takes<Operation<"get", P>>>
    ): Promise<Gives<Operation<"get", P>>> {
        const answer = await this.read(path, takes ?? {});
        return parsed(answer) as Gives<Operation<"get", P>>;
    }

    /** Reads a thing with its tag, to change it afterwards. */
    async getTagged<P extends JsonPath>(
        path: P,
        ...[takes]: LastArgument<Takes<Operation<"get", P>>>
    ): Promise<Tagged<Gives<Operation<"get", P>>>> {
        const answer = await this.read(path, takes ?? {});
        return { data: parsed(answer) as Gives<Operation<"get", P>>, etag: answer.headers["etag"] ?? null };
    }

    /** The pages of a list. */
    pages<P extends ListPath>(path: P, ...[takes]: LastArgument<Takes<Operation<"get", P>>>): Pages<ItemOf<P>> {
        const asked: AnyTakes = takes ?? {};
        return new Pages(async (cursor) => {
            const query = cursor === null ? asked.query : { ...asked.query, cursor };
            return parsed(await this.read(path, { ...asked, ...(query && { query }) })) as Page<ItemOf<P>>;
        });
    }

    /** The bytes of a file, in one of the media types that the path has. */
    async file<P extends FilePath>(
        path: P,
        type: FileTypeOf<Operation<"get", P>>,
        ...[takes]: LastArgument<Takes<Operation<"get", P>>>
    ): Promise<ArrayBuffer> {
        const answer = await this.read(path, takes ?? {}, type);
        return answer.body as ArrayBuffer;
    }

    // Changing

    /**
     * Something wanted once: kept with its key from now on, and done once however often it is sent.
     *
     * The name says what is wanted, as `redeem/REWARD`: what is wanted once more under the same name before the first has
     * an answer is the same thing. If it says something else, this fails with `IntentUnsettled`.
     */
    async intent<P extends WritePath>(
        name: string,
        path: P,
        ...[takes]: LastArgument<Takes<Operation<"post", P>>>
    ): Promise<Intent<Gives<Operation<"post", P>>>> {
        const asked: AnyTakes = takes ?? {};
        const wanted: KeptIntent = {
            name,
            path: filledPath(path, asked.path),
            body: bodyText(asked.body),
            if_match: asked.ifMatch ?? null,
            key: await newKey(this.options.randomBytes),
            holder: await this.holder(),
            wanted_at: this.tries.clock.now(),
        };
        return new Intent(await this.intents.keep(wanted), this.intents);
    }

    /** {@link intent}, sent at once. */
    async write<P extends WritePath>(
        name: string,
        path: P,
        ...takes: LastArgument<Takes<Operation<"post", P>>>
    ): Promise<Gives<Operation<"post", P>>> {
        const intent = await this.intent(name, path, ...takes);
        return intent.send();
    }

    /** The writes of who is signed in that have no answer yet, the oldest first. */
    async unsettled(): Promise<Intent<unknown>[]> {
        const kept = await this.intents.of(await this.holder());
        return kept.map((one) => new Intent(one, this.intents));
    }

    /** Sends all of them again, one after the other: when the app starts, or comes back from the background. */
    async resume(): Promise<Resumed[]> {
        const resumed: Resumed[] = [];
        for (const intent of await this.unsettled()) {
            resumed.push(await intent.send().then((data) => ({ intent, data }), (error: unknown) => ({ intent, error })));
        }
        return resumed;
    }

    /**
     * Replaces something, if nobody has changed it since it was read (`ifMatch`).
     *
     * If the answer is lost, it is sent again; where the first was carried out, that is refused with `version_stale`: read
     * the thing again and look.
     */
    async put<P extends ChangePath>(
        path: P,
        ...[takes]: LastArgument<Takes<Operation<"put", P>>>
    ): Promise<Gives<Operation<"put", P>>> {
        const answer = await this.sendAsHolder("PUT", path, takes ?? {});
        return this.given(answer) as Gives<Operation<"put", P>>;
    }

    /** A POST that does the same however often it comes, and takes no key: a search, the end of a session. */
    async post<P extends KeylessPath>(
        path: P,
        ...[takes]: LastArgument<Takes<Operation<"post", P>>>
    ): Promise<Gives<Operation<"post", P>>> {
        const answer = await this.sendAsHolder("POST", path, takes ?? {});
        return this.given(answer) as Gives<Operation<"post", P>>;
    }

    /** What the time is by the service's clock, as the last answer told it; by the device's where there was none. */
    serverTime(): Date {
        return new Date(this.tries.clock.now() + (this.serverAhead ?? 0));
    }

    private newSession(storage: Storage): Session {
        return new Session({
            storage,
            tries: this.tries,
            post: (path, body, timeoutMillis) => this.send(this.request("POST", path, { body }), timeoutMillis),
            onSignedOut: () => this.options.onSignedOut?.(),
        });
    }

    /** What is shown is spent by it, and taken again for half a minute: the answer may be what was lost. */
    private async signIn(path: SignInPath, body: unknown): Promise<void> {
        const answer = await this.sendToSignIn(() => Promise.resolve({ path, body }));
        await this.begin(this.given(answer) as Schemas["Tokens"]);
    }

    private sendToSignIn(make: () => Promise<{ path: SignInPath | "/v1/auth/wechat"; body: unknown }>): Promise<Answer> {
        this.ownSession();
        const patience = patienceWithinGrace(this.tries.patience);
        const send = async (): Promise<Answer> => {
            const { path, body } = await make();
            return this.send(this.request("POST", path, { body }), patience.timeoutMillis);
        };
        return persist(send, { ...this.tries, patience });
    }

    /** A ticket does a thing once, and is refused with a 401 that says nothing of any session. */
    private async withTicket(path: TicketPath, body: unknown): Promise<unknown> {
        this.ownSession();
        return this.given(await this.send(this.request("POST", path, { body })));
    }

    private async begin(tokens: Schemas["Tokens"]): Promise<void> {
        await this.ownSession().begin(tokens);
        // Now, so that later a write can be kept without a network. Else it is asked when it is needed.
        await this.holder().catch(() => null);
    }

    private ownSession(): Session {
        if (this.session === null) throw new TypeError("this client has a token of its own");
        return this.session;
    }

    private async sendIntent(kept: KeptIntent): Promise<{ isSettled: boolean; come: () => unknown }> {
        const request = this.request("POST", kept.path, kept.if_match === null ? {} : { ifMatch: kept.if_match });
        const headers = { ...request.headers, ...contentType(kept.body), "Idempotency-Key": kept.key };
        const answer = await this.asHolder({ ...request, headers, body: kept.body }, kept.holder);
        if (!isFinal(answer.status)) return { isSettled: false, come: () => this.given(answer) };
        const come = this.comeOf(answer);
        return { isSettled: answer.status !== 401, come };
    }

    /** Reads the answer before the key is let go: what is not understood settles nothing. */
    private comeOf(answer: Answer): () => unknown {
        if (answer.status >= 300) {
            const refusal = refusalIn(answer, parsed(answer));
            return () => {
                throw refusal;
            };
        }
        const data = this.given(answer);
        return () => data;
    }

    private async read(path: string, takes: AnyTakes, type = "application/json"): Promise<Answer> {
        const request = this.request("GET", path, takes);
        const expects = type === "application/json" ? "text" : "bytes";
        const answer = await this.asHolder({ ...request, expects, headers: { ...request.headers, Accept: type } });
        if (answer.status === 200) return answer;
        throw refusalIn(answer, parsed(answer));
    }

    private sendAsHolder(method: Method, path: string, takes: AnyTakes): Promise<Answer> {
        return this.asHolder(this.request(method, path, takes));
    }

    /**
     * Sends with a token, and once more with a new one where that was refused. In one person's name only, where it is
     * said in whose: in another page of the browser somebody else may sign in meanwhile.
     */
    private async asHolder(request: Request, whose: string | null = null): Promise<Answer> {
        const token = await this.authority.token();
        await this.mustBeSignedIn(whose);
        if (token === null) return this.asNobody(request);
        const answer = await this.withToken(request, token);
        if (answer.status !== 401) return answer;
        const renewed = await this.authority.renewed(token);
        await this.mustBeSignedIn(whose);
        return this.withToken(request, renewed);
    }

    private async mustBeSignedIn(whose: string | null): Promise<void> {
        if (whose !== null && whose !== (await this.holder())) throw new SignedOut();
    }

    /** What is public is read without signing in. */
    private async asNobody(request: Request): Promise<Answer> {
        const answer = await persist(() => this.send(request), this.tries);
        if (answer.status === 401) throw new SignedOut();
        return answer;
    }

    private withToken(request: Request, token: string): Promise<Answer> {
        const headers = { ...request.headers, Authorization: `Bearer ${token}` };
        return persist(() => this.send({ ...request, headers }), this.tries);
    }

    private request(method: Method, path: string, takes: AnyTakes): Request {
        const body = bodyText(takes.body);
        const ifMatch = takes.ifMatch === undefined ? {} : { "If-Match": takes.ifMatch };
        const language = this.options.language ?? "zh-CN";
        return {
            method,
            url: this.options.baseUrl + filledPath(path, takes.path) + queryText(takes.query),
            headers: { Accept: "application/json", "Accept-Language": language, ...contentType(body), ...ifMatch },
            body,
            expects: "text",
            timeoutMillis: this.tries.patience.timeoutMillis,
        };
    }

    private async send(request: Request, timeoutMillis = request.timeoutMillis): Promise<Answer> {
        const answer = await this.options.transport.send({ ...request, timeoutMillis });
        const told = Date.parse(answer.headers["date"] ?? "");
        if (!Number.isNaN(told)) this.serverAhead = told - this.tries.clock.now();
        const isRefusal = answer.status >= 300 && typeof answer.body !== "string";
        return isRefusal ? { ...answer, body: textOfBytes(answer.body as ArrayBuffer) } : answer;
    }

    private given(answer: Answer): unknown {
        if (answer.status === 204) return undefined;
        const body = parsed(answer);
        if (answer.status < 300) return body;
        throw refusalIn(answer, body);
    }
}

function bodyText(body: unknown): string | null {
    return body === undefined ? null : JSON.stringify(body);
}

function contentType(body: string | null): Record<string, string> {
    return body === null ? {} : { "Content-Type": "application/json" };
}
