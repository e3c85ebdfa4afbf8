//! Rules of service records (服务记录): what may be done, and what follows.

pub use super::credit::{decide_credit, decide_credit_seen};
pub(in crate::domain) use super::submit::check_time;
pub use super::submit::decide_submit;
pub(in crate::domain) use super::submit::submission;
pub use super::two_persons::decide_confirm;
pub use super::void::decide_void;
pub use super::withdraw::decide_withdraw;

use super::along;
use super::credit::{Served, crediting_service};
use super::void::voiding;
use super::{Award, Crediting, Event, RecordStatus, RejectRecord, ServiceRecord, local_days};
use crate::domain::account::Postings;
use crate::domain::activity;
use crate::domain::amounts::{Minutes, Points};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{LotId, RecordId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::{Draw, Lot, Repayment};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::time::year_month;
use crate::domain::world::{Key, Stop, World};

/// A refused record frees the person's time, and is never counted.
pub fn decide_reject(ctx: &Ctx, cmd: &RejectRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    ctx.must_answer_for(ctx.world.unit(record.unit)?)?;
    record.must_be_submitted()?;
    Ok(Decision::of(Event::RecordRejected { record: record.id, reason: cmd.reason.commitment })
        .effective(record.service_date)
        .with_words_about(record.volunteer, [&cmd.reason]))
}

impl Happening for Event {
    fn keys(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::RecordSubmitted { activity, volunteer, crediting, objections, .. } => {
                let fixed = [Key::Activity(*activity), Key::Volunteer(*volunteer)];
                let fixed = fixed.into_iter().chain(along::keys(world, objections)?);
                let settled = crediting.iter().flat_map(|crediting| keys_of_crediting(unsealed, crediting));
                fixed.into_iter().chain(settled).collect()
            }
            Self::RecordCredited { record, crediting } => {
                let volunteer = world.record(*record)?.volunteer;
                [Key::Volunteer(volunteer)]
                    .into_iter()
                    .chain(keys_of_crediting(unsealed, crediting))
                    .collect()
            }
            Self::RecordConfirmed { record } => vec![Key::Record(*record)],
            Self::RecordRejected { record, .. } | Self::RecordWithdrawn { record } => {
                vec![Key::Activity(world.record(*record)?.activity)]
            }
            Self::RecordVoided { record, taken, .. } => {
                let record = world.record(*record)?;
                let person = world.person_of(record.volunteer)?;
                let fixed = [Key::Activity(record.activity), Key::Volunteer(person)];
                fixed.into_iter().chain(record.lot.map(Key::Lot)).chain(lot::rules::keys(taken)).collect()
            }
        })
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        match self {
            Self::RecordSubmitted { crediting: None, .. }
            | Self::RecordConfirmed { .. }
            | Self::RecordRejected { .. }
            | Self::RecordWithdrawn { .. } => Ok(Postings::default()),
            Self::RecordSubmitted {
                activity,
                volunteer,
                evidence,
                service_date,
                crediting: Some(crediting),
                ..
            } => {
                let (activity, volunteer) = (*activity, *volunteer);
                let served = Served { activity, volunteer, evidence: *evidence, date: *service_date };
                Ok(crediting_service(&served, crediting))
            }
            Self::RecordCredited { record, crediting } => {
                let ServiceRecord { activity, volunteer, evidence, service_date: date, .. } =
                    *world.record(*record)?;
                Ok(crediting_service(&Served { activity, volunteer, evidence, date }, crediting))
            }
            Self::RecordVoided { record, taken, owed, .. } => {
                voiding(world, world.record(*record)?, (taken, *owed))
            }
        }
    }

    fn evolve(&self, world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::RecordSubmitted { .. } => evolve_submitted(world, rules, unsealed, self),
            Self::RecordConfirmed { record } => evolve_confirmed(world, rules, unsealed, *record),
            Self::RecordCredited { record, crediting } => {
                evolve_credited(world, rules, unsealed, *record, crediting)
            }
            Self::RecordRejected { record, .. } => evolve_rejected(world, rules, unsealed, *record),
            Self::RecordWithdrawn { record } => {
                evolve_ended(world, rules, unsealed, *record, RecordStatus::Withdrawn)
            }
            Self::RecordVoided { record, taken, owed, kept_by_lot, .. } => {
                evolve_voided(world, rules, unsealed, *record, (taken, *owed, *kept_by_lot))
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::RecordSubmitted { .. } => RecordId::new(unsealed.seq),
            Self::RecordConfirmed { record }
            | Self::RecordCredited { record, .. }
            | Self::RecordRejected { record, .. }
            | Self::RecordWithdrawn { record }
            | Self::RecordVoided { record, .. } => *record,
        };
        Ok(world.record(id)?.clone().into())
    }
}

/// The lots that settle a debt and those that owe it, but for the new one, which the entry itself makes.
fn keys_of_crediting<'e>(
    unsealed: &'e UnsealedEntry,
    crediting: &'e Crediting,
) -> impl Iterator<Item = Key> + use<'e> {
    let parts =
        |award: &'e Award| lot::rules::keys(&award.settled).chain(lot::rules::keys_of_owing(&award.repaid));
    let keys = crediting.award.iter().flat_map(parts);
    keys.filter(|key| *key != Key::Lot(LotId::new(unsealed.seq)))
}

