//! Changes of identity as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{IdentityChange, IdentityChangeStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{IdentityChangeId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::person::PersonField;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "IdentityChange")]
struct KeptIdentityChange {
    id: IdentityChangeId,
    volunteer: VolunteerId,
    unit: UnitId,
    fields: Vec<PersonField>,
    status: IdentityChangeStatus,
    asked_by: Actor,
    asked_at: Timestamp,
    decided_by: Option<Actor>,
    decided_at: Option<Timestamp>,
    decided_entry: Option<Seq>,
}
kept!(IdentityChange as KeptIdentityChange);
