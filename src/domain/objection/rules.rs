//! Rules of objections (异议): what may be done, and what follows.

use super::{
    Event, MOST_OPEN_OBJECTIONS, Objection, ObjectionStatus, RaiseObjection, Refusal, Resolution,
    ResolveObjection,
};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{ObjectionId, RecordId};
use crate::domain::notice;
use crate::domain::outcome::Outcome;
use crate::domain::record;
use crate::domain::record::RecordStatus;
use crate::domain::rules::Rules;
use crate::domain::unit::Unit;
use crate::domain::world::{Key, Stop, World};

/// A member of the record's unit objects, once, while the notice runs.
pub fn decide_raise(ctx: &Ctx, cmd: &RaiseObjection) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    must_be_member(ctx, ctx.world.unit(record.unit)?)?;
    record.must_be_submitted()?;
    notice::rules::must_be_running(ctx, record)?;
    for former in ctx.world.objections_to(record.id)? {
        if ctx.is_person(former.raised_by)? {
            return Err(Refusal::ObjectionRepeated { objection: former.id }.into());
        }
    }
    if let Actor::Volunteer(volunteer) = ctx.actor
        && ctx.world.open_objections_by(volunteer)? >= MOST_OPEN_OBJECTIONS
    {
        return Err(Refusal::ObjectionsTooMany.into());
    }
    Ok(Decision::of(Event::ObjectionRaised { record: record.id, reason: cmd.reason.commitment })
        .effective(record.service_date)
        .with_words_about(record.volunteer, [&cmd.reason]))
}

/// An operator who answers for the record's unit resolves it; neither who entered the record, nor who objected,
/// nor whose hours they are.
pub fn decide_resolve(ctx: &Ctx, cmd: &ResolveObjection) -> Result<Decision, Stop> {
    let objection = ctx.world.objection(cmd.objection)?;
    ctx.world.want([Key::Record(objection.record), Key::Unit(objection.unit)])?;
    let record = ctx.world.record(objection.record)?;
    ctx.must_answer_for(ctx.world.unit(objection.unit)?)?;
    if objection.status != ObjectionStatus::Open {
        return Err(Refusal::ObjectionNotOpen { status: objection.status }.into());
    }
    if ctx.is_person(Actor::Volunteer(record.volunteer))? {
        return Err(record::Refusal::ApprovalOfOwnHours.into());
    }
    if ctx.is_person(objection.raised_by)? {
        return Err(Refusal::ResolutionByObjector.into());
    }
    if ctx.is_person(record.submitted_by)? {
        return Err(Refusal::ResolutionByRecorder.into());
    }
    let (objection, reason) = (objection.id, cmd.reason.commitment);
    let event = if cmd.upheld {
        Event::ObjectionUpheld { objection, reason }
    } else {
        Event::ObjectionDismissed { objection, reason }
    };
    Ok(Decision::of(event).effective(record.service_date).with_words_about(record.volunteer, [&cmd.reason]))
}

/// Volunteers of the unit or one under it, and operators who answer for it.
fn must_be_member(ctx: &Ctx, unit: &Unit) -> Result<(), Stop> {
    let Actor::Volunteer(id) = ctx.actor else { return ctx.must_answer_for(unit) };
    let own = ctx.world.unit(ctx.world.volunteer(id)?.unit)?;
    if own.is_within(unit.id) { Ok(()) } else { Err(general::Refusal::NotPermitted.into()) }
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ObjectionRaised { record, .. } => vec![Key::Record(*record)],
            Self::ObjectionUpheld { objection, .. } | Self::ObjectionDismissed { objection, .. } => {
                let record = world.record(world.objection(*objection)?.record)?;
                vec![Key::Activity(record.activity)]
            }
        })
    }

    fn evolve(&self, world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::ObjectionRaised { record, .. } => evolve_raised(world, rules, unsealed, *record),
            Self::ObjectionUpheld { objection, .. } => {
                evolve_resolved(world, rules, unsealed, *objection, ObjectionStatus::Upheld)
            }
            Self::ObjectionDismissed { objection, .. } => {
                evolve_resolved(world, rules, unsealed, *objection, ObjectionStatus::Dismissed)
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::ObjectionRaised { .. } => ObjectionId::new(unsealed.seq),
            Self::ObjectionUpheld { objection, .. } | Self::ObjectionDismissed { objection, .. } => {
                *objection
            }
        };
        Ok(world.objection(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_raised(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: RecordId,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    record.open_objections += 1;
    world.put_objection(Objection {
        id: ObjectionId::new(unsealed.seq),
        record: record.id,
        unit: record.unit,
        volunteer: record.volunteer,
        raised_by: unsealed.actor,
        raised_at: unsealed.recorded_at,
        status: ObjectionStatus::Open,
        resolved_by: None,
        resolved_at: None,
        resolved_entry: None,
    });
    record::rules::put(world, rules, record);
    Ok(())
}

/// Ends the objection; one that is upheld rejects the record, unless that was done before.
pub(in crate::domain) fn evolve_resolved(
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    id: ObjectionId,
    status: ObjectionStatus,
) -> Result<(), Stop> {
    let mut objection = world.objection(id)?.clone();
    objection.status = status;
    objection.resolved_by = Some(unsealed.actor);
    objection.resolved_at = Some(unsealed.recorded_at);
    objection.resolved_entry = Some(unsealed.seq);
    let mut record = world.record(objection.record)?.clone();
    record.open_objections -= 1;
    let rejects = status == ObjectionStatus::Upheld && record.status == RecordStatus::Submitted;
    let record_id = record.id;
    world.put_objection(objection);
    world.put(Resolution { objection: id, entry: unsealed.seq });
    record::rules::put(world, rules, record);
    if rejects { record::rules::evolve_rejected(world, rules, unsealed, record_id) } else { Ok(()) }
}
