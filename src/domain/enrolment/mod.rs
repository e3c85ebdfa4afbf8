//! Enrolments (报名): a volunteer's place in a position of an activity, or the wait for one.
//!
//! Life: enrolled at once where who comes first has the place; or applied, then enrolled or declined, where the leader
//! selects; or waiting, then offered a place, and enrolled or lapsed. Enrolled, then attended or absent. What has not
//! begun can be withdrawn from. Nobody is assigned by force (Ordinance 685, article 25).

mod absence;
mod enrol;
mod kept;
pub mod promotion;
pub mod rules;
mod standing;
mod withdraw;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{ActivityId, EnrolmentId, PositionId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::position::conditions::Condition;
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use chrono::NaiveDate;
use std::ops::Not;

pub use promotion::{Promotion, Unfit};

choice! {
    /// Where an enrolment stands.
    pub enum EnrolmentStatus {
        /// Asks for a place that the leader gives.
        Applied,
        /// Waits until a place is free.
        Waiting,
        /// Was offered a place, and is to answer.
        Offered,
        /// Has a place.
        Enrolled,
        /// Was there.
        Attended,
        /// Was not there.
        Absent,
        /// Was not there, for a reason that was accepted.
        Excused,
        /// Gave the place, or the wait for it, up.
        Withdrawn,
        /// Was not selected.
        Declined,
        /// Did not answer the offer in time.
        Lapsed,
    }
}

impl EnrolmentStatus {
    /// Whether it has a place, or may come to one.
    #[must_use]
    pub const fn stands(self) -> bool {
        matches!(self, Self::Applied | Self::Waiting | Self::Offered | Self::Enrolled)
    }

    /// Whether it keeps the same person from enrolling in the activity again.
    #[must_use]
    pub const fn is_the_one(self) -> bool {
        self.stands() || matches!(self, Self::Attended | Self::Absent | Self::Excused)
    }

