//! Which version a change was made from: `If-Match` with the `ETag` that was read (RFC 9110, 13.1.1).
//!
//! An entity tag of this service is the number of the entry that changed the thing last, in quotes.

use crate::api::problem::ApiError;
use crate::domain::ids::Seq;
use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The version that is changed; none for `*`, any. The header must be there.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<Seq>);

/// The version that is changed; none for `*`, any, or without the header.
#[derive(Clone, Copy, Debug)]
pub struct MaybeIfMatch(pub Option<Seq>);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match condition(req) {
            Ok(Some(Condition::Version(seq))) => Ok(Self(Some(seq))),
            Ok(Some(Condition::Any)) => Ok(Self(None)),
            Ok(None) => Err(ApiError::PreconditionRequired),
            Err(error) => Err(error),
        })
    }
}

impl FromRequest for MaybeIfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(condition(req).map(|condition| match condition {
            Some(Condition::Version(seq)) => Self(Some(seq)),
            Some(Condition::Any) | None => Self(None),
        }))
    }
}

/// The entity tag of a version.
#[must_use]
pub fn etag(version: Seq) -> String {
    format!("\"{version}\"")
}

#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Any,
    Version(Seq),
}

fn condition(req: &HttpRequest) -> Result<Option<Condition>, ApiError> {
    let mut headers = req.headers().get_all(IF_MATCH);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(ApiError::IfMatchInvalid);
    }
    header.to_str().ok().and_then(read).map(Some).ok_or(ApiError::IfMatchInvalid)
}

fn read(text: &str) -> Option<Condition> {
    if text == "*" {
        return Some(Condition::Any);
    }
    // Proxies that compress an answer make its tag a weak one (RFC 9110, 8.8.3.3).
    let digits = text.strip_prefix("W/").unwrap_or(text).strip_prefix('"')?.strip_suffix('"')?;
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if canonical { digits.parse().ok().map(|seq| Condition::Version(Seq(seq))) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_was_given_out_is_read() {
        assert_eq!(read(&etag(Seq(4711))), Some(Condition::Version(Seq(4711))));
        assert_eq!(read("W/\"4711\""), Some(Condition::Version(Seq(4711))), "made weak on the way");
        assert_eq!(read("*"), Some(Condition::Any));
    }

    #[test]
    fn any_other_text_is_refused() {
        for text in [
            "",
            "4711",
            "\"\"",
            "\"0\"",
            "\"-1\"",
            "w/\"1\"",
            "\"1\", \"2\"",
            "\"99999999999999999999\"",
            "**",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
