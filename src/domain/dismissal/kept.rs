//! Dismissals as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Dismissal, FindingId};
use crate::domain::actor::Actor;
use crate::domain::finding::FindingRule;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Dismissal")]
struct KeptDismissal {
    finding: FindingId,
    rule: FindingRule,
    unit: UnitId,
    dismissed_by: Actor,
    dismissed_at: Timestamp,
    entry: Seq,
}
kept!(Dismissal as KeptDismissal);
