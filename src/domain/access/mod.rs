//! Accesses (查阅记录): somebody who answers for a volunteer was shown the whole numbers of document and mobile, and said
//! what for (Regulation on the Protection of Minors Online, articles 36 and 37, for the minors among them).
//!
//! The purpose stands beside the journal and is erased with the person.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{AccessId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use chrono::{Duration, NaiveDate};

/// How long the answer to a reveal has the numbers: who asks again later, by the same key, says again what for.
pub const SHOWN_FOR: Duration = Duration::minutes(10);

/// Somebody was shown a volunteer's numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    pub id: AccessId,
    pub volunteer: VolunteerId,
    /// The volunteer's when it was.
    pub unit: UnitId,
    /// Whether the volunteer was under 18 on that day.
    pub minor: bool,
    /// Binds the words, which stand beside the journal.
    pub purpose: Commitment,
    pub revealed_by: Actor,
    pub revealed_at: Timestamp,
}

impl Row for Access {
    type Key = AccessId;

    fn key(&self) -> AccessId {
        self.id
    }
}

impl Thing for Access {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Access {
    /// Whether its answer still has the numbers.
    #[must_use]
    pub fn shows_at(&self, now: Timestamp) -> bool {
        now < self.revealed_at.plus(SHOWN_FOR)
    }
}

/// When somebody was born, as it was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadBirth {
    /// The registration's version that it was read from.
    pub read: Seq,
    pub birth_date: NaiveDate,
}

/// Has a volunteer's numbers shown in full.
#[derive(Clone, Debug)]
pub struct RevealNumbers {
    pub volunteer: VolunteerId,
    pub purpose: Committed<Note>,
    /// None where there is nobody, or nobody whom the actor may see.
    pub birth: Option<ReadBirth>,
}

events! {
    NumbersRevealed = "numbers_revealed" {
        volunteer: VolunteerId,
        unit: UnitId,
        minor: bool,
        purpose: Commitment,
    }
}

refusals! {
    /// No such access.
    AccessNotFound = NotFound "access_not_found" "there is no such access";
}
