//! Exact amounts: whole minutes, hundredths of points, hundredths of a coefficient. No floats.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// Whole minutes of service, never rounded up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i64);

/// Points, in hundredths inside and as a decimal text such as `12.50` on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(pub i64);

/// A factor in hundredths: 150 multiplies by one and a half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Coefficient(pub i64);

impl Coefficient {
    /// Leaves an amount as it is.
    pub const ONE: Self = Self(100);
}

macro_rules! arithmetic {
    ($($name:ident)*) => {$(
        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);

            /// Whether this is more than nothing.
            #[must_use]
            pub const fn is_positive(self) -> bool {
                self.0 > 0
            }
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self(self.0 + other.0) }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self { Self(self.0 - other.0) }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self { Self(-self.0) }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) { self.0 += other.0; }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) { self.0 -= other.0; }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self { Self(amounts.map(|a| a.0).sum()) }
        }
    )*};
}
arithmetic!(Minutes Points);

/// The text is not a decimal number with at most two places, or is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a decimal such as \"12.50\", at most two places, below 1,000,000,000")]
pub struct DecimalError;

/// Largest amount a client may name, in hundredths: keeps every sum far from overflow.
const MOST_HUNDREDTHS: i64 = 100_000_000_000;

fn parse_hundredths(text: &str) -> Result<i64, DecimalError> {
    let (whole, places) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(places) || whole.len() > 10 || places.len() > 2 {
        return Err(DecimalError);
    }
    let whole: i64 = whole.parse().map_err(|_| DecimalError)?;
    let hundredths: i64 = format!("{places:0<2}").parse().map_err(|_| DecimalError)?;
    let value = whole * 100 + hundredths;
    (value < MOST_HUNDREDTHS).then_some(value).ok_or(DecimalError)
}

fn write_hundredths(value: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    write!(f, "{sign}{}.{:02}", size / 100, size % 100)
}

macro_rules! decimal_text {
    ($($name:ident)*) => {$(
        impl FromStr for $name {
            type Err = DecimalError;
            fn from_str(text: &str) -> Result<Self, DecimalError> { parse_hundredths(text).map(Self) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write_hundredths(self.0, f) }
        }
    )*};
}
decimal_text!(Points Coefficient);

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_read_and_write_as_exact_decimals() {
        for (text, hundredths) in [("0", 0), ("12.5", 1250), ("12.50", 1250), ("0.01", 1), ("7", 700)] {
            assert_eq!(text.parse(), Ok(Points(hundredths)), "{text}");
        }
        assert_eq!(Points(1250).to_string(), "12.50");
        assert_eq!(Points(-5).to_string(), "-0.05");
    }

    #[test]
    fn what_is_not_an_exact_decimal_is_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.234", "NaN", "99999999999", "1 ", "１"] {
            assert_eq!(text.parse::<Points>(), Err(DecimalError), "{text}");
        }
    }
}
