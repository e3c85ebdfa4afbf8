//! Transfers (关系转接): a membership moves from one unit to another, and the points with it.
//!
//! Requested by the volunteer, released by the source (转出), accepted by the target (转入). What a coordinator proposes
//! binds nobody before the volunteer agrees, or the source releases on a consent that it has on paper. Minutes stay with
//! the unit where they were served.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{TransferId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use std::ops::Not;

choice! {
    /// Where a transfer stands.
    pub enum TransferStatus {
        /// Proposed by a coordinator, waiting for the volunteer: it binds nobody.
        Proposed,
        /// Waiting for the source unit.
        Requested,
        /// Waiting for the target unit.
        Released,
        /// Completed.
        Accepted,
        /// Refused by either unit.
        Rejected,
        /// Taken back by the actor who requested it, or by the volunteer.
        Cancelled,
        /// Not completed in time.
        Expired,
    }
}

impl TransferStatus {
    /// Whether still to be decided.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Requested | Self::Released)
    }

    /// Whether the volunteer is bound: to no other transfer, and not to close.
    #[must_use]
    pub const fn binds(self) -> bool {
        matches!(self, Self::Requested | Self::Released)
    }
}

/// A volunteer's way from one unit to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    pub id: TransferId,
    pub volunteer: VolunteerId,
    pub from_unit: UnitId,
    pub to_unit: UnitId,
    pub status: TransferStatus,
    pub requested_by: Actor,
    pub requested_at: Timestamp,
    pub expires_at: Timestamp,
    /// Who took the last step, and when.
    pub changed_by: Actor,
    pub changed_at: Timestamp,
}

impl Row for Transfer {
    type Key = TransferId;

    fn key(&self) -> TransferId {
        self.id
    }

    /// One binds at a time.
    fn gives_up_its_place(&self) -> bool {
        !self.status.binds()
    }
}

impl Thing for Transfer {
    fn unit(&self) -> Option<UnitId> {
        Some(self.from_unit)
    }
}

/// Asks for a volunteer to be moved.
#[derive(Clone, Debug)]
pub struct RequestTransfer {
    pub volunteer: VolunteerId,
    pub to_unit: UnitId,
    /// How the volunteer consented, where a coordinator asks.
    pub consent: Option<Committed<Note>>,
}

/// What can be done with a requested transfer.
#[derive(Clone, Debug)]
pub enum Step {
    /// The volunteer says yes to what a coordinator proposed.
    Agree,
    /// The source unit lets go; of a proposal with the volunteer's consent on paper, which it names.
    Release(Option<Committed<Note>>),
    /// The target unit takes in, which completes the transfer.
    Accept,
    /// Either unit refuses.
    Reject(Option<Committed<Note>>),
    /// The actor who requested it takes it back.
    Cancel,
    /// The system ends what was not done in time.
    Expire,
}

/// One step of a transfer.
#[derive(Clone, Debug)]
pub struct StepTransfer {
    pub transfer: TransferId,
    pub step: Step,
}

events! {
    TransferRequested = "transfer_requested" {
        volunteer: VolunteerId,
        from_unit: UnitId,
        to_unit: UnitId,
        consent: Option<Commitment>,
        expires_at: Timestamp,
        /// Whether it binds nobody before the volunteer agrees. Entries of before bound at once.
        #[serde(default, skip_serializing_if = "Not::not")]
        proposed: bool,
    }
    TransferAgreed = "transfer_agreed" {
        transfer: TransferId,
    }
    TransferReleased = "transfer_released" {
        transfer: TransferId,
        /// The volunteer's consent on paper, where a proposal was released on it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consent: Option<Commitment>,
    }
    TransferAccepted = "transfer_accepted" {
        transfer: TransferId,
    }
    TransferRejected = "transfer_rejected" {
        transfer: TransferId,
        reason: Option<Commitment>,
    }
    TransferCancelled = "transfer_cancelled" {
        transfer: TransferId,
    }
    TransferExpired = "transfer_expired" {
        transfer: TransferId,
    }
}

refusals! {
    /// No such transfer.
    TransferNotFound = NotFound "transfer_not_found" "there is no such transfer";
    /// The volunteer is in this unit already.
    TransferToSameUnit = Conflict "transfer_to_same_unit" "the volunteer is in this unit already";
    /// The volunteer has an open transfer already.
    TransferAlreadyOpen { transfer: TransferId } = Conflict "transfer_already_open" "transfer {transfer} is still open";
    /// What a coordinator proposed is released after the volunteer agreed, or naming the consent on paper.
    TransferConsentMissing = Invalid "transfer_consent_missing" "the volunteer has not agreed: name the consent on paper";
    /// A proposal is released on paper by another person than who made it.
    TransferNeedsSecondPerson = Invalid "transfer_needs_second_person" "another person releases on paper than who proposed it";
    /// The volunteer belongs to another unit than when the transfer was proposed.
    TransferOutdated = Conflict "transfer_outdated" "the volunteer belongs to another unit by now";
    /// The transfer is in a state that does not allow this step.
    TransferStateWrong { status: TransferStatus } = Conflict "transfer_state_wrong" "the transfer is {status}";
    /// The transfer has expired.
    TransferExpired = Conflict "transfer_expired" "the transfer has expired";
}
