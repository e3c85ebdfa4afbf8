//! The specification, OpenAPI 3.1, made from the handlers themselves.
//!
//! A handler's attribute says what is its own: its body, its answer, who may call, and in
//! `x-refusals` which rules can refuse it. What follows from those is added here: the headers, the
//! edge's own refusals, and every status with its codes and problem.

mod answers;
mod describe;
mod example;
mod refusals;
mod shared;

use super::extract::Format;
use super::page::Cursor;
use super::problem::Problem;
use super::routing::describe;
use super::totals::Grouping;
use super::wire::VolunteerNumber;
use crate::api::language::Language;
use crate::domain::as_of::AsOf;
use crate::domain::export::ExportFormat;
use serde_json::{Value, json};
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, Deprecated, HeaderBuilder, HttpMethod, InfoBuilder, LicenseBuilder,
    OpenApi, OpenApiBuilder, PathItem, RefOr, Required, Server,
};

/// The whole specification.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut api = frame();
    describe(&mut api, super::routes);
    shared::refer_to_held(&mut api);
    let paths = std::mem::take(&mut api.paths.paths);
    for (path, mut item) in paths {
        for (method, operation) in operations(&mut item) {
            complete(&method, &path, operation);
        }
        api.paths.paths.insert(path, item);
    }
    describe::merge_descriptions(&mut api);
    answers::require_what_is_always_sent(&mut api);
    example::give_ids(&mut api);
    shared::share(&mut api);
    api
}

/// All operations, in the order of their paths.
fn each_operation(api: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    api.paths.paths.values_mut().flat_map(|item| operations(item).into_iter().map(|(_, operation)| operation))
}

/// The methods that a path takes, each with its operation.
pub fn operations(item: &mut PathItem) -> Vec<(HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, item.get.as_mut()),
        (HttpMethod::Post, item.post.as_mut()),
        (HttpMethod::Put, item.put.as_mut()),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
    .collect()
}

/// A method's name in a request line.
#[must_use]
pub const fn name_of(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
        _ => "GET",
    }
}

/// Everything that belongs to no operation.
fn frame() -> OpenApi {
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some(
            "An access token of this service. The names beside each operation are the roles that may call it; all four where there are none.",
        ))
        .build();
    let components = ComponentsBuilder::new()
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .schema_from::<Problem>()
        .schemas_from_iter(refusals::schemas_of_parts())
        // These stand in parameters only, where they are not collected from.
        .schema_from::<Grouping>()
        .schema_from::<Format>()
        .schema_from::<ExportFormat>()
        .schema_from::<Language>()
        .schema_from::<VolunteerNumber>()
        .schema_from::<Cursor>()
        .schema_from::<AsOf>()
        .build();
    let license = LicenseBuilder::new()
        .name(env!("CARGO_PKG_LICENSE"))
        .identifier(Some(env!("CARGO_PKG_LICENSE")))
        .build();
    let info = InfoBuilder::new()
        .title("Hourbook")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(INTRODUCTION))
        .contact(Some(ContactBuilder::new().name(Some("The operator of this service")).build()))
        .license(Some(license))
        .build();
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .components(Some(components))
        .security(Some(usual_callers()))
        .tags(Some(
            TAGS.iter().map(|(name, what)| TagBuilder::new().name(*name).description(Some(*what)).build()),
        ))
        .build()
}

/// Who may call what says nothing else: everybody with a token.
fn usual_callers() -> Vec<SecurityRequirement> {
    vec![SecurityRequirement::new("bearer", ["volunteer", "coordinator", "auditor", "admin"])]
}

const INTRODUCTION: &str = "\
The ledger of volunteer service: who is a volunteer, how many minutes they served, where, for which unit and on \
what evidence; what points those minutes earned; what the points were spent on.

**Refusals** are `application/problem+json` with a stable `code`. The cause of a 4xx can be corrected by the \
caller, that of a 5xx cannot.

**Repeating a POST** is safe with an `Idempotency-Key`: the same key with the same request always gets the first \
answer again, as long as who asks may still do what was asked.

**A coordinator** of a unit acts for this unit and all units under it; an admin may do whatever a coordinator may.

**Changing** a thing that others may change too needs `If-Match` with the `ETag` that was read.

**Lists** come in pages: `next` is the `cursor` of the next page.

**In every other case** (`default`) an operation refuses because of what it takes (a body, a token, a cursor), not \
by its own rules: see `BodyRefusal`, `TokenRefusal` and the like.";

