//! What an answer always has.
//!
//! The derivation takes what can be null for what can be missing, and in requests it can be either. In
//! answers a member is left out where there is nothing, and then it is never null, or it is always there.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::openapi::schema::{ArrayItems, Object, Schema, SchemaType, Type};
use utoipa::openapi::{OpenApi, RefOr};

/// Requires each member of an answer that can be null.
pub(super) fn require_what_is_always_sent(api: &mut OpenApi) {
    let answered = schemas_of_answers(api);
    let Some(components) = &mut api.components else { return };
    for (_, schema) in components.schemas.iter_mut().filter(|(name, _)| answered.contains(*name)) {
        require_in(schema);
    }
}

fn require_in(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            require(object);
            object.properties.values_mut().for_each(require_in);
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(require_in),
        RefOr::T(Schema::OneOf(one)) => one.items.iter_mut().for_each(require_in),
        RefOr::T(Schema::Array(array)) => {
            if let ArrayItems::RefOrSchema(item) = &mut array.items {
                require_in(item);
            }
        }
        _ => {}
    }
}

fn require(object: &mut Object) {
    let is_required = |name: &String| object.required.contains(name);
    let members = object.properties.iter().filter(|(name, member)| is_required(name) || can_be_null(member));
    object.required = members.map(|(name, _)| name.clone()).collect();
}

fn can_be_null(member: &RefOr<Schema>) -> bool {
    let takes_null = |kind: &SchemaType| match kind {
        SchemaType::Type(kind) => *kind == Type::Null,
        SchemaType::Array(kinds) => kinds.contains(&Type::Null),
        SchemaType::AnyValue => false,
    };
    match member {
        RefOr::T(Schema::Object(object)) => takes_null(&object.schema_type),
        RefOr::T(Schema::Array(array)) => takes_null(&array.schema_type),
        RefOr::T(Schema::OneOf(one)) => one.items.iter().any(can_be_null),
        _ => false,
    }
}

/// The names of all schemas that an answer is made of, down to the last.
pub(super) fn schemas_of_answers(api: &OpenApi) -> BTreeSet<String> {
    let schemas = api.components.iter().flat_map(|components| &components.schemas);
    let schemas: BTreeMap<&String, Value> =
        schemas.map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default())).collect();
    let answers = api.paths.paths.values().map(|item| {
        let operations = [&item.get, &item.post, &item.put].into_iter().flatten();
        operations.map(|operation| serde_json::to_value(&operation.responses).unwrap_or_default()).collect()
    });
    let mut known = BTreeSet::new();
    let mut open: Vec<Value> = answers.collect();
    while let Some(value) = open.pop() {
        for name in names_in(&value) {
            if known.insert(name.to_owned()) {
                open.extend(schemas.get(&name.to_owned()).cloned());
            }
        }
    }
    known
}

/// The names of the schemas that something refers to.
fn names_in(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|reference| reference.strip_prefix("#/components/schemas/"));
            own.into_iter().chain(members.values().flat_map(names_in)).collect()
        }
        Value::Array(items) => items.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}
