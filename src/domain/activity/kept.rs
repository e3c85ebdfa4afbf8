//! Activities as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Activity, ActivityDetails, Measure};
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};
use std::ops::Not;

#[derive(Serialize, Deserialize)]
#[serde(remote = "Activity")]
struct KeptActivity {
    id: ActivityId,
    programme: ProgrammeId,
    unit: UnitId,
    measure: Measure,
    details: ActivityDetails,
    cancelled: bool,
    /// Said only where it is so: answers of before know no drafts, and nobody who was present.
    #[serde(default, skip_serializing_if = "Not::not")]
    draft: bool,
    #[serde(default, skip_serializing_if = "is_none")]
    present: i64,
    live_records: i64,
    version: Seq,
}
kept!(Activity as KeptActivity);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde hands it over")]
const fn is_none(count: &i64) -> bool {
    *count == 0
}
