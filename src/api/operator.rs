//! Operators: who may act for which unit.

use super::extract::{AdminOnly, AnyOperator, Coordinator, IfMatch, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::volunteer::person::DocumentInput;
use super::wire::{LocalTime, SecretText};
use crate::domain::Command;
use crate::domain::actor::{Actor, Role};
use crate::domain::commitment::Committed;
use crate::domain::ids::{OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::operator::{
    self, CreateOperator, DisableOperator, EnableOperator, Login, Operator, OperatorIdentity, ResetPassword,
    UpdateOperator,
};
use crate::domain::text::{LoginName, Name};
use crate::domain::time::LocalZone;
use crate::domain::token::EndTokens;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::operators::{self, OperatorFilter};
use crate::store::vault::Vault;
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(create_operator)
        .service(list_operators)
        .service(get_operator)
        .service(update_operator)
        .service(disable_operator)
        .service(enable_operator)
        .service(reset_password)
        .service(end_sessions_of_operator);
}

/// What an operator may do.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperatorRole {
    /// 管理员: acts for a unit and all units under it.
    Coordinator,
    /// 审计员: reads a unit and all units under it; changes nothing but dismisses findings.
    Auditor,
    /// 系统管理员: acts everywhere, appoints operators.
    Admin,
}

impl From<OperatorRole> for Role {
    fn from(role: OperatorRole) -> Self {
        match role {
            OperatorRole::Coordinator => Self::Coordinator,
            OperatorRole::Auditor => Self::Auditor,
            OperatorRole::Admin => Self::Admin,
        }
    }
}

/// A password to be set: at least 12 characters, at most 256 bytes; neither a common one nor the login.
pub type NewPassword = SecretText<12, 256>;

/// An operator to appoint.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "login": "zhou", "name": "周老师", "password": "correct horse battery staple", "role": "coordinator",
    "unit": "UnitId", "document": { "kind": "passport", "number": "E9000003" }
}))]
pub struct NewOperator {
    /// Unique among all operators; kept in small letters, of one script.
    pub login: LoginName,
    /// The person's or script's name.
    pub name: Name,
    /// Without a password the operator cannot log in and works with issued tokens only.
    #[schema(inline)]
    pub password: Option<NewPassword>,
    pub role: OperatorRole,
    /// Required for coordinators and auditors; an admin has none.
    pub unit: Option<UnitId>,
    /// The operator's own registration as a volunteer. This or the document is needed: a second person is another
    /// person, whatever the log-in.
    pub volunteer: Option<VolunteerId>,
    /// The document of somebody who is not registered; of a script, of who answers for it.
    pub document: Option<DocumentInput>,
}

/// What an operator may do from now on. Who the operator is stays as it is unless it is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "role": "auditor", "unit": "UnitId" }))]
pub struct OperatorInput {
    pub role: OperatorRole,
    /// Required for coordinators and auditors; an admin has none.
    pub unit: Option<UnitId>,
    /// The operator's own registration as a volunteer; or the document, not both.
    pub volunteer: Option<VolunteerId>,
    pub document: Option<DocumentInput>,
}

/// An operator, without login and name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Operator)]
pub struct OperatorView {
    pub id: OperatorId,
    pub role: Role,
    /// Null for an admin, who acts everywhere.
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
    pub active: bool,
    /// The journal entry that changed the operator last. `If-Match` takes it, in quotes.
    pub version: Seq,
    /// True where the operator is known by a document; else left out. Who is neither that nor linked to a volunteer was
    /// appointed before it was asked for: the account counts as a person of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub identified: bool,
    /// How it is known who the operator is.
    pub known_by: KnownBy,
    /// The one-time code with which the operator sets a password, to be handed on; only in the answer to who had it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "7K3F-9QXA-52MD-XW4T")]
    pub reset_code: Option<String>,
    /// Until when a one-time code that nobody has used sets a password; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false)]
    pub reset_until: Option<LocalTime>,
}

/// How it is known who an operator is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KnownBy {
    /// Linked to a volunteer.
    Volunteer,
    /// Named a document.
    Document,
    /// Not at all: the account counts as a person of its own.
    Nothing,
}

impl OperatorView {
    /// Shows the one-time code that was just given.
    #[must_use]
    pub fn with_reset_code(self, vault: &Vault, entry: Seq) -> Self {
        Self { reset_code: Some(vault.reset_code(self.id, entry)), ..self }
    }
}

impl View for OperatorView {
    type Thing = Operator;

