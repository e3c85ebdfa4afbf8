//! Bodies: JSON in UTF-8, capped, strict, with the member at fault named by a JSON pointer.

use super::exact::Exact;
use super::words;
use crate::api::problem::ApiError;
use crate::domain::actor::Actor;
use crate::engine::IdempotencyKey;
use crate::store::vault::Vault;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::{self, Bytes};
use actix_web::{FromRequest, HttpRequest};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_path_to_error::{Path, Segment};
use sha2::{Digest, Sha256};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Bytes that a body may have where nothing else is said.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// How long a body may take to arrive.
pub const BODY_ARRIVAL_MAX: Duration = Duration::from_secs(60);

/// A body of JSON whose every member is known and right.
#[derive(Debug)]
pub struct Strict<T, const BYTES_MAX: usize = BODY_BYTES_MAX> {
    /// What it says.
    pub value: T,
    /// The client's key for the request, and the request's digest.
    pub idempotency: IdempotencyHeader,
}

/// A body as [`Strict`] has it, or none at all, which says as little as `{}`.
#[derive(Debug)]
pub struct Lenient<T> {
    /// What it says.
    pub value: T,
    /// The client's key for the request, and the request's digest.
    pub idempotency: IdempotencyHeader,
}

/// A request without a body; `{}` passes for none.
#[derive(Debug)]
pub struct NoBody {
    /// The client's key for the request, and the request's digest.
    pub idempotency: IdempotencyHeader,
}

/// What makes a request safe to repeat, if its client sent a key.
#[derive(Clone, Debug)]
pub struct IdempotencyHeader(Result<Option<KeyAndDigest>, BadKey>);

#[derive(Clone, Debug)]
struct KeyAndDigest {
    key: String,
    /// SHA-256 over method, path and body.
    digest: [u8; 32],
}

/// The key is not valid; refused only where a key is used.
#[derive(Clone, Debug)]
struct BadKey;

/// The header with the client's key for a request.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// Characters that a key may have.
pub const IDEMPOTENCY_KEY_CHARS_MAX: usize = 255;

impl IdempotencyHeader {
    /// The key within its actor's own keys.
    ///
    /// What is kept of the body is a keyed hash and no plain one, for it is kept for ever, and from a
    /// plain hash one could learn by trying what somebody had sent whose data was erased.
    pub fn of(self, actor: Actor, vault: &Vault) -> Result<Option<IdempotencyKey>, ApiError> {
        let keyed = self.0.map_err(|BadKey| ApiError::IdempotencyKeyInvalid)?;
        Ok(keyed.map(|KeyAndDigest { key, digest }| {
            let scope = Sha256::new().chain_update(actor.to_string()).chain_update([0]).chain_update(key);
            let fingerprint = vault.blind_index("request", digest);
            IdempotencyKey { scope: scope.finalize().into(), fingerprint }
        }))
    }

    fn new(req: &HttpRequest, body: &[u8]) -> Self {
        let keyed = |key| KeyAndDigest { key, digest: digest(req, body) };
        Self(idempotency_key(req.headers()).map(|key| key.map(keyed)))
    }
}

fn digest(req: &HttpRequest, body: &[u8]) -> [u8; 32] {
    let digest = Sha256::new()
        .chain_update(req.method().as_str())
        .chain_update([0])
        .chain_update(req.path())
        .chain_update([0])
        .chain_update(body);
    digest.finalize().into()
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, BadKey> {
    let mut headers = headers.get_all(IDEMPOTENCY_KEY);
    let Some(header) = headers.next() else { return Ok(None) };
    let key = header.to_str().map_err(|_| BadKey)?;
    let fits = (1..=IDEMPOTENCY_KEY_CHARS_MAX).contains(&key.len());
    let is_one_word = key.bytes().all(|byte| byte.is_ascii_graphic()) && headers.next().is_none();
    if fits && is_one_word { Ok(Some(key.to_owned())) } else { Err(BadKey) }
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, ApiError>>>>;

impl<T: DeserializeOwned + 'static, const BYTES_MAX: usize> FromRequest for Strict<T, BYTES_MAX> {
    type Error = ApiError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            must_be_json(req.headers())?;
            let body = read(&req, payload, BYTES_MAX).await?;
            Ok(Self { value: parse(&body)?, idempotency: IdempotencyHeader::new(&req, &body) })
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Lenient<T> {
    type Error = ApiError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let body = read(&req, payload, BODY_BYTES_MAX).await?;
            let value = if body.is_empty() {
                parse(b"{}")?
            } else {
                must_be_json(req.headers())?;
                parse(&body)?
            };
            Ok(Self { value, idempotency: IdempotencyHeader::new(&req, &body) })
        })
    }
}

/// Nothing to say.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl FromRequest for NoBody {
    type Error = ApiError;
    type Future = Extraction<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let extraction = Lenient::<Nothing>::from_request(req, payload);
        Box::pin(async move { extraction.await.map(|Lenient { idempotency, .. }| Self { idempotency }) })
    }
}

/// `application/json`, perhaps with a charset (which JSON has no use for), and not compressed.
fn must_be_json(headers: &HeaderMap) -> Result<(), ApiError> {
    let text =
        |name| headers.get(name).map(|value| value.to_str().unwrap_or("?").trim().to_ascii_lowercase());
    let content_type = text(CONTENT_TYPE).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim_end();
    let plain = text(CONTENT_ENCODING).is_none_or(|encoding| encoding == "identity");
    if essence == "application/json" && plain { Ok(()) } else { Err(ApiError::UnsupportedMediaType) }
}

