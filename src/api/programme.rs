//! Programmes: a unit's lasting service projects.

use super::extract::{Anyone, Coordinator, IfMatch, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::BoundedVec;
use crate::domain::Command;
use crate::domain::ids::{ProgrammeId, Seq, UnitId};
use crate::domain::programme::{
    CloseProgramme, CreateProgramme, Programme, ProgrammeDetails, UpdateProgramme,
};
use crate::domain::text::{Label, Name};
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::programmes::{self, ProgrammeFilter};
use crate::store::read::{About, Openness};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(create_programme)
        .service(list_programmes)
        .service(get_programme)
        .service(update_programme)
        .service(close_programme);
}

/// Brands that a programme carries.
pub type Brands = BoundedVec<Label, 0, 20>;

/// A programme to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "unit": "UnitId", "name": "绿水青山守护行", "brands": ["志愿红"], "category": "生态环保" }))]
pub struct NewProgramme {
    pub unit: UnitId,
    pub name: Name,
    /// The programme's brands; duplicates are ignored.
    #[serde(default)]
    #[schema(inline)]
    pub brands: Brands,
    /// The service category (服务类别).
    pub category: Option<Label>,
}

/// The programme's changeable data, all of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "绿水青山守护行", "brands": ["志愿红"], "category": "生态环保" }))]
pub struct ProgrammeInput {
    pub name: Name,
    /// The programme's brands; duplicates are ignored.
    #[serde(default)]
    #[schema(inline)]
    pub brands: Brands,
    /// The service category (服务类别).
    pub category: Option<Label>,
}

fn details(name: Name, brands: Brands, category: Option<Label>) -> ProgrammeDetails {
    ProgrammeDetails { name, brands: brands.0.into_iter().collect(), category }
}

/// A programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Programme)]
pub struct ProgrammeView {
    pub id: ProgrammeId,
    pub unit: UnitId,
    pub name: Name,
    pub brands: Vec<Label>,
    pub category: Option<Label>,
    /// Closed programmes take no new activities.
    pub closed: bool,
    /// The journal entry that changed it last. `If-Match` takes it, in quotes.
    pub version: Seq,
}

impl View for ProgrammeView {
    type Thing = Programme;

    fn of(programme: Programme, _: LocalZone) -> Self {
        let Programme { id, unit, details, closed, version } = programme;
        let ProgrammeDetails { name, brands, category } = details;
        Self { id, unit, name, brands: brands.into_iter().collect(), category, closed, version }
    }

    fn location(&self) -> String {
        format!("/v1/programmes/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// Creates a programme
///
/// By a coordinator of its unit.
#[utoipa::path(
    tag = "programmes",
    request_body = NewProgramme,
    responses((status = 201, description = "The programme", body = Changed<ProgrammeView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "outside_unit"]))),
)]
#[post("/programmes")]
pub async fn create_programme(
    state: State,
    caller: Coordinator,
    body: Strict<NewProgramme>,
) -> Result<Created<ProgrammeView>, ApiError> {
    let NewProgramme { unit, name, brands, category } = body.value;
    let command =
        Command::CreateProgramme(CreateProgramme { unit, details: details(name, brands, category) });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Replaces a programme's name, brands and category
///
/// All of it at once: what is left out is removed.
#[utoipa::path(
    tag = "programmes",
    params(("id" = ProgrammeId, Path, description = "The programme")),
    request_body = ProgrammeInput,
    responses((status = 200, description = "The programme", body = Changed<ProgrammeView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "programme_not_found", "outside_unit", "programme_closed", "version_stale"
    ]))),
)]
#[put("/programmes/{id}")]
pub async fn update_programme(
    state: State,
    caller: Coordinator,
    programme: PathId<ProgrammeId>,
    expected: IfMatch,
    body: Strict<ProgrammeInput>,
) -> Result<Changed<ProgrammeView>, ApiError> {
    let ProgrammeInput { name, brands, category } = body.value;
    let command = Command::UpdateProgramme(UpdateProgramme {
        programme: programme.0,
        expected: expected.0,
        details: details(name, brands, category),
    });
    state.update(caller.asker(), command).await
}

/// Closes a programme
///
/// Existing activities stay; new ones are refused.
#[utoipa::path(
    tag = "programmes",
    params(("id" = ProgrammeId, Path, description = "The programme")),
    responses((status = 200, description = "The programme", body = Changed<ProgrammeView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["programme_not_found", "outside_unit", "programme_closed"]))),
)]
#[post("/programmes/{id}/close")]
pub async fn close_programme(
    state: State,
    caller: Coordinator,
    programme: PathId<ProgrammeId>,
    request: NoBody,
) -> Result<Changed<ProgrammeView>, ApiError> {
    let command = Command::CloseProgramme(CloseProgramme { programme: programme.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Which programmes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgrammeQuery {
    /// Of this unit or one under it.
    unit: Option<UnitId>,
    /// With exactly this brand.
    brand: Option<Label>,
    closed: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists programmes
///
/// Of the caller's tree of units, newest first.
#[utoipa::path(
    tag = "programmes",
    params(ProgrammeQuery),
    responses((status = 200, description = "A page", body = Page<ProgrammeView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/programmes")]
pub async fn list_programmes(
    state: State,
    caller: Anyone,
    query: Query<ProgrammeQuery>,
) -> Result<Shown<Page<ProgrammeView>>, ApiError> {
    let ProgrammeQuery { unit, brand, closed, limit, cursor } = query.0;
    let request = page_request("programmes", limit, cursor.as_ref())?;
    let filter = ProgrammeFilter { unit, brand, closed };
    let about = About { unit, openness: Openness::Tree, ..About::default() };
    let read = move |db: &mut Db, scope| programmes::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::of("programmes", page, state.rules.zone)))
}

/// Shows a programme
///
/// Any of the caller's tree of units.
#[utoipa::path(
    tag = "programmes",
    params(("id" = ProgrammeId, Path, description = "The programme")),
    responses((status = 200, description = "The programme", body = ProgrammeView, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["programme_not_found"]))),
)]
#[get("/programmes/{id}")]
pub async fn get_programme(
    state: State,
    caller: Anyone,
    programme: PathId<ProgrammeId>,
) -> Result<Shown<ProgrammeView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| programmes::get(db, scope, programme.0)).await?;
    Ok(Shown::of(programme.found(found)?, state.rules.zone))
}
