//! What answers say of a volunteer.

use super::person::PersonView;
use super::sight::Sight;
use crate::api::view::View;
use crate::api::wire::{Count, LocalTime, PointsText};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{Seq, TransferId, UnitId, VolunteerId};
use crate::domain::time::LocalZone;
use crate::domain::volunteer::{Membership, Volunteer, VolunteerStatus, number_of};
use crate::store::read::volunteers::{self, NumbersInFull};
use serde::Serialize;
use utoipa::ToSchema;

/// A volunteer, without personal data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Volunteer)]
pub struct VolunteerView {
    pub id: VolunteerId,
    /// The volunteer number (志愿者编号).
    #[schema(example = "000000000009")]
    pub number: String,
    /// The unit that the volunteer belongs to now.
    pub unit: UnitId,
    /// Since when the volunteer has belonged to it.
    pub member_since: LocalTime,
    pub status: VolunteerStatus,
    pub registered_at: LocalTime,
    /// The open transfer, if there is one.
    pub open_transfer: Option<TransferId>,
    /// How many redemptions are waiting to be picked up.
    pub open_redemptions: Count,
    /// Points that were spent before the service that earned them was voided; they must be earned back.
    pub debt: PointsText,
    /// The journal entry that changed the registration last. `If-Match` takes it, in quotes.
    pub version: Seq,
    /// The earlier number of the same person that this one is an alias of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub merged_into: Option<VolunteerId>,
    /// The later numbers of the same person that are aliases of this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub merged_numbers: Vec<VolunteerId>,
    /// The closing that was asked for, if one waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closing: Option<ClosingView>,
}

/// A closing that an office asked for: another person may carry it out at once, anybody from `closes_at` on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AskedClosing)]
pub struct ClosingView {
    pub asked_by: Actor,
    pub closes_at: LocalTime,
}

impl View for VolunteerView {
    type Thing = Volunteer;

    fn of(volunteer: Volunteer, zone: LocalZone) -> Self {
        let closing = volunteer.closing_asked_by.zip(volunteer.closes_at());
        Self {
            closing: closing
                .map(|(asked_by, at)| ClosingView { asked_by, closes_at: LocalTime::new(at, zone) }),
            id: volunteer.id,
            number: number_of(volunteer.id),
            unit: volunteer.unit,
            member_since: LocalTime::new(volunteer.member_since, zone),
            status: volunteer.status,
            registered_at: LocalTime::new(volunteer.registered_at, zone),
            open_transfer: volunteer.open_transfer,
            open_redemptions: Count(volunteer.open_redemptions),
            debt: PointsText(volunteer.debt),
            version: volunteer.version,
            merged_into: volunteer.merged_into,
            merged_numbers: volunteer.merged_numbers,
        }
    }

    fn location(&self) -> String {
        format!("/v1/volunteers/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// A volunteer with personal data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KnownVolunteer)]
pub struct KnownVolunteerView {
    #[serde(flatten)]
    pub volunteer: VolunteerView,
    /// Null once the registration is closed: the personal data has been erased.
    pub person: Option<PersonView>,
}

impl KnownVolunteerView {
    pub(super) fn new(found: volunteers::VolunteerReadModel, sight: Sight, zone: LocalZone) -> Self {
        Self {
            volunteer: VolunteerView::of(found.volunteer, zone),
            person: found.person.map(|person| PersonView::new(person, sight, zone)),
        }
    }

    /// As those of a role see it who are not shown whole numbers.
    pub(in crate::api) fn masked(found: volunteers::VolunteerReadModel, role: Role, zone: LocalZone) -> Self {
        Self::new(found, Sight::of(role), zone)
    }

    /// The same with the numbers in full, where there is somebody who has them.
    pub(super) fn with_numbers(self, numbers: Option<NumbersInFull>) -> Self {
        let person = match (self.person, numbers) {
            (Some(person), Some(numbers)) => Some(person.with_numbers(numbers)),
            (person, _) => person,
        };
        Self { person, ..self }
    }
}

/// The units that a volunteer has belonged to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Memberships {
    /// The journal entry as of which they are told. The same question as of this entry always has the same answer.
    pub as_of: Seq,
    /// The first one first.
    pub items: Vec<MembershipView>,
}

/// A volunteer belongs to a unit from one instant to another (隶属关系).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Membership)]
pub struct MembershipView {
    pub unit: UnitId,
    pub starts_at: LocalTime,
    /// Null for the one that was open as of the entry.
    pub ends_at: Option<LocalTime>,
}

impl MembershipView {
    pub(super) fn new(membership: &Membership, zone: LocalZone) -> Self {
        Self {
            unit: membership.unit,
            starts_at: LocalTime::new(membership.starts_at, zone),
            ends_at: membership.ends_at.map(|at| LocalTime::new(at, zone)),
        }
    }
}
