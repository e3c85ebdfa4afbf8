//! Rewards (礼品): stocked pieces that points are redeemed for.

mod kept;
pub mod rules;

use super::amounts::Points;
use super::ids::{RewardId, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Name;

/// A stocked reward of a unit, offered to its members and those of the units under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reward {
    pub id: RewardId,
    pub unit: UnitId,
    pub name: Name,
    pub price: Points,
    /// How long a redemption waits for pick-up.
    pub hold_days: i64,
    /// Pieces free to be redeemed, held for open redemptions, and handed over.
    pub stock_available: i64,
    pub stock_held: i64,
    pub stock_fulfilled: i64,
    pub withdrawn: bool,
}

impl Row for Reward {
    type Key = RewardId;

    fn key(&self) -> RewardId {
        self.id
    }
}

impl Thing for Reward {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Most pieces of one reward.
pub const MOST_STOCK: i64 = 1_000_000;

/// Offers a reward.
#[derive(Clone, Debug)]
pub struct CreateReward {
    pub unit: UnitId,
    pub name: Name,
    pub price: Points,
    pub stock: i64,
    pub hold_days: i64,
}

/// Adds pieces.
#[derive(Clone, Debug)]
pub struct RestockReward {
    pub reward: RewardId,
    pub added: i64,
}

/// Takes a reward off the list; open redemptions stay.
#[derive(Clone, Debug)]
pub struct WithdrawReward {
    pub reward: RewardId,
}

events! {
    RewardCreated = "reward_created" {
        unit: UnitId,
        name: Name,
        price: Points,
        stock: i64,
        hold_days: i64,
    }
    RewardRestocked = "reward_restocked" {
        reward: RewardId,
        added: i64,
    }
    RewardWithdrawn = "reward_withdrawn" {
        reward: RewardId,
    }
}

refusals! {
    /// No such reward.
    RewardNotFound = NotFound "reward_not_found" "there is no such reward";
    /// The reward is withdrawn.
    RewardWithdrawn = Conflict "reward_withdrawn" "the reward is withdrawn";
    /// The reward is out of stock.
    RewardOutOfStock = Conflict "reward_out_of_stock" "the reward is out of stock";
    /// The reward is for members of its unit and those under it.
    RewardNotOffered = Invalid "reward_not_offered" "the reward is not offered to the volunteer's unit";
    /// The stock would exceed what a reward may have.
    StockTooLarge = Invalid "stock_too_large" "a reward may have at most 1,000,000 items";
}
