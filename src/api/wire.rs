//! The small types that requests and answers are made of.

use super::schema::{described, text, whole_number};
use crate::domain::account::Asset;
use crate::domain::amounts::{Coefficient, Points};
use crate::domain::identity::Mobile;
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::time::{Interval, LocalZone, Timestamp, checked_date};
use crate::engine;
use crate::store::read::volunteers::id_of_number;
use chrono::NaiveDate;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// An instant in an answer: RFC 3339 on the city's own clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalTime(String);

impl LocalTime {
    /// The instant as the clocks of the zone show it.
    #[must_use]
    pub fn new(instant: Timestamp, zone: LocalZone) -> Self {
        Self(zone.rfc3339(instant))
    }
}

/// A calendar day between the years 1900 and 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        const FORM: &str = "expected a day as YYYY-MM-DD";
        let text = String::deserialize(input)?;
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let day = if (text.len(), digits) == (10, 8) { text.parse().map_err(|_| FORM) } else { Err(FORM) };
        checked_date(day.map_err(D::Error::custom)?).map(Self).map_err(D::Error::custom)
    }
}

/// Points in an answer, as an exact decimal; less than nothing where they are owed or taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PointsText(pub Points);

impl Serialize for PointsText {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

/// A factor in an answer, as an exact decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorText(pub Coefficient);

impl Serialize for FactorText {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

macro_rules! parsed {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(pub $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                String::deserialize(input)?.parse().map(Self).map_err(D::Error::custom)
            }
        }
    )*};
}

parsed! {
    /// Points in a request.
    PointsInput(Points);
    /// A factor in a request.
    FactorInput(Coefficient);
    /// A mobile number in a request.
    MobileInput(Mobile);
}

/// A price in points in a request: nothing is given away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceInput(pub Points);

impl<'de> Deserialize<'de> for PriceInput {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let PointsInput(price) = PointsInput::deserialize(input)?;
        if price.is_positive() { Ok(Self(price)) } else { Err(D::Error::custom("expected more than 0")) }
    }
}

/// A volunteer number in a request: twelve digits.
#[derive(Clone, Copy, Debug)]
pub struct VolunteerNumber(pub VolunteerId);

impl<'de> Deserialize<'de> for VolunteerNumber {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let id = id_of_number(&String::deserialize(input)?);
        id.map(Self).ok_or_else(|| D::Error::custom("expected the twelve digits of a volunteer number"))
    }
}

/// An amount of an asset in an answer: whole minutes, or points as an exact decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountText(pub Asset, pub i64);

impl Serialize for AmountText {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Asset::Minutes => out.collect_str(&self.1),
            Asset::Points => out.collect_str(&Points(self.1)),
        }
    }
}

/// How many there are, in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Count(pub i64);

const DECIMAL_PATTERN: &str = r"^[0-9]{1,9}(\.[0-9]{1,2})?$";
const POSITIVE_DECIMAL_PATTERN: &str = r"^(?!0+(\.0+)?$)[0-9]{1,9}(\.[0-9]{1,2})?$";

described! {
    Count, "Count" => whole_number("How many there are");
    LocalTime, "LocalTime" => text("An instant, on the city's clock", "2026-11-22T09:00:00+08:00")
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)));
    Day, "Day" => text("A calendar day between the years 1900 and 9999", "2026-11-22")
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    PointsText, "Points" => text("Points, an exact decimal with two places", "12.50")
        .pattern(Some(r"^-?[0-9]+\.[0-9]{2}$"));
    FactorText, "Factor" => text("A factor, an exact decimal with two places", "1.50")
        .pattern(Some(r"^[0-9]+\.[0-9]{2}$"));
    VolunteerNumber, "VolunteerNumber" => text("A volunteer number", "000000000009").pattern(Some("^[0-9]{12}$"));
    AmountText, "Amount" => text("Whole minutes, or points as an exact decimal", "12.50")
        .pattern(Some(r"^-?[0-9]+(\.[0-9]{2})?$"));
    PointsInput, "PointsInput" => text("Points, a decimal with at most two places", "12.50").pattern(Some(DECIMAL_PATTERN));
    PriceInput, "PriceInput" => text("A price in points, more than nothing", "12.50").pattern(Some(POSITIVE_DECIMAL_PATTERN));
    FactorInput, "FactorInput" => text("A factor, a decimal with at most two places", "1.50").pattern(Some(DECIMAL_PATTERN));
    MobileInput, "Mobile" => text("A mobile number of the mainland, or with + and country code", "13800138000")
        .pattern(Some(r"^((\+86)?1[0-9]{10}|\+[0-9]{7,15})$"));
}

/// A whole number from `MIN` to `MAX`. JSON has one kind of number: 10.0 is 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BoundedInt<const MIN: i64, const MAX: i64>(pub i64);

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for BoundedInt<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_i64(BoundedIntVisitor::<MIN, MAX>)
    }
}

struct BoundedIntVisitor<const MIN: i64, const MAX: i64>;

