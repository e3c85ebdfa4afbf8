//! Redemptions (积分兑换): points and one piece of stock are held, then handed over (核销) or released.
//!
//! Redemption never changes hours. Held points stand in the books of the unit that holds the gift.

use super::account::{Account, Postings};
use super::actor::Actor;
use super::amounts::Points;
use super::command::{Ctx, Decision};
use super::event::{Draft, Draw, Event, Release};
use super::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use super::points::{self, DRAWS_MAX};
use super::record;
use super::rejection::Rejection;
use super::reward;
use super::time::Timestamp;
use super::volunteer::Volunteer;
use super::world::{Key, Row, Stop, World};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a redemption stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedemptionStatus {
    /// Waiting to be picked up.
    Held,
    /// Handed over.
    Fulfilled,
    /// Given up; points and piece are free again.
    Cancelled,
    /// Not picked up in time; points and piece are free again.
    Expired,
}

impl RedemptionStatus {
    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for RedemptionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Points held, and then spent, for one piece of a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Row for Redemption {
    type Key = RedemptionId;
    fn key(&self) -> RedemptionId {
        self.id
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

/// Lets lots lapse whose validity has ended.
#[derive(Clone, Debug)]
pub struct ExpirePoints {
    pub volunteer: VolunteerId,
}

/// Never oversold, never below zero, never while points of voided hours are owed.
pub fn decide_place(ctx: &Ctx, cmd: &PlaceRedemption) -> Result<Decision, Stop> {
    ctx.world.want([Key::Reward(cmd.reward), Key::Volunteer(cmd.volunteer), Key::LotsOf(cmd.volunteer)])?;
    let reward = ctx.world.reward(cmd.reward)?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    if reward.withdrawn {
        return Err(Rejection::RewardWithdrawn.into());
    }
    if !ctx.world.unit(volunteer.unit)?.is_within(reward.unit) {
        return Err(Rejection::RewardNotOffered.into());
    }
    if reward.stock_available < 1 {
        return Err(Rejection::RewardOutOfStock.into());
    }
    if volunteer.debt.is_positive() {
        return Err(Rejection::PointsOwed { debt: volunteer.debt }.into());
    }
    let lots = ctx.world.open_lots(volunteer.id)?;
    let available = points::available(&lots, ctx.now);
    if available < reward.price {
        return Err(Rejection::PointsInsufficient { available }.into());
    }
    let draws = points::draw_up_to(lots, reward.price, ctx.now);
    if draws.len() > DRAWS_MAX {
        return Err(Rejection::PointsScattered.into());
    }
    let mut postings = Postings::default();
    postings.transfer(
        Account::Available { unit: volunteer.unit, volunteer: volunteer.id },
        Account::Held { unit: reward.unit, volunteer: volunteer.id },
        reward.price.0,
    );
    Ok(Decision::of(Event::RedemptionPlaced {
        reward: reward.id,
        volunteer: volunteer.id,
        unit: reward.unit,
        points: reward.price,
        draws,
        expires_at: ctx.now.plus(Duration::days(reward.hold_days)),
    })
    .posting(postings))
}

/// The unit that holds the gift hands it over, once, against the code.
pub fn decide_fulfil(ctx: &Ctx, cmd: &FulfilRedemption) -> Result<Decision, Stop> {
    let redemption = ctx.world.redemption(cmd.redemption)?;
    ctx.must_answer_for(ctx.world.unit(redemption.unit)?)?;
    must_be_held(redemption)?;
    ctx.world.want([Key::Volunteer(redemption.volunteer), Key::Reward(redemption.reward)])?;
    if ctx.now >= redemption.expires_at {
        return Err(Rejection::RedemptionExpired.into());
    }
    if !cmd.code_matches {
        return Err(Rejection::PickupCodeWrong.into());
    }
    let (unit, volunteer) = (redemption.unit, redemption.volunteer);
    let mut postings = Postings::default();
    postings.transfer(Account::Held { unit, volunteer }, Account::Redeemed { unit }, redemption.points.0);
    Ok(Decision::of(Event::RedemptionFulfilled { redemption: redemption.id }).posting(postings))
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
    let (release, postings) = release(ctx, redemption, volunteer)?;
    Ok(Decision::of(Event::RedemptionCancelled { redemption: redemption.id, release }).posting(postings))
}

/// The system ends what was not picked up in time.
pub fn decide_expire(ctx: &Ctx, cmd: &ExpireRedemption) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let redemption = ctx.world.redemption(cmd.redemption)?;
    must_be_held(redemption)?;
    if ctx.now < redemption.expires_at {
        return Err(Rejection::NothingDue.into());
    }
    let (release, postings) = release(ctx, redemption, ctx.world.volunteer(redemption.volunteer)?)?;
    Ok(Decision::of(Event::RedemptionExpired { redemption: redemption.id, release }).posting(postings))
}

/// The system lets lots lapse whose validity has ended.
pub fn decide_expire_points(ctx: &Ctx, cmd: &ExpirePoints) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    ctx.world.want([Key::Volunteer(cmd.volunteer), Key::LotsOf(cmd.volunteer)])?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let lots = ctx.world.open_lots(cmd.volunteer)?;
    let lapsed = lots.into_iter().filter(|lot| !lot.is_valid_at(ctx.now));
    // What is left over is due still, and lapses next.
    let draws: Vec<Draw> = lapsed.take(DRAWS_MAX).map(Draw::all_of).collect();
    if draws.is_empty() {
        return Err(Rejection::NothingDue.into());
    }
    let (unit, volunteer) = (volunteer.unit, volunteer.id);
    let mut postings = Postings::default();
    let lapsed = points::total(&draws).0;
    postings.transfer(Account::Available { unit, volunteer }, Account::Expired { unit }, lapsed);
    Ok(Decision::of(Event::PointsExpired { volunteer, draws }).posting(postings))
}

fn must_be_held(redemption: &Redemption) -> Result<(), Rejection> {
    match redemption.status {
        RedemptionStatus::Held => Ok(()),
        status => Err(Rejection::RedemptionNotHeld { status }),
    }
}

/// Held points return to their lots: where the lot's validity has ended they lapse, and what is owed
/// is settled first. Points of voided hours come back whatever their validity: they are owed.
fn release(ctx: &Ctx, redemption: &Redemption, volunteer: &Volunteer) -> Result<(Release, Postings), Stop> {
    let lots = redemption.draws.iter().map(|draw| Key::Lot(draw.lot));
    ctx.world.want_all(lots.chain([Key::LotsOf(volunteer.id), Key::Reward(redemption.reward)]))?;
    let mut voided = Vec::new();
    let mut valid = Vec::new();
    let mut lapsed = Vec::new();
    for draw in &redemption.draws {
        let lot = ctx.world.lot(draw.lot)?;
        let kind = match lot.is_valid_at(ctx.now) {
            _ if lot.voided => &mut voided,
            true => &mut valid,
            false => &mut lapsed,
        };
        kind.push(*draw);
    }
    let returned = [voided, valid].concat();
    let settled = settle_from(&returned, volunteer.debt);
    let held = Account::Held { unit: redemption.unit, volunteer: volunteer.id };
    let available = Account::Available { unit: volunteer.unit, volunteer: volunteer.id };
    let mut postings = Postings::default();
    postings.transfer(held, available, points::total(&returned).0);
    postings.transfer(held, Account::Expired { unit: volunteer.unit }, points::total(&lapsed).0);
    let debt = Account::Debt { unit: volunteer.unit, volunteer: volunteer.id };
    postings.transfer(available, debt, points::total(&settled).0);
    Ok((Release { returned, lapsed, settled }, postings))
}

/// What of the returned points goes to pay a debt.
fn settle_from(returned: &[Draw], debt: Points) -> Vec<Draw> {
    let mut left = debt;
    let pay = |draw: &Draw| {
        let points = draw.points.min(left);
        left -= points;
        Draw { points, ..*draw }
    };
    returned.iter().map(pay).filter(|draw| draw.points.is_positive()).collect()
}

/// What the entry says of a placed redemption.
pub(super) struct Placement<'e> {
    pub reward: RewardId,
    pub volunteer: VolunteerId,
    pub unit: UnitId,
    pub points: Points,
    pub draws: &'e [Draw],
    pub expires_at: Timestamp,
}

