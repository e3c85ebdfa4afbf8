//! Transfers as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Transfer, TransferStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{TransferId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Transfer")]
struct KeptTransfer {
    id: TransferId,
    volunteer: VolunteerId,
    from_unit: UnitId,
    to_unit: UnitId,
    status: TransferStatus,
    requested_by: Actor,
    requested_at: Timestamp,
    expires_at: Timestamp,
    changed_by: Actor,
    changed_at: Timestamp,
}
kept!(Transfer as KeptTransfer);
