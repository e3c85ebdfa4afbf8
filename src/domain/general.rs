//! Refusals that belong to no noun: who asks, and what they have read.

use super::ids::Seq;
use super::noun::refusals;

refusals! {
    /// The role does not allow this.
    NotPermitted = Forbidden "not_permitted" "your role does not allow this";
    /// The thing belongs to a unit that the operator does not answer for.
    OutsideUnit = Forbidden "outside_unit" "this belongs to a unit that you are not responsible for";
    /// The operator has been disabled, or the volunteer's registration closed.
    ActorDisabled = Forbidden "actor_disabled" "your access has been disabled";
    /// It was changed since it was read.
    VersionStale { current: Seq } = Stale "version_stale" "it was changed since you read it; its version is now {current}";
    /// What it leads to is more than one entry of the journal can hold: ask for it in parts.
    EntryTooLong = Invalid "entry_too_long" "this is too much for one entry of the journal: ask for it in parts";
    /// Nothing is due yet.
    NothingDue = Conflict "nothing_due" "nothing is due";
}
