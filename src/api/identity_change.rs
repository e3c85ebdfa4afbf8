//! Changes of identity (身份信息变更): the office says who a volunteer is, name and document by two persons.

use super::extract::{AnyOperator, Coordinator, IfMatch, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::volunteer::change::{changed_person, made_as_read};
use super::volunteer::person::{IdentityInput, IdentityView};
use super::volunteer::sight::Sight;
use super::wire::LocalTime;
use crate::auth::Identity;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::identity_change::{
    AskIdentityChange, ConfirmIdentityChange, DeclineIdentityChange, IdentityChange, IdentityChangeStatus,
};
use crate::domain::ids::{IdentityChangeId, UnitId, VolunteerId};
use crate::domain::person::PersonField;
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::read::About;
use crate::store::read::identity_changes::{self, IdentityChangeFilter, IdentityChangeReadModel};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(change_identity)
        .service(list_identity_changes)
        .service(get_identity_change)
        .service(confirm_identity_change)
        .service(decline_identity_change);
}

/// Why a change is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "与证件不符" }))]
pub struct IdentityDecline {
    pub reason: Note,
}

/// A change of who a volunteer is: which fields, not their values.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IdentityChange)]
pub struct IdentityChangeView {
    pub id: IdentityChangeId,
    pub volunteer: VolunteerId,
    /// The volunteer's when it was asked for.
    pub unit: UnitId,
    pub fields: Vec<PersonField>,
    pub status: IdentityChangeStatus,
    pub asked_by: Actor,
    pub asked_at: LocalTime,
    /// Until when a second person may confirm it; null once it is decided.
    pub expires_at: Option<LocalTime>,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<LocalTime>,
}

impl View for IdentityChangeView {
    type Thing = IdentityChange;

    fn of(change: IdentityChange, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        let is_pending = change.status == IdentityChangeStatus::Pending;
        Self {
            expires_at: is_pending.then(|| time(change.expires_at())),
            id: change.id,
            volunteer: change.volunteer,
            unit: change.unit,
            fields: change.fields,
            status: change.status,
            asked_by: change.asked_by,
            asked_at: time(change.asked_at),
            decided_by: change.decided_by,
            decided_at: change.decided_at.map(time),
        }
    }

    fn location(&self) -> String {
        format!("/v1/identity-changes/{}", self.id)
    }
}

/// A change of who a volunteer is, with what was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedIdentityChange)]
pub struct ExplainedIdentityChangeView {
    #[serde(flatten)]
    pub change: IdentityChangeView,
    /// Why it was asked for.
    pub reason: Option<Note>,
    /// Why it was declined.
    pub declined: Option<Note>,
    /// What a second person is asked to confirm; null once it is decided. The number is masked.
    pub proposed: Option<IdentityView>,
}

impl ExplainedIdentityChangeView {
    fn of(found: IdentityChangeReadModel, sight: Sight, zone: LocalZone) -> Self {
        let IdentityChangeReadModel { change, reason, declined, proposed } = found;
        let proposed = proposed.map(|proposed| IdentityView::new(proposed, sight, zone));
        Self { change: IdentityChangeView::of(change, zone), reason, declined, proposed }
    }
}

/// Says who a volunteer is
///
/// All of the identity, by a coordinator of the unit, with a reason. Where name or document changes, the change is
/// `pending` until another person confirms it; else it is `made` at once. Document, consent and political status stay as
/// they are unless given. Certificates issued before a change of name, document or birth date are `superseded`.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = IdentityInput,
    responses((status = 200, description = "The change", body = Changed<IdentityChangeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "version_stale", "person_stale",
        "identity_unchanged", "identity_change_open", "identity_change_of_own", "identity_taken",
        "guardian_consent_missing", "separate_consent_missing", "registration_dates_invalid"
    ]))),
)]
#[put("/volunteers/{id}/identity")]
pub async fn change_identity(
    state: State,
    caller: Coordinator,
    volunteer: PathId<VolunteerId>,
    expected: IfMatch,
    body: Strict<IdentityInput>,
) -> Result<Changed<IdentityChangeView>, ApiError> {
    let (proposed, reason) = body.value.identity()?;
    let command = async || {
        let onto = proposed.clone();
        Ok(Command::AskIdentityChange(AskIdentityChange {
            volunteer: volunteer.0,
            expected: expected.0,
            changed: changed_person(&state, caller.0, volunteer.0, |person| onto.onto(person)).await?,
            proposal: Box::new(state.commit(proposed.clone())?),
            reason: state.commit(reason.clone())?,
        }))
    };
    made_as_read(&state, caller.asker(), None, command).await
}