const TAGS: &[(&str, &str)] = &[
    ("units", "单位: the tree of units, and how many people each has"),
    ("volunteers", "志愿者: registration, account and statement"),
    ("applications", "注册申请: who is signed in and known to nobody asks to be registered"),
    ("programmes", "项目: a unit's lasting service projects"),
    ("activities", "活动: dated occasions of a programme"),
    ("service-records", "服务记录: submitted, credited or rejected; credited ones can be voided"),
    ("due", "What has to be entered or decided next, and by when"),
    ("notices", "公示: records that are shown before they may be credited, and for how long"),
    ("positions", "岗位: the kinds of place in an activity, with their conditions"),
    ("enrolments", "报名: places in positions, waits for one, and absences"),
    ("attendance", "签到签退: who came and went, as the service itself saw it"),
    ("objections", "异议: doubts of records on notice"),
    ("corrections", "更正: records that a volunteer finds missing or wrong"),
    ("calendar", "工作日历: holidays and moved working days"),
    ("transfers", "关系转接: a volunteer moves from one unit to another"),
    ("points-policies", "积分规则: what credited service earns"),
    ("rewards", "礼品: stocked items that points are redeemed for"),
    ("redemptions", "兑换: points held, then fulfilled (核销) or released"),
    ("certificates", "志愿服务记录证明: issued, given as JSON, PDF and badge, looked up by anybody"),
    ("totals", "统计: minutes and points, as of any recorded time"),
    ("stars", "星级: versions of the scheme, and each volunteer's star"),
    ("assessments", "量化考核: schemes of indicators, and units judged and ranked by them"),
    ("pledges", "承诺践诺: what volunteers promise, and the records that keep it"),
    ("model-posts", "示范岗: titles that units award to themselves and to their volunteers"),
    ("trainings", "培训: courses that volunteers took, apart from service"),
    ("honours", "表彰: what volunteers were commended for"),
    ("ratings", "评价: how activities were, and how volunteers served there"),
    ("messages", "消息: what volunteers are told"),
    ("exports", "导出: data taken out as a file: CSV, NDJSON or XLSX"),
    ("findings", "异常线索: credited service that looks wrong, for auditors"),
    ("journal", "The ledger's entries and postings, in order"),
    ("operators", "操作员: who may act for which unit"),
    ("auth", "Logging in, and the public keys of access tokens"),
    ("service", "For operations: health and metrics"),
];

/// Adds what follows from the operation's own part.
fn complete(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let is_keyless = extension(operation, "x-keyless").is_some();
    let takes_key = matches!(method, HttpMethod::Post) && operation.security.is_some() && !is_keyless;
    let deprecated = extension(operation, "x-deprecated");
    let if_match = extension(operation, "x-if-match");
    let if_match = if_match.as_ref().and_then(Value::as_str);
    let parameters = operation.parameters.get_or_insert_default();
    for parameter in parameters.iter_mut() {
        let RefOr::T(parameter) = parameter else { continue };
        let names = deprecated.as_ref().and_then(Value::as_array).into_iter().flatten();
        if names.into_iter().any(|name| *name == parameter.name) {
            parameter.deprecated = Some(Deprecated::True);
        }
    }
    if takes_key {
        parameters.push(RefOr::T(idempotency_key()));
    }
    if let Some(need) = if_match {
        parameters.push(RefOr::T(if_match_header(need == "required")));
    }
    refusals::add(method, path, operation);
    // Who may call is said where it is not everybody with a token; an empty list lets in everybody else too.
    if operation.security.as_ref() == Some(&usual_callers()) {
        operation.security = None;
    } else {
        operation.security.get_or_insert_default();
    }
    if let Some(RefOr::T(created)) = operation.responses.responses.get_mut("201") {
        let location = HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        let location = location.description(Some("The address of the new thing")).build();
        created.headers.insert("Location".to_owned(), RefOr::T(location));
    }
}

/// Takes out what a handler's attribute says to this file only.
fn extension(operation: &mut Operation, name: &str) -> Option<Value> {
    let extensions = operation.extensions.as_mut()?;
    let value = extensions.remove(name);
    if extensions.is_empty() {
        operation.extensions = None;
    }
    value
}

fn idempotency_key() -> Parameter {
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A key that the caller chooses for this request, which makes it safe to repeat: the same key with the \
             same request gets the first answer again.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(super::extract::body::IDEMPOTENCY_KEY_CHARS_MAX))
                .pattern(Some("^[!-~]+$"))
                .examples([json!("8f14e45f-ceea-467f-9af0-6d1f1d6f1c2e")]),
        ))
        .build()
}

fn if_match_header(required: bool) -> Parameter {
    ParameterBuilder::new()
        .name("If-Match")
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some("The `ETag` that was read, or `*` for any version"))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(r#"^(\*|"[1-9][0-9]{0,17}")$"#))
                .examples([json!("\"4711\"")]),
        ))
        .build()
}

#[cfg(test)]
mod tests;
