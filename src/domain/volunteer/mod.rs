//! Volunteers (志愿者) as the ledger sees them: a number, a unit, a state. The person is elsewhere.

mod kept;
pub mod rules;

use super::amounts::Points;
use super::commitment::{Commitment, Committed};
use super::ids::{IdentityChangeId, Seq, TransferId, UnitId, VolunteerId};
use super::lot::Draw;
use super::noun::{Row, Thing, events, refusals};
use super::person::{Person, PersonField, PersonIndexes};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// Whether a registration is in force.
    pub enum VolunteerStatus {
        /// Registered.
        Active,
        /// The registration is closed; the personal data is erased.
        Closed,
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

    /// Refuses if the person is erased.
    pub fn must_be_registered(&self) -> Result<(), Refusal> {
        match self.status {
            VolunteerStatus::Active => Ok(()),
            VolunteerStatus::Closed => Err(Refusal::VolunteerClosed),
        }
    }

    /// Refuses what was made from another version than the present one, or from none.
    pub fn must_be_as_read<'c>(
        &self,
        changed: Option<&'c ChangedPerson>,
    ) -> Result<&'c ChangedPerson, Refusal> {
        changed.filter(|changed| changed.read == self.version).ok_or(Refusal::PersonStale)
    }

    /// Refuses if the registration is closed.
    pub fn must_be_active(&self) -> Result<(), Refusal> {
        match self.status {
            VolunteerStatus::Active => Ok(()),
            VolunteerStatus::Closed => Err(Refusal::VolunteerClosed),
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

/// Closes a registration: personal data is erased, what is left of the points lapses.
#[derive(Clone, Debug)]
pub struct CloseVolunteer {
    pub volunteer: VolunteerId,
    pub expected: Option<Seq>,
    pub reason: Option<Committed<Note>>,
}

/// The present membership, ended.
pub(super) fn end_membership(volunteer: &Volunteer, at: Timestamp) -> Membership {
    Membership {
        volunteer: volunteer.id,
        entry: volunteer.member_entry,
        unit: volunteer.unit,
        starts_at: volunteer.member_since,
        ends_at: Some(at),
    }
}

events! {
    VolunteerRegistered = "volunteer_registered" {
        unit: UnitId,
        person: Commitment,
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
    /// The volunteer's registration is closed.
    VolunteerClosed = Conflict "volunteer_closed" "the volunteer's registration is closed";
    /// The volunteer has an open transfer.
    VolunteerHasOpenTransfer { transfer: TransferId } = Conflict "volunteer_has_open_transfer" "transfer {transfer} is still open";
    /// The volunteer has open redemptions.
    VolunteerHasOpenRedemptions = Conflict "volunteer_has_open_redemptions" "the volunteer has open redemptions";
}