    fn of(operator: Operator, zone: LocalZone) -> Self {
        let Operator { id, role, unit, volunteer, active, version, identified, reset_until, .. } = operator;
        let known_by = match (volunteer, identified) {
            (Some(_), _) => KnownBy::Volunteer,
            (None, true) => KnownBy::Document,
            (None, false) => KnownBy::Nothing,
        };
        let reset_until = reset_until.map(|until| LocalTime::new(until, zone));
        Self {
            id,
            role,
            unit,
            volunteer,
            active,
            version,
            identified,
            known_by,
            reset_code: None,
            reset_until,
        }
    }

    fn location(&self) -> String {
        format!("/v1/operators/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// Appoints an operator
///
/// Without a password the operator cannot log in. Each is linked to a volunteer or names a document, so that a second
/// person is another person.
#[utoipa::path(
    tag = "operators",
    request_body = NewOperator,
    responses((status = 201, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "volunteer_not_found", "login_taken", "operator_unit_invalid", "operator_person_invalid"
    ]))),
)]
#[post("/operators")]
pub async fn create_operator(
    state: State,
    caller: AdminOnly,
    body: Strict<NewOperator>,
) -> Result<Created<OperatorView>, ApiError> {
    let NewOperator { login, name, password, role, unit, volunteer, document } = body.value;
    let identity = identity_of(&state, document)?;
    let password_hash = match password {
        Some(password) => Some(state.hashing.hash(password.0, login.to_string(), "/password").await?),
        None => None,
    };
    let login = state.commit(Login { login, name })?;
    let role = role.into();
    let command =
        Command::CreateOperator(CreateOperator { login, password_hash, role, unit, volunteer, identity });
    state.create(caller.asker(), body.idempotency, command).await
}

/// The document as it is kept beside the journal.
fn identity_of(state: &State, document: Option<DocumentInput>) -> Result<Option<OperatorIdentity>, ApiError> {
    let Some(document) = document else { return Ok(None) };
    let document = document.by_itself()?;
    let index = state.vault.identity_index(&document);
    Ok(Some(OperatorIdentity { document: state.commit(document)?, index }))
}

/// Changes what an operator may do
///
/// Takes effect at once. Nobody changes their own access. Who the operator is stays as it is unless it is said.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    request_body = OperatorInput,
    responses((status = 200, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "operator_not_found", "unit_not_found", "volunteer_not_found", "version_stale", "operator_unit_invalid",
        "operator_person_invalid", "own_access"
    ]))),
)]
#[put("/operators/{id}")]
pub async fn update_operator(
    state: State,
    caller: AdminOnly,
    operator: PathId<OperatorId>,
    expected: IfMatch,
    body: Strict<OperatorInput>,
) -> Result<Changed<OperatorView>, ApiError> {
    let OperatorInput { role, unit, volunteer, document } = body.value;
    let identity = identity_of(&state, document)?;
    let (operator, expected, role) = (operator.0, expected.0, role.into());
    let command =
        Command::UpdateOperator(UpdateOperator { operator, expected, role, unit, volunteer, identity });
    state.update(caller.asker(), command).await
}

/// Disables an operator
///
/// Takes effect at once. Disabling an operator twice is no error.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    responses((status = 200, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!(["operator_not_found", "own_access"]))),
)]
#[post("/operators/{id}/disable")]
pub async fn disable_operator(
    state: State,
    caller: AdminOnly,
    operator: PathId<OperatorId>,
    request: NoBody,
) -> Result<Changed<OperatorView>, ApiError> {
    let command = Command::DisableOperator(DisableOperator { operator: operator.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// An operator, with login and name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NamedOperator)]
pub struct NamedOperatorView {
    #[serde(flatten)]
    pub operator: OperatorView,
    pub login: Name,
    /// The person's or script's name.
    pub name: Name,
}

impl NamedOperatorView {
    fn new(found: operators::OperatorReadModel, zone: LocalZone) -> Self {
        let operators::OperatorReadModel { operator, login, name } = found;
        Self { operator: OperatorView::of(operator, zone), login, name }
    }
}

/// Who is given access again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "document": { "kind": "passport", "number": "E9000003" } }))]
pub struct Enabling {
    /// Who the operator is, unless a registration as a volunteer says it: the document went with the access.
    pub document: Option<DocumentInput>,
}

/// Gives access again to who was disabled
///
/// The former password is good no more. The answer has a one-time code with which the operator sets a new one
/// within 24 hours: `POST /v1/auth/password`. The login is the operator's for good: it is used again by this.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    request_body = Enabling,
    responses((status = 200, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!(["operator_not_found", "operator_not_disabled", "operator_person_invalid"]))),
)]
#[post("/operators/{id}/enable")]
pub async fn enable_operator(
    state: State,
    caller: AdminOnly,
    operator: PathId<OperatorId>,
    body: Strict<Enabling>,
) -> Result<Changed<OperatorView>, ApiError> {
    let identity = identity_of(&state, body.value.document)?;
    let command = async {
        let login = bound_login(&state, operator.0).await?;
        Ok(Command::EnableOperator(EnableOperator { operator: operator.0, identity, login }))
    };
    let enabled = state.change_as_read(caller.asker(), body.idempotency, command).await?;
    Ok(shown_with_code(&state, enabled))
}

/// Resets an operator's password
///
/// By an admin, or a coordinator of a unit above the operator's own. The former password, every session and every access
/// token of the operator are good no more. The answer has a one-time code, to be handed to the operator, who sets a new
/// password with it within 24 hours: `POST /v1/auth/password`.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    responses((status = 200, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["operator_not_found", "outside_unit", "operator_disabled", "own_access"]))),
)]
#[post("/operators/{id}/password-reset")]
pub async fn reset_password(
    state: State,
    caller: Coordinator,
    operator: PathId<OperatorId>,
    request: NoBody,
) -> Result<Changed<OperatorView>, ApiError> {
    let command = async {
        let login = bound_login(&state, operator.0).await?;
        Ok(Command::ResetPassword(ResetPassword { operator: operator.0, login }))
    };
    let reset = state.change_as_read(caller.asker(), request.idempotency, command).await?;
    Ok(shown_with_code(&state, reset))
}

