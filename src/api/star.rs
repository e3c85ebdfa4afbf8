//! Stars: versions of the scheme, and where a volunteer stands.

use super::as_of::{AsOfQuery, entry_asked};
use super::extract::{AdminOnly, Anyone, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::schema::described;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, BoundedVec, Day};
use crate::domain::Command;
use crate::domain::amounts::Minutes;
use crate::domain::as_of::AsOf;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Seq, StarSchemeId, VolunteerId};
use crate::domain::star;
use crate::domain::star::{CreateStarScheme, Standing, StarScheme, StarTerms};
use crate::domain::time::LocalZone;
use crate::store::read::{Scope, stars};
use crate::store::{Db, StoreError};
use actix_web::{get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(create_star_scheme).service(list_star_schemes).service(get_star_scheme).service(get_star);
}

/// Minutes that a star asks for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(transparent)]
pub struct StarMinutes(BoundedInt<1, 60_000_000>);

described! {
    StarMinutes, "StarMinutes" => ObjectBuilder::new()
        .schema_type(Type::Integer).minimum(Some(1)).maximum(Some(60_000_000))
        .description(Some("Minutes that a star asks for")).examples([serde_json::json!(6000)]);
}

/// Thresholds, from the first star on.
pub type StarThresholds = BoundedVec<StarMinutes, 1, 10>;
/// Kinds of evidence that count towards stars.
pub type CountingEvidence = BoundedVec<Evidence, 1, 5>;

/// A star scheme, valid from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "effective_from": "2027-01-01", "threshold_minutes": [6000, 18000, 36000, 60000, 90000],
    "counting_grades": ["scan", "geo", "leader"]
}))]
pub struct NewStarScheme {
    /// First day on which it is valid: today or later, except for the first scheme.
    pub effective_from: Day,
    /// The minutes that each star needs, ascending. Usual are 100, 300, 600, 1,000 and 1,500 hours.
    #[schema(inline)]
    pub threshold_minutes: StarThresholds,
    /// Which kinds of evidence count.
    #[schema(inline)]
    pub counting_grades: CountingEvidence,
    /// The newest version, as it was read: of two who change it at a time only one succeeds. Needed to take the place
    /// of a version that takes effect on the same day.
    pub replaces: Option<StarSchemeId>,
}

impl From<NewStarScheme> for CreateStarScheme {
    fn from(new: NewStarScheme) -> Self {
        let thresholds = new.threshold_minutes.0.into_iter().map(|minutes| Minutes(minutes.0.0)).collect();
        let counting_evidence = new.counting_grades.0.into_iter().collect();
        let (effective_from, replaces) = (new.effective_from.0, new.replaces);
        Self { terms: StarTerms { effective_from, thresholds, counting_evidence, replaces } }
    }
}

/// A version of the star scheme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StarScheme)]
pub struct StarSchemeView {
    pub id: StarSchemeId,
    /// First day on which it is valid.
    pub effective_from: Day,
    /// The minutes that each star needs, the first star first.
    pub threshold_minutes: Vec<Minutes>,
    /// Which kinds of evidence count.
    pub counting_grades: Vec<Evidence>,
    /// The version that this one takes the place of, where it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub replaces: Option<StarSchemeId>,
}

impl View for StarSchemeView {
    type Thing = StarScheme;

    fn of(scheme: StarScheme, _: LocalZone) -> Self {
        Self {
            id: scheme.id,
            effective_from: Day(scheme.effective_from),
            threshold_minutes: scheme.terms.thresholds,
            counting_grades: scheme.terms.counting_evidence.into_iter().collect(),
            replaces: scheme.terms.replaces,
        }
    }

    fn location(&self) -> String {
        format!("/v1/star-schemes/{}", self.id)
    }
}

