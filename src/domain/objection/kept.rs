//! Objections as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Objection, ObjectionStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{ObjectionId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Objection")]
struct KeptObjection {
    id: ObjectionId,
    record: RecordId,
    unit: UnitId,
    volunteer: VolunteerId,
    raised_by: Actor,
    raised_at: Timestamp,
    status: ObjectionStatus,
    resolved_by: Option<Actor>,
    resolved_at: Option<Timestamp>,
    resolved_entry: Option<Seq>,
}
kept!(Objection as KeptObjection);
