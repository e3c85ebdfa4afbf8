/** What carries requests to the service and answers back. The client knows nothing else of the network. */

/** The methods that the service's contract has. There is no PATCH: `wx.request` cannot send it. */
export type Method = "GET" | "POST" | "PUT";

/** A request, ready to go. */
export interface Request {
    readonly method: Method;
    /** The whole address. */
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Sent as it stands; null where there is none. */
    readonly body: string | null;
    /** A text in UTF-8, or bytes as they come. */
    readonly expects: "text" | "bytes";
    /** After how many milliseconds nobody waits any more. */
    readonly timeoutMillis: number;
}

/** What the service answered, whatever the status. */
export interface Answer {
    readonly status: number;
    /** By their names in small letters. */
    readonly headers: Readonly<Record<string, string>>;
    /** A text where a text was expected, else bytes. */
    readonly body: string | ArrayBuffer;
}

/** Sends a request; fails with {@link NoAnswer}, and with nothing else. */
export interface Transport {
    send(request: Request): Promise<Answer>;
}

/** Why there is no answer. */
export type Absence =
    /** The service was not reached, or the connection ended. */
    | "unreachable"
    /** Nothing came in time. */
    | "timed_out"
    /** The mini-program went into the background. */
    | "interrupted"
    /** Something came, and it is not the service's: a proxy's page, half a text. */
    | "not_understood";

/** No answer came. Whether the service has carried the request out, nobody knows. */
export class NoAnswer extends Error {
    readonly kind = "no_answer";

    constructor(
        readonly absence: Absence,
        /** What the platform says of it, for the developer. */
        detail: string,
        /** The status of what came and was not understood. */
        readonly status: number | null = null,
    ) {
        super(`${absence}: ${detail}`);
        this.name = "NoAnswer";
    }
}
