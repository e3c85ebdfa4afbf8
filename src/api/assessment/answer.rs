//! What an assessment says, and its forms.

use super::chart::{Bar, horizontal_bars};
use super::scheme::IndicatorView;
use crate::api::problem::ApiError;
use crate::api::tabular::Cell;
use crate::api::wire::{Count, Day, FactorText};
use crate::domain::amounts::Coefficient;
use crate::domain::assessment::{
    AssessmentScheme, Figure, Indicator, Judgement, Ratio, UnitFigures, assess, ranks,
};
use crate::domain::ids::{AssessmentSchemeId, Seq, UnitId};
use crate::domain::text::{Name, UnitCode};
use crate::domain::unit::Unit;
use crate::journal::to_canonical_json;
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An assessment, with its digest.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assessed {
    pub assessment: Assessment,
    /// SHA-256 over the canonical JSON (RFC 8785) of `assessment`, in hexadecimal. Each `explained_by` stands in it
    /// without what was added to links later: up to `&counted=` of members, and `&as_of=` of service records. The same
    /// question gives the same digest.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub digest: String,
    /// How many of the members counted here have closed their registration since. Their party status was
    /// erased, so a `party_share` may now be lower than it was; no other figure can change.
    pub erased_since: Count,
}

/// Units judged and ranked by a scheme.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assessment {
    pub scheme: AssessmentSchemeId,
    pub scheme_name: Name,
    pub scheme_version: Count,
    /// The unit in the question.
    pub unit: UnitId,
    /// First service date.
    pub from: Day,
    /// Last service date.
    pub to: Day,
    /// The journal entry as of which all figures are counted.
    pub as_of: Seq,
    /// The highest possible score: every indicator is met.
    pub out_of: FactorText,
    /// The best unit first; equal scores in the order of unit codes.
    pub ranking: Vec<AssessedUnit>,
}

/// One unit's score.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessedUnit {
    /// Equal scores share a rank.
    #[schema(value_type = Count)]
    pub rank: usize,
    pub unit: UnitId,
    pub code: UnitCode,
    pub name: Name,
    pub score: FactorText,
    /// In the order of the scheme.
    pub indicators: Vec<AssessedIndicator>,
}

/// One unit's result for one indicator.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessedIndicator {
    #[serde(flatten)]
    pub indicator: IndicatorView,
    /// Numerator divided by denominator, with four places, rounded down; null if the denominator is 0. The
    /// exact fraction is compared with the threshold.
    #[schema(example = "0.8333")]
    pub value: Option<String>,
    pub numerator: Count,
    pub denominator: Count,
    /// Whether the indicator is met.
    pub holds: bool,
    /// The weight if the indicator is met, else 0.
    pub score: FactorText,
    /// The request that shows what the numerator counts, row by row: members or service records; of minutes those
    /// whose minutes add up to it, of activities the records of them.
    pub explained_by: String,
}

/// What was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub unit: UnitId,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub as_of: Seq,
}

/// What a row says.
pub const COLUMNS: [&str; 15] = [
    "rank",
    "unit_code",
    "unit_name",
    "unit_score",
    "out_of",
    "indicator",
    "kind",
    "value",
    "numerator",
    "denominator",
    "comparison",
    "threshold",
    "holds",
    "weight",
    "score",
];

impl Assessment {
    /// Judges the figures of each unit by the scheme, and ranks them.
    #[must_use]
    pub fn new(
        asked: Asked,
        scheme: &AssessmentScheme,
        units: Vec<Unit>,
        figures: &BTreeMap<UnitId, UnitFigures>,
    ) -> Self {
        let nothing = UnitFigures::default();
        let judged: Vec<_> = units
            .iter()
            .map(|unit| assess(&scheme.terms, figures.get(&unit.id).unwrap_or(&nothing)))
            .collect();
        let scores: Vec<Coefficient> = judged.iter().map(|(_, score)| *score).collect();
        let ranks = ranks(&scores);
        let mut ranking: Vec<AssessedUnit> = units
            .into_iter()
            .zip(judged.into_iter().zip(ranks))
            .map(|(unit, ((judgements, score), rank))| AssessedUnit {
                rank,
                score: FactorText(score),
                indicators: scheme
                    .terms
                    .indicators
                    .iter()
                    .zip(&judgements)
                    .map(|(indicator, judgement)| {
                        AssessedIndicator::new(indicator, judgement, unit.id, asked)
                    })
                    .collect(),
                unit: unit.id,
                code: unit.code,
                name: unit.name,
            })
            .collect();
        ranking.sort_by_cached_key(|unit| (Reverse(unit.score.0), unit.code.clone()));
        Self {
            scheme: scheme.id,
            scheme_name: scheme.terms.name.clone(),
            scheme_version: Count(scheme.version),
            unit: asked.unit,
            from: Day(asked.from),
            to: Day(asked.to),
            as_of: asked.as_of,
            out_of: FactorText(scheme.terms.out_of()),
            ranking,
        }
    }

