//! How the sample city measures: stars for volunteers, an assessment for units.

use crate::domain::amounts::{Coefficient, Minutes};
use crate::domain::assessment::{AssessmentTerms, Comparison, Figure, Indicator, Threshold};
use crate::domain::evidence::Evidence;
use crate::domain::star::StarTerms;
use crate::domain::text::{Text, TextError};
use chrono::NaiveDate;
use strum::VariantArray;

/// 20, 60, 120, 200 and 300 hours of service of any evidence: a fifth of what is usual, for the told past is
/// half a year.
pub fn stars(effective_from: NaiveDate) -> StarTerms {
    let thresholds = [20, 60, 120, 200, 300].map(|hours| Minutes(hours * 60)).to_vec();
    let counting_evidence = Evidence::VARIANTS.iter().copied().collect();
    StarTerms { effective_from, thresholds, counting_evidence, replaces: None }
}

/// Seven indicators, a hundred points in all.
pub fn assessment() -> Result<AssessmentTerms, TextError> {
    use Comparison::{AtLeast, AtMost};
    let hours = |hours: i64| Minutes(hours * 60);
    let indicators = [
        ("注册率", Figure::RegistrationRate, AtLeast, 1_500, 20),
        ("活跃率", Figure::ActiveRate, AtLeast, 5_000, 20),
        ("人均时长", Figure::MinutesPerRegistered, AtLeast, 1_500 * 10_000, 20),
        ("党员达标率", Figure::PartyShare { minutes: hours(10) }, AtLeast, 2_000, 15),
        ("及时率", Figure::Timeliness, AtLeast, 9_000, 10),
        ("补录占比", Figure::BackfillShare, AtMost, 1_000, 10),
        ("撤销占比", Figure::VoidedShare, AtMost, 500, 5),
    ];
    let indicator = |(code, figure, comparison, threshold, weight): (&str, _, _, i64, i64)| {
        let (threshold, weight) = (Threshold(threshold), Coefficient(weight * 100));
        Ok(Indicator { code: text(code)?, figure, comparison, threshold, weight })
    };
    Ok(AssessmentTerms {
        name: text("志愿服务量化考核")?,
        indicators: indicators.into_iter().map(indicator).collect::<Result<_, _>>()?,
        replaces: None,
    })
}

fn text<const MAX: usize>(text: &str) -> Result<Text<MAX>, TextError> {
    text.parse()
}
