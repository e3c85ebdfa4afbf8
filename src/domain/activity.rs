//! Activities (活动): dated occasions of a programme, in whose window service is given.

use super::command::{Ctx, Decision, must_be_current};
use super::event::{Draft, Event};
use super::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use super::rejection::Rejection;
use super::text::Name;
use super::time::Interval;
use super::world::{Key, Row, Stop, World};
use serde::{Deserialize, Serialize};

/// What an activity's service is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Minutes served.
    Minutes,
    /// Occasions, such as blood donations: they earn points, never minutes.
    Count,
}

/// What may be changed of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDetails {
    pub name: Name,
    pub place: Option<Name>,
    /// When service may be given.
    pub window: Interval,
    /// How many people are wanted.
    pub headcount: Option<i64>,
    /// The volunteer in charge on the spot.
    pub leader: Option<VolunteerId>,
}

/// A dated occasion of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    pub programme: ProgrammeId,
    /// The unit that carries it out, and where its hours stay.
    pub unit: UnitId,
    pub measure: Measure,
    pub details: ActivityDetails,
    pub cancelled: bool,
    /// Submitted and credited records that rest on it.
    pub live_records: i64,
    pub version: Seq,
}

impl Row for Activity {
    type Key = ActivityId;
    fn key(&self) -> ActivityId {
        self.id
    }
}

/// Announces an activity.
#[derive(Clone, Debug)]
pub struct CreateActivity {
    pub programme: ProgrammeId,
    /// The programme's unit or one under it.
    pub unit: UnitId,
    pub measure: Measure,
    pub details: ActivityDetails,
}

/// Replaces what may be changed of an activity.
#[derive(Clone, Debug)]
pub struct UpdateActivity {
    pub activity: ActivityId,
    pub expected: Option<Seq>,
    pub details: ActivityDetails,
}

/// Calls an activity off.
#[derive(Clone, Debug)]
pub struct CancelActivity {
    pub activity: ActivityId,
}

const LONGEST_WINDOW_MICROS: i64 = 366 * 24 * 3600 * 1_000_000;

/// A unit carries out its own programmes and those of the units above it.
pub fn decide_create(ctx: &Ctx, cmd: &CreateActivity) -> Result<Decision, Stop> {
    ctx.world.want([Key::Programme(cmd.programme), Key::Unit(cmd.unit)])?;
    let unit = ctx.world.unit(cmd.unit)?;
    let programme = ctx.world.programme(cmd.programme)?;
    ctx.must_answer_for(unit)?;
    if programme.closed {
        return Err(Rejection::ProgrammeClosed.into());
    }
    if !unit.is_within(programme.unit) {
        return Err(Rejection::ActivityOutsideProgramme.into());
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
    if activity.live_records > 0 && cmd.details.window != activity.details.window {
        return Err(Rejection::ActivityHasRecords.into());
    }
    check_details(ctx, &cmd.details)?;
    Ok(Decision::of(Event::ActivityUpdated { activity: activity.id, details: cmd.details.clone() }))
}

/// An activity with live service records was held, and cannot be called off.
pub fn decide_cancel(ctx: &Ctx, cmd: &CancelActivity) -> Result<Decision, Stop> {
    let activity = standing_activity(ctx, cmd.activity)?;
    if activity.live_records > 0 {
        return Err(Rejection::ActivityHasRecords.into());
    }
    Ok(Decision::of(Event::ActivityCancelled { activity: activity.id }))
}

fn standing_activity<'w>(ctx: &Ctx<'w>, id: ActivityId) -> Result<&'w Activity, Stop> {
    let activity = ctx.world.activity(id)?;
    ctx.must_answer_for(ctx.world.unit(activity.unit)?)?;
    if activity.cancelled { Err(Rejection::ActivityCancelled.into()) } else { Ok(activity) }
}

fn check_details(ctx: &Ctx, details: &ActivityDetails) -> Result<(), Stop> {
    if !(1..=LONGEST_WINDOW_MICROS).contains(&details.window.micros()) {
        return Err(Rejection::WindowInvalid.into());
    }
    if let Some(leader) = details.leader {
        ctx.world.volunteer(leader)?.must_be_active()?;
    }
    Ok(())
}

pub(super) fn evolve_created(
    world: &mut World,
    draft: &Draft,
    (programme, unit): (ProgrammeId, UnitId),
    measure: Measure,
    details: &ActivityDetails,
) {
    world.put_activity(Activity {
        id: ActivityId::new(draft.seq),
        programme,
        unit,
        measure,
        details: details.clone(),
        cancelled: false,
        live_records: 0,
        version: draft.seq,
    });
}

pub(super) fn evolve_changed(
    world: &mut World,
    draft: &Draft,
    id: ActivityId,
    change: impl FnOnce(&mut Activity),
) -> Result<(), Stop> {
    let mut activity = world.activity(id)?.clone();
    change(&mut activity);
    activity.version = draft.seq;
    world.put_activity(activity);
    Ok(())
}

/// One live record more, or fewer. The activity itself is unchanged, and so is its version.
pub(super) fn count_record(world: &mut World, id: ActivityId, change: i64) -> Result<(), Stop> {
    let mut activity = world.activity(id)?.clone();
    activity.live_records += change;
    world.put_activity(activity);
    Ok(())
}