pub(super) fn evolve_placed(world: &mut World, draft: &Draft, entry: &Placement) -> Result<(), Stop> {
    points::take(world, entry.draws)?;
    reward::evolve_changed(world, entry.reward, |reward| {
        reward.stock_available -= 1;
        reward.stock_held += 1;
    })?;
    count_open(world, entry.volunteer, 1)?;
    world.put_redemption(Redemption {
        id: RedemptionId::new(draft.seq),
        reward: entry.reward,
        volunteer: entry.volunteer,
        unit: entry.unit,
        points: entry.points,
        draws: entry.draws.to_vec(),
        status: RedemptionStatus::Held,
        placed_by: draft.actor,
        placed_at: draft.recorded_at,
        expires_at: entry.expires_at,
        closed_by: None,
        closed_at: None,
    });
    Ok(())
}

pub(super) fn evolve_fulfilled(world: &mut World, draft: &Draft, id: RedemptionId) -> Result<(), Stop> {
    let redemption = close(world, draft, id, RedemptionStatus::Fulfilled)?;
    reward::evolve_changed(world, redemption.reward, |reward| {
        reward.stock_held -= 1;
        reward.stock_fulfilled += 1;
    })
}

pub(super) fn evolve_released(
    world: &mut World,
    draft: &Draft,
    id: RedemptionId,
    release: &Release,
    status: RedemptionStatus,
) -> Result<(), Stop> {
    let redemption = close(world, draft, id, status)?;
    points::give_back(world, &release.returned)?;
    points::lapse_held(world, &release.lapsed)?;
    record::settle(world, redemption.volunteer, &release.settled)?;
    reward::evolve_changed(world, redemption.reward, |reward| {
        reward.stock_held -= 1;
        reward.stock_available += 1;
    })
}

fn close(
    world: &mut World,
    draft: &Draft,
    id: RedemptionId,
    status: RedemptionStatus,
) -> Result<Redemption, Stop> {
    let mut redemption = world.redemption(id)?.clone();
    redemption.status = status;
    redemption.closed_by = Some(draft.actor);
    redemption.closed_at = Some(draft.recorded_at);
    count_open(world, redemption.volunteer, -1)?;
    world.put_redemption(redemption.clone());
    Ok(redemption)
}

fn count_open(world: &mut World, volunteer: VolunteerId, change: i64) -> Result<(), Stop> {
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.open_redemptions += change;
    world.put_volunteer(volunteer);
    Ok(())
}
