//! Volunteers (志愿者) as the ledger sees them: a number, a unit, a state. The person is elsewhere.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::amounts::Points;
use super::commitment::{Commitment, Committed};
use super::ids::{AttendanceId, IdentityChangeId, RecordId, Seq, TransferId, UnitId, VolunteerId};
use super::lot::Draw;
use super::noun::{Row, Thing, events, refusals};
use super::person::{Person, PersonField, PersonIndexes};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use chrono::Duration;
use serde::{Deserialize, Serialize};

choice! {
    /// Whether a registration is in force.
    pub enum VolunteerStatus {
        /// Registered.
        Active,
        /// Has left for now: nothing is lost, nothing can be earned or spent.
        Inactive,
        /// The registration is closed; the personal data is erased.
        Closed,
        /// An alias of an earlier number of the same person: nothing is entered for it any more.
        Merged,
    }
}

/// A registered volunteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volunteer {
    pub id: VolunteerId,
    /// The unit that the volunteer belongs to now.
    pub unit: UnitId,
    pub status: VolunteerStatus,
    /// The entry that opened the present membership, and when.
    pub member_entry: Seq,
    pub member_since: Timestamp,
    pub open_transfer: Option<TransferId>,
    pub open_redemptions: i64,
    /// Points of voided hours that were spent and are still to be earned back.
    pub debt: Points,
    pub registered_at: Timestamp,
    /// The entry that changed the registration last.
    pub version: Seq,
    /// The change of identity that waits for its second person.
    pub identity_change: Option<IdentityChangeId>,
    /// The entry that changed name, document or birth date last.
    pub identity_entry: Option<Seq>,
    /// Who asked for the closing that waits for a second person, or for three days to pass; and when.
    pub closing_asked_by: Option<Actor>,
    pub closing_asked_at: Option<Timestamp>,
    /// First instant at which the last of what is kept of who left is forgotten; none while nobody left, and once
    /// it is.
    pub forget_at: Option<Timestamp>,
    /// The earlier number that this one is an alias of.
    pub merged_into: Option<VolunteerId>,
    /// The later numbers that are aliases of this one.
    pub merged_numbers: Vec<VolunteerId>,
    /// The entry from which on tokens of the volunteer are good; those of before were ended.
    pub valid_from: Seq,
    /// The entry that gave the activation code that is good, until when it is, and how often it was tried in vain.
    pub activation_entry: Option<Seq>,
    pub activation_until: Option<Timestamp>,
    pub activation_tries: i64,
}

impl Row for Volunteer {
    type Key = VolunteerId;

    fn key(&self) -> VolunteerId {
        self.id
    }
}

impl Thing for Volunteer {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Volunteer {
    /// The volunteer number (志愿者编号): twelve digits that follow from the registration's entry.
    #[must_use]
    pub fn number(&self) -> String {
        number_of(self.id)
    }

    /// Refuses if the person is erased, or has another number. Rules ask by way of their context, which
    /// says which number that is.
    pub fn must_be_registered(&self) -> Result<(), Refusal> {
        match self.status {
            VolunteerStatus::Active | VolunteerStatus::Inactive => Ok(()),
            VolunteerStatus::Closed => Err(Refusal::VolunteerClosed),
            VolunteerStatus::Merged => Err(Refusal::VolunteerMerged { into: None }),
        }
    }

    /// First instant at which the closing that was asked for takes no second person.
    #[must_use]
    pub fn closes_at(&self) -> Option<Timestamp> {
        self.closing_asked_at.map(|at| at.plus(Duration::days(CLOSING_DAYS)))
    }

    /// Refuses what was made from another version than the present one, or from none.
    pub fn must_be_as_read<'c>(
        &self,
        changed: Option<&'c ChangedPerson>,
    ) -> Result<&'c ChangedPerson, Refusal> {
        changed.filter(|changed| changed.read == self.version).ok_or(Refusal::PersonStale)
    }

    /// The same without an activation code.
    #[must_use]
    pub(super) fn without_activation(self) -> Self {
        Self { activation_entry: None, activation_until: None, activation_tries: 0, ..self }
    }

    /// Refuses if the volunteer has left, be it for now; as [`Self::must_be_registered`].
    pub fn must_be_active(&self) -> Result<(), Refusal> {
        match self.status {
            VolunteerStatus::Inactive => Err(Refusal::VolunteerInactive),
            _ => self.must_be_registered(),
        }
    }
}

