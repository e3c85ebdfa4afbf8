//! Crediting policies as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{CreditingPolicy, LeaderHours, OnePersonMinutes};
use crate::domain::actor::Actor;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "CreditingPolicy")]
struct KeptCreditingPolicy {
    unit: UnitId,
    one_person_minutes: Option<OnePersonMinutes>,
    leader_hours: Option<LeaderHours>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credits_seen: Option<bool>,
    set_by: Actor,
    version: Seq,
}
kept!(CreditingPolicy as KeptCreditingPolicy);
