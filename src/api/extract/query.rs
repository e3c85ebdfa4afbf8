//! Parameters of the query: strict, each fault with its parameter's name.

use super::words;
use crate::api::problem::ApiError;
use crate::domain::text::{TEXT, as_told};
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

/// The parameters of two kinds in one query: what is asked for, and how the answer is to be given.
#[derive(Debug)]
pub struct Queries<A, B>(pub A, pub B);

impl<A: DeserializeOwned, B: DeserializeOwned> FromRequest for Queries<A, B> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse_two(req.query_string()).map(|(one, other)| Self(one, other)))
    }
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    read(pairs(query)?)
}

fn parse_two<A: DeserializeOwned, B: DeserializeOwned>(query: &str) -> Result<(A, B), ApiError> {
    let (ours, theirs) = (names::<A>(), names::<B>());
    let pairs = pairs(query)?;
    let known = |name: &str| ours.contains(&name) || theirs.contains(&name);
    if let Some((name, _)) = pairs.iter().find(|(name, _)| !known(name)) {
        let detail = format!("unknown, expected one of {}", [ours, theirs].concat().join(", "));
        return Err(fault(name.clone(), detail));
    }
    let (ours, theirs) = pairs.into_iter().partition(|(name, _)| ours.contains(&name.as_str()));
    Ok((read(ours)?, read(theirs)?))
}

pub(in crate::api) type Pairs = Vec<(String, String)>;

fn fault(name: String, detail: String) -> ApiError {
    ApiError::InvalidParameter { name, detail }
}

/// Each parameter once.
pub(in crate::api) fn pairs(query: &str) -> Result<Pairs, ApiError> {
    let pairs = web::Query::<Pairs>::from_query(query)
        .map_err(|_| fault("?".to_owned(), "expected name=value, with & between two".to_owned()))?
        .into_inner();
    let mut seen = BTreeSet::new();
    match pairs.iter().find(|(name, _)| !seen.insert(name.as_str())) {
        Some((name, _)) => Err(fault(name.clone(), "given more than once".to_owned())),
        None => Ok(pairs),
    }
}

fn read<T: DeserializeOwned>(pairs: Pairs) -> Result<T, ApiError> {
    let parameters = pairs.into_iter().map(|(name, value)| (name, Parameter(value)));
    serde_path_to_error::deserialize(MapDeserializer::new(parameters)).map_err(|error| {
        let mut detail = words::plain(&error.inner().to_string());
        if detail.contains(" instant with its offset") {
            detail.push_str("; in a query + is written %2B");
        }
        let named = detail.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let named = named.map_or_else(|| error.path().to_string(), str::to_owned);
        fault(named, detail)
    })
}

/// The names of a struct's members, as it tells who reads one.
fn names<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names = Names(&[]);
    let _told_by_then = T::deserialize(&mut names);
    names.0
}

struct Names(&'static [&'static str]);

impl<'de> Deserializer<'de> for &mut Names {
    type Error = ParameterError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ParameterError> {
        Err(ParameterError::custom("only a struct has names"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParameterError> {
        self.0 = names;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
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

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParameterError> {
        let number = self.0.parse().map_err(|_| ParameterError::custom("expected a number"))?;
        visitor.visit_f64(number)
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
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParameterError> {
        if name == TEXT {
            let told = as_told(&self.0).map_err(ParameterError::custom)?;
            return visitor.visit_newtype_struct(Self(told));
        }
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
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::wire::{BoundedInt, Day};
    use crate::domain::unit::UnitKind;
    use serde::Deserialize;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Filter {
        kind: Option<UnitKind>,
        from: Option<Day>,
        limit: Option<BoundedInt<1, 200>>,
        deep: bool,
    }

    #[test]
    fn each_parameter_is_read_as_its_place_asks() {
        let filter = parse::<Filter>("kind=school&from=2026-11-22&limit=5&deep=true").unwrap();
        assert_eq!(filter.kind, Some(UnitKind::School));
        assert_eq!(filter.limit, Some(BoundedInt(5)));
        assert!(filter.deep && filter.from.is_some());
        assert_eq!(parse::<Filter>("").unwrap(), Filter::default());
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Paging {
        limit: Option<BoundedInt<1, 200>>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Kinds {
        kind: Option<UnitKind>,
    }

    #[test]
    fn a_query_may_be_of_two_kinds() {
        let (kinds, paging) = parse_two::<Kinds, Paging>("limit=5&kind=school").unwrap();
        assert_eq!(kinds.kind, Some(UnitKind::School));
        assert_eq!(paging.limit, Some(BoundedInt(5)));
        for (query, at_fault) in [
            ("colour=red", "colour"),
            ("limit=0", "limit"),
            ("kind=shop&limit=1", "kind"),
            ("limit=1&limit=2", "limit"),
        ] {
            match parse_two::<Kinds, Paging>(query) {
                Err(ApiError::InvalidParameter { name, .. }) => assert_eq!(name, at_fault, "{query}"),
                other => panic!("{query}: {other:?}"),
            }
        }
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
