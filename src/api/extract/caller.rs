//! Who calls: the permission is the type of the handler's first argument.
//!
//! A handler without one of these is open to everybody; a test walks the specification and names
//! those that may be. Whether the caller may act on *this* thing is for the domain's rules (on
//! the way in) and the reading query itself (on the way out).

use crate::api::AppState;
use crate::api::problem::ApiError;
use crate::auth::refresh::FamilyId;
use crate::auth::{AuthError, Identity};
use crate::domain::actor::{Actor, Role};
use crate::domain::general;
use crate::engine::Asker;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};

macro_rules! callers {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)|+;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(pub Identity);

        impl $name {
            /// Who acts.
            #[must_use]
            pub const fn actor(&self) -> Actor {
                self.0.actor
            }

            /// Who acts, and from which entry on their tokens were good when the one that was shown was made.
            #[must_use]
            pub const fn asker(&self) -> Asker {
                self.0.asker()
            }
        }

        impl FromRequest for $name {
            type Error = ApiError;
            type Future = Ready<Result<Self, ApiError>>;

            fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
                ready(identify(req).and_then(|identity| match identity.role {
                    $(Role::$role)|+ => counted(req, identity).map(Self),
                    #[allow(unreachable_patterns)]
                    _ => Err(general::Refusal::NotPermitted.into()),
                }))
            }
        }
    )*};
}

callers! {
    /// Anybody with a token.
    Anyone: Volunteer | Coordinator | Auditor | Admin;
    /// Who may change something: a volunteer for themselves, or an operator for units.
    Changer: Volunteer | Coordinator | Admin;
    /// A volunteer, for themselves.
    VolunteerOnly: Volunteer;
    /// An operator who acts for units.
    Coordinator: Coordinator | Admin;
    /// An operator who reads or acts for units.
    AnyOperator: Coordinator | Auditor | Admin;
    /// An operator who audits units.
    Auditor: Auditor | Admin;
    /// An operator who acts everywhere.
    AdminOnly: Admin;
}

/// The holder of the request's token.
fn identify(req: &HttpRequest) -> Result<Identity, ApiError> {
    let state = state_of(req)?;
    let identity = state.verifier.verify(bearer_token(req)?, state.clock.now());
    let identity = identity.map_err(|error| match error {
        AuthError::Expired => ApiError::TokenExpired,
        _ => ApiError::TokenInvalid,
    })?;
    let is_ended = |session: &FamilyId| state.ended_sessions.contains(session.as_bytes());
    if identity.session.as_ref().is_some_and(is_ended) {
        return Err(general::Refusal::TokenEnded.into());
    }
    Ok(identity)
}

/// The same, if they may ask for one more change where they ask for one.
fn counted(req: &HttpRequest, identity: Identity) -> Result<Identity, ApiError> {
    if req.method().is_safe() {
        return Ok(identity);
    }
    match state_of(req)?.changes.take(identity.actor) {
        Ok(()) => Ok(identity),
        Err(retry_after_seconds) => Err(ApiError::TooManyRequests { retry_after_seconds }),
    }
}

fn state_of(req: &HttpRequest) -> Result<&web::Data<AppState>, ApiError> {
    req.app_data::<web::Data<AppState>>().ok_or_else(|| ApiError::internal("no state"))
}

/// RFC 6750, section 2.1: the only place where a token is taken from.
fn bearer_token(req: &HttpRequest) -> Result<&str, ApiError> {
    let mut headers = req.headers().get_all(AUTHORIZATION);
    let header = headers.next().ok_or(ApiError::Unauthenticated)?;
    if headers.next().is_some() {
        return Err(ApiError::TokenInvalid);
    }
    let (scheme, token) =
        header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or(ApiError::TokenInvalid)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(ApiError::TokenInvalid) }
}
