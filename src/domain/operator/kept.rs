//! Operators as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Operator;
use crate::domain::actor::Role;
use crate::domain::ids::{OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Operator")]
struct KeptOperator {
    id: OperatorId,
    role: Role,
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
    active: bool,
    version: Seq,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    identified: bool,
    #[serde(default, skip_serializing_if = "Seq::is_zero")]
    valid_from: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reset_entry: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reset_until: Option<Timestamp>,
}
kept!(Operator as KeptOperator);
