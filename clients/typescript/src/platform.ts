/** What the client takes from the platform that it runs on, so that tests give it another. */

import type { Soon } from "./storage.js";

/** Time, as the device tells it. Only pauses and the age of a write go by it, and no token does. */
export interface Clock {
    /** Milliseconds since 1970, as the device believes. */
    now(): number;
    /** Resolves after so many milliseconds. */
    sleep(millis: number): Promise<void>;
}

/** Gives so many random bytes, unlike any that were given before. */
export type RandomBytes = (count: number) => Soon<Uint8Array>;

/** The device's clock and its timers, which browsers, Node and mini-programs all have. */
export const deviceClock: Clock = {
    now: () => Date.now(),
    sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

/** A new `Idempotency-Key`: 16 random bytes in 32 hexadecimal digits. */
export async function newKey(randomBytes: RandomBytes): Promise<string> {
    const bytes = await randomBytes(16);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
