//! Redemptions as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Redemption, RedemptionStatus};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Redemption")]
struct KeptRedemption {
    id: RedemptionId,
    reward: RewardId,
    volunteer: VolunteerId,
    unit: UnitId,
    points: Points,
    draws: Vec<Draw>,
    status: RedemptionStatus,
    placed_by: Actor,
    placed_at: Timestamp,
    expires_at: Timestamp,
    closed_by: Option<Actor>,
    closed_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expiry_announced_at: Option<Timestamp>,
}
kept!(Redemption as KeptRedemption);
