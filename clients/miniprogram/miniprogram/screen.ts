/** What pages share: what `this` is, work that shows that it is under way, lists that grow, questions. */

import { isSignedOut, type Pages } from "@hourbook/client";
import { client, names, showSignIn } from "./hourbook.js";
import { told } from "./logic/advice.js";

/** What a page is inside its own functions. */
interface Shown<Data> {
    readonly data: Readonly<Data>;
    setData(data: Partial<Data>): void;
}

/** `Page`, so that the compiler knows what `this` is in each of its functions. */
export function page<Data extends object, Own extends object>(
    options: Own & { data: Data } & ThisType<Omit<Own, "data"> & Shown<Data>>,
): void {
    Page(options as WechatMiniprogram.Page.Options<Data, WechatMiniprogram.Page.CustomOption>);
}

interface Screen {
    readonly data: { readonly isBusy: boolean };
    setData(data: { isBusy?: boolean; error?: string }): void;
}

/** Does what a tap or a visit wants, one thing at a time, and says what went wrong. */
export async function attempt(screen: Screen, work: () => Promise<void>): Promise<void> {
    if (screen.data.isBusy) return;
    screen.setData({ isBusy: true, error: "" });
    try {
        await work();
    } catch (error) {
        if (isSignedOut(error)) showSignIn();
        else screen.setData({ error: await told(client, names, error) });
    } finally {
        screen.setData({ isBusy: false });
    }
}

interface List<Row> extends Screen {
    readonly data: { readonly isBusy: boolean; readonly rows: readonly Row[]; readonly isDone: boolean };
    setData(data: { isBusy?: boolean; error?: string; rows?: Row[]; isDone?: boolean }): void;
    pages: Pages<Row> | null;
}

/** What a list begins with. */
export function emptyList<Row>(): { rows: Row[]; isDone: boolean; isBusy: boolean; error: string } {
    return { rows: [], isDone: false, isBusy: false, error: "" };
}

/** Reads the list from its beginning. */
export function restart<Row>(list: List<Row>, open: () => Promise<Pages<Row>>): Promise<void> {
    return attempt(list, async () => {
        list.pages = await open();
        const rows = await list.pages.more();
        list.setData({ rows: [...rows], isDone: list.pages.isDone });
    });
}

/** Reads on where the screen ends. */
export function readOn<Row>(list: List<Row>): Promise<void> {
    return attempt(list, async () => {
        if (list.pages === null || list.pages.isDone) return;
        const rows = await list.pages.more();
        list.setData({ rows: [...list.data.rows, ...rows], isDone: list.pages.isDone });
    });
}

/** What was tapped: `data-id` of its element. */
export function tappedId(event: WechatMiniprogram.BaseEvent): string {
    return String(event.currentTarget.dataset["id"] ?? "");
}

/** Asks before something is done; whether it was wanted. */
export async function isSure(content: string): Promise<boolean> {
    return (await wx.showModal({ title: "请确认", content })).confirm;
}

/** Asks for some words; null where none were given. */
export async function askForWords(title: string, placeholderText: string): Promise<string | null> {
    const { confirm, content } = await wx.showModal({ title, editable: true, placeholderText });
    const words = content?.trim() ?? "";
    return confirm && words !== "" ? words : null;
}

/** Lets somebody choose one; null where they chose none. */
export async function choose<Choice extends string>(choices: Choice[]): Promise<Choice | null> {
    const chosen = await wx.showActionSheet({ itemList: choices }).catch(() => null);
    return chosen === null ? null : (choices[chosen.tapIndex] ?? null);
}

/** Where the phone is, as the service takes it; null where the person, or the phone, does not tell. */
export async function positionOf(): Promise<{ latitude: number; longitude: number; accuracy: number } | null> {
    const asked = wx.getLocation({ type: "gcj02", isHighAccuracy: true, highAccuracyExpireTime: 5_000 });
    return asked.then(({ latitude, longitude, accuracy }) => ({ latitude, longitude, accuracy }), () => null);
}

export function tell(title: string): void {
    void wx.showToast({ title, icon: "none" });
}
