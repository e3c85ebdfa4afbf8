/** 对账单: every change of minutes and points, with what was left after it. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import { rows } from "./records.js";
import { duration, moment } from "./show.js";
import { entryName } from "./words.js";

export interface StatementRow {
    readonly seq: number;
    readonly what: string;
    readonly when: string;
    readonly isReversal: boolean;
    readonly lines: readonly StatementLine[];
}

export interface StatementLine {
    readonly account: string;
    /** With its sign. */
    readonly change: string;
    /** What the account had afterwards. */
    readonly balance: string;
}

const ACCOUNTS: Partial<Record<Schemas["AccountKind"], string>> = {
    credited: "时长",
    available: "可用积分",
    held: "冻结积分",
    debt: "欠分",
};

export async function statementPages(client: Client): Promise<Pages<StatementRow>> {
    const path = { id: await ownId(client) };
    return rows(client.pages("/v1/volunteers/{id}/statement", { path }), (entry) => Promise.resolve(row(entry)));
}

function row(entry: Schemas["StatementEntry"]): StatementRow {
    return {
        seq: entry.seq,
        what: entryName(entry.kind),
        when: moment(entry.recorded_at),
        isReversal: entry.reverses !== null,
        lines: entry.lines.map((line) => ({
            account: ACCOUNTS[line.account] ?? "其他",
            change: signed(amount(line.asset, line.amount), line.amount),
            balance: amount(line.asset, line.account_balance),
        })),
    };
}

function amount(asset: Schemas["Asset"], text: string): string {
    return asset === "minutes" ? duration(Number(text)) : `${text} 分`;
}

function signed(text: string, value: string): string {
    return value.startsWith("-") ? text : `+${text}`;
}
