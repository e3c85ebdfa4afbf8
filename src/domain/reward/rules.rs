//! Rules of rewards (礼品): what may be done, and what follows.

use super::{CreateReward, Event, MOST_STOCK, Refusal, RestockReward, Reward, WithdrawReward};
use crate::domain::amounts::Points;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{RewardId, UnitId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::text::Name;
use crate::domain::world::{Key, Stop, World};

/// An operator who answers for the unit offers its rewards.
pub fn decide_create(ctx: &Ctx, cmd: &CreateReward) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    if cmd.stock > MOST_STOCK {
        return Err(Refusal::StockTooLarge.into());
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
        return Err(Refusal::StockTooLarge.into());
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
    if reward.withdrawn { Err(Refusal::RewardWithdrawn.into()) } else { Ok(reward) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::RewardCreated { .. } => Vec::new(),
            Self::RewardRestocked { reward, .. } | Self::RewardWithdrawn { reward } => {
                vec![Key::Reward(*reward)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::RewardCreated { unit, name, price, stock, hold_days } => {
                evolve_created(world, unsealed, (*unit, name), *price, (*stock, *hold_days));
            }
            Self::RewardRestocked { reward, added } => {
                evolve_changed(world, *reward, |reward| reward.stock_available += added)?;
            }
            Self::RewardWithdrawn { reward } => {
                evolve_changed(world, *reward, |reward| reward.withdrawn = true)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::RewardCreated { .. } => RewardId::new(unsealed.seq),
            Self::RewardRestocked { reward, .. } | Self::RewardWithdrawn { reward } => *reward,
        };
        Ok(world.reward(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (unit, name): (UnitId, &Name),
    price: Points,
    (stock, hold_days): (i64, i64),
) {
    world.put(Reward {
        id: RewardId::new(unsealed.seq),
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

pub(in crate::domain) fn evolve_changed(
    world: &mut World,
    id: RewardId,
    change: impl FnOnce(&mut Reward),
) -> Result<(), Stop> {
    let mut reward = world.reward(id)?.clone();
    change(&mut reward);
    world.put(reward);
    Ok(())
}
