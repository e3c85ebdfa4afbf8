// Makes src/generated of openapi.yaml and of the codes that the service gives.
//
//   npm run generate              writes src/generated
//   npm run generate -- --check   fails where it is not what would be written
//
// The program is the one that HOURBOOK_BINARY names, else the debug build of this repository.

import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import openapiTypescript, { astToString } from "openapi-typescript";

const HERE = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const ROOT = join(HERE, "../..");
const PROGRAM = process.env.HOURBOOK_BINARY ?? join(ROOT, "target/debug/hourbook");
const FOLDER = join(HERE, "src/generated");

const isCheck = process.argv.includes("--check");

const codes = await codesOfService();
const files = {
    "contract.ts": await contract(),
    "codes.ts": statuses(codes),
    "texts.ts": texts(codes),
};

const stale = [];
await mkdir(FOLDER, { recursive: true });
for (const [name, text] of Object.entries(files)) {
    const path = join(FOLDER, name);
    const standing = await readFile(path, "utf8").catch(() => "");
    if (standing === text) continue;
    stale.push(name);
    if (!isCheck) await writeFile(path, text);
}
if (isCheck && stale.length > 0) {
    console.error(`src/generated is stale: ${stale.join(", ")}. Run: npm run generate`);
    process.exit(1);
}
console.log(stale.length === 0 ? "src/generated is up to date" : `written: ${stale.join(", ")}`);

async function contract() {
    const made = astToString(await openapiTypescript(new URL(`file://${join(ROOT, "openapi.yaml")}`)));
    return `// Made of openapi.yaml by openapi-typescript: npm run generate\n\n${made}`;
}

function statuses(codes) {
    const lines = Object.entries(codes).map(([code, { status, en }]) => `    /** ${en} */\n    ${code}: ${status};`);
    return [
        "// Made of the service's /codes.json: npm run generate\n",
        "/** The status that goes with each code. */",
        "export interface StatusOfCode {",
        ...lines,
        "}\n",
        "/** The code of a refusal. */",
        "export type Code = keyof StatusOfCode;\n",
    ].join("\n");
}

function texts(codes) {
    const lines = Object.entries(codes).map(([code, told]) => `    ${code}: ${JSON.stringify(told["zh-CN"])},`);
    return [
        "// Made of the service's /codes.json: npm run generate\n",
        'import type { Code } from "./codes.js";\n',
        "/** What each code means, in Chinese. */",
        "export const TEXTS: Record<Code, string> = {",
        ...lines,
        "};\n",
    ].join("\n");
}

/** What a service with an empty ledger says at /codes.json. */
async function codesOfService() {
    const data = await mkdtemp(join(tmpdir(), "hourbook-codes-"));
    const service = spawn(PROGRAM, ["serve", "--data-dir", data, "--listen", "127.0.0.1:0"], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    try {
        const answer = await fetch(`${await addressOf(service)}/codes.json`);
        if (answer.status !== 200) throw new Error(`/codes.json: ${answer.status}`);
        return await answer.json();
    } finally {
        service.kill();
        await rm(data, { recursive: true, force: true });
    }
}

function addressOf(service) {
    return new Promise((resolve, reject) => {
        let said = "";
        service.on("error", (error) => reject(new Error(`${PROGRAM} does not start: ${error.message}`)));
        service.on("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code}`)));
        service.stdout.setEncoding("utf8").on("data", (piece) => {
            said += piece;
            const found = /http:\/\/[\d.:]+/.exec(said);
            if (found !== null && said.includes("\n")) resolve(found[0]);
        });
    });
}
