//! Pledges (承诺践诺): what a volunteer promises to do by a day, and the credited records that keep it.
//!
//! The words of the pledge are the volunteer's and stand beside the journal. Whether a named record
//! still counts is asked when the pledge is read: voiding a record changes no pledge.

mod kept;
pub mod rules;

use super::commitment::{Commitment, Committed};
use super::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use chrono::NaiveDate;

/// A volunteer's pledge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pledge {
    pub id: PledgeId,
    pub volunteer: VolunteerId,
    /// The unit that the volunteer belonged to when it was made.
    pub unit: UnitId,
    /// Binds the words, which stand beside the journal.
    pub title: Commitment,
    /// The day by which it is to be kept.
    pub due: NaiveDate,
    /// The records that keep it, in the order in which they were named.
    pub records: Vec<RecordId>,
    pub made_at: Timestamp,
    /// When it was ended: nothing is added any more.
    pub ended_at: Option<Timestamp>,
}

impl Row for Pledge {
    type Key = PledgeId;

    fn key(&self) -> PledgeId {
        self.id
    }
}

impl Thing for Pledge {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Most records that keep one pledge.
pub const MOST_RECORDS: usize = 20;
/// Most pledges of one volunteer that are open at a time.
pub const MOST_OPEN_PLEDGES: usize = 20;

/// Makes a pledge.
#[derive(Clone, Debug)]
pub struct MakePledge {
    pub volunteer: VolunteerId,
    pub title: Committed<Note>,
    pub due: NaiveDate,
    /// One whose words were read to be the same.
    pub same: Option<PledgeId>,
}

/// Names a credited record that keeps a pledge.
#[derive(Clone, Debug)]
pub struct FulfilPledge {
    pub pledge: PledgeId,
    pub record: RecordId,
}

/// Ends a pledge.
#[derive(Clone, Debug)]
pub struct EndPledge {
    pub pledge: PledgeId,
}

events! {
    PledgeMade = "pledge_made" {
        volunteer: VolunteerId,
        unit: UnitId,
        title: Commitment,
        due: NaiveDate,
    }
    PledgeFulfilled = "pledge_fulfilled" {
        pledge: PledgeId,
        record: RecordId,
    }
    PledgeEnded = "pledge_ended" {
        pledge: PledgeId,
    }
}

refusals! {
    /// No such pledge.
    PledgeNotFound = NotFound "pledge_not_found" "there is no such pledge";
    /// A pledge is due today or later.
    PledgeDueInPast = Invalid "pledge_due_in_past" "a pledge is due today or later";
    /// At most 20 pledges of one volunteer are open at a time.
    PledgesTooMany = Conflict "pledges_too_many" "at most 20 pledges are open at a time: end one first";
    /// The pledge was ended.
    PledgeEnded = Conflict "pledge_ended" "the pledge has ended";
    /// A pledge is kept by the volunteer's own records.
    PledgeRecordOfAnother = Invalid "pledge_record_of_another" "the record is another volunteer's";
    /// The record has been named for this pledge already.
    PledgeRecordNamed = Conflict "pledge_record_named" "the record has been named already";
    /// At most 20 records keep one pledge.
    PledgeRecordsFull = Conflict "pledge_records_full" "at most 20 records keep one pledge";
}
