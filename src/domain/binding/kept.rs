//! Bindings as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{AppId, Binding, BoundBy, Provider};
use crate::domain::ids::{BindingId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Binding")]
struct KeptBinding {
    id: BindingId,
    volunteer: VolunteerId,
    unit: UnitId,
    provider: Provider,
    app: AppId,
    bound_by: BoundBy,
    bound_at: Timestamp,
    ended_at: Option<Timestamp>,
    ended_entry: Option<Seq>,
}
kept!(Binding as KeptBinding);
