//! Which refusals each operation can give, as responses.
//!
//! Some come of the operation's form: of what it takes, and whether anybody may call it. They are the same
//! for all of that form. The others are its own: its handler's attribute names them.

use super::extension;
use crate::api::problem::{PROBLEM_JSON, codes, meaning_of};
use actix_web::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Content, HeaderBuilder, HttpMethod, Ref, RefOr, Required, ResponseBuilder};

/// A part of an operation's form: its word in the form's name, and the codes that it brings.
type Part = (&'static str, &'static [&'static str]);

const QUERY: Part = ("Query", &["invalid_parameter"]);
const CURSOR: Part = ("Page", &["invalid_cursor"]);
const BODY: Part = (
    "Body",
    &[
        "malformed_json",
        "body_unreadable",
        "body_too_large",
        "unsupported_media_type",
        "unknown_field",
        "missing_field",
        "invalid_field",
    ],
);
const KEY: Part = ("Key", &["idempotency_key_invalid", "idempotency_key_reused"]);
const IF_MATCH: Part = ("IfMatch", &["if_match_invalid"]);
const IF_MATCH_REQUIRED: Part = ("Required", &["precondition_required"]);
const TOKEN: Part =
    ("Token", &["unauthenticated", "token_invalid", "token_expired", "not_permitted", "actor_disabled"]);
const PATH: Part = ("Path", &["route_not_found"]);
const ANY: Part = ("", &["internal", "busy", "unavailable"]);

const PARTS: [Part; 9] = [QUERY, CURSOR, BODY, KEY, IF_MATCH, IF_MATCH_REQUIRED, TOKEN, PATH, ANY];

/// Adds every refusal that the operation can give.
///
/// A status that has a code of the operation's own stands by itself. All others come of the form and stand
/// together, as the answer in any other case. But 403 stands by itself too, and so does another of the
/// client's faults where there would be none: a client is not to take them for faults of the service.
pub(super) fn add(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let own = own_codes(operation);
    let mut refusals: BTreeMap<StatusCode, Vec<&str>> = BTreeMap::new();
    for code in codes_of_form(method, path, operation).into_iter().chain(own.iter().map(String::as_str)) {
        let listed = refusals.entry(status_of(code)).or_default();
        if !listed.contains(&code) {
            listed.push(code);
        }
    }
    let mut shown: Vec<StatusCode> = refusals.keys().copied().collect();
    let is_own = |codes: &[&str]| codes.iter().any(|code| own.iter().any(|own| own == code));
    shown.retain(|status| *status == StatusCode::FORBIDDEN || is_own(&refusals[status]));
    if !shown.iter().any(StatusCode::is_client_error) {
        shown.extend(refusals.keys().copied().find(StatusCode::is_client_error));
    }

    let responses = &mut operation.responses.responses;
    for status in &shown {
        let codes = refusals.remove(status).unwrap_or_default();
        responses
            .insert(status.as_str().to_owned(), RefOr::T(response(&description(*status, &codes), &codes)));
    }
    if !shown.iter().any(StatusCode::is_client_error) {
        responses.insert("400".to_owned(), RefOr::T(no_http()));
    }
    let general: Vec<&str> = refusals.into_values().flatten().collect();
    responses.insert("default".to_owned(), RefOr::T(response(GENERAL, &general)));
}

/// What is said of the refusals that come of an operation's form.
const GENERAL: &str = "Refused because of the form of the request, the caller, or a failure of the service; see the introduction";

/// What a refusal is called that several operations give: by the form that it comes of, or by the codes that
/// come of no form.
pub(super) fn name_of(place: &RefOr<Response>) -> Option<String> {
    let RefOr::T(response) = place else { return None };
    if *response == no_http() {
        return Some("NoHttp".to_owned());
    }
    let codes = codes_in(response);
    let has_any = |(_, part): &&Part| part.iter().any(|code| codes.iter().any(|listed| listed == code));
    if response.description == GENERAL {
        return Some(PARTS.iter().filter(has_any).fold("Any".to_owned(), |name, (word, _)| name + word));
    }
    let status = status_of(codes.first()?);
    let own: Vec<String> = codes.iter().filter(|code| !is_of_form(code)).map(|code| camel(code)).collect();
    let reason = || status.canonical_reason().unwrap_or_default().replace(' ', "");
    Some(if own.is_empty() { reason() } else { own.join("Or") })
}

/// Whether the code comes of a form, and so is the same for many operations.
fn is_of_form(code: &str) -> bool {
    PARTS.iter().any(|(_, codes)| codes.contains(&code))
}

/// `record_not_found` as `RecordNotFound`.
fn camel(code: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    code.split('_').map(word).collect()
}

/// What the codes mean that come of a form, for all operations at once.
pub(super) fn meanings_of_forms() -> String {
    let codes = PARTS.iter().flat_map(|(_, codes)| *codes);
    codes.map(|code| format!("- `{code}`: {}", meaning_of(code))).collect::<Vec<_>>().join("\n")
}

/// The codes that follow from the operation's form.
fn codes_of_form(method: &HttpMethod, path: &str, operation: &Operation) -> Vec<&'static str> {
    let parameters = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    });
    let has = |place: ParameterIn| parameters.clone().any(|parameter| parameter.parameter_in == place);
    let named = |name: &str| parameters.clone().find(|parameter| parameter.name == name);
    let requires = |name: &str| named(name).is_some_and(|parameter| parameter.required == Required::True);
    let parts = [
        (has(ParameterIn::Query), QUERY),
        (named("cursor").is_some(), CURSOR),
        (*method != HttpMethod::Get, BODY),
        (named("Idempotency-Key").is_some(), KEY),
        (named("If-Match").is_some(), IF_MATCH),
        (requires("If-Match"), IF_MATCH_REQUIRED),
        (operation.security.is_some(), TOKEN),
        (path.contains('{'), PATH),
        (true, ANY),
    ];
    let taken = parts.into_iter().filter(|(is_taken, _)| *is_taken);
    taken.flat_map(|(_, (_, codes))| codes).copied().collect()
}

