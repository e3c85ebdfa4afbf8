//! Service records as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Deduction, RecordStatus, ServiceRecord};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, LotId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::{Interval, Timestamp};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "ServiceRecord")]
struct KeptServiceRecord {
    id: RecordId,
    activity: ActivityId,
    programme: ProgrammeId,
    unit: UnitId,
    volunteer: VolunteerId,
    started_at: Timestamp,
    ended_at: Timestamp,
    breaks: Vec<Interval>,
    evidence: Evidence,
    count: i64,
    claimed_minutes: Minutes,
    credited_minutes: Minutes,
    deductions: Vec<Deduction>,
    status: RecordStatus,
    late: bool,
    #[serde(default)]
    record_by: Option<NaiveDate>,
    #[serde(default)]
    notice_ends_at: Option<Timestamp>,
    #[serde(default)]
    open_objections: i64,
    service_date: NaiveDate,
    submitted_by: Actor,
    submitted_at: Timestamp,
    decided_by: Option<Actor>,
    decided_at: Option<Timestamp>,
    credited_entry: Option<Seq>,
    voided_by: Option<Actor>,
    voided_at: Option<Timestamp>,
    voided_entry: Option<Seq>,
    lot: Option<LotId>,
    version: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confirmed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    credited_alone: bool,
}
kept!(ServiceRecord as KeptServiceRecord);
