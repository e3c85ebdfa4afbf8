//! Objections (异议): while a record is on notice, any member of its unit may say what is wrong with it.
//!
//! An open objection holds the crediting. Somebody who neither entered the record nor objected resolves
//! it: upheld, which rejects the record in the same entry, or dismissed. Each objection is answered for
//! itself, also where the record has been rejected meanwhile.

use super::actor::Actor;
use super::command::{Committed, Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{ObjectionId, RecordId, Seq, UnitId, VolunteerId};
use super::notice;
use super::record::{self, RecordStatus};
use super::rejection::Rejection;
use super::rules::Rules;
use super::text::Note;
use super::time::Timestamp;
use super::unit::Unit;
use super::world::{Key, Row, Stop, World};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where an objection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionStatus {
    /// To be resolved; holds the crediting.
    Open,
    /// It was right: the record is rejected.
    Upheld,
    /// It was not.
    Dismissed,
}

impl ObjectionStatus {
    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }
}

impl fmt::Display for ObjectionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One person's objection to one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    pub id: ObjectionId,
    pub record: RecordId,
    /// The record's unit.
    pub unit: UnitId,
    /// Whose record it is.
    pub volunteer: VolunteerId,
    pub raised_by: Actor,
    pub raised_at: Timestamp,
    pub status: ObjectionStatus,
    pub resolved_by: Option<Actor>,
    pub resolved_at: Option<Timestamp>,
    /// The entry beside which the reason of the resolution is kept.
    pub resolved_entry: Option<Seq>,
}

impl Row for Objection {
    type Key = ObjectionId;
    fn key(&self) -> ObjectionId {
        self.id
    }
}

/// Says what is wrong with a record on notice.
#[derive(Clone, Debug)]
pub struct RaiseObjection {
    pub record: RecordId,
    pub reason: Committed<Note>,
}

/// Answers an objection.
#[derive(Clone, Debug)]
pub struct ResolveObjection {
    pub objection: ObjectionId,
    /// Whether it was right.
    pub upheld: bool,
    pub reason: Committed<Note>,
}

/// A member of the record's unit objects, once, while the notice runs.
pub fn decide_raise(ctx: &Ctx, cmd: &RaiseObjection) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    must_be_member(ctx, ctx.world.unit(record.unit)?)?;
    record::must_be_submitted(record)?;
    notice::must_be_running(ctx, record)?;
    if let Some(objection) = ctx.world.objection_by(record.id, ctx.actor)? {
        return Err(Rejection::ObjectionRepeated { objection }.into());
    }
    Ok(Decision::of(Event::ObjectionRaised { record: record.id, reason: cmd.reason.commitment })
        .effective(record.service_date)
        .with_note(Some(&cmd.reason)))
}

/// Whoever answers for the record's unit resolves it; neither who entered the record, nor who objected,
/// nor whose hours they are.
pub fn decide_resolve(ctx: &Ctx, cmd: &ResolveObjection) -> Result<Decision, Stop> {
    let objection = ctx.world.objection(cmd.objection)?;
    ctx.world.want([Key::Record(objection.record), Key::Unit(objection.unit)])?;
    let record = ctx.world.record(objection.record)?;
    ctx.must_answer_for(ctx.world.unit(objection.unit)?)?;
    if objection.status != ObjectionStatus::Open {
        return Err(Rejection::ObjectionNotOpen { status: objection.status }.into());
    }
    if ctx.is_person(Actor::Volunteer(record.volunteer))? {
        return Err(Rejection::ApprovalOfOwnHours.into());
    }
    if ctx.is_person(objection.raised_by)? {
        return Err(Rejection::ResolutionByObjector.into());
    }
    if ctx.is_person(record.submitted_by)? {
        return Err(Rejection::ResolutionByRecorder.into());
    }
    let (objection, reason) = (objection.id, cmd.reason.commitment);
    let event = if cmd.upheld {
        Event::ObjectionUpheld { objection, reason }
    } else {
        Event::ObjectionDismissed { objection, reason }
    };
    Ok(Decision::of(event).effective(record.service_date).with_note(Some(&cmd.reason)))
}

/// Volunteers of the unit or one under it, and whoever answers for it.
fn must_be_member(ctx: &Ctx, unit: &Unit) -> Result<(), Stop> {
    let Actor::Volunteer(id) = ctx.actor else { return ctx.must_answer_for(unit) };
    let own = ctx.world.unit(ctx.world.volunteer(id)?.unit)?;
    if own.is_within(unit.id) { Ok(()) } else { Err(Rejection::NotPermitted.into()) }
}

/// What an objection's end reads beside the objection.
pub(super) fn keys_of_resolution(world: &World, id: ObjectionId) -> Result<Vec<Key>, Stop> {
    let record = world.record(world.objection(id)?.record)?;
    Ok(vec![Key::Activity(record.activity)])
}

pub(super) fn evolve_raised(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    record.open_objections += 1;
    world.put_objection(Objection {
        id: ObjectionId::new(draft.seq),
        record: record.id,
        unit: record.unit,
        volunteer: record.volunteer,
        raised_by: draft.actor,
        raised_at: draft.recorded_at,
        status: ObjectionStatus::Open,
        resolved_by: None,
        resolved_at: None,
        resolved_entry: None,
    });
    record::put(world, rules, record);
    Ok(())
}

/// Ends the objection; one that is upheld rejects the record, unless that was done before.
pub(super) fn evolve_resolved(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: ObjectionId,
    status: ObjectionStatus,
) -> Result<(), Stop> {
    let mut objection = world.objection(id)?.clone();
    objection.status = status;
    objection.resolved_by = Some(draft.actor);
    objection.resolved_at = Some(draft.recorded_at);
    objection.resolved_entry = Some(draft.seq);
    let mut record = world.record(objection.record)?.clone();
    record.open_objections -= 1;
    let rejects = status == ObjectionStatus::Upheld && record.status == RecordStatus::Submitted;
    let record_id = record.id;
    world.put_objection(objection);
    record::put(world, rules, record);
    if rejects { record::evolve_rejected(world, rules, draft, record_id) } else { Ok(()) }
}
