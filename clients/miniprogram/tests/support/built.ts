/** The modules of dist, found as a mini-program finds them. */

import Module, { createRequire } from "node:module";
import { join } from "node:path";

export const DIST = join(process.cwd(), "dist");

const require = createRequire(join(DIST, "app.js"));

// Where a mini-program looks for packages.
const loader = Module as unknown as { _resolveFilename(name: string, ...others: unknown[]): string };
const resolve = loader._resolveFilename.bind(loader);
loader._resolveFilename = (name, ...others) =>
    name === "@hourbook/client" ? join(DIST, "miniprogram_npm", name, "index.js") : resolve(name, ...others);

/** What a module of dist gives. */
export function built<Given>(path: string): Given {
    return require(join(DIST, path)) as Given;
}

/** Forgets what of dist was loaded, as a mini-program does that ends; of everything, or of one module. */
export function forget(path = ""): void {
    for (const loaded of Object.keys(require.cache)) if (loaded.startsWith(join(DIST, path))) delete require.cache[loaded];
}
