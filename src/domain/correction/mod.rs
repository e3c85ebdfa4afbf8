//! Corrections (更正): a volunteer says that a record is missing or wrong, and gets a decision (民政部令
//! 第67号: who finds errors or gaps in their own records may say so, and they are checked and mended).
//!
//! A correction changes no record itself. Before it is accepted, what it asks for has been done, by the
//! rules for records, and names what came of it.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{ActivityId, CorrectionId, RecordId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::{Interval, Timestamp};
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

/// What a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Complaint {
    /// Service that was given and is not recorded.
    Missing { activity: ActivityId, service: Interval },
    /// A record that says something else than what was.
    Wrong { record: RecordId },
}

impl Complaint {
    /// Whether the two ask for the same.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing { activity, service }, Self::Missing { activity: others, service: theirs }) => {
                activity == others && service.overlaps(*theirs)
            }
            (Self::Wrong { record }, Self::Wrong { record: others }) => record == others,
            _ => false,
        }
    }
}

choice! {
    /// Where a correction stands.
    pub enum CorrectionStatus {
        /// To be decided.
        Open,
        /// Carried out.
        Accepted,
        /// Not carried out, for the reason given.
        Declined,
    }
}

/// What a volunteer asked to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub id: CorrectionId,
    pub volunteer: VolunteerId,
    /// Of the activity, or of the record: whose coordinators decide.
    pub unit: UnitId,
    pub complaint: Complaint,
    pub status: CorrectionStatus,
    pub asked_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    /// The entry beside which the words of the decision are kept.
    pub decided_entry: Option<Seq>,
    /// The record that it led to.
    pub led_to: Option<RecordId>,
}

impl Row for Correction {
    type Key = CorrectionId;

    fn key(&self) -> CorrectionId {
        self.id
    }
}

impl Thing for Correction {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Says that a record is missing or wrong.
#[derive(Clone, Debug)]
pub struct AskCorrection {
    pub volunteer: VolunteerId,
    pub complaint: Complaint,
    pub words: Committed<Note>,
}

/// Says that it was done: the record that it led to, where there is one.
#[derive(Clone, Debug)]
pub struct AcceptCorrection {
    pub correction: CorrectionId,
    pub led_to: Option<RecordId>,
    pub words: Option<Committed<Note>>,
}

/// Says why it is not done.
#[derive(Clone, Debug)]
pub struct DeclineCorrection {
    pub correction: CorrectionId,
    pub words: Committed<Note>,
}

/// Most corrections of one volunteer that are open at a time.
pub const MOST_OPEN_CORRECTIONS: usize = 20;

events! {
    CorrectionAsked = "correction_asked" {
        volunteer: VolunteerId,
        unit: UnitId,
        complaint: Complaint,
        words: Commitment,
    }
    CorrectionAccepted = "correction_accepted" {
        correction: CorrectionId,
        led_to: Option<RecordId>,
        words: Option<Commitment>,
    }
    CorrectionDeclined = "correction_declined" {
        correction: CorrectionId,
        words: Commitment,
    }
}

refusals! {
    /// No such correction.
    CorrectionNotFound = NotFound "correction_not_found" "there is no such correction";
    /// The volunteer has an open correction for the same already.
    CorrectionAlreadyOpen { correction: CorrectionId } = Conflict "correction_already_open" "there is an open correction for the same: {correction}";
    /// At most 20 corrections of one volunteer are open at a time.
    CorrectionsTooMany = Conflict "corrections_too_many" "at most 20 corrections are open at a time";
    /// The correction is decided.
    CorrectionNotOpen { status: CorrectionStatus } = Conflict "correction_not_open" "the correction is {status}, not open";
    /// Nobody decides a correction that they asked for.
    CorrectionOfOwn = Invalid "correction_of_own" "nobody decides a correction that they asked for";
    /// The correction has not been carried out yet: first record what was missing, or reject or void what
    /// was wrong.
    CorrectionNotDone = Conflict "correction_not_done" "carry it out first: enter the missing record and name it, or reject or void the wrong one";
    /// The record does not fit the correction: it must be the volunteer's own and, if a record was missing,
    /// of that activity and time.
    CorrectionRecordUnfit = Invalid "correction_record_unfit" "the record does not fit this correction";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: &str, end: &str) -> Interval {
        let at = |text: &str| serde_json::from_value(format!("2026-11-18T{text}:00+08:00").into()).unwrap();
        Interval { start: at(start), end: at(end) }
    }

    #[test]
    fn two_complaints_are_alike_if_they_tell_of_one_record_or_of_one_time_at_one_activity() {
        let [here, there] = [1, 2].map(|seq| ActivityId::new(Seq(seq)));
        let missing = |activity, start, end| Complaint::Missing { activity, service: interval(start, end) };
        let wrong = |seq| Complaint::Wrong { record: RecordId::new(Seq(seq)) };
        assert!(missing(here, "09:00", "10:00").is_like(&missing(here, "09:30", "11:00")));
        assert!(!missing(here, "09:00", "10:00").is_like(&missing(here, "10:00", "11:00")));
        assert!(!missing(here, "09:00", "10:00").is_like(&missing(there, "09:00", "10:00")));
        assert!(wrong(3).is_like(&wrong(3)) && !wrong(3).is_like(&wrong(4)));
        assert!(!wrong(1).is_like(&missing(here, "09:00", "10:00")));
    }
}
