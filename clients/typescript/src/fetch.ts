/** The platform of browsers, and of Node: `fetch`, `localStorage`, `crypto`. */

import type { RandomBytes } from "./platform.js";
import type { Storage } from "./storage.js";
import { NoAnswer, type Answer, type Request, type Transport } from "./transport.js";

/** Sends with `fetch`. */
export function fetchTransport(send: typeof fetch = (...request) => fetch(...request)): Transport {
    return { send: (request) => withTimeout(request, (signal) => sendWith(send, request, signal)) };
}

async function sendWith(send: typeof fetch, request: Request, signal: AbortSignal): Promise<Answer> {
    const { method, url, headers, body, expects } = request;
    // What the storage of the browser keeps would be an old answer, and cookies are none of ours.
    const response = await send(url, { method, headers, body, signal, cache: "no-store", credentials: "omit" });
    return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: expects === "text" ? await response.text() : await response.arrayBuffer(),
    };
}

async function withTimeout(request: Request, send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), request.timeoutMillis);
    try {
        return await send(stop.signal);
    } catch (error) {
        throw new NoAnswer(stop.signal.aborted ? "timed_out" : "unreachable", String(error));
    } finally {
        clearTimeout(timer);
    }
}

/** Keeps texts in the browser, for all pages of this origin. */
export function webStorage(storage: globalThis.Storage = localStorage): Storage {
    return {
        get: (name) => storage.getItem(name),
        set: (name, text) => storage.setItem(name, text),
        remove: (name) => storage.removeItem(name),
        names: () => Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? ""),
    };
}

/** Random bytes of the browser's or Node's `crypto`. */
export const webRandomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

/** What a client in a browser is made of. */
export function onBrowser() {
    return { transport: fetchTransport(), storage: webStorage(), randomBytes: webRandomBytes };
}
