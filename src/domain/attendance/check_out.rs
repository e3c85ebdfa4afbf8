//! Going: the service record follows in the same step, from what the service saw.

use super::check_in::{must_be_on, must_be_seen, must_be_there};
use super::sighting::weaker;
use super::{
    Attendance, AttendanceStatus, CheckOut, Direction, Event, LeaveUnfinished, NoRecord, Refusal,
    SHOWN_SECONDS, Seen,
};
use crate::domain::activity::{Activity, Measure};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::{Decision, Part};
use crate::domain::evidence::Evidence;
use crate::domain::ids::RecordId;
use crate::domain::record::{self, SubmitRecord};
use crate::domain::rejection::Rejection;
use crate::domain::time::{Interval, Timestamp};
use crate::domain::volunteer;
use crate::domain::world::Stop;
use chrono::Duration;

/// What the service saw is its own word; where who is in charge called the roll, it is theirs.
pub fn decide_check_out(ctx: &Ctx, cmd: &CheckOut) -> Result<Decision, Stop> {
    let (activity, volunteer) = must_be_seen(ctx, cmd.activity, cmd.volunteer, cmd.seen)?;
    let open = ctx.world.open_attendance_of(volunteer.id)?;
    let Some(attendance) = open.filter(|open| open.activity == activity.id) else {
        return match just_ended(ctx, activity, volunteer)? {
            Some(ended) => Ok(Decision::as_it_is(ended.version, ended.clone())),
            None => Err(Refusal::AttendanceNotOpen.into()),
        };
    };
    must_be_on(ctx, activity, Direction::Out, cmd.seen)?;
    let accuracy_metres = must_be_there(activity, cmd.seen)?;
    let Seen { at, by, .. } = cmd.seen;
    // A code that was kept from before one came says nothing of going.
    if at < attendance.checked_in_at {
        return Err(Refusal::CheckCodeExpired.into());
    }
    let evidence = weaker(attendance.checked_in_by, by);
    let said_by = match evidence {
        // Who called the roll, at either end.
        Evidence::Leader if by.evidence() != Evidence::Leader => attendance.checked_in_actor,
        Evidence::Leader => ctx.actor,
        _ => Actor::System,
    };
    let ended = |record, no_record| Event::CheckedOut {
        attendance: attendance.id,
        at,
        by,
        accuracy_metres,
        record,
        no_record,
    };
    match record_of(ctx, attendance, activity, (at, evidence, said_by)) {
        Ok((record, part)) => Ok(Decision::of(ended(Some(record), None)).after_parts([part])),
        Err(Stop::Miss) => Err(Stop::Miss),
        // Who goes has gone, whatever stands against their minutes.
        Err(Stop::Rejected(rejection)) => Ok(Decision::of(ended(None, Some(why_none(&rejection))))),
    }
}

/// By the service itself, once nobody can check out any more.
pub fn decide_unfinished(ctx: &Ctx, cmd: &LeaveUnfinished) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let attendance = ctx.world.attendance(cmd.attendance)?;
    let activity = ctx.world.activity(attendance.activity)?;
    let ends_at = activity.details.window.end.plus(ctx.rules.window_tolerance);
    if attendance.status != AttendanceStatus::Open || ctx.now < ends_at {
        return Err(Refusal::AttendanceNotOver.into());
    }
    Ok(Decision::of(Event::AttendanceUnfinished { attendance: attendance.id }))
}

/// The record that an attendance comes to, as an entry that goes before the one that ends it.
pub(super) fn record_of(
    ctx: &Ctx,
    attendance: &Attendance,
    activity: &Activity,
    (ended_at, evidence, said_by): (Timestamp, Evidence, Actor),
) -> Result<(RecordId, Part), Stop> {
    let service = SubmitRecord {
        activity: activity.id,
        volunteer: ctx.world.person_of(attendance.volunteer)?,
        interval: Interval { start: attendance.checked_in_at, end: ended_at },
        breaks: Vec::new(),
        evidence,
        count: matches!(activity.measure, Measure::Count).then_some(1),
        reason: None,
        credit: false,
    };
    let said_by_it = Ctx { actor: said_by, token_from: None, ..*ctx };
    let event = record::rules::submission(&said_by_it, &service)?;
    let effective_date = Some(ctx.rules.zone.date_of(service.interval.start));
    let part = Part { event: event.into(), actor: Some(said_by), effective_date };
    Ok((RecordId::new(ctx.seq), part))
}

/// A check-out whose answer was lost may be sent again.
fn just_ended<'w>(
    ctx: &Ctx<'w>,
    activity: &Activity,
    volunteer: &volunteer::Volunteer,
) -> Result<Option<&'w Attendance>, Stop> {
    let earliest = ctx.now.plus(-Duration::seconds(SHOWN_SECONDS));
    let attendances = ctx.world.attendances_at(volunteer.id, activity.id)?;
    let ended = attendances.into_iter().filter(|before| before.status == AttendanceStatus::Ended);
    Ok(ended.max_by_key(|before| before.id).filter(|before| before.checked_out_at >= Some(earliest)))
}

fn why_none(rejection: &Rejection) -> NoRecord {
    match rejection {
        Rejection::Record(record::Refusal::NoMinutes | record::Refusal::EndNotAfterStart) => {
            NoRecord::UnderAMinute
        }
        Rejection::Record(record::Refusal::DailyCapReached) => NoRecord::TooLong,
        Rejection::Record(record::Refusal::RecordOverlaps { .. }) => NoRecord::Overlaps,
        Rejection::Record(record::Refusal::OutsideWindow) => NoRecord::OutsideWindow,
        Rejection::Record(record::Refusal::CountCapReached { .. }) => NoRecord::TooManyOccasions,
        Rejection::Volunteer(_) => NoRecord::NotActive,
        _ => NoRecord::Refused,
    }
}
