//! Objections (异议) to records on public notice: raised by members of the unit, upheld or dismissed.

use super::extract::{Anyone, Changer, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::record::Reason;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::LocalTime;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::{ObjectionId, RecordId, UnitId, VolunteerId};
use crate::domain::objection::{Objection, ObjectionStatus, RaiseObjection, ResolveObjection};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::objections::{self, ObjectionFilter};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(raise_objection)
        .service(list_objections)
        .service(get_objection)
        .service(uphold_objection)
        .service(dismiss_objection);
}

/// An objection.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Objection)]
pub struct ObjectionView {
    pub id: ObjectionId,
    pub record: RecordId,
    /// The record's unit.
    pub unit: UnitId,
    /// Whose record it is; null for other volunteers.
    pub volunteer: Option<VolunteerId>,
    /// Who objected; null for other volunteers.
    pub raised_by: Option<Actor>,
    pub raised_at: LocalTime,
    pub status: ObjectionStatus,
    pub resolved_by: Option<Actor>,
    pub resolved_at: Option<LocalTime>,
}

impl View for ObjectionView {
    type Thing = Objection;

    fn of(objection: Objection, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        Self {
            id: objection.id,
            record: objection.record,
            unit: objection.unit,
            volunteer: Some(objection.volunteer),
            raised_by: Some(objection.raised_by),
            raised_at: time(objection.raised_at),
            status: objection.status,
            resolved_by: objection.resolved_by,
            resolved_at: objection.resolved_at.map(time),
        }
    }

    fn location(&self) -> String {
        format!("/v1/objections/{}", self.id)
    }
}

impl ObjectionView {
    /// Volunteers are not told who the other one is.
    fn seen_by(self, reader: Actor) -> Self {
        let Actor::Volunteer(own) = reader else { return self };
        Self {
            volunteer: self.volunteer.filter(|volunteer| *volunteer == own),
            raised_by: self.raised_by.filter(|objector| *objector == reader),
            ..self
        }
    }
}

/// An objection, with what was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedObjection)]
pub struct ExplainedObjectionView {
    #[serde(flatten)]
    pub objection: ObjectionView,
    /// What is wrong with the record.
    pub reason: Option<Note>,
    /// Why it was resolved this way.
    pub resolution: Option<Note>,
}

impl ExplainedObjectionView {
    fn of(view: objections::ObjectionReadModel, reader: Actor, zone: LocalZone) -> Self {
        let objections::ObjectionReadModel { objection, reason, resolution } = view;
        Self { objection: ObjectionView::of(objection, zone).seen_by(reader), reason, resolution }
    }
}

/// Objects to a record on public notice
///
/// Any volunteer of the record's unit or a unit under it, and the unit's coordinators, may object once. The
/// record cannot be credited before the objection is resolved.
#[utoipa::path(
    tag = "objections",
    params(("id" = RecordId, Path, description = "The record")),
    request_body = Reason,
    responses((status = 201, description = "The objection", body = Changed<ObjectionView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "record_not_found", "outside_unit", "record_not_submitted", "notice_not_running", "objection_repeated",
        "objections_too_many"
    ]))),
)]
#[post("/service-records/{id}/objections")]
pub async fn raise_objection(
    state: State,
    caller: Changer,
    record: PathId<RecordId>,
    body: Strict<Reason>,
) -> Result<Created<ObjectionView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::RaiseObjection(RaiseObjection { record: record.0, reason });
    let created = state.create(caller.asker(), body.idempotency, command).await?;
    Ok(created.map(|objection: ObjectionView| objection.seen_by(caller.actor())))
}

/// Upholds an objection, which rejects the record
///
/// By somebody who neither entered the record, nor objected, nor served the hours.
#[utoipa::path(
    tag = "objections",
    params(("id" = ObjectionId, Path, description = "The objection")),
    request_body = Reason,
    responses((status = 200, description = "The objection", body = Changed<ObjectionView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "objection_not_found", "outside_unit", "objection_not_open", "approval_of_own_hours",
        "resolution_by_objector", "resolution_by_recorder"
    ]))),
)]
#[post("/objections/{id}/uphold")]
pub async fn uphold_objection(
    state: State,
    caller: Coordinator,
    objection: PathId<ObjectionId>,
    body: Strict<Reason>,
) -> Result<Changed<ObjectionView>, ApiError> {
    resolve(state, caller, objection, body, true).await
}

/// Dismisses an objection
///
/// By somebody who neither entered the record, nor objected, nor served the hours.
#[utoipa::path(
    tag = "objections",
    params(("id" = ObjectionId, Path, description = "The objection")),
    request_body = Reason,
    responses((status = 200, description = "The objection", body = Changed<ObjectionView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "objection_not_found", "outside_unit", "objection_not_open", "approval_of_own_hours",
        "resolution_by_objector", "resolution_by_recorder"
    ]))),
)]
#[post("/objections/{id}/dismiss")]
pub async fn dismiss_objection(
    state: State,
    caller: Coordinator,
    objection: PathId<ObjectionId>,
    body: Strict<Reason>,
) -> Result<Changed<ObjectionView>, ApiError> {
    resolve(state, caller, objection, body, false).await
}

async fn resolve(
    state: State,
    caller: Coordinator,
    objection: PathId<ObjectionId>,
    body: Strict<Reason>,
    upheld: bool,
) -> Result<Changed<ObjectionView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let resolve = ResolveObjection { objection: objection.0, upheld, reason };
    state.change(caller.asker(), body.idempotency, Command::ResolveObjection(resolve)).await
}

/// Which objections.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObjectionQuery {
    record: Option<RecordId>,
    /// To records of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<ObjectionStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists objections
///
/// To records of the caller's units, newest first. A volunteer sees those that they raised and those to
/// their own records.
#[utoipa::path(
    tag = "objections",
    params(ObjectionQuery),
    responses((status = 200, description = "A page", body = Page<ExplainedObjectionView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/objections")]
pub async fn list_objections(
    state: State,
    caller: Anyone,
    query: Query<ObjectionQuery>,
) -> Result<Shown<Page<ExplainedObjectionView>>, ApiError> {
    let ObjectionQuery { record, unit, status, limit, cursor } = query.0;
    let request = page_request("objections", limit, cursor.as_ref())?;
    let filter = ObjectionFilter { record, unit, status };
    let about = About { unit, record, ..About::default() };
    let read = move |db: &mut Db, scope| objections::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    let show = |view| ExplainedObjectionView::of(view, caller.actor(), state.rules.zone);
    Ok(Shown::plain(Page::new("objections", page, show)))
}

/// Shows an objection, with what was written
///
/// To the record's unit, to the person who objected, and to the volunteer whose record it is.
#[utoipa::path(
    tag = "objections",
    params(("id" = ObjectionId, Path, description = "The objection")),
    responses((status = 200, description = "The objection", body = ExplainedObjectionView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["objection_not_found"]))),
)]
#[get("/objections/{id}")]
pub async fn get_objection(
    state: State,
    caller: Anyone,
    objection: PathId<ObjectionId>,
) -> Result<Shown<ExplainedObjectionView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| objections::get(db, scope, objection.0)).await?;
    let view = objection.found(found)?;
    Ok(Shown::plain(ExplainedObjectionView::of(view, caller.actor(), state.rules.zone)))
}
