//! Headcounts that were changed for days that were over.
//!
//! Rates are measured by headcounts: who says afterwards that there were fewer people, has a better rate.

use super::{Finding, FindingRule, Subject, grouped};
use crate::domain::actor::Actor;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::time::{LocalZone, Timestamp};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason() -> String {
    "A unit's headcount was changed with effect from a day that was over: rates of assessments of that time change. \
     Possible honest cause: a mistake was put right, or the figure came late."
        .to_owned()
}

/// A headcount as an entry stated it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedHeadcount {
    pub entry: Seq,
    pub unit: UnitId,
    pub stated_by: Actor,
    pub stated_at: Timestamp,
    pub effective_from: NaiveDate,
    pub staff: i64,
    pub party_members: i64,
    /// Whether it was stated within the window; the others are what it is compared with.
    pub is_looked_at: bool,
}

/// Who changed which unit's figures for days that were over. `stated` is in the order of entries.
pub(super) fn find(stated: &[StatedHeadcount], zone: LocalZone) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, stated) in grouped(stated, |one| one.unit) {
        for (at, one) in stated.iter().enumerate() {
            let is_of_the_past = one.effective_from < zone.date_of(one.stated_at);
            let Some(former) = in_force(&stated[..at], one.effective_from) else { continue };
            let is_changed = (former.staff, former.party_members) != (one.staff, one.party_members);
            if !one.is_looked_at || !is_of_the_past || !is_changed {
                continue;
            }
            findings.push(Finding {
                rule: FindingRule::HeadcountOfThePast,
                unit,
                subject: Subject {
                    actor: Some(one.stated_by),
                    day: Some(one.effective_from),
                    ..Subject::default()
                },
                figures: BTreeMap::from([
                    ("staff", one.staff),
                    ("former_staff", former.staff),
                    ("party_members", one.party_members),
                    ("former_party_members", former.party_members),
                ]),
                records: BTreeSet::new(),
                entries: [former.entry, one.entry].into(),
            });
        }
    }
    findings
}

/// What had been stated for a day: the latest to take effect, the newest among equals.
fn in_force<'s>(stated: &[&'s StatedHeadcount], day: NaiveDate) -> Option<&'s StatedHeadcount> {
    let until = stated.iter().filter(|one| one.effective_from <= day);
    until.max_by_key(|one| (one.effective_from, one.entry)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(entry: i64, effective_from: &str, staff: i64) -> StatedHeadcount {
        StatedHeadcount {
            entry: Seq(entry),
            unit: UnitId::new(Seq(1)),
            stated_by: Actor::System,
            stated_at: serde_json::from_value("2026-11-20T12:00:00+08:00".into()).unwrap(),
            effective_from: effective_from.parse().unwrap(),
            staff,
            party_members: 5,
            is_looked_at: true,
        }
    }

    fn found(stated: &[StatedHeadcount]) -> Vec<Finding> {
        find(stated, LocalZone::shanghai())
    }

    #[test]
    fn another_figure_for_days_that_are_over_is_found() {
        let first = stated(10, "2026-01-01", 53);
        let findings = found(&[first, stated(20, "2026-06-01", 20)]);
        assert_eq!((findings[0].figures["former_staff"], findings[0].figures["staff"]), (53, 20));
        assert_eq!(findings[0].entries, [Seq(10), Seq(20)].into());
        assert_eq!(found(&[first, stated(20, "2026-01-01", 20)]).len(), 1, "in place of the former");
    }

    #[test]
    fn the_first_figure_the_same_one_and_one_from_today_on_are_not() {
        let first = stated(10, "2026-01-01", 53);
        assert_eq!(found(&[first]), vec![]);
        assert_eq!(found(&[first, stated(20, "2026-06-01", 53)]), vec![]);
        assert_eq!(found(&[first, stated(20, "2026-11-20", 20)]), vec![]);
        let before = StatedHeadcount { is_looked_at: false, ..stated(20, "2026-06-01", 20) };
        assert_eq!(found(&[first, before]), vec![], "of before the window");
    }
}
