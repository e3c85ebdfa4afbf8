//! The forms that an assessment comes in: as the query says, else as `Accept` prefers.

use crate::api::extract::Accepted;
use crate::api::extract::format::export_format_of;
use crate::api::problem::ApiError;
use crate::domain::export::ExportFormat;
use serde::Deserialize;
use utoipa::ToSchema;

/// A form of an assessment: JSON; a table with a row for each unit and indicator; a bar for each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentForm {
    Json,
    Csv,
    Ndjson,
    Xlsx,
    Svg,
}

impl AssessmentForm {
    /// The form that is asked for in the query, else the one that `Accept` prefers.
    pub fn of(asked: Option<Self>, accepted: &Accepted) -> Result<Self, ApiError> {
        accepted.first(asked, Self::Json, |range| match range {
            "application/json" | "application/*" | "*/*" => Some(Self::Json),
            "image/svg+xml" | "image/*" => Some(Self::Svg),
            other => export_format_of(other).map(Self::from),
        })
    }
}

impl From<ExportFormat> for AssessmentForm {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Ndjson => Self::Ndjson,
            ExportFormat::Xlsx => Self::Xlsx,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::FromRequest;
    use actix_web::dev::Payload;
    use actix_web::http::header::ACCEPT;
    use actix_web::test::TestRequest;

    fn form(request: TestRequest) -> Option<AssessmentForm> {
        let accepted = Accepted::from_request(&request.to_http_request(), &mut Payload::None);
        AssessmentForm::of(None, &accepted.into_inner().unwrap()).ok()
    }

    #[test]
    fn the_highest_ranked_form_is_taken() {
        for (accept, expected) in [
            ("*/*", Some(AssessmentForm::Json)),
            ("text/csv", Some(AssessmentForm::Csv)),
            ("application/json;q=0.5, image/svg+xml", Some(AssessmentForm::Svg)),
            ("image/png, image/*;q=0.5", Some(AssessmentForm::Svg)),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Some(AssessmentForm::Xlsx)),
            ("text/html", None),
            ("font/woff", None),
        ] {
            assert_eq!(form(TestRequest::default().insert_header((ACCEPT, accept))), expected, "{accept}");
        }
        assert_eq!(form(TestRequest::default()), Some(AssessmentForm::Json));
    }
}
