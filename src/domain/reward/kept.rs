//! Rewards as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Reward;
use crate::domain::amounts::Points;
use crate::domain::ids::{RewardId, UnitId};
use crate::domain::noun::kept;
use crate::domain::text::Name;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Reward")]
struct KeptReward {
    id: RewardId,
    unit: UnitId,
    name: Name,
    price: Points,
    hold_days: i64,
    stock_available: i64,
    stock_held: i64,
    stock_fulfilled: i64,
    withdrawn: bool,
}
kept!(Reward as KeptReward);
