//! Rules of public notice (公示): what may be done, and what follows.

use super::{Event, NoticeDays, NoticePolicy, Refusal, SetNoticePolicy};
use crate::domain::calendar;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::UnitId;
use crate::domain::outcome::Outcome;
use crate::domain::record::ServiceRecord;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::unit::Unit;
use crate::domain::world::{Key, Stop, World};

/// An operator who answers for the unit sets it, for records that are submitted afterwards: as long as those above
/// demand, or longer.
pub fn decide_set(ctx: &Ctx, cmd: &SetNoticePolicy) -> Result<Decision, Stop> {
    let unit = ctx.world.unit(cmd.unit)?;
    ctx.must_answer_for(unit)?;
    ctx.world.want_all(keys(unit))?;
    let above = unit.path.iter().filter(|above| **above != unit.id);
    if let (Some(own), Some((set_for, working_days))) = (cmd.working_days, longest(ctx.world, above))
        && own < working_days
    {
        return Err(Refusal::NoticeShorterThanAbove { set_for, working_days }.into());
    }
    if let Some(policy) = ctx.world.notice_policy(unit.id).filter(|it| it.working_days == cmd.working_days) {
        return Ok(Decision::as_it_is(policy.version, Outcome::NoticePolicy(*policy)));
    }
    Ok(Decision::of(Event::NoticePolicySet { unit: cmd.unit, working_days: cmd.working_days }))
}

/// What the policy that holds for a unit is found by.
pub(in crate::domain) fn keys(unit: &Unit) -> impl Iterator<Item = Key> {
    unit.path.iter().map(|unit| Key::NoticePolicy(*unit))
}

/// When the notice of a record of this unit ends that is submitted now: with the last of its working
/// days. None: there is none.
pub(in crate::domain) fn ends_at(ctx: &Ctx, unit: &Unit) -> Result<Option<Timestamp>, Stop> {
    ctx.world.want_all(keys(unit))?;
    match longest(ctx.world, unit.path.iter()) {
        Some((_, NoticeDays(days @ 1..))) => {
            let last_day = calendar::rules::in_working_days(ctx.world, ctx.today(), days)?;
            Ok(Some(ctx.rules.zone.end_of(last_day)))
        }
        Some((_, NoticeDays(0))) | None => Ok(None),
    }
}

/// The longest notice of these units, from the top down, and the lowest of those that demand it. What a unit above
/// demands later counts, too.
fn longest<'u>(world: &World, units: impl Iterator<Item = &'u UnitId>) -> Option<(UnitId, NoticeDays)> {
    let said = units.filter_map(|unit| Some((*unit, world.notice_policy(*unit)?.working_days?)));
    said.max_by_key(|(_, working_days)| *working_days)
}

/// Nothing is credited while its notice runs.
pub(in crate::domain) fn must_be_over(ctx: &Ctx, ends_at: Option<Timestamp>) -> Result<(), Refusal> {
    match ends_at {
        Some(ends_at) if ctx.now < ends_at => Err(Refusal::NoticeRunning { ends_at }),
        _ => Ok(()),
    }
}

/// Only while its notice runs is a record objected to.
pub(in crate::domain) fn must_be_running(ctx: &Ctx, record: &ServiceRecord) -> Result<(), Refusal> {
    match record.notice_ends_at {
        Some(ends_at) if ctx.now < ends_at => Ok(()),
        _ => Err(Refusal::NoticeNotRunning),
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let Self::NoticePolicySet { unit, working_days } = self;
        world.put(NoticePolicy { unit: *unit, working_days: *working_days, version: unsealed.seq });
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::NoticePolicySet { unit, working_days } = self;
        let (unit, working_days) = (*unit, *working_days);
        Ok(Outcome::NoticePolicy(NoticePolicy { unit, working_days, version: unsealed.seq }))
    }
}
