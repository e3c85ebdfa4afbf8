//! Rules of transfers (关系转接): what may be done, and what follows.

use super::{Event, Refusal, RequestTransfer, Step, StepTransfer, Transfer, TransferStatus};
use crate::domain::account::{Account, Postings};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{TransferId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::unit;
use crate::domain::unit::Unit;
use crate::domain::volunteer;
use crate::domain::volunteer::{Membership, Volunteer};
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// The volunteer asks, or a coordinator of either unit proposes.
pub fn decide_request(ctx: &Ctx, cmd: &RequestTransfer) -> Result<Decision, Stop> {
    ctx.world.want([Key::Volunteer(cmd.volunteer), Key::Unit(cmd.to_unit)])?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let target = ctx.world.unit(cmd.to_unit)?;
    let source = ctx.world.unit(volunteer.unit)?;
    let proposed = ctx.operator()?.is_some();
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        must_be_allowed_to_propose(ctx, source, target)?;
    }
    ctx.must_be_active(volunteer)?;
    if volunteer.unit == cmd.to_unit {
        return Err(Refusal::TransferToSameUnit.into());
    }
    if let Some(transfer) = volunteer.open_transfer {
        return Err(Refusal::TransferAlreadyOpen { transfer }.into());
    }
    Ok(Decision::of(Event::TransferRequested {
        volunteer: cmd.volunteer,
        from_unit: volunteer.unit,
        to_unit: cmd.to_unit,
        consent: cmd.consent.as_ref().map(|consent| consent.commitment),
        expires_at: ctx.now.plus(Duration::days(ctx.rules.transfer_open_days)),
        proposed,
    })
    .with_words_about(cmd.volunteer, cmd.consent.as_ref()))
}

/// Who answers for the source or the target proposes. Of what lies in another tree nothing is told, not even that it is
/// there.
fn must_be_allowed_to_propose(ctx: &Ctx, source: &Unit, target: &Unit) -> Result<(), Stop> {
    if let Some(own) = ctx.operator()?.and_then(|operator| operator.unit) {
        let own_tree = ctx.world.unit(own)?.top();
        if source.top() != own_tree {
            return Err(volunteer::Refusal::VolunteerNotFound.into());
        }
        if target.top() != own_tree {
            return Err(unit::Refusal::UnitNotFound.into());
        }
    }
    if ctx.answers_for(target)? { Ok(()) } else { ctx.must_answer_for(source) }
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
        Step::Expire if !is_over => return Err(general::Refusal::NothingDue.into()),
        Step::Expire => Decision::of(Event::TransferExpired { transfer: id }),
        _ if is_over => return Err(Refusal::TransferExpired.into()),
        Step::Agree => {
            must_be_free(ctx, transfer)?;
            Decision::of(Event::TransferAgreed { transfer: id })
        }
        Step::Release(paper) => {
            let consent = if transfer.status == TransferStatus::Proposed {
                must_be_free(ctx, transfer)?;
                Some(paper.as_ref().ok_or(Refusal::TransferConsentMissing)?)
            } else {
                None
            };
            let commitment = consent.map(|consent| consent.commitment);
            Decision::of(Event::TransferReleased { transfer: id, consent: commitment })
                .with_words_about(transfer.volunteer, consent)
        }
        Step::Accept => Decision::of(Event::TransferAccepted { transfer: id }),
        Step::Cancel => Decision::of(Event::TransferCancelled { transfer: id }),
        Step::Reject(reason) => {
            let commitment = reason.as_ref().map(|reason| reason.commitment);
            Decision::of(Event::TransferRejected { transfer: id, reason: commitment })
                .with_words_about(transfer.volunteer, reason.as_ref())
        }
    };
    Ok(decision)
}

