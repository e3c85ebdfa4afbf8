//! Rules of stars (星级): what may be done, and what follows.

use super::{CreateStarScheme, Event, Refusal, scheme};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general::must_replace_newest;
use crate::domain::happening::Happening;
use crate::domain::ids::StarSchemeId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// Terms are set ahead by an admin; only the first version may reach back.
pub fn decide_create(ctx: &Ctx, cmd: &CreateStarScheme) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    if cmd.terms.effective_from < ctx.today() && ctx.world.star_schemes()?.next().is_some() {
        return Err(Refusal::StarSchemeInPast.into());
    }
    if !cmd.terms.are_sound() {
        return Err(Refusal::StarTermsInvalid.into());
    }
    if let Some(named) = cmd.terms.replaces {
        ctx.world.want([Key::StarScheme(named), Key::StarSchemes])?;
        ctx.world.star(named)?;
    }
    let versions = ctx.world.star_schemes()?.map(|version| (version.id, version.effective_from));
    must_replace_newest(versions, cmd.terms.replaces, cmd.terms.effective_from)?;
    Ok(Decision::of(Event::StarSchemeCreated { terms: cmd.terms.clone() })
        .effective(cmd.terms.effective_from))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let Self::StarSchemeCreated { terms } = self;
        world.put(scheme(StarSchemeId::new(unsealed.seq), terms));
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::StarSchemeCreated { terms } = self;
        Ok(scheme(StarSchemeId::new(unsealed.seq), terms).into())
    }
}
