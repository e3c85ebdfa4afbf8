//! Rules of crediting policies (时长认定规则): what may be done, and what follows.

use super::{CreditingPolicy, Event, LeaderHours, OnePersonMinutes, Refusal, SetCreditingPolicy};
use crate::domain::actor::Role;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::unit::Unit;
use crate::domain::world::{Key, Stop, World};

/// By an operator who answers for the unit above, or an admin; for what is submitted and credited afterwards.
pub fn decide_set(ctx: &Ctx, cmd: &SetCreditingPolicy) -> Result<Decision, Stop> {
    let unit = ctx.world.unit(cmd.unit)?;
    ctx.must_answer_for(unit)?;
    let is_from_above = match unit.parent {
        Some(parent) => ctx.answers_for(ctx.world.unit(parent)?)?,
        None => ctx.operator()?.is_none_or(|operator| operator.role == Role::Admin),
    };
    if !is_from_above {
        return Err(Refusal::CreditingPolicyFromAbove.into());
    }
    ctx.world.want([Key::CreditingPolicy(unit.id)])?;
    let said = (cmd.one_person_minutes, cmd.leader_hours, cmd.credits_seen);
    // Who says the same after somebody else answers for it from now on.
    let is_said = |it: &&CreditingPolicy| {
        (it.one_person_minutes, it.leader_hours, it.credits_seen) == said && it.set_by == ctx.actor
    };
    if let Some(policy) = ctx.world.crediting_policy(unit.id).filter(is_said) {
        return Ok(Decision::as_it_is(policy.version, Outcome::CreditingPolicy(*policy)));
    }
    Ok(Decision::of(Event::CreditingPolicySet {
        unit: cmd.unit,
        one_person_minutes: cmd.one_person_minutes,
        leader_hours: cmd.leader_hours,
        credits_seen: cmd.credits_seen,
    }))
}

/// What the policies that hold for a unit are found by.
pub(in crate::domain) fn keys(unit: &Unit) -> impl Iterator<Item = Key> {
    unit.path.iter().map(|unit| Key::CreditingPolicy(*unit))
}

/// What the unit itself says, or the nearest above that says anything.
fn nearest<'w, T>(
    ctx: &Ctx<'w>,
    unit: &Unit,
    said: impl Fn(&'w CreditingPolicy) -> Option<T>,
) -> Result<Option<T>, Stop> {
    ctx.world.want_all(keys(unit))?;
    Ok(unit.path.iter().rev().find_map(|unit| said(ctx.world.crediting_policy(*unit)?)))
}

/// For how long after service with this unit its leader counts as having been there.
pub(in crate::domain) fn leader_hours(ctx: &Ctx, unit: &Unit) -> Result<LeaderHours, Stop> {
    Ok(nearest(ctx, unit, |policy| policy.leader_hours)?.unwrap_or_default())
}

/// Whether the service credits what it saw itself of service with this unit: nobody's policy, nobody's doing.
pub(in crate::domain) fn credits_seen(ctx: &Ctx, unit: &Unit) -> Result<bool, Stop> {
    Ok(nearest(ctx, unit, |policy| policy.credits_seen)?.unwrap_or(false))
}

/// How many minutes the actor may credit alone with this unit: nothing by a policy that is the actor's own.
pub(in crate::domain) fn one_person_minutes(ctx: &Ctx, unit: &Unit) -> Result<OnePersonMinutes, Stop> {
    let said = nearest(ctx, unit, |policy| Some((policy.one_person_minutes?, policy.set_by)))?;
    let Some((minutes, set_by)) = said else { return Ok(OnePersonMinutes::default()) };
    Ok(if ctx.is_person(set_by)? { OnePersonMinutes::default() } else { minutes })
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        world.put(policy(unsealed, self));
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(Outcome::CreditingPolicy(policy(unsealed, self)))
    }
}

/// The policy that an entry made.
fn policy(unsealed: &UnsealedEntry, event: &Event) -> CreditingPolicy {
    let Event::CreditingPolicySet { unit, one_person_minutes, leader_hours, credits_seen } = *event;
    let (set_by, version) = (unsealed.actor, unsealed.seq);
    CreditingPolicy { unit, one_person_minutes, leader_hours, credits_seen, set_by, version }
}
