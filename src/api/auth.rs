//! Logging in and out, and the public keys of access tokens.
//!
//! A login gives an access token for minutes and a refresh token for days ([`session`]).

use super::extract::{Anyone, Peer, Strict};
use super::log_ins::{Fault, NotLetIn, Shown, Try};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::tokens::Tokens;
use super::wire::{LocalTime, SecretText};
use crate::auth::Identity;
use crate::auth::refresh::RefreshToken;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::UnitId;
use crate::domain::operator::Operator;
use crate::domain::text::Name;
use crate::store::read::operators;
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(login).service(refresh).service(logout).service(jwks).service(me);
}

/// A password as it was typed.
pub type Password = SecretText<1, 256>;
/// A refresh token as it was given out.
pub type RefreshText = SecretText<1, 128>;

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "login": "zhou", "password": "correct horse battery staple" }))]
pub struct Credentials {
    pub login: Name,
    #[schema(inline)]
    pub password: Password,
}

/// A refresh token to use.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "refresh_token": "qVJ9bXk2bWZ0a3JwY2h1d2V5c2xvbmc3d3Q5" }))]
pub struct Refresh {
    /// The token, as it was given out.
    #[schema(inline)]
    pub refresh_token: RefreshText,
}

/// The holder of an access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct Holder {
    pub actor: Actor,
    pub role: Role,
    /// The unit that the holder acts for or reads, with all units under it.
    pub unit: Option<UnitId>,
    /// When the token expires.
    pub expires_at: LocalTime,
}

/// A JSON Web Key Set (RFC 7517).
#[derive(Debug, ToSchema)]
pub struct Jwks {
    /// Ed25519 keys (RFC 8037), the current signing key first.
    #[schema(value_type = Vec<Object>, example = json!([{
        "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
        "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    }]))]
    pub keys: Vec<Value>,
}

/// Logs an operator in
///
/// The refusal does not say whether login or password is wrong. After five failures of a login, or twenty of an address,
/// the next try waits, longer after each, for 15 minutes at most; where the login was let in from the same address
/// lately only its own failures there count.
#[utoipa::path(
    tag = "auth",
    request_body = Credentials,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!(["login_failed", "too_many_requests"]))),
)]
#[post("/auth/login")]
pub async fn login(
    state: State,
    peer: Peer,
    body: Strict<Credentials>,
) -> Result<web::Json<Tokens>, ApiError> {
    let tried = state.log_ins.admit(Shown::Password, &body.value.login, peer.0)?;
    let recognised = recognise(&state, &tried, body.value).await;
    let operator = tried.ended(recognised)?.ok_or(ApiError::LoginFailed)?;
    session::start(&state, session::of_operator(&operator)).await.map(web::Json)
}

/// The operator whose login and password these are.
async fn recognise(
    state: &State,
    tried: &Try<'_>,
    shown: Credentials,
) -> Result<Result<Operator, NotLetIn>, ApiError> {
    let Credentials { login: named, password } = shown;
    let found = state.read(move |db| operators::credential(db, &named)).await?;
    let (operator, stored) = match found {
        Some(found) => (Some(found.operator), found.password_hash),
        None => (None, None),
    };
    // The same work whether or not there is such a login.
    let is_right = state.hashing.verify(password.0, stored, tried.lane()).await?;
    Ok(match operator {
        Some(operator) if is_right && operator.active => Ok(operator),
        Some(operator) => {
            let fault = if operator.active { Fault::Wrong } else { Fault::Disabled };
            Err(NotLetIn { operator: Some(operator.id), fault })
        }
        None => Err(NotLetIn { operator: None, fault: Fault::UnknownLogin }),
    })
}

/// Exchanges a refresh token for the next pair of tokens
///
/// If the answer is lost, the same token gets the same successor for 30 seconds, as long as nobody has used that. If a
/// spent token comes later, somebody has a copy: the whole session is ended. A session is refreshed every 5 seconds at
/// most, and ends 30 days after its log-in, a volunteer's after 90, unless the service is told otherwise.
#[utoipa::path(
    tag = "auth",
    request_body = Refresh,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!(["refresh_token_invalid", "too_many_requests"]))),
)]
#[post("/auth/refresh")]
pub async fn refresh(state: State, body: Strict<Refresh>) -> Result<web::Json<Tokens>, ApiError> {
    let presented = presented(&body.value.refresh_token.0)?;
    session::exchange(&state, &presented).await.map(web::Json)
}

/// Logs out
///
/// Ends the session: its refresh token and its access tokens are good no more.
#[utoipa::path(
    tag = "auth",
    request_body = Refresh,
    responses((status = 204, description = "Logged out; also if there was nothing to end")),
)]
#[post("/auth/logout")]
pub async fn logout(state: State, body: Strict<Refresh>) -> Result<HttpResponse, ApiError> {
    if let Ok(presented) = presented(&body.value.refresh_token.0) {
        session::end(&state, presented.family()).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

/// Shows the public keys that verify access tokens
///
/// A JSON Web Key Set (RFC 7517).
#[utoipa::path(tag = "auth", responses((status = 200, description = "The keys", body = Jwks)))]
#[get("/auth/jwks")]
pub async fn jwks(state: State) -> web::Json<Value> {
    web::Json(state.token_keys.jwks())
}

/// Shows the holder of the caller's token
///
/// What the token itself says, as long as it is good.
#[utoipa::path(
    tag = "auth",
    responses((status = 200, description = "The holder", body = Holder)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/me")]
pub async fn me(state: State, caller: Anyone) -> Result<web::Json<Holder>, ApiError> {
    state.read_as(caller.0, |_, _| Ok(())).await?;
    let Identity { actor, role, unit, expires_at, .. } = caller.0;
    let expires_at = LocalTime::new(expires_at, state.rules.zone);
    Ok(web::Json(Holder { actor, role, unit, expires_at }))
}

fn presented(text: &str) -> Result<RefreshToken, ApiError> {
    text.parse().map_err(|_| ApiError::RefreshTokenInvalid)
}
