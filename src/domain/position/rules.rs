//! Rules of positions (岗位): what may be done, and what follows.

use super::{
    CreatePosition, Event, FillPosition, MOST_PLACES, MOST_POSITIONS, Position, PositionTerms, Refusal,
    UpdatePosition,
};
use crate::domain::activity::Activity;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::enrolment::promotion;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::PositionId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// An activity that recruits tells what it has to: once it is no draft, before the first position is added.
pub fn decide_create(ctx: &Ctx, cmd: &CreatePosition) -> Result<Decision, Stop> {
    let activity = ctx.world.activity(cmd.activity)?;
    must_be_to_come(ctx, activity)?;
    check_terms(ctx, &cmd.terms)?;
    if !activity.draft {
        activity.must_tell_enough()?;
    }
    if ctx.world.positions_of(activity.id)?.count() >= MOST_POSITIONS {
        return Err(Refusal::PositionsTooMany.into());
    }
    Ok(Decision::of(Event::PositionCreated { activity: activity.id, terms: cmd.terms.clone() }))
}

/// Raising the number of places gives them to who waits, in the same entry; lowering it throws nobody out.
pub fn decide_update(ctx: &Ctx, cmd: &UpdatePosition) -> Result<Decision, Stop> {
    let position = ctx.world.position(cmd.position)?;
    let activity = ctx.world.activity(position.activity)?;
    must_be_to_come(ctx, activity)?;
    must_be_current(cmd.expected, position.version)?;
    if cmd.terms == position.terms {
        return Ok(Decision::as_it_is(position.version, position.clone()));
    }
    check_terms(ctx, &cmd.terms)?;
    let changed = Position { terms: cmd.terms.clone(), ..position.clone() };
    let promotions = promotion::of_free_places(ctx, activity, &changed)?;
    Ok(Decision::of(Event::PositionUpdated { position: position.id, terms: cmd.terms.clone(), promotions }))
}

/// By the service itself, where places were freed without a change that gave them on at once.
pub fn decide_fill(ctx: &Ctx, cmd: &FillPosition) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let position = ctx.world.position(cmd.position)?;
    let activity = ctx.world.activity(position.activity)?;
    let promotions = promotion::of_free_places(ctx, activity, position)?;
    if promotions.is_empty() {
        return Err(Refusal::NobodyToPromote.into());
    }
    Ok(Decision::of(Event::PositionFilled { position: position.id, promotions }))
}

fn must_be_to_come(ctx: &Ctx, activity: &Activity) -> Result<(), Stop> {
    ctx.must_answer_for(ctx.world.unit(activity.unit)?)?;
    if activity.cancelled {
        return Err(crate::domain::activity::Refusal::ActivityCancelled.into());
    }
    if activity.details.window.end <= ctx.now { Err(Refusal::ActivityOver.into()) } else { Ok(()) }
}

fn check_terms(ctx: &Ctx, terms: &PositionTerms) -> Result<(), Stop> {
    if !(0..=MOST_PLACES).contains(&terms.places) || !terms.conditions.are_sound() {
        return Err(Refusal::PositionTermsInvalid.into());
    }
    ctx.world.want_all(terms.conditions.units.iter().copied().map(Key::Unit))?;
    terms.conditions.units.iter().try_for_each(|unit| ctx.world.unit(*unit).map(drop))
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        match self {
            Self::PositionCreated { activity, .. } => Ok(vec![Key::Activity(*activity)]),
            Self::PositionUpdated { position, promotions, .. }
            | Self::PositionFilled { position, promotions } => Ok([Key::Position(*position)]
                .into_iter()
                .chain(promotion::keys(world, promotions)?)
                .collect()),
        }
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::PositionCreated { activity, terms } => {
                let activity = world.activity(*activity)?;
                let position = Position {
                    id: PositionId::new(unsealed.seq),
                    activity: activity.id,
                    unit: activity.unit,
                    terms: terms.clone(),
                    taken: 0,
                    offered: 0,
                    waiting: 0,
                    version: unsealed.seq,
                };
                world.put_position(position);
                Ok(())
            }
            Self::PositionUpdated { position, terms, promotions } => {
                let position = world.position(*position)?.clone();
                world.put_position(Position { terms: terms.clone(), version: unsealed.seq, ..position });
                promotion::evolve(world, unsealed, promotions)
            }
            Self::PositionFilled { promotions, .. } => promotion::evolve(world, unsealed, promotions),
        }
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::PositionCreated { .. } => PositionId::new(unsealed.seq),
            Self::PositionUpdated { position, .. } | Self::PositionFilled { position, .. } => *position,
        };
        Ok(world.position(id)?.clone().into())
    }
}
