//! Attendances (签到签退): that somebody was at an activity, as the service itself saw it begin and end.
//!
//! The service's clock counts. Checking out writes the service record in the same step, with the weaker evidence of both
//! ends. Who forgets to check out has no minutes until who is in charge completes it.

mod check_in;
mod check_out;
mod complete;
mod kept;
pub mod rules;
mod sighting;

use super::actor::Actor;
use super::ids::{ActivityId, AttendanceId, EnrolmentId, RecordId, Seq, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::time::Timestamp;
use crate::domain::choice::choice;

pub use sighting::{Seen, Sighting};

/// A code that was shown to the service while it was good is taken for so long after: signing in takes a while.
pub const SHOWN_SECONDS: i64 = 300;
/// Most times that a person checks in at an activity on a local day.
pub const MOST_A_DAY: usize = 3;

choice! {
    /// Which end of an attendance.
    pub enum Direction {
        /// Checking in (签到).
        In,
        /// Checking out (签退).
        Out,
    }
}

choice! {
    /// Where an attendance stands.
    pub enum AttendanceStatus {
        /// Checked in, and not out.
        Open,
        /// Checked out.
        Ended,
        /// Never checked out: without minutes.
        Unfinished,
        /// Never checked out; who is in charge said when it ended.
        Completed,
    }
}

choice! {
    /// Why an attendance that ended has no service record.
    pub enum NoRecord {
        /// It lasted less than a minute.
        UnderAMinute,
        /// It lasted a day or longer.
        TooLong,
        /// Another record of the same person has that time.
        Overlaps,
        /// It lies outside the activity's window, which was changed.
        OutsideWindow,
        /// The volunteer has left, be it for now.
        NotActive,
        /// The occasion is one more than the policy allows.
        TooManyOccasions,
        /// Another rule of service records stood against it.
        Refused,
    }
}

/// That somebody was at an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    pub id: AttendanceId,
    pub activity: ActivityId,
    /// The activity's unit.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    /// The place that the volunteer had; none for who was let in without one.
    pub enrolment: Option<EnrolmentId>,
    pub status: AttendanceStatus,
    pub checked_in_at: Timestamp,
    pub checked_in_by: Sighting,
    /// Whose doing the check-in was.
    pub checked_in_actor: Actor,
    /// When it ended: by the service's clock, or as who is in charge said.
    pub checked_out_at: Option<Timestamp>,
    pub checked_out_by: Option<Sighting>,
    /// The service record that came of it.
    pub record: Option<RecordId>,
    pub no_record: Option<NoRecord>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for Attendance {
    type Key = AttendanceId;

    fn key(&self) -> AttendanceId {
        self.id
    }
}

impl Thing for Attendance {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Somebody comes. The service has looked at the code; whether they may is for the rule to say.
#[derive(Clone, Copy, Debug)]
pub struct CheckIn {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub seen: Seen,
}

/// Somebody goes.
#[derive(Clone, Copy, Debug)]
pub struct CheckOut {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub seen: Seen,
}

/// Nobody checked out in time.
#[derive(Clone, Copy, Debug)]
pub struct LeaveUnfinished {
    pub attendance: AttendanceId,
}

/// Who is in charge says when an unfinished attendance ended.
#[derive(Clone, Copy, Debug)]
pub struct CompleteAttendance {
    pub attendance: AttendanceId,
    pub ended_at: Timestamp,
}

events! {
    CheckedIn = "checked_in" {
        activity: ActivityId,
        volunteer: VolunteerId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        enrolment: Option<EnrolmentId>,
        at: Timestamp,
        by: Sighting,
        /// How far off the position may have been, where one was looked at; the position itself is not kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accuracy_metres: Option<i64>,
    }
    CheckedOut = "checked_out" {
        attendance: AttendanceId,
        at: Timestamp,
        by: Sighting,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        accuracy_metres: Option<i64>,
        /// The service record, whose entry goes before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record: Option<RecordId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        no_record: Option<NoRecord>,
    }
    AttendanceUnfinished = "attendance_unfinished" {
        attendance: AttendanceId,
    }
    AttendanceCompleted = "attendance_completed" {
        attendance: AttendanceId,
        ended_at: Timestamp,
        record: RecordId,
    }
}

refusals! {
    /// No such attendance.
    AttendanceNotFound = NotFound "attendance_not_found" "there is no such attendance";
    /// The code is not one that this service gave, or is of another kind than is asked for here.
    CheckCodeWrong = Invalid "check_code_wrong" at "/code" "this is not a check code for this";
    /// The code was good once, and is no more: codes change every thirty seconds.
    CheckCodeExpired = Conflict "check_code_expired" "the code is no longer good: scan the one that is shown now";
    /// The code is for the other direction: for coming, or for going.
    CheckCodeOfOtherDirection = Conflict "check_code_of_other_direction" "this code is for the other direction";
    /// Checking in begins shortly before the activity does.
    CheckInTooEarly { ends_at: Timestamp } = Conflict "check_in_too_early" "checking in has not begun";
    /// The activity is over: nobody checks in or out any more.
    AttendanceOver = Conflict "attendance_over" "the activity is over: who is in charge completes what is open";
    /// The volunteer has checked in elsewhere, and is to check out there first.
    AttendanceOpen { attendance: AttendanceId, activity: ActivityId } = Conflict "attendance_open" "the volunteer has checked in at another activity and not checked out";
    /// The volunteer has not checked in at this activity.
    AttendanceNotOpen = Conflict "attendance_not_open" "the volunteer has not checked in at this activity";
    /// The volunteer has no place in this activity: who is in charge may let them in.
    NotEnrolled = Conflict "not_enrolled" "the volunteer has no place in this activity";
    /// A person checks in at an activity at most three times a day.
    CheckedInTooOften = Conflict "checked_in_too_often" "at most three times a day at one activity";
    /// The activity has a fence: one's position is asked for. Who gives none shows their own code to who is in charge.
    PositionNeeded = Conflict "position_needed" at "/position" "this activity looks at one's position; or show your own code to who is in charge";
    /// The position lies outside the activity's fence, as far as it can be told.
    OutsideFence = Conflict "outside_fence" "the position is outside the place of the activity";
    /// The position may be off by more than 100 metres.
    PositionTooCoarse = Conflict "position_too_coarse" "the position may be off by more than 100 metres";
    /// Here position alone is not enough: a code is to be scanned.
    PositionNotEnough = Conflict "position_not_enough" "position alone is not enough at this activity";
    /// Nobody sees to their own attendance.
    AttendanceOfOwn = Invalid "attendance_of_own" "nobody sees to their own attendance";
    /// Only what was left unfinished is completed.
    AttendanceNotUnfinished { status: AttendanceStatus } = Conflict "attendance_not_unfinished" "the attendance is not unfinished";
    /// It ended after it began, and not after the activity.
    CompletionInvalid = Invalid "completion_invalid" at "/ended_at" "it ended after it began, and not after the activity's end";
    /// It is completed within ten working days.
    CompletionTooLate = Conflict "completion_too_late" "it is completed within ten working days";
    /// It is still to be checked out of.
    AttendanceNotOver = Conflict "attendance_not_over" "it can still be checked out of";
}
