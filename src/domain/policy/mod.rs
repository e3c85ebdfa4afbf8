//! Points policies (积分规则): versioned, effective-dated; what credited service earns.

mod kept;
pub mod rules;

use super::amounts::{Coefficient, Minutes, Points};
use super::evidence::Evidence;
use super::ids::{PolicyId, ProgrammeId, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::programme::Programme;
use super::text::Label;
use super::time::{LocalZone, Timestamp, add_months};
use crate::domain::choice::choice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

/// How long points can be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Validity {
    /// For ever.
    Unlimited,
    /// Until the end of the day, this many calendar months after crediting.
    Months { months: u32 },
    /// Until the end of a fixed day.
    Until { date: NaiveDate },
}

/// The terms of one version of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyTerms {
    /// First service date to which it applies.
    pub effective_from: NaiveDate,
    pub points_per_hour: Points,
    /// For service counted in occasions.
    pub points_per_count: Points,
    /// Which kinds of evidence earn points.
    #[serde(rename = "earning_grades")]
    pub earning_evidence: BTreeSet<Evidence>,
    /// By programme; goes before the category's.
    pub programme_coefficients: BTreeMap<ProgrammeId, Coefficient>,
    /// By the programme's service category.
    pub category_coefficients: BTreeMap<Label, Coefficient>,
    pub validity: Validity,
    /// Most points that a person earns for service in one calendar month.
    pub monthly_quota: Option<Points>,
    /// What is rounded down to a hundredth. Policies of before this could be said round each record.
    #[serde(default, skip_serializing_if = "Rounding::is_by_record")]
    pub rounding: Rounding,
    /// Most occasions that a person is entered with on a local day; none: as the service has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_counts_a_day: Option<i64>,
    /// Most occasions that a person is entered with at an activity; none: as the service has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_counts_an_activity: Option<i64>,
    /// The version that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<PolicyId>,
}

choice! {
    /// What is rounded down to a hundredth of a point.
    #[derive(Default)]
    pub enum Rounding {
        /// Each record's points.
        #[default]
        Record,
        /// The points of a person's day: each record gets what it adds to them.
        Day,
    }
}

impl Rounding {
    #[allow(clippy::trivially_copy_pass_by_ref)] // So serde asks.
    const fn is_by_record(&self) -> bool {
        matches!(self, Self::Record)
    }
}

/// Points before they are rounded: 6,000 parts make a hundredth of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unrounded(i64);

impl Unrounded {
    const PARTS_A_HUNDREDTH: i64 = 60 * Coefficient::ONE.0;

    /// What minutes earn at a rate an hour.
    #[must_use]
    pub const fn of(points_per_hour: Points, minutes: Minutes) -> Self {
        Self(minutes.0 * points_per_hour.0 * Coefficient::ONE.0)
    }

    /// Whole hundredths, less what is over.
    #[must_use]
    pub const fn rounded_down(self) -> Points {
        Points(self.0 / Self::PARTS_A_HUNDREDTH)
    }

    /// Whole hundredths, and one more where something is over.
    #[must_use]
    pub const fn rounded_up(self) -> Points {
        Points((self.0 + Self::PARTS_A_HUNDREDTH - 1) / Self::PARTS_A_HUNDREDTH)
    }
}

impl AddAssign for Unrounded {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// One version of the points policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointsPolicy {
    pub id: PolicyId,
    /// Repeated from the terms, to be found by.
    pub effective_from: NaiveDate,
    pub terms: PolicyTerms,
}

impl Row for PointsPolicy {
    type Key = PolicyId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> PolicyId {
        self.id
    }
}

impl Thing for PointsPolicy {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

const MOST_PER_HOUR: Points = Points(100_000);

const MOST_PER_COUNT: Points = Points(1_000_000);

/// Most occasions that a policy may let a person be entered with.
pub const MOST_COUNTS: i64 = 1000;

const MOST_COEFFICIENT: Coefficient = Coefficient(10_000);

/// Sets the terms from a day on.
#[derive(Clone, Debug)]
pub struct CreatePolicy {
    pub terms: PolicyTerms,
}

/// The version that holds for a service date: the latest to take effect, the newest among equals.
pub fn in_force<'p>(
    policies: impl Iterator<Item = &'p PointsPolicy>,
    service_date: NaiveDate,
) -> Option<&'p PointsPolicy> {
    policies
        .filter(|policy| policy.effective_from <= service_date)
        .max_by_key(|policy| (policy.effective_from, policy.id))
}

impl PolicyTerms {
    /// Whether no figure is so large that a record's points could overflow.
    #[must_use]
    pub fn are_within_bounds(&self) -> bool {
        let mut coefficients =
            self.programme_coefficients.values().chain(self.category_coefficients.values());
        (0..=MOST_PER_HOUR.0).contains(&self.points_per_hour.0)
            && (0..=MOST_PER_COUNT.0).contains(&self.points_per_count.0)
            && coefficients.all(|factor| (0..=MOST_COEFFICIENT.0).contains(&factor.0))
            && [self.most_counts_a_day, self.most_counts_an_activity]
                .into_iter()
                .flatten()
                .all(|most| (1..=MOST_COUNTS).contains(&most))
            && match self.validity {
                Validity::Months { months } => (1..=1200).contains(&months),
                Validity::Unlimited | Validity::Until { .. } => true,
            }
    }

    /// Whether points are valid on the first day of the policy, and today.
    #[must_use]
    pub fn begin_before_they_end(&self, today: NaiveDate) -> bool {
        match self.validity {
            Validity::Until { date } => date >= self.effective_from.max(today),
            Validity::Unlimited | Validity::Months { .. } => true,
        }
    }

