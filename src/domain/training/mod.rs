//! Trainings (培训): courses that volunteers took, recorded apart from service and never among its totals (Ministry
//! of Civil Affairs, Order 67, article 8).
//!
//! The words stand beside the journal and are erased with the person.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::amounts::Minutes;
use super::commitment::{Commitment, Committed};
use super::ids::{Seq, TrainingId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use chrono::NaiveDate;

/// A volunteer's training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Training {
    pub id: TrainingId,
    pub volunteer: VolunteerId,
    /// The unit that the volunteer belonged to when it was entered: whose coordinators answer for it.
    pub unit: UnitId,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub minutes: Minutes,
    /// Bind the words, which stand beside the journal.
    pub course: Commitment,
    pub organiser: Commitment,
    pub result: Option<Commitment>,
    /// The entry beside which the words stand: that which entered it, or corrected it last.
    pub words_entry: Seq,
    pub entered_by: Actor,
    pub entered_at: Timestamp,
    /// When it was voided: it is told nowhere but in the list any more.
    pub voided_at: Option<Timestamp>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for Training {
    type Key = TrainingId;

    fn key(&self) -> TrainingId {
        self.id
    }
}

impl Thing for Training {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// What is said of a training.
#[derive(Clone, Debug)]
pub struct TrainingTerms {
    pub course: Committed<Note>,
    pub organiser: Committed<Note>,
    /// What came of it, such as a certificate or a mark.
    pub result: Option<Committed<Note>>,
    pub first_day: NaiveDate,
    pub last_day: NaiveDate,
    pub minutes: Minutes,
}

impl TrainingTerms {
    fn words(&self) -> impl Iterator<Item = &Committed<Note>> {
        [&self.course, &self.organiser].into_iter().chain(&self.result)
    }
}

/// Enters a training that a volunteer took.
#[derive(Clone, Debug)]
pub struct EnterTraining {
    pub volunteer: VolunteerId,
    pub terms: TrainingTerms,
}

/// Corrects it, and says why.
#[derive(Clone, Debug)]
pub struct CorrectTraining {
    pub training: TrainingId,
    /// The version that was read; none skips the check.
    pub expected: Option<Seq>,
    pub terms: TrainingTerms,
    pub reason: Committed<Note>,
}

/// Says that it never was, and why that was written.
#[derive(Clone, Debug)]
pub struct VoidTraining {
    pub training: TrainingId,
    pub reason: Committed<Note>,
}

events! {
    TrainingEntered = "training_entered" {
        volunteer: VolunteerId,
        unit: UnitId,
        course: Commitment,
        organiser: Commitment,
        result: Option<Commitment>,
        first_day: NaiveDate,
        last_day: NaiveDate,
        minutes: Minutes,
    }
    TrainingCorrected = "training_corrected" {
        training: TrainingId,
        course: Commitment,
        organiser: Commitment,
        result: Option<Commitment>,
        first_day: NaiveDate,
        last_day: NaiveDate,
        minutes: Minutes,
        reason: Commitment,
    }
    TrainingVoided = "training_voided" {
        training: TrainingId,
        reason: Commitment,
    }
}

refusals! {
    /// No such training.
    TrainingNotFound = NotFound "training_not_found" "there is no such training";
    /// A training must not end before it begins, nor in the future.
    TrainingDatesInvalid = Invalid "training_dates_invalid" at "/last_day" "the last day must be neither before the first nor in the future";
    /// A training takes at least one minute, and at most the whole of its days.
    TrainingMinutesInvalid = Invalid "training_minutes_invalid" at "/minutes" "at least one minute, and at most as many as its days have";
    /// Nobody enters, corrects or voids a training of their own.
    TrainingOfOwn = Invalid "training_of_own" "nobody enters, corrects or voids their own training";
    /// The training was voided.
    TrainingVoided = Conflict "training_voided" "the training was voided";
}
