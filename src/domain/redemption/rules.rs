//! Rules of redemptions (积分兑换): what may be done, and what follows.

use super::{
    CancelRedemption, Event, ExpireRedemption, FulfilRedemption, MOST_OPEN_REDEMPTIONS, PlaceRedemption,
    Redemption, RedemptionStatus, Refusal, Release, release,
};
use crate::domain::account::{Account, Postings};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{RedemptionId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::DRAWS_MAX;
use crate::domain::outcome::Outcome;
use crate::domain::record;
use crate::domain::reward;
use crate::domain::rules::Rules;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// Never oversold, never below zero, never while points of voided hours are owed.
pub fn decide_place(ctx: &Ctx, cmd: &PlaceRedemption) -> Result<Decision, Stop> {
    ctx.world.want([Key::Reward(cmd.reward), Key::Volunteer(cmd.volunteer), Key::LotsOf(cmd.volunteer)])?;
    let reward = ctx.world.reward(cmd.reward)?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_active(volunteer)?;
    if reward.withdrawn {
        return Err(reward::Refusal::RewardWithdrawn.into());
    }
    if !ctx.world.unit(volunteer.unit)?.is_within(reward.unit) {
        return Err(reward::Refusal::RewardNotOffered.into());
    }
    if reward.stock_available < 1 {
        return Err(reward::Refusal::RewardOutOfStock.into());
    }
    if volunteer.open_redemptions >= MOST_OPEN_REDEMPTIONS {
        return Err(Refusal::RedemptionsTooMany.into());
    }
    if volunteer.debt.is_positive() {
        return Err(Refusal::PointsOwed { debt: volunteer.debt }.into());
    }
    let lots = ctx.world.open_lots(volunteer.id)?;
    let available = lot::available(&lots, ctx.now);
    if available < reward.price {
        return Err(Refusal::PointsInsufficient { available }.into());
    }
    let draws = lot::draw_up_to(lots, reward.price, ctx.now);
    if draws.len() > DRAWS_MAX {
        return Err(Refusal::PointsScattered.into());
    }
    Ok(Decision::of(Event::RedemptionPlaced {
        reward: reward.id,
        volunteer: volunteer.id,
        unit: reward.unit,
        points: reward.price,
        draws,
        expires_at: ctx.now.plus(Duration::days(reward.hold_days)),
    }))
}

/// The unit that holds the gift hands it over, once, against the code. Two persons stand behind each gift: who places its
/// redemption does not hand it over; nor does who receives it.
pub fn decide_fulfil(ctx: &Ctx, cmd: &FulfilRedemption) -> Result<Decision, Stop> {
    let redemption = ctx.world.redemption(cmd.redemption)?;
    ctx.must_answer_for(ctx.world.unit(redemption.unit)?)?;
    must_be_held(redemption)?;
    ctx.world.want([Key::Volunteer(redemption.volunteer), Key::Reward(redemption.reward)])?;
    let receiver = Actor::Volunteer(redemption.volunteer);
    if ctx.operator()?.is_some() && (ctx.is_person(redemption.placed_by)? || ctx.is_person(receiver)?) {
        return Err(Refusal::FulfilmentByPlacer.into());
    }
    if ctx.now >= redemption.expires_at {
        return Err(Refusal::RedemptionExpired.into());
    }
    if !cmd.code_matches {
        return Err(Refusal::PickupCodeWrong.into());
    }
    Ok(Decision::of(Event::RedemptionFulfilled { redemption: redemption.id }))
}

/// The volunteer, the volunteer's coordinator or the unit with the gift gives it up.
pub fn decide_cancel(ctx: &Ctx, cmd: &CancelRedemption) -> Result<Decision, Stop> {
    let redemption = ctx.world.redemption(cmd.redemption)?;
    ctx.world.want([Key::Volunteer(redemption.volunteer), Key::Unit(redemption.unit)])?;
    let volunteer = ctx.world.volunteer(redemption.volunteer)?;
    if !ctx.answers_for(ctx.world.unit(redemption.unit)?)? {
        ctx.must_be_or_answer_for(volunteer)?;
    }
    must_be_held(redemption)?;
    let release = release(ctx, redemption, volunteer)?;
    Ok(Decision::of(Event::RedemptionCancelled { redemption: redemption.id, release }))
}

/// The system ends what was not picked up in time.
pub fn decide_expire(ctx: &Ctx, cmd: &ExpireRedemption) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let redemption = ctx.world.redemption(cmd.redemption)?;
    must_be_held(redemption)?;
    if ctx.now < redemption.expires_at {
        return Err(general::Refusal::NothingDue.into());
    }
    let release = release(ctx, redemption, ctx.world.volunteer(redemption.volunteer)?)?;
    Ok(Decision::of(Event::RedemptionExpired { redemption: redemption.id, release }))
}

