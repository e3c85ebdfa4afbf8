//! Rules of activation codes (激活码): what may be done, and what follows.

use super::{DAYS, Event, GRACE_SECONDS, GiveActivation, MOST_TRIES, Refusal, TryActivation};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::Seq;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// Who answers for the volunteer's unit gives the code.
pub fn decide_give(ctx: &Ctx, cmd: &GiveActivation) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    ctx.must_be_registered(volunteer)?;
    let until = ctx.now.plus(Duration::days(DAYS));
    Ok(Decision::of(Event::ActivationGiven { volunteer: volunteer.id, until }))
}

/// Of a code that is good a wrong try is counted, by whichever replica it comes; of any other nothing is told.
pub fn decide_try(ctx: &Ctx, cmd: &TryActivation) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    must_be_good(ctx, volunteer, cmd.entry)?;
    let volunteer = volunteer.id;
    Ok(Decision::of(if cmd.is_right {
        Event::ActivationUsed { volunteer }
    } else {
        Event::ActivationFailed { volunteer }
    }))
}

/// Refuses a code that was given by an earlier entry, that is over or spent, or whose volunteer has left.
pub(in crate::domain) fn must_be_good(ctx: &Ctx, volunteer: &Volunteer, entry: Seq) -> Result<(), Refusal> {
    let is_good = volunteer.activation_entry == Some(entry)
        && volunteer.activation_until.is_some_and(|until| ctx.now < until)
        && volunteer.must_be_registered().is_ok();
    if is_good { Ok(()) } else { Err(Refusal::ActivationInvalid) }
}

/// The same for what a code is spent on for good: the grace in which a lost answer is given again is for who signs in, not
/// for a second binding. A code's own last seconds go with it.
pub(in crate::domain) fn must_be_unspent(
    ctx: &Ctx,
    volunteer: &Volunteer,
    entry: Seq,
) -> Result<(), Refusal> {
    must_be_good(ctx, volunteer, entry)?;
    let grace_ends_at = ctx.now.plus(Duration::seconds(GRACE_SECONDS));
    let is_unspent = volunteer.activation_until.is_some_and(|until| grace_ends_at < until);
    if is_unspent { Ok(()) } else { Err(Refusal::ActivationInvalid) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let (Self::ActivationGiven { volunteer, .. }
        | Self::ActivationUsed { volunteer }
        | Self::ActivationFailed { volunteer }) = self;
        Ok(vec![Key::Volunteer(*volunteer)])
    }

    /// The registration is not changed by it, and so neither is the version.
    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let volunteer = match self {
            Self::ActivationGiven { volunteer, until } => Volunteer {
                activation_entry: Some(unsealed.seq),
                activation_until: Some(*until),
                activation_tries: 0,
                ..world.volunteer(*volunteer)?.clone()
            },
            Self::ActivationUsed { volunteer } => {
                let volunteer = world.volunteer(*volunteer)?.clone();
                let grace_ends_at = unsealed.recorded_at.plus(Duration::seconds(GRACE_SECONDS));
                let until = volunteer.activation_until.map(|until| until.min(grace_ends_at));
                Volunteer { activation_until: until, ..volunteer }
            }
            Self::ActivationFailed { volunteer } => {
                let volunteer = world.volunteer(*volunteer)?.clone();
                match volunteer.activation_tries + 1 {
                    MOST_TRIES.. => volunteer.without_activation(),
                    activation_tries => Volunteer { activation_tries, ..volunteer },
                }
            }
        };
        world.put(volunteer);
        Ok(())
    }

    fn outcome(&self, world: &World, _: &UnsealedEntry) -> Result<Outcome, Stop> {
        let (Self::ActivationGiven { volunteer, .. }
        | Self::ActivationUsed { volunteer }
        | Self::ActivationFailed { volunteer }) = self;
        Ok(world.volunteer(*volunteer)?.clone().into())
    }
}