impl<const MIN: i64, const MAX: i64> Visitor<'_> for BoundedIntVisitor<MIN, MAX> {
    type Value = BoundedInt<MIN, MAX>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from {MIN} to {MAX}")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        let fits = (MIN..=MAX).contains(&value);
        fits.then_some(BoundedInt(value)).ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        let signed =
            i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))?;
        self.visit_i64(signed)
    }

    #[allow(clippy::cast_possible_truncation, clippy::float_cmp)]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        // Below 2^53 every whole number is exactly one float.
        if value.trunc() == value && value.abs() < 9_007_199_254_740_992.0 {
            self.visit_i64(value as i64)
        } else {
            Err(E::invalid_type(Unexpected::Float(value), &self))
        }
    }
}

impl<const MIN: i64, const MAX: i64> PartialSchema for BoundedInt<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN)).maximum(Some(MAX)).into()
    }
}

impl<const MIN: i64, const MAX: i64> ToSchema for BoundedInt<MIN, MAX> {}

/// A secret or code that somebody typed, of `MIN` to `MAX` characters. It is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText<const MIN: usize, const MAX: usize>(pub String);

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for SecretText<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let fits = (MIN..=MAX).contains(&text.chars().count());
        fits.then_some(Self(text))
            .ok_or_else(|| D::Error::custom(format_args!("expected {MIN} to {MAX} characters")))
    }
}

impl<const MIN: usize, const MAX: usize> PartialSchema for SecretText<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
            .min_length(Some(MIN))
            .max_length(Some(MAX))
            .into()
    }
}

impl<const MIN: usize, const MAX: usize> ToSchema for SecretText<MIN, MAX> {}

impl<const MIN: usize, const MAX: usize> fmt::Debug for SecretText<MIN, MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(..)")
    }
}

/// A list of `MIN` to `MAX` items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BoundedVec<T, const MIN: usize, const MAX: usize>(pub Vec<T>);

impl<T, const MAX: usize> Default for BoundedVec<T, 0, MAX> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MIN: usize, const MAX: usize> Deserialize<'de>
    for BoundedVec<T, MIN, MAX>
{
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let items = Vec::deserialize(input)?;
        if (MIN..=MAX).contains(&items.len()) {
            Ok(Self(items))
        } else {
            Err(D::Error::custom(format_args!("expected {MIN} to {MAX} items, found {}", items.len())))
        }
    }
}

impl<T: ToSchema, const MIN: usize, const MAX: usize> PartialSchema for BoundedVec<T, MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new()
            .items(Ref::from_schema_name(T::name()))
            .min_items((MIN > 0).then_some(MIN))
            .max_items(Some(MAX))
            .into()
    }
}

impl<T: ToSchema, const MIN: usize, const MAX: usize> ToSchema for BoundedVec<T, MIN, MAX> {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}

/// A time span in a request.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpanInput {
    /// First instant of it.
    pub start: Timestamp,
    /// First instant after it.
    pub end: Timestamp,
}

impl From<SpanInput> for Interval {
    fn from(span: SpanInput) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// A time span in an answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Span {
    /// First instant of it.
    pub start: LocalTime,
    /// First instant after it.
    pub end: LocalTime,
}

impl Span {
    /// The interval as the clocks of the zone show it.
    #[must_use]
    pub fn new(interval: Interval, zone: LocalZone) -> Self {
        Self { start: LocalTime::new(interval.start, zone), end: LocalTime::new(interval.end, zone) }
    }
}

/// The receipt for a change: its place in the journal.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptView {
    /// The entry's position in the journal.
    pub seq: Seq,
    /// When it was recorded.
    pub recorded_at: LocalTime,
    /// The entry's hash: a leaf of the journal's tree. `/v1/journal/entries/{seq}/proof` proves that it is
    /// there.
    #[schema(
        pattern = "^[0-9a-f]{64}$",
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    pub leaf_hash: String,
}

impl ReceiptView {
    pub(super) fn new(receipt: &engine::Receipt, zone: LocalZone) -> Self {
        Self {
            seq: receipt.seq,
            recorded_at: LocalTime::new(receipt.recorded_at, zone),
            leaf_hash: receipt.leaf_hash.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_whole_number_stays_within_its_bounds() {
        type Small = BoundedInt<1, 5>;
        for good in [json!(1), json!(5), json!(3.0)] {
            assert!(serde_json::from_value::<Small>(good).is_ok());
        }
        for bad in [json!(0), json!(6), json!(2.5), json!("3"), json!(1e300), json!(u64::MAX), json!(null)] {
            assert!(serde_json::from_value::<Small>(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_list_stays_within_its_bounds() {
        type Pair = BoundedVec<u8, 1, 2>;
        assert!(serde_json::from_value::<Pair>(json!([1])).is_ok());
        for bad in [json!([]), json!([1, 2, 3])] {
            assert!(serde_json::from_value::<Pair>(bad).is_err());
        }
    }

    #[test]
    fn a_day_has_one_form() {
        assert!(serde_json::from_value::<Day>(json!("2026-02-28")).is_ok());
        for bad in ["2026-2-28", "2026-02-30", "1899-12-31", "+2026-2-28", "20260228", ""] {
            assert!(serde_json::from_value::<Day>(json!(bad)).is_err(), "{bad}");
        }
    }
}
