//! Rules of honours (表彰): what may be done, and what follows.

use super::{CorrectHonour, EnterHonour, Event, Honour, HonourTerms, Refusal, VoidHonour};
use crate::domain::actor::Actor;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{HonourId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

/// An operator who answers for the volunteer's unit enters it; nobody their own.
pub fn decide_enter(ctx: &Ctx, cmd: &EnterHonour) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    must_be_anothers(ctx, volunteer.id, volunteer.unit)?;
    ctx.must_be_active(volunteer)?;
    check(&cmd.terms, ctx.today())?;
    Ok(Decision::of(Event::HonourEntered {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        title: cmd.terms.title.commitment,
        giver: cmd.terms.giver.commitment,
        day: cmd.terms.day,
    })
    .effective(cmd.terms.day)
    .with_words_about(volunteer.id, cmd.terms.words()))
}

/// What was said before stays in the journal, as figures and commitments.
pub fn decide_correct(ctx: &Ctx, cmd: &CorrectHonour) -> Result<Decision, Stop> {
    let honour = standing_honour(ctx, cmd.honour)?;
    must_be_current(cmd.expected, honour.version)?;
    check(&cmd.terms, ctx.today())?;
    Ok(Decision::of(Event::HonourCorrected {
        honour: honour.id,
        title: cmd.terms.title.commitment,
        giver: cmd.terms.giver.commitment,
        day: cmd.terms.day,
        reason: cmd.reason.commitment,
    })
    .effective(cmd.terms.day)
    .with_words_about(honour.volunteer, cmd.terms.words().chain([&cmd.reason])))
}

/// Voiding says why, and is for good.
pub fn decide_void(ctx: &Ctx, cmd: &VoidHonour) -> Result<Decision, Stop> {
    let honour = standing_honour(ctx, cmd.honour)?;
    Ok(Decision::of(Event::HonourVoided { honour: honour.id, reason: cmd.reason.commitment })
        .effective(honour.day)
        .with_words_about(honour.volunteer, [&cmd.reason]))
}

fn standing_honour<'w>(ctx: &Ctx<'w>, id: HonourId) -> Result<&'w Honour, Stop> {
    let honour = ctx.world.honour(id)?;
    must_be_anothers(ctx, honour.volunteer, honour.unit)?;
    ctx.must_be_active(ctx.world.volunteer(ctx.world.person_of(honour.volunteer)?)?)?;
    if honour.voided_at.is_some() { Err(Refusal::HonourVoided.into()) } else { Ok(honour) }
}

fn must_be_anothers(ctx: &Ctx, volunteer: VolunteerId, unit: UnitId) -> Result<(), Stop> {
    ctx.must_answer_for(ctx.world.unit(unit)?)?;
    if ctx.is_person(Actor::Volunteer(volunteer))? { Err(Refusal::HonourOfOwn.into()) } else { Ok(()) }
}

fn check(terms: &HonourTerms, today: NaiveDate) -> Result<(), Refusal> {
    if terms.day > today { Err(Refusal::HonourInFuture) } else { Ok(()) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::HonourEntered { .. } => Vec::new(),
            Self::HonourCorrected { honour, .. } | Self::HonourVoided { honour, .. } => {
                vec![Key::Honour(*honour)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let honour = match self {
            Self::HonourEntered { volunteer, unit, title, giver, day } => Honour {
                id: HonourId::new(unsealed.seq),
                volunteer: *volunteer,
                unit: *unit,
                day: *day,
                title: *title,
                giver: *giver,
                words_entry: unsealed.seq,
                entered_by: unsealed.actor,
                entered_at: unsealed.recorded_at,
                voided_at: None,
                version: unsealed.seq,
            },
            Self::HonourCorrected { honour, title, giver, day, .. } => Honour {
                day: *day,
                title: *title,
                giver: *giver,
                words_entry: unsealed.seq,
                version: unsealed.seq,
                ..world.honour(*honour)?.clone()
            },
            Self::HonourVoided { honour, .. } => Honour {
                voided_at: Some(unsealed.recorded_at),
                version: unsealed.seq,
                ..world.honour(*honour)?.clone()
            },
        };
        world.put(honour);
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::HonourEntered { .. } => HonourId::new(unsealed.seq),
            Self::HonourCorrected { honour, .. } | Self::HonourVoided { honour, .. } => *honour,
        };
        Ok(world.honour(id)?.clone().into())
    }
}
