//! Rules of activities (活动): what may be done, and what follows.

use super::{
    Activity, ActivityDetails, CancelActivity, CreateActivity, Event, LONGEST_WINDOW_MICROS, Measure,
    Refusal, UpdateActivity,
};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{ActivityId, ProgrammeId, UnitId};
use crate::domain::outcome::Outcome;
use crate::domain::programme;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// A unit carries out its own programmes and those of the units above it.
pub fn decide_create(ctx: &Ctx, cmd: &CreateActivity) -> Result<Decision, Stop> {
    ctx.world.want([Key::Programme(cmd.programme), Key::Unit(cmd.unit)])?;
    let unit = ctx.world.unit(cmd.unit)?;
    let programme = ctx.world.programme(cmd.programme)?;
    ctx.must_answer_for(unit)?;
    if programme.closed {
        return Err(programme::Refusal::ProgrammeClosed.into());
    }
    if !unit.is_within(programme.unit) {
        return Err(Refusal::ActivityOutsideProgramme.into());
    }
    check_details(ctx, &cmd.details)?;
    Ok(Decision::of(Event::ActivityCreated {
        programme: cmd.programme,
        unit: cmd.unit,
        measure: cmd.measure,
        details: cmd.details.clone(),
    }))
}

/// The window stays as it is once service records rest on it.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateActivity) -> Result<Decision, Stop> {
    let activity = standing_activity(ctx, cmd.activity)?;
    must_be_current(cmd.expected, activity.version)?;
    if cmd.details == activity.details {
        return Ok(Decision::as_it_is(activity.version, activity.clone()));
    }
    if activity.live_records > 0 && cmd.details.window != activity.details.window {
        return Err(Refusal::ActivityHasRecords.into());
    }
    check_details(ctx, &cmd.details)?;
    Ok(Decision::of(Event::ActivityUpdated { activity: activity.id, details: cmd.details.clone() }))
}

/// An activity with live service records was held, and cannot be called off.
pub fn decide_cancel(ctx: &Ctx, cmd: &CancelActivity) -> Result<Decision, Stop> {
    let activity = standing_activity(ctx, cmd.activity)?;
    if activity.live_records > 0 {
        return Err(Refusal::ActivityHasRecords.into());
    }
    Ok(Decision::of(Event::ActivityCancelled { activity: activity.id }))
}

fn standing_activity<'w>(ctx: &Ctx<'w>, id: ActivityId) -> Result<&'w Activity, Stop> {
    let activity = ctx.world.activity(id)?;
    ctx.must_answer_for(ctx.world.unit(activity.unit)?)?;
    if activity.cancelled { Err(Refusal::ActivityCancelled.into()) } else { Ok(activity) }
}

fn check_details(ctx: &Ctx, details: &ActivityDetails) -> Result<(), Stop> {
    if !(1..=LONGEST_WINDOW_MICROS).contains(&details.window.micros()) {
        return Err(Refusal::WindowInvalid.into());
    }
    if let Some(leader) = details.leader {
        ctx.must_be_active(ctx.world.volunteer(leader)?)?;
    }
    Ok(())
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ActivityCreated { .. } => Vec::new(),
            Self::ActivityUpdated { activity, .. } | Self::ActivityCancelled { activity } => {
                vec![Key::Activity(*activity)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::ActivityCreated { programme, unit, measure, details } => {
                evolve_created(world, unsealed, (*programme, *unit), *measure, details);
            }
            Self::ActivityUpdated { activity, details } => {
                evolve_changed(world, unsealed, *activity, |activity| activity.details.clone_from(details))?;
            }
            Self::ActivityCancelled { activity } => {
                evolve_changed(world, unsealed, *activity, |activity| activity.cancelled = true)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::ActivityCreated { .. } => ActivityId::new(unsealed.seq),
            Self::ActivityUpdated { activity, .. } | Self::ActivityCancelled { activity } => *activity,
        };
        Ok(world.activity(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (programme, unit): (ProgrammeId, UnitId),
    measure: Measure,
    details: &ActivityDetails,
) {
    world.put(Activity {
        id: ActivityId::new(unsealed.seq),
        programme,
        unit,
        measure,
        details: details.clone(),
        cancelled: false,
        live_records: 0,
        version: unsealed.seq,
    });
}

pub(in crate::domain) fn evolve_changed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: ActivityId,
    change: impl FnOnce(&mut Activity),
) -> Result<(), Stop> {
    let mut activity = world.activity(id)?.clone();
    change(&mut activity);
    activity.version = unsealed.seq;
    world.put(activity);
    Ok(())
}

/// One live record more, or fewer. The activity itself is unchanged, and so is its version.
pub(in crate::domain) fn count_record(world: &mut World, id: ActivityId, change: i64) -> Result<(), Stop> {
    let mut activity = world.activity(id)?.clone();
    activity.live_records += change;
    world.put(activity);
    Ok(())
}
