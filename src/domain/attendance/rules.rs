//! Rules of attendances (签到签退): what may be done, and what follows.

use super::{Attendance, AttendanceStatus, Event};
use crate::domain::activity;
use crate::domain::enrolment;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::AttendanceId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

pub use super::check_in::decide_check_in;
pub use super::check_out::{decide_check_out, decide_unfinished};
pub use super::complete::decide_complete;

impl Event {
    /// The attendance that it is about; none of one that it begins.
    const fn about(&self) -> Option<AttendanceId> {
        match self {
            Self::CheckedIn { .. } => None,
            Self::CheckedOut { attendance, .. }
            | Self::AttendanceUnfinished { attendance }
            | Self::AttendanceCompleted { attendance, .. } => Some(*attendance),
        }
    }
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        match self {
            Self::CheckedIn { activity, enrolment, .. } => {
                let mut keys = vec![Key::Activity(*activity)];
                if let Some(enrolment) = enrolment {
                    keys.extend([
                        Key::Enrolment(*enrolment),
                        Key::Position(world.enrolment(*enrolment)?.position),
                    ]);
                }
                Ok(keys)
            }
            ended => {
                let Some(id) = ended.about() else { return Ok(Vec::new()) };
                Ok(vec![Key::Attendance(id), Key::Activity(world.attendance(id)?.activity)])
            }
        }
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::CheckedIn { activity, volunteer, enrolment, at, by, .. } => {
                let unit = world.activity(*activity)?.unit;
                activity::rules::count_present(world, *activity, 1)?;
                if let Some(enrolment) = enrolment {
                    enrolment::rules::attend(world, unsealed, *enrolment)?;
                }
                world.put_attendance(Attendance {
                    id: AttendanceId::new(unsealed.seq),
                    activity: *activity,
                    unit,
                    volunteer: *volunteer,
                    enrolment: *enrolment,
                    status: AttendanceStatus::Open,
                    checked_in_at: *at,
                    checked_in_by: *by,
                    checked_in_actor: unsealed.actor,
                    checked_out_at: None,
                    checked_out_by: None,
                    record: None,
                    no_record: None,
                    version: unsealed.seq,
                });
            }
            Self::CheckedOut { attendance, at, by, record, no_record, .. } => {
                let attendance = world.attendance(*attendance)?.clone();
                activity::rules::count_present(world, attendance.activity, -1)?;
                world.put_attendance(Attendance {
                    status: AttendanceStatus::Ended,
                    checked_out_at: Some(*at),
                    checked_out_by: Some(*by),
                    record: *record,
                    no_record: *no_record,
                    version: unsealed.seq,
                    ..attendance
                });
            }
            Self::AttendanceUnfinished { attendance } => {
                let attendance = world.attendance(*attendance)?.clone();
                activity::rules::count_present(world, attendance.activity, -1)?;
                let status = AttendanceStatus::Unfinished;
                world.put_attendance(Attendance { status, version: unsealed.seq, ..attendance });
            }
            Self::AttendanceCompleted { attendance, ended_at, record } => {
                let attendance = world.attendance(*attendance)?.clone();
                world.put_attendance(Attendance {
                    status: AttendanceStatus::Completed,
                    checked_out_at: Some(*ended_at),
                    record: Some(*record),
                    version: unsealed.seq,
                    ..attendance
                });
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = self.about().unwrap_or(AttendanceId::new(unsealed.seq));
        Ok(world.attendance(id)?.clone().into())
    }
}
