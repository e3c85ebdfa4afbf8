//! Honours (表彰): what volunteers were commended for, recorded apart from service (Ministry of Civil Affairs,
//! Order 67, article 9).
//!
//! The words stand beside the journal and are erased with the person.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{HonourId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use chrono::NaiveDate;

/// A volunteer's honour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Honour {
    pub id: HonourId,
    pub volunteer: VolunteerId,
    /// The unit that the volunteer belonged to when it was entered: whose coordinators answer for it.
    pub unit: UnitId,
    /// When it was given.
    pub day: NaiveDate,
    /// Bind the words, which stand beside the journal.
    pub title: Commitment,
    pub giver: Commitment,
    /// The entry beside which the words stand: that which entered it, or corrected it last.
    pub words_entry: Seq,
    pub entered_by: Actor,
    pub entered_at: Timestamp,
    /// When it was voided: it is told nowhere but in the list any more.
    pub voided_at: Option<Timestamp>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for Honour {
    type Key = HonourId;

    fn key(&self) -> HonourId {
        self.id
    }
}

impl Thing for Honour {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// What is said of an honour.
#[derive(Clone, Debug)]
pub struct HonourTerms {
    /// Its title.
    pub title: Committed<Note>,
    /// Who gave it.
    pub giver: Committed<Note>,
    /// When it was given.
    pub day: NaiveDate,
}

impl HonourTerms {
    fn words(&self) -> impl Iterator<Item = &Committed<Note>> {
        [&self.title, &self.giver].into_iter()
    }
}

/// Enters an honour that a volunteer was given.
#[derive(Clone, Debug)]
pub struct EnterHonour {
    pub volunteer: VolunteerId,
    pub terms: HonourTerms,
}

/// Corrects it, and says why.
#[derive(Clone, Debug)]
pub struct CorrectHonour {
    pub honour: HonourId,
    /// The version that was read; none skips the check.
    pub expected: Option<Seq>,
    pub terms: HonourTerms,
    pub reason: Committed<Note>,
}

/// Says that it never was, and why that was written.
#[derive(Clone, Debug)]
pub struct VoidHonour {
    pub honour: HonourId,
    pub reason: Committed<Note>,
}

events! {
    HonourEntered = "honour_entered" {
        volunteer: VolunteerId,
        unit: UnitId,
        title: Commitment,
        giver: Commitment,
        day: NaiveDate,
    }
    HonourCorrected = "honour_corrected" {
        honour: HonourId,
        title: Commitment,
        giver: Commitment,
        day: NaiveDate,
        reason: Commitment,
    }
    HonourVoided = "honour_voided" {
        honour: HonourId,
        reason: Commitment,
    }
}

refusals! {
    /// No such honour.
    HonourNotFound = NotFound "honour_not_found" "there is no such honour";
    /// An honour is given today at the latest.
    HonourInFuture = Invalid "honour_in_future" at "/day" "the day lies in the future";
    /// Nobody enters, corrects or voids an honour of their own.
    HonourOfOwn = Invalid "honour_of_own" "nobody enters, corrects or voids their own honour";
    /// The honour was voided.
    HonourVoided = Conflict "honour_voided" "the honour was voided";
}
