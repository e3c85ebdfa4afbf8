//! Positions as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Position, PositionTerms};
use crate::domain::ids::{ActivityId, PositionId, Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Position")]
struct KeptPosition {
    id: PositionId,
    activity: ActivityId,
    unit: UnitId,
    terms: PositionTerms,
    taken: i64,
    offered: i64,
    waiting: i64,
    version: Seq,
}
kept!(Position as KeptPosition);
