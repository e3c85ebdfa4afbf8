/** Refusals of the service (RFC 9457), told apart by their `code`. */

import type { components } from "./generated/contract.js";
import type { Code, StatusOfCode } from "./generated/codes.js";
import { TEXTS } from "./generated/texts.js";
import { NoAnswer, type Absence, type Answer } from "./transport.js";

export type { Code } from "./generated/codes.js";

type Sent = components["schemas"]["Problem"];

/** A refusal with this code. */
export type ProblemOf<C extends Code> = Omit<Sent, "type" | "status" | "code"> & {
    readonly type: `urn:hourbook:problem:${C}`;
    readonly status: StatusOfCode[C];
    readonly code: C;
};

/** A refusal whose code this client does not know yet: the service is newer. */
export type UnlistedProblem = Omit<Sent, "code"> & { readonly code: "unlisted"; readonly sent_code: string };

/** A refusal; `switch (problem.code)` leads to each. */
export type Problem = { [C in Code]: ProblemOf<C> }[Code] | UnlistedProblem;

/** The service refused. */
export class Refusal extends Error {
    readonly kind = "refusal";

    constructor(
        readonly problem: Problem,
        /** After how many seconds the service would look at it again; null where it does not say. */
        readonly retryAfterSeconds: number | null,
    ) {
        super(`${problem.status} ${codeSent(problem)}: ${problem.detail}`);
        this.name = "Refusal";
    }
}

/** Nobody is signed in, or not any more. */
export class SignedOut extends Error {
    readonly kind = "signed_out";

    constructor() {
        super("nobody is signed in");
        this.name = "SignedOut";
    }
}

/** The refusal that this error is, if it is one of these codes; of any code where none is named. */
export function refused<C extends Code = Code>(error: unknown, ...codes: readonly C[]): ProblemOf<C> | null {
    if (!isRefusal(error)) return null;
    const isMeant = codes.length === 0 || codes.some((code) => code === error.problem.code);
    return isMeant ? (error.problem as ProblemOf<C>) : null;
}

/** Whether an error is a refusal of the service. */
export function isRefusal(error: unknown): error is Refusal {
    return kindOf(error) === "refusal";
}

/** Whether an error says that no answer came. */
export function isNoAnswer(error: unknown): error is NoAnswer {
    return kindOf(error) === "no_answer";
}

/** Whether an error says that nobody is signed in. */
export function isSignedOut(error: unknown): error is SignedOut {
    return kindOf(error) === "signed_out";
}

/** Code that was compiled for old engines does not know its own errors by `instanceof`. */
function kindOf(error: unknown): unknown {
    return typeof error === "object" && error !== null && "kind" in error ? error.kind : null;
}

const ABSENCE_TEXTS: Record<Absence, string> = {
    unreachable: "网络不通，请检查网络后重试。",
    timed_out: "网络太慢，没有等到回答，请重试。",
    interrupted: "小程序转到后台，请求被中断，请重试。",
    not_understood: "收到的不是本服务的回答，请检查网络后重试。",
};

/** What a code means, in Chinese, the same each time. */
export function textOfCode(code: Code): string {
    return TEXTS[code];
}

/**
 * What to tell the person of an error, in Chinese: the service's own sentence, which names what stands in the way, or
 * where there is none the text of the code, or why no answer came.
 */
export function textOf(error: unknown): string {
    if (isRefusal(error)) return textOfProblem(error.problem);
    if (isNoAnswer(error)) return ABSENCE_TEXTS[error.absence];
    if (isSignedOut(error)) return TEXTS.unauthenticated;
    if (kindOf(error) === "intent_unsettled") return "上一次提交还没有结果，内容又与这次不同：请先查明上一次的结果。";
    return TEXTS.internal;
}

function textOfProblem(problem: Problem): string {
    if (isChinese(problem.detail)) return problem.detail;
    return problem.code === "unlisted" ? problem.detail : TEXTS[problem.code];
}

function isChinese(text: string): boolean {
    return /[\u4e00-\u9fff]/.test(text);
}

function codeSent(problem: Problem): string {
    return problem.code === "unlisted" ? problem.sent_code : problem.code;
}

/** The refusal that an answer is. Fails with {@link NoAnswer} where it is not the service's. */
export function refusalIn(answer: Answer, body: unknown): Refusal {
    const sent = body as Partial<Sent> | null;
    const isProblem =
        typeof sent === "object" &&
        sent !== null &&
        typeof sent.code === "string" &&
        typeof sent.detail === "string";
    if (!isProblem) throw new NoAnswer("not_understood", `status ${answer.status} without a problem`, answer.status);
    const code = sent.code as string;
    const problem = code in TEXTS ? sent : { ...sent, code: "unlisted", sent_code: code };
    return new Refusal(problem as Problem, retryAfterSeconds(answer));
}

/** After how many seconds to ask again, where the answer says so in seconds, as the service does. */
export function retryAfterSeconds(answer: Answer): number | null {
    const text = answer.headers["retry-after"];
    return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