fn must_be_held(redemption: &Redemption) -> Result<(), Refusal> {
    match redemption.status {
        RedemptionStatus::Held => Ok(()),
        status => Err(Refusal::RedemptionNotHeld { status }),
    }
}

/// Where the held points go ([`release::release`]).
fn release(ctx: &Ctx, redemption: &Redemption, volunteer: &Volunteer) -> Result<Release, Stop> {
    let lots = redemption.draws.iter().map(|draw| Key::Lot(draw.lot));
    ctx.world.want_all(lots.chain([Key::LotsOf(volunteer.id), Key::Reward(redemption.reward)]))?;
    let owing = ctx.world.owing_lots(volunteer.id)?;
    release::release(&redemption.draws, |lot| ctx.world.lot(lot), (volunteer.debt, owing), ctx.now)
}

/// Held points go back to the volunteer's books, and from there to pay a debt.
fn releasing(world: &World, redemption: RedemptionId, release: &Release) -> Result<Postings, Stop> {
    let redemption = world.redemption(redemption)?;
    let volunteer = world.volunteer(redemption.volunteer)?;
    let held = Account::Held { unit: redemption.unit, volunteer: volunteer.id };
    let available = Account::Available { unit: volunteer.unit, volunteer: volunteer.id };
    let mut postings = Postings::default();
    postings.transfer(held, available, lot::total(&release.returned).0);
    postings.transfer(held, Account::Expired { unit: volunteer.unit }, lot::total(&release.lapsed).0);
    let debt = Account::Debt { unit: volunteer.unit, volunteer: volunteer.id };
    postings.transfer(available, debt, lot::total(&release.settled).0);
    Ok(postings)
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let of = |redemption: &RedemptionId| -> Result<[Key; 2], Stop> {
            let redemption = world.redemption(*redemption)?;
            Ok([Key::Volunteer(redemption.volunteer), Key::Reward(redemption.reward)])
        };
        Ok(match self {
            Self::RedemptionPlaced { reward, volunteer, draws, .. } => {
                let fixed = [Key::Reward(*reward), Key::Volunteer(*volunteer)];
                fixed.into_iter().chain(lot::rules::keys(draws)).collect()
            }
            Self::RedemptionFulfilled { redemption } => of(redemption)?.into(),
            Self::RedemptionCancelled { redemption, release }
            | Self::RedemptionExpired { redemption, release } => {
                let draws = lot::rules::keys(&release.returned).chain(lot::rules::keys(&release.lapsed));
                let owing = lot::rules::keys_of_owing(&release.repaid);
                let restored = lot::rules::keys_of_owing(&release.restored);
                of(redemption)?.into_iter().chain(draws).chain(owing).chain(restored).collect()
            }
        })
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        let mut postings = Postings::default();
        match self {
            Self::RedemptionPlaced { volunteer, unit, points, .. } => {
                let volunteer = world.volunteer(*volunteer)?;
                let available = Account::Available { unit: volunteer.unit, volunteer: volunteer.id };
                let held = Account::Held { unit: *unit, volunteer: volunteer.id };
                postings.transfer(available, held, points.0);
            }
            Self::RedemptionFulfilled { redemption } => {
                let Redemption { unit, volunteer, points, .. } = *world.redemption(*redemption)?;
                postings.transfer(Account::Held { unit, volunteer }, Account::Redeemed { unit }, points.0);
            }
            Self::RedemptionCancelled { redemption, release }
            | Self::RedemptionExpired { redemption, release } => {
                return releasing(world, *redemption, release);
            }
        }
        Ok(postings)
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::RedemptionPlaced { reward, volunteer, unit, points, draws, expires_at } => {
                let redemption = Redemption {
                    id: RedemptionId::new(unsealed.seq),
                    reward: *reward,
                    volunteer: *volunteer,
                    unit: *unit,
                    points: *points,
                    draws: draws.clone(),
                    status: RedemptionStatus::Held,
                    placed_by: unsealed.actor,
                    placed_at: unsealed.recorded_at,
                    expires_at: *expires_at,
                    closed_by: None,
                    closed_at: None,
                    expiry_announced_at: None,
                };
                evolve_placed(world, redemption)
            }
            Self::RedemptionFulfilled { redemption } => evolve_fulfilled(world, unsealed, *redemption),
            Self::RedemptionCancelled { redemption, release } => {
                evolve_released(world, unsealed, *redemption, release, RedemptionStatus::Cancelled)
            }
            Self::RedemptionExpired { redemption, release } => {
                evolve_released(world, unsealed, *redemption, release, RedemptionStatus::Expired)
            }
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::RedemptionPlaced { .. } => RedemptionId::new(unsealed.seq),
            Self::RedemptionFulfilled { redemption }
            | Self::RedemptionCancelled { redemption, .. }
            | Self::RedemptionExpired { redemption, .. } => *redemption,
        };
        Ok(world.redemption(id)?.clone().into())
    }
}

