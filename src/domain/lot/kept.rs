//! Lots of points as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Draw, Lot};
use crate::domain::amounts::Points;
use crate::domain::ids::{LotId, PolicyId, RecordId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::{Timestamp, YearMonth};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Lot")]
struct KeptLot {
    id: LotId,
    volunteer: VolunteerId,
    record: RecordId,
    policy: PolicyId,
    issued_by: UnitId,
    service_month: YearMonth,
    points: Points,
    remaining: Points,
    lapsed: Points,
    expires_at: Option<Timestamp>,
    voided: bool,
    #[serde(default, skip_serializing_if = "is_nothing")]
    owed: Points,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lenders: Vec<Draw>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expiry_announced_at: Option<Timestamp>,
}
kept!(Lot as KeptLot);

#[allow(clippy::trivially_copy_pass_by_ref)] // So serde asks.
fn is_nothing(points: &Points) -> bool {
    *points == Points::ZERO
}
