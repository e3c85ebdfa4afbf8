//! Whether an answer is as the specification describes it, judged by a validator that we did not write.

use super::operations::specification;
use boon::{Compiler, SchemaIndex, Schemas};
use hourbook::domain::Event;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the specification is called where the validator refers to it.
const NAME: &str = "file:///openapi.json";

/// The schemas of all answers in JSON, each by its pointer into the specification.
struct Judge {
    schemas: Schemas,
    known: BTreeMap<String, SchemaIndex>,
}

static JUDGE: LazyLock<Judge> = LazyLock::new(Judge::new);

/// Demands that JSON is as the schema at the pointer describes it.
#[track_caller]
pub fn assert_fits(pointer: &str, json: &Value, about: &str) {
    let schema = JUDGE.known.get(pointer).unwrap_or_else(|| panic!("{about}: no schema at {pointer}"));
    if let Err(error) = JUDGE.schemas.validate(json, *schema) {
        panic!("{about}: {error:#}\n{json}");
    }
}

impl Judge {
    fn new() -> Self {
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource(NAME, specification().clone()).unwrap();
        let mut schemas = Schemas::new();
        let mut known = BTreeMap::new();
        for pointer in pointers() {
            let location = format!("{NAME}#{pointer}");
            let schema = compiler.compile(&location, &mut schemas);
            let schema = schema.unwrap_or_else(|error| panic!("{pointer}: {error:#}"));
            known.insert(pointer, schema);
        }
        Self { schemas, known }
    }
}

/// Where the schemas of answers stand.
fn pointers() -> Vec<String> {
    let mut found = Vec::new();
    for (path, item) in specification()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap() {
                found.extend(within(
                    &format!("/paths/{}/{method}/responses/{status}", escaped(path)),
                    response,
                ));
            }
        }
    }
    for (name, response) in specification()["components"]["responses"].as_object().unwrap() {
        found.extend(within(&format!("/components/responses/{name}"), response));
    }
    found.extend(Event::kinds().map(|kind| format!("/components/schemas/{kind}")));
    found
}

/// Where the schemas of a response in JSON stand.
fn within(place: &str, response: &Value) -> Vec<String> {
    let content = response["content"].as_object().into_iter().flatten();
    let json = content.filter(|(media_type, _)| media_type.contains("json"));
    json.map(|(media_type, _)| format!("{place}/content/{}/schema", escaped(media_type))).collect()
}

fn escaped(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}