/// The volunteer number of an id.
#[must_use]
pub fn number_of(id: VolunteerId) -> String {
    format!("{:012}", id.seq().0)
}

/// A volunteer belongs to a unit from one instant to another (隶属关系).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub volunteer: VolunteerId,
    /// The entry that opened it.
    pub entry: Seq,
    pub unit: UnitId,
    pub starts_at: Timestamp,
    pub ends_at: Option<Timestamp>,
    /// The entry that ended it.
    pub ended_entry: Option<Seq>,
}

impl Membership {
    /// As it was known after an entry, if that is not before it began: what ended later had not ended.
    #[must_use]
    pub fn as_of(self, entry: Seq) -> Self {
        if self.ended_entry.is_some_and(|ended| ended > entry) {
            Self { ends_at: None, ended_entry: None, ..self }
        } else {
            self
        }
    }
}

impl Row for Membership {
    type Key = (VolunteerId, Seq);

    fn key(&self) -> Self::Key {
        (self.volunteer, self.entry)
    }

    /// A membership ends before the next begins: one is open at a time.
    fn gives_up_its_place(&self) -> bool {
        self.ends_at.is_some()
    }
}

/// Registers a person with a unit.
#[derive(Clone, Debug)]
pub struct Register {
    pub unit: UnitId,
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
    /// Why it is another person than one of the same name, birth date and mobile.
    pub another_person: Option<Committed<Note>>,
}

/// What is to be known of a person from now on, made of what was known.
#[derive(Clone, Debug)]
pub struct ChangedPerson {
    /// The registration's version that it was made from.
    pub read: Seq,
    /// What differs.
    pub fields: Vec<PersonField>,
    pub person: Committed<Person>,
    pub indexes: PersonIndexes,
}

/// Changes what the volunteer may change: how to reach them, and what they can and want to do.
#[derive(Clone, Debug)]
pub struct ChangeContact {
    pub volunteer: VolunteerId,
    /// The version that was read; none skips the check.
    pub expected: Option<Seq>,
    /// What comes of it, if there is a person to be changed.
    pub changed: Option<ChangedPerson>,
}

/// Closes a registration: personal data is erased, what is left of the points lapses, and what waits to be
/// decided is rejected. Both have to be named.
#[derive(Clone, Debug)]
pub struct CloseVolunteer {
    pub volunteer: VolunteerId,
    pub expected: Option<Seq>,
    pub reason: Option<Committed<Note>>,
    pub forfeits_points: Points,
    pub abandons_records: i64,
}

/// The volunteer leaves for now.
#[derive(Clone, Debug)]
pub struct DeactivateVolunteer {
    pub volunteer: VolunteerId,
    pub expected: Option<Seq>,
    pub reason: Option<Committed<Note>>,
}

/// The volunteer is back; or stays, where closing was asked for.
#[derive(Clone, Debug)]
pub struct ReactivateVolunteer {
    pub volunteer: VolunteerId,
    pub expected: Option<Seq>,
    pub reason: Option<Committed<Note>>,
}

/// Forgets the last of what is kept of who left long ago: the index of the document, and words of since.
#[derive(Clone, Debug)]
pub struct ForgetVolunteer {
    pub volunteer: VolunteerId,
}

/// How long the index of a document outlives its registration: ten years, as records of service are kept so long
/// (GB/T 40143).
const DAYS_TO_FORGET: i64 = 10 * 366;
/// How many days an office's closing waits, if nobody confirms it.
pub(super) const CLOSING_DAYS: i64 = 3;
/// Most records that one closing rejects.
pub const MOST_ABANDONED: usize = 500;

/// The present membership, ended by an entry.
pub(super) fn end_membership(volunteer: &Volunteer, entry: Seq, recorded_at: Timestamp) -> Membership {
    Membership {
        volunteer: volunteer.id,
        entry: volunteer.member_entry,
        unit: volunteer.unit,
        starts_at: volunteer.member_since,
        ends_at: Some(recorded_at),
        ended_entry: Some(entry),
    }
}

