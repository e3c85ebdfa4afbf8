//! Parameters of the query: strict, each fault with its parameter's name.

use crate::api::problem::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::value::{Error as ParameterError, MapDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::collections::BTreeSet;
use std::future::{Ready, ready};

/// The parameters of the query, every one known and right.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(req.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let fault = |name: String, detail: String| ApiError::InvalidParameter { name, detail };
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|error| fault("?".to_owned(), error.to_string()))?
        .into_inner();
    let mut seen = BTreeSet::new();
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !seen.insert(name.as_str())) {
        return Err(fault(name.clone(), "given more than once".to_owned()));
    }
    let parameters = pairs.into_iter().map(|(name, value)| (name, Parameter(value)));
    serde_path_to_error::deserialize(MapDeserializer::new(parameters)).map_err(|error| {
        let detail = error.inner().to_string();
        let named = detail.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        fault(named.map_or_else(|| error.path().to_string(), str::to_owned), detail)
    })
}

/// The text of one parameter, read as whatever its place asks for.
struct Parameter(String);

impl IntoDeserializer<'_, ParameterError> for Parameter {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Parameter {
    type Error = ParameterError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParameterError> {
        visitor.visit_string(self.0)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParameterError> {
        let number = self.0.parse().map_err(|_| ParameterError::custom("expected a whole number"))?;
        visitor.visit_i64(number)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParameterError> {
        let choice = self.0.parse().map_err(|_| ParameterError::custom("expected true or false"))?;
        visitor.visit_bool(choice)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParameterError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParameterError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParameterError> {
        self.0.into_deserializer().deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::wire::{Day, Whole};
    use crate::domain::unit::UnitKind;
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Filter {
        kind: Option<UnitKind>,
        from: Option<Day>,
        limit: Option<Whole<1, 200>>,
        deep: bool,
    }

    #[test]
    fn each_parameter_is_read_as_its_place_asks() {
        let filter = parse::<Filter>("kind=school&from=2026-11-22&limit=5&deep=true").unwrap();
        assert_eq!(filter.kind, Some(UnitKind::School));
        assert_eq!(filter.limit, Some(Whole(5)));
        assert!(filter.deep && filter.from.is_some());
        assert_eq!(parse::<Filter>("").unwrap(), Filter::default());
    }

    #[test]
    fn the_parameter_at_fault_is_named() {
        for (query, at_fault) in [
            ("kind=shop", "kind"),
            ("from=yesterday", "from"),
            ("limit=0", "limit"),
            ("limit=1e3", "limit"),
            ("limit=99999999999999999999", "limit"),
            ("deep=yes", "deep"),
            ("colour=red", "colour"),
            ("limit=1&limit=2", "limit"),
        ] {
            match parse::<Filter>(query) {
                Err(ApiError::InvalidParameter { name, .. }) => assert_eq!(name, at_fault, "{query}"),
                other => panic!("{query}: {other:?}"),
            }
        }
    }
}
