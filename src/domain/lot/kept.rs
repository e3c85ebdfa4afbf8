//! Lots of points as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Lot;
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
}
kept!(Lot as KeptLot);
