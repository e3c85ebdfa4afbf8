//! Rules of ratings (评价): what may be done, and what follows.

use super::{Event, RATING_DAYS, RateActivity, RateService, Rating, RatingSide, Refusal};
use crate::domain::activity::{self, Activity};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{RatingId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// A volunteer who served there says it, once.
pub fn decide_activity(ctx: &Ctx, cmd: &RateActivity) -> Result<Decision, Stop> {
    let Actor::Volunteer(volunteer) = ctx.actor else {
        return Err(general::Refusal::NotPermitted.into());
    };
    let activity = ctx.world.activity(cmd.activity)?;
    let is_hidden = activity.draft || !ctx.is_of_the_tree_of(ctx.world.volunteer(volunteer)?, activity)?;
    if is_hidden && !ctx.world.has_live_record_at(volunteer, activity.id)? {
        return Err(activity::Refusal::ActivityNotFound.into());
    }
    must_be_ratable(ctx, RatingSide::Volunteer, activity, volunteer)?;
    Ok(Decision::of(Event::ActivityRated {
        activity: activity.id,
        volunteer,
        score: cmd.score,
        words: cmd.words.as_ref().map(|words| words.commitment),
    })
    .with_words_about(volunteer, &cmd.words))
}

/// Who answers for the activity's unit says it, once; nobody of themselves.
pub fn decide_service(ctx: &Ctx, cmd: &RateService) -> Result<Decision, Stop> {
    let activity = ctx.world.activity(cmd.activity)?;
    ctx.must_answer_for(ctx.world.unit(activity.unit)?)?;
    if ctx.is_person(Actor::Volunteer(cmd.volunteer))? {
        return Err(Refusal::RatingOfOwn.into());
    }
    must_be_ratable(ctx, RatingSide::Unit, activity, cmd.volunteer)?;
    Ok(Decision::of(Event::ServiceRated {
        activity: activity.id,
        volunteer: cmd.volunteer,
        score: cmd.score,
        words: cmd.words.as_ref().map(|words| words.commitment),
    })
    .with_words_about(cmd.volunteer, &cmd.words))
}

/// Both sides speak of service that is or may be credited, while it is remembered, and each once.
fn must_be_ratable(
    ctx: &Ctx,
    side: RatingSide,
    activity: &Activity,
    volunteer: VolunteerId,
) -> Result<(), Stop> {
    ctx.must_be_registered(ctx.world.volunteer(volunteer)?)?;
    if !ctx.world.has_live_record_at(volunteer, activity.id)? {
        return Err(Refusal::RatingWithoutService.into());
    }
    if let Some(rating) =
        ctx.world.ratings_at(volunteer, activity.id)?.into_iter().find(|one| one.side == side)
    {
        return Err(Refusal::RatingRepeated { rating: rating.id }.into());
    }
    if ctx.now >= activity.details.window.end.plus(Duration::days(RATING_DAYS)) {
        return Err(Refusal::RatingTooLate.into());
    }
    Ok(())
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let (Self::ActivityRated { activity, .. } | Self::ServiceRated { activity, .. }) = self;
        Ok(vec![Key::Activity(*activity)])
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let side = match self {
            Self::ActivityRated { .. } => RatingSide::Volunteer,
            Self::ServiceRated { .. } => RatingSide::Unit,
        };
        let (Self::ActivityRated { activity, volunteer, score, words }
        | Self::ServiceRated { activity, volunteer, score, words }) = self;
        world.put_rating(Rating {
            id: RatingId::new(unsealed.seq),
            side,
            activity: *activity,
            volunteer: *volunteer,
            unit: world.activity(*activity)?.unit,
            score: *score,
            words: *words,
            rated_by: unsealed.actor,
            rated_at: unsealed.recorded_at,
        });
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(world.rating(RatingId::new(unsealed.seq))?.clone().into())
    }
}
