// Compiles where the types that were made of the contract lead from an event's kind to its members.
import type { components } from "./contract";

type Event = components["schemas"]["JournalEvent"];

export function nameOf(event: Event): string | null {
    switch (event.kind) {
        case "unit_created":
            return event.name;
        case "reward_created":
            return event.name;
        default:
            return null;
    }
}
