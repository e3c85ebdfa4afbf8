// Makes dist of miniprogram/: what WeChat's developer tools open. `npm run build`

import { execFileSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TSC = createRequire(import.meta.url).resolve("typescript/bin/tsc");

function compile(...options) {
    execFileSync(process.execPath, [TSC, ...options], { cwd: HERE, stdio: "inherit" });
}

rmSync(`${HERE}dist`, { recursive: true, force: true });
// A mini-program knows CommonJS, and looks for packages in miniprogram_npm.
compile("--project", "tsconfig.client.json");
compile("--project", "tsconfig.build.json");
cpSync(`${HERE}miniprogram`, `${HERE}dist`, { recursive: true, filter: (path) => !path.endsWith(".ts") });
// For Node, where the tests run it.
writeFileSync(`${HERE}dist/package.json`, '{ "type": "commonjs" }\n');
