//! Transfers: a volunteer's way from one unit to another.

use super::extract::{
    Anyone, Changer, Coordinator, IdempotencyHeader, Lenient, NoBody, PathId, Query, Strict,
};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::LocalTime;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::{TransferId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::domain::transfer::{RequestTransfer, Step, StepTransfer, Transfer, TransferStatus};
use crate::engine::Asker;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::transfers::{self, TransferFilter};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(request_transfer)
        .service(list_transfers)
        .service(get_transfer)
        .service(agree_to_transfer)
        .service(release_transfer)
        .service(accept_transfer)
        .service(reject_transfer)
        .service(cancel_transfer);
}

/// A transfer to request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId", "to_unit": "UnitId", "consent": "本人书面同意" }))]
pub struct NewTransfer {
    pub volunteer: VolunteerId,
    pub to_unit: UnitId,
    /// How the volunteer consented, where a coordinator proposes the transfer; it does not stand for the volunteer's yes.
    pub consent: Option<Note>,
}

/// On what a volunteer is released.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "consent": "书面申请 2026-11-20，档案 17 号" }))]
pub struct TransferRelease {
    /// The volunteer's consent on paper: where it is kept. Required for a proposal that the volunteer has not agreed to.
    pub consent: Option<Note>,
}

/// Why a transfer is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "材料不全" }))]
pub struct TransferRefusal {
    pub reason: Option<Note>,
}

/// A transfer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Transfer)]
pub struct TransferView {
    pub id: TransferId,
    pub volunteer: VolunteerId,
    pub from_unit: UnitId,
    pub to_unit: UnitId,
    pub status: TransferStatus,
    pub requested_by: Actor,
    pub requested_at: LocalTime,
    /// When it expires if it is not completed.
    pub expires_at: LocalTime,
    /// Who took the last step.
    pub changed_by: Actor,
    pub changed_at: LocalTime,
}

impl View for TransferView {
    type Thing = Transfer;

    fn of(transfer: Transfer, zone: LocalZone) -> Self {
        Self {
            id: transfer.id,
            volunteer: transfer.volunteer,
            from_unit: transfer.from_unit,
            to_unit: transfer.to_unit,
            status: transfer.status,
            requested_by: transfer.requested_by,
            requested_at: LocalTime::new(transfer.requested_at, zone),
            expires_at: LocalTime::new(transfer.expires_at, zone),
            changed_by: transfer.changed_by,
            changed_at: LocalTime::new(transfer.changed_at, zone),
        }
    }

    fn location(&self) -> String {
        format!("/v1/transfers/{}", self.id)
    }
}

/// Requests a transfer
///
/// By the volunteer. A coordinator of either unit, in the same tree, proposes: that binds nobody before the volunteer
/// agrees, or the source unit releases on a consent that it has on paper.
#[utoipa::path(
    tag = "transfers",
    request_body = NewTransfer,
    responses((status = 201, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "unit_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "transfer_to_same_unit", "transfer_already_open"
    ]))),
)]
#[post("/transfers")]
pub async fn request_transfer(
    state: State,
    caller: Changer,
    body: Strict<NewTransfer>,
) -> Result<Created<TransferView>, ApiError> {
    let NewTransfer { volunteer, to_unit, consent } = body.value;
    let consent = state.commit_note(consent)?;
    let command = Command::RequestTransfer(RequestTransfer { volunteer, to_unit, consent });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Agrees to a transfer
///
/// By the volunteer, to what a coordinator proposed. From then on it binds: one at a time.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    responses((status = 200, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "transfer_not_found", "transfer_state_wrong", "transfer_expired", "volunteer_closed", "volunteer_inactive",
        "transfer_outdated", "transfer_already_open"
    ]))),
)]
#[post("/transfers/{id}/agree")]
pub async fn agree_to_transfer(
    state: State,
    caller: Changer,
    transfer: PathId<TransferId>,
    request: NoBody,
) -> Result<Changed<TransferView>, ApiError> {
    step(&state, caller.asker(), request.idempotency, transfer.0, Step::Agree).await
}