    /// SHA-256 over the canonical JSON, in hexadecimal digits. Links stand in it as they did before they led to the very
    /// rows, so that what was once signed for is found again.
    pub fn digest(&self) -> Result<String, ApiError> {
        let mut said = serde_json::to_value(self).map_err(ApiError::internal)?;
        let units = said["ranking"].as_array_mut().into_iter().flatten();
        for indicator in units.flat_map(|unit| unit["indicators"].as_array_mut().into_iter().flatten()) {
            let link = indicator["explained_by"].as_str().map(in_first_form);
            indicator["explained_by"] = link.unwrap_or_default().into();
        }
        let canonical = to_canonical_json(&said).map_err(ApiError::internal)?;
        Ok(HEXLOWER.encode(&Sha256::digest(canonical)))
    }

    /// A row for each unit and indicator, by [`COLUMNS`].
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<Cell>> {
        let rows = self.ranking.iter().flat_map(|unit| {
            unit.indicators.iter().map(move |one| {
                let hundredths = |factor: &FactorText| Cell::Decimal { units: factor.0.0, places: 2 };
                let ten_thousandths = |units| Cell::Decimal { units, places: 4 };
                let value = Ratio { numerator: one.numerator.0, denominator: one.denominator.0 };
                let word = |text: &str| Cell::Text(text.to_owned());
                vec![
                    Cell::Whole(i64::try_from(unit.rank).unwrap_or(i64::MAX)),
                    word(unit.code.as_str()),
                    word(unit.name.as_str()),
                    hundredths(&unit.score),
                    hundredths(&self.out_of),
                    word(one.indicator.code.as_str()),
                    word(one.indicator.kind.into_str()),
                    value.ten_thousandths().map_or(Cell::Blank, ten_thousandths),
                    Cell::Whole(one.numerator.0),
                    Cell::Whole(one.denominator.0),
                    word(one.indicator.comparison.into_str()),
                    ten_thousandths(one.indicator.threshold.0.0),
                    word(if one.holds { "yes" } else { "no" }),
                    hundredths(&one.indicator.weight),
                    hundredths(&one.score),
                ]
            })
        });
        rows.collect()
    }

    /// A bar for each unit, in the order of the ranking.
    #[must_use]
    pub fn chart(&self) -> String {
        let bar = |unit: &AssessedUnit| Bar {
            label: format!("{}. {}", unit.rank, unit.name),
            value: unit.score.0.to_string(),
            part: unit.score.0.0,
        };
        let bars: Vec<Bar> = self.ranking.iter().map(bar).collect();
        let title = format!("{} (v{})", self.scheme_name, self.scheme_version.0);
        let (from, to, out_of) = (self.from.0, self.to.0, self.out_of.0);
        let subtitle = format!("{from} 至 {to}，满分 {out_of}，截至第 {} 笔账", self.as_of);
        horizontal_bars(&title, &subtitle, out_of.0, &bars)
    }
}

impl AssessedIndicator {
    fn new(indicator: &Indicator, judgement: &Judgement, unit: UnitId, asked: Asked) -> Self {
        Self {
            indicator: indicator.into(),
            value: judgement.value.to_decimal(),
            numerator: Count(judgement.value.numerator),
            denominator: Count(judgement.value.denominator),
            holds: judgement.holds,
            score: FactorText(judgement.score),
            explained_by: explanation(indicator.figure, unit, asked),
        }
    }
}

/// The request whose answer shows what a figure is made of, and nothing else.
fn explanation(figure: Figure, unit: UnitId, Asked { from, to, as_of, .. }: Asked) -> String {
    let members = format!("{MEMBERS}?unit={unit}&from={from}&to={to}&as_of={as_of}");
    let records = format!("/v1/service-records?unit={unit}&from={from}&to={to}");
    let counted = format!("{records}&counted_as_of={as_of}&as_of={as_of}");
    match figure {
        Figure::RegistrationRate | Figure::MinutesPerStaff | Figure::MinutesPerRegistered => members,
        Figure::ActiveRate => format!("{members}&counted=active"),
        Figure::PartyShare { minutes } => format!("{members}&counted=party_members&minutes={}", minutes.0),
        Figure::StarShare { star } | Figure::StarCount { star } => {
            format!("{members}&counted=with_star&star={star}")
        }
        Figure::EventsHeld => counted,
        Figure::Timeliness => format!("{counted}&late=false"),
        Figure::BackfillShare => format!("{counted}&evidence=backfill"),
        Figure::VoidedShare => format!("{records}&status=voided&as_of={as_of}"),
    }
}

const MEMBERS: &str = "/v1/assessments/members";

/// A link as it was before it led to the very rows of then.
fn in_first_form(link: &str) -> &str {
    let added = if link.starts_with(MEMBERS) { "&counted=" } else { "&as_of=" };
    link.split(added).next().unwrap_or(link)
}
