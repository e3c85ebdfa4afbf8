//! The fence (围栏): a circle on the ground within which one has to be to check in by oneself.
//!
//! Positions are those of GCJ-02, in which maps and phones of the country give them. Of a position nothing is kept but
//! whether it was inside, and how exact it was (Personal Information Protection Law, article 6).

use serde::{Deserialize, Deserializer, Serialize};

/// Mean radius of the earth (IUGG), in metres.
const EARTH_RADIUS_METRES: f64 = 6_371_008.8;
const MICRODEGREES: f64 = 1_000_000.0;
/// A position that may be off by more than this says nothing.
pub const COARSEST_METRES: i64 = 100;
/// A fence is no narrower than what a phone can tell, and no wider than a place.
pub const RADIUS_METRES: std::ops::RangeInclusive<i64> = 100..=5_000;

/// The numbers are no place on earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("latitude lies within 90 degrees, longitude within 180, the accuracy is at least 0 metres")]
pub struct NotOnEarth;

/// A point on the ground (GCJ-02), to a millionth of a degree: 11 centimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Point {
    latitude_microdegrees: i64,
    longitude_microdegrees: i64,
}

impl Point {
    /// From degrees, as phones give them.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, NotOnEarth> {
        // Not a number is within no range.
        if !(-90.0..=90.0).contains(&latitude) || !(-180.0..=180.0).contains(&longitude) {
            return Err(NotOnEarth);
        }
        Ok(Self {
            latitude_microdegrees: rounded(latitude * MICRODEGREES),
            longitude_microdegrees: rounded(longitude * MICRODEGREES),
        })
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        degrees(self.latitude_microdegrees)
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        degrees(self.longitude_microdegrees)
    }

    /// The great-circle distance to another point in metres, by the haversine formula.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let (from, to) = (self.latitude().to_radians(), other.latitude().to_radians());
        let north = ((to - from) / 2.0).sin();
        let east = ((other.longitude() - self.longitude()).to_radians() / 2.0).sin();
        let part = (north * north + from.cos() * to.cos() * east * east).clamp(0.0, 1.0);
        2.0 * EARTH_RADIUS_METRES * part.sqrt().asin()
    }
}

/// The value is within 180 million, and so an integer holds it.
#[expect(clippy::cast_possible_truncation, reason = "it is within 180 million")]
fn rounded(microdegrees: f64) -> i64 {
    microdegrees.round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "it is within 180 million")]
fn degrees(microdegrees: i64) -> f64 {
    microdegrees as f64 / MICRODEGREES
}

impl<'de> Deserialize<'de> for Point {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Stored {
            latitude_microdegrees: i64,
            longitude_microdegrees: i64,
        }
        let Stored { latitude_microdegrees, longitude_microdegrees } = Stored::deserialize(input)?;
        Self::new(degrees(latitude_microdegrees), degrees(longitude_microdegrees))
            .map_err(serde::de::Error::custom)
    }
}

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fence {
    pub centre: Point,
    /// Within [`RADIUS_METRES`].
    pub radius_metres: i64,
}

/// Where somebody says that they are: what their phone told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimedPosition {
    pub point: Point,
    /// How far off it may be, in whole metres, rounded up.
    pub accuracy_metres: i64,
}

/// How a claimed position lies to a fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lies {
    Inside,
    Outside,
    /// It may be off by so much that it says nothing.
    TooCoarse,
}

impl Fence {
    /// Whether a position is inside. What it may be off by counts against who claims it.
    #[must_use]
    pub fn place(&self, position: ClaimedPosition) -> Lies {
        if !(0..=COARSEST_METRES).contains(&position.accuracy_metres) {
            return Lies::TooCoarse;
        }
        let farthest = self.centre.metres_to(position.point) + metres(position.accuracy_metres);
        if farthest <= metres(self.radius_metres) { Lies::Inside } else { Lies::Outside }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a fence is at most five kilometres wide")]
fn metres(whole: i64) -> f64 {
    whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64) -> Point {
        Point::new(latitude, longitude).unwrap()
    }

    fn lies(fence: Fence, latitude: f64, longitude: f64, accuracy_metres: i64) -> Lies {
        fence.place(ClaimedPosition { point: point(latitude, longitude), accuracy_metres })
    }

    #[test]
    fn a_degree_along_a_meridian_is_what_the_radius_makes_it() {
        let metres = point(33.0, 113.0).metres_to(point(34.0, 113.0));
        assert!((metres - 111_195.08).abs() < 0.1, "{metres}");
    }

    #[test]
    fn what_a_position_may_be_off_by_counts_against_who_claims_it() {
        let fence = Fence { centre: point(33.75, 113.2), radius_metres: 200 };
        // A thousandth of a degree north is 111.2 metres.
        assert_eq!(lies(fence, 33.751, 113.2, 88), Lies::Inside);
        assert_eq!(lies(fence, 33.751, 113.2, 89), Lies::Outside);
        assert_eq!(lies(fence, 33.75, 113.2, 100), Lies::Inside);
        assert_eq!(lies(fence, 33.75, 113.2, 101), Lies::TooCoarse);
        assert_eq!(lies(fence, 33.75, 113.2, -1), Lies::TooCoarse);
    }

    #[test]
    fn the_pole_and_the_date_line_are_places_like_others() {
        let pole = Fence { centre: point(90.0, 0.0), radius_metres: 200 };
        assert_eq!(lies(pole, 90.0, 179.0, 10), Lies::Inside, "all longitudes meet there");
        assert_eq!(lies(pole, -90.0, 0.0, 0), Lies::Outside);
        let line = Fence { centre: point(0.0, 179.9999), radius_metres: 200 };
        assert_eq!(lies(line, 0.0, -179.9999, 0), Lies::Inside);
    }

    #[test]
    fn what_is_no_place_on_earth_is_no_point() {
        for (latitude, longitude) in [
            (f64::NAN, 0.0),
            (0.0, f64::NAN),
            (f64::INFINITY, 0.0),
            (90.000_001, 0.0),
            (0.0, -180.1),
            (-91.0, 500.0),
        ] {
            assert_eq!(Point::new(latitude, longitude), Err(NotOnEarth));
        }
        assert!(
            serde_json::from_str::<Point>(r#"{"latitude_microdegrees":90000001,"longitude_microdegrees":0}"#)
                .is_err()
        );
        let there = point(33.75, -0.000_001);
        assert_eq!(serde_json::from_str::<Point>(&serde_json::to_string(&there).unwrap()).unwrap(), there);
    }
}
