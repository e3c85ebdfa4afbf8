//! People most of whose service was credited far from their own unit.
//!
//! A unit's volunteers serve with it, with those above and under it, and with its sisters in the same
//! branch of the bureau. Hours from another branch altogether may be hours as a favour.

use super::{Finding, FindingRule, PlacedService, Subject, count, grouped, is_share};
use crate::domain::ids::UnitId;
use std::collections::{BTreeMap, BTreeSet};

/// Credited minutes of a person in the window below which a share says nothing: ten hours.
const FEWEST_MINUTES: i64 = 600;
/// So much of them elsewhere is most.
const ELSEWHERE_PERCENT: i64 = 80;

pub(super) fn reason() -> String {
    format!(
        "At least {ELSEWHERE_PERCENT} % of a person's credited minutes, of {FEWEST_MINUTES} or more, were \
         served with units of another branch of the bureau than the person's own. Possible honest cause: the \
         person moved or was seconded."
    )
}

pub(super) fn find(placed: &[PlacedService]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (volunteer, own) in grouped(placed, |one| one.volunteer) {
        let elsewhere: Vec<_> = own.iter().filter(|one| !is_near(&one.home, &one.place)).collect();
        let all_minutes: i64 = own.iter().map(|one| one.credited_minutes.0).sum();
        let minutes: i64 = elsewhere.iter().map(|one| one.credited_minutes.0).sum();
        let Some(unit) = own.first().and_then(|one| one.home.last()).copied() else { continue };
        if all_minutes < FEWEST_MINUTES || !is_share(minutes, all_minutes, ELSEWHERE_PERCENT) {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::ServiceElsewhere,
            unit,
            subject: Subject { volunteer: Some(volunteer), ..Subject::default() },
            figures: BTreeMap::from([
                ("credited_minutes", all_minutes),
                ("elsewhere_minutes", minutes),
                ("elsewhere_records", count(elsewhere.len())),
            ]),
            records: elsewhere.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

/// Whether the place is the home, above it, under it, or in the same branch right below the top.
fn is_near(home: &[UnitId], place: &[UnitId]) -> bool {
    match (home, place) {
        ([top, branch, ..], [other_top, other_branch, ..]) => top == other_top && branch == other_branch,
        // One of the two is the top of the tree itself: everything under it is near.
        _ => home.first() == place.first(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amounts::Minutes;
    use crate::domain::ids::{RecordId, Seq, VolunteerId};

    fn path(units: &[i64]) -> Vec<UnitId> {
        units.iter().map(|seq| UnitId::new(Seq(*seq))).collect()
    }

    fn served(number: i64, minutes: i64, place: &[i64]) -> PlacedService {
        PlacedService {
            record: RecordId::new(Seq(100 + number)),
            volunteer: VolunteerId::new(Seq(50)),
            credited_minutes: Minutes(minutes),
            home: path(&[1, 2, 3]),
            place: path(place),
        }
    }

    #[test]
    fn most_of_the_minutes_in_another_branch_are_found() {
        let findings = find(&[served(1, 120, &[1, 2, 3]), served(2, 480, &[1, 7, 8])]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].unit, UnitId::new(Seq(3)));
        assert_eq!(findings[0].figures["elsewhere_minutes"], 480);
        assert_eq!(findings[0].records.len(), 1);
    }

    #[test]
    fn little_of_it_or_near_is_not() {
        assert_eq!(find(&[served(1, 480, &[1, 7, 8])]), vec![], "less than ten hours");
        assert_eq!(find(&[served(1, 121, &[1, 2, 3]), served(2, 480, &[1, 7, 8])]), vec![], "less than most");
        for near in [&[1][..], &[1, 2], &[1, 2, 3], &[1, 2, 9], &[1, 2, 3, 4]] {
            assert_eq!(find(&[served(1, 900, near)]), vec![], "{near:?}");
        }
        assert!(!is_near(&path(&[1]), &path(&[6])), "another tree");
    }
}
