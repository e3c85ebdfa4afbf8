//! The languages that people are told things in: English, and Chinese where `Accept-Language` asks for it.

use actix_web::dev::Payload;
use actix_web::http::header::{AcceptLanguage, Header, Quality};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use serde::Deserialize;
use std::cmp::Reverse;
use std::convert::Infallible;
use std::future::{Ready, ready};
use std::str::FromStr;
use utoipa::ToSchema;

/// A language that this service speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub enum Language {
    /// What is told where nothing else is asked for.
    #[default]
    #[serde(rename = "en")]
    English,
    /// 中文, simplified.
    #[serde(rename = "zh")]
    Chinese,
}

impl Language {
    /// The first language that the request's `Accept-Language` prefers and this service speaks (RFC 9110, 12.5.4).
    #[must_use]
    pub fn asked_by(request: &impl HttpMessage) -> Self {
        let AcceptLanguage(mut asked) = AcceptLanguage::parse(request).unwrap_or(AcceptLanguage(Vec::new()));
        asked.retain(|preference| preference.quality > Quality::ZERO);
        asked.sort_by_key(|preference| Reverse(preference.quality));
        let mut tags = asked.iter().filter_map(|preference| preference.item.item());
        tags.find_map(|tag| Self::of_tag(tag.as_str())).unwrap_or_default()
    }

    /// The tag of it (RFC 5646).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language that a tag names, if it is one of these: `zh`, `zh-CN`, `zh-Hans`, `en-GB`.
    fn of_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }
}

impl FromStr for Language {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "en" => Ok(Self::English),
            "zh" => Ok(Self::Chinese),
            _ => Err("expected en or zh"),
        }
    }
}

impl FromRequest for Language {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::asked_by(req)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::ACCEPT_LANGUAGE;
    use actix_web::test::TestRequest;

    #[test]
    fn the_best_liked_language_that_is_spoken_here_is_chosen() {
        for (header, language) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("zh", Language::Chinese),
            ("ZH-Hans-CN", Language::Chinese),
            ("fr, zh;q=0.5, en;q=0.4", Language::Chinese),
            ("en;q=0.4, zh;q=0.5", Language::Chinese),
            ("en-GB, zh", Language::English),
            ("zh;q=0", Language::English),
            ("*", Language::English),
            ("zhang", Language::English),
            ("", Language::English),
            (";;q=zh", Language::English),
        ] {
            let request = TestRequest::default().insert_header((ACCEPT_LANGUAGE, header)).to_srv_request();
            assert_eq!(Language::asked_by(&request), language, "{header}");
        }
        assert_eq!(Language::asked_by(&TestRequest::default().to_srv_request()), Language::English);
    }
}
