//! Rules of points policies (积分规则): what may be done, and what follows.

use super::{CreatePolicy, Event, PointsPolicy, PolicyTerms, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general::must_replace_newest;
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
    if !cmd.terms.begin_before_they_end(ctx.today()) {
        return Err(Refusal::PolicyValidityOver.into());
    }
    must_replace_the_newest(ctx, &cmd.terms)?;
    for programme in cmd.terms.programme_coefficients.keys() {
        ctx.world.programme(*programme)?;
    }
    Ok(Decision::of(Event::PolicyCreated { terms: cmd.terms.clone() }).effective(cmd.terms.effective_from))
}

/// Two admins who change the same version at a time do not both succeed; nor does one take effect on the day of
/// another without naming it.
fn must_replace_the_newest(ctx: &Ctx, terms: &PolicyTerms) -> Result<(), Stop> {
    if let Some(named) = terms.replaces {
        ctx.world.want([Key::Policy(named), Key::Policies])?;
        ctx.world.policy(named)?;
    }
    let versions = ctx.world.policies()?.map(|version| (version.id, version.effective_from));
    Ok(must_replace_newest(versions, terms.replaces, terms.effective_from)?)
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let Self::PolicyCreated { terms } = self;
        world.put(policy(unsealed, terms));
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::PolicyCreated { terms } = self;
        Ok(policy(unsealed, terms).into())
    }
}

/// The version that an entry made.
fn policy(unsealed: &UnsealedEntry, terms: &PolicyTerms) -> PointsPolicy {
    PointsPolicy {
        id: PolicyId::new(unsealed.seq),
        effective_from: terms.effective_from,
        terms: terms.clone(),
    }
}
