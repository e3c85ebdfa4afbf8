//! Transfers (关系转接): a membership moves from one unit to another, and the points with it.
//!
//! Requested, released by the source (转出), accepted by the target (转入). Minutes stay with the
//! unit where they were served.

use super::account::{Account, Postings};
use super::actor::Actor;
use super::command::{Committed, Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{TransferId, UnitId, VolunteerId};
use super::rejection::Rejection;
use super::text::Note;
use super::time::Timestamp;
use super::unit::Unit;
use super::volunteer::{self, Membership, Volunteer};
use super::world::{Key, Row, Stop, World};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferStatus {
    /// Waiting for the source unit.
    Requested,
    /// Waiting for the target unit.
    Released,
    /// Done.
    Accepted,
    /// Refused by either unit.
    Rejected,
    /// Taken back by whoever asked.
    Cancelled,
    /// Not done in time.
    Expired,
}

impl TransferStatus {
    /// Whether still to be decided.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Requested | Self::Released)
    }

    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Released => "released",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for TransferStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A volunteer's way from one unit to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whoever asked takes it back.
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

/// The volunteer asks, or a coordinator of either unit with the volunteer's recorded consent.
pub fn decide_request(ctx: &Ctx, cmd: &RequestTransfer) -> Result<Decision, Stop> {
    ctx.world.want([Key::Volunteer(cmd.volunteer), Key::Unit(cmd.to_unit)])?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let target = ctx.world.unit(cmd.to_unit)?;
    let source = ctx.world.unit(volunteer.unit)?;
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        if !ctx.answers_for(target)? {
            ctx.must_answer_for(source)?;
        }
        if cmd.consent.is_none() {
            return Err(Rejection::TransferConsentMissing.into());
        }
    }
    volunteer.must_be_active()?;
    if volunteer.unit == cmd.to_unit {
        return Err(Rejection::TransferToSameUnit.into());
    }
    if let Some(transfer) = volunteer.open_transfer {
        return Err(Rejection::TransferAlreadyOpen { transfer }.into());
    }
    Ok(Decision::of(Event::TransferRequested {
        volunteer: cmd.volunteer,
        from_unit: volunteer.unit,
        to_unit: cmd.to_unit,
        consent: cmd.consent.as_ref().map(|consent| consent.commitment),
        expires_at: ctx.now.plus(Duration::days(ctx.rules.transfer_open_days)),
    })
    .with_note(cmd.consent.as_ref()))
}

/// Each step starts from one state, belongs to one side, and comes before the transfer's expiry.
pub fn decide_step(ctx: &Ctx, cmd: &StepTransfer) -> Result<Decision, Stop> {
    let transfer = ctx.world.transfer(cmd.transfer)?;
    let units =
        [Key::Unit(transfer.from_unit), Key::Unit(transfer.to_unit), Key::Volunteer(transfer.volunteer)];
    ctx.world.want(units)?;
    must_be_allowed(ctx, transfer, &cmd.step)?;
    must_be_in_state(transfer, &cmd.step)?;
    let is_over = ctx.now >= transfer.expires_at;
    let id = transfer.id;
    let decision = match &cmd.step {
        Step::Expire if !is_over => return Err(Rejection::NothingDue.into()),
        Step::Expire => Decision::of(Event::TransferExpired { transfer: id }),
        _ if is_over => return Err(Rejection::TransferExpired.into()),
        Step::Release => Decision::of(Event::TransferReleased { transfer: id }),
        Step::Accept => accept(ctx, transfer)?,
        Step::Cancel => Decision::of(Event::TransferCancelled { transfer: id }),
        Step::Reject(reason) => {
            let commitment = reason.as_ref().map(|reason| reason.commitment);
            Decision::of(Event::TransferRejected { transfer: id, reason: commitment })
                .with_note(reason.as_ref())
        }
    };
    Ok(decision)
}

