//! Rules of model posts (示范岗): what may be done, and what follows.

use super::{AwardModelPost, EndModelPost, Event, ModelPost, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::ModelPostId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// An operator who answers for the unit awards it, to the unit or to somebody who belongs there or under it.
pub fn decide_award(ctx: &Ctx, cmd: &AwardModelPost) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    if let Some(id) = cmd.volunteer {
        let volunteer = ctx.world.volunteer(id)?;
        ctx.must_be_active(volunteer)?;
        if !ctx.world.unit(volunteer.unit)?.is_within(cmd.unit) {
            return Err(Refusal::ModelPostHolderElsewhere.into());
        }
    }
    let decision = Decision::of(Event::ModelPostAwarded {
        unit: cmd.unit,
        volunteer: cmd.volunteer,
        title: cmd.title.commitment,
        starts_on: cmd.starts_on,
    })
    .effective(cmd.starts_on);
    Ok(match cmd.volunteer {
        Some(volunteer) => decision.with_words_about(volunteer, [&cmd.title]),
        None => decision.with_note(Some(&cmd.title)),
    })
}

/// A post ends once, not before it began.
pub fn decide_end(ctx: &Ctx, cmd: &EndModelPost) -> Result<Decision, Stop> {
    let post = ctx.world.model_post(cmd.post)?;
    ctx.must_answer_for(ctx.world.unit(post.unit)?)?;
    if post.ends_on.is_some() {
        return Err(Refusal::ModelPostEnded.into());
    }
    if cmd.ends_on < post.starts_on {
        return Err(Refusal::ModelPostDatesInvalid.into());
    }
    Ok(Decision::of(Event::ModelPostEnded { post: post.id, ends_on: cmd.ends_on }).effective(cmd.ends_on))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ModelPostAwarded { .. } => Vec::new(),
            Self::ModelPostEnded { post, .. } => vec![Key::ModelPost(*post)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::ModelPostAwarded { unit, volunteer, title, starts_on } => world.put(ModelPost {
                id: ModelPostId::new(unsealed.seq),
                unit: *unit,
                volunteer: *volunteer,
                title: *title,
                starts_on: *starts_on,
                ends_on: None,
            }),
            Self::ModelPostEnded { post, ends_on } => {
                let mut post = world.model_post(*post)?.clone();
                post.ends_on = Some(*ends_on);
                world.put(post);
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::ModelPostAwarded { .. } => ModelPostId::new(unsealed.seq),
            Self::ModelPostEnded { post, .. } => *post,
        };
        Ok(world.model_post(id)?.clone().into())
    }
}
