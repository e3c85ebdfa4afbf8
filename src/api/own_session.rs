//! The caller's own sessions: which there are, and one of them ended.

use super::extract::{Anyone, NoBody, PathId};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::wire::LocalTime;
use crate::auth::refresh::FamilyId;
use crate::domain::ids::Seq;
use crate::domain::time::LocalZone;
use crate::store::read::tokens;
use crate::store::session::{self as kept, Session};
use actix_web::{HttpResponse, get, post, web};
use serde::Serialize;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_own_sessions).service(end_own_session);
}

/// A log-in that goes on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    /// What its access tokens name as `sid`.
    #[schema(value_type = String, pattern = "^[0-9a-f]{32}$", example = "9f86d081884c7d659a2feaa0c55ad015")]
    pub id: FamilyId,
    pub started_at: LocalTime,
    /// When its refresh token was last exchanged; null if never.
    pub refreshed_at: Option<LocalTime>,
    /// From when on its refresh token is good no more, unless it is exchanged before.
    pub expires_at: LocalTime,
    /// When it ends, however often it is refreshed.
    pub ends_at: LocalTime,
    /// Whether the caller's token is of this one.
    pub current: bool,
}

/// The sessions of somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sessions {
    /// Those that began last first.
    #[schema(max_items = 50)]
    pub items: Vec<SessionView>,
}

impl SessionView {
    fn new(session: &Session, of_caller: Option<FamilyId>, zone: LocalZone) -> Self {
        let id = FamilyId::from_bytes(session.family);
        let at = |time| LocalTime::new(time, zone);
        Self {
            id,
            started_at: at(session.started_at),
            refreshed_at: session.refreshed_at.map(at),
            expires_at: at(session.expires_at),
            ends_at: at(session.ends_at),
            current: of_caller == Some(id),
        }
    }
}

/// Lists the caller's sessions
///
/// Every log-in that goes on, those that began last first, 50 at most. Tokens that were made by hand belong to none.
#[utoipa::path(
    tag = "auth",
    responses((status = 200, description = "The sessions", body = Sessions)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/me/sessions")]
pub async fn list_own_sessions(state: State, caller: Anyone) -> Result<web::Json<Sessions>, ApiError> {
    let valid_from = valid_from(&state, &caller).await?;
    let (actor, now) = (caller.actor(), state.clock.now());
    let mut open = state.with_sessions(move |db| kept::of(db, actor, now)).await?;
    open.retain(|session| valid_from <= session.valid_from);
    let show = |session| SessionView::new(session, caller.0.session, state.rules.zone);
    Ok(web::Json(Sessions { items: open.iter().map(show).collect() }))
}

/// Ends one of the caller's sessions
///
/// Its refresh token and its access tokens are good no more, the caller's own among them if it is that one. To end one
/// twice is no error.
#[utoipa::path(
    tag = "auth",
    params(("id" = String, Path, description = "The session")),
    responses((status = 204, description = "Ended")),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-keyless" = json!(true)), ("x-refusals" = json!(["session_not_found"]))),
)]
#[post("/me/sessions/{id}/end")]
pub async fn end_own_session(
    state: State,
    caller: Anyone,
    id: PathId<FamilyId>,
    _: NoBody,
) -> Result<HttpResponse, ApiError> {
    let valid_from = valid_from(&state, &caller).await?;
    let found = session::find(&state, id.0).await?;
    let is_own = |found: &Session| found.actor == caller.actor() && valid_from <= found.valid_from;
    id.found(found.filter(is_own))?;
    session::end(&state, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// From which entry on the caller's tokens are good: sessions of before were ended with them.
async fn valid_from(state: &State, caller: &Anyone) -> Result<Seq, ApiError> {
    let actor = caller.actor();
    state.read_as(caller.0, move |db, _| tokens::valid_from(db, actor)).await
}