events! {
    VolunteerRegistered = "volunteer_registered" {
        unit: UnitId,
        person: Commitment,
        /// Why it is another person than one who is alike.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        another_person: Option<Commitment>,
    }
    VolunteerUpdated = "volunteer_updated" {
        volunteer: VolunteerId,
        person: Commitment,
    }
    ContactChanged = "contact_changed" {
        volunteer: VolunteerId,
        fields: Vec<PersonField>,
        person: Commitment,
    }
    VolunteerClosed = "volunteer_closed" {
        volunteer: VolunteerId,
        reason: Option<Commitment>,
        lapsed: Vec<Draw>,
        /// Records that waited to be decided, and are rejected by it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        abandoned: Vec<RecordId>,
    }
    VolunteerClosingAsked = "volunteer_closing_asked" {
        volunteer: VolunteerId,
        reason: Option<Commitment>,
    }
    VolunteerDeactivated = "volunteer_deactivated" {
        volunteer: VolunteerId,
        reason: Option<Commitment>,
    }
    VolunteerReactivated = "volunteer_reactivated" {
        volunteer: VolunteerId,
        reason: Option<Commitment>,
    }
    VolunteerForgotten = "volunteer_forgotten" {
        volunteer: VolunteerId,
    }
    VolunteerReopened = "volunteer_reopened" {
        volunteer: VolunteerId,
        unit: UnitId,
        person: Commitment,
        /// Why it is another person than one who is alike.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        another_person: Option<Commitment>,
    }
}

refusals! {
    /// No such volunteer.
    VolunteerNotFound = NotFound "volunteer_not_found" "there is no such volunteer";
    /// The person's data was changed since it was read: try again.
    PersonStale = Conflict "person_stale" "the person's data was changed meanwhile: try again";
    /// The document cannot be registered here; the unit above can say why.
    IdentityUnavailable = Conflict "identity_unavailable" "the document cannot be registered here: ask the unit above";
    /// Someone is registered with this identity document.
    IdentityTaken = Conflict "identity_taken" "a volunteer is registered with this identity document";
    /// The volunteer has checked in at an activity and not checked out.
    VolunteerIsPresent { attendance: AttendanceId } = Conflict "volunteer_is_present" "the volunteer is present at an activity";
    /// Somebody of the same name, birth date and mobile is registered: perhaps the same person with another document.
    /// `volunteers` says who, to those who answer for them. Who is somebody else is registered with `another_person` and
    /// a reason.
    PersonMayBeRegistered { volunteers: Vec<VolunteerId> } = Conflict "person_may_be_registered" "somebody of the same name, birth date and mobile is registered: say another_person, with a reason, if it is somebody else";
    /// The volunteer's registration is closed.
    VolunteerClosed = Conflict "volunteer_closed" "the volunteer's registration is closed";
    /// The number is an alias of an earlier one of the same person: nothing is entered for it any more. `into` says which,
    /// to those who answer for the person.
    VolunteerMerged { into: Option<VolunteerId> } = Conflict "volunteer_merged" "the number was merged into an earlier one of the same person: use that";
    /// The volunteer has left for now: nothing can be earned or spent.
    VolunteerInactive = Conflict "volunteer_inactive" "the volunteer is inactive";
    /// The volunteer is active, and nobody asked to close the registration.
    VolunteerNotInactive = Conflict "volunteer_not_inactive" "the volunteer is active";
    /// Closing would strand points or pending records (500 at most): settle them, or name exactly these.
    ClosingStrands { points: Points, pending_records: i64 } = Conflict "closing_strands" "closing would strand {points} points and {pending_records} pending records: settle them, or name them as forfeits_points and abandons_records";
    /// An office's closing takes another person than the one who asked, or three days.
    ClosingTooSoon { ends_at: Timestamp } = Conflict "closing_too_soon" "another person has to confirm the closing, or nobody objects until {ends_at}";
    /// The volunteer has an open transfer.
    VolunteerHasOpenTransfer { transfer: TransferId } = Conflict "volunteer_has_open_transfer" "transfer {transfer} is still open";
    /// The volunteer has open redemptions.
    VolunteerHasOpenRedemptions = Conflict "volunteer_has_open_redemptions" "the volunteer has open redemptions";
}
