//! Assessment schemes: what units are measured by.

use crate::api::extract::{AdminOnly, AnyOperator, PathId, Query, Strict};
use crate::api::page::{Cursor, Page, PageSize, page_request};
use crate::api::problem::ApiError;
use crate::api::schema::{described, text};
use crate::api::state::State;
use crate::api::view::{Changed, Created, Shown, View};
use crate::api::wire::{BoundedInt, BoundedVec, Count, FactorInput, FactorText};
use crate::domain::Command;
use crate::domain::amounts::Minutes;
use crate::domain::assessment::{
    AssessmentScheme, AssessmentTerms, Comparison, CreateAssessmentScheme, Figure, Indicator, Threshold,
};
use crate::domain::ids::AssessmentSchemeId;
use crate::domain::text::{Label, Name};
use crate::domain::time::LocalZone;
use crate::store::read::assessments;
use actix_web::{get, post};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is measured.
///
/// Members belong to the unit or one under it at the end of the period; their service counts wherever it
/// was given. Records were served with the unit or one under it, by anybody.
/// - `registration_rate` (注册率): members over staff
/// - `active_rate` (活跃率): members with a record in the period over members
/// - `minutes_per_staff`, `minutes_per_registered` (人均时长): members' minutes over staff, over members
/// - `party_share` (党员达标率): members who are party members with at least `minutes` in the period, over
///   the headcount's party members
/// - `star_share`, `star_count` (星级): members with at least `star`, over members or as a number
/// - `timeliness` (及时率): records entered within ten working days, over records
/// - `backfill_share` (补录率): back-filled records over records
/// - `voided_share` (作废率): voided records over records ever credited
/// - `events_held` (活动场次): activities with at least one record
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum FigureKind {
    RegistrationRate,
    ActiveRate,
    MinutesPerStaff,
    MinutesPerRegistered,
    PartyShare,
    StarShare,
    StarCount,
    Timeliness,
    BackfillShare,
    VoidedShare,
    EventsHeld,
}

impl FigureKind {
    /// Takes a figure apart: its kind, the minutes and the star that it asks for.
    #[must_use]
    pub const fn of(figure: Figure) -> (Self, Option<Minutes>, Option<i64>) {
        match figure {
            Figure::RegistrationRate => (Self::RegistrationRate, None, None),
            Figure::ActiveRate => (Self::ActiveRate, None, None),
            Figure::MinutesPerStaff => (Self::MinutesPerStaff, None, None),
            Figure::MinutesPerRegistered => (Self::MinutesPerRegistered, None, None),
            Figure::PartyShare { minutes } => (Self::PartyShare, Some(minutes), None),
            Figure::StarShare { star } => (Self::StarShare, None, Some(star)),
            Figure::StarCount { star } => (Self::StarCount, None, Some(star)),
            Figure::Timeliness => (Self::Timeliness, None, None),
            Figure::BackfillShare => (Self::BackfillShare, None, None),
            Figure::VoidedShare => (Self::VoidedShare, None, None),
            Figure::EventsHeld => (Self::EventsHeld, None, None),
        }
    }

    /// The figure, with just the members that its kind asks for.
    fn with(self, minutes: Option<i64>, star: Option<i64>) -> Option<Figure> {
        Some(match (self, minutes, star) {
            (Self::PartyShare, Some(minutes), None) => Figure::PartyShare { minutes: Minutes(minutes) },
            (Self::StarShare, None, Some(star)) => Figure::StarShare { star },
            (Self::StarCount, None, Some(star)) => Figure::StarCount { star },
            (Self::RegistrationRate, None, None) => Figure::RegistrationRate,
            (Self::ActiveRate, None, None) => Figure::ActiveRate,
            (Self::MinutesPerStaff, None, None) => Figure::MinutesPerStaff,
            (Self::MinutesPerRegistered, None, None) => Figure::MinutesPerRegistered,
            (Self::Timeliness, None, None) => Figure::Timeliness,
            (Self::BackfillShare, None, None) => Figure::BackfillShare,
            (Self::VoidedShare, None, None) => Figure::VoidedShare,
            (Self::EventsHeld, None, None) => Figure::EventsHeld,
            _ => return None,
        })
    }
}

/// A threshold in a request or answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThresholdText(pub Threshold);

impl<'de> Deserialize<'de> for ThresholdText {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map(Self).map_err(D::Error::custom)
    }
}

impl Serialize for ThresholdText {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

described! {
    ThresholdText, "Threshold" => text("What a value is compared with: a decimal with at most four places", "0.85")
        .pattern(Some(r"^[0-9]{1,9}(\.[0-9]{1,4})?$"));
}

/// Minutes that party members are to reach.
pub type ReachedMinutes = BoundedInt<1, 60_000_000>;
/// A star.
pub type StarNumber = BoundedInt<1, 10>;
/// The lines of a scheme.
pub type Indicators = BoundedVec<IndicatorInput, 1, 40>;

/// One line of a scheme.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "注册率", "kind": "registration_rate", "comparison": "at_least", "threshold": "0.85", "weight": "20"
}))]
pub struct IndicatorInput {
    /// Its name, unique in the scheme.
    pub code: Label,
    pub kind: FigureKind,
    /// The minutes that a party member must reach; for `party_share` only.
    #[schema(inline)]
    pub minutes: Option<ReachedMinutes>,
    /// The star that a member must have; for `star_share` and `star_count` only.
    #[schema(inline)]
    pub star: Option<StarNumber>,
    pub comparison: Comparison,
    pub threshold: ThresholdText,
    /// The score that it gives if it is met: more than 0, at most 1,000.
    pub weight: FactorInput,
}

