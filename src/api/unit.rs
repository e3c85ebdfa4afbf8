//! Units: the tree, and how many people each has.

use super::extract::{Coordinator, PathId, Strict};
use super::problem::ApiError;
use super::state::State;
use super::view::{Changed, Created, View};
use super::wire::{Day, Whole};
use crate::domain::Command;
use crate::domain::ids::UnitId;
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::LocalZone;
use crate::domain::unit::{CreateUnit, Headcount, SetHeadcount, Unit, UnitKind};
use actix_web::post;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config.service(create_unit).service(set_headcount);
}

/// A unit to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUnit {
    /// Unique among all units.
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    /// The unit that it is part of; without one it is the top of a new tree.
    pub parent: Option<UnitId>,
}

impl From<NewUnit> for CreateUnit {
    fn from(new: NewUnit) -> Self {
        Self { code: new.code, name: new.name, kind: new.kind, parent: new.parent }
    }
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitView {
    pub id: UnitId,
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    /// The unit that it is part of; null at the top of a tree.
    pub parent: Option<UnitId>,
    /// The way from the top of the tree down to this unit, both included.
    pub path: Vec<UnitId>,
}

impl View for UnitView {
    type Thing = Unit;

    fn of(unit: Unit, _: LocalZone) -> Self {
        let Unit { id, code, name, kind, parent, path } = unit;
        Self { id, code, name, kind, parent, path }
    }

    fn location(&self) -> String {
        format!("/v1/units/{}", self.id)
    }
}

/// People of a unit.
pub type PeopleCount = Whole<0, 1_000_000>;

/// How many people a unit has from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHeadcount {
    /// First day for which the figures hold; the same day again replaces them.
    pub effective_from: Day,
    /// People who work there.
    #[schema(inline)]
    pub staff: PeopleCount,
    /// Party members among them.
    #[schema(inline)]
    pub party_members: PeopleCount,
}

/// How many people a unit has from a day on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Headcount)]
pub struct HeadcountView {
    pub unit: UnitId,
    /// First day for which the figures hold.
    pub effective_from: Day,
    /// People who work there.
    pub staff: i64,
    /// Party members among them.
    pub party_members: i64,
}

impl View for HeadcountView {
    type Thing = Headcount;

    fn of(headcount: Headcount, _: LocalZone) -> Self {
        let Headcount { unit, effective_from, staff, party_members, version: _ } = headcount;
        Self { unit, effective_from: Day(effective_from), staff, party_members }
    }

    fn location(&self) -> String {
        format!("/v1/units/{}/headcounts", self.unit)
    }
}

/// Opens a unit
///
/// Whoever answers for the parent opens units under it; only an admin opens the top of a tree.
#[utoipa::path(
    tag = "units",
    request_body = NewUnit,
    responses((status = 201, description = "The unit", body = Changed<UnitView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "outside_unit", "unit_code_taken"]))),
)]
#[post("/units")]
pub async fn create_unit(
    state: State,
    caller: Coordinator,
    body: Strict<NewUnit>,
) -> Result<Created<UnitView>, ApiError> {
    let command = Command::CreateUnit(body.value.into());
    state.create(caller.actor(), body.stamp, command).await
}

/// States a unit's headcount from a day on
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit")),
    request_body = NewHeadcount,
    responses((status = 201, description = "The headcount", body = Changed<HeadcountView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "outside_unit"]))),
)]
#[post("/units/{id}/headcounts")]
pub async fn set_headcount(
    state: State,
    caller: Coordinator,
    unit: PathId<UnitId>,
    body: Strict<NewHeadcount>,
) -> Result<Created<HeadcountView>, ApiError> {
    let NewHeadcount { effective_from: Day(effective_from), staff, party_members } = body.value;
    let (staff, party_members) = (staff.0, party_members.0);
    let command = Command::SetHeadcount(SetHeadcount { unit: unit.0, effective_from, staff, party_members });
    state.create(caller.actor(), body.stamp, command).await
}
