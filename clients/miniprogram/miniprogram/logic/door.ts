/** 登录: who comes with WeChat is in, or binds themselves to a volunteer, or asks to be registered. */

import { isRefusal, refused, type ByWechat, type Client, type Schemas } from "@hourbook/client";
import { signIn, wholeNumber } from "./me.js";
import { moment } from "./show.js";
import { APPLICATION_STATUS } from "./words.js";

/** What became of the last application, as the door shows it. */
export interface OwnApplication {
    readonly asked: string;
    readonly status: string;
    /** Why it was declined; empty where it was not. */
    readonly reason: string;
    /** It waits: it can be taken back, and there is no other beside it. */
    readonly isOpen: boolean;
}

/** Where somebody stands who came with WeChat. */
export type Welcome =
    | { readonly isSignedIn: true }
    | { readonly isSignedIn: false; readonly application: OwnApplication | null };

export class Door {
    private ticket: string | null = null;

    constructor(
        private readonly client: Client,
        private readonly who: ByWechat,
    ) {}

    async enter(): Promise<Welcome> {
        const come = await this.client.signInWithWechat(this.who);
        this.ticket = come.isSignedIn ? null : come.ticket.ticket;
        return come.isSignedIn ? come : { isSignedIn: false, application: shown(come.ticket.application) };
    }

    /** By the mobile that WeChat vouches for: one tap. */
    bindByPhone(phoneCode: string): Promise<void> {
        return this.withTicket((ticket) => this.client.bind({ ticket, phone_code: phoneCode }));
    }

    /** By what the office gave. Where WeChat does not answer it lets one in all the same, and binds nothing. */
    bindByCode(number: string, code: string): Promise<void> {
        if (this.ticket === null) return signIn(this.client, number, code);
        return this.withTicket((ticket) => this.client.bind({ ticket, number: wholeNumber(number), activation_code: code.trim() }));
    }

    apply(unit: string, person: Schemas["PersonInput"]): Promise<void> {
        return this.withTicket((ticket) => this.client.apply({ ticket, unit, person }));
    }

    withdraw(): Promise<void> {
        return this.withTicket((ticket) => this.client.withdrawApplication({ ticket }));
    }

    /** A form may take longer than a ticket is good, and who was bound or confirmed meanwhile needs none. */
    private async withTicket(work: (ticket: string) => Promise<unknown>): Promise<void> {
        if (this.ticket === null) await this.enter();
        if (this.ticket === null) return;
        try {
            await work(this.ticket);
        } catch (error) {
            const isOver = refused(error, "ticket_invalid", "binding_taken") !== null;
            // What was lost may have been done: the next sign-in tells.
            if (isOver || !isRefusal(error)) this.ticket = null;
            if (!isOver) throw error;
            await this.enter();
            if (this.ticket !== null) await work(this.ticket);
        }
    }
}

function shown(application: Schemas["OwnApplication"] | null): OwnApplication | null {
    if (application === null) return null;
    return {
        asked: moment(application.made_at),
        status: APPLICATION_STATUS[application.status],
        reason: application.reason ?? "",
        isOpen: application.status === "open",
    };
}
