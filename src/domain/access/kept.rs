//! Accesses as kept answers hold them: stored for ever, and apart from the rows that rules work with. The numbers that
//! were shown are not among them.

use super::Access;
use crate::domain::actor::Actor;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{AccessId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Access")]
struct KeptAccess {
    id: AccessId,
    volunteer: VolunteerId,
    unit: UnitId,
    minor: bool,
    purpose: Commitment,
    revealed_by: Actor,
    revealed_at: Timestamp,
}
kept!(Access as KeptAccess);
