//! What stands the same in several places stands once, under a name, and is referred to.

use super::{each_operation, refusals};
use std::collections::BTreeMap;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::response::Response;
use utoipa::openapi::schema::{ArrayItems, Schema};
use utoipa::openapi::{OpenApi, Ref, RefOr};

/// Lets a page and a change refer to what they hold, of which the derivation gave them a copy: in the
/// schema `Page_Unit` the schema `Unit`. What pages and changes are, their names say.
pub(super) fn refer_to_held(api: &mut OpenApi) {
    let Some(components) = &mut api.components else { return };
    let known = components.schemas.clone();
    for (name, schema) in &mut components.schemas {
        let held = name.split_once('_').and_then(|(_, held)| known.get_key_value(held));
        if let Some((held, copy)) = held {
            refer(schema, copy, &Ref::from_schema_name(held));
            take_description(schema);
        }
    }
}

fn take_description(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => object.description = None,
        RefOr::T(Schema::AllOf(all)) => all.description = None,
        _ => {}
    }
}

fn refer(place: &mut RefOr<Schema>, copy: &RefOr<Schema>, reference: &Ref) {
    if place == copy {
        *place = RefOr::Ref(reference.clone());
        return;
    }
    match place {
        RefOr::T(Schema::Object(object)) => {
            object.properties.values_mut().for_each(|member| refer(member, copy, reference));
        }
        RefOr::T(Schema::AllOf(all)) => all.items.iter_mut().for_each(|part| refer(part, copy, reference)),
        RefOr::T(Schema::Array(array)) => {
            if let ArrayItems::RefOrSchema(item) = &mut array.items {
                refer(item, copy, reference);
            }
        }
        _ => {}
    }
}

/// Gives a name to each parameter, header and answer that more than one operation has.
pub(super) fn share(api: &mut OpenApi) {
    let mut components = api.components.take().unwrap_or_default();

    let parameters = each_operation(api).flat_map(|operation| operation.parameters.iter_mut().flatten());
    components.parameters =
        hoist("parameters", parameters.filter_map(|place| Some((name_of(place)?, place))));

    let responses = each_operation(api).flat_map(|operation| operation.responses.responses.values_mut());
    let headers = responses.filter_map(|place| match place {
        RefOr::T(response) => Some(response.headers.iter_mut()),
        RefOr::Ref(_) => None,
    });
    components.headers = hoist("headers", headers.flatten().map(|(name, place)| (name.clone(), place)));

    let responses = each_operation(api).flat_map(|operation| operation.responses.responses.values_mut());
    let name = |place: &RefOr<Response>| refusals::name_of(place).or_else(|| name_of_success(place));
    components.responses = hoist("responses", responses.filter_map(|place| Some((name(place)?, place))));

    api.components = Some(components);
}

/// A parameter's own name; that of its type where the parameter is called `id`.
fn name_of(place: &RefOr<Parameter>) -> Option<String> {
    let RefOr::T(parameter) = place else { return None };
    match (&parameter.parameter_in, &parameter.schema) {
        (ParameterIn::Path, Some(RefOr::Ref(of_type))) => {
            of_type.ref_location.rsplit('/').next().map(str::to_owned)
        }
        _ => Some(parameter.name.clone()),
    }
}

/// A success is called as what it holds.
fn name_of_success(place: &RefOr<Response>) -> Option<String> {
    let response = serde_json::to_value(place).ok()?;
    let content = response["content"].as_object()?.values().next()?;
    content["schema"]["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

/// A thing, and everywhere that it stands.
struct Form<'a, T> {
    thing: RefOr<T>,
    places: Vec<&'a mut RefOr<T>>,
}

/// Replaces each thing that stands in more than one place by a reference, and returns those things. The
/// second of one name is numbered.
fn hoist<'a, T: Clone + PartialEq + 'a>(
    kind: &str,
    places: impl Iterator<Item = (String, &'a mut RefOr<T>)>,
) -> BTreeMap<String, RefOr<T>> {
    let mut forms_of: BTreeMap<String, Vec<Form<T>>> = BTreeMap::new();
    for (name, place) in places {
        let forms = forms_of.entry(name).or_default();
        match forms.iter_mut().find(|form| form.thing == *place) {
            Some(form) => form.places.push(place),
            None => forms.push(Form { thing: place.clone(), places: vec![place] }),
        }
    }
    let mut shared = BTreeMap::new();
    for (name, forms) in forms_of {
        let repeated = forms.into_iter().filter(|form| form.places.len() > 1);
        for (number, Form { thing, places }) in (1..).zip(repeated) {
            let name = if number == 1 { name.clone() } else { format!("{name}-{number}") };
            for place in places {
                *place = RefOr::Ref(Ref::new(format!("#/components/{kind}/{name}")));
            }
            shared.insert(name, thing);
        }
    }
    shared
}
