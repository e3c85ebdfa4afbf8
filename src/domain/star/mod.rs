//! Stars (星级): versioned, effective-dated thresholds of lifetime minutes, and who has reached which.
//!
//! A volunteer's star is never stored: it follows from the scheme in force and the records that count.

mod kept;
pub mod rules;

use super::amounts::Minutes;
use super::evidence::Evidence;
use super::ids::{StarSchemeId, UnitId};
use super::noun::{Row, Thing, events, refusals};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The terms of one version of the star scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarTerms {
    /// First day on which it is valid.
    pub effective_from: NaiveDate,
    /// Minutes that each star asks for, from the first star on: ascending.
    pub thresholds: Vec<Minutes>,
    /// Which kinds of evidence count.
    #[serde(rename = "counting_grades")]
    pub counting_evidence: BTreeSet<Evidence>,
    /// The version that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<StarSchemeId>,
}

/// One version of the star scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarScheme {
    pub id: StarSchemeId,
    /// Repeated from the terms, to be found by.
    pub effective_from: NaiveDate,
    pub terms: StarTerms,
}

impl Row for StarScheme {
    type Key = StarSchemeId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> StarSchemeId {
        self.id
    }
}

impl Thing for StarScheme {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

/// Most stars that a scheme may have.
pub const MOST_STARS: usize = 10;

/// A million hours: more than any life holds.
const MOST_MINUTES: Minutes = Minutes(60_000_000);

/// Sets the terms from a day on.
#[derive(Clone, Debug)]
pub struct CreateStarScheme {
    pub terms: StarTerms,
}

/// The version that holds on a day: the latest to take effect, the newest among equals.
pub fn in_force<'s>(schemes: impl Iterator<Item = &'s StarScheme>, day: NaiveDate) -> Option<&'s StarScheme> {
    schemes
        .filter(|scheme| scheme.effective_from <= day)
        .max_by_key(|scheme| (scheme.effective_from, scheme.id))
}

impl StarTerms {
    /// Whether there are one to ten stars, each of which asks for more than the one before, and something
    /// that counts towards them.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        let ascending =
            self.thresholds.iter().zip(self.thresholds.iter().skip(1)).all(|(low, high)| low < high);
        (1..=MOST_STARS).contains(&self.thresholds.len())
            && self.thresholds.first().is_some_and(|first| first.is_positive())
            && self.thresholds.last().is_some_and(|last| *last <= MOST_MINUTES)
            && ascending
            && !self.counting_evidence.is_empty()
    }

    /// What a star asks for; none where the scheme does not have it.
    #[must_use]
    pub fn threshold_of(&self, star: i64) -> Option<Minutes> {
        let at = usize::try_from(star).ok()?.checked_sub(1)?;
        self.thresholds.get(at).copied()
    }

    /// Where somebody stands who served so many counting minutes on each of these days, in order.
    ///
    /// A star is reached on the day of service that brings the sum to its threshold.
    #[must_use]
    pub fn standing(&self, days: &[(NaiveDate, Minutes)]) -> Standing {
        let mut counted = Minutes::ZERO;
        let mut reached_on = Vec::new();
        for (day, minutes) in days {
            counted += *minutes;
            let passed = self.thresholds.iter().filter(|threshold| **threshold <= counted).count();
            reached_on.resize(passed.max(reached_on.len()), *day);
        }
        let next = self.thresholds.get(reached_on.len()).copied();
        Standing { counted, reached_on, next }
    }
}

/// How far somebody has come by a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Minutes that count towards stars.
    pub counted: Minutes,
    /// The service date on which each star was reached, from the first on: as many as there are stars.
    pub reached_on: Vec<NaiveDate>,
    /// What the next star asks for; none where there is no next.
    pub next: Option<Minutes>,
}

impl Standing {
    /// The star; 0 if none is reached.
    #[must_use]
    pub fn star(&self) -> usize {
        self.reached_on.len()
    }

    /// What is still missing for the next star.
    #[must_use]
    pub fn missing(&self) -> Option<Minutes> {
        self.next.map(|next| next - self.counted)
    }
}

