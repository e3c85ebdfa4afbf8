//! Enrolments as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Enrolment, EnrolmentStatus, Unfit};
use crate::domain::actor::Actor;
use crate::domain::ids::{ActivityId, EnrolmentId, PositionId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Enrolment")]
struct KeptEnrolment {
    id: EnrolmentId,
    position: PositionId,
    activity: ActivityId,
    unit: UnitId,
    volunteer: VolunteerId,
    status: EnrolmentStatus,
    at_once: bool,
    made_by: Actor,
    made_at: Timestamp,
    respond_by: Option<Timestamp>,
    passed_over: Option<Unfit>,
    late: bool,
    contested_at: Option<Timestamp>,
    version: Seq,
}
kept!(Enrolment as KeptEnrolment);
