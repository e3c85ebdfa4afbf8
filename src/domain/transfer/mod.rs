//! Transfers (关系转接): a membership moves from one unit to another, and the points with it.
//!
//! Requested, released by the source (转出), accepted by the target (转入). Minutes stay with the
//! unit where they were served.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{TransferId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;

choice! {
    /// Where a transfer stands.
    pub enum TransferStatus {
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

    /// One is open at a time.
    fn gives_up_its_place(&self) -> bool {
        !self.status.is_open()
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
    /// The source unit lets go.
    Release,
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
    }
    TransferReleased = "transfer_released" {
        transfer: TransferId,
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
    /// A coordinator's request needs the volunteer's recorded consent.
    TransferConsentMissing = Invalid "transfer_consent_missing" "a coordinator's request needs the volunteer's consent";
    /// The transfer is in a state that does not allow this step.
    TransferStateWrong { status: TransferStatus } = Conflict "transfer_state_wrong" "the transfer is {status}";
    /// The transfer has expired.
    TransferExpired = Conflict "transfer_expired" "the transfer has expired";
}