/// The codes of the operation's own rules, as its handler's attribute names them.
fn own_codes(operation: &mut Operation) -> Vec<String> {
    let named = extension(operation, "x-refusals");
    let named = named.as_ref().and_then(Value::as_array).into_iter().flatten();
    named.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn status_of(code: &str) -> StatusCode {
    // A code that there is not shows itself as a fault of ours; a test finds it.
    codes()
        .find(|(known, ..)| *known == code)
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, |(_, status, _)| status)
}

/// A refusal with one of the codes.
fn response(description: &str, of_codes: &[&str]) -> Response {
    // Without types: they are those of the problem that is narrowed here.
    let of_any_type = || ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let narrowed = of_any_type().property("code", of_any_type().enum_values(Some(of_codes.to_vec())));
    let schema = AllOfBuilder::new().item(Ref::from_schema_name("Problem")).item(narrowed);
    let mut response =
        ResponseBuilder::new().description(description).content(PROBLEM_JSON, Content::new(Some(schema)));
    for (status, header, what) in [
        (StatusCode::UNAUTHORIZED, "WWW-Authenticate", "How to authenticate"),
        (StatusCode::TOO_MANY_REQUESTS, "Retry-After", "Seconds after which to try again"),
        (StatusCode::SERVICE_UNAVAILABLE, "Retry-After", "Seconds after which to try again"),
    ] {
        if of_codes.iter().any(|code| status_of(code) == status) {
            let text = ObjectBuilder::new().schema_type(Type::String);
            response = response
                .header(header, HeaderBuilder::new().schema(Some(text)).description(Some(what)).build());
        }
    }
    response.build()
}

/// What is said of a refusal: what its code means, or what its status is called where several codes have it.
/// What each means is its title, in docs/CODES.md and in every refusal.
fn description(status: StatusCode, of_codes: &[&str]) -> String {
    let own: Vec<&str> = of_codes.iter().copied().filter(|code| !is_of_form(code)).collect();
    match own.as_slice() {
        [code] => meaning_of(code).to_owned(),
        _ => status.canonical_reason().unwrap_or_default().to_owned(),
    }
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
    let description = "The request is not valid HTTP. This answer has no body, and the connection is closed.";
    ResponseBuilder::new().description(description).build()
}
