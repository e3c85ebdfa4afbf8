//! Credited within minutes of being entered, by hand, by one who entered many that day.
//!
//! Hours that are sold are typed in one after the other and waved through. A check-in that the service saw is left
//! out: it is evidence of its own.

use super::{ExaminedService, Finding, FindingRule, Subject, count, grouped};
use crate::domain::time::LocalZone;
use std::collections::{BTreeMap, BTreeSet};

/// Records that one enters by hand at one unit on one day: more than a class's sign-in sheet has is
/// rarely one occasion.
const MANY_ENTERED: usize = 20;
/// Minutes from entering to crediting: less than it takes to ask anybody about several records.
const QUICK_MINUTES: i64 = 5;
/// Of them credited so quickly: one or two may be mistakes put right at once.
const QUICK_ONES: usize = 10;

pub(super) fn reason() -> String {
    format!(
        "At least {MANY_ENTERED} records were entered by hand by one person on one day, and at least \
         {QUICK_ONES} of them were credited within {QUICK_MINUTES} minutes: nobody can have checked them. \
         Possible honest cause: the list of a real occasion was entered at once."
    )
}

pub(super) fn find(credited: &[ExaminedService], zone: LocalZone) -> Vec<Finding> {
    let by_hand = credited.iter().filter(|one| one.is_by_hand());
    let days = grouped(by_hand, |one| (one.unit, one.submitted_by, zone.date_of(one.submitted_at)));
    let mut findings = Vec::new();
    for ((unit, actor, day), entered) in days {
        let quick: Vec<_> = entered.iter().filter(|one| is_quick(one)).collect();
        if entered.len() < MANY_ENTERED || quick.len() < QUICK_ONES {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::QuickCrediting,
            unit,
            subject: Subject { actor: Some(actor), day: Some(day), ..Subject::default() },
            figures: BTreeMap::from([
                ("entered_records", count(entered.len())),
                ("quickly_credited_records", count(quick.len())),
                ("in_one_step_records", count(quick.iter().filter(|one| one.is_in_one_step()).count())),
            ]),
            records: quick.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

fn is_quick(one: &ExaminedService) -> bool {
    one.credited_at.as_micros() - one.submitted_at.as_micros() <= QUICK_MINUTES * 60 * 1_000_000
}

#[cfg(test)]
mod tests {
    use super::super::tests::services;
    use super::*;
    use crate::domain::actor::Actor;
    use crate::domain::evidence::Evidence;

    fn found(credited: &[ExaminedService]) -> usize {
        find(credited, LocalZone::shanghai()).len()
    }

    #[test]
    fn many_that_are_credited_at_once_are_found() {
        let at_once = |one: &mut ExaminedService| one.credited_at = one.submitted_at;
        let quick = services(20, at_once);
        let findings = find(&quick, LocalZone::shanghai());
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures["quickly_credited_records"], 20);
        assert_eq!(findings[0].records.len(), 20);
        assert_eq!(found(&services(19, at_once)), 0, "not many");
    }

    #[test]
    fn time_to_look_or_a_check_in_makes_the_difference() {
        assert_eq!(found(&services(40, |_| ())), 0, "credited hours later");
        let scanned = services(40, |one| {
            one.credited_at = one.submitted_at;
            (one.evidence, one.submitted_by) = (Evidence::Scan, Actor::System);
        });
        assert_eq!(found(&scanned), 0);
    }
}
