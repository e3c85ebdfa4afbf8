//! Examples of request bodies, put together from those of their members.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::openapi::schema::{ArrayItems, Schema, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{KnownFormat, OpenApi, RefOr};

type Schemas = BTreeMap<String, RefOr<Schema>>;

/// Gives every JSON body that has no example of its own one.
pub(super) fn give_examples(api: &mut OpenApi) {
    let schemas: Schemas = match &api.components {
        Some(components) => components.schemas.clone().into_iter().collect(),
        None => return,
    };
    for operation in super::each_operation(api) {
        let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
        for content in body.content.values_mut() {
            let RefOr::T(content) = content else { continue };
            if content.example.is_none() {
                content.example = content.schema.as_ref().and_then(|schema| of(schema, &schemas));
            }
        }
    }
}

fn of(schema: &RefOr<Schema>, schemas: &Schemas) -> Option<Value> {
    match schema {
        RefOr::T(schema) => of_schema(schema, schemas),
        RefOr::Ref(reference) => {
            let name = reference.ref_location.rsplit('/').next()?;
            of(schemas.get(name)?, schemas)
        }
    }
}

fn of_schema(schema: &Schema, schemas: &Schemas) -> Option<Value> {
    match schema {
        Schema::Object(object) => {
            let given = object.example.as_ref().or_else(|| object.examples.first());
            let chosen = || object.enum_values.as_ref().and_then(|choices| choices.first());
            if let Some(value) = given.or_else(chosen) {
                return Some(value.clone());
            }
            if !object.properties.is_empty() {
                let members = object.properties.iter();
                let member = |(name, schema): (&String, _)| Some((name.clone(), of(schema, schemas)?));
                return Some(Value::Object(members.filter_map(member).collect::<Map<_, _>>()));
            }
            let is_secret = object.format == Some(SchemaFormat::KnownFormat(KnownFormat::Password));
            match &object.schema_type {
                kind if holds(kind, &Type::Integer) => Some(json!(1)),
                kind if holds(kind, &Type::Boolean) => Some(json!(true)),
                kind if holds(kind, &Type::String) && is_secret => {
                    Some(json!("correct horse battery staple"))
                }
                kind if holds(kind, &Type::String) => Some(json!("text")),
                _ => None,
            }
        }
        Schema::Array(array) => match &array.items {
            ArrayItems::RefOrSchema(item) => Some(Value::Array(of(item, schemas).into_iter().collect())),
            ArrayItems::False => Some(json!([])),
        },
        Schema::OneOf(one) => one.items.iter().find_map(|item| of(item, schemas)),
        Schema::AllOf(all) => all.items.iter().find_map(|item| of(item, schemas)),
        Schema::AnyOf(any) => any.items.iter().find_map(|item| of(item, schemas)),
        _ => None,
    }
}

fn holds(kind: &SchemaType, wanted: &Type) -> bool {
    match kind {
        SchemaType::Type(kind) => kind == wanted,
        SchemaType::Array(kinds) => kinds.contains(wanted),
        SchemaType::AnyValue => false,
    }
}
