//! Completing what nobody checked out of: the word of who is in charge.

use super::check_in::must_be_in_charge;
use super::check_out::record_of;
use super::{AttendanceStatus, CompleteAttendance, Event, Refusal};
use crate::domain::calendar;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::evidence::Evidence;
use crate::domain::record::last_day;
use crate::domain::world::{Key, Stop};

/// Within ten working days, and not beyond the activity's end. Somebody else credits it.
pub fn decide_complete(ctx: &Ctx, cmd: &CompleteAttendance) -> Result<Decision, Stop> {
    let attendance = ctx.world.attendance(cmd.attendance)?;
    ctx.world.want([Key::Activity(attendance.activity), Key::Volunteer(attendance.volunteer)])?;
    let activity = ctx.world.activity(attendance.activity)?;
    must_be_in_charge(ctx, activity, attendance.volunteer)?;
    if attendance.status != AttendanceStatus::Unfinished {
        return Err(Refusal::AttendanceNotUnfinished { status: attendance.status }.into());
    }
    let window = activity.details.window;
    if cmd.ended_at <= attendance.checked_in_at || cmd.ended_at > window.end {
        return Err(Refusal::CompletionInvalid.into());
    }
    let ended_on = last_day(window, ctx.rules.zone);
    ctx.world.want_all(calendar::rules::keys_from(ended_on))?;
    let complete_by = calendar::rules::in_working_days(ctx.world, ended_on, ctx.rules.timely_working_days)?;
    if ctx.today() > complete_by {
        return Err(Refusal::CompletionTooLate.into());
    }
    let said = (cmd.ended_at, Evidence::Leader, ctx.actor);
    let (record, part) = record_of(ctx, attendance, activity, said)?;
    let (attendance, ended_at) = (attendance.id, cmd.ended_at);
    Ok(Decision::of(Event::AttendanceCompleted { attendance, ended_at, record }).after_parts([part]))
}
