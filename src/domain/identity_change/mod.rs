//! Changes of identity (身份信息变更): who a volunteer is, is the office's to say, with a reason. A name or a document
//! is changed by two persons: what one of them proposed waits beside the journal until another confirms it.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{IdentityChangeId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::person::{PersonField, ProposedIdentity};
use super::text::Note;
use super::time::Timestamp;
use super::volunteer::ChangedPerson;
use crate::domain::choice::choice;
use chrono::Duration;

choice! {
    /// Where a change of identity stands.
    pub enum IdentityChangeStatus {
        /// Waits for a second person.
        Pending,
        /// Carried out.
        Made,
        /// Not carried out, for the reason given.
        Declined,
        /// Nobody confirmed it in time.
        Expired,
    }
}

/// How many days a change waits for its second person.
const OPEN_DAYS: i64 = 30;

/// A change of who a volunteer is: which fields, never their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityChange {
    pub id: IdentityChangeId,
    pub volunteer: VolunteerId,
    /// The volunteer's when it was asked for.
    pub unit: UnitId,
    pub fields: Vec<PersonField>,
    pub status: IdentityChangeStatus,
    pub asked_by: Actor,
    pub asked_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    pub decided_entry: Option<Seq>,
}

impl Row for IdentityChange {
    type Key = IdentityChangeId;

    fn key(&self) -> IdentityChangeId {
        self.id
    }
}

impl Thing for IdentityChange {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl IdentityChange {
    /// First instant at which it can no longer be confirmed.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.asked_at.plus(Duration::days(OPEN_DAYS))
    }

    /// Whether somebody may still confirm it.
    #[must_use]
    pub fn is_open_at(&self, now: Timestamp) -> bool {
        self.status == IdentityChangeStatus::Pending && now < self.expires_at()
    }
}

/// Says who a volunteer is: all of the identity, of which some differs.
#[derive(Clone, Debug)]
pub struct AskIdentityChange {
    pub volunteer: VolunteerId,
    /// The version that was read; none skips the check.
    pub expected: Option<Seq>,
    /// What would come of it, if there is a person to be changed.
    pub changed: Option<ChangedPerson>,
    pub proposal: Box<Committed<ProposedIdentity>>,
    pub reason: Committed<Note>,
}

/// Carries a proposed change out, by a second person.
#[derive(Clone, Debug)]
pub struct ConfirmIdentityChange {
    pub identity_change: IdentityChangeId,
    /// What comes of it, if there is a person to be changed.
    pub changed: Option<ChangedPerson>,
}

/// Says why it is not carried out.
#[derive(Clone, Debug)]
pub struct DeclineIdentityChange {
    pub identity_change: IdentityChangeId,
    pub reason: Committed<Note>,
}

events! {
    IdentityChanged = "identity_changed" {
        volunteer: VolunteerId,
        fields: Vec<PersonField>,
        person: Commitment,
        reason: Commitment,
    }
    IdentityChangeAsked = "identity_change_asked" {
        volunteer: VolunteerId,
        fields: Vec<PersonField>,
        proposal: Commitment,
        reason: Commitment,
    }
    IdentityChangeConfirmed = "identity_change_confirmed" {
        identity_change: IdentityChangeId,
        person: Commitment,
    }
    IdentityChangeDeclined = "identity_change_declined" {
        identity_change: IdentityChangeId,
        reason: Commitment,
    }
}

refusals! {
    /// No such change of identity.
    IdentityChangeNotFound = NotFound "identity_change_not_found" "there is no such change of identity";
    /// What is sent says nothing else than what is known already.
    IdentityUnchanged = Invalid "identity_unchanged" "this is what is known of the person already";
    /// A change of the volunteer's identity waits for its second person.
    IdentityChangeOpen { identity_change: IdentityChangeId } = Conflict "identity_change_open" "change {identity_change} waits to be confirmed or declined first";
    /// The change is carried out or declined.
    IdentityChangeNotPending { status: IdentityChangeStatus } = Conflict "identity_change_not_pending" "the change is {status}, not pending";
    /// Nobody confirmed the change within 30 days: ask for it again.
    IdentityChangeExpired = Conflict "identity_change_expired" "nobody confirmed the change within 30 days: ask for it again";
    /// Another person than the one who asked has to confirm; nobody says who they are themselves.
    IdentityChangeOfOwn = Forbidden "identity_change_of_own" "another person has to do this: neither who asked for it nor whom it is about";
}
