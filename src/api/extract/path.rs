//! Ids in paths. What is no id of the kind names nothing, and is answered like what is not there.

use crate::api::problem::ApiError;
use crate::api::server::Documents;
use crate::auth::refresh::FamilyId;
use crate::domain;
use crate::domain::dismissal::FindingId;
use crate::domain::ids::{self, Seq};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use std::future::{Ready, ready};
use std::str::FromStr;

/// The `{id}` of a path.
#[derive(Clone, Copy, Debug)]
pub struct PathId<T>(pub T);

/// A thing that a path can name.
pub trait Findable: FromStr {
    /// The answer where nothing has the id.
    fn not_found() -> ApiError;
}

impl<T: Findable> PathId<T> {
    /// What was found under the id, or the answer that nothing was.
    pub fn found<F>(self, found: Option<F>) -> Result<F, ApiError> {
        found.ok_or_else(T::not_found)
    }
}

macro_rules! findable {
    (things { $($module:ident: $Noun:ident($Row:ident, $Id:ident = $number:literal $what:literal)
        in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {$(
        impl Findable for ids::$Id {
            fn not_found() -> ApiError {
                domain::$module::Refusal::$Absent.into()
            }
        }
    )*};
}
crate::nouns!(findable);

impl Findable for FamilyId {
    fn not_found() -> ApiError {
        ApiError::SessionNotFound
    }
}

impl Findable for FindingId {
    fn not_found() -> ApiError {
        ApiError::FindingNotFound
    }
}

impl<T: Findable> FromRequest for PathId<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = req.match_info().get("id").and_then(|text| text.parse().ok());
        ready(id.map(Self).ok_or_else(|| refusal::<T>(req)))
    }
}

/// What is no id may be a path of its own, which takes other methods.
fn refusal<T: Findable>(req: &HttpRequest) -> ApiError {
    let documents = req.app_data::<web::Data<Documents>>();
    let allow = documents.and_then(|documents| documents.methods_of(req.path()));
    allow.map_or_else(T::not_found, |allow| ApiError::MethodNotAllowed { allow: allow.to_owned() })
}

/// The `{seq}` of a path: an entry's position in the journal.
#[derive(Clone, Copy, Debug)]
pub struct PathSeq(pub Seq);

impl FromRequest for PathSeq {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let digits =
            req.match_info().get("seq").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let seq = digits.and_then(|text| text.parse().ok()).map(|seq| Self(Seq(seq)));
        ready(seq.ok_or(ApiError::EntryNotFound))
    }
}
