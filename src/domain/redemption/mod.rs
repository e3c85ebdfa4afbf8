//! Redemptions (积分兑换): points and one piece of stock are held, then handed over (核销) or released.
//!
//! Redemption never changes hours. Held points stand in the books of the unit that holds the gift.

mod kept;
mod release;
pub mod rules;

use super::actor::Actor;
use super::amounts::Points;
use super::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use super::lot::{Draw, Repayment};
use super::noun::{Row, Thing, events, refusals};
use super::time::Timestamp;
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// Where a redemption stands.
    pub enum RedemptionStatus {
        /// Waiting to be picked up.
        Held,
        /// Handed over.
        Fulfilled,
        /// Cancelled; points and item are released.
        Cancelled,
        /// Not picked up in time; points and item are released.
        Expired,
    }
}

/// Points held, and then spent, for one piece of a reward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redemption {
    pub id: RedemptionId,
    pub reward: RewardId,
    pub volunteer: VolunteerId,
    /// The unit that holds the gift, and the points.
    pub unit: UnitId,
    pub points: Points,
    /// The lots that pay: each names the record that earned it.
    pub draws: Vec<Draw>,
    pub status: RedemptionStatus,
    pub placed_by: Actor,
    pub placed_at: Timestamp,
    pub expires_at: Timestamp,
    pub closed_by: Option<Actor>,
    pub closed_at: Option<Timestamp>,
    /// When the volunteer was told that it is to be picked up soon.
    pub expiry_announced_at: Option<Timestamp>,
}

impl Row for Redemption {
    type Key = RedemptionId;

    fn key(&self) -> RedemptionId {
        self.id
    }
}

impl Thing for Redemption {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Holds points and one piece of a reward.
#[derive(Clone, Debug)]
pub struct PlaceRedemption {
    pub reward: RewardId,
    pub volunteer: VolunteerId,
}

/// Hands the gift over against the pick-up code.
#[derive(Clone, Debug)]
pub struct FulfilRedemption {
    pub redemption: RedemptionId,
    /// Whether the code shown is this redemption's; codes are keyed, so the edge compares.
    pub code_matches: bool,
}

/// Gives a redemption up.
#[derive(Clone, Debug)]
pub struct CancelRedemption {
    pub redemption: RedemptionId,
}

/// Ends a redemption that was not picked up in time.
#[derive(Clone, Debug)]
pub struct ExpireRedemption {
    pub redemption: RedemptionId,
}

/// Where held points went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Back to their lots.
    pub returned: Vec<Draw>,
    /// Their lot's validity ended while they were held.
    pub lapsed: Vec<Draw>,
    /// Of the returned: at once spent on a debt.
    pub settled: Vec<Draw>,
    /// Which voided lots the settled points pay for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repaid: Vec<Repayment>,
    /// What came back into voided lots, and went on to the lots that had given for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restored: Vec<Repayment>,
}

events! {
    RedemptionPlaced = "redemption_placed" {
        reward: RewardId,
        volunteer: VolunteerId,
        unit: UnitId,
        points: Points,
        draws: Vec<Draw>,
        expires_at: Timestamp,
    }
    RedemptionFulfilled = "redemption_fulfilled" {
        redemption: RedemptionId,
    }
    RedemptionCancelled = "redemption_cancelled" {
        redemption: RedemptionId,
        release: Release,
    }
    RedemptionExpired = "redemption_expired" {
        redemption: RedemptionId,
        release: Release,
    }
}

/// Most redemptions of one volunteer that wait to be picked up at a time.
pub const MOST_OPEN_REDEMPTIONS: i64 = 20;

refusals! {
    /// At most 20 redemptions of one volunteer wait to be picked up at a time.
    RedemptionsTooMany = Conflict "redemptions_too_many" "at most 20 redemptions wait to be picked up at a time";
    /// No such redemption.
    RedemptionNotFound = NotFound "redemption_not_found" "there is no such redemption";
    /// Not enough points are available.
    PointsInsufficient { available: Points } = Conflict "points_insufficient" "only {available} points are available";
    /// The price would need points of too many credited records at once.
    PointsScattered = Conflict "points_scattered" "the price would need points of more than 300 records: choose something cheaper";
    /// The volunteer owes points of voided service.
    PointsOwed { debt: Points } = Conflict "points_owed" "{debt} points of voided service are still owed";
    /// The redemption is not open.
    RedemptionNotHeld { status: RedemptionStatus } = Conflict "redemption_not_held" "the redemption is {status}, not held";
    /// The redemption has expired.
    RedemptionExpired = Conflict "redemption_expired" "the redemption has expired";
    /// Another person hands a gift over than who placed its redemption, or receives it.
    FulfilmentByPlacer = Invalid "fulfilment_by_placer" "another person hands a gift over than who placed its redemption, or receives it";
    /// The pick-up code is not this redemption's.
    PickupCodeWrong = Invalid "pickup_code_wrong" "the pick-up code is wrong";
}
