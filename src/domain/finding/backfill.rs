//! Back-fill (补录) that is concentrated: on an operator, on a weekday, just under a cap.
//!
//! Hours that were forgotten are forgotten by everybody and on any day. Each of these rules looks at
//! one unit's back-fill, and compares it with the unit's other records, so that a unit with one
//! coordinator, or one whose activities are all on Saturdays, is told apart.

use super::{ExaminedService, Finding, FindingRule, Subject, count, grouped, is_share};
use crate::domain::evidence::Evidence;
use crate::domain::ids::UnitId;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Back-filled records of a unit below which shares say nothing.
const FEWEST_BACKFILLS: usize = 10;
/// Of a unit's back-fill: so much in one place is concentrated.
const CONCENTRATED_PERCENT: i64 = 80;
/// Of the unit's other records: where these are as concentrated, it is the unit's way of working.
const ORDINARY_PERCENT: i64 = 50;
/// Different days that back-fill of one weekday falls on: fewer are one occasion and its rehearsals.
const FEWEST_DAYS: usize = 3;
/// A person's back-filled minutes of a day up to which the unit itself, or its parent, approves.
const CAPS_MINUTES: [i64; 2] = [8 * 60, 12 * 60];
/// So far below a cap, or on it, is just under it: rest and rounding seldom come that close by chance.
const JUST_UNDER_MINUTES: i64 = 30;
/// Of the days that were back-filled: so many just under a cap are no chance.
const UNDER_CAP_PERCENT: i64 = 50;

pub(super) fn reason_of_operator() -> String {
    format!(
        "At least {CONCENTRATED_PERCENT} % of a unit's back-fill was entered by one person, who entered no more \
         than {ORDINARY_PERCENT} % of its other records. Possible honest cause: one person enters what was \
         forgotten for everybody."
    )
}

pub(super) fn reason_of_weekday() -> String {
    format!(
        "At least {CONCENTRATED_PERCENT} % of a unit's back-fill is for one day of the week, on {FEWEST_DAYS} \
         days or more, while no more than {ORDINARY_PERCENT} % of its other records are for that day. Possible \
         honest cause: a weekly activity without a scanner."
    )
}

pub(super) fn reason_of_cap() -> String {
    format!(
        "At least {UNDER_CAP_PERCENT} % of the days that one person back-filled come to just under 8 or 12 \
         hours, by at most {JUST_UNDER_MINUTES} minutes; above that another unit would have to approve. \
         Possible honest cause: whole working days."
    )
}

pub(super) fn find_by_one_operator(credited: &[ExaminedService]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, Parted { backfilled, others }) in parted(credited) {
        for (actor, own) in grouped(backfilled.iter().copied(), |one| one.submitted_by) {
            let own_others = others.iter().filter(|one| one.submitted_by == actor).count();
            if !stands_out((own.len(), backfilled.len()), (own_others, others.len())) {
                continue;
            }
            findings.push(Finding {
                rule: FindingRule::BackfillByOneOperator,
                unit,
                subject: Subject { actor: Some(actor), ..Subject::default() },
                figures: figures((own.len(), backfilled.len()), (own_others, others.len())),
                records: own.iter().map(|one| one.record).collect(),
                entries: BTreeSet::new(),
            });
        }
    }
    findings
}

pub(super) fn find_on_one_weekday(credited: &[ExaminedService]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, Parted { backfilled, others }) in parted(credited) {
        for (weekday, own) in grouped(backfilled.iter().copied(), |one| weekday(one.service_date)) {
            let days: BTreeSet<NaiveDate> = own.iter().map(|one| one.service_date).collect();
            let own_others = others.iter().filter(|one| self::weekday(one.service_date) == weekday).count();
            let shares = ((own.len(), backfilled.len()), (own_others, others.len()));
            if days.len() < FEWEST_DAYS || !stands_out(shares.0, shares.1) {
                continue;
            }
            let mut figures = figures(shares.0, shares.1);
            figures.insert("weekday_from_monday", weekday);
            figures.insert("days", count(days.len()));
            findings.push(Finding {
                rule: FindingRule::BackfillOnOneWeekday,
                unit,
                subject: Subject::default(),
                figures,
                records: own.iter().map(|one| one.record).collect(),
                entries: BTreeSet::new(),
            });
        }
    }
    findings
}

