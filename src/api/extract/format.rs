//! In which form an answer is wanted: as the query says, else as `Accept` prefers.

use crate::api::language::Language;
use crate::api::problem::ApiError;
use crate::domain::export::ExportFormat;
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
    Ndjson,
    Xlsx,
}

/// What the request's headers say of the form of the answer.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The media ranges that `Accept` names, the preferred first; none where it is silent.
    ranges: Option<Vec<String>>,
    /// The first of our languages that `Accept-Language` names.
    language: Language,
}

impl Accepted {
    /// The form that is asked for in the query, else the one that is preferred; JSON, if in doubt.
    pub fn or_asked(&self, asked: Option<Format>) -> Result<Format, ApiError> {
        self.first(asked, Format::Json, |range| match range {
            "application/json" | "application/*" | "*/*" => Some(Format::Json),
            other => export_format_of(other).map(Format::from),
        })
    }

    /// The same for what is a file in any case; CSV, if in doubt.
    pub fn or_asked_file(&self, asked: Option<ExportFormat>) -> Result<ExportFormat, ApiError> {
        self.first(asked, ExportFormat::Csv, |range| match range {
            "*/*" => Some(ExportFormat::Csv),
            "application/*" => Some(ExportFormat::Ndjson),
            other => export_format_of(other),
        })
    }

    /// The form that is asked for, else the first that `Accept` names of those there are.
    pub fn first<F>(
        &self,
        asked: Option<F>,
        in_doubt: F,
        of: impl Fn(&str) -> Option<F>,
    ) -> Result<F, ApiError> {
        let preferred = match &self.ranges {
            None => Some(in_doubt),
            Some(ranges) => ranges.iter().find_map(|range| of(range)),
        };
        asked.or(preferred).ok_or(ApiError::NotAcceptable)
    }

    /// The language that is asked for in the query, else the one that is preferred; English, if in doubt.
    #[must_use]
    pub fn language(&self, asked: Option<Language>) -> Language {
        asked.unwrap_or(self.language)
    }
}

impl FromRequest for Accepted {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let is_silent = !req.headers().contains_key(ACCEPT);
        let ranges = match Accept::parse(req) {
            Ok(accept) if !is_silent => {
                Some(accept.ranked().iter().map(|range| range.essence_str().to_owned()).collect())
            }
            _ => None,
        };
        ready(Ok(Self { ranges, language: Language::asked_by(req) }))
    }
}

impl From<ExportFormat> for Format {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Ndjson => Self::Ndjson,
            ExportFormat::Xlsx => Self::Xlsx,
        }
    }
}

/// The media type of spreadsheets.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The media type that is in use for NDJSON.
pub const NDJSON: &str = "application/x-ndjson";

/// The form of a file that a media range stands for.
#[must_use]
pub fn export_format_of(media_range: &str) -> Option<ExportFormat> {
    match media_range {
        "text/csv" | "text/*" => Some(ExportFormat::Csv),
        NDJSON | "application/ndjson" => Some(ExportFormat::Ndjson),
        XLSX => Some(ExportFormat::Xlsx),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn accepted(accept: Option<&str>) -> Accepted {
        let request = TestRequest::default();
        let request = match accept {
            Some(accept) => request.insert_header((ACCEPT, accept)),
            None => request,
        };
        Accepted::from_request(&request.to_http_request(), &mut Payload::None).into_inner().unwrap()
    }

    #[test]
    fn the_highest_ranked_form_is_taken() {
        for (accept, format) in [
            (None, Some(Format::Json)),
            (Some("*/*"), Some(Format::Json)),
            (Some("text/csv"), Some(Format::Csv)),
            (Some(NDJSON), Some(Format::Ndjson)),
            (Some(XLSX), Some(Format::Xlsx)),
            (Some("application/json;q=0.5, text/csv"), Some(Format::Csv)),
            (Some("text/html, application/json;q=0.9"), Some(Format::Json)),
            (Some("image/png"), None),
        ] {
            assert_eq!(accepted(accept).or_asked(None).ok(), format, "{accept:?}");
        }
    }

    #[test]
    fn the_language_is_the_one_preferred_of_ours() {
        use actix_web::http::header::ACCEPT_LANGUAGE;
        let language = |header: &str| {
            let request = TestRequest::default().insert_header((ACCEPT_LANGUAGE, header)).to_http_request();
            Accepted::from_request(&request, &mut Payload::None).into_inner().unwrap().language(None)
        };
        for header in ["zh-CN,zh;q=0.9,en;q=0.8", "zh", "de, zh;q=0.5", "en;q=0.1, zh-Hant"] {
            assert_eq!(language(header), Language::Chinese, "{header}");
        }
        for header in ["", "en-GB, zh;q=0.9", "de", "*", "zh;q=x"] {
            assert_eq!(language(header), Language::English, "{header}");
        }
        assert_eq!(accepted(None).language(None), Language::English);
        assert_eq!(accepted(None).language(Some(Language::Chinese)), Language::Chinese);
    }

    #[test]
    fn a_file_is_never_plain_json() {
        for (accept, format) in [
            (None, Some(ExportFormat::Csv)),
            (Some("*/*"), Some(ExportFormat::Csv)),
            (Some(XLSX), Some(ExportFormat::Xlsx)),
            (Some("application/json, application/x-ndjson;q=0.1"), Some(ExportFormat::Ndjson)),
            (Some("application/json"), None),
        ] {
            assert_eq!(accepted(accept).or_asked_file(None).ok(), format, "{accept:?}");
        }
        assert_eq!(
            accepted(Some("image/png")).or_asked_file(Some(ExportFormat::Xlsx)).ok(),
            Some(ExportFormat::Xlsx)
        );
    }
}