    /// What service earns under these terms, before any quota: exact.
    #[must_use]
    pub fn points_for(
        &self,
        evidence: Evidence,
        minutes: Minutes,
        count: i64,
        programme: &Programme,
    ) -> Unrounded {
        if !self.earning_evidence.contains(&evidence) {
            return Unrounded::default();
        }
        let by_hours = minutes.0 * self.points_per_hour.0;
        let by_count = count * self.points_per_count.0 * 60;
        Unrounded((by_hours + by_count) * self.coefficient(programme).0)
    }

    /// When points credited at an instant stop being valid; none: never.
    #[must_use]
    pub fn expires_at(&self, credited_at: Timestamp, zone: LocalZone) -> Option<Timestamp> {
        match self.validity {
            Validity::Unlimited => None,
            Validity::Months { months } => Some(zone.end_of(add_months(zone.date_of(credited_at), months))),
            Validity::Until { date } => Some(zone.end_of(date)),
        }
    }

    fn coefficient(&self, programme: &Programme) -> Coefficient {
        let by_category = || self.category_coefficients.get(programme.details.category.as_ref()?);
        self.programme_coefficients
            .get(&programme.id)
            .or_else(by_category)
            .copied()
            .unwrap_or(Coefficient::ONE)
    }
}

events! {
    PolicyCreated = "policy_created" {
        terms: PolicyTerms,
    }
}

refusals! {
    /// No such version of the points policy.
    PolicyNotFound = NotFound "policy_not_found" "there is no such version of the points policy";
    /// A policy takes effect today or later.
    PolicyInPast = Invalid "policy_in_past" "a policy takes effect today or later";
    /// Points would be valid until a day that is past, or before the policy takes effect.
    PolicyValidityOver = Invalid "policy_validity_over" at "/validity/date" "points would be valid until a day that is past, or before the policy takes effect";
    /// At most 1,000 points an hour, 10,000 a count, coefficients to 100, validity of 1 to 1,200 months.
    PolicyTermsInvalid = Invalid "policy_terms_invalid" "at most 1,000 points an hour, 10,000 points a count, coefficients up to 100, and 1 to 1,200 months";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{Seq, UnitId};
    use crate::domain::programme::ProgrammeDetails;

    fn terms() -> PolicyTerms {
        PolicyTerms {
            effective_from: "2026-01-01".parse().unwrap(),
            points_per_hour: Points(100),
            points_per_count: Points(500),
            earning_evidence: [Evidence::Scan, Evidence::Geo, Evidence::Leader].into(),
            programme_coefficients: BTreeMap::new(),
            category_coefficients: BTreeMap::new(),
            validity: Validity::Unlimited,
            monthly_quota: None,
            rounding: Rounding::Record,
            most_counts_a_day: None,
            most_counts_an_activity: None,
            replaces: None,
        }
    }

    fn programme(category: Option<&str>) -> Programme {
        Programme {
            id: ProgrammeId::new(Seq(9)),
            unit: UnitId::new(Seq(1)),
            details: ProgrammeDetails {
                name: "志愿红".parse().unwrap(),
                brands: BTreeSet::new(),
                category: category.map(|text| text.parse().unwrap()),
            },
            closed: false,
            version: Seq(9),
        }
    }

    #[test]
    fn an_hour_of_scanned_service_earns_a_point_and_a_back_fill_none() {
        let plain = programme(None);
        assert_eq!(terms().points_for(Evidence::Scan, Minutes(60), 0, &plain).rounded_down(), Points(100));
        assert_eq!(
            terms().points_for(Evidence::Scan, Minutes(59), 0, &plain).rounded_down(),
            Points(98),
            "rounded down"
        );
        assert_eq!(
            terms().points_for(Evidence::Backfill, Minutes(60), 0, &plain).rounded_down(),
            Points::ZERO
        );
        assert_eq!(
            terms().points_for(Evidence::Scan, Minutes(0), 2, &plain).rounded_down(),
            Points(1000),
            "by count"
        );
    }

    #[test]
    fn the_programmes_coefficient_goes_before_the_categorys() {
        let mut by_both = terms();
        by_both.category_coefficients.insert("急救".parse().unwrap(), Coefficient(150));
        assert_eq!(
            by_both.points_for(Evidence::Scan, Minutes(60), 0, &programme(Some("急救"))).rounded_down(),
            Points(150)
        );
        by_both.programme_coefficients.insert(ProgrammeId::new(Seq(9)), Coefficient(200));
        assert_eq!(
            by_both.points_for(Evidence::Scan, Minutes(60), 0, &programme(Some("急救"))).rounded_down(),
            Points(200)
        );
    }

    #[test]
    fn points_are_valid_through_the_last_day() {
        let zone = LocalZone::shanghai();
        let credited: Timestamp = serde_json::from_value("2026-01-31T12:00:00+08:00".into()).unwrap();
        let mut monthly = terms();
        monthly.validity = Validity::Months { months: 1 };
        let expected: Timestamp = serde_json::from_value("2026-03-01T00:00:00+08:00".into()).unwrap();
        assert_eq!(monthly.expires_at(credited, zone), Some(expected));
    }

    #[test]
    fn the_latest_version_in_effect_holds() {
        let version = |n: i64, from: &str| {
            let effective_from = from.parse().unwrap();
            PointsPolicy {
                id: PolicyId::new(Seq(n)),
                effective_from,
                terms: PolicyTerms { effective_from, ..terms() },
            }
        };
        let policies = [version(1, "2026-01-01"), version(2, "2026-06-01"), version(3, "2026-06-01")];
        let on = |date: &str| in_force(policies.iter(), date.parse().unwrap()).map(|p| p.id.seq().0);
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-05-31"), Some(1));
        assert_eq!(on("2026-06-01"), Some(3));
    }
}
