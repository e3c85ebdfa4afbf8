//! Attendances as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Attendance, AttendanceStatus, NoRecord, Sighting};
use crate::domain::actor::Actor;
use crate::domain::ids::{ActivityId, AttendanceId, EnrolmentId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Attendance")]
struct KeptAttendance {
    id: AttendanceId,
    activity: ActivityId,
    unit: UnitId,
    volunteer: VolunteerId,
    enrolment: Option<EnrolmentId>,
    status: AttendanceStatus,
    checked_in_at: Timestamp,
    checked_in_by: Sighting,
    checked_in_actor: Actor,
    checked_out_at: Option<Timestamp>,
    checked_out_by: Option<Sighting>,
    record: Option<RecordId>,
    no_record: Option<NoRecord>,
    version: Seq,
}
kept!(Attendance as KeptAttendance);
