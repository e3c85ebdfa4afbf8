/** The real service, on loopback, with a folder of its own that goes when the tests end. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
export function startService(...options: string[]): Promise<Service> {
    return start("serve", options, (data) => {
        const asFirst = ["--login", "admin", "--create-admin", "--document", "passport:E1234567"];
        const made = execFileSync(PROGRAM, ["token", "--data-dir", data, ...asFirst], { encoding: "utf8" });
        return () => ({ adminToken: made.trim() });
    });
}

/** The sample city: a token of each role, and some of its ids. */
export interface Demo extends Service {
    readonly coordinatorToken: string;
    /** Of the first school: credits what others enter there. */
    readonly colleagueToken: string;
    readonly bureau: string;
    readonly school: string;
}

/** Starts the demo with a short past: it has a stand-in of WeChat, which knows {@link DEMO_APP}. */
export function startDemo(): Promise<Demo> {
    return start("demo", ["--days", "20"], (data) => () => {
        const read = <Told>(name: string): Told => JSON.parse(readFileSync(join(data, name), "utf8")) as Told;
        const tokens = read<{ admin: string; coordinator: string; colleague: string }>("demo-tokens.json");
        const city = read<{ bureau: string; schools: string[] }>("demo-city.json");
        return {
            adminToken: tokens.admin,
            coordinatorToken: tokens.coordinator,
            colleagueToken: tokens.colleague,
            bureau: city.bureau,
            school: city.schools[0] ?? "",
        };
    });
}

/** The `appid` that the demo's stand-in of WeChat knows. */
export const DEMO_APP = "wx00000000000000de";

/** Starts the program in a folder of its own; what is known beside its address is read once it serves. */
async function start<Known>(
    command: "serve" | "demo",
    options: string[],
    prepare: (data: string) => () => Known,
): Promise<Known & Pick<Service, "url" | "end">> {
    const data = mkdtempSync(join(tmpdir(), "hourbook-client-"));
    const known = prepare(data);
    const whole = [command, "--data-dir", data, "--listen", "127.0.0.1:0", "--log", "error", ...options];
    const running = spawn(PROGRAM, whole, { stdio: ["ignore", "pipe", "inherit"] });
    const end = async (): Promise<void> => {
        await ended(running);
        rmSync(data, { recursive: true, force: true });
    };
    const url = await addressOf(running);
    return { ...known(), url, end };
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
