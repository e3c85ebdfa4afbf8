//! In which form an answer is wanted: as the query says, else as `Accept` prefers.

use crate::api::problem::ApiError;
use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT, Accept, Header};
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use std::future::{Ready, ready};
use utoipa::ToSchema;

/// A form that totals can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Json,
    Csv,
}

/// What `Accept` prefers; none if it takes neither form.
#[derive(Clone, Copy, Debug)]
pub struct Accepted(Option<Format>);

impl Accepted {
    /// The form that is asked for in the query, else the one that is preferred.
    pub fn or_asked(self, asked: Option<Format>) -> Result<Format, ApiError> {
        asked.or(self.0).ok_or(ApiError::NotAcceptable)
    }
}

impl FromRequest for Accepted {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let is_silent = !req.headers().contains_key(ACCEPT);
        let preferred = match Accept::parse(req) {
            Ok(accept) if !is_silent => accept.ranked().iter().find_map(|range| of(range.essence_str())),
            _ => Some(Format::Json),
        };
        ready(Ok(Self(preferred)))
    }
}

fn of(media_range: &str) -> Option<Format> {
    match media_range {
        "application/json" | "application/*" | "*/*" => Some(Format::Json),
        "text/csv" | "text/*" => Some(Format::Csv),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn preferred(accept: Option<&str>) -> Option<Format> {
        let request = TestRequest::default();
        let request = match accept {
            Some(accept) => request.insert_header((ACCEPT, accept)),
            None => request,
        };
        let accepted = Accepted::from_request(&request.to_http_request(), &mut Payload::None);
        accepted.into_inner().unwrap().0
    }

    #[test]
    fn the_highest_ranked_form_is_taken() {
        for (accept, format) in [
            (None, Some(Format::Json)),
            (Some("*/*"), Some(Format::Json)),
            (Some("text/csv"), Some(Format::Csv)),
            (Some("application/json;q=0.5, text/csv"), Some(Format::Csv)),
            (Some("text/html, application/json;q=0.9"), Some(Format::Json)),
            (Some("image/png"), None),
        ] {
            assert_eq!(preferred(accept), format, "{accept:?}");
        }
    }
}
