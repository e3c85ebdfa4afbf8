//! Sessions (会话): how a log-in begins, goes on with each refresh, and ends.

use super::problem::ApiError;
use super::state::{AppState, State};
use super::tokens::{TokenType, Tokens};
use crate::auth::Grant;
use crate::auth::refresh::{FamilyId, RefreshDecision, RefreshHash, RefreshToken, Standing, judge};
use crate::domain::Command;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::BindingId;
use crate::domain::message::NoteSignIn;
use crate::domain::operator::Operator;
use crate::domain::time::Timestamp;
use crate::domain::volunteer::Volunteer;
use crate::store::read::{bindings, operators, volunteers};
use crate::store::session::{self, Rotation, Session};
use chrono::Duration;

/// How long an access token is good for at most, in seconds.
pub const ACCESS_TOKEN_SECONDS: u32 = 15 * 60;
/// How long a refresh token waits to be used, in days.
const REFRESH_TOKEN_DAYS: i64 = 7;

/// What tokens say of an operator.
pub(super) const fn of_operator(operator: &Operator) -> Grant {
    let Operator { id, role, unit, valid_from, .. } = *operator;
    Grant { actor: Actor::Operator(id), role, unit, valid_from, session: None }
}

/// What tokens say of a volunteer.
pub(super) const fn of_volunteer(volunteer: &Volunteer) -> Grant {
    let Volunteer { id, valid_from, .. } = *volunteer;
    Grant { actor: Actor::Volunteer(id), role: Role::Volunteer, unit: None, valid_from, session: None }
}

/// Starts a session of somebody who has shown who they are, and tells a volunteer of it.
pub(super) async fn start(state: &State, holder: Grant) -> Result<Tokens, ApiError> {
    let tokens = start_with(state, holder, None).await?;
    tell(state, &holder).await;
    Ok(tokens)
}

/// The same by a binding. That it was made was told; a mini-program signs in by it whenever it is opened.
pub(super) async fn start_by(state: &State, holder: Grant, binding: BindingId) -> Result<Tokens, ApiError> {
    start_with(state, holder, Some(binding)).await
}

async fn start_with(state: &State, holder: Grant, binding: Option<BindingId>) -> Result<Tokens, ApiError> {
    let token = RefreshToken::start_family().map_err(ApiError::internal)?;
    let now = state.clock.now();
    let ends_at = now.plus(Duration::days(state.session_terms.days_of(holder.role).into()));
    let session = Session {
        family: *token.family().as_bytes(),
        actor: holder.actor,
        valid_from: holder.valid_from,
        started_at: now,
        refreshed_at: None,
        expires_at: token_expires_at(now, ends_at),
        ends_at,
        token: *token.hash().as_bytes(),
        spent: None,
        successor: None,
        ended_at: None,
        binding,
    };
    state.with_sessions(move |db| session::start(db, &session)).await?;
    issue(state, holder, &token, ends_at)
}

/// Tells a volunteer that somebody signed in as them. A ledger that cannot be written just now keeps nobody out.
async fn tell(state: &State, holder: &Grant) {
    let Actor::Volunteer(volunteer) = holder.actor else { return };
    let asker = (holder.actor, Some(holder.valid_from));
    if let Err(error) = state.note(asker, Command::NoteSignIn(NoteSignIn { volunteer })).await {
        tracing::warn!(%error, "a sign-in is not told");
    }
}

/// Exchanges a refresh token for its successor.
///
/// Of two who do it at once one finds it spent meanwhile; judged again, it is answered as the other.
pub(super) async fn exchange(state: &State, presented: &RefreshToken) -> Result<Tokens, ApiError> {
    for _ in 0..2 {
        if let Some(tokens) = exchange_as_it_stands(state, presented).await? {
            return Ok(tokens);
        }
    }
    Err(ApiError::Unavailable)
}

/// Nothing where it stands otherwise by now.
async fn exchange_as_it_stands(state: &State, presented: &RefreshToken) -> Result<Option<Tokens>, ApiError> {
    let found = find(state, presented.family()).await?;
    let decision = judge(presented.hash(), found.as_ref().map(standing), state.clock.now());
    match (decision, found) {
        (RefreshDecision::Rotate, Some(found)) => rotate(state, presented, &found).await,
        (RefreshDecision::Repeat, Some(found)) => repeat(state, presented, &found).await,
        (RefreshDecision::Wait { seconds }, _) => {
            Err(ApiError::TooManyRequests { retry_after_seconds: seconds })
        }
        (RefreshDecision::End, Some(found)) => {
            let actor = found.actor.to_string();
            tracing::warn!(actor, "a spent refresh token came again: the session is ended");
            end(state, presented.family()).await?;
            Err(ApiError::RefreshTokenInvalid)
        }
        _ => Err(ApiError::RefreshTokenInvalid),
    }
}