/// Releases a volunteer
///
/// By the source unit (转出). What the volunteer has not agreed to is released by naming the consent on paper, by another
/// person than who proposed it.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    request_body = Option<TransferRelease>,
    responses((status = 200, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "transfer_not_found", "outside_unit", "transfer_needs_second_person", "transfer_state_wrong",
        "transfer_expired", "volunteer_closed", "volunteer_inactive", "transfer_outdated", "transfer_already_open",
        "transfer_consent_missing"
    ]))),
)]
#[post("/transfers/{id}/release")]
pub async fn release_transfer(
    state: State,
    caller: Coordinator,
    transfer: PathId<TransferId>,
    body: Lenient<TransferRelease>,
) -> Result<Changed<TransferView>, ApiError> {
    let consent = state.commit_note(body.value.consent)?;
    step(&state, caller.asker(), body.idempotency, transfer.0, Step::Release(consent)).await
}

/// Accepts a volunteer
///
/// By the target unit (转入). The membership and the points move at one instant.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    responses((status = 200, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "transfer_not_found", "outside_unit", "transfer_state_wrong", "transfer_expired"
    ]))),
)]
#[post("/transfers/{id}/accept")]
pub async fn accept_transfer(
    state: State,
    caller: Coordinator,
    transfer: PathId<TransferId>,
    request: NoBody,
) -> Result<Changed<TransferView>, ApiError> {
    step(&state, caller.asker(), request.idempotency, transfer.0, Step::Accept).await
}

/// Rejects a transfer
///
/// By the unit whose turn it is, or by the target unit at any time.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    request_body = Option<TransferRefusal>,
    responses((status = 200, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "transfer_not_found", "outside_unit", "transfer_state_wrong", "transfer_expired"
    ]))),
)]
#[post("/transfers/{id}/reject")]
pub async fn reject_transfer(
    state: State,
    caller: Coordinator,
    transfer: PathId<TransferId>,
    body: Lenient<TransferRefusal>,
) -> Result<Changed<TransferView>, ApiError> {
    let reason = state.commit_note(body.value.reason)?;
    step(&state, caller.asker(), body.idempotency, transfer.0, Step::Reject(reason)).await
}

/// Cancels a transfer
///
/// By the actor who requested it, or by the volunteer.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    responses((status = 200, description = "The transfer", body = Changed<TransferView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["transfer_not_found", "transfer_state_wrong", "transfer_expired"]))),
)]
#[post("/transfers/{id}/cancel")]
pub async fn cancel_transfer(
    state: State,
    caller: Changer,
    transfer: PathId<TransferId>,
    request: NoBody,
) -> Result<Changed<TransferView>, ApiError> {
    step(&state, caller.asker(), request.idempotency, transfer.0, Step::Cancel).await
}

async fn step(
    state: &State,
    asker: Asker,
    idempotency: IdempotencyHeader,
    transfer: TransferId,
    step: Step,
) -> Result<Changed<TransferView>, ApiError> {
    state.change(asker, idempotency, Command::StepTransfer(StepTransfer { transfer, step })).await
}

/// Which transfers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TransferQuery {
    volunteer: Option<VolunteerId>,
    /// From or to this unit or one under it.
    unit: Option<UnitId>,
    status: Option<TransferStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists transfers
///
/// From or to the caller's units, newest first. A volunteer sees their own only.
#[utoipa::path(
    tag = "transfers",
    params(TransferQuery),
    responses((status = 200, description = "A page", body = Page<TransferView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/transfers")]
pub async fn list_transfers(
    state: State,
    caller: Anyone,
    query: Query<TransferQuery>,
) -> Result<Shown<Page<TransferView>>, ApiError> {
    let TransferQuery { volunteer, unit, status, limit, cursor } = query.0;
    let request = page_request("transfers", limit, cursor.as_ref())?;
    let filter = TransferFilter { volunteer, unit, status };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| transfers::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::of("transfers", page, state.rules.zone)))
}

/// Shows a transfer
///
/// To both units and to the volunteer.
#[utoipa::path(
    tag = "transfers",
    params(("id" = TransferId, Path, description = "The transfer")),
    responses((status = 200, description = "The transfer", body = TransferView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["transfer_not_found"]))),
)]
#[get("/transfers/{id}")]
pub async fn get_transfer(
    state: State,
    caller: Anyone,
    transfer: PathId<TransferId>,
) -> Result<Shown<TransferView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| transfers::get(db, scope, transfer.0)).await?;
    Ok(Shown::of(transfer.found(found)?, state.rules.zone))
}
