//! Rewards (礼品): stocked pieces that points are redeemed for.

use super::amounts::Points;
use super::command::{Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{RewardId, UnitId};
use super::rejection::Rejection;
use super::text::Name;
use super::world::{Row, Stop, World};
use serde::{Deserialize, Serialize};

/// A stocked reward of a unit, offered to its members and those of the units under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// Whoever answers for the unit offers its rewards.
pub fn decide_create(ctx: &Ctx, cmd: &CreateReward) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    if cmd.stock > MOST_STOCK {
        return Err(Rejection::StockTooLarge.into());
    }
    Ok(Decision::of(Event::RewardCreated {
        unit: cmd.unit,
        name: cmd.name.clone(),
        price: cmd.price,
        stock: cmd.stock,
        hold_days: cmd.hold_days,
    }))
}

/// Stock only grows by restocking.
pub fn decide_restock(ctx: &Ctx, cmd: &RestockReward) -> Result<Decision, Stop> {
    let reward = offered_reward(ctx, cmd.reward)?;
    if reward.stock_available + reward.stock_held + cmd.added > MOST_STOCK {
        return Err(Rejection::StockTooLarge.into());
    }
    Ok(Decision::of(Event::RewardRestocked { reward: reward.id, added: cmd.added }))
}

/// Withdrawing what is withdrawn is refused.
pub fn decide_withdraw(ctx: &Ctx, cmd: &WithdrawReward) -> Result<Decision, Stop> {
    let reward = offered_reward(ctx, cmd.reward)?;
    Ok(Decision::of(Event::RewardWithdrawn { reward: reward.id }))
}

fn offered_reward<'w>(ctx: &Ctx<'w>, id: RewardId) -> Result<&'w Reward, Stop> {
    let reward = ctx.world.reward(id)?;
    ctx.must_answer_for(ctx.world.unit(reward.unit)?)?;
    if reward.withdrawn { Err(Rejection::RewardWithdrawn.into()) } else { Ok(reward) }
}

pub(super) fn evolve_created(
    world: &mut World,
    draft: &Draft,
    (unit, name): (UnitId, &Name),
    price: Points,
    (stock, hold_days): (i64, i64),
) {
    world.put_reward(Reward {
        id: RewardId::new(draft.seq),
        unit,
        name: name.clone(),
        price,
        hold_days,
        stock_available: stock,
        stock_held: 0,
        stock_fulfilled: 0,
        withdrawn: false,
    });
}

pub(super) fn evolve_changed(
    world: &mut World,
    id: RewardId,
    change: impl FnOnce(&mut Reward),
) -> Result<(), Stop> {
    let mut reward = world.reward(id)?.clone();
    change(&mut reward);
    world.put_reward(reward);
    Ok(())
}
