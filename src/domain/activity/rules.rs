//! Rules of activities (活动): what may be done, and what follows.

use super::recruitment::holds_a_persons_number;
use super::{
    Activity, ActivityDetails, CancelActivity, CreateActivity, Event, LONGEST_WINDOW_MICROS, PublishActivity,
    Refusal, UpdateActivity,
};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::fence::RADIUS_METRES;
use crate::domain::happening::Happening;
use crate::domain::ids::ActivityId;
use crate::domain::outcome::Outcome;
use crate::domain::programme;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
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
        draft: cmd.draft,
    }))
}

/// What recruitment has to tell is told by then.
pub fn decide_publish(ctx: &Ctx, cmd: &PublishActivity) -> Result<Decision, Stop> {
    let activity = standing_activity(ctx, cmd.activity)?;
    if !activity.draft {
        return Err(Refusal::ActivityPublished.into());
    }
    activity.must_tell_enough()?;
    Ok(Decision::of(Event::ActivityPublished { activity: activity.id }))
}

/// The window stays as it is once service records rest on it; its start, once somebody has come. What has positions, and
/// is no draft, goes on telling what it has to.
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
    let (former, window) = (activity.details.window, cmd.details.window);
    let leaves_the_present =
        window.start == former.start && (window.end == former.end || window.end >= ctx.now);
    if activity.present > 0 && !leaves_the_present {
        return Err(Refusal::ActivityHasPresent.into());
    }
    if !activity.draft && ctx.world.positions_of(activity.id)?.next().is_some() {
        cmd.details.must_tell_enough()?;
    }
    Ok(Decision::of(Event::ActivityUpdated { activity: activity.id, details: cmd.details.clone() }))
}

/// An activity with live service records, or with people present, was held, and cannot be called off.
pub fn decide_cancel(ctx: &Ctx, cmd: &CancelActivity) -> Result<Decision, Stop> {
    let activity = standing_activity(ctx, cmd.activity)?;
    if activity.present > 0 {
        return Err(Refusal::ActivityHasPresent.into());
    }
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
    check_recruitment(details)?;
    if let Some(leader) = details.leader {
        ctx.must_be_active(ctx.world.volunteer(leader)?)?;
    }
    Ok(())
}

fn check_recruitment(details: &ActivityDetails) -> Result<(), Refusal> {
    let told = &details.recruitment;
    if told.texts().any(holds_a_persons_number) {
        return Err(Refusal::RecruitmentPersonal);
    }
    let end = details.window.end;
    let opens_before_it_closes = told.opens_at.is_none_or(|opens| opens < told.closes_at.unwrap_or(end));
    let are_before_the_end = [told.closes_at, told.withdraw_by].into_iter().flatten().all(|at| at <= end);
    if !opens_before_it_closes || !are_before_the_end {
        return Err(Refusal::EnrolmentTimesInvalid);
    }
    match told.fence {
        Some(fence) if !RADIUS_METRES.contains(&fence.radius_metres) => Err(Refusal::FenceInvalid),
        None if told.position_is_enough => Err(Refusal::FenceInvalid),
        _ => Ok(()),
    }
}

impl ActivityDetails {
    /// Refuses what tells less than recruitment has to.
    pub(in crate::domain) fn must_tell_enough(&self) -> Result<(), Refusal> {
        let missing = self.recruitment.missing(self.place.as_ref());
        if missing.is_empty() { Ok(()) } else { Err(Refusal::RecruitmentIncomplete { missing }) }
    }

    /// First instant from which volunteers sign up; none where they do as soon as it is published.
    #[must_use]
    pub const fn opens_at(&self) -> Option<Timestamp> {
        self.recruitment.opens_at
    }

    /// First instant from which volunteers sign up no more.
    #[must_use]
    pub fn closes_at(&self) -> Timestamp {
        self.recruitment.closes_at.unwrap_or(self.window.start)
    }
}

impl Activity {
    /// Refuses one that tells less than recruitment has to.
    pub(in crate::domain) fn must_tell_enough(&self) -> Result<(), Refusal> {
        self.details.must_tell_enough()
    }

    /// Refuses one that was called off, or that nobody may see yet.
    pub(in crate::domain) fn must_be_public(&self) -> Result<(), Refusal> {
        if self.cancelled {
            Err(Refusal::ActivityCancelled)
        } else if self.draft {
            Err(Refusal::ActivityIsDraft)
        } else {
            Ok(())
        }
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ActivityCreated { .. } => Vec::new(),
            Self::ActivityUpdated { activity, .. }
            | Self::ActivityPublished { activity }
            | Self::ActivityCancelled { activity } => vec![Key::Activity(*activity)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::ActivityCreated { programme, unit, measure, details, draft } => world.put(Activity {
                id: ActivityId::new(unsealed.seq),
                programme: *programme,
                unit: *unit,
                measure: *measure,
                details: details.clone(),
                cancelled: false,
                draft: *draft,
                present: 0,
                live_records: 0,
                version: unsealed.seq,
            }),
            Self::ActivityPublished { activity } => {
                evolve_changed(world, unsealed, *activity, |activity| activity.draft = false)?;
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
            Self::ActivityUpdated { activity, .. }
            | Self::ActivityPublished { activity }
            | Self::ActivityCancelled { activity } => *activity,
        };
        Ok(world.activity(id)?.clone().into())
    }
}

fn evolve_changed(
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

/// One who is present more, or fewer. The activity itself is unchanged, and so is its version.
pub(in crate::domain) fn count_present(world: &mut World, id: ActivityId, change: i64) -> Result<(), Stop> {
    let mut activity = world.activity(id)?.clone();
    activity.present += change;
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
