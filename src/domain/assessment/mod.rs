//! The assessment of units (量化考核): versioned schemes of indicators, and how a unit fares by one.
//!
//! Every value is a fraction of two whole figures, compared with its threshold without rounding; what
//! is shown as a decimal is rounded down. An indicator that holds gives its whole weight, one that does
//! not gives nothing, so that each point of a score has one sentence to explain it.

mod kept;
pub mod rules;

use super::amounts::{Coefficient, Minutes};
use super::ids::{AssessmentSchemeId, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::text::{Label, Name};
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// What is measured.
///
/// "Members" belong to the unit or one under it at the end of the period, and their service counts
/// wherever it was given; "records" were served with the unit or one under it, by anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// 注册率: members over staff.
    RegistrationRate,
    /// 活跃率: members with service in the period over members.
    ActiveRate,
    /// 人均时长 (在职): members' minutes in the period over staff.
    MinutesPerStaff,
    /// 人均时长 (注册): members' minutes in the period over members.
    MinutesPerRegistered,
    /// 党员达标率: members who are party members with at least so many minutes in the period, over the
    /// party members of the headcount.
    PartyShare { minutes: Minutes },
    /// Members with at least this star at the end of the period, over members.
    StarShare { star: i64 },
    /// Members with at least this star at the end of the period.
    StarCount { star: i64 },
    /// 及时率: records entered within the law's ten working days, over records.
    Timeliness,
    /// 补录率: back-filled records over records.
    BackfillShare,
    /// 作废率: records credited and voided afterwards, over records ever credited.
    VoidedShare,
    /// 活动场次: activities with at least one record in the period.
    EventsHeld,
}

choice! {
    /// How a value stands to its threshold.
    pub enum Comparison {
        /// The value must not be less than the threshold.
        AtLeast,
        /// The value must not be more than the threshold.
        AtMost,
    }
}

/// What a value is compared with, in ten-thousandths: 8,500 is 0.85.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Threshold(pub i64);

/// The text is not a decimal number with at most four places, or is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a decimal such as \"0.85\", at most four places, below 1,000,000,000")]
pub struct ThresholdError;

/// One line of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What it is called by, once in a scheme.
    pub code: Label,
    pub figure: Figure,
    pub comparison: Comparison,
    pub threshold: Threshold,
    /// What it gives where it holds, in hundredths.
    pub weight: Coefficient,
}

/// The terms of one version of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentTerms {
    pub name: Name,
    pub indicators: Vec<Indicator>,
    /// The version that this one takes the place of.
    pub replaces: Option<AssessmentSchemeId>,
}

/// One version of an assessment scheme. Former versions stay, so that what was assessed by them can be
/// asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentScheme {
    pub id: AssessmentSchemeId,
    /// One more than that of the version that it replaces, from 1 on.
    pub version: i64,
    pub terms: AssessmentTerms,
}

impl Row for AssessmentScheme {
    type Key = AssessmentSchemeId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> AssessmentSchemeId {
        self.id
    }
}

impl Thing for AssessmentScheme {
    fn unit(&self) -> Option<UnitId> {
        None
    }
}

/// Most indicators of a scheme.
pub const MOST_INDICATORS: usize = 40;

const MOST_WEIGHT: Coefficient = Coefficient(100_000);

/// Sets a scheme, or the next version of one.
#[derive(Clone, Debug)]
pub struct CreateAssessmentScheme {
    pub terms: AssessmentTerms,
}

impl AssessmentTerms {
    /// Whether each code stands once, and each weight is more than nothing and not beyond 1,000.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        let codes: BTreeSet<&Label> = self.indicators.iter().map(|indicator| &indicator.code).collect();
        (1..=MOST_INDICATORS).contains(&self.indicators.len())
            && codes.len() == self.indicators.len()
            && self.indicators.iter().all(|one| (1..=MOST_WEIGHT.0).contains(&one.weight.0))
    }

    /// The highest possible score: every indicator is met.
    #[must_use]
    pub fn out_of(&self) -> Coefficient {
        Coefficient(self.indicators.iter().map(|indicator| indicator.weight.0).sum())
    }
}

/// The whole figures of one unit that all values are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitFigures {
    /// People who work in the unit and those under it, by the headcounts in force.
    pub staff: i64,
    /// Party members among them.
    pub party_members: i64,
    pub members: i64,
    /// Members with a record in the period.
    pub active_members: i64,
    /// Their minutes in the period.
    pub member_minutes: Minutes,
    /// Party members among the members with at least so many minutes in the period.
    pub party_reaching: BTreeMap<Minutes, i64>,
    /// Members with at least this star; without an entry where no star scheme is in force.
    pub with_star: BTreeMap<i64, i64>,
    /// Records that count.
    pub records: i64,
    pub late_records: i64,
    pub backfilled_records: i64,
    /// Records ever credited, and those of them that were voided.
    pub credited_records: i64,
    pub voided_records: i64,
    pub events: i64,
}

/// An exact value: one whole figure over another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    pub numerator: i64,
    /// 0 if there is nothing to measure by.
    pub denominator: i64,
}

