//! Places on the ground (GCJ-02), as requests and answers have them: what is no place on earth is no request.

use crate::domain::fence::{ClaimedPosition, Point};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! degrees {
    ($($(#[$doc:meta])* $name:ident within $most:literal as $title:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub f64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let degrees = f64::deserialize(input)?;
                let fits = (-$most..=$most).contains(&degrees);
                fits.then_some(Self(degrees)).ok_or_else(|| D::Error::custom(concat!("expected a number from -", $most, " to ", $most)))
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::Number)
                    .minimum(Some(-$most))
                    .maximum(Some($most))
                    .description(Some($title))
                    .into()
            }
        }

        impl ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )*};
}

degrees! {
    /// Degrees north.
    Latitude within 90.0 as "Degrees north (GCJ-02)";
    /// Degrees east.
    Longitude within 180.0 as "Degrees east (GCJ-02)";
}

/// The point of a latitude and a longitude, which are on earth as they were read.
#[must_use]
pub fn point(latitude: Latitude, longitude: Longitude) -> Point {
    Point::new(latitude.0, longitude.0).unwrap_or_default()
}

/// Where a phone says that it is, in GCJ-02.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Position)]
pub struct PositionBody {
    pub latitude: Latitude,
    pub longitude: Longitude,
    /// How far off it may be, in metres, as the phone says. Negative where the phone does not know, as some say it: as
    /// coarse as can be.
    pub accuracy: f64,
}

impl From<PositionBody> for ClaimedPosition {
    fn from(PositionBody { latitude, longitude, accuracy }: PositionBody) -> Self {
        Self { point: point(latitude, longitude), accuracy_metres: whole_metres(accuracy) }
    }
}

/// Whole metres, rounded up; what is no length is as coarse as can be.
#[expect(clippy::cast_possible_truncation, reason = "it is within a million")]
fn whole_metres(accuracy: f64) -> i64 {
    const COARSE: f64 = 1_000_000.0;
    if (0.0..=COARSE).contains(&accuracy) { accuracy.ceil() as i64 } else { COARSE as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accuracy_is_rounded_against_who_claims_it() {
        assert_eq!([0.0, 0.1, 99.0, 99.001].map(whole_metres), [0, 1, 99, 100]);
        assert_eq!([-1.0, f64::NAN, f64::INFINITY, 1e300].map(whole_metres), [1_000_000; 4]);
    }

    #[test]
    fn what_is_no_place_on_earth_is_not_read() {
        for degrees in ["90.1", "-91", "1e400", "null", "\"1\""] {
            assert!(serde_json::from_str::<Latitude>(degrees).is_err(), "{degrees}");
        }
        assert!(serde_json::from_str::<Longitude>("-180").is_ok());
    }
}