/// Sets a star scheme from a day on
///
/// Stars are computed by the scheme that is valid on the day of the question.
#[utoipa::path(
    tag = "stars",
    request_body = NewStarScheme,
    responses((status = 201, description = "The version", body = Changed<StarSchemeView>)),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!([
        "star_scheme_not_found", "star_scheme_in_past", "star_terms_invalid", "scheme_already_replaced"
    ]))),
)]
#[post("/star-schemes")]
pub async fn create_star_scheme(
    state: State,
    caller: AdminOnly,
    body: Strict<NewStarScheme>,
) -> Result<Created<StarSchemeView>, ApiError> {
    let command = Command::CreateStarScheme(body.value.into());
    state.create(caller.asker(), body.idempotency, command).await
}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StarSchemeQuery {
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists the versions of the star scheme
///
/// Newest first.
#[utoipa::path(
    tag = "stars",
    params(StarSchemeQuery),
    responses((status = 200, description = "A page", body = Page<StarSchemeView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/star-schemes")]
pub async fn list_star_schemes(
    state: State,
    caller: Anyone,
    query: Query<StarSchemeQuery>,
) -> Result<Shown<Page<StarSchemeView>>, ApiError> {
    let StarSchemeQuery { limit, cursor } = query.0;
    let request = page_request("star-schemes", limit, cursor.as_ref())?;
    let page = state.read_as(caller.0, move |db, _| stars::list(db, request)).await?;
    Ok(Shown::plain(Page::of("star-schemes", page, state.rules.zone)))
}

/// Shows a version of the star scheme
///
/// The minutes that each star needs, and which evidence counts.
#[utoipa::path(
    tag = "stars",
    params(("id" = StarSchemeId, Path, description = "The version")),
    responses((status = 200, description = "The version", body = StarSchemeView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["star_scheme_not_found"]))),
)]
#[get("/star-schemes/{id}")]
pub async fn get_star_scheme(
    state: State,
    caller: Anyone,
    scheme: PathId<StarSchemeId>,
) -> Result<Shown<StarSchemeView>, ApiError> {
    let found = state.read_as(caller.0, move |db, _| stars::get(db, scheme.0)).await?;
    Ok(Shown::of(scheme.found(found)?, state.rules.zone))
}

/// A volunteer's star by the star scheme that is valid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Star)]
pub struct StarView {
    pub volunteer: VolunteerId,
    /// The journal entry as of which it is counted. The same question as of this entry always has the same
    /// answer.
    pub as_of: Seq,
    /// The day whose scheme applies: that of `as_of`, else today.
    pub day: Day,
    pub scheme: StarSchemeId,
    /// 0 if no star is reached yet.
    #[schema(maximum = 10)]
    pub star: usize,
    /// Minutes that count towards stars.
    pub counted_minutes: Minutes,
    /// The minutes that the next star needs; null if there is no next star.
    pub next_threshold_minutes: Option<Minutes>,
    /// The minutes still missing for the next star.
    pub missing_minutes: Option<Minutes>,
    /// Each star that is reached, the first star first.
    pub reached: Vec<ReachedStar>,
}

/// A star that is reached.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReachedStar {
    #[schema(maximum = 10)]
    pub star: usize,
    pub threshold_minutes: Minutes,
    /// The service date whose minutes reached it.
    pub reached_on: Day,
}

impl StarView {
    fn new(
        volunteer: VolunteerId,
        (as_of, day): (Seq, NaiveDate),
        scheme: &StarScheme,
        standing: &Standing,
    ) -> Self {
        let reached = scheme.terms.thresholds.iter().zip(&standing.reached_on);
        Self {
            volunteer,
            as_of,
            day: Day(day),
            scheme: scheme.id,
            star: standing.star(),
            counted_minutes: standing.counted,
            next_threshold_minutes: standing.next,
            missing_minutes: standing.missing(),
            reached: (1..)
                .zip(reached)
                .map(|(star, (threshold, day))| ReachedStar {
                    star,
                    threshold_minutes: *threshold,
                    reached_on: Day(*day),
                })
                .collect(),
        }
    }
}

/// Shows a volunteer's star
///
/// Computed from the records that were credited and not voided as of the entry, in the order of their
/// service dates: a star is dated by the service that earned it, not by the day on which the hours were
/// entered or approved. If a record is voided later, the dates after it move; as of an earlier entry they
/// stay.
#[utoipa::path(
    tag = "stars",
    params(("id" = VolunteerId, Path, description = "The volunteer"), AsOfQuery),
    responses((status = 200, description = "The star", body = StarView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found", "star_scheme_not_found"]))),
)]
#[get("/volunteers/{id}/star")]
pub async fn get_star(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<AsOfQuery>,
) -> Result<Shown<StarView>, ApiError> {
    let (present, zone, asked) = (state.present(), state.rules.zone, query.0.as_of);
    let read = move |db: &mut Db, scope: Scope| -> Result<Result<StarView, ApiError>, StoreError> {
        let as_of = match entry_asked(db, asked, present)? {
            Ok(as_of) => as_of,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let day = match asked {
            None => zone.date_of(present.now),
            Some(AsOf::Day(day)) => day,
            Some(AsOf::Instant(instant)) => zone.date_of(instant),
            Some(AsOf::Entry(entry)) => zone.date_of(stars::recorded_at(db, entry)?),
        };
        let scheme = stars::scheme_on(db, as_of, day)?;
        let Some(scheme) = scheme else { return Ok(Err(star::Refusal::StarSchemeNotFound.into())) };
        let standing = stars::standing(db, scope, volunteer.0, &scheme, as_of)?;
        Ok(volunteer
            .found(standing)
            .map(|standing| StarView::new(volunteer.0, (as_of, day), &scheme, &standing)))
    };
    state.read_as(caller.0, read).await?.map(Shown::plain)
}
