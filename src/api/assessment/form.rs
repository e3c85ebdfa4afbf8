//! The forms that an assessment comes in: as the query says, else as `Accept` prefers.

use crate::api::problem::ApiError;
use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT, Accept, Header};
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use std::future::{Ready, ready};
use utoipa::ToSchema;

/// A form of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentForm {
    Json,
    /// A row for each unit and indicator.
    Csv,
    /// A bar for each unit.
    Svg,
}

/// What `Accept` prefers; none if it takes no form that there is.
#[derive(Clone, Copy, Debug)]
pub struct AcceptedForm(Option<AssessmentForm>);

impl AcceptedForm {
    /// The form that is asked for in the query, else the one that is preferred.
    pub fn or_asked(self, asked: Option<AssessmentForm>) -> Result<AssessmentForm, ApiError> {
        asked.or(self.0).ok_or(ApiError::NotAcceptable)
    }
}

impl FromRequest for AcceptedForm {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let is_silent = !req.headers().contains_key(ACCEPT);
        let preferred = match Accept::parse(req) {
            Ok(accept) if !is_silent => accept.ranked().iter().find_map(|range| of(range.essence_str())),
            _ => Some(AssessmentForm::Json),
        };
        ready(Ok(Self(preferred)))
    }
}

fn of(media_range: &str) -> Option<AssessmentForm> {
    match media_range {
        "application/json" | "application/*" | "*/*" => Some(AssessmentForm::Json),
        "text/csv" | "text/*" => Some(AssessmentForm::Csv),
        "image/svg+xml" | "image/*" => Some(AssessmentForm::Svg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_highest_ranked_form_is_taken() {
        for (accept, form) in [
            ("*/*", Some(AssessmentForm::Json)),
            ("text/csv", Some(AssessmentForm::Csv)),
            ("application/json;q=0.5, image/svg+xml", Some(AssessmentForm::Svg)),
            ("image/png, image/*;q=0.5", Some(AssessmentForm::Svg)),
            ("text/html", None),
            ("font/woff", None),
        ] {
            let request = TestRequest::default().insert_header((ACCEPT, accept)).to_http_request();
            let accepted = AcceptedForm::from_request(&request, &mut Payload::None).into_inner().unwrap();
            assert_eq!(accepted.0, form, "{accept}");
        }
        let silent = TestRequest::default().to_http_request();
        let accepted = AcceptedForm::from_request(&silent, &mut Payload::None).into_inner().unwrap();
        assert_eq!(accepted.0, Some(AssessmentForm::Json));
    }
}
