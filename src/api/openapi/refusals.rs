//! Which refusals each operation can give, as responses.

use super::extension;
use crate::api::problem::{PROBLEM_JSON, codes};
use crate::domain::Rejection;
use actix_web::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Content, HeaderBuilder, HttpMethod, Ref, RefOr, ResponseBuilder};

/// Codes that come together, and what they are called as one.
const SETS: [(&str, &[&str]); 6] = [
    ("Malformed", &["malformed_json", "body_unreadable"]),
    ("Unauthenticated", &["unauthenticated", "token_invalid", "token_expired"]),
    ("Forbidden", &["not_permitted", "actor_disabled"]),
    ("Unprocessable", &["unknown_field", "missing_field", "invalid_field", "idempotency_key_reused"]),
    ("Invalid", &["unknown_field", "missing_field", "invalid_field"]),
    ("Unavailable", &["busy", "unavailable"]),
];

/// Adds every refusal that the operation can give.
pub(super) fn add(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let mut refusals: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes_of(method, path, operation) {
        let listed = refusals.entry(status_of(&code).as_u16()).or_default();
        if !listed.contains(&code) {
            listed.push(code);
        }
    }
    if !refusals.keys().any(|status| (400..500).contains(status)) {
        operation.responses.responses.insert("400".to_owned(), RefOr::T(no_http()));
    }
    for (status, codes) in refusals {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        operation.responses.responses.insert(status.to_string(), RefOr::T(response(&codes)));
    }
}

/// What a refusal is called that several operations give: by its codes.
pub(super) fn name_of(place: &RefOr<Response>) -> Option<String> {
    let RefOr::T(response) = place else { return None };
    if *response == no_http() {
        return Some("NoHttp".to_owned());
    }
    let mut codes = codes_in(response);
    let mut names = Vec::new();
    for (name, set) in SETS {
        if set.iter().all(|code| codes.iter().any(|listed| listed == code)) {
            names.push(name.to_owned());
            codes.retain(|code| !set.contains(&code.as_str()));
        }
    }
    names.extend(codes.iter().map(|code| camel(code)));
    (!names.is_empty()).then(|| names.join("Or"))
}

/// `record_not_found` as `RecordNotFound`.
fn camel(code: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    code.split('_').map(word).collect()
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
    let narrowed = ObjectBuilder::new().property(
        "code",
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(of_codes.to_vec())),
    );
    let schema = AllOfBuilder::new().item(Ref::from_schema_name("Problem")).item(narrowed);
    let mut response = ResponseBuilder::new()
        .description(meanings(of_codes))
        .content(PROBLEM_JSON, Content::new(Some(schema)));
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

/// What the codes mean: those of rules where there are such, for the edge's own are the same everywhere.
fn meanings(of_codes: &[&str]) -> String {
    let is_of_rule = |code: &str| Rejection::codes().any(|refusal| refusal.code == code);
    let has_rule = of_codes.iter().any(|code| is_of_rule(code));
    let told = codes().filter(|(code, ..)| of_codes.contains(code) && (!has_rule || is_of_rule(code)));
    told.map(|(code, _, meaning)| format!("- `{code}`: {meaning}")).collect::<Vec<_>>().join("\n")
}

/// The codes that a response lists.
fn codes_in(response: &Response) -> Vec<String> {
    let response = serde_json::to_value(response).unwrap_or_default();
    let listed = "/content/application~1problem+json/schema/allOf/1/properties/code/enum";
    let listed = response.pointer(listed).and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The only refusal there is where nothing can be refused that is a request at all.
fn no_http() -> Response {
    let description = "What came is no HTTP. This answer has no body, and ends the connection.";
    ResponseBuilder::new().description(description).build()
}
