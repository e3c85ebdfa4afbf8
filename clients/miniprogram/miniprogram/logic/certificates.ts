/** 证明: certificates of my service. */

import { Pages, type Client, type Schemas } from "@hourbook/client";
import { ownId } from "./me.js";
import { rows } from "./records.js";
import { duration, wholeDay } from "./show.js";
import { CERTIFICATE_STATE } from "./words.js";

export interface CertificateRow {
    readonly id: string;
    readonly number: string;
    readonly period: string;
    readonly minutes: string;
    readonly issued: string;
    readonly state: string;
    /** Whether it can be printed. */
    readonly canPrint: boolean;
}

export async function certificatePages(client: Client): Promise<Pages<CertificateRow>> {
    const query = { volunteer: await ownId(client) };
    return rows(client.pages("/v1/certificates", { query }), (certificate) => Promise.resolve(row(certificate)));
}

/** Over a period, or over all service so far where the days are empty. */
export async function issue(client: Client, firstDay: string, lastDay: string): Promise<CertificateRow> {
    const period = firstDay === "" || lastDay === "" ? null : { first_day: firstDay, last_day: lastDay };
    const body = { volunteer: await ownId(client), period };
    const name = `certificate/${firstDay || "all"}/${lastDay}`;
    return row(await client.write(name, "/v1/certificates", { body }));
}

/** The page to print. */
export function readPdf(client: Client, id: string): Promise<ArrayBuffer> {
    return client.file("/v1/certificates/{id}/pdf", "application/pdf", { path: { id } });
}

function row(certificate: Schemas["Certificate"]): CertificateRow {
    const { period } = certificate;
    return {
        id: certificate.id,
        number: certificate.number,
        period: period === null ? "全部服务" : `${wholeDay(period.first_day)}至${wholeDay(period.last_day)}`,
        minutes: duration(certificate.credited_minutes),
        issued: wholeDay(certificate.issued_at),
        state: CERTIFICATE_STATE[certificate.state],
        canPrint: certificate.state !== "revoked",
    };
}