/// One unit's result for one indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub value: Ratio,
    /// Whether it holds; a value that cannot be had holds nothing.
    pub holds: bool,
    /// The weight if the indicator is met, else 0.
    pub score: Coefficient,
}

/// How a unit fares by all of them, and its sum.
#[must_use]
pub fn assess(terms: &AssessmentTerms, figures: &UnitFigures) -> (Vec<Judgement>, Coefficient) {
    let results: Vec<Judgement> = terms.indicators.iter().map(|indicator| indicator.judge(figures)).collect();
    let sum = results.iter().map(|result| result.score.0).sum();
    (results, Coefficient(sum))
}

/// The rank of each score, in their order: equal scores share a rank, and the next counts them all.
#[must_use]
pub fn ranks(scores: &[Coefficient]) -> Vec<usize> {
    scores.iter().map(|score| 1 + scores.iter().filter(|other| *other > score).count()).collect()
}

impl Indicator {
    fn judge(&self, figures: &UnitFigures) -> Judgement {
        let value = self.figure.value(figures);
        let holds = value.stands(self.comparison, self.threshold);
        Judgement { value, holds, score: if holds { self.weight } else { Coefficient(0) } }
    }
}

impl Figure {
    /// The value of a unit.
    #[must_use]
    pub fn value(self, unit: &UnitFigures) -> Ratio {
        let of = |numerator, denominator| Ratio { numerator, denominator };
        match self {
            Self::RegistrationRate => of(unit.members, unit.staff),
            Self::ActiveRate => of(unit.active_members, unit.members),
            Self::MinutesPerStaff => of(unit.member_minutes.0, unit.staff),
            Self::MinutesPerRegistered => of(unit.member_minutes.0, unit.members),
            Self::PartyShare { minutes } => {
                of(unit.party_reaching.get(&minutes).copied().unwrap_or(0), unit.party_members)
            }
            Self::StarShare { star } => match unit.with_star.get(&star) {
                Some(count) => of(*count, unit.members),
                None => of(0, 0),
            },
            Self::StarCount { star } => match unit.with_star.get(&star) {
                Some(count) => of(*count, 1),
                None => of(0, 0),
            },
            Self::Timeliness => of(unit.records - unit.late_records, unit.records),
            Self::BackfillShare => of(unit.backfilled_records, unit.records),
            Self::VoidedShare => of(unit.voided_records, unit.credited_records),
            Self::EventsHeld => of(unit.events, 1),
        }
    }
}

const TEN_THOUSAND: i64 = 10_000;

impl Ratio {
    /// Whether the value stands so to the threshold: compared crosswise, nothing is rounded.
    #[must_use]
    pub fn stands(self, comparison: Comparison, threshold: Threshold) -> bool {
        let value = i128::from(self.numerator) * i128::from(TEN_THOUSAND);
        let bound = i128::from(threshold.0) * i128::from(self.denominator);
        self.denominator > 0
            && match comparison {
                Comparison::AtLeast => value >= bound,
                Comparison::AtMost => value <= bound,
            }
    }

    /// The value in ten-thousandths, rounded down; none where there is nothing to measure by.
    #[must_use]
    pub fn ten_thousandths(self) -> Option<i64> {
        let scaled = i128::from(self.numerator) * i128::from(TEN_THOUSAND);
        let rounded_down = scaled.checked_div(i128::from(self.denominator))?;
        i64::try_from(rounded_down).ok()
    }

    /// The value with four places, rounded down; none where there is nothing to measure by.
    #[must_use]
    pub fn to_decimal(self) -> Option<String> {
        self.ten_thousandths().map(|value| format!("{}.{:04}", value / TEN_THOUSAND, value % TEN_THOUSAND))
    }
}

impl FromStr for Threshold {
    type Err = ThresholdError;

    fn from_str(text: &str) -> Result<Self, ThresholdError> {
        let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(places) || whole.len() > 9 || places.len() > 4 {
            return Err(ThresholdError);
        }
        let whole: i64 = whole.parse().map_err(|_| ThresholdError)?;
        let places: i64 = format!("{places:0<4}").parse().map_err(|_| ThresholdError)?;
        Ok(Self(whole * TEN_THOUSAND + places))
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / TEN_THOUSAND, self.0 % TEN_THOUSAND)
    }
}

events! {
    AssessmentSchemeCreated = "assessment_scheme_created" {
        version: i64,
        terms: AssessmentTerms,
    }
}

