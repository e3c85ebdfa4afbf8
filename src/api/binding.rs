//! Bindings: by which outside identities somebody signs in, and one of them ended.

use super::extract::{Anyone, Changer, NoBody, PathId, VolunteerOnly};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::wire::LocalTime;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::binding::{AppId, Binding, BoundBy, EndBinding, Provider};
use crate::domain::ids::{BindingId, VolunteerId};
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::bindings;
use actix_web::{get, post};
use serde::Serialize;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_own_bindings).service(list_bindings).service(end_binding);
}

/// That a volunteer signs in by an outside identity. Who that is outside, is not shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Binding)]
pub struct BindingView {
    pub id: BindingId,
    pub volunteer: VolunteerId,
    pub provider: Provider,
    pub app: AppId,
    pub bound_by: BoundBy,
    pub bound_at: LocalTime,
    /// When it was ended; null if it was not.
    pub ended_at: Option<LocalTime>,
}

impl View for BindingView {
    type Thing = Binding;

    fn of(binding: Binding, zone: LocalZone) -> Self {
        let at = |time| LocalTime::new(time, zone);
        let Binding { id, volunteer, provider, app, bound_by, bound_at, ended_at, .. } = binding;
        Self { id, volunteer, provider, app, bound_by, bound_at: at(bound_at), ended_at: ended_at.map(at) }
    }

    fn location(&self) -> String {
        format!("/v1/volunteers/{}/bindings", self.volunteer)
    }
}

/// A volunteer's bindings.
#[derive(Debug, Serialize, ToSchema)]
pub struct Bindings {
    /// Those that were not ended, newest first.
    #[schema(max_items = 50)]
    pub items: Vec<BindingView>,
}

/// Lists the caller's bindings
///
/// Those that were not ended, newest first.
#[utoipa::path(
    tag = "auth",
    responses((status = 200, description = "The bindings", body = Bindings)),
    security(("bearer" = ["volunteer"])),
)]
#[get("/me/bindings")]
pub async fn list_own_bindings(state: State, caller: VolunteerOnly) -> Result<Shown<Bindings>, ApiError> {
    let Actor::Volunteer(own) = caller.actor() else { return Err(ApiError::TokenInvalid) };
    let found = state.read_as(caller.0, move |db, scope| bindings::of_volunteer(db, scope, own)).await?;
    Ok(shown(&state, found.unwrap_or_default()))
}

/// Lists a volunteer's bindings
///
/// Those that were not ended, newest first.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    responses((status = 200, description = "The bindings", body = Bindings)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/bindings")]
pub async fn list_bindings(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
) -> Result<Shown<Bindings>, ApiError> {
    let read = move |db: &mut Db, scope| bindings::of_volunteer(db, scope, volunteer.0);
    let found = state.read_as(caller.0, read).await?;
    Ok(shown(&state, volunteer.found(found)?))
}

fn shown(state: &State, found: Vec<Binding>) -> Shown<Bindings> {
    let show = |binding| BindingView::of(binding, state.rules.zone);
    Shown::plain(Bindings { items: found.into_iter().map(show).collect() })
}

/// Ends a binding
///
/// By the volunteer, or by a coordinator of the volunteer's unit. Who is bound by it signs in by it no more, and the
/// sessions that began with it end. To end one twice is no error.
#[utoipa::path(
    tag = "auth",
    params(("id" = BindingId, Path, description = "The binding")),
    responses((status = 200, description = "The binding", body = Changed<BindingView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["binding_not_found", "outside_unit"]))),
)]
#[post("/bindings/{id}/end")]
pub async fn end_binding(
    state: State,
    caller: Changer,
    binding: PathId<BindingId>,
    request: NoBody,
) -> Result<Changed<BindingView>, ApiError> {
    let binding = binding.0;
    let command = Command::EndBinding(EndBinding { binding });
    let ended = state.change(caller.asker(), request.idempotency, command).await?;
    session::end_of_binding(&state, binding).await?;
    Ok(ended)
}
