//! Logging in and out, and the public keys of access tokens.
//!
//! A login gives an access token for minutes and a refresh token for days. Each refresh spends its
//! token and gives the next; one that is spent twice ends the whole login.

use super::extract::{Anyone, Peer, Strict};
use super::log_ins::{Fault, NotLetIn, Shown, Try};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::{AppState, State};
use super::wire::{LocalTime, SecretText};
use crate::auth::refresh::{RefreshDecision, RefreshToken, SessionState, judge};
use crate::auth::{Grant, Identity};
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::UnitId;
use crate::domain::operator::Operator;
use crate::domain::text::Name;
use crate::domain::time::Timestamp;
use crate::store::read::operators;
use crate::store::session::{self, Session};
use crate::store::{Db, StoreError};
use actix_web::{HttpResponse, get, post, web};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(login).service(refresh).service(logout).service(jwks).service(me);
}

/// How long an access token is good for, in seconds.
pub const ACCESS_TOKEN_SECONDS: u32 = 15 * 60;
/// How long a refresh token waits to be used, in days.
pub const REFRESH_TOKEN_DAYS: i64 = 14;

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

/// How the access token is sent: RFC 6750.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub enum TokenType {
    Bearer,
}

/// The tokens of an operator.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    /// For the Authorization header, after `Bearer`.
    pub access_token: String,
    #[schema(inline)]
    pub token_type: TokenType,
    /// How long the access token is valid, in seconds.
    #[schema(minimum = 1, maximum = 900, example = 900)]
    pub expires_in: u32,
    /// Gets the next pair of tokens; can be used once.
    pub refresh_token: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
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
    start_session(&state, &operator).await.map(web::Json)
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
/// If a refresh token is used a second time, somebody has a copy: the whole login is ended.
#[utoipa::path(
    tag = "auth",
    request_body = Refresh,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!(["refresh_token_invalid"]))),
)]
#[post("/auth/refresh")]
pub async fn refresh(state: State, body: Strict<Refresh>) -> Result<web::Json<Tokens>, ApiError> {
    let presented = presented(&body.value.refresh_token.0)?;
    let next = presented.successor().map_err(ApiError::internal)?;
    let now = state.clock.now();
    let (operator, next) =
        state.with_sessions(move |db| Ok((spend(db, &presented, &next, now)?, next))).await?;
    issue(&state, &operator.ok_or(ApiError::RefreshTokenInvalid)?, &next).map(web::Json)
}

/// Logs out
///
/// Ends every refresh token of the login. An access token stays valid until it expires, a few minutes
/// later.
#[utoipa::path(
    tag = "auth",
    request_body = Refresh,
    responses((status = 204, description = "Logged out; also if there was nothing to end")),
)]
#[post("/auth/logout")]
pub async fn logout(state: State, body: Strict<Refresh>) -> Result<HttpResponse, ApiError> {
    if let Ok(presented) = presented(&body.value.refresh_token.0) {
        let hash = *presented.hash().as_bytes();
        state
            .with_sessions(move |db| match session::find(db, hash)? {
                Some(found) => session::revoke_family(db, found.family),
                None => Ok(()),
            })
            .await?;
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

/// Spends the token, if it may be spent, and says for whom.
fn spend(
    db: &mut Db,
    presented: &RefreshToken,
    next: &RefreshToken,
    now: Timestamp,
) -> Result<Option<Operator>, StoreError> {
    let hash = *presented.hash().as_bytes();
    let found = session::find(db, hash)?;
    let state = match found {
        None => SessionState::Unknown,
        Some(Session { state: session::State::Active, expires_at, .. }) => {
            SessionState::Active { expires_at }
        }
        Some(Session { state: session::State::Rotated, .. }) => SessionState::Rotated,
        Some(Session { state: session::State::Revoked, .. }) => SessionState::Revoked,
    };
    match (judge(state, now), found) {
        (RefreshDecision::Rotate, Some(found)) => {
            let is_in = |operator: &Operator| operator.active && operator.valid_from <= found.valid_from;
            let operator = operators::current(db, found.operator)?.filter(is_in);
            let Some(operator) = operator else { return Ok(None) };
            let is_spent = session::rotate(db, hash, &new_session(next, &operator, now))?;
            Ok(is_spent.then_some(operator))
        }
        (RefreshDecision::RevokeFamily, Some(found)) => {
            session::revoke_family(db, found.family)?;
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// Starts a session of somebody who has shown who they are.
pub(super) async fn start_session(state: &State, operator: &Operator) -> Result<Tokens, ApiError> {
    let token = RefreshToken::start_family().map_err(ApiError::internal)?;
    let session = new_session(&token, operator, state.clock.now());
    state.with_sessions(move |db| session::start(db, &session)).await?;
    issue(state, operator, &token)
}

fn new_session(token: &RefreshToken, operator: &Operator, now: Timestamp) -> Session {
    Session {
        hash: *token.hash().as_bytes(),
        family: *token.family().as_bytes(),
        operator: operator.id,
        state: session::State::Active,
        expires_at: now.plus(Duration::days(REFRESH_TOKEN_DAYS)),
        valid_from: operator.valid_from,
    }
}

fn issue(state: &AppState, operator: &Operator, next: &RefreshToken) -> Result<Tokens, ApiError> {
    let Operator { id, role, unit, valid_from, .. } = *operator;
    let grant = Grant { actor: Actor::Operator(id), role, unit, valid_from, session: Some(next.family()) };
    let issued = state.issuer.issue(grant, state.clock.now(), ACCESS_TOKEN_SECONDS);
    Ok(Tokens {
        access_token: issued.map_err(ApiError::internal)?,
        token_type: TokenType::Bearer,
        expires_in: ACCESS_TOKEN_SECONDS,
        refresh_token: next.expose(),
    })
}
