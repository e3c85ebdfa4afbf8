//! Descriptions of members whose schema stands inline.
//!
//! The derivation puts such a description into a second schema beside the first, and calls that one
//! an object: no number and no list could ever be both. Here the description joins its schema.

use utoipa::openapi::schema::{AllOf, Schema};
use utoipa::openapi::{OpenApi, RefOr};

/// Joins every description with the schema that it describes.
pub(super) fn merge_descriptions(api: &mut OpenApi) {
    let Some(components) = &mut api.components else { return };
    for schema in components.schemas.values_mut() {
        merge(schema);
    }
}

fn merge(schema: &mut RefOr<Schema>) {
    let RefOr::T(schema) = schema else { return };
    match schema {
        Schema::AllOf(all) => {
            if let Some(joined) = joined(all) {
                *schema = joined;
            } else {
                all.items.iter_mut().for_each(merge);
            }
        }
        Schema::Object(object) => object.properties.values_mut().for_each(merge),
        Schema::OneOf(one) => one.items.iter_mut().for_each(merge),
        _ => {}
    }
}

/// The one schema that two are, if the second does nothing but describe the first.
fn joined(all: &AllOf) -> Option<Schema> {
    let [RefOr::T(described), RefOr::T(Schema::Object(describing))] = all.items.as_slice() else {
        return None;
    };
    if !describing.properties.is_empty() {
        return None;
    }
    let description = describing.description.clone();
    match described.clone() {
        Schema::Object(mut object) => {
            object.description = description;
            Some(Schema::Object(object))
        }
        Schema::Array(mut array) => {
            array.description = description;
            Some(Schema::Array(array))
        }
        _ => None,
    }
}
