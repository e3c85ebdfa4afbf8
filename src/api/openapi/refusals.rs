//! Which refusals each operation can give, as responses.
//!
//! Some come of the operation's form: of what it takes, and whether anybody may call it. They are the same
//! for all of that form. The others are its own: its handler's attribute names them.

use super::extension;
use crate::api::problem::{PROBLEM_JSON, codes, meaning_of};
use actix_web::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{AllOfBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Content, HeaderBuilder, HttpMethod, Ref, RefOr, Required, ResponseBuilder};

/// A part of an operation's form: its word in names, and the codes that it brings.
type Part = (&'static str, &'static [&'static str]);

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
const KEY: Part = ("Key", &["idempotency_key_invalid", "idempotency_key_reused", "entry_too_long"]);
const IF_MATCH: Part = ("IfMatch", &["if_match_invalid"]);
const IF_MATCH_REQUIRED: Part = ("Required", &["precondition_required"]);
const TOKEN: Part = (
    "Token",
    &["unauthenticated", "token_invalid", "token_expired", "token_ended", "not_permitted", "actor_disabled"],
);
/// Of who changes something.
const OFTEN: Part = ("Often", &["too_many_requests"]);
const PATH: Part = ("Path", &["route_not_found"]);
/// Every operation refuses parameters that it does not take.
const ANY: Part = ("Any", &["internal", "busy", "unavailable", "invalid_parameter"]);

const PARTS: [Part; 9] = [ANY, CURSOR, BODY, KEY, IF_MATCH, IF_MATCH_REQUIRED, TOKEN, OFTEN, PATH];

/// The codes of refusals, by status.
type Refusals<'c> = BTreeMap<StatusCode, Vec<&'c str>>;

/// Adds every refusal that the operation can give: of some statuses by themselves, and what comes of the form
/// as the answer in any other case.
pub(super) fn add(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let own = own_codes(operation);
    let parts = parts_of(method, path, operation);
    let of_form = parts.iter().flat_map(|(_, codes)| *codes).copied();
    let alone = standing_alone(by_status(of_form.chain(own.iter().map(String::as_str))), &own);

    let responses = &mut operation.responses.responses;
    for (status, codes) in alone {
        responses.insert(status.as_str().to_owned(), RefOr::T(own_response(status, &codes)));
    }
    responses.insert("default".to_owned(), RefOr::T(form_response(&parts)));
}

fn by_status<'c>(codes: impl Iterator<Item = &'c str>) -> Refusals<'c> {
    let mut refusals = Refusals::new();
    for code in codes {
        let listed = refusals.entry(status_of(code)).or_default();
        if !listed.contains(&code) {
            listed.push(code);
        }
    }
    refusals
}

/// The statuses that stand by themselves, each with all its codes: those that have one of the operation's own.
/// Where none of them is the client's fault, another one is: a client is not to take all for faults of the
/// service. Where the path names a thing, that is that there is no such thing.
fn standing_alone<'c>(refusals: Refusals<'c>, own: &[String]) -> Refusals<'c> {
    let is_own = |code: &&str| own.iter().any(|own| own == code);
    let (mut alone, others): (Refusals, Refusals) =
        refusals.into_iter().partition(|(_, codes)| codes.iter().any(is_own));
    if !alone.keys().any(StatusCode::is_client_error) {
        let faults = others.into_iter().filter(|(status, _)| status.is_client_error());
        let first = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        let place = |status| first.iter().position(|first| *first == status).unwrap_or(first.len());
        alone.extend(faults.min_by_key(|(status, _)| place(*status)));
    }
    alone
}

