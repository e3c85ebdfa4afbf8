/** When a request is sent again, and after how long. */

import type { Clock } from "./platform.js";
import { isNoAnswer, retryAfterSeconds } from "./problem.js";
import type { Answer } from "./transport.js";

/** How long the client goes on before it tells the caller. */
export interface Patience {
    /** How often a request is sent at most. */
    readonly tries: number;
    /** The pause before the second try, in milliseconds; it doubles with each. */
    readonly pauseMillis: number;
    /** The longest pause; where the service asks for a longer one, the caller is told instead. */
    readonly longestPauseMillis: number;
    /** How long one try may take, in milliseconds. */
    readonly timeoutMillis: number;
}

/** Four tries, with pauses of about half a second, one and two. */
export const PATIENCE: Patience = { tries: 4, pauseMillis: 500, longestPauseMillis: 20_000, timeoutMillis: 15_000 };

/** Statuses after which the same request may fare better: too early, too often, or a service or proxy that is not well. */
const PASSING = [408, 425, 429, 502, 503, 504];

/** Whether an answer settles what became of a request: done, or refused for good. */
export function isFinal(status: number): boolean {
    return (status >= 200 && status < 300) || (status >= 400 && status < 500 && !PASSING.includes(status));
}

/** Whether the same request may fare better. A 503 of the service's own without `Retry-After` lasts: a font is missing. */
function passes(answer: Answer): boolean {
    const isOwn = (answer.headers["content-type"] ?? "").startsWith("application/problem+json");
    const lasts = answer.status === 503 && isOwn && retryAfterSeconds(answer) === null;
    return PASSING.includes(answer.status) && !lasts;
}

/** What a series of tries goes by. */
export interface Tries {
    readonly patience: Patience;
    readonly clock: Clock;
    /** A number from 0 to 1, so that many clients do not come back at one instant. */
    readonly random: () => number;
}

/** Sends until there is an answer that says something, or patience ends: then the last answer, or its absence. */
export async function persist(send: () => Promise<Answer>, { patience, clock, random }: Tries): Promise<Answer> {
    for (let tried = 1; ; tried += 1) {
        const isLast = tried >= patience.tries;
        const answer = await send().catch((error: unknown) => {
            if (isLast || !isNoAnswer(error)) throw error;
            return null;
        });
        const asked = answer === null ? 0 : (retryAfterSeconds(answer) ?? 0) * 1000;
        if (answer !== null && (isLast || !passes(answer) || asked > patience.longestPauseMillis)) {
            return answer;
        }
        // Never less than what the service asks for; what chance adds is at most the own pause again.
        const own = Math.min(patience.pauseMillis * 2 ** (tried - 1), patience.longestPauseMillis);
        await clock.sleep(Math.max(own, asked) + random() * own);
    }
}