/// Refuses where what was proposed cannot bind any more: the volunteer left, was moved, or has another transfer.
fn must_be_free(ctx: &Ctx, transfer: &Transfer) -> Result<(), Stop> {
    let volunteer = ctx.world.volunteer(transfer.volunteer)?;
    ctx.must_be_active(volunteer)?;
    if volunteer.unit != transfer.from_unit {
        return Err(Refusal::TransferOutdated.into());
    }
    match volunteer.open_transfer {
        Some(transfer) => Err(Refusal::TransferAlreadyOpen { transfer }.into()),
        None => Ok(()),
    }
}

fn must_be_allowed(ctx: &Ctx, transfer: &Transfer, step: &Step) -> Result<(), Stop> {
    let side = |unit: UnitId| -> Result<&Unit, Stop> { ctx.world.unit(unit) };
    let source = side(transfer.from_unit)?;
    let target = side(transfer.to_unit)?;
    match step {
        Step::Agree if ctx.actor == Actor::Volunteer(transfer.volunteer) => Ok(()),
        Step::Agree => Err(general::Refusal::NotPermitted.into()),
        Step::Release(_) => {
            ctx.must_answer_for(source)?;
            let is_on_paper = transfer.status == TransferStatus::Proposed && ctx.operator()?.is_some();
            if is_on_paper && ctx.is_person(transfer.requested_by)? {
                return Err(Refusal::TransferNeedsSecondPerson.into());
            }
            Ok(())
        }
        Step::Accept => ctx.must_answer_for(target),
        Step::Reject(_) if transfer.status != TransferStatus::Released && ctx.answers_for(source)? => Ok(()),
        Step::Reject(_) => ctx.must_answer_for(target),
        Step::Cancel if ctx.actor == Actor::Volunteer(transfer.volunteer) => Ok(()),
        Step::Cancel if ctx.actor == transfer.requested_by => ctx.must_be_operator(),
        Step::Cancel => Err(general::Refusal::NotPermitted.into()),
        Step::Expire => ctx.must_be_system(),
    }
}

fn must_be_in_state(transfer: &Transfer, step: &Step) -> Result<(), Refusal> {
    let fits = match step {
        Step::Agree => transfer.status == TransferStatus::Proposed,
        Step::Release(_) => {
            matches!(transfer.status, TransferStatus::Proposed | TransferStatus::Requested)
        }
        Step::Accept => transfer.status == TransferStatus::Released,
        Step::Reject(_) | Step::Cancel | Step::Expire => transfer.status.is_open(),
    };
    fits.then_some(()).ok_or(Refusal::TransferStateWrong { status: transfer.status })
}

