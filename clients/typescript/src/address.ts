/** Paths and queries as texts. There is no `URL` in a mini-program. */

/** A path of the contract with its parameters in their places. */
export function filledPath(template: string, parameters: Readonly<Record<string, string | number>> = {}): string {
    return template.replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = parameters[name];
        if (value === undefined || value === "") throw new TypeError(`${template} needs ${name}`);
        return encodeURIComponent(value);
    });
}

/** `?` and the parameters that have a value; nothing where none has. A list is one value with commas. */
export function queryText(parameters: Readonly<Record<string, unknown>> = {}): string {
    const pairs = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
    const texts = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    return texts.length === 0 ? "" : `?${texts.join("&")}`;
}
