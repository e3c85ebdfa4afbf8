/** Who is signed in. */

import { SignedOut, type Client } from "@hourbook/client";

const VOLUNTEER = "volunteer:";

/** The id of the volunteer who is signed in. */
export async function ownId(client: Client): Promise<string> {
    const holder = await client.holder();
    if (!holder.startsWith(VOLUNTEER)) throw new SignedOut();
    return holder.slice(VOLUNTEER.length);
}

/** A volunteer number as people type it: its zeros may be left out, spaces are none of it. */
export function wholeNumber(typed: string): string {
    return typed.replace(/\s/g, "").padStart(12, "0");
}

/** With the code that the office gave. */
export function signIn(client: Client, number: string, code: string): Promise<void> {
    return client.signInWithCode({ number: wholeNumber(number), code: code.trim() });
}
