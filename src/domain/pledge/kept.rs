//! Pledges as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Pledge;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Pledge")]
struct KeptPledge {
    id: PledgeId,
    volunteer: VolunteerId,
    unit: UnitId,
    title: Commitment,
    due: NaiveDate,
    records: Vec<RecordId>,
    made_at: Timestamp,
    ended_at: Option<Timestamp>,
}
kept!(Pledge as KeptPledge);
