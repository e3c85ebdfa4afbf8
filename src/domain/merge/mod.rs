//! Merges (合并): one person under two volunteer numbers. The later number becomes an alias of the earlier: it keeps its
//! id and its history, what is outstanding on it moves to the earlier number, and nothing is entered for it any more.
//!
//! As with a name or a document, one person asks for it with a reason and another one confirms it.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{CorrectionId, MergeId, RecordId, Seq, UnitId, VolunteerId};
use super::lot::{Draw, Repayment};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use chrono::Duration;

choice! {
    /// Where a merge stands.
    pub enum MergeStatus {
        /// Waits for a second person.
        Pending,
        /// Carried out.
        Made,
        /// Not carried out, for the reason given.
        Declined,
    }
}

/// How many days a merge waits for its second person.
const OPEN_DAYS: i64 = 30;
/// Most things to be settled that a refusal names of each kind.
const MOST_NAMED: usize = 20;

/// That two volunteer numbers are one person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub id: MergeId,
    /// The later number, which becomes an alias.
    pub volunteer: VolunteerId,
    /// The earlier number, which stays.
    pub earlier: VolunteerId,
    /// The earlier number's when it was asked for.
    pub unit: UnitId,
    pub status: MergeStatus,
    pub asked_by: Actor,
    pub asked_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    pub decided_entry: Option<Seq>,
}

impl Row for Merge {
    type Key = MergeId;

    fn key(&self) -> MergeId {
        self.id
    }
}

impl Thing for Merge {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Merge {
    /// First instant at which it can no longer be confirmed.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.asked_at.plus(Duration::days(OPEN_DAYS))
    }
}

/// A number that is an alias of an earlier one, and since which entry. Where that one is merged in its turn, there is
/// another row for it: of a number's rows up to an entry, the earliest number is the person's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedNumber {
    pub volunteer: VolunteerId,
    pub earlier: VolunteerId,
    pub entry: Seq,
}

impl Row for MergedNumber {
    type Key = (VolunteerId, VolunteerId);

    fn key(&self) -> Self::Key {
        (self.volunteer, self.earlier)
    }
}

/// Says that a number is the same person's as an earlier one.
#[derive(Clone, Debug)]
pub struct AskMerge {
    pub volunteer: VolunteerId,
    pub earlier: VolunteerId,
    pub reason: Committed<Note>,
}

/// Carries a merge out, by a second person.
#[derive(Clone, Debug)]
pub struct ConfirmMerge {
    pub merge: MergeId,
}

/// Says why it is not carried out.
#[derive(Clone, Debug)]
pub struct DeclineMerge {
    pub merge: MergeId,
    pub reason: Committed<Note>,
}

events! {
    MergeAsked = "merge_asked" {
        volunteer: VolunteerId,
        into: VolunteerId,
        reason: Commitment,
    }
    MergeConfirmed = "merge_confirmed" {
        merge: MergeId,
        /// What is free under one number and goes to pay what is owed under the other.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        settled: Vec<Draw>,
        /// Which voided lots that pays for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        repaid: Vec<Repayment>,
    }
    MergeDeclined = "merge_declined" {
        merge: MergeId,
        reason: Commitment,
    }
}

refusals! {
    /// No such merge.
    MergeNotFound = NotFound "merge_not_found" "there is no such merge";
    /// A number is merged into an earlier one, never into a later one or itself.
    MergeIntoLater = Invalid "merge_into_later" at "/into" "a number is merged into an earlier one";
    /// Records of the later number wait to be decided, or corrections do: settle these first.
    MergeUnsettled { records: Vec<RecordId>, corrections: Vec<CorrectionId> } = Conflict "merge_unsettled" "records or corrections of the later number wait to be decided: settle them first";
    /// The merge is carried out or declined.
    MergeNotPending { status: MergeStatus } = Conflict "merge_not_pending" "the merge is {status}, not pending";
    /// Nobody confirmed the merge within 30 days: ask for it again.
    MergeExpired = Conflict "merge_expired" "nobody confirmed the merge within 30 days: ask for it again";
    /// Another person than the one who asked has to confirm; nobody merges their own numbers.
    MergeOfOwn = Forbidden "merge_of_own" "another person has to do this: neither who asked for it nor whom it is about";
}
