/** The real service, on loopback, with a folder of its own that goes when the tests end. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = process.env["HOURBOOK_BINARY"] ?? join(process.cwd(), "../../target/debug/hourbook");

/** A service that runs, and a token of its first admin. */
export interface Service {
    readonly url: string;
    readonly adminToken: string;
    /** Ends it, by its process, and removes its folder. */
    end(): Promise<void>;
}

/** Starts the service with an empty ledger. */
export async function startService(...options: string[]): Promise<Service> {
    const data = mkdtempSync(join(tmpdir(), "hourbook-client-"));
    const where = ["--data-dir", data];
    const asFirst = ["--login", "admin", "--create-admin", "--document", "passport:E1234567"];
    const adminToken = execFileSync(PROGRAM, ["token", ...where, ...asFirst], { encoding: "utf8" }).trim();
    const running = spawn(PROGRAM, ["serve", ...where, "--listen", "127.0.0.1:0", "--log", "error", ...options], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    const end = async (): Promise<void> => {
        await ended(running);
        rmSync(data, { recursive: true, force: true });
    };
    return { url: await addressOf(running), adminToken, end };
}

function addressOf(running: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        let said = "";
        running.on("error", reject);
        running.on("exit", (code) => reject(new Error(`the service ended with ${code}`)));
        running.stdout?.on("data", (piece: Buffer) => {
            said += piece.toString();
            const found = /(http:\/\/[\d.:]+)[^\d.:]/.exec(said);
            if (found?.[1] !== undefined) resolve(found[1]);
        });
    });
}

function ended(running: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
        running.removeAllListeners("exit");
        running.on("exit", () => resolve());
        running.kill();
    });
}
