//! Objections (异议): while a record is on notice, any member of its unit may say what is wrong with it.
//!
//! An open objection holds the crediting. Somebody who neither entered the record nor objected resolves
//! it: upheld, which rejects the record in the same entry, or dismissed. Each objection is answered for
//! itself, also where the record has been rejected meanwhile.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{ObjectionId, RecordId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;

choice! {
    /// Where an objection stands.
    pub enum ObjectionStatus {
        /// To be resolved; blocks the crediting.
        Open,
        /// It was right: the record is rejected.
        Upheld,
        /// It was not right.
        Dismissed,
    }
}

/// One person's objection to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub id: ObjectionId,
    pub record: RecordId,
    /// The record's unit.
    pub unit: UnitId,
    /// Whose record it is.
    pub volunteer: VolunteerId,
    pub raised_by: Actor,
    pub raised_at: Timestamp,
    pub status: ObjectionStatus,
    pub resolved_by: Option<Actor>,
    pub resolved_at: Option<Timestamp>,
    /// The entry beside which the reason of the resolution is kept; none while it is open, also where it was resolved
    /// before and went along ([`Resolution`]).
    pub resolved_entry: Option<Seq>,
}

impl Row for Objection {
    type Key = ObjectionId;

    fn key(&self) -> ObjectionId {
        self.id
    }
}

impl Thing for Objection {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// An entry that resolved an objection. One that goes along with a service entered anew is resolved again: each time is
/// kept, so that the words of each go with who objected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    pub objection: ObjectionId,
    pub entry: Seq,
}

impl Row for Resolution {
    type Key = (ObjectionId, Seq);

    fn key(&self) -> Self::Key {
        (self.objection, self.entry)
    }
}

/// Says what is wrong with a record on notice.
#[derive(Clone, Debug)]
pub struct RaiseObjection {
    pub record: RecordId,
    pub reason: Committed<Note>,
}

/// Answers an objection.
#[derive(Clone, Debug)]
pub struct ResolveObjection {
    pub objection: ObjectionId,
    /// Whether it was right.
    pub upheld: bool,
    pub reason: Committed<Note>,
}

events! {
    ObjectionRaised = "objection_raised" {
        record: RecordId,
        reason: Commitment,
    }
    ObjectionUpheld = "objection_upheld" {
        objection: ObjectionId,
        reason: Commitment,
    }
    ObjectionDismissed = "objection_dismissed" {
        objection: ObjectionId,
        reason: Commitment,
    }
}

/// Most objections of one volunteer that are open at a time.
pub const MOST_OPEN_OBJECTIONS: usize = 20;

refusals! {
    /// At most 20 objections of one volunteer are open at a time.
    ObjectionsTooMany = Conflict "objections_too_many" "at most 20 objections are open at a time";
    /// An objection to the record is still open.
    ObjectionOpen = Conflict "objection_open" "an objection to the record is still open";
    /// Each person objects to a record once.
    ObjectionRepeated { objection: ObjectionId } = Conflict "objection_repeated" "you have objected to this record already: objection {objection}";
    /// No such objection.
    ObjectionNotFound = NotFound "objection_not_found" "there is no such objection";
    /// The objection is resolved.
    ObjectionNotOpen { status: ObjectionStatus } = Conflict "objection_not_open" "the objection is {status}, not open";
    /// Nobody resolves an objection to a record that they entered.
    ResolutionByRecorder = Invalid "resolution_by_recorder" "nobody resolves objections to a record that they entered";
    /// Nobody resolves their own objection.
    ResolutionByObjector = Invalid "resolution_by_objector" "nobody resolves their own objection";
}
