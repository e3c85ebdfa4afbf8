//! Activities as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Activity, ActivityDetails, Measure};
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Activity")]
struct KeptActivity {
    id: ActivityId,
    programme: ProgrammeId,
    unit: UnitId,
    measure: Measure,
    details: ActivityDetails,
    cancelled: bool,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    present: i64,
    live_records: i64,
    version: Seq,
}
kept!(Activity as KeptActivity);
