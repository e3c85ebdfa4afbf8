//! Points policies: versions of what credited service earns.

use super::extract::{AdminOnly, Anyone, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, BoundedVec, Day, FactorInput, FactorText, PointsInput, PointsText};
use crate::domain::Command;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{PolicyId, ProgrammeId};
use crate::domain::policy::{CreatePolicy, MOST_COUNTS, PointsPolicy, PolicyTerms, Rounding, Validity};
use crate::domain::text::Label;
use crate::domain::time::LocalZone;
use crate::store::read::policies;
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(create_policy).service(list_policies).service(get_policy);
}

/// Kinds of evidence that earn points.
pub type EarningEvidence = BoundedVec<Evidence, 0, 5>;
/// Factors by programme.
pub type ProgrammeFactors = BoundedVec<ProgrammeFactorInput, 0, 200>;
/// Factors by service category.
pub type CategoryFactors = BoundedVec<CategoryFactorInput, 0, 200>;
/// Most occasions of a person.
pub type MostCounts = BoundedInt<1, MOST_COUNTS>;
/// Months that points are valid.
pub type ValidMonths = BoundedInt<1, 1200>;

/// The terms of a new version, from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "effective_from": "2027-01-01", "points_per_hour": "10", "points_per_count": "50",
    "earning_grades": ["scan", "geo", "leader"],
    "programme_coefficients": [{ "programme": "ProgrammeId", "coefficient": "1.5" }],
    "category_coefficients": [{ "category": "社区服务", "coefficient": "1.2" }],
    "validity": { "kind": "months", "months": 24 }, "monthly_quota": "200"
}))]
pub struct NewPolicy {
    /// First service date to which they apply; today or later.
    pub effective_from: Day,
    /// At most 1,000.
    pub points_per_hour: PointsInput,
    /// For service counted in occasions; at most 10,000.
    pub points_per_count: PointsInput,
    /// Which kinds of evidence earn points.
    #[schema(inline)]
    pub earning_grades: EarningEvidence,
    /// Factors by programme; they take precedence over those by category.
    #[serde(default)]
    #[schema(inline)]
    pub programme_coefficients: ProgrammeFactors,
    /// Factors by the programme's service category.
    #[serde(default)]
    #[schema(inline)]
    pub category_coefficients: CategoryFactors,
    pub validity: ValidityView,
    /// Most points that a person earns for service in one calendar month.
    pub monthly_quota: Option<PointsInput>,
    /// What is rounded down to a hundredth of a point; the points of a person's day by default.
    pub rounding: Option<Rounding>,
    /// Most occasions that a person is entered with on a day; null: 5.
    #[schema(inline)]
    pub most_counts_a_day: Option<MostCounts>,
    /// Most occasions that a person is entered with at an activity; null: 20.
    #[schema(inline)]
    pub most_counts_an_activity: Option<MostCounts>,
    /// The newest version, as it was read: of two who change it at a time only one succeeds. Needed to take the place
    /// of a version that takes effect on the same day.
    pub replaces: Option<PolicyId>,
}

/// A factor for one programme.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeFactorInput {
    pub programme: ProgrammeId,
    /// At most 100.
    pub coefficient: FactorInput,
}

/// A factor for one service category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryFactorInput {
    pub category: Label,
    /// At most 100.
    pub coefficient: FactorInput,
}

/// How long points can be spent.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "ValidityMembers")]
#[schema(as = Validity)]
pub enum ValidityView {
    /// For ever.
    Unlimited {},
    /// Until the end of the day, this many calendar months after crediting.
    Months {
        #[schema(inline)]
        months: ValidMonths,
    },
    /// Until the end of a fixed day.
    Until { date: Day },
}

