//! What one person answers for, and what comes late: credited alone, entered late by one, days just under a cap.

use super::backfill::is_just_under;
use super::{ExaminedService, Finding, FindingRule, Subject, count, grouped, is_share};
use crate::domain::evidence::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// Minutes that one person credited alone at one unit: twenty hours are more than an exception.
const MANY_ALONE_MINUTES: i64 = 1_200;
/// Late records of one person at one unit, or their minutes: a list that was found again is shorter.
const MANY_LATE: usize = 10;
const MANY_LATE_MINUTES: i64 = 480;
/// Days that one person credited at one unit below which a share says nothing.
const FEWEST_DAYS: usize = 10;
/// Of these days: so many just under a cap are no chance.
const UNDER_CAP_PERCENT: i64 = 50;

pub(super) fn reason_of_alone() -> String {
    format!(
        "At least {MANY_ALONE_MINUTES} minutes were entered and credited by one person alone, as the unit's crediting \
         policy lets them: nobody else answers for them. Possible honest cause: a unit with one coordinator."
    )
}

pub(super) fn reason_of_late() -> String {
    format!(
        "At least {MANY_LATE} records, or {MANY_LATE_MINUTES} minutes, were entered by one person more than ten working \
         days after the service. Possible honest cause: lists of another system were taken over."
    )
}

pub(super) fn reason_of_cap() -> String {
    format!(
        "At least {UNDER_CAP_PERCENT} % of the days that one person credited come to just under 8 or 12 hours, with no \
         check-in and without back-fill, which has a rule of its own. Possible honest cause: whole working days."
    )
}

pub(super) fn find_alone(credited: &[ExaminedService]) -> Vec<Finding> {
    let alone = credited.iter().filter(|one| one.credited_alone);
    let mut findings = Vec::new();
    for ((unit, actor), own) in grouped(alone, |one| (one.unit, one.credited_by)) {
        if minutes(&own) < MANY_ALONE_MINUTES {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::CreditedAlone,
            unit,
            subject: Subject { actor: Some(actor), ..Subject::default() },
            figures: BTreeMap::from([
                ("alone_credited_minutes", minutes(&own)),
                ("alone_credited_records", count(own.len())),
            ]),
            records: own.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

pub(super) fn find_late(credited: &[ExaminedService]) -> Vec<Finding> {
    let late = credited.iter().filter(|one| one.late);
    let mut findings = Vec::new();
    for ((unit, actor), own) in grouped(late, |one| (one.unit, one.submitted_by)) {
        if own.len() < MANY_LATE && minutes(&own) < MANY_LATE_MINUTES {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::EnteredLate,
            unit,
            subject: Subject { actor: Some(actor), ..Subject::default() },
            figures: BTreeMap::from([("late_minutes", minutes(&own)), ("late_records", count(own.len()))]),
            records: own.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

pub(super) fn find_near_cap(credited: &[ExaminedService]) -> Vec<Finding> {
    let by_hand = credited.iter().filter(|one| one.is_by_hand() && one.evidence != Evidence::Backfill);
    let mut findings = Vec::new();
    for ((unit, actor), own) in grouped(by_hand, |one| (one.unit, one.credited_by)) {
        let days = grouped(own, |one| (one.volunteer, one.service_date));
        let under: Vec<_> = days.values().filter(|day| is_just_under(day)).collect();
        let are_many = days.len() >= FEWEST_DAYS;
        if !are_many || !is_share(count(under.len()), count(days.len()), UNDER_CAP_PERCENT) {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::DaysNearCap,
            unit,
            subject: Subject { actor: Some(actor), ..Subject::default() },
            figures: BTreeMap::from([
                ("credited_days", count(days.len())),
                ("just_under_cap_days", count(under.len())),
            ]),
            records: under.into_iter().flatten().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

fn minutes(services: &[&ExaminedService]) -> i64 {
    services.iter().map(|one| one.credited_minutes.0).sum()
}

#[cfg(test)]
mod tests {
    use super::super::tests::services;
    use super::*;
    use crate::domain::amounts::Minutes;

    #[test]
    fn much_that_one_person_credited_alone_is_found() {
        let alone = |one: &mut ExaminedService| one.credited_alone = true;
        let findings = find_alone(&services(20, alone));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures["alone_credited_minutes"], 1_200);
        assert_eq!(find_alone(&services(19, alone)), vec![], "less than twenty hours");
        assert_eq!(find_alone(&services(40, |_| ())), vec![], "by two persons");
    }

    #[test]
    fn much_that_one_person_entered_late_is_found() {
        let late = |minutes: i64| {
            move |one: &mut ExaminedService| {
                one.late = true;
                one.credited_minutes = Minutes(minutes);
            }
        };
        assert_eq!(find_late(&services(10, late(1)))[0].figures["late_records"], 10);
        assert_eq!(find_late(&services(1, late(480)))[0].figures["late_minutes"], 480);
        assert_eq!(find_late(&services(9, late(53))), vec![], "few and short");
        assert_eq!(find_late(&services(40, |_| ())), vec![], "in time");
    }

    #[test]
    fn days_just_under_a_cap_are_found_whatever_the_evidence() {
        let lasting = |minutes: i64| services(10, move |one| one.credited_minutes = Minutes(minutes));
        assert_eq!(find_near_cap(&lasting(480))[0].figures["just_under_cap_days"], 10);
        assert_eq!(find_near_cap(&lasting(449)), vec![]);
        assert_eq!(find_near_cap(&lasting(480)[1..]), vec![], "too few to say anything");
    }
}
