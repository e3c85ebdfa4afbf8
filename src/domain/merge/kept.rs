//! Merges as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Merge, MergeStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{MergeId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Merge")]
struct KeptMerge {
    id: MergeId,
    volunteer: VolunteerId,
    earlier: VolunteerId,
    unit: UnitId,
    status: MergeStatus,
    asked_by: Actor,
    asked_at: Timestamp,
    decided_by: Option<Actor>,
    decided_at: Option<Timestamp>,
    decided_entry: Option<Seq>,
}
kept!(Merge as KeptMerge);