fn must_be_allowed(ctx: &Ctx, transfer: &Transfer, step: &Step) -> Result<(), Stop> {
    let side = |unit: UnitId| -> Result<&Unit, Stop> { ctx.world.unit(unit) };
    let source = side(transfer.from_unit)?;
    let target = side(transfer.to_unit)?;
    match step {
        Step::Release => ctx.must_answer_for(source),
        Step::Accept => ctx.must_answer_for(target),
        Step::Reject(_) if transfer.status == TransferStatus::Requested && ctx.answers_for(source)? => Ok(()),
        Step::Reject(_) => ctx.must_answer_for(target),
        Step::Cancel if ctx.actor == Actor::Volunteer(transfer.volunteer) => Ok(()),
        Step::Cancel if ctx.actor == transfer.requested_by => ctx.must_be_operator(),
        Step::Cancel => Err(Rejection::NotPermitted.into()),
        Step::Expire => ctx.must_be_system(),
    }
}

fn must_be_in_state(transfer: &Transfer, step: &Step) -> Result<(), Rejection> {
    let fits = match step {
        Step::Release => transfer.status == TransferStatus::Requested,
        Step::Accept => transfer.status == TransferStatus::Released,
        Step::Reject(_) | Step::Cancel | Step::Expire => transfer.status.is_open(),
    };
    fits.then_some(()).ok_or(Rejection::TransferStateWrong { status: transfer.status })
}

/// What is outstanding, debts too, moves from the source's books to the target's in this entry.
fn accept(ctx: &Ctx, transfer: &Transfer) -> Result<Decision, Stop> {
    let (source, target, id) = (transfer.from_unit, transfer.to_unit, transfer.volunteer);
    let lots = ctx.world.open_lots(id)?;
    let outstanding: i64 = lots.iter().map(|lot| lot.remaining.0).sum();
    let owed = ctx.world.volunteer(id)?.debt;
    let account = |unit| (Account::Available { unit, volunteer: id }, Account::Debt { unit, volunteer: id });
    let ((source_free, source_debt), (target_free, target_debt)) = (account(source), account(target));
    let mut postings = Postings::default();
    postings.transfer(source_free, target_free, outstanding);
    postings.transfer(target_debt, source_debt, owed.0);
    Ok(Decision::of(Event::TransferAccepted { transfer: transfer.id }).posting(postings))
}

pub(super) fn evolve_requested(
    world: &mut World,
    draft: &Draft,
    volunteer: VolunteerId,
    (from_unit, to_unit): (UnitId, UnitId),
    expires_at: Timestamp,
) -> Result<(), Stop> {
    let id = TransferId::new(draft.seq);
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.open_transfer = Some(id);
    world.put_transfer(Transfer {
        id,
        volunteer: volunteer.id,
        from_unit,
        to_unit,
        status: TransferStatus::Requested,
        requested_by: draft.actor,
        requested_at: draft.recorded_at,
        expires_at,
        changed_by: draft.actor,
        changed_at: draft.recorded_at,
    });
    world.put_volunteer(volunteer);
    Ok(())
}

/// Moves the transfer on; where that ends it, the volunteer is free for another.
pub(super) fn evolve_step(
    world: &mut World,
    draft: &Draft,
    id: TransferId,
    status: TransferStatus,
) -> Result<(), Stop> {
    let mut transfer = world.transfer(id)?.clone();
    transfer.status = status;
    transfer.changed_by = draft.actor;
    transfer.changed_at = draft.recorded_at;
    if !status.is_open() {
        let mut volunteer = world.volunteer(transfer.volunteer)?.clone();
        volunteer.open_transfer = None;
        if status == TransferStatus::Accepted {
            move_membership(world, draft, &mut volunteer, transfer.to_unit);
        }
        world.put_volunteer(volunteer);
    }
    world.put_transfer(transfer);
    Ok(())
}

/// The old membership ends and the new one begins at one instant.
fn move_membership(world: &mut World, draft: &Draft, volunteer: &mut Volunteer, unit: UnitId) {
    world.put_membership(volunteer::end_membership(volunteer, draft.recorded_at));
    volunteer.unit = unit;
    volunteer.member_entry = draft.seq;
    volunteer.member_since = draft.recorded_at;
    volunteer.version = draft.seq;
    world.put_membership(Membership {
        volunteer: volunteer.id,
        entry: draft.seq,
        unit,
        starts_at: draft.recorded_at,
        ends_at: None,
    });
}