async fn read(req: &HttpRequest, mut payload: Payload, limit_bytes: usize) -> Result<Bytes, ApiError> {
    if announced_bytes(req.headers()) > limit_bytes as u64 {
        return Err(ApiError::BodyTooLarge { limit_bytes });
    }
    let payload =
        web::Payload::from_request(req, &mut payload).await.map_err(|_| ApiError::BodyUnreadable)?;
    match tokio::time::timeout(BODY_ARRIVAL_MAX, payload.to_bytes_limited(limit_bytes)).await {
        Ok(Ok(body)) => body.map_err(|_| ApiError::BodyUnreadable),
        Ok(Err(_)) => Err(ApiError::BodyTooLarge { limit_bytes }),
        Err(_) => Err(ApiError::BodyUnreadable),
    }
}

/// What the client says that the body has: a large one is not waited for.
fn announced_bytes(headers: &HeaderMap) -> u64 {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or(0)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    let text = std::str::from_utf8(body)
        .map_err(|_| ApiError::MalformedJson { detail: "the body is not UTF-8".to_owned() })?;
    if !text.trim_start_matches(JSON_SPACE).starts_with('{') {
        return Err(no_object(text));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(Exact(&mut json)).map_err(|error| {
        let pointer = pointer_to(error.path());
        let error = error.into_inner();
        // JSON may hold what no type here has room for: 1e400, half of a surrogate pair.
        if error.is_data() || is_json(text) { misfit(pointer, &error) } else { malformed(&error) }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// RFC 8259, section 2.
const JSON_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// What is wrong with a text that does not begin as an object does.
fn no_object(text: &str) -> ApiError {
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => ApiError::InvalidField { field: String::new(), detail: "expected an object".to_owned() },
        Err(error) => malformed(&error),
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fn malformed(error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    ApiError::MalformedJson { detail: format!("the body is not JSON: see line {line}, column {column}") }
}

/// What is wrong with a member, told by the words in which serde tells it.
fn misfit(mut field: String, error: &serde_json::Error) -> ApiError {
    // What JSON takes and no type here has room for is no text either: half of a surrogate pair.
    let detail =
        if error.is_syntax() { "data did not match any variant".to_owned() } else { error.to_string() };
    let detail = words::plain(&detail);
    if let Some(name) = quoted_after(&detail, "missing field `") {
        field = format!("{field}/{name}");
        ApiError::MissingField { field, detail }
    } else if let Some(name) = quoted_after(&detail, "duplicate field `") {
        field = format!("{field}/{name}");
        ApiError::InvalidField { field, detail }
    } else if detail.starts_with("unknown field `") {
        ApiError::UnknownField { field, detail }
    } else {
        ApiError::InvalidField { field, detail }
    }
}

fn quoted_after<'d>(detail: &'d str, words: &str) -> Option<&'d str> {
    detail.strip_prefix(words)?.split('`').next()
}

/// RFC 6901.
fn pointer_to(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::language::Language;
    use crate::domain::time::LocalZone;
    use actix_web::http::header::HeaderValue;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[serde(rename = "items")]
        _items: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[serde(rename = "minutes")]
        _minutes: u8,
    }

    fn refusal(body: &[u8]) -> (&'static str, Option<String>) {
        let error = parse::<Outer>(body).unwrap_err();
        let problem = serde_json::to_value(error.problem(Language::English, LocalZone::shanghai())).unwrap();
        (error.code(), problem["field"].as_str().map(str::to_owned))
    }

    #[test]
    fn the_member_at_fault_is_named() {
        let cases = [
            (r#"{"items":[{"minutes":1},{"minutes":"x"}]}"#, "invalid_field", "/items/1/minutes"),
            (r#"{"items":[{"minutes":256}]}"#, "invalid_field", "/items/0/minutes"),
            (r#"{"items":[{}]}"#, "missing_field", "/items/0/minutes"),
            (r#"{"items":[{"minutes":1,"a/b":2}]}"#, "unknown_field", "/items/0/a~1b"),
            ("{}", "missing_field", "/items"),
            (r#"{"items":[],"items":[]}"#, "invalid_field", "/items"),
            (r#"{"items":[[1]]}"#, "invalid_field", "/items/0"),
            (r#"{"items":[{"minutes":1e400}]}"#, "invalid_field", "/items/0/minutes"),
            (r#"{"items":[{"minutes":"\ud800"}]}"#, "invalid_field", "/items/0/minutes"),
            ("[[]]", "invalid_field", ""),
            ("null", "invalid_field", ""),
        ];
        for (body, code, field) in cases {
            assert_eq!(refusal(body.as_bytes()), (code, Some(field.to_owned())), "{body}");
        }
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        let deep = "[".repeat(10_000);
        for body in
            [&b"{"[..], b"", b"{\"items\":[]} x", b"{\"items\":[]\xff}", b"\xef\xbb\xbf{}", deep.as_bytes()]
        {
            assert_eq!(refusal(body).0, "malformed_json");
        }
    }

    #[test]
    fn only_plain_json_is_taken() {
        let check = |content_type: &'static str, encoding: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
            if let Some(encoding) = encoding {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            must_be_json(&headers).is_ok()
        };
        assert!(check("application/json", None));
        assert!(check("Application/JSON; charset=utf-8", Some("identity")));
        for other in ["text/plain", "application/json-patch+json", "", "application/x-www-form-urlencoded"] {
            assert!(!check(other, None), "{other}");
        }
        assert!(!check("application/json", Some("gzip")));
        assert!(must_be_json(&HeaderMap::new()).is_err());
    }
}
