//! Programmes: a unit's lasting service projects.

use super::extract::{Bare, Coordinator, IfMatch, PathId, Strict};
use super::problem::ApiError;
use super::state::State;
use super::view::{Changed, Created, View};
use super::wire::Few;
use crate::domain::Command;
use crate::domain::ids::{ProgrammeId, Seq, UnitId};
use crate::domain::programme::{CloseProgramme, CreateProgramme, Programme, ProgrammeDetails, UpdateProgramme};
use crate::domain::text::{Label, Name};
use crate::domain::time::LocalZone;
use actix_web::{post, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config.service(create_programme).service(update_programme).service(close_programme);
}

/// Brands that a programme carries.
pub type Brands = Few<Label, 0, 20>;

/// A programme to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProgramme {
    pub unit: UnitId,
    pub name: Name,
    /// Brands that it carries; named twice is named once.
    #[serde(default)]
    #[schema(inline)]
    pub brands: Brands,
    /// The service category (服务类别).
    pub category: Option<Label>,
}

/// What may be changed of a programme, as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeInput {
    pub name: Name,
    /// Brands that it carries; named twice is named once.
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
    /// The entry that changed it last: what `If-Match` names, in quotes.
    pub version: i64,
}

impl View for ProgrammeView {
    type Thing = Programme;

    fn of(programme: Programme, _: LocalZone) -> Self {
        let Programme { id, unit, details, closed, version } = programme;
        let ProgrammeDetails { name, brands, category } = details;
        Self { id, unit, name, brands: brands.into_iter().collect(), category, closed, version: version.0 }
    }

    fn location(&self) -> String {
        format!("/v1/programmes/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(Seq(self.version))
    }
}

/// Opens a programme
#[utoipa::path(
    tag = "programmes",
    request_body = NewProgramme,
    responses((status = 201, description = "The programme", body = Changed<ProgrammeView>)),
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
    let command = Command::CreateProgramme(CreateProgramme { unit, details: details(name, brands, category) });
    state.create(caller.actor(), body.stamp, command).await
}

/// Replaces a programme's name and tags
#[utoipa::path(
    tag = "programmes",
    params(("id" = ProgrammeId, Path, description = "The programme")),
    request_body = ProgrammeInput,
    responses((status = 200, description = "The programme", body = Changed<ProgrammeView>)),
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
    state.update(caller.actor(), command).await
}

/// Closes a programme
///
/// Activities that were announced stay; new ones are refused.
#[utoipa::path(
    tag = "programmes",
    params(("id" = ProgrammeId, Path, description = "The programme")),
    responses((status = 200, description = "The programme", body = Changed<ProgrammeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["programme_not_found", "outside_unit", "programme_closed"]))),
)]
#[post("/programmes/{id}/close")]
pub async fn close_programme(
    state: State,
    caller: Coordinator,
    programme: PathId<ProgrammeId>,
    bare: Bare,
) -> Result<Changed<ProgrammeView>, ApiError> {
    let command = Command::CloseProgramme(CloseProgramme { programme: programme.0 });
    state.change(caller.actor(), bare.stamp, command).await
}
