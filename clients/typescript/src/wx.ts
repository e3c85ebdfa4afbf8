/**
 * The platform of WeChat's mini-programs: `wx.request`, `wx.getStorage`, `wx.getRandomValues`, `wx.login`.
 *
 * By the documented rules of `wx.request`: `success` runs for every status; ten go at once and others wait; in the
 * background one that has not ended after five seconds ends with `fail interrupted`, and none can be sent.
 */

import type { RandomBytes } from "./platform.js";
import type { Storage } from "./storage.js";
import { NoAnswer, type Absence, type Answer, type Request, type Transport } from "./transport.js";

/** The part of `wx` that the client needs. The global `wx` of a mini-program is one. */
export interface Wx {
    request(option: {
        url: string;
        method: "GET" | "POST" | "PUT";
        header: Record<string, string>;
        data?: string;
        dataType: string;
        responseType: "text" | "arraybuffer";
        timeout: number;
        success(result: { statusCode: number; header: Record<string, unknown>; data: unknown }): void;
        fail(result: { errMsg: string }): void;
    }): unknown;
    getStorageSync(name: string): unknown;
    setStorageSync(name: string, text: string): void;
    removeStorageSync(name: string): void;
    getStorageInfoSync(): { keys: string[] };
    /** Base library 2.19.0 and later. */
    getRandomValues(option: {
        length: number;
        success(result: { randomValues: ArrayBuffer }): void;
        fail(result: { errMsg: string }): void;
    }): unknown;
}

/** The part of `wx` that says who somebody is. */
export interface WxLogin {
    login(option: { success(result: { code: string }): void; fail(result: { errMsg: string }): void }): unknown;
}

/** Asks WeChat who uses the mini-program: a code for `signInWithWechat`, another one each time. */
export function wxCode(wx: WxLogin): () => Promise<string> {
    return () =>
        new Promise((resolve, reject) => {
            wx.login({
                success: ({ code }) => resolve(code),
                fail: ({ errMsg }) => reject(new NoAnswer(absenceOf(errMsg), errMsg)),
            });
        });
}

/** Sends with `wx.request`. */
export function wxTransport(wx: Pick<Wx, "request">): Transport {
    return { send: (request) => new Promise((resolve, reject) => sendWith(wx, request, resolve, reject)) };
}

function sendWith(
    wx: Pick<Wx, "request">,
    { method, url, headers, body, expects, timeoutMillis }: Request,
    resolve: (answer: Answer) => void,
    reject: (error: NoAnswer) => void,
): void {
    wx.request({
        url,
        method,
        header: { ...headers },
        ...(body !== null && { data: body }),
        // Anything but `json`: a text stays as it came, whatever its media type.
        dataType: "text",
        responseType: expects === "text" ? "text" : "arraybuffer",
        timeout: timeoutMillis,
        success: ({ statusCode, header, data }) => {
            const isRight = typeof data === (expects === "text" ? "string" : "object");
            if (isRight) resolve({ status: statusCode, headers: inSmallLetters(header), body: data as Answer["body"] });
            else reject(new NoAnswer("not_understood", `status ${statusCode}`, statusCode));
        },
        fail: ({ errMsg }) => reject(new NoAnswer(absenceOf(errMsg), errMsg)),
    });
}

/** The names of headers come as the service, a proxy or the device wrote them. */
function inSmallLetters(header: Record<string, unknown>): Record<string, string> {
    return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function absenceOf(message: string): Absence {
    if (message.includes("interrupted")) return "interrupted";
    return message.includes("timeout") ? "timed_out" : "unreachable";
}

/** Keeps texts on the device, for this mini-program and this WeChat user. */
export function wxStorage(wx: Omit<Wx, "request" | "getRandomValues">): Storage {
    return {
        get: (name) => {
            // What was never set is an empty text.
            const text = wx.getStorageSync(name);
            return typeof text === "string" && text !== "" ? text : null;
        },
        set: (name, text) => wx.setStorageSync(name, text),
        remove: (name) => wx.removeStorageSync(name),
        names: () => wx.getStorageInfoSync().keys,
    };
}

/** Random bytes of the device. */
export function wxRandomBytes(wx: Pick<Wx, "getRandomValues">): RandomBytes {
    return (length) =>
        new Promise((resolve, reject) => {
            wx.getRandomValues({
                length,
                success: ({ randomValues }) => resolve(new Uint8Array(randomValues)),
                fail: ({ errMsg }) => reject(new Error(errMsg)),
            });
        });
}

/** What a client in a mini-program is made of: `new Client({ baseUrl, ...onWx(wx) })`. */
export function onWx(wx: Wx) {
    return { transport: wxTransport(wx), storage: wxStorage(wx), randomBytes: wxRandomBytes(wx) };
}