fn evolve_placed(world: &mut World, redemption: Redemption) -> Result<(), Stop> {
    lot::rules::take(world, &redemption.draws)?;
    reward::rules::evolve_changed(world, redemption.reward, |reward| {
        reward.stock_available -= 1;
        reward.stock_held += 1;
    })?;
    count_open(world, redemption.volunteer, 1)?;
    world.put(redemption);
    Ok(())
}

pub(in crate::domain) fn evolve_fulfilled(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: RedemptionId,
) -> Result<(), Stop> {
    let redemption = close(world, unsealed, id, RedemptionStatus::Fulfilled)?;
    reward::rules::evolve_changed(world, redemption.reward, |reward| {
        reward.stock_held -= 1;
        reward.stock_fulfilled += 1;
    })
}

pub(in crate::domain) fn evolve_released(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: RedemptionId,
    release: &Release,
    status: RedemptionStatus,
) -> Result<(), Stop> {
    let redemption = close(world, unsealed, id, status)?;
    lot::rules::give_back(world, &release.returned)?;
    lot::rules::lapse_held(world, &release.lapsed)?;
    record::rules::settle(world, redemption.volunteer, (&release.settled, &release.repaid))?;
    lot::rules::restore(world, &release.restored)?;
    reward::rules::evolve_changed(world, redemption.reward, |reward| {
        reward.stock_held -= 1;
        reward.stock_available += 1;
    })
}

fn close(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: RedemptionId,
    status: RedemptionStatus,
) -> Result<Redemption, Stop> {
    let mut redemption = world.redemption(id)?.clone();
    redemption.status = status;
    redemption.closed_by = Some(unsealed.actor);
    redemption.closed_at = Some(unsealed.recorded_at);
    count_open(world, redemption.volunteer, -1)?;
    world.put(redemption.clone());
    Ok(redemption)
}

fn count_open(world: &mut World, volunteer: VolunteerId, change: i64) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.open_redemptions += change;
    world.put(volunteer);
    Ok(())
}