async fn rotate(
    state: &State,
    presented: &RefreshToken,
    found: &Session,
) -> Result<Option<Tokens>, ApiError> {
    let holder = holder(state, found).await?;
    let (next, now) = (presented.successor().map_err(ApiError::internal)?, state.clock.now());
    let rotation = Rotation {
        family: found.family,
        spent: *presented.hash().as_bytes(),
        token: *next.hash().as_bytes(),
        successor: presented.seal(&next),
        refreshed_at: now,
        expires_at: token_expires_at(now, found.ends_at),
    };
    let is_rotated = state.with_sessions(move |db| session::rotate(db, &rotation)).await?;
    is_rotated.then(|| issue(state, holder, &next, found.ends_at)).transpose()
}

async fn repeat(
    state: &State,
    presented: &RefreshToken,
    found: &Session,
) -> Result<Option<Tokens>, ApiError> {
    let holder = holder(state, found).await?;
    let sealed = found.successor.ok_or(ApiError::RefreshTokenInvalid)?;
    issue(state, holder, &presented.open(sealed), found.ends_at).map(Some)
}

/// Ends a session, if there is one: its refresh token at once, and here its access tokens, too; on other replicas those within seconds.
pub(super) async fn end(state: &AppState, family: FamilyId) -> Result<(), ApiError> {
    let (family, now) = (*family.as_bytes(), state.clock.now());
    if state.with_sessions(move |db| session::end(db, family, now)).await? {
        state.ended_sessions.note(family, now);
    }
    Ok(())
}

/// Ends the sessions that began with a binding, as [`end`] does.
pub(super) async fn end_of_binding(state: &AppState, binding: BindingId) -> Result<(), ApiError> {
    let now = state.clock.now();
    let ended = state.with_sessions(move |db| session::end_of_binding(db, binding, now)).await?;
    for family in ended {
        state.ended_sessions.note(family, now);
    }
    Ok(())
}

/// What is kept of the session that a token is of.
pub(super) async fn find(state: &AppState, family: FamilyId) -> Result<Option<Session>, ApiError> {
    let family = *family.as_bytes();
    state.with_sessions(move |db| session::find(db, family)).await
}

/// Whose session it is, as long as they may go on with it.
async fn holder(state: &AppState, session: &Session) -> Result<Grant, ApiError> {
    let Session { actor, valid_from, binding, .. } = *session;
    let found = state.read(move |db| {
        let binding = binding.map(|id| bindings::current(db, id)).transpose()?;
        if binding.is_some_and(|found| found.is_none_or(|binding| binding.ended_at.is_some())) {
            return Ok(None);
        }
        Ok(match actor {
            Actor::Operator(id) => operators::current(db, id)?
                .filter(|operator| operator.active)
                .map(|found| of_operator(&found)),
            Actor::Volunteer(id) => volunteers::current(db, id)?
                .filter(|volunteer| volunteer.must_be_registered().is_ok())
                .map(|found| of_volunteer(&found)),
            Actor::System => None,
        })
    });
    found.await?.filter(|holder| holder.valid_from <= valid_from).ok_or(ApiError::RefreshTokenInvalid)
}

fn standing(session: &Session) -> Standing {
    Standing {
        token: RefreshHash::from_bytes(session.token),
        spent: session.spent.map(RefreshHash::from_bytes),
        refreshed_at: session.refreshed_at,
        expires_at: session.expires_at,
        is_ended: session.ended_at.is_some(),
    }
}

fn token_expires_at(now: Timestamp, ends_at: Timestamp) -> Timestamp {
    now.plus(Duration::days(REFRESH_TOKEN_DAYS)).min(ends_at)
}

/// An access token, which lives no longer than its session, and the refresh token with it.
fn issue(
    state: &AppState,
    holder: Grant,
    next: &RefreshToken,
    ends_at: Timestamp,
) -> Result<Tokens, ApiError> {
    let now = state.clock.now();
    let left = (ends_at.as_micros() - now.as_micros()) / 1_000_000;
    let expires_in = u32::try_from(left).unwrap_or(1).clamp(1, ACCESS_TOKEN_SECONDS);
    let grant = Grant { session: Some(next.family()), ..holder };
    let issued = state.issuer.issue(grant, now, expires_in);
    Ok(Tokens {
        access_token: issued.map_err(ApiError::internal)?,
        token_type: TokenType::Bearer,
        expires_in,
        refresh_token: next.expose(),
    })
}
