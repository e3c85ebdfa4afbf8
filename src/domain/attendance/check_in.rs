//! Coming: with a place where places are given, in time, and where the activity is.

use super::{CheckIn, Direction, Event, MOST_A_DAY, Refusal, SHOWN_SECONDS, Seen, Sighting};
use crate::domain::activity::{self, Activity};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::enrolment::EnrolmentStatus;
use crate::domain::fence::Lies;
use crate::domain::general;
use crate::domain::ids::{ActivityId, EnrolmentId, VolunteerId};
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop};
use chrono::Duration;

/// One open attendance a person, wherever. Who checks in again where they are, is told that they are there.
pub fn decide_check_in(ctx: &Ctx, cmd: &CheckIn) -> Result<Decision, Stop> {
    let (activity, volunteer) = must_be_seen(ctx, cmd.activity, cmd.volunteer, cmd.seen)?;
    ctx.must_be_active(volunteer)?;
    if let Some(open) = ctx.world.open_attendance_of(volunteer.id)? {
        if open.activity == activity.id {
            return Ok(Decision::as_it_is(open.version, open.clone()));
        }
        return Err(Refusal::AttendanceOpen { attendance: open.id, activity: open.activity }.into());
    }
    must_be_on(ctx, activity, Direction::In, cmd.seen)?;
    let enrolment = place_of(ctx, activity, volunteer.id, cmd.seen.by)?;
    let accuracy_metres = must_be_there(activity, cmd.seen)?;
    must_not_be_too_often(ctx, activity, volunteer.id)?;
    let (activity, volunteer, Seen { at, by, .. }) = (activity.id, volunteer.id, cmd.seen);
    Ok(Decision::of(Event::CheckedIn { activity, volunteer, enrolment, at, by, accuracy_metres }))
}

/// The volunteer's own doing, or that of who is in charge; what the service saw it saw a moment ago.
pub(super) fn must_be_seen<'w>(
    ctx: &Ctx<'w>,
    activity: ActivityId,
    volunteer: VolunteerId,
    seen: Seen,
) -> Result<(&'w Activity, &'w Volunteer), Stop> {
    ctx.world.want([Key::Activity(activity), Key::Volunteer(volunteer), Key::OpenAttendanceOf(volunteer)])?;
    let (activity, volunteer) = (ctx.world.activity(activity)?, ctx.world.volunteer(volunteer)?);
    if seen.by.is_by_oneself() {
        if ctx.actor != Actor::Volunteer(volunteer.id) {
            return Err(general::Refusal::NotPermitted.into());
        }
        if !ctx.is_of_the_tree_of(volunteer, activity)? {
            return Err(activity::Refusal::ActivityNotFound.into());
        }
    } else {
        must_be_in_charge(ctx, activity, volunteer.id)?;
    }
    let earliest = ctx.now.plus(-Duration::seconds(SHOWN_SECONDS));
    if seen.at < earliest || seen.at > ctx.now {
        return Err(Refusal::CheckCodeExpired.into());
    }
    Ok((activity, volunteer))
}

/// Somebody who is in charge of the activity, and sees to another's attendance. The service is nobody's witness: what it
/// enters as its own word it saw itself.
pub(super) fn must_be_in_charge(ctx: &Ctx, activity: &Activity, volunteer: VolunteerId) -> Result<(), Stop> {
    if ctx.actor == Actor::System {
        return Err(general::Refusal::NotPermitted.into());
    }
    ctx.must_lead(activity)?;
    if ctx.is_person(Actor::Volunteer(volunteer))? { Err(Refusal::AttendanceOfOwn.into()) } else { Ok(()) }
}

/// In from shortly before the activity to its end; out until shortly after: by as much as records may reach beyond its
/// window.
pub(super) fn must_be_on(
    ctx: &Ctx,
    activity: &Activity,
    direction: Direction,
    seen: Seen,
) -> Result<(), Stop> {
    activity.must_be_public()?;
    let (window, tolerance) = (activity.details.window, ctx.rules.window_tolerance);
    let ends_at = window.start.plus(-tolerance);
    if seen.at < ends_at {
        return Err(Refusal::CheckInTooEarly { ends_at }.into());
    }
    let is_over = match direction {
        Direction::In => seen.at >= window.end,
        Direction::Out => seen.at >= window.end.plus(tolerance),
    };
    if is_over { Err(Refusal::AttendanceOver.into()) } else { Ok(()) }
}

/// The place that somebody has in the activity. Where it has positions, who has none is let in by who is in charge only.
fn place_of(
    ctx: &Ctx,
    activity: &Activity,
    volunteer: VolunteerId,
    by: Sighting,
) -> Result<Option<EnrolmentId>, Stop> {
    let enrolment = ctx.world.enrolment_at(volunteer, activity.id)?;
    let has_place = |status| matches!(status, EnrolmentStatus::Enrolled | EnrolmentStatus::Attended);
    let place = enrolment.filter(|enrolment| has_place(enrolment.status)).map(|enrolment| enrolment.id);
    let takes_all = ctx.world.positions_of(activity.id)?.next().is_none();
    if place.is_none() && by.is_by_oneself() && !takes_all {
        return Err(Refusal::NotEnrolled.into());
    }
    Ok(place)
}

/// How exact the position was that speaks for it, where one is looked at.
pub(super) fn must_be_there(activity: &Activity, seen: Seen) -> Result<Option<i64>, Refusal> {
    let told = &activity.details.recruitment;
    let fence = match (seen.by, told.fence) {
        (Sighting::LeaderScan | Sighting::RollCall, _) | (Sighting::WallCode, None) => return Ok(None),
        (Sighting::Position, Some(_)) if !told.position_is_enough => return Err(Refusal::PositionNotEnough),
        (Sighting::Position, None) => return Err(Refusal::PositionNotEnough),
        (Sighting::WallCode | Sighting::Position, Some(fence)) => fence,
    };
    let position = seen.position.ok_or(Refusal::PositionNeeded)?;
    match fence.place(position) {
        Lies::Inside => Ok(Some(position.accuracy_metres)),
        Lies::Outside => Err(Refusal::OutsideFence),
        Lies::TooCoarse => Err(Refusal::PositionTooCoarse),
    }
}

fn must_not_be_too_often(ctx: &Ctx, activity: &Activity, volunteer: VolunteerId) -> Result<(), Stop> {
    let zone = ctx.rules.zone;
    let before = ctx.world.attendances_at(volunteer, activity.id)?;
    let today = before.iter().filter(|before| zone.date_of(before.checked_in_at) == ctx.today()).count();
    if today < MOST_A_DAY { Ok(()) } else { Err(Refusal::CheckedInTooOften.into()) }
}