pub(super) fn find_under_cap(credited: &[ExaminedService]) -> Vec<Finding> {
    let backfilled = credited.iter().filter(|one| one.evidence == Evidence::Backfill);
    let mut findings = Vec::new();
    for ((unit, actor), own) in grouped(backfilled, |one| (one.unit, one.submitted_by)) {
        let days = grouped(own, |one| (one.volunteer, one.service_date));
        let under: Vec<_> = days.values().filter(|day| is_just_under(day)).collect();
        if days.len() < FEWEST_BACKFILLS
            || !is_share(count(under.len()), count(days.len()), UNDER_CAP_PERCENT)
        {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::BackfillUnderCap,
            unit,
            subject: Subject { actor: Some(actor), ..Subject::default() },
            figures: BTreeMap::from([
                ("backfilled_days", count(days.len())),
                ("just_under_cap_days", count(under.len())),
            ]),
            records: under.into_iter().flatten().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

/// A unit's records, its back-fill apart.
#[derive(Default)]
struct Parted<'r> {
    backfilled: Vec<&'r ExaminedService>,
    others: Vec<&'r ExaminedService>,
}

fn parted(credited: &[ExaminedService]) -> BTreeMap<UnitId, Parted<'_>> {
    let mut units: BTreeMap<UnitId, Parted> = BTreeMap::new();
    for one in credited {
        let unit = units.entry(one.unit).or_default();
        if one.evidence == Evidence::Backfill { &mut unit.backfilled } else { &mut unit.others }.push(one);
    }
    units
}

/// Whether a part of the back-fill is concentrated, and the same part of the other records is not.
fn stands_out((own, backfilled): (usize, usize), (own_others, others): (usize, usize)) -> bool {
    let is_ordinary = is_share(count(own_others), count(others), ORDINARY_PERCENT + 1);
    backfilled >= FEWEST_BACKFILLS
        && is_share(count(own), count(backfilled), CONCENTRATED_PERCENT)
        && !is_ordinary
}

fn figures(
    (own, backfilled): (usize, usize),
    (own_others, others): (usize, usize),
) -> BTreeMap<&'static str, i64> {
    BTreeMap::from([
        ("concentrated_backfills", count(own)),
        ("backfills", count(backfilled)),
        ("concentrated_other_records", count(own_others)),
        ("other_records", count(others)),
    ])
}

/// 1 for Monday to 7 for Sunday.
fn weekday(day: NaiveDate) -> i64 {
    day.weekday().number_from_monday().into()
}

pub(super) fn is_just_under(day: &[&ExaminedService]) -> bool {
    let minutes: i64 = day.iter().map(|one| one.credited_minutes.0).sum();
    CAPS_MINUTES.iter().any(|cap| (cap - JUST_UNDER_MINUTES..=*cap).contains(&minutes))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{service, services};
    use super::*;
    use crate::domain::actor::Actor;
    use crate::domain::amounts::Minutes;

    fn backfill(one: &mut ExaminedService) {
        one.evidence = Evidence::Backfill;
    }

    #[test]
    fn back_fill_of_one_among_many_is_found() {
        let mut credited = services(10, backfill);
        credited.extend((10..20).map(|at| ExaminedService { submitted_by: Actor::System, ..service(at) }));
        let findings = find_by_one_operator(&credited);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures["concentrated_backfills"], 10);
        assert_eq!(findings[0].figures["other_records"], 10);

        let mut by_all = credited.clone();
        for one in &mut by_all {
            one.submitted_by = Actor::System;
        }
        assert_eq!(find_by_one_operator(&by_all), vec![], "the unit has one who enters anything");
        assert_eq!(find_by_one_operator(&credited[1..]), vec![], "too few to say anything");
    }

    #[test]
    fn back_fill_of_one_weekday_is_found_unless_service_is_on_that_day() {
        let weekly = |at: i64| ExaminedService { service_date: service(7 * at).service_date, ..service(at) };
        let backfilled: Vec<_> =
            (0..10).map(weekly).map(|one| ExaminedService { evidence: Evidence::Backfill, ..one }).collect();
        let spread: Vec<_> = backfilled.iter().copied().chain((10..30).map(service)).collect();
        let findings = find_on_one_weekday(&spread);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures["weekday_from_monday"], 4, "1 January 1970 was a Thursday");
        assert_eq!(findings[0].figures["days"], 10);

        let on_that_day: Vec<_> = backfilled.iter().copied().chain((10..30).map(weekly)).collect();
        assert_eq!(find_on_one_weekday(&on_that_day), vec![]);
        let one_day: Vec<_> = spread
            .iter()
            .map(|one| ExaminedService { service_date: spread[0].service_date, ..*one })
            .collect();
        assert_eq!(find_on_one_weekday(&one_day), vec![], "one occasion");
    }

    #[test]
    fn days_just_under_a_cap_are_found() {
        let lasting = |minutes: i64| {
            services(10, move |one| {
                backfill(one);
                one.credited_minutes = Minutes(minutes);
            })
        };
        for minutes in [450, 480, 690, 720] {
            assert_eq!(find_under_cap(&lasting(minutes)).len(), 1, "{minutes}");
        }
        for minutes in [449, 481, 689, 721, 60] {
            assert_eq!(find_under_cap(&lasting(minutes)), vec![], "{minutes}");
        }
        let mut halves = lasting(240);
        halves.extend(lasting(240));
        assert_eq!(find_under_cap(&halves).len(), 1, "a day in two parts");
    }
}
