/** A list that comes in pages: item by item with `for await`, or page by page as a screen scrolls. */

/** One page as the service gives it. */
export interface Page<Item> {
    readonly items: readonly Item[];
    /** The cursor of the next page; null on the last. */
    readonly next: string | null;
}

/** The pages of a list, read one after the other. */
export class Pages<Item> implements AsyncIterable<Item> {
    private cursor: string | null = null;
    private isRead = false;

    constructor(private readonly read: (cursor: string | null) => Promise<Page<Item>>) {}

    /** Whether the last page was read. */
    get isDone(): boolean {
        return this.isRead;
    }

    /** The items of the next page; none after the last. One that failed is read again by the next call. */
    async more(): Promise<readonly Item[]> {
        if (this.isRead) return [];
        const page = await this.read(this.cursor);
        this.cursor = page.next;
        this.isRead = page.next === null;
        return page.items;
    }

    async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
        while (!this.isRead) yield* await this.more();
    }
}