/// What is outstanding, debts too, moves from the source's books to the target's in this entry.
fn moving_books(world: &World, transfer: TransferId) -> Result<Postings, Stop> {
    let transfer = world.transfer(transfer)?;
    let (source, target, id) = (transfer.from_unit, transfer.to_unit, transfer.volunteer);
    let lots = world.open_lots(id)?;
    let outstanding: i64 = lots.iter().map(|lot| lot.remaining.0).sum();
    let owed = world.volunteer(id)?.debt;
    let account = |unit| (Account::Available { unit, volunteer: id }, Account::Debt { unit, volunteer: id });
    let ((source_free, source_debt), (target_free, target_debt)) = (account(source), account(target));
    let mut postings = Postings::default();
    postings.transfer(source_free, target_free, outstanding);
    postings.transfer(target_debt, source_debt, owed.0);
    Ok(postings)
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        volunteer::rules::keys_with_aliases(
            world,
            match self {
                Self::TransferRequested { volunteer, .. } => *volunteer,
                Self::TransferAgreed { transfer }
                | Self::TransferReleased { transfer, .. }
                | Self::TransferAccepted { transfer }
                | Self::TransferRejected { transfer, .. }
                | Self::TransferCancelled { transfer }
                | Self::TransferExpired { transfer } => world.transfer(*transfer)?.volunteer,
            },
        )
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        match self {
            Self::TransferAccepted { transfer } => moving_books(world, *transfer),
            Self::TransferRequested { .. }
            | Self::TransferAgreed { .. }
            | Self::TransferReleased { .. }
            | Self::TransferRejected { .. }
            | Self::TransferCancelled { .. }
            | Self::TransferExpired { .. } => Ok(Postings::default()),
        }
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let mut step = |transfer: &TransferId, status| evolve_step(world, unsealed, *transfer, status);
        match self {
            Self::TransferAgreed { transfer } => step(transfer, TransferStatus::Requested),
            Self::TransferReleased { transfer, .. } => step(transfer, TransferStatus::Released),
            Self::TransferAccepted { transfer } => step(transfer, TransferStatus::Accepted),
            Self::TransferRejected { transfer, .. } => step(transfer, TransferStatus::Rejected),
            Self::TransferCancelled { transfer } => step(transfer, TransferStatus::Cancelled),
            Self::TransferExpired { transfer } => step(transfer, TransferStatus::Expired),
            Self::TransferRequested { volunteer, from_unit, to_unit, expires_at, proposed, .. } => {
                let status = if *proposed { TransferStatus::Proposed } else { TransferStatus::Requested };
                evolve_requested(world, unsealed, *volunteer, (*from_unit, *to_unit), (status, *expires_at))
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::TransferRequested { .. } => TransferId::new(unsealed.seq),
            Self::TransferAgreed { transfer }
            | Self::TransferReleased { transfer, .. }
            | Self::TransferAccepted { transfer }
            | Self::TransferRejected { transfer, .. }
            | Self::TransferCancelled { transfer }
            | Self::TransferExpired { transfer } => *transfer,
        };
        Ok(world.transfer(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_requested(
    world: &mut World,
    unsealed: &UnsealedEntry,
    volunteer: VolunteerId,
    (from_unit, to_unit): (UnitId, UnitId),
    (status, expires_at): (TransferStatus, Timestamp),
) -> Result<(), Stop> {
    let id = TransferId::new(unsealed.seq);
    world.put(Transfer {
        id,
        volunteer,
        from_unit,
        to_unit,
        status,
        requested_by: unsealed.actor,
        requested_at: unsealed.recorded_at,
        expires_at,
        changed_by: unsealed.actor,
        changed_at: unsealed.recorded_at,
    });
    if status.binds() {
        let mut volunteer = world.volunteer(volunteer)?.clone();
        volunteer.open_transfer = Some(id);
        world.put(volunteer);
    }
    Ok(())
}

/// Moves the transfer on: it binds the volunteer or, where that ends it, leaves the volunteer free for another.
pub(in crate::domain) fn evolve_step(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: TransferId,
    status: TransferStatus,
) -> Result<(), Stop> {
    let mut transfer = world.transfer(id)?.clone();
    transfer.status = status;
    transfer.changed_by = unsealed.actor;
    transfer.changed_at = unsealed.recorded_at;
    let mut volunteer = world.volunteer(transfer.volunteer)?.clone();
    if status.binds() && volunteer.open_transfer.is_none() {
        volunteer.open_transfer = Some(id);
        world.put(volunteer);
    } else if !status.is_open() && volunteer.open_transfer == Some(id) {
        volunteer.open_transfer = None;
        if status == TransferStatus::Accepted {
            move_membership(world, unsealed, &mut volunteer, transfer.to_unit);
            volunteer::rules::evolve_aliases(world, volunteer.id, |alias| alias.unit = transfer.to_unit)?;
        }
        world.put(volunteer);
    }
    world.put(transfer);
    Ok(())
}

/// The old membership ends and the new one begins at one instant.
fn move_membership(world: &mut World, unsealed: &UnsealedEntry, volunteer: &mut Volunteer, unit: UnitId) {
    world.put(volunteer::end_membership(volunteer, unsealed.seq, unsealed.recorded_at));
    volunteer.unit = unit;
    volunteer.member_entry = unsealed.seq;
    volunteer.member_since = unsealed.recorded_at;
    volunteer.version = unsealed.seq;
    world.put(Membership {
        volunteer: volunteer.id,
        entry: unsealed.seq,
        unit,
        starts_at: unsealed.recorded_at,
        ends_at: None,
        ended_entry: None,
    });
}
