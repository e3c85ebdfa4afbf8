/** Who is signed in. */

import { SignedOut, type Client } from "@hourbook/client";

const VOLUNTEER = "volunteer:";

/** The id of the volunteer who is signed in. */
export async function ownId(client: Client): Promise<string> {
    const holder = await client.holder();
    if (!holder.startsWith(VOLUNTEER)) throw new SignedOut();
    return holder.slice(VOLUNTEER.length);
}

/** A volunteer number and a code as people type them: the number's zeros may be left out, spaces are none of it. */
export function signIn(client: Client, number: string, code: string): Promise<void> {
    return client.signInWithCode({ number: number.replace(/\s/g, "").padStart(12, "0"), code: code.trim() });
}
