/**
 * Renders WXML to a tree, as far as the sample's pages use it: `{{ }}`, `wx:if`, `wx:elif`, `wx:else`, `wx:for`, `block`.
 * A name that the page does not have is an error, as is a tag that is not closed. How it looks is not judged here.
 */

/** An element as it is shown. */
export interface Shown {
    readonly tag: string;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly children: readonly (Shown | string)[];
}

interface Template {
    readonly tag: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: (Template | string)[];
}

type Scope = Readonly<Record<string, unknown>>;

const TOKEN = /<(\/?)([\w-]+)((?:\s+[\w:*-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w:*-]+)(?:="([^"]*)")?/g;

/** The template that a text is. */
function parse(wxml: string): Template {
    const root: Template = { tag: "page", attributes: {}, children: [] };
    const open = [root];
    const last = (): Template => open.at(-1) ?? root;
    let read = 0;
    for (const token of wxml.matchAll(TOKEN)) {
        read += token[0].length;
        const [, isEnd, tag = "", written = "", isEmpty, text] = token;
        if (text !== undefined) {
            last().children.push(text);
        } else if (isEnd) {
            if (last().tag !== tag) throw new Error(`</${tag}> ends <${last().tag}>`);
            open.pop();
        } else {
            const pairs = [...written.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [name, value] as const);
            const element: Template = { tag, attributes: Object.fromEntries(pairs), children: [] };
            last().children.push(element);
            if (!isEmpty) open.push(element);
        }
    }
    if (read !== wxml.length) throw new Error(`not understood: ${wxml.slice(read, read + 60)}`);
    if (open.length > 1) throw new Error(`<${last().tag}> is not closed`);
    return root;
}

/** What is shown of a page with this data. */
export function render(wxml: string, data: Scope): Shown {
    const [root] = shownOf(parse(wxml), data);
    if (typeof root !== "object") throw new Error("nothing is shown");
    return root;
}

function shownOf(template: Template, scope: Scope): (Shown | string)[] {
    const list = template.attributes["wx:for"];
    if (list === undefined) return oneOf(template, scope);
    const item = template.attributes["wx:for-item"] ?? "item";
    const items = filled(list, scope) as readonly unknown[];
    return items.flatMap((value, index) => oneOf(template, { ...scope, [item]: value, index }));
}

function oneOf({ tag, attributes, children }: Template, scope: Scope): (Shown | string)[] {
    const shown = childrenOf(children, scope);
    if (tag === "block") return shown;
    const own = Object.entries(attributes).filter(([name]) => !name.startsWith("wx:"));
    return [{ tag, attributes: Object.fromEntries(own.map(([name, value]) => [name, filled(value, scope)])), children: shown }];
}

function childrenOf(children: readonly (Template | string)[], scope: Scope): (Shown | string)[] {
    const shown: (Shown | string)[] = [];
    // Whether one of the alternatives before was shown.
    let isDecided = false;
    for (const child of children) {
        if (typeof child === "string") {
            const text = String(filled(child.replace(/\s+/g, " "), scope));
            if (text.trim() !== "") shown.push(text);
            continue;
        }
        const { "wx:if": condition, "wx:elif": other } = child.attributes;
        const isElse = "wx:else" in child.attributes || other !== undefined;
        if (!isElse) isDecided = false;
        const asked = condition ?? other;
        const holds: boolean = !(isElse && isDecided) && (asked === undefined || Boolean(filled(asked, scope)));
        if (holds) shown.push(...shownOf(child, scope));
        isDecided ||= holds;
    }
    return shown;
}

/** A text with what stands in `{{ }}`; the thing itself where it is all of the text. */
function filled(text: string, scope: Scope): unknown {
    const whole = /^\{\{(.*?)\}\}$/.exec(text);
    if (whole?.[1] !== undefined && !whole[1].includes("{{")) return evaluated(whole[1], scope);
    return text.replace(/\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluated(expression, scope)));
}

function evaluated(expression: string, scope: Scope): unknown {
    const names = new Proxy(scope, { has: (_, name) => typeof name === "string", get: (own, name) => known(own, name) });
    return (new Function("names", `with (names) { return (${expression}); }`) as (names: Scope) => unknown)(names);
}

function known(scope: Scope, name: string | symbol): unknown {
    if (typeof name === "symbol") return undefined;
    if (!(name in scope)) throw new Error(`the page has no "${name}"`);
    return scope[name];
}

/** All text of an element, as it is read. */
export function textOf(shown: Shown | string): string {
    return typeof shown === "string" ? shown : shown.children.map(textOf).join(" ").replace(/\s+/g, " ").trim();
}

/** The element and all in it. */
export function* elementsOf(shown: Shown): Generator<Shown> {
    yield shown;
    for (const child of shown.children) if (typeof child === "object") yield* elementsOf(child);
}