refusals! {
    /// No such version of an assessment scheme.
    AssessmentSchemeNotFound = NotFound "assessment_scheme_not_found" "there is no such assessment scheme";
    /// Each code must be unique, and each weight more than 0 and at most 1,000.
    AssessmentTermsInvalid = Invalid "assessment_terms_invalid" "each code must be unique, and each weight more than 0 and at most 1,000";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn indicator(
        code: &str,
        figure: Figure,
        comparison: Comparison,
        threshold: &str,
        weight: i64,
    ) -> Indicator {
        Indicator {
            code: code.parse().unwrap(),
            figure,
            comparison,
            threshold: threshold.parse().unwrap(),
            weight: Coefficient(weight),
        }
    }

    fn scheme(indicators: Vec<Indicator>) -> AssessmentTerms {
        AssessmentTerms { name: "2026".parse().unwrap(), indicators, replaces: None }
    }

    fn figures() -> UnitFigures {
        UnitFigures {
            staff: 60,
            party_members: 6,
            members: 20,
            active_members: 15,
            member_minutes: Minutes(9_000),
            party_reaching: [(Minutes(600), 4)].into(),
            with_star: [(1, 5)].into(),
            records: 40,
            late_records: 1,
            backfilled_records: 10,
            credited_records: 42,
            voided_records: 2,
            events: 7,
        }
    }

    #[test]
    fn each_figure_is_one_whole_number_over_another() {
        for (figure, numerator, denominator) in [
            (Figure::RegistrationRate, 20, 60),
            (Figure::ActiveRate, 15, 20),
            (Figure::MinutesPerStaff, 9_000, 60),
            (Figure::MinutesPerRegistered, 9_000, 20),
            (Figure::PartyShare { minutes: Minutes(600) }, 4, 6),
            (Figure::StarShare { star: 1 }, 5, 20),
            (Figure::StarCount { star: 1 }, 5, 1),
            (Figure::StarCount { star: 2 }, 0, 0),
            (Figure::Timeliness, 39, 40),
            (Figure::BackfillShare, 10, 40),
            (Figure::VoidedShare, 2, 42),
            (Figure::EventsHeld, 7, 1),
        ] {
            assert_eq!(figure.value(&figures()), Ratio { numerator, denominator }, "{figure:?}");
        }
    }

    #[test]
    fn a_value_is_compared_exactly_and_shown_rounded_down() {
        let third = Ratio { numerator: 1, denominator: 3 };
        assert_eq!(third.to_decimal().unwrap(), "0.3333");
        let at = |text: &str| text.parse().unwrap();
        assert!(third.stands(Comparison::AtLeast, at("0.3333")), "a third is a little more");
        assert!(!third.stands(Comparison::AtMost, at("0.3333")));
        let exact = Ratio { numerator: 17, denominator: 20 };
        assert!(
            exact.stands(Comparison::AtLeast, at("0.85")) && exact.stands(Comparison::AtMost, at("0.85"))
        );
        let largest = Ratio { numerator: i64::MAX, denominator: 1 };
        assert!(largest.stands(Comparison::AtLeast, at("999999999.9999")));
    }

    #[test]
    fn what_cannot_be_measured_holds_nothing() {
        let none = Ratio { numerator: 0, denominator: 0 };
        assert_eq!(none.to_decimal(), None);
        for comparison in [Comparison::AtLeast, Comparison::AtMost] {
            assert!(!none.stands(comparison, Threshold(0)));
        }
    }

    #[test]
    fn what_holds_gives_its_whole_weight() {
        let scheme = scheme(vec![
            indicator("注册率", Figure::RegistrationRate, Comparison::AtLeast, "0.3333", 3_000),
            indicator("活跃率", Figure::ActiveRate, Comparison::AtLeast, "0.7501", 2_000),
            indicator("补录率", Figure::BackfillShare, Comparison::AtMost, "0.25", 1_050),
        ]);
        let (results, score) = assess(&scheme, &figures());
        assert_eq!(results.iter().map(|result| result.holds).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!((score, scheme.out_of()), (Coefficient(4_050), Coefficient(6_050)));
    }

    #[test]
    fn equal_scores_share_a_rank() {
        let scores = [50, 90, 50, 10].map(Coefficient);
        assert_eq!(ranks(&scores), [2, 1, 2, 4]);
    }

    #[test]
    fn a_scheme_names_each_code_once_and_weighs_it() {
        let one = |code: &str, weight| indicator(code, Figure::EventsHeld, Comparison::AtLeast, "1", weight);
        assert!(scheme(vec![one("a", 1), one("b", 100_000)]).are_sound());
        for bad in [vec![], vec![one("a", 1), one("a", 1)], vec![one("a", 0)], vec![one("a", 100_001)]] {
            assert!(!scheme(bad).are_sound());
        }
        assert!(!scheme((0..=40).map(|n| one(&n.to_string(), 1)).collect()).are_sound());
    }

    #[test]
    fn thresholds_read_and_write_as_exact_decimals() {
        for (text, ten_thousandths) in [("0.85", 8_500), ("1", 10_000), ("600", 6_000_000), ("0.0001", 1)] {
            assert_eq!(text.parse(), Ok(Threshold(ten_thousandths)), "{text}");
        }
        assert_eq!(Threshold(8_500).to_string(), "0.8500");
        for text in ["", ".5", "1.", "-1", "+1", "0.00001", "1e3", "1000000000", "１"] {
            assert_eq!(text.parse::<Threshold>(), Err(ThresholdError), "{text}");
        }
    }
}
