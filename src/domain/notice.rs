//! Public notice (公示): before a record is credited, the members of its unit may look at it for some
//! working days, and object.
//!
//! How many days is a unit's own policy, or that of the nearest unit above that has one; none where
//! nobody said anything. What a record is submitted under it keeps.

use super::calendar;
use super::command::{Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{Seq, UnitId};
use super::record::ServiceRecord;
use super::rejection::Rejection;
use super::time::Timestamp;
use super::unit::Unit;
use super::world::{Key, Row, Stop, World};
use serde::{Deserialize, Serialize};

/// Most working days that a notice takes.
pub const MOST_NOTICE_DAYS: i64 = 10;

/// How many working days a notice takes: from nought, which is no notice, to [`MOST_NOTICE_DAYS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct NoticeDays(u32);

/// The number is no number of days that a notice may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a notice takes from none to ten working days")]
pub struct NoticeTooLong;

impl TryFrom<i64> for NoticeDays {
    type Error = NoticeTooLong;

    fn try_from(days: i64) -> Result<Self, NoticeTooLong> {
        let days = u32::try_from(days).ok().filter(|days| i64::from(*days) <= MOST_NOTICE_DAYS);
        days.map(Self).ok_or(NoticeTooLong)
    }
}

impl From<NoticeDays> for i64 {
    fn from(days: NoticeDays) -> Self {
        days.0.into()
    }
}

/// How long a unit has records on notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub working_days: Option<NoticeDays>,
    /// The entry that set it.
    pub version: Seq,
}

impl Row for NoticePolicy {
    type Key = UnitId;
    fn key(&self) -> UnitId {
        self.unit
    }
}

/// Sets how long records of a unit, and of those under it without a policy of their own, are on notice.
#[derive(Clone, Debug)]
pub struct SetNoticePolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub working_days: Option<NoticeDays>,
}

/// Whoever answers for the unit sets it, for records that are submitted afterwards.
pub fn decide_set(ctx: &Ctx, cmd: &SetNoticePolicy) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    Ok(Decision::of(Event::NoticePolicySet { unit: cmd.unit, working_days: cmd.working_days }))
}

/// What the policy that holds for a unit is found by.
pub(super) fn keys(unit: &Unit) -> impl Iterator<Item = Key> {
    unit.path.iter().map(|unit| Key::NoticePolicy(*unit))
}

/// When the notice of a record of this unit ends that is submitted now: with the last of its working
/// days. None: there is none.
pub(super) fn ends_at(ctx: &Ctx, unit: &Unit) -> Result<Option<Timestamp>, Stop> {
    ctx.world.want_all(keys(unit))?;
    let own_or_above = unit.path.iter().rev().find_map(|unit| ctx.world.notice_policy(*unit)?.working_days);
    match own_or_above {
        Some(NoticeDays(days @ 1..)) => {
            let last_day = calendar::in_working_days(ctx.world, ctx.today(), days)?;
            Ok(Some(ctx.rules.zone.end_of(last_day)))
        }
        Some(NoticeDays(0)) | None => Ok(None),
    }
}

/// Nothing is credited while its notice runs.
pub(super) fn must_be_over(ctx: &Ctx, ends_at: Option<Timestamp>) -> Result<(), Rejection> {
    match ends_at {
        Some(ends_at) if ctx.now < ends_at => Err(Rejection::NoticeRunning { ends_at }),
        _ => Ok(()),
    }
}

/// Only while its notice runs is a record objected to.
pub(super) fn must_be_running(ctx: &Ctx, record: &ServiceRecord) -> Result<(), Rejection> {
    match record.notice_ends_at {
        Some(ends_at) if ctx.now < ends_at => Ok(()),
        _ => Err(Rejection::NoticeNotRunning),
    }
}

pub(super) fn evolve_set(world: &mut World, draft: &Draft, unit: UnitId, working_days: Option<NoticeDays>) {
    world.put_notice_policy(NoticePolicy { unit, working_days, version: draft.seq });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_takes_ten_working_days_at_most() {
        assert_eq!(NoticeDays::try_from(10).map(i64::from), Ok(10));
        assert_eq!([-1, 11].map(NoticeDays::try_from), [Err(NoticeTooLong); 2]);
        assert!(serde_json::from_str::<NoticeDays>("11").is_err());
    }
}
