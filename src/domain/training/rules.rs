//! Rules of trainings (培训): what may be done, and what follows.

use super::{CorrectTraining, EnterTraining, Event, Refusal, Training, TrainingTerms, VoidTraining};
use crate::domain::actor::Actor;
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{TrainingId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

const MINUTES_A_DAY: i64 = 24 * 60;

/// An operator who answers for the volunteer's unit enters it, once it is over; nobody their own.
pub fn decide_enter(ctx: &Ctx, cmd: &EnterTraining) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    must_be_anothers(ctx, volunteer.id, volunteer.unit)?;
    ctx.must_be_active(volunteer)?;
    check(&cmd.terms, ctx.today())?;
    let TrainingTerms { first_day, last_day, minutes, .. } = cmd.terms;
    Ok(Decision::of(Event::TrainingEntered {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        course: cmd.terms.course.commitment,
        organiser: cmd.terms.organiser.commitment,
        result: cmd.terms.result.as_ref().map(|result| result.commitment),
        first_day,
        last_day,
        minutes,
    })
    .effective(last_day)
    .with_words_about(volunteer.id, cmd.terms.words()))
}

/// What was said before stays in the journal, as figures and commitments.
pub fn decide_correct(ctx: &Ctx, cmd: &CorrectTraining) -> Result<Decision, Stop> {
    let training = standing_training(ctx, cmd.training)?;
    must_be_current(cmd.expected, training.version)?;
    check(&cmd.terms, ctx.today())?;
    let TrainingTerms { first_day, last_day, minutes, .. } = cmd.terms;
    Ok(Decision::of(Event::TrainingCorrected {
        training: training.id,
        course: cmd.terms.course.commitment,
        organiser: cmd.terms.organiser.commitment,
        result: cmd.terms.result.as_ref().map(|result| result.commitment),
        first_day,
        last_day,
        minutes,
        reason: cmd.reason.commitment,
    })
    .effective(last_day)
    .with_words_about(training.volunteer, cmd.terms.words().chain([&cmd.reason])))
}

/// Voiding says why, and is for good.
pub fn decide_void(ctx: &Ctx, cmd: &VoidTraining) -> Result<Decision, Stop> {
    let training = standing_training(ctx, cmd.training)?;
    Ok(Decision::of(Event::TrainingVoided { training: training.id, reason: cmd.reason.commitment })
        .effective(training.last_day)
        .with_words_about(training.volunteer, [&cmd.reason]))
}

fn standing_training<'w>(ctx: &Ctx<'w>, id: TrainingId) -> Result<&'w Training, Stop> {
    let training = ctx.world.training(id)?;
    must_be_anothers(ctx, training.volunteer, training.unit)?;
    ctx.must_be_active(ctx.world.volunteer(ctx.world.person_of(training.volunteer)?)?)?;
    if training.voided_at.is_some() { Err(Refusal::TrainingVoided.into()) } else { Ok(training) }
}

fn must_be_anothers(ctx: &Ctx, volunteer: VolunteerId, unit: UnitId) -> Result<(), Stop> {
    ctx.must_answer_for(ctx.world.unit(unit)?)?;
    if ctx.is_person(Actor::Volunteer(volunteer))? { Err(Refusal::TrainingOfOwn.into()) } else { Ok(()) }
}

fn check(terms: &TrainingTerms, today: NaiveDate) -> Result<(), Refusal> {
    let TrainingTerms { first_day, last_day, minutes, .. } = terms;
    if first_day > last_day || *last_day > today {
        return Err(Refusal::TrainingDatesInvalid);
    }
    let days = (*last_day - *first_day).num_days() + 1;
    let fits = (1..=days * MINUTES_A_DAY).contains(&minutes.0);
    if fits { Ok(()) } else { Err(Refusal::TrainingMinutesInvalid) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::TrainingEntered { .. } => Vec::new(),
            Self::TrainingCorrected { training, .. } | Self::TrainingVoided { training, .. } => {
                vec![Key::Training(*training)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let training = match self {
            Self::TrainingEntered {
                volunteer,
                unit,
                course,
                organiser,
                result,
                first_day,
                last_day,
                minutes,
            } => Training {
                id: TrainingId::new(unsealed.seq),
                volunteer: *volunteer,
                unit: *unit,
                first_day: *first_day,
                last_day: *last_day,
                minutes: *minutes,
                course: *course,
                organiser: *organiser,
                result: *result,
                words_entry: unsealed.seq,
                entered_by: unsealed.actor,
                entered_at: unsealed.recorded_at,
                voided_at: None,
                version: unsealed.seq,
            },
            Self::TrainingCorrected {
                training,
                course,
                organiser,
                result,
                first_day,
                last_day,
                minutes,
                ..
            } => Training {
                first_day: *first_day,
                last_day: *last_day,
                minutes: *minutes,
                course: *course,
                organiser: *organiser,
                result: *result,
                words_entry: unsealed.seq,
                version: unsealed.seq,
                ..world.training(*training)?.clone()
            },
            Self::TrainingVoided { training, .. } => Training {
                voided_at: Some(unsealed.recorded_at),
                version: unsealed.seq,
                ..world.training(*training)?.clone()
            },
        };
        world.put_training(training);
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::TrainingEntered { .. } => TrainingId::new(unsealed.seq),
            Self::TrainingCorrected { training, .. } | Self::TrainingVoided { training, .. } => *training,
        };
        Ok(world.training(id)?.clone().into())
    }
}
