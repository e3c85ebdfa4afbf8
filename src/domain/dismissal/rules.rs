//! Rules of dismissing a finding (排除): what may be done, and what follows.

use super::{DismissFinding, Dismissal, Event, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// An auditor of the finding's unit, or an admin, dismisses it, once. Those whom it may be about do not.
pub fn decide_dismiss(ctx: &Ctx, cmd: &DismissFinding) -> Result<Decision, Stop> {
    ctx.must_audit(ctx.world.unit(cmd.unit)?)?;
    if ctx.world.dismissal(cmd.finding)?.is_some() {
        return Err(Refusal::FindingDismissed.into());
    }
    let event = Event::FindingDismissed {
        finding: cmd.finding,
        rule: cmd.rule,
        unit: cmd.unit,
        reason: cmd.reason.commitment,
        volunteer: cmd.about,
    };
    let decision = Decision::of(event);
    Ok(match cmd.about {
        Some(volunteer) => decision.with_words_about(volunteer, [&cmd.reason]),
        None => decision.with_note(Some(&cmd.reason)),
    })
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        world.put(self.dismissal(unsealed));
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(Outcome::Dismissal(self.dismissal(unsealed)))
    }
}

impl Event {
    fn dismissal(&self, unsealed: &UnsealedEntry) -> Dismissal {
        let Self::FindingDismissed { finding, rule, unit, .. } = self;
        Dismissal {
            finding: *finding,
            rule: *rule,
            unit: *unit,
            dismissed_by: unsealed.actor,
            dismissed_at: unsealed.recorded_at,
            entry: unsealed.seq,
        }
    }
}
