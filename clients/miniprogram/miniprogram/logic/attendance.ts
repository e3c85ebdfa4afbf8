/** 签到签退: with the code at the place, or by position where that is enough; and one's own code to be scanned. */

import { refused, type Client, type Schemas } from "@hourbook/client";
import { clock, duration } from "./show.js";
import { NO_RECORD } from "./words.js";

/** A code that was scanned, and that the service has seen: it is good for five minutes more. */
export interface Seen {
    readonly code: string;
    readonly direction: Schemas["Direction"];
}

/** What came of it, in words; and the record that followed, empty where none did. */
export interface Checked {
    readonly told: string;
    readonly record: string;
}

const CODE_CHARACTERS = 31;
/** What the names of these writes begin with. */
const CHECK = "check/";

/** The code in what a camera saw: it stands by itself, or in a link; null where there is none. */
export function codeIn(scanned: string): string | null {
    return decoded(scanned).split(/[^\w-]+/).find((part) => part.length === CODE_CHARACTERS) ?? null;
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** Shows the code to the service at once: whatever is asked of the person afterwards, the code does not grow old. */
export async function show(client: Client, code: string): Promise<Seen> {
    const shown = await client.post("/v1/check-codes/shown", { body: { code } });
    return { code: shown.code, direction: shown.direction };
}

/** Whether the activity has a fence, so that nothing goes on without a position. */
export function needsPosition(error: unknown): boolean {
    return refused(error, "position_needed") !== null;
}

/** Checks in or out with a code. Another code, or the same with a position, is another thing wanted. */
export function checkWithCode(client: Client, { code, direction }: Seen, position: Schemas["Position"] | null): Promise<Checked> {
    return check(client, direction, `${code}${position === null ? "" : "/here"}`, { code, position });
}

/** Checks in, or out of where one is, by position alone. */
export async function checkByPosition(client: Client, activity: string, position: Schemas["Position"]): Promise<Checked> {
    const { attendance } = await client.get("/v1/me/home");
    const direction = attendance?.activity.id === activity ? "out" : "in";
    return check(client, direction, `${activity}/${direction}/${client.serverTime().getTime()}`, { activity, position });
}

async function check(
    client: Client,
    direction: Schemas["Direction"],
    name: string,
    body: Schemas["CheckInput"],
): Promise<Checked> {
    const path = direction === "in" ? "/v1/check-ins" : "/v1/check-outs";
    const attendance = await client.write(`${CHECK}${name}`, path, { body });
    await discardFormer(client);
    return checked(client, attendance, direction);
}

/** The service has said where one is: what became of a code before is of no interest any more. */
async function discardFormer(client: Client): Promise<void> {
    const former = (await client.unsettled()).filter(({ kept }) => kept.name.startsWith(CHECK));
    await Promise.all(former.map((one) => one.discard()));
}

/** The minutes are the record's: what lies before the activity is none of it. */
export async function checked(
    client: Client,
    { checked_in_at, checked_out_at, record, no_record }: Schemas["Attendance"],
    direction: Schemas["Direction"],
): Promise<Checked> {
    if (direction === "in") return { told: `已签到，${clock(checked_in_at)}。走的时候请签退。`, record: "" };
    const gone = checked_out_at === null ? "已签退" : `已签退，${clock(checked_out_at)}`;
    if (record === null) {
        const why = no_record === null ? "" : `：${NO_RECORD[no_record]}`;
        return { told: `${gone}。没有记时长${why}。有疑问请找负责人。`, record: "" };
    }
    const { claimed_minutes } = await client.get("/v1/service-records/{id}", { path: { id: record } });
    return { told: `${gone}。共 ${duration(claimed_minutes)}，等待审核。`, record };
}

/** My own code, for who is in charge to scan, and after how many milliseconds there is another. */
export async function ownCode(client: Client): Promise<{ code: string; nextInMillis: number }> {
    const { code, next_at, now } = await client.get("/v1/me/check-code");
    // Both by the service's clock: the phone's may be wrong.
    return { code, nextInMillis: Math.max(Date.parse(next_at) - Date.parse(now), 1_000) };
}
