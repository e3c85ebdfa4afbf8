//! Rules of points as lots: what may be done, and what follows.

use super::{DRAWS_MAX, Draw, Event, ExpirePoints, Lot, Repayment, debt, total};
use crate::domain::account::{Account, Postings};
use crate::domain::amounts::Points;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::LotId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};

/// The system lets lots lapse whose validity has ended.
pub fn decide_expire(ctx: &Ctx, cmd: &ExpirePoints) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    ctx.world.want([Key::Volunteer(cmd.volunteer), Key::LotsOf(cmd.volunteer)])?;
    let volunteer = ctx.world.volunteer(ctx.world.person_of(cmd.volunteer)?)?;
    let lots = ctx.world.open_lots(volunteer.id)?;
    let lapsed = lots.into_iter().filter(|lot| !lot.is_valid_at(ctx.now));
    // What is left over is due still, and lapses next.
    let draws: Vec<Draw> = lapsed.take(DRAWS_MAX).map(Draw::all_of).collect();
    if draws.is_empty() {
        return Err(general::Refusal::NothingDue.into());
    }
    Ok(Decision::of(Event::PointsExpired { volunteer: volunteer.id, draws }))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let Self::PointsExpired { draws, .. } = self;
        Ok(keys(draws).collect())
    }

    fn postings(&self, world: &World) -> Result<Postings, Stop> {
        let Self::PointsExpired { volunteer, draws } = self;
        Ok(lapsing(world.volunteer(*volunteer)?, draws))
    }

    fn evolve(&self, world: &mut World, _: &Rules, _: &UnsealedEntry) -> Result<(), Stop> {
        let Self::PointsExpired { draws, .. } = self;
        lapse(world, draws)
    }

    fn outcome(&self, world: &World, _: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::PointsExpired { volunteer, .. } = self;
        Ok(world.volunteer(*volunteer)?.clone().into())
    }
}

/// What posts the draws as lapsed.
pub(in crate::domain) fn lapsing(volunteer: &Volunteer, draws: &[Draw]) -> Postings {
    let (unit, volunteer) = (volunteer.unit, volunteer.id);
    let mut postings = Postings::default();
    postings.transfer(Account::Available { unit, volunteer }, Account::Expired { unit }, total(draws).0);
    postings
}

/// The lots that a list of draws names.
pub(in crate::domain) fn keys(draws: &[Draw]) -> impl Iterator<Item = Key> + use<'_> {
    draws.iter().map(|draw| Key::Lot(draw.lot))
}

/// Takes each draw from its lot.
pub(in crate::domain) fn take(world: &mut World, draws: &[Draw]) -> Result<(), Stop> {
    change(world, draws, |lot, points| lot.remaining -= points)
}

/// Puts each draw back into its lot.
pub(in crate::domain) fn give_back(world: &mut World, draws: &[Draw]) -> Result<(), Stop> {
    change(world, draws, |lot, points| lot.remaining += points)
}

/// The lots that repayments change.
pub(in crate::domain) fn keys_of_owing(repayments: &[Repayment]) -> impl Iterator<Item = Key> + use<'_> {
    repayments.iter().map(|repayment| Key::Lot(repayment.owing))
}

/// Takes what is repaid off what the owing lots owe, and remembers who gave it.
pub(in crate::domain) fn repay(world: &mut World, repaid: &[Repayment]) -> Result<(), Stop> {
    repaid.iter().try_for_each(|Repayment { owing, lender, points }| {
        change_one(world, *owing, |lot| {
            lot.owed -= *points;
            if lender != owing {
                lot.lenders.push(Draw { lot: *lender, points: *points });
            }
        })
    })
}

/// Takes what went back to lenders off what they gave.
pub(in crate::domain) fn restore(world: &mut World, restored: &[Repayment]) -> Result<(), Stop> {
    restored
        .iter()
        .try_for_each(|one| change_one(world, one.owing, |lot| debt::give_back_to_lender(lot, *one)))
}

/// Lets what is left of each lot lapse.
pub(in crate::domain) fn lapse(world: &mut World, draws: &[Draw]) -> Result<(), Stop> {
    change(world, draws, |lot, points| {
        lot.remaining -= points;
        lot.lapsed += points;
    })
}

/// Marks held points as lapsed: their lot's validity ended while they were held.
pub(in crate::domain) fn lapse_held(world: &mut World, draws: &[Draw]) -> Result<(), Stop> {
    change(world, draws, |lot, points| lot.lapsed += points)
}

fn change(world: &mut World, draws: &[Draw], apply: impl Fn(&mut Lot, Points)) -> Result<(), Stop> {
    draws.iter().try_for_each(|draw| change_one(world, draw.lot, |lot| apply(lot, draw.points)))
}

fn change_one(world: &mut World, id: LotId, apply: impl FnOnce(&mut Lot)) -> Result<(), Stop> {
    let mut lot = world.lot(id)?.clone();
    apply(&mut lot);
    world.put_lot(lot);
    Ok(())
}