/// Every member that a validity may have. (serde reads a choice among shapes as a whole, and could not
/// name the member at fault.)
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValidityMembers {
    kind: ValidityKind,
    months: Option<ValidMonths>,
    date: Option<Day>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ValidityKind {
    Unlimited,
    Months,
    Until,
}

impl TryFrom<ValidityMembers> for ValidityView {
    type Error = &'static str;

    fn try_from(members: ValidityMembers) -> Result<Self, &'static str> {
        let ValidityMembers { kind, months, date } = members;
        match (kind, months, date) {
            (ValidityKind::Unlimited, None, None) => Ok(Self::Unlimited {}),
            (ValidityKind::Months, Some(months), None) => Ok(Self::Months { months }),
            (ValidityKind::Until, None, Some(date)) => Ok(Self::Until { date }),
            (ValidityKind::Unlimited, ..) => Err("unlimited takes neither months nor date"),
            (ValidityKind::Months, ..) => Err("months takes months, and no date"),
            (ValidityKind::Until, ..) => Err("until takes date, and no months"),
        }
    }
}

impl TryFrom<NewPolicy> for CreatePolicy {
    type Error = ApiError;

    fn try_from(new: NewPolicy) -> Result<Self, ApiError> {
        let by_programme =
            new.programme_coefficients.0.into_iter().map(|factor| (factor.programme, factor.coefficient.0));
        let by_category =
            new.category_coefficients.0.into_iter().map(|factor| (factor.category, factor.coefficient.0));
        let terms = PolicyTerms {
            effective_from: new.effective_from.0,
            points_per_hour: new.points_per_hour.0,
            points_per_count: new.points_per_count.0,
            earning_evidence: new.earning_grades.0.into_iter().collect(),
            programme_coefficients: each_once("/programme_coefficients", by_programme)?,
            category_coefficients: each_once("/category_coefficients", by_category)?,
            validity: match new.validity {
                ValidityView::Unlimited {} => Validity::Unlimited,
                ValidityView::Months { months } => {
                    Validity::Months { months: u32::try_from(months.0).unwrap_or(u32::MAX) }
                }
                ValidityView::Until { date } => Validity::Until { date: date.0 },
            },
            monthly_quota: new.monthly_quota.map(|quota| quota.0),
            rounding: new.rounding.unwrap_or(Rounding::Day),
            most_counts_a_day: new.most_counts_a_day.map(|most| most.0),
            most_counts_an_activity: new.most_counts_an_activity.map(|most| most.0),
            replaces: new.replaces,
        };
        Ok(Self { terms })
    }
}

/// A map of what is named at most once each.
fn each_once<K: Ord, V>(
    field: &str,
    pairs: impl ExactSizeIterator<Item = (K, V)>,
) -> Result<BTreeMap<K, V>, ApiError> {
    let count = pairs.len();
    let map: BTreeMap<K, V> = pairs.collect();
    if map.len() == count {
        Ok(map)
    } else {
        let detail = "each may be named once".to_owned();
        Err(ApiError::InvalidField { field: field.to_owned(), detail })
    }
}

/// A version of the points policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PointsPolicy)]
pub struct PolicyView {
    pub id: PolicyId,
    /// First service date to which it applies.
    pub effective_from: Day,
    pub points_per_hour: PointsText,
    /// For service counted in occasions.
    pub points_per_count: PointsText,
    /// Which kinds of evidence earn points.
    pub earning_grades: Vec<Evidence>,
    pub programme_coefficients: Vec<ProgrammeFactorView>,
    pub category_coefficients: Vec<CategoryFactorView>,
    pub validity: ValidityView,
    /// Most points that a person earns for service in one calendar month.
    pub monthly_quota: Option<PointsText>,
    /// What is rounded down to a hundredth of a point. Left out by versions that were set before this could be said:
    /// they round each record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub rounding: Option<Rounding>,
    /// Most occasions that a person is entered with on a day, where it is not 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline, nullable = false)]
    pub most_counts_a_day: Option<MostCounts>,
    /// Most occasions that a person is entered with at an activity, where it is not 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(inline, nullable = false)]
    pub most_counts_an_activity: Option<MostCounts>,
    /// The version that this one takes the place of, where it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub replaces: Option<PolicyId>,
}

