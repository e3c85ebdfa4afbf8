//! Rules of accesses (查阅记录): who is shown whole numbers.

use super::{Access, Event, RevealNumbers};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::AccessId;
use crate::domain::outcome::Outcome;
use crate::domain::person::FULL_AGE;
use crate::domain::rules::Rules;
use crate::domain::time::age_on;
use crate::domain::volunteer;
use crate::domain::world::{Key, Stop, World};

/// An operator who answers for the volunteer's unit, as long as there is somebody who has numbers.
pub fn decide_reveal(ctx: &Ctx, cmd: &RevealNumbers) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_answer_for(ctx.world.unit(volunteer.unit)?)?;
    ctx.must_be_registered(volunteer)?;
    let birth = cmd.birth.filter(|birth| birth.read == volunteer.version);
    let birth = birth.ok_or(volunteer::Refusal::PersonStale)?;
    Ok(Decision::of(Event::NumbersRevealed {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        minor: age_on(birth.birth_date, ctx.today()) < FULL_AGE,
        purpose: cmd.purpose.commitment,
    })
    .with_words_about(volunteer.id, [&cmd.purpose]))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let Self::NumbersRevealed { volunteer, unit, minor, purpose } = self;
        world.put(Access {
            id: AccessId::new(unsealed.seq),
            volunteer: *volunteer,
            unit: *unit,
            minor: *minor,
            purpose: *purpose,
            revealed_by: unsealed.actor,
            revealed_at: unsealed.recorded_at,
        });
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(world.access(AccessId::new(unsealed.seq))?.clone().into())
    }
}
