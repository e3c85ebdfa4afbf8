//! Public notice (公示): before a record is credited, the members of its unit may look at it for some
//! working days, and object.
//!
//! How many days is a unit's own policy, or that of the nearest unit above that has one; none where
//! nobody said anything. What a record is submitted under it keeps.

mod kept;
pub mod rules;

use super::ids::{Seq, UnitId};
use super::noun::{Row, events, refusals};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Most working days that a notice takes.
pub const MOST_NOTICE_DAYS: i64 = 10;

/// How many working days a notice takes: from 0, which is no notice, to [`MOST_NOTICE_DAYS`].
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

/// How long a unit's records are on public notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticePolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub working_days: Option<NoticeDays>,
    /// The entry that set it.
    pub version: Seq,
}

impl Row for NoticePolicy {
    type Key = UnitId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> UnitId {
        self.unit
    }
}

/// Sets how long records of a unit and of those under it are on notice at least.
#[derive(Clone, Debug)]
pub struct SetNoticePolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub working_days: Option<NoticeDays>,
}

events! {
    NoticePolicySet = "notice_policy_set" {
        unit: UnitId,
        working_days: Option<NoticeDays>,
    }
}

refusals! {
    /// A unit's notice is no shorter than what a unit above demands; null follows that.
    NoticeShorterThanAbove { set_for: UnitId, working_days: NoticeDays } = Conflict "notice_shorter_than_above" "a unit above, {set_for}, demands a longer notice";
    /// The record is on public notice.
    NoticeRunning { ends_at: Timestamp } = Conflict "notice_running" "the record is on public notice until {ends_at}";
    /// The record is not on public notice, or no longer.
    NoticeNotRunning = Conflict "notice_not_running" "the record is not on public notice, or no longer";
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