/// A scheme to set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "2026年度量化考核",
    "indicators": [
        { "code": "注册率", "kind": "registration_rate", "comparison": "at_least", "threshold": "0.85", "weight": "20" },
        { "code": "达标率", "kind": "party_share", "minutes": 1200, "comparison": "at_least", "threshold": "0.9",
          "weight": "30" }
    ]
}))]
pub struct NewAssessmentScheme {
    pub name: Name,
    #[schema(inline)]
    pub indicators: Indicators,
    /// The version that it replaces; without one it is the first version of a new scheme.
    pub replaces: Option<AssessmentSchemeId>,
}

impl TryFrom<NewAssessmentScheme> for CreateAssessmentScheme {
    type Error = ApiError;

    fn try_from(new: NewAssessmentScheme) -> Result<Self, ApiError> {
        let indicator = |(at, input): (usize, IndicatorInput)| {
            let figure = input.kind.with(input.minutes.map(|m| m.0), input.star.map(|star| star.0));
            let wrong = || ApiError::InvalidField {
                field: format!("/indicators/{at}/kind"),
                detail:
                    "party_share takes minutes, star_share and star_count take a star, the others neither"
                        .to_owned(),
            };
            Ok(Indicator {
                code: input.code,
                figure: figure.ok_or_else(wrong)?,
                comparison: input.comparison,
                threshold: input.threshold.0,
                weight: input.weight.0,
            })
        };
        let indicators =
            new.indicators.0.into_iter().enumerate().map(indicator).collect::<Result<_, ApiError>>()?;
        Ok(Self { terms: AssessmentTerms { name: new.name, indicators, replaces: new.replaces } })
    }
}

/// A version of an assessment scheme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AssessmentScheme)]
pub struct AssessmentSchemeView {
    pub id: AssessmentSchemeId,
    pub name: Name,
    /// The number of the version, starting at 1.
    pub version: Count,
    /// The version that it replaces.
    pub replaces: Option<AssessmentSchemeId>,
    pub indicators: Vec<IndicatorView>,
    /// The highest possible score: every indicator is met.
    pub out_of: FactorText,
}

/// One line of a scheme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Indicator)]
pub struct IndicatorView {
    pub code: Label,
    pub kind: FigureKind,
    /// The minutes that a party member must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<Minutes>,
    /// The star that a member must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 10)]
    pub star: Option<i64>,
    pub comparison: Comparison,
    pub threshold: ThresholdText,
    /// The score that it gives if it is met.
    pub weight: FactorText,
}

impl From<&Indicator> for IndicatorView {
    fn from(indicator: &Indicator) -> Self {
        let (kind, minutes, star) = FigureKind::of(indicator.figure);
        Self {
            code: indicator.code.clone(),
            kind,
            minutes,
            star,
            comparison: indicator.comparison,
            threshold: ThresholdText(indicator.threshold),
            weight: FactorText(indicator.weight),
        }
    }
}

impl View for AssessmentSchemeView {
    type Thing = AssessmentScheme;

    fn of(scheme: AssessmentScheme, _: LocalZone) -> Self {
        let AssessmentScheme { id, version, terms } = scheme;
        Self {
            id,
            version: Count(version),
            replaces: terms.replaces,
            indicators: terms.indicators.iter().map(IndicatorView::from).collect(),
            out_of: FactorText(terms.out_of()),
            name: terms.name,
        }
    }

    fn location(&self) -> String {
        format!("/v1/assessment-schemes/{}", self.id)
    }
}

/// Sets an assessment scheme, or a new version of one
///
/// Older versions stay, and units can still be assessed by them.
#[utoipa::path(
    tag = "assessments",
    request_body = NewAssessmentScheme,
    responses((status = 201, description = "The version", body = Changed<AssessmentSchemeView>)),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!([
        "assessment_scheme_not_found", "assessment_terms_invalid", "scheme_already_replaced"
    ]))),
)]
#[post("/assessment-schemes")]
pub async fn create_assessment_scheme(
    state: State,
    caller: AdminOnly,
    body: Strict<NewAssessmentScheme>,
) -> Result<Created<AssessmentSchemeView>, ApiError> {
    let command = Command::CreateAssessmentScheme(body.value.try_into()?);
    state.create(caller.asker(), body.idempotency, command).await
}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AssessmentSchemeQuery {
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists the versions of all assessment schemes
///
/// Newest first.
#[utoipa::path(
    tag = "assessments",
    params(AssessmentSchemeQuery),
    responses((status = 200, description = "A page", body = Page<AssessmentSchemeView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/assessment-schemes")]
pub async fn list_assessment_schemes(
    state: State,
    caller: AnyOperator,
    query: Query<AssessmentSchemeQuery>,
) -> Result<Shown<Page<AssessmentSchemeView>>, ApiError> {
    let AssessmentSchemeQuery { limit, cursor } = query.0;
    let request = page_request("assessment-schemes", limit, cursor.as_ref())?;
    let page = state.read_as(caller.0, move |db, _| assessments::schemes(db, request)).await?;
    Ok(Shown::plain(Page::of("assessment-schemes", page, state.rules.zone)))
}

/// Shows a version of an assessment scheme
///
/// Its indicators, each with its threshold and weight.
#[utoipa::path(
    tag = "assessments",
    params(("id" = AssessmentSchemeId, Path, description = "The version")),
    responses((status = 200, description = "The version", body = AssessmentSchemeView)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["assessment_scheme_not_found"]))),
)]
#[get("/assessment-schemes/{id}")]
pub async fn get_assessment_scheme(
    state: State,
    caller: AnyOperator,
    scheme: PathId<AssessmentSchemeId>,
) -> Result<Shown<AssessmentSchemeView>, ApiError> {
    let found = state.read_as(caller.0, move |db, _| assessments::scheme(db, scheme.0)).await?;
    Ok(Shown::of(scheme.found(found)?, state.rules.zone))
}
