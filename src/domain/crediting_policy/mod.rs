//! Crediting policies (时长认定规则): how many minutes one person alone may answer for, for how long after service its
//! leader counts as having been there, and whether what the service saw itself is credited by itself.
//!
//! Each is a unit's own, or that of the nearest unit above that has one. It is set from above: nobody allows it to
//! themselves.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::amounts::Minutes;
use super::ids::{Seq, UnitId};
use super::noun::{Row, events, refusals};
use serde::{Deserialize, Serialize};

/// Most minutes that one record may have at all.
pub const MOST_MINUTES_A_RECORD: i64 = 24 * 60;
/// Most minutes that a month has.
pub const MOST_MINUTES_A_MONTH: i64 = 31 * 24 * 60;
/// Most hours after service within which its leader can count as having been there: ten days.
pub const MOST_LEADER_HOURS: i64 = 240;

/// How many minutes one person alone may enter and credit (单人认定时长): nothing where nobody said anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Limits", into = "Limits")]
pub struct OnePersonMinutes {
    a_record: Minutes,
    a_month: Minutes,
}

/// The same as it is written down.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Limits {
    a_record: Minutes,
    a_month: Minutes,
}

/// The numbers are no minutes that a record and a month can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a record has from none to 1,440 minutes, a month from none to 44,640")]
pub struct MinutesOutOfRange;

impl OnePersonMinutes {
    /// Most minutes of a record, and of a volunteer's service in a calendar month.
    pub fn new(a_record: Minutes, a_month: Minutes) -> Result<Self, MinutesOutOfRange> {
        let fits = (0..=MOST_MINUTES_A_RECORD).contains(&a_record.0)
            && (0..=MOST_MINUTES_A_MONTH).contains(&a_month.0);
        fits.then_some(Self { a_record, a_month }).ok_or(MinutesOutOfRange)
    }

    /// Most minutes of one record.
    #[must_use]
    pub const fn a_record(self) -> Minutes {
        self.a_record
    }

    /// Most minutes of one volunteer's service in a calendar month, with whatever unit.
    #[must_use]
    pub const fn a_month(self) -> Minutes {
        self.a_month
    }

    /// Whether so many minutes of a record fit, besides those that were credited alone in its month before.
    #[must_use]
    pub fn allow(self, minutes: Minutes, before: Minutes) -> bool {
        minutes.is_positive() && minutes <= self.a_record && before + minutes <= self.a_month
    }
}

impl TryFrom<Limits> for OnePersonMinutes {
    type Error = MinutesOutOfRange;

    fn try_from(limits: Limits) -> Result<Self, MinutesOutOfRange> {
        Self::new(limits.a_record, limits.a_month)
    }
}

impl From<OnePersonMinutes> for Limits {
    fn from(OnePersonMinutes { a_record, a_month }: OnePersonMinutes) -> Self {
        Self { a_record, a_month }
    }
}

/// How many hours after its end service is still entered as seen on the spot: 48 where nobody said anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct LeaderHours(i64);

/// The number is no number of hours within which a leader can have been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a leader enters what was seen within 1 to 240 hours")]
pub struct HoursOutOfRange;

impl Default for LeaderHours {
    fn default() -> Self {
        Self(48)
    }
}

impl TryFrom<i64> for LeaderHours {
    type Error = HoursOutOfRange;

    fn try_from(hours: i64) -> Result<Self, HoursOutOfRange> {
        (1..=MOST_LEADER_HOURS).contains(&hours).then_some(Self(hours)).ok_or(HoursOutOfRange)
    }
}

impl From<LeaderHours> for i64 {
    fn from(hours: LeaderHours) -> Self {
        hours.0
    }
}

/// What a unit, and those under it without a policy of their own, may credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditingPolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub one_person_minutes: Option<OnePersonMinutes>,
    /// None: as the unit above has it.
    pub leader_hours: Option<LeaderHours>,
    /// Whether what the service saw itself is credited by itself, once its public notice is over. None: as the unit above
    /// has it.
    pub credits_seen: Option<bool>,
    /// Who set it credits nothing alone by it.
    pub set_by: Actor,
    /// The entry that set it.
    pub version: Seq,
}

impl Row for CreditingPolicy {
    type Key = UnitId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> UnitId {
        self.unit
    }
}

/// Sets what a unit may credit, instead of what was set before.
#[derive(Clone, Debug)]
pub struct SetCreditingPolicy {
    pub unit: UnitId,
    /// None: as the unit above has it.
    pub one_person_minutes: Option<OnePersonMinutes>,
    /// None: as the unit above has it.
    pub leader_hours: Option<LeaderHours>,
    /// Whether what the service saw itself is credited by itself, once its public notice is over. None: as the unit above
    /// has it.
    pub credits_seen: Option<bool>,
}

events! {
    CreditingPolicySet = "crediting_policy_set" {
        unit: UnitId,
        one_person_minutes: Option<OnePersonMinutes>,
        leader_hours: Option<LeaderHours>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credits_seen: Option<bool>,
    }
}

refusals! {
    /// What a unit may credit is set by who answers for the unit above it; of a top unit by an admin.
    CreditingPolicyFromAbove = Forbidden "crediting_policy_from_above" "what a unit may credit is set by the unit above it, or by an admin";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_answers_for_a_record_and_a_month_within_both_limits() {
        let limits = OnePersonMinutes::new(Minutes(60), Minutes(100)).unwrap();
        assert!(limits.allow(Minutes(60), Minutes(40)));
        assert!(!limits.allow(Minutes(61), Minutes(0)), "the record's limit");
        assert!(!limits.allow(Minutes(60), Minutes(41)), "the month's limit");
        assert!(!limits.allow(Minutes(0), Minutes(0)), "what has no minutes has no measure");
        assert!(!OnePersonMinutes::default().allow(Minutes(1), Minutes(0)), "nothing by default");
    }

    #[test]
    fn limits_are_minutes_that_there_can_be() {
        assert!(OnePersonMinutes::new(Minutes(1_440), Minutes(44_640)).is_ok());
        for (a_record, a_month) in [(1_441, 0), (-1, 0), (0, 44_641), (0, -1)] {
            assert!(OnePersonMinutes::new(Minutes(a_record), Minutes(a_month)).is_err());
        }
        assert!(serde_json::from_str::<OnePersonMinutes>(r#"{"a_record":1441,"a_month":0}"#).is_err());
        assert_eq!([0, 241].map(LeaderHours::try_from), [Err(HoursOutOfRange); 2]);
        assert_eq!(i64::from(LeaderHours::default()), 48);
    }
}
