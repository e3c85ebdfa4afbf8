/**
 * A write: what somebody wants done once, and is sent until it is known what came of it.
 *
 * Its key and its body are kept in the storage before anything is sent. Whatever befalls the answers, the app or the
 * device, it is sent again with the same key and the same body, so that it is done once. Only an answer that settles it
 * lets the key go.
 */

import type { Storage } from "./storage.js";

/** A write as it is kept. */
export interface KeptIntent {
    /** What the app calls it: one name, one thing wanted. */
    readonly name: string;
    readonly path: string;
    /** As it is sent each time, to the byte; null where there is nothing to say. */
    readonly body: string | null;
    /** The version that it changes, where it names one. */
    readonly if_match: string | null;
    /** The `Idempotency-Key`. */
    readonly key: string;
    /** Who wanted it: nobody else's device session sends it. */
    readonly holder: string;
    /** When it was wanted, by the device's clock in milliseconds since 1970; for showing. */
    readonly wanted_at: number;
}

/** A write of this name has no answer yet, and it says something else. */
export class IntentUnsettled extends Error {
    readonly kind = "intent_unsettled";

    constructor(
        /** The one that has no answer yet: `send` it, or `discard` it. */
        readonly unsettled: Intent<unknown>,
    ) {
        super(`"${unsettled.kept.name}" was sent before with another content, and has no answer yet`);
        this.name = "IntentUnsettled";
    }
}

/** Something wanted. Sending it twice, or at once, does it once. */
export class Intent<Data> {
    constructor(
        readonly kept: KeptIntent,
        private readonly intents: Intents,
    ) {}

    /**
     * Sends it, until it is settled or patience ends. Fails with `Refusal`, `NoAnswer` or `SignedOut`; after the latter
     * two, and after a refusal that passes, it is still kept: send it again, or `discard` it.
     */
    send(): Promise<Data> {
        return this.intents.send(this.kept) as Promise<Data>;
    }

    /** Lets it go without an answer. It may have been done. */
    discard(): Promise<void> {
        return this.intents.remove(this.kept);
    }
}

/** Sends one, and says whether what came of it is known. */
export type SendIntent = (kept: KeptIntent) => Promise<{ readonly isSettled: boolean; readonly come: () => unknown }>;

/** All writes that are kept. */
export class Intents {
    /** Those that are under way: who sends them once more waits for the same answer. */
    private readonly underWay = new Map<string, Promise<unknown>>();
    /** One is kept after the other, so that two clicks at once do not make two keys. */
    private keeping: Promise<void> = Promise.resolve();

    constructor(
        private readonly storage: Storage,
        private readonly sendOnce: SendIntent,
    ) {}

    /** The one of this name that stands already if it says the same, else this one, which is kept from now on. */
    keep(wanted: KeptIntent): Promise<KeptIntent> {
        const kept = this.keeping.then(() => this.keepNow(wanted));
        this.keeping = kept.then(ignore, ignore);
        return kept;
    }

    private async keepNow(wanted: KeptIntent): Promise<KeptIntent> {
        const standing = read(await this.storage.get(nameOf(wanted)));
        if (standing === null) {
            await this.storage.set(nameOf(wanted), JSON.stringify(wanted));
            return wanted;
        }
        if (!saysTheSame(standing, wanted)) throw new IntentUnsettled(new Intent(standing, this));
        return standing;
    }

    /** Those of a holder, the oldest first. */
    async of(holder: string): Promise<KeptIntent[]> {
        const names = await this.storage.names();
        const own = names.filter((name) => name.startsWith(`${holder}/`));
        const all = await Promise.all(own.map(async (name) => read(await this.storage.get(name))));
        return all.filter((kept) => kept !== null).sort((one, other) => one.wanted_at - other.wanted_at);
    }

    send(kept: KeptIntent): Promise<unknown> {
        const sent = this.underWay.get(kept.key) ?? this.sendNow(kept).finally(() => this.underWay.delete(kept.key));
        this.underWay.set(kept.key, sent);
        return sent;
    }

    async remove(kept: KeptIntent): Promise<void> {
        const standing = read(await this.storage.get(nameOf(kept)));
        if (standing?.key === kept.key) await this.storage.remove(nameOf(kept));
    }

    private async sendNow(kept: KeptIntent): Promise<unknown> {
        const { isSettled, come } = await this.sendOnce(kept);
        if (isSettled) await this.remove(kept);
        return come();
    }
}

/** Each holder has names of their own. */
function nameOf({ holder, name }: KeptIntent): string {
    return `${holder}/${name}`;
}

function saysTheSame(one: KeptIntent, other: KeptIntent): boolean {
    return one.path === other.path && one.body === other.body && one.if_match === other.if_match;
}

function ignore(): void {
    // Who waits is told; the next one does not ask.
}

function read(text: string | null): KeptIntent | null {
    if (text === null) return null;
    try {
        const kept = JSON.parse(text) as Partial<KeptIntent> | null;
        return typeof kept?.key === "string" && typeof kept.path === "string" ? (kept as KeptIntent) : null;
    } catch {
        return null;
    }
}
