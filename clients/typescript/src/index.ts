/** The client of Hourbook's API. `Client` is where to begin; `./fetch.js` is for browsers and Node, `./wx.js` for mini-programs. */

export { Client, type ByWechat, type ClientOptions, type Resumed, type Tagged, type WechatSignIn } from "./client.js";
export { Intent, IntentUnsettled, type KeptIntent } from "./intent.js";
export { Pages, type Page } from "./pages.js";
export type { CodeOf, FilePath, Gives, ItemOf, JsonPath, KeylessPath, ListPath, OperationAt, Schemas, Takes, WritePath } from "./paths.js";
export { deviceClock, type Clock, type RandomBytes } from "./platform.js";
export {
    isNoAnswer,
    isRefusal,
    isSignedOut,
    refused,
    Refusal,
    SignedOut,
    textOf,
    textOfCode,
    type Code,
    type Problem,
    type ProblemOf,
    type UnlistedProblem,
} from "./problem.js";
export { PATIENCE, type Patience } from "./retry.js";
export { memoryStorage, type Soon, type Storage } from "./storage.js";
export { NoAnswer, type Absence, type Answer, type Method, type Request, type Transport } from "./transport.js";
export { onWx, wxCode, wxRandomBytes, wxStorage, wxTransport, type Wx, type WxLogin } from "./wx.js";
