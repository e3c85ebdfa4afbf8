//! The specification is whole: nothing dangles, and every code is one that there is.

use super::*;
use crate::api::problem::codes;
use crate::domain::Rejection;
use std::collections::BTreeSet;

fn spec() -> Value {
    serde_json::to_value(openapi()).unwrap()
}

fn each_operation(spec: &Value) -> Vec<(String, &Value)> {
    let paths = spec["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            item.as_object()
                .unwrap()
                .iter()
                .map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect()
}

/// What a reference leads to; whatever is none, leads to itself.
fn resolved<'v>(spec: &'v Value, value: &'v Value) -> &'v Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.map_or(value, |pointer| spec.pointer(pointer).unwrap())
}

fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name == "$ref" => found.push(text),
                    _ => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let spec = spec();
    let mut found = Vec::new();
    references(&spec, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(spec.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn a_description_stands_with_its_schema() {
    let spec = spec();
    let staff = &spec["components"]["schemas"]["NewHeadcount"]["properties"]["staff"];
    assert_eq!(staff["type"], "integer", "{staff}");
    assert_eq!((&staff["minimum"], &staff["maximum"]), (&json!(0), &json!(1_000_000)), "{staff}");
    assert_eq!(staff["description"], "People who work there.", "{staff}");
}

#[test]
fn every_operation_says_what_it_is() {
    let spec = spec();
    let mut ids = BTreeSet::new();
    for (name, operation) in each_operation(&spec) {
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{name}: its id is not unique");
        assert!(operation["summary"].is_string(), "{name} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{name}");
        assert!(operation.get("x-refusals").is_none() && operation.get("x-if-match").is_none(), "{name}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.contains_key("200") || responses.contains_key("201") || responses.contains_key("204"),
            "{name}"
        );
    }
    assert!(ids.len() > 20);
}

#[test]
fn every_request_body_is_strict_and_has_an_example() {
    let spec = spec();
    for (name, operation) in each_operation(&spec) {
        let Some(body) = operation.get("requestBody") else { continue };
        let content = &body["content"]["application/json"];
        let mut schema = content["schema"].clone();
        if let Some(alternatives) = schema.get("oneOf").and_then(Value::as_array) {
            schema = alternatives.iter().find(|item| item.get("$ref").is_some()).unwrap().clone();
        }
        let pointer = schema["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
        let schema = spec.pointer(pointer).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{name}");
        assert!(schema["example"].is_object(), "{name}: {schema}");
    }
}

#[test]
fn every_code_in_the_specification_exists_and_every_rule_can_be_met() {
    let known: BTreeSet<&str> = codes().map(|(code, ..)| code).collect();
    let spec = spec();
    let mut met = BTreeSet::new();
    for (name, operation) in each_operation(&spec) {
        for response in operation["responses"].as_object().unwrap().values() {
            let schema = &resolved(&spec, response)["content"]["application/problem+json"]["schema"];
            let parts = schema["oneOf"].as_array().into_iter().flatten().map(|part| resolved(&spec, part));
            for schema in std::iter::once(resolved(&spec, schema)).chain(parts) {
                let listed = schema.pointer("/allOf/1/properties/code/enum").and_then(Value::as_array);
                for code in listed.into_iter().flatten() {
                    let code = code.as_str().unwrap();
                    assert!(known.contains(code), "{name}: there is no code {code}");
                    met.insert(code.to_owned());
                }
            }
        }
    }
    // What only the service itself asks of the rules, never a client.
    let inward =
        ["nothing_due", "lot_not_found", "nobody_to_promote", "offer_not_over", "attendance_not_over"];
    for code in Rejection::codes().map(|refusal| refusal.code) {
        assert!(met.contains(code) || inward.contains(&code), "no operation is said to refuse with {code}");
    }
}

/// Every schema there is, also within others, with the way to it.
fn each_schema<'v>(value: &'v Value, way: &str, found: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Object(members) => {
            if members.contains_key("type") {
                found.push((way.to_owned(), value));
            }
            members.iter().for_each(|(name, member)| each_schema(member, &format!("{way}/{name}"), found));
        }
        Value::Array(items) => items.iter().for_each(|item| each_schema(item, way, found)),
        _ => {}
    }
}

fn takes(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
}

#[test]
fn every_whole_number_has_bounds() {
    let spec = spec();
    let mut schemas = Vec::new();
    each_schema(&spec, "", &mut schemas);
    let mut integers = 0;
    for (way, schema) in schemas.iter().filter(|(_, schema)| takes(schema, "integer")) {
        assert!(schema["minimum"].is_i64() && schema["maximum"].is_i64(), "{way}: {schema}");
        integers += 1;
    }
    assert!(integers > 30, "only {integers} whole numbers seen");
}

#[test]
fn what_can_be_null_in_an_answer_is_always_there() {
    let mut api = openapi();
    let answered = answers::schemas_of_answers(&api);
    let schemas = &mut api.components.as_mut().unwrap().schemas;
    let mut always_there = 0;
    for (name, schema) in schemas.iter().filter(|(name, _)| answered.contains(*name)) {
        let schema = serde_json::to_value(schema).unwrap();
        let parts = std::iter::once(&schema).chain(schema["allOf"].as_array().into_iter().flatten());
        for part in parts {
            let members = part["properties"].as_object().into_iter().flatten();
            for (member, _) in members.filter(|(_, member)| can_be_null(member)) {
                let required = part["required"].as_array().unwrap();
                assert!(required.contains(&json!(member)), "{name}: {member}");
                always_there += 1;
            }
        }
    }
    assert!(always_there > 50, "only {always_there} members seen");
}

fn can_be_null(member: &Value) -> bool {
    takes(member, "null") || member["oneOf"].as_array().is_some_and(|items| items.iter().any(can_be_null))
}
