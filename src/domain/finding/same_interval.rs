//! The same interval for many people at one activity where nobody checked in.
//!
//! People come late and leave early; a list that was made up does not.

use super::{ExaminedService, Finding, FindingRule, Subject, count, grouped};
use crate::domain::ids::{ActivityId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

/// People with the very same interval: a group of up to a carload or two does come and go together.
const MANY_PEOPLE: usize = 20;

pub(super) fn reason() -> String {
    format!(
        "At least {MANY_PEOPLE} people have the same start and end at one activity, to the second, and \
         nobody there checked in. Possible honest cause: a leader's list of a group that came and went \
         together."
    )
}

pub(super) fn find(credited: &[ExaminedService]) -> Vec<Finding> {
    let checked_in: BTreeSet<ActivityId> =
        credited.iter().filter(|one| !one.is_by_hand()).map(|one| one.activity).collect();
    let by_hand = credited.iter().filter(|one| !checked_in.contains(&one.activity));
    let mut findings = Vec::new();
    for ((unit, activity, start, end), same) in
        grouped(by_hand, |one| (one.unit, one.activity, one.started_at, one.ended_at))
    {
        let people: BTreeSet<VolunteerId> = same.iter().map(|one| one.volunteer).collect();
        if people.len() < MANY_PEOPLE {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::SameInterval,
            unit,
            subject: Subject { activity: Some(activity), ..Subject::default() },
            figures: BTreeMap::from([
                ("people", count(people.len())),
                ("interval_minutes", (end.as_micros() - start.as_micros()) / 60_000_000),
            ]),
            records: same.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::tests::{service, services};
    use super::*;
    use crate::domain::actor::Actor;
    use crate::domain::evidence::Evidence;

    fn same(one: &mut ExaminedService) {
        (one.started_at, one.ended_at) = (service(0).started_at, service(0).ended_at);
    }

    #[test]
    fn many_with_one_interval_are_found() {
        let findings = find(&services(20, same));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures, BTreeMap::from([("people", 20), ("interval_minutes", 60)]));
        assert_eq!(find(&services(19, same)), vec![]);
        assert_eq!(find(&services(40, |_| ())), vec![], "each at a time of her own");
    }

    #[test]
    fn one_check_in_shows_that_something_happened() {
        let mut credited = services(20, same);
        credited.push(ExaminedService {
            evidence: Evidence::Scan,
            submitted_by: Actor::System,
            ..service(99)
        });
        assert_eq!(find(&credited), vec![]);
        credited[20].submitted_by = service(99).submitted_by;
        assert_eq!(find(&credited).len(), 1, "somebody's word is no check-in");
    }
}
