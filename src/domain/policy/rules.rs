//! Rules of points policies (积分规则): what may be done, and what follows.

use super::{CreatePolicy, Event, PointsPolicy, PolicyTerms, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::Draft;
use crate::domain::happening::Happening;
use crate::domain::ids::PolicyId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// Terms are set ahead by an admin, never backwards: what was earned stays earned.
pub fn decide_create(ctx: &Ctx, cmd: &CreatePolicy) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    if cmd.terms.effective_from < ctx.today() && ctx.world.policies()?.next().is_some() {
        return Err(Refusal::PolicyInPast.into());
    }
    if !cmd.terms.are_within_bounds() {
        return Err(Refusal::PolicyTermsInvalid.into());
    }
    for programme in cmd.terms.programme_coefficients.keys() {
        ctx.world.programme(*programme)?;
    }
    Ok(Decision::of(Event::PolicyCreated { terms: cmd.terms.clone() }).effective(cmd.terms.effective_from))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &Draft) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, draft: &Draft) -> Result<(), Stop> {
        let Self::PolicyCreated { terms } = self;
        world.put(policy(draft, terms));
        Ok(())
    }

    fn outcome(&self, _: &World, draft: &Draft) -> Result<Outcome, Stop> {
        let Self::PolicyCreated { terms } = self;
        Ok(policy(draft, terms).into())
    }
}

/// The version that an entry made.
fn policy(draft: &Draft, terms: &PolicyTerms) -> PointsPolicy {
    PointsPolicy { id: PolicyId::new(draft.seq), effective_from: terms.effective_from, terms: terms.clone() }
}
