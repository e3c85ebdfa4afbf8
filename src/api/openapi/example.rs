//! Examples of request bodies: where the handlers' files say `UnitId`, an id of a unit is to stand.

use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi, RefOr};

/// Gives each id in an example the form of one: `UnitId` is replaced by the example of that schema.
pub(super) fn give_ids(api: &mut OpenApi) {
    let Some(components) = &mut api.components else { return };
    let ids: BTreeMap<String, Value> = components.schemas.iter().filter_map(id).collect();
    for schema in components.schemas.values_mut() {
        if let RefOr::T(Schema::Object(object)) = schema
            && let Some(example) = &mut object.example
        {
            give(example, &ids);
        }
    }
}

fn id((name, schema): (&String, &RefOr<Schema>)) -> Option<(String, Value)> {
    let RefOr::T(Schema::Object(object)) = schema else { return None };
    Some((name.clone(), object.examples.first()?.clone())).filter(|_| name.ends_with("Id"))
}

fn give(place: &mut Value, ids: &BTreeMap<String, Value>) {
    match place {
        Value::Object(members) => members.values_mut().for_each(|member| give(member, ids)),
        Value::Array(items) => items.iter_mut().for_each(|item| give(item, ids)),
        Value::String(text) => {
            if let Some(id) = ids.get(text.as_str()) {
                *place = id.clone();
            }
        }
        _ => {}
    }
}