    /// Places that it takes, that are kept for it, and waits: what a position counts of it.
    const fn counts(self) -> (i64, i64, i64) {
        match self {
            Self::Enrolled | Self::Attended => (1, 0, 0),
            Self::Offered => (0, 1, 0),
            Self::Waiting => (0, 0, 1),
            _ => (0, 0, 0),
        }
    }
}

/// A volunteer's place in a position, or the wait for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub position: PositionId,
    pub activity: ActivityId,
    /// The activity's unit.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub status: EnrolmentStatus,
    /// Whether who waits takes a free place at once, without being asked.
    pub at_once: bool,
    pub made_by: Actor,
    pub made_at: Timestamp,
    /// Until when an offer is to be answered; none where there is none.
    pub respond_by: Option<Timestamp>,
    /// Why the free place went to somebody after this one, the last time that it did.
    pub passed_over: Option<Unfit>,
    /// Whether it was withdrawn from after the last day to do so in time.
    pub late: bool,
    /// When the volunteer said that an absence was none.
    pub contested_at: Option<Timestamp>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for Enrolment {
    type Key = EnrolmentId;

    fn key(&self) -> EnrolmentId {
        self.id
    }
}

impl Thing for Enrolment {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Enrolment {
    fn must_be(&self, status: EnrolmentStatus) -> Result<(), Refusal> {
        if self.status == status {
            Ok(())
        } else {
            Err(Refusal::EnrolmentStatusWrong { status: self.status })
        }
    }
}

/// Takes a place, applies for it, or waits for one.
#[derive(Clone, Debug)]
pub struct Enrol {
    pub position: PositionId,
    pub volunteer: VolunteerId,
    /// The day of birth, as the person's data beside the journal says it; none where the person is erased.
    pub born: Option<NaiveDate>,
    /// Whether to wait where no place is free.
    pub wait: bool,
    /// Whether who waits takes a free place without being asked.
    pub at_once: bool,
    /// How the volunteer, or a guardian, agreed, where somebody else enrols them.
    pub consent: Option<Committed<Note>>,
}

/// Takes the place that was offered.
#[derive(Clone, Copy, Debug)]
pub struct AcceptOffer {
    pub enrolment: EnrolmentId,
}

/// Gives a place, or the wait for one, up.
#[derive(Clone, Debug)]
pub struct WithdrawEnrolment {
    pub enrolment: EnrolmentId,
    pub reason: Option<Committed<Note>>,
}

/// Gives a place to one who applied.
#[derive(Clone, Copy, Debug)]
pub struct SelectApplicant {
    pub enrolment: EnrolmentId,
}

/// Gives none to one who applied, and says why.
#[derive(Clone, Debug)]
pub struct DeclineApplicant {
    pub enrolment: EnrolmentId,
    pub reason: Committed<Note>,
}

/// What was not answered in time is no offer any more.
#[derive(Clone, Copy, Debug)]
pub struct LapseOffer {
    pub enrolment: EnrolmentId,
}

/// Somebody who had a place was not there.
#[derive(Clone, Copy, Debug)]
pub struct MarkAbsent {
    pub enrolment: EnrolmentId,
}

/// The absence is accepted.
#[derive(Clone, Debug)]
pub struct ExcuseAbsence {
    pub enrolment: EnrolmentId,
    pub reason: Committed<Note>,
}

/// The volunteer says that they were there, or why not.
#[derive(Clone, Debug)]
pub struct ContestAbsence {
    pub enrolment: EnrolmentId,
    pub reason: Committed<Note>,
}

events! {
    EnrolmentMade = "enrolment_made" {
        position: PositionId,
        volunteer: VolunteerId,
        status: EnrolmentStatus,
        #[serde(default, skip_serializing_if = "Not::not")]
        at_once: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Commitment>,
    }
    OfferAccepted = "offer_accepted" {
        enrolment: EnrolmentId,
    }
    EnrolmentWithdrawn = "enrolment_withdrawn" {
        enrolment: EnrolmentId,
        #[serde(default, skip_serializing_if = "Not::not")]
        late: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Commitment>,
        /// Who gets the place that is free by it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promotions: Vec<Promotion>,
    }
    ApplicantSelected = "applicant_selected" {
        enrolment: EnrolmentId,
    }
    ApplicantDeclined = "applicant_declined" {
        enrolment: EnrolmentId,
        reason: Commitment,
    }
    OfferLapsed = "offer_lapsed" {
        enrolment: EnrolmentId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promotions: Vec<Promotion>,
    }
    AbsenceMarked = "absence_marked" {
        enrolment: EnrolmentId,
    }
    AbsenceExcused = "absence_excused" {
        enrolment: EnrolmentId,
        reason: Commitment,
    }
    AbsenceContested = "absence_contested" {
        enrolment: EnrolmentId,
        reason: Commitment,
    }
}

refusals! {
    /// No such enrolment.
    EnrolmentNotFound = NotFound "enrolment_not_found" "there is no such enrolment";
    /// Sign-up has not opened yet.
    EnrolmentNotOpen { ends_at: Timestamp } = Conflict "enrolment_not_open" "sign-up has not opened yet";
    /// Sign-up is closed: the activity begins, or does not take anybody any more.
    EnrolmentClosed = Conflict "enrolment_closed" "sign-up is closed";
    /// No place is free, and the request does not want to wait for one; or who waits comes first.
    PlacesFull = Conflict "places_full" "no place is free";
    /// The volunteer is enrolled in this activity, or applies, waits or was there.
    AlreadyEnrolled { enrolment: EnrolmentId } = Conflict "already_enrolled" "the volunteer is enrolled in this activity already";
    /// The volunteer has a place in another activity at that time.
    EnrolmentOverlaps { enrolment: EnrolmentId } = Conflict "enrolment_overlaps" "the volunteer has a place in another activity at that time";
    /// The volunteer does not meet a condition of the position.
    ConditionsNotMet { condition: Condition } = Conflict "conditions_not_met" "the volunteer does not meet a condition of the position";
    /// Who enrols somebody else says how they agreed (Ordinance 685, article 25).
    EnrolmentConsentMissing = Invalid "enrolment_consent_missing" at "/consent" "who enrols somebody else says how they agreed";
    /// The enrolment is not in the state that this asks for.
    EnrolmentStatusWrong { status: EnrolmentStatus } = Conflict "enrolment_status_wrong" "the enrolment does not stand where this asks for";
    /// The activity has started: who has a place is there or absent.
    WithdrawalTooLate = Conflict "withdrawal_too_late" "the activity has started";
    /// The offer was to be answered before.
    OfferOver = Conflict "offer_over" "the offer was to be answered before";
    /// The offer is still to be answered.
    OfferNotOver = Conflict "offer_not_over" "the offer is still to be answered";
    /// Nobody is absent before the activity is over.
    AbsenceTooEarly = Conflict "absence_too_early" "the activity is not over";
    /// Nobody decides about their own place.
    EnrolmentOfOwn = Invalid "enrolment_of_own" "nobody decides about their own place";
    /// The absence was contested before.
    AbsenceContestedBefore = Conflict "absence_contested_before" "the absence was contested before";
}
