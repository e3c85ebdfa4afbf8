//! Passwords: the own one changed, or set with a one-time code.

use super::auth::Password;
use super::extract::{AnyOperator, Peer, Strict};
use super::log_ins::{Fault, NotLetIn, Shown};
use super::operator::{NewPassword, bound_login};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::tokens::Tokens;
use super::wire::SecretText;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::OperatorId;
use crate::domain::operator::{self, Operator, PasswordProof, SetPassword};
use crate::domain::text::Name;
use crate::engine::Asker;
use crate::store;
use crate::store::read::{operators, tokens};
use actix_web::{post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(set_password).service(change_password);
}

/// A one-time code, and the password to be set with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "login": "zhou", "code": "7K3F-9QXA-52MD-XW4T", "new_password": "correct horse battery staple" }))]
pub struct PasswordByCode {
    pub login: Name,
    /// As it was given; hyphens, spaces and case are ignored.
    #[schema(inline)]
    pub code: SecretText<1, 64>,
    #[schema(inline)]
    pub new_password: NewPassword,
}

/// The password so far, and the one from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "old_password": "correct horse battery staple", "new_password": "staple battery horse correct" }))]
pub struct PasswordChange {
    #[schema(inline)]
    pub old_password: Password,
    #[schema(inline)]
    pub new_password: NewPassword,
}

/// Sets a password with a one-time code, and logs in
///
/// The code comes from who may reset the password, or from `hourbook operator` on the machine. It is good once. Every
/// session and every access token of before is good no more. Codes that fail are delayed as passwords are.
#[utoipa::path(
    tag = "auth",
    request_body = PasswordByCode,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!(["reset_code_invalid", "too_many_requests"]))),
)]
#[post("/auth/password")]
pub async fn set_password(
    state: State,
    peer: Peer,
    body: Strict<PasswordByCode>,
) -> Result<web::Json<Tokens>, ApiError> {
    let PasswordByCode { login, code, new_password } = body.value;
    let tried = state.log_ins.admit(Shown::Code, &login, peer.0)?;
    let recognised = recognise_by_code(&state, login, &code.0).await;
    let found = tried.ended(recognised)?.ok_or(operator::Refusal::ResetCodeInvalid)?;
    let entry = found.reset_entry.ok_or(operator::Refusal::ResetCodeInvalid)?;
    renew(&state, (Actor::Operator(found.id), None), found.id, new_password, PasswordProof::Code { entry })
        .await
}

/// The operator whose login and one-time code these are; whether the code is still good is for the rule to say.
async fn recognise_by_code(
    state: &State,
    login: Name,
    code: &str,
) -> Result<Result<Operator, NotLetIn>, ApiError> {
    let found = state.read(move |db| operators::credential(db, &login)).await?;
    let Some(found) = found.map(|found| found.operator) else {
        return Ok(Err(NotLetIn { operator: None, fault: Fault::UnknownLogin }));
    };
    let is_right =
        found.reset_entry.is_some_and(|entry| state.vault.reset_code_matches(found.id, entry, code));
    Ok(if is_right { Ok(found) } else { Err(NotLetIn { operator: Some(found.id), fault: Fault::Wrong }) })
}

/// Changes the caller's own password
///
/// Every other session and every access token of before is good no more: the answer has new ones. An operator who has no
/// password is given a one-time code for the first.
#[utoipa::path(
    tag = "auth",
    request_body = PasswordChange,
    responses((status = 200, description = "The tokens", body = Tokens)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["password_wrong", "too_many_requests"]))),
)]
#[put("/me/password")]
pub async fn change_password(
    state: State,
    caller: AnyOperator,
    peer: Peer,
    body: Strict<PasswordChange>,
) -> Result<web::Json<Tokens>, ApiError> {
    let PasswordChange { old_password, new_password } = body.value;
    let Actor::Operator(operator) = caller.actor() else { return Err(ApiError::PasswordWrong) };
    let known = state.read_as(caller.0, move |db, _| {
        let valid_from = tokens::valid_from(db, Actor::Operator(operator))?;
        Ok(operators::login(db, operator)?.map(|(login, stored)| (valid_from, login.login, stored)))
    });
    let (valid_from, login, stored) = known.await?.ok_or(ApiError::PasswordWrong)?;
    let tried = state.log_ins.admit_own(operator, &login.into(), peer.0)?;
    let verified = state.hashing.verify(old_password.0, stored, tried.lane()).await;
    let wrong = NotLetIn { operator: Some(operator), fault: Fault::Wrong };
    let judged = verified.map(|is_right| is_right.then_some(()).ok_or(wrong));
    tried.ended(judged)?.ok_or(ApiError::PasswordWrong)?;
    renew(&state, caller.asker(), operator, new_password, PasswordProof::Former { valid_from }).await
}

/// Has the password set, and starts a session: the only one from now on.
async fn renew(
    state: &State,
    asker: Asker,
    operator: OperatorId,
    password: NewPassword,
    shown: PasswordProof,
) -> Result<web::Json<Tokens>, ApiError> {
    let login = bound_login(state, operator).await?;
    let name = login.content.login.to_string();
    let password_hash = state.hashing.hash(password.0, name, "/new_password").await?;
    let command = Command::SetPassword(SetPassword { operator, login, password_hash, shown });
    let operator = state.single::<Operator>(asker, command).await?;
    let (holder, now) = (session::of_operator(&operator), state.clock.now());
    state.with_sessions(move |db| store::session::end_of(db, holder.actor, now)).await?;
    session::start(state, holder).await.map(web::Json)
}