/// A factor for one programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProgrammeCoefficient)]
pub struct ProgrammeFactorView {
    pub programme: ProgrammeId,
    pub coefficient: FactorText,
}

/// A factor for one service category.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoryCoefficient)]
pub struct CategoryFactorView {
    pub category: Label,
    pub coefficient: FactorText,
}

impl View for PolicyView {
    type Thing = PointsPolicy;

    fn of(policy: PointsPolicy, _: LocalZone) -> Self {
        let terms = policy.terms;
        let by_programme = terms.programme_coefficients.into_iter();
        let by_category = terms.category_coefficients.into_iter();
        Self {
            id: policy.id,
            effective_from: Day(policy.effective_from),
            points_per_hour: PointsText(terms.points_per_hour),
            points_per_count: PointsText(terms.points_per_count),
            earning_grades: terms.earning_evidence.into_iter().collect(),
            programme_coefficients: by_programme
                .map(|(programme, factor)| ProgrammeFactorView { programme, coefficient: FactorText(factor) })
                .collect(),
            category_coefficients: by_category
                .map(|(category, factor)| CategoryFactorView { category, coefficient: FactorText(factor) })
                .collect(),
            validity: match terms.validity {
                Validity::Unlimited => ValidityView::Unlimited {},
                Validity::Months { months } => ValidityView::Months { months: BoundedInt(i64::from(months)) },
                Validity::Until { date } => ValidityView::Until { date: Day(date) },
            },
            monthly_quota: terms.monthly_quota.map(PointsText),
            rounding: (terms.rounding != Rounding::Record).then_some(terms.rounding),
            most_counts_a_day: terms.most_counts_a_day.map(BoundedInt),
            most_counts_an_activity: terms.most_counts_an_activity.map(BoundedInt),
            replaces: terms.replaces,
        }
    }

    fn location(&self) -> String {
        format!("/v1/points-policies/{}", self.id)
    }
}

/// Sets the points policy from a day on
///
/// Points that were earned before are not affected.
#[utoipa::path(
    tag = "points-policies",
    request_body = NewPolicy,
    responses((status = 201, description = "The version", body = Changed<PolicyView>)),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!([
        "policy_not_found", "policy_in_past", "policy_terms_invalid", "policy_validity_over", "scheme_already_replaced",
        "programme_not_found"
    ]))),
)]
#[post("/points-policies")]
pub async fn create_policy(
    state: State,
    caller: AdminOnly,
    body: Strict<NewPolicy>,
) -> Result<Created<PolicyView>, ApiError> {
    let command = Command::CreatePolicy(body.value.try_into()?);
    state.create(caller.asker(), body.idempotency, command).await
}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists the versions of the points policy
///
/// Newest first.
#[utoipa::path(
    tag = "points-policies",
    params(PolicyQuery),
    responses((status = 200, description = "A page", body = Page<PolicyView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/points-policies")]
pub async fn list_policies(
    state: State,
    caller: Anyone,
    query: Query<PolicyQuery>,
) -> Result<Shown<Page<PolicyView>>, ApiError> {
    let PolicyQuery { limit, cursor } = query.0;
    let request = page_request("policies", limit, cursor.as_ref())?;
    let page = state.read_as(caller.0, move |db, _| policies::list(db, request)).await?;
    Ok(Shown::plain(Page::of("policies", page, state.rules.zone)))
}

/// Shows a version of the points policy
///
/// Its terms, and the day from which they apply.
#[utoipa::path(
    tag = "points-policies",
    params(("id" = PolicyId, Path, description = "The version")),
    responses((status = 200, description = "The version", body = PolicyView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["policy_not_found"]))),
)]
#[get("/points-policies/{id}")]
pub async fn get_policy(
    state: State,
    caller: Anyone,
    policy: PathId<PolicyId>,
) -> Result<Shown<PolicyView>, ApiError> {
    let found = state.read_as(caller.0, move |db, _| policies::get(db, policy.0)).await?;
    Ok(Shown::of(policy.found(found)?, state.rules.zone))
}