/// Confirms a change of identity
///
/// By another person than the one who asked, who answers for the volunteer's unit.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = IdentityChangeId, Path, description = "The change")),
    responses((status = 200, description = "The change", body = Changed<IdentityChangeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "identity_change_not_found", "outside_unit", "identity_change_not_pending", "identity_change_of_own",
        "identity_change_expired", "person_stale", "identity_taken", "identity_unavailable",
        "guardian_consent_missing", "separate_consent_missing"
    ]))),
)]
#[post("/identity-changes/{id}/confirm")]
pub async fn confirm_identity_change(
    state: State,
    caller: Coordinator,
    change: PathId<IdentityChangeId>,
    request: NoBody,
) -> Result<Changed<IdentityChangeView>, ApiError> {
    let command = async || {
        let found = proposed(&state, caller.0, change.0).await?;
        let changed = match found.and_then(|found| Some((found.change.volunteer, found.proposed?))) {
            Some((volunteer, proposed)) => {
                changed_person(&state, caller.0, volunteer, |person| proposed.onto(person)).await?
            }
            None => None,
        };
        Ok(Command::ConfirmIdentityChange(ConfirmIdentityChange { identity_change: change.0, changed }))
    };
    made_as_read(&state, caller.asker(), Some(request.idempotency), command).await
}

/// Declines a change of identity
///
/// What was proposed is erased.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = IdentityChangeId, Path, description = "The change")),
    request_body = IdentityDecline,
    responses((status = 200, description = "The change", body = Changed<IdentityChangeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "identity_change_not_found", "outside_unit", "identity_change_not_pending"
    ]))),
)]
#[post("/identity-changes/{id}/decline")]
pub async fn decline_identity_change(
    state: State,
    caller: Coordinator,
    change: PathId<IdentityChangeId>,
    body: Strict<IdentityDecline>,
) -> Result<Changed<IdentityChangeView>, ApiError> {
    let (identity_change, reason) = (change.0, state.commit(body.value.reason)?);
    let command = Command::DeclineIdentityChange(DeclineIdentityChange { identity_change, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Which changes of identity.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IdentityChangeQuery {
    volunteer: Option<VolunteerId>,
    /// Of volunteers of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<IdentityChangeStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists changes of identity
///
/// Of the caller's units, newest first.
#[utoipa::path(
    tag = "volunteers",
    params(IdentityChangeQuery),
    responses((status = 200, description = "A page", body = Page<IdentityChangeView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/identity-changes")]
pub async fn list_identity_changes(
    state: State,
    caller: AnyOperator,
    query: Query<IdentityChangeQuery>,
) -> Result<Shown<Page<IdentityChangeView>>, ApiError> {
    let IdentityChangeQuery { volunteer, unit, status, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("identity-changes", limit, cursor.as_ref())?);
    let filter = IdentityChangeFilter { volunteer, unit, status };
    let read = move |db: &mut _, scope| identity_changes::list(db, scope, filter, request);
    let about = About { unit, volunteer, ..About::default() };
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("identity-changes", page, |change| IdentityChangeView::of(change, zone))))
}

/// Shows a change of identity, with what was written
///
/// As long as it is pending, with what was proposed.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = IdentityChangeId, Path, description = "The change")),
    responses((status = 200, description = "The change", body = ExplainedIdentityChangeView)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["identity_change_not_found"]))),
)]
#[get("/identity-changes/{id}")]
pub async fn get_identity_change(
    state: State,
    caller: AnyOperator,
    change: PathId<IdentityChangeId>,
) -> Result<Shown<ExplainedIdentityChangeView>, ApiError> {
    let found = change.found(proposed(&state, caller.0, change.0).await?)?;
    let sight = Sight::of(caller.0.role);
    Ok(Shown::plain(ExplainedIdentityChangeView::of(found, sight, state.rules.zone)))
}

async fn proposed(
    state: &State,
    caller: Identity,
    change: IdentityChangeId,
) -> Result<Option<IdentityChangeReadModel>, ApiError> {
    let vault = state.vault.clone();
    state.read_as(caller, move |db, scope| identity_changes::get(db, &vault, scope, change)).await
}