/// What a refusal is called that several operations give: by the form that it comes of, or by the codes that
/// come of no form.
pub(super) fn name_of(place: &RefOr<Response>) -> Option<String> {
    let RefOr::T(response) = place else { return None };
    let shown = serde_json::to_value(response).unwrap_or_default();
    let schema = shown["content"].get(PROBLEM_JSON)?.get("schema")?;
    let Some(codes) = schema.pointer("/allOf/1/properties/code/enum") else {
        let parts = schema["oneOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
        let is_part = |part: &&Part| parts.iter().any(|shown| shown["$ref"] == reference(part).ref_location);
        return Some(PARTS.iter().filter(is_part).map(|(word, _)| *word).collect());
    };
    let codes = codes.as_array()?;
    let codes: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
    let own: Vec<String> = codes.iter().filter(|code| !is_of_form(code)).map(|code| camel(code)).collect();
    let reason = || status_of(codes.first()?).canonical_reason().map(|reason| reason.replace(' ', ""));
    if own.is_empty() { reason() } else { Some(own.join("Or")) }
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

/// The parts of the operation's form.
fn parts_of(method: &HttpMethod, path: &str, operation: &Operation) -> Vec<Part> {
    let parameters = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    });
    let named = |name: &str| parameters.clone().find(|parameter| parameter.name == name);
    let requires = |name: &str| named(name).is_some_and(|parameter| parameter.required == Required::True);
    let parts = [
        (named("cursor").is_some(), CURSOR),
        (*method != HttpMethod::Get, BODY),
        (named("Idempotency-Key").is_some(), KEY),
        (named("If-Match").is_some(), IF_MATCH),
        (requires("If-Match"), IF_MATCH_REQUIRED),
        (operation.security.is_some(), TOKEN),
        (operation.security.is_some() && *method != HttpMethod::Get, OFTEN),
        (path.contains('{'), PATH),
        (true, ANY),
    ];
    parts.into_iter().filter(|(is_taken, _)| *is_taken).map(|(_, part)| part).collect()
}

/// Parameters that name a thing, each with what is answered where who asks may not see such a thing.
const NAMES_A_THING: [(&str, &str); 6] = [
    ("unit", "unit_not_found"),
    ("programme", "programme_not_found"),
    ("activity", "activity_not_found"),
    ("volunteer", "volunteer_not_found"),
    ("record", "record_not_found"),
    ("reward", "reward_not_found"),
];

/// The codes of the operation's own rules, as its handler's attribute names them, and of the things that its query
/// names.
fn own_codes(operation: &mut Operation) -> Vec<String> {
    let named = extension(operation, "x-refusals");
    let named = named.as_ref().and_then(Value::as_array).into_iter().flatten();
    let mut codes: Vec<String> = named.filter_map(Value::as_str).map(str::to_owned).collect();
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(Parameter { name, parameter_in: ParameterIn::Query, .. }) = parameter else { continue };
        let code = NAMES_A_THING.iter().find(|(thing, _)| thing == name).map(|(_, code)| (*code).to_owned());
        codes.extend(code.filter(|code| !codes.contains(code)));
    }
    codes
}

fn status_of(code: &str) -> StatusCode {
    // A code that there is not shows itself as a fault of ours; a test finds it.
    codes()
        .find(|(known, ..)| *known == code)
        .map_or(StatusCode::INTERNAL_SERVER_ERROR, |(_, status, _)| status)
}

/// The refusals that come of a part of a form, for `components`.
pub(super) fn schemas_of_parts() -> impl Iterator<Item = (String, Schema)> {
    PARTS.iter().filter(|part| **part != PATH).map(|(word, codes)| {
        let meaning = |code: &&str| format!("- `{code}`: {}", meaning_of(code));
        let meanings: Vec<String> = codes.iter().map(meaning).collect();
        let schema = narrowed(codes).description(Some(meanings.join("\n"))).build();
        (format!("{word}Refusal"), Schema::AllOf(schema))
    })
}

fn reference((word, _): &Part) -> Ref {
    Ref::from_schema_name(format!("{word}Refusal"))
}

/// A refusal of a status that stands by itself.
fn own_response(status: StatusCode, codes: &[&str]) -> Response {
    response(&description(status, codes), codes, narrowed(codes))
}

/// The refusals that come of a form. Where a path names a thing, 404 stands by itself.
fn form_response(parts: &[Part]) -> Response {
    let parts: Vec<&Part> = parts.iter().filter(|part| **part != PATH).collect();
    let codes: Vec<&str> = parts.iter().flat_map(|(_, codes)| *codes).copied().collect();
    let mut references = parts.into_iter().map(reference);
    let schema: RefOr<Schema> = match (references.next(), references.len()) {
        (Some(only), 0) => only.into(),
        (first, _) => {
            first.into_iter().chain(references).fold(OneOfBuilder::new(), OneOfBuilder::item).into()
        }
    };
    response(
        "Refused because of the form of the request, the caller, or a failure of the service",
        &codes,
        schema,
    )
}

/// A problem with one of the codes.
fn narrowed(codes: &[&str]) -> AllOfBuilder {
    // Without types: they are those of the problem that is narrowed here.
    let of_any_type = || ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let narrowed = of_any_type().property("code", of_any_type().enum_values(Some(codes.to_vec())));
    AllOfBuilder::new().item(Ref::from_schema_name("Problem")).item(narrowed)
}

fn response(description: &str, of_codes: &[&str], schema: impl Into<RefOr<Schema>>) -> Response {
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