/// The version that an entry made.
pub(super) fn scheme(id: StarSchemeId, terms: &StarTerms) -> StarScheme {
    StarScheme { id, effective_from: terms.effective_from, terms: terms.clone() }
}

events! {
    StarSchemeCreated = "star_scheme_created" {
        terms: StarTerms,
    }
}

refusals! {
    /// No such version of the star scheme, or none is valid on the day.
    StarSchemeNotFound = NotFound "star_scheme_not_found" "there is no such star scheme, or none is valid on the day";
    /// A star scheme takes effect today or later.
    StarSchemeInPast = Invalid "star_scheme_in_past" "a star scheme takes effect today or later";
    /// One to ten thresholds, each above the one before, and at least one kind of evidence that counts.
    StarTermsInvalid = Invalid "star_terms_invalid" "one to ten thresholds of minutes, ascending, and at least one kind of evidence that counts";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    fn terms(hours: &[i64]) -> StarTerms {
        StarTerms {
            effective_from: "2026-01-01".parse().unwrap(),
            thresholds: hours.iter().map(|hours| Minutes(hours * 60)).collect(),
            counting_evidence: [Evidence::Scan].into(),
            replaces: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn thresholds_ascend_and_are_one_to_ten() {
        assert!(terms(&[100, 300, 600, 1000, 1500]).are_sound());
        assert!(terms(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).are_sound());
        for bad in [&[][..], &[0, 100], &[-5], &[300, 100], &[100, 100], &[1, 1_000_001]] {
            assert!(!terms(bad).are_sound(), "{bad:?}");
        }
        assert!(!terms(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]).are_sound());
        assert!(!StarTerms { counting_evidence: BTreeSet::new(), ..terms(&[100]) }.are_sound());
    }

    #[test]
    fn a_star_is_reached_on_the_day_that_brings_the_minute() {
        let scheme = terms(&[1, 2, 4]);
        let none = scheme.standing(&[]);
        assert_eq!((none.star(), none.counted, none.missing()), (0, Minutes(0), Some(Minutes(60))));

        let short = scheme.standing(&[(day("2026-11-16"), Minutes(59))]);
        assert_eq!((short.star(), short.missing()), (0, Some(Minutes(1))));

        let two = scheme.standing(&[
            (day("2026-11-16"), Minutes(59)),
            (day("2026-11-17"), Minutes(1)),
            (day("2026-11-18"), Minutes(179)),
        ]);
        assert_eq!(two.reached_on, [day("2026-11-17"), day("2026-11-18")]);
        assert_eq!((two.star(), two.next, two.missing()), (2, Some(Minutes(240)), Some(Minutes(1))));
    }

    #[test]
    fn one_day_may_bring_several_stars_and_the_last_has_no_next() {
        let all = terms(&[1, 2]).standing(&[(day("2026-11-16"), Minutes(120))]);
        assert_eq!(all.reached_on, [day("2026-11-16"), day("2026-11-16")]);
        assert_eq!((all.next, all.missing()), (None, None));
    }

    #[test]
    fn the_latest_version_in_effect_holds() {
        let version = |n: i64, from: &str| {
            let effective_from = day(from);
            scheme(StarSchemeId::new(Seq(n)), &StarTerms { effective_from, ..terms(&[1]) })
        };
        let schemes = [version(1, "2026-01-01"), version(2, "2026-06-01"), version(3, "2026-06-01")];
        let on = |date: &str| in_force(schemes.iter(), day(date)).map(|scheme| scheme.id.seq().0);
        assert_eq!([on("2025-12-31"), on("2026-05-31"), on("2026-06-01")], [None, Some(1), Some(3)]);
    }

    #[test]
    fn a_star_that_the_scheme_lacks_asks_for_nothing() {
        let scheme = terms(&[1, 2]);
        assert_eq!(scheme.threshold_of(2), Some(Minutes(120)));
        assert_eq!([0, 3, -1].map(|star| scheme.threshold_of(star)), [None; 3]);
    }
}
