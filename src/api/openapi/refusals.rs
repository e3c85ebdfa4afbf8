//! Which refusals each operation can give, as responses.

use super::extension;
use crate::api::problem::{PROBLEM_JSON, codes};
use actix_web::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Components, Content, HeaderBuilder, HttpMethod, Ref, RefOr, ResponseBuilder};

/// Refusals that come to every operation of a kind, and so are described once.
const SHARED: [(&str, &[&str]); 7] = [
    ("Unauthenticated", &["unauthenticated", "token_invalid", "token_expired"]),
    ("NotAcceptable", &["not_acceptable"]),
    ("BodyTooLarge", &["body_too_large"]),
    ("UnsupportedMediaType", &["unsupported_media_type"]),
    ("PreconditionRequired", &["precondition_required"]),
    ("Internal", &["internal"]),
    ("Unavailable", &["busy", "unavailable"]),
];

/// Describes what is described once.
pub(super) fn with_shared_responses(mut components: Components) -> Components {
    for (name, codes) in SHARED {
        components.responses.insert(name.to_owned(), RefOr::T(response(codes)));
    }
    components
}

/// Adds every refusal that the operation can give.
pub(super) fn add(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let mut refusals: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes_of(method, path, operation) {
        let listed = refusals.entry(status_of(&code).as_u16()).or_default();
        if !listed.contains(&code) {
            listed.push(code);
        }
    }
    for (status, codes) in refusals {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let shared = SHARED.iter().find(|(_, shared)| *shared == codes);
        let response = match shared {
            Some((name, _)) => RefOr::Ref(Ref::from_response_name(*name)),
            None => RefOr::T(response(&codes)),
        };
        operation.responses.responses.insert(status.to_string(), response);
    }
}

/// The codes that follow from the operation's form, and those of its rules.
fn codes_of(method: &HttpMethod, path: &str, operation: &mut Operation) -> Vec<String> {
    let has = |place: &ParameterIn, name: Option<&str>| {
        let parameters = operation.parameters.iter().flatten();
        parameters
            .filter_map(|parameter| match parameter {
                RefOr::T(parameter) => Some(parameter),
                RefOr::Ref(_) => None,
            })
            .any(|parameter| {
                parameter.parameter_in == *place && name.is_none_or(|name| parameter.name == name)
            })
    };
    let has_query = has(&ParameterIn::Query, None);
    let has_cursor = has(&ParameterIn::Query, Some("cursor"));
    let has_key = has(&ParameterIn::Header, Some("Idempotency-Key"));
    let has_if_match = has(&ParameterIn::Header, Some("If-Match"));
    let takes_body = !matches!(method, HttpMethod::Get);
    let is_guarded = operation.security.is_some();

    let mut codes: Vec<&str> = Vec::new();
    if has_query {
        codes.push("invalid_parameter");
    }
    if has_cursor {
        codes.push("invalid_cursor");
    }
    if takes_body {
        codes.extend(["malformed_json", "body_unreadable", "body_too_large", "unsupported_media_type"]);
        codes.extend(["unknown_field", "missing_field", "invalid_field"]);
    }
    if has_key {
        codes.extend(["idempotency_key_invalid", "idempotency_key_reused"]);
    }
    if has_if_match {
        codes.push("if_match_invalid");
    }
    if is_required(operation, "If-Match") {
        codes.push("precondition_required");
    }
    if is_guarded {
        codes.extend([
            "unauthenticated",
            "token_invalid",
            "token_expired",
            "not_permitted",
            "actor_disabled",
        ]);
    }
    if path.contains('{') {
        codes.push("route_not_found");
    }
    codes.extend(["internal", "busy", "unavailable"]);

    let of_rules = extension(operation, "x-refusals");
    let of_rules = of_rules.as_ref().and_then(Value::as_array).into_iter().flatten();
    codes.into_iter().chain(of_rules.filter_map(Value::as_str)).map(str::to_owned).collect()
}

fn is_required(operation: &Operation, header: &str) -> bool {
    operation.parameters.iter().flatten().any(|parameter| match parameter {
        RefOr::T(parameter) => {
            parameter.name == header && parameter.required == utoipa::openapi::Required::True
        }
        RefOr::Ref(_) => false,
    })
}

fn status_of(code: &str) -> StatusCode {
    // A code that there is not shows itself as a fault of ours; a test finds it.
    codes()
        .find(|(known, ..)| *known == code)
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, |(_, status, _)| status)
}

/// One status with its codes.
fn response(of_codes: &[&str]) -> Response {
    let lines: Vec<String> = codes()
        .filter(|(code, ..)| of_codes.contains(code))
        .map(|(code, _, meaning)| format!("- `{code}`: {meaning}"))
        .collect();
    let narrowed = ObjectBuilder::new().property(
        "code",
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(of_codes.to_vec())),
    );
    let schema = AllOfBuilder::new().item(Ref::from_schema_name("Problem")).item(narrowed);
    let mut content = Content::new(Some(schema));
    content.example = of_codes.first().map(|code| example(code));
    let mut response = ResponseBuilder::new().description(lines.join("\n")).content(PROBLEM_JSON, content);
    for (status, header, what) in [
        (StatusCode::UNAUTHORIZED, "WWW-Authenticate", "How to authenticate"),
        (StatusCode::TOO_MANY_REQUESTS, "Retry-After", "Seconds after which to come back"),
        (StatusCode::SERVICE_UNAVAILABLE, "Retry-After", "Seconds after which to come back"),
    ] {
        if of_codes.iter().any(|code| status_of(code) == status) {
            let text = ObjectBuilder::new().schema_type(Type::String);
            response = response
                .header(header, HeaderBuilder::new().schema(Some(text)).description(Some(what)).build());
        }
    }
    response.build()
}

fn example(code: &str) -> Value {
    let meaning = codes().find(|(known, ..)| *known == code).map(|(_, _, meaning)| meaning);
    json!({
        "type": format!("urn:hourbook:problem:{code}"),
        "title": meaning,
        "status": status_of(code).as_u16(),
        "code": code,
        "detail": meaning,
    })
}
