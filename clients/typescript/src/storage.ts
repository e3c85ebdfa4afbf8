/** Where the client keeps what must outlive the app: the refresh token, and writes that have no answer yet. */

/** What may be there at once, or later. */
export type Soon<T> = T | Promise<T>;

/** Texts by their names, as browsers and mini-programs keep them. */
export interface Storage {
    /** The text of this name; null where there is none. */
    get(name: string): Soon<string | null>;
    set(name: string, text: string): Soon<void>;
    remove(name: string): Soon<void>;
    /** The names of all texts that are there, the client's and others'. */
    names(): Soon<readonly string[]>;
}

/** Keeps texts as long as the program runs: for tests, and for scripts that start anew each time. */
export function memoryStorage(): Storage {
    const texts = new Map<string, string>();
    return {
        get: (name) => texts.get(name) ?? null,
        set: (name, text) => void texts.set(name, text),
        remove: (name) => void texts.delete(name),
        names: () => [...texts.keys()],
    };
}

/** A part of a storage: the names in it begin with `prefix`. */
export function within(storage: Storage, prefix: string): Storage {
    return {
        get: (name) => storage.get(prefix + name),
        set: (name, text) => storage.set(prefix + name, text),
        remove: (name) => storage.remove(prefix + name),
        names: async () => {
            const all = await storage.names();
            return all.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
        },
    };
}
