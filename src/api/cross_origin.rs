//! Which web pages of other origins may call this service from a browser (CORS).
//!
//! What is public is open to all pages: who checks a certificate or the log needs no permission of ours.
//! Everything else is open to the origins that the deployment names, and to none by default.

use actix_cors::Cors;
use actix_web::http::Uri;
use actix_web::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, LOCATION,
    RETRY_AFTER,
};
use std::str::FromStr;
use std::sync::Arc;

/// Seconds for which a browser remembers what it may send.
const REMEMBERED_SECONDS: usize = 3600;

/// What anybody may read: keys, look-ups of certificates, the log, the specification.
const PUBLIC: [&str; 9] = [
    "/v1/badge-issuers/",
    "/log/",
    "/verify",
    "/v1/certificates/lookup",
    "/v1/certificates/jwks",
    "/v1/auth/jwks",
    "/openapi.json",
    "/openapi.yaml",
    "/codes.json",
];

/// The origin of a page: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// The text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an origin is a scheme, a host and perhaps a port, without a path: https://volunteers.example")]
pub struct NotAnOrigin;

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let uri: Uri = text.parse().map_err(|_| NotAnOrigin)?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let host =
            uri.authority().filter(|host| is_web && !host.as_str().contains('@')).ok_or(NotAnOrigin)?;
        let origin = format!("{}://{host}", uri.scheme_str().unwrap_or_default());
        if origin.eq_ignore_ascii_case(text) {
            Ok(Self(origin.to_ascii_lowercase()))
        } else {
            Err(NotAnOrigin)
        }
    }
}

/// Lets the pages of these origins call everything, and all pages what is public.
pub fn cors(allowed: Arc<[Origin]>) -> Cors {
    Cors::default()
        .allowed_origin_fn(move |origin, request| {
            let is_public = PUBLIC.iter().any(|begin| request.uri.path().starts_with(begin));
            is_public || allowed.iter().any(|Origin(known)| known.as_bytes() == origin.as_bytes())
        })
        .allowed_methods(["GET", "HEAD", "POST", "PUT"])
        .allowed_headers([
            ACCEPT_LANGUAGE,
            AUTHORIZATION,
            CONTENT_TYPE,
            IF_MATCH,
            HeaderName::from_static("idempotency-key"),
            HeaderName::from_static("x-request-id"),
        ])
        .expose_headers([
            CONTENT_DISPOSITION,
            ETAG,
            LOCATION,
            RETRY_AFTER,
            HeaderName::from_static("x-request-id"),
        ])
        .max_age(REMEMBERED_SECONDS)
        .block_on_origin_mismatch(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path_and_is_of_the_web() {
        for text in ["https://volunteers.example", "http://127.0.0.1:5173", "HTTPS://Volunteers.Example"] {
            assert_eq!(text.parse(), Ok(Origin(text.to_ascii_lowercase())));
        }
        for text in [
            "*",
            "null",
            "volunteers.example",
            "https://a.example/",
            "https://a.example/x",
            "ftp://a.example",
            "https://u@a.example",
            "",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NotAnOrigin), "{text}");
        }
    }
}