fn evolve_submitted(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    event: &Event,
) -> Result<(), Stop> {
    let Event::RecordSubmitted {
        activity: activity_id,
        volunteer,
        service,
        breaks,
        evidence,
        count,
        claimed_minutes,
        service_date,
        late,
        record_by,
        notice_ends_at,
        crediting,
        objections,
        ..
    } = event
    else {
        return Ok(());
    };
    let activity = world.activity(*activity_id)?;
    let (programme, unit) = (activity.programme, activity.unit);
    activity::rules::count_record(world, *activity_id, 1)?;
    let mut record = ServiceRecord {
        id: RecordId::new(unsealed.seq),
        activity: *activity_id,
        programme,
        unit,
        volunteer: *volunteer,
        started_at: service.start,
        ended_at: service.end,
        breaks: breaks.clone(),
        evidence: *evidence,
        count: *count,
        claimed_minutes: *claimed_minutes,
        credited_minutes: Minutes::ZERO,
        deductions: Vec::new(),
        status: RecordStatus::Submitted,
        late: *late,
        record_by: *record_by,
        notice_ends_at: *notice_ends_at,
        open_objections: 0,
        service_date: *service_date,
        submitted_by: unsealed.actor,
        submitted_at: unsealed.recorded_at,
        confirmed_at: None,
        decided_by: None,
        decided_at: None,
        credited_alone: false,
        credited_entry: None,
        voided_by: None,
        voided_at: None,
        voided_entry: None,
        lot: None,
        version: unsealed.seq,
    };
    along::evolve(world, rules, &mut record, objections)?;
    if let Some(crediting) = crediting {
        apply_crediting(world, unsealed, &mut record, crediting)?;
    }
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn evolve_confirmed(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    record.confirmed_at = Some(unsealed.recorded_at);
    record.version = unsealed.seq;
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn evolve_credited(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
    crediting: &Crediting,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    apply_crediting(world, unsealed, &mut record, crediting)?;
    put(world, rules, record);
    Ok(())
}

fn apply_crediting(
    world: &mut World,
    unsealed: &UnsealedEntry,
    record: &mut ServiceRecord,
    crediting: &Crediting,
) -> Result<(), Stop> {
    record.status = RecordStatus::Credited;
    record.credited_minutes = crediting.credited_minutes;
    record.deductions.clone_from(&crediting.deductions);
    record.decided_by = Some(unsealed.actor);
    record.decided_at = Some(unsealed.recorded_at);
    record.credited_entry = Some(unsealed.seq);
    record.credited_alone = crediting.alone;
    record.version = unsealed.seq;
    count_alone(world, record, record.credited_minutes);
    if let Some(award) = &crediting.award {
        let id = LotId::new(unsealed.seq);
        record.lot = Some(id);
        world.put_lot(Lot {
            id,
            volunteer: record.volunteer,
            record: record.id,
            policy: award.policy,
            issued_by: award.issued_by,
            service_month: award.service_month,
            points: award.points,
            remaining: award.points,
            lapsed: Points::ZERO,
            expires_at: award.expires_at,
            voided: false,
            owed: Points::ZERO,
            lenders: Vec::new(),
            expiry_announced_at: None,
        });
        world.add_earned(record.volunteer, award.service_month, award.points);
        settle(world, record.volunteer, (&award.settled, &award.repaid))?;
    }
    Ok(())
}

/// Minutes that one person alone credited, or that are taken back where they are negative.
fn count_alone(world: &mut World, record: &ServiceRecord, minutes: Minutes) {
    if record.credited_alone {
        world.add_credited_alone(record.volunteer, year_month(record.service_date), minutes);
    }
}

/// Pays a debt off with the draws.
pub(in crate::domain) fn settle(
    world: &mut World,
    volunteer: VolunteerId,
    (settled, repaid): (&[Draw], &[Repayment]),
) -> Result<(), Stop> {
    if settled.is_empty() {
        return Ok(());
    }
    lot::rules::take(world, settled)?;
    lot::rules::repay(world, repaid)?;
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.debt -= lot::total(settled);
    world.put(volunteer);
    Ok(())
}

pub(in crate::domain) fn evolve_rejected(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
) -> Result<(), Stop> {
    evolve_ended(world, rules, unsealed, id, RecordStatus::Rejected)
}

/// What waited counts no more among what is live, and never counted.
fn evolve_ended(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
    status: RecordStatus,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::rules::count_record(world, record.activity, -1)?;
    record.status = status;
    record.decided_by = Some(unsealed.actor);
    record.decided_at = Some(unsealed.recorded_at);
    record.version = unsealed.seq;
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn evolve_voided(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
    (taken, owed, kept_by_lot): (&[Draw], Points, bool),
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::rules::count_record(world, record.activity, -1)?;
    lot::rules::take(world, taken)?;
    if let Some(lot) = record.lot {
        let mut lot = world.lot(lot)?.clone();
        lot.voided = true;
        if kept_by_lot {
            lot.owed = owed;
            lot.lenders = taken.iter().filter(|draw| draw.lot != lot.id).copied().collect();
        }
        world.add_earned(lot.volunteer, lot.service_month, -lot.points);
        world.put_lot(lot);
        let mut volunteer = world.volunteer(world.person_of(record.volunteer)?)?.clone();
        volunteer.debt += owed;
        world.put(volunteer);
    }
    count_alone(world, &record, -record.credited_minutes);
    record.status = RecordStatus::Voided;
    record.voided_by = Some(unsealed.actor);
    record.voided_at = Some(unsealed.recorded_at);
    record.voided_entry = Some(unsealed.seq);
    record.version = unsealed.seq;
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn put(world: &mut World, rules: &Rules, record: ServiceRecord) {
    let days = local_days(record.interval(), rules.zone);
    world.put_record(record, &days);
}