/// Ends every session and every access token of an operator
///
/// By an admin, or a coordinator of a unit above the operator's own. Tokens that were made by hand are among them. The
/// operator may log in again.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    responses((status = 200, description = "The operator", body = Changed<OperatorView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["operator_not_found", "outside_unit"]))),
)]
#[post("/operators/{id}/end-sessions")]
pub async fn end_sessions_of_operator(
    state: State,
    caller: Coordinator,
    operator: PathId<OperatorId>,
    request: NoBody,
) -> Result<Changed<OperatorView>, ApiError> {
    let command = Command::EndTokens(EndTokens { holder: Actor::Operator(operator.0) });
    state.change(caller.asker(), request.idempotency, command).await
}

/// The operator's login, to be bound anew by the entry that changes the password.
pub(super) async fn bound_login(state: &State, operator: OperatorId) -> Result<Committed<Login>, ApiError> {
    let known = state.read(move |db| operators::login(db, operator)).await?;
    let (login, _) = known.ok_or(operator::Refusal::OperatorNotFound)?;
    state.commit(login)
}

/// The answer with the code that the entry gave.
fn shown_with_code(state: &State, changed: Changed<OperatorView>) -> Changed<OperatorView> {
    let Changed { thing, receipt } = changed;
    let entry = receipt.receipt.seq;
    Changed { thing: thing.with_reset_code(&state.vault, entry), receipt }
}

/// Which operators.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OperatorQuery {
    /// Acting for this unit or one under it.
    unit: Option<UnitId>,
    role: Option<OperatorRole>,
    active: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists operators
///
/// Of the caller's units, newest first.
#[utoipa::path(
    tag = "operators",
    params(OperatorQuery),
    responses((status = 200, description = "A page", body = Page<NamedOperatorView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/operators")]
pub async fn list_operators(
    state: State,
    caller: AnyOperator,
    query: Query<OperatorQuery>,
) -> Result<Shown<Page<NamedOperatorView>>, ApiError> {
    let OperatorQuery { unit, role, active, limit, cursor } = query.0;
    let request = page_request("operators", limit, cursor.as_ref())?;
    let filter = OperatorFilter { unit, role: role.map(Into::into), active };
    let about = About { unit, ..About::default() };
    let read = move |db: &mut Db, scope| operators::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    let show = |found| NamedOperatorView::new(found, state.rules.zone);
    Ok(Shown::plain(Page::new("operators", page, show)))
}

/// Shows an operator
///
/// Any operator of the caller's units; those without a unit to admins only.
#[utoipa::path(
    tag = "operators",
    params(("id" = OperatorId, Path, description = "The operator")),
    responses((status = 200, description = "The operator", body = NamedOperatorView, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["operator_not_found"]))),
)]
#[get("/operators/{id}")]
pub async fn get_operator(
    state: State,
    caller: AnyOperator,
    operator: PathId<OperatorId>,
) -> Result<Shown<NamedOperatorView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| operators::get(db, scope, operator.0)).await?;
    let found = operator.found(found)?;
    let version = found.operator.version;
    Ok(Shown::versioned(NamedOperatorView::new(found, state.rules.zone), version))
}
