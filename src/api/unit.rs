//! Units: the tree, and how many people each has.

use super::extract::{AnyOperator, Anyone, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, at_most_one, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, Day, LocalTime};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::LocalZone;
use crate::domain::unit::{CreateUnit, Headcount, SetHeadcount, Unit, UnitKind};
use crate::store::read::units::{self, HeadcountReadModel};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(create_unit)
        .service(list_units)
        .service(get_unit)
        .service(list_subtree)
        .service(set_headcount)
        .service(list_headcounts);
}

/// A unit to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "TEAM-7", "name": "志愿红服务队", "kind": "team", "parent": "UnitId" }))]
pub struct NewUnit {
    /// Unique among all units.
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    /// The unit that it belongs to; without one it is the top of a new tree.
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
    /// The unit that it belongs to; null at the top of a tree.
    pub parent: Option<UnitId>,
    /// The units from the top of the tree down to this one, both included.
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
pub type PeopleCount = BoundedInt<0, 1_000_000>;

/// How many people a unit has from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "effective_from": "2026-11-01", "staff": 60, "party_members": 6 }))]
pub struct NewHeadcount {
    /// First day for which the figures are valid. The same day again replaces them.
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
    /// First day for which the figures are valid.
    pub effective_from: Day,
    /// People who work there.
    #[schema(inline)]
    pub staff: PeopleCount,
    /// Party members among them.
    #[schema(inline)]
    pub party_members: PeopleCount,
}

impl View for HeadcountView {
    type Thing = Headcount;

    fn of(headcount: Headcount, _: LocalZone) -> Self {
        let Headcount { unit, effective_from, staff, party_members, version: _ } = headcount;
        Self {
            unit,
            effective_from: Day(effective_from),
            staff: BoundedInt(staff),
            party_members: BoundedInt(party_members),
        }
    }

    fn location(&self) -> String {
        format!("/v1/units/{}/headcounts", self.unit)
    }
}

/// Creates a unit
///
/// A coordinator of the parent unit, or of a unit above it, may create units under it. Only an admin
/// creates the top of a tree.
#[utoipa::path(
    tag = "units",
    request_body = NewUnit,
    responses((status = 201, description = "The unit", body = Changed<UnitView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "outside_unit", "unit_code_taken", "unit_kind_not_below"
    ]))),
)]
#[post("/units")]
pub async fn create_unit(
    state: State,
    caller: Coordinator,
    body: Strict<NewUnit>,
) -> Result<Created<UnitView>, ApiError> {
    let command = Command::CreateUnit(body.value.into());
    state.create(caller.asker(), body.idempotency, command).await
}

/// States a unit's headcount from a day on
///
/// It is valid until the day from which another one is.
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
    let NewHeadcount {
        effective_from: Day(effective_from),
        staff: BoundedInt(staff),
        party_members: BoundedInt(party_members),
    } = body.value;
    let command = Command::SetHeadcount(SetHeadcount { unit: unit.0, effective_from, staff, party_members });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Which units.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitQuery {
    /// The one with this code.
    code: Option<UnitCode>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubtreeQuery {
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which headcounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HeadcountQuery {
    /// The one that is valid on this day; all by default.
    day: Option<Day>,
}

/// A headcount, who stated it and when, and what took its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatedHeadcount {
    #[serde(flatten)]
    pub headcount: HeadcountView,
    /// The journal entry that stated it.
    pub entry: Seq,
    pub stated_by: Actor,
    pub stated_at: LocalTime,
    /// The journal entry that put other figures in its place, for the same day; null while it stands.
    pub replaced_by: Option<Seq>,
}

impl StatedHeadcount {
    fn of(stated: HeadcountReadModel, zone: LocalZone) -> Self {
        let HeadcountReadModel { headcount, stated_by, stated_at, replaced_by } = stated;
        let entry = headcount.version;
        let stated_at = LocalTime::new(stated_at, zone);
        Self { headcount: HeadcountView::of(headcount, zone), entry, stated_by, stated_at, replaced_by }
    }
}

/// The headcounts of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Headcounts {
    /// The earliest first; of one day, those that were replaced before the one that stands.
    pub items: Vec<StatedHeadcount>,
}

/// Lists units
///
/// All units of the caller's tree, each after its parent.
#[utoipa::path(
    tag = "units",
    params(UnitQuery),
    responses((status = 200, description = "A page of units", body = Page<UnitView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/units")]
pub async fn list_units(
    state: State,
    caller: Anyone,
    query: Query<UnitQuery>,
) -> Result<Shown<Page<UnitView>>, ApiError> {
    let UnitQuery { code, limit, cursor } = query.0;
    let request = page_request("units", limit, cursor.as_ref())?;
    let read = state.read_as(caller.0, move |db, scope| match code {
        Some(code) => units::by_code(db, scope, &code).map(at_most_one),
        None => units::list(db, scope, request),
    });
    Ok(Shown::plain(Page::of("units", read.await?, state.rules.zone)))
}

/// Shows a unit
///
/// Any unit of the caller's tree.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 200, description = "The unit", body = UnitView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/units/{id}")]
pub async fn get_unit(
    state: State,
    caller: Anyone,
    unit: PathId<UnitId>,
) -> Result<Shown<UnitView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| units::get(db, scope, unit.0)).await?;
    Ok(Shown::of(unit.found(found)?, state.rules.zone))
}

/// Lists a unit and all units under it
///
/// Each after its parent.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit"), SubtreeQuery),
    responses((status = 200, description = "A page of units", body = Page<UnitView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/units/{id}/subtree")]
pub async fn list_subtree(
    state: State,
    caller: Anyone,
    unit: PathId<UnitId>,
    query: Query<SubtreeQuery>,
) -> Result<Shown<Page<UnitView>>, ApiError> {
    let request = page_request("subtree", query.0.limit, query.0.cursor.as_ref())?;
    let read = state.read_as(caller.0, move |db, scope| {
        // The unit itself is part of it: without one there is nothing to be seen.
        let Some(_) = units::get(db, scope, unit.0)? else { return Ok(None) };
        units::subtree(db, scope, unit.0, request).map(Some)
    });
    Ok(Shown::plain(Page::of("subtree", unit.found(read.await?)?, state.rules.zone)))
}

/// Lists a unit's headcounts
///
/// The earliest first, with those that were replaced; or the one that is valid on a day.
#[utoipa::path(
    tag = "units",
    params(("id" = UnitId, Path, description = "The unit"), HeadcountQuery),
    responses((status = 200, description = "The headcounts", body = Headcounts)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/units/{id}/headcounts")]
pub async fn list_headcounts(
    state: State,
    caller: AnyOperator,
    unit: PathId<UnitId>,
    query: Query<HeadcountQuery>,
) -> Result<Shown<Headcounts>, ApiError> {
    let read = state.read_as(caller.0, move |db, scope| {
        let Some(_) = units::get(db, scope, unit.0)? else { return Ok(None) };
        Ok(Some(match query.0.day {
            Some(Day(day)) => units::headcount_on(db, scope, unit.0, day)?.into_iter().collect(),
            None => units::headcounts(db, scope, unit.0)?,
        }))
    });
    let headcounts = unit.found(read.await?)?.into_iter();
    let items = headcounts.map(|headcount| StatedHeadcount::of(headcount, state.rules.zone)).collect();
    Ok(Shown::plain(Headcounts { items }))
}
