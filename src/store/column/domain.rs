//! How the types that many nouns have stand in a column. A noun's own are in its file among the
//! [reads](crate::store::read).

use super::{Column, documents, words};
use crate::domain::account::Asset;
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::commitment::Commitment;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Id, OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::text::{LoginName, Text};
use crate::domain::time::{Interval, Timestamp};
use crate::journal::{Nonce, TreeHash};
use crate::store::StoreError;
use chrono::{Datelike, NaiveDate};

impl Column for i64 {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        *self
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Ok(value)
    }
}

impl Column for i32 {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        (*self).into()
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Self::try_from(value).map_err(|_| StoreError::corrupt("a number is too large"))
    }
}

impl Column for bool {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        (*self).into()
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Ok(value != 0)
    }
}

impl Column for String {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        self.clone()
    }

    fn from_primitive(value: String) -> Result<Self, StoreError> {
        Ok(value)
    }
}

impl Column for Vec<u8> {
    type Primitive = Vec<u8>;

    fn to_primitive(&self) -> Vec<u8> {
        self.clone()
    }

    fn from_primitive(value: Vec<u8>) -> Result<Self, StoreError> {
        Ok(value)
    }
}

impl<const N: usize> Column for [u8; N] {
    type Primitive = Vec<u8>;

    fn to_primitive(&self) -> Vec<u8> {
        self.to_vec()
    }

    fn from_primitive(value: Vec<u8>) -> Result<Self, StoreError> {
        value.try_into().map_err(|_| StoreError::corrupt(format!("expected {N} bytes")))
    }
}

impl Column for Commitment {
    type Primitive = Vec<u8>;

    fn to_primitive(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn from_primitive(value: Vec<u8>) -> Result<Self, StoreError> {
        Column::from_primitive(value).map(Self)
    }
}

impl Column for TreeHash {
    type Primitive = Vec<u8>;

    fn to_primitive(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn from_primitive(value: Vec<u8>) -> Result<Self, StoreError> {
        Column::from_primitive(value).map(Self)
    }
}

impl Column for Nonce {
    type Primitive = Vec<u8>;

    fn to_primitive(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    fn from_primitive(value: Vec<u8>) -> Result<Self, StoreError> {
        Column::from_primitive(value).map(Self)
    }
}

/// A day as `year * 10,000 + month * 100 + day`: sorts and reads well in either database.
impl Column for NaiveDate {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        i64::from(self.year()) * 10_000 + i64::from(self.month()) * 100 + i64::from(self.day())
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        let part = |n: i64| u32::try_from(n % 100).ok();
        i32::try_from(value / 10_000)
            .ok()
            .zip(part(value / 100).zip(part(value)))
            .and_then(|(year, (month, day))| Self::from_ymd_opt(year, month, day))
            .ok_or_else(|| StoreError::corrupt(format!("{value} is no day")))
    }
}

impl Column for Timestamp {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        self.as_micros()
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Self::from_micros(value).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

/// The system as 0, an operator by the positive entry, a volunteer by the negative.
impl Column for Actor {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        match self {
            Self::System => 0,
            Self::Operator(id) => id.seq().0,
            Self::Volunteer(id) => -id.seq().0,
        }
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Ok(match value {
            0 => Self::System,
            1.. => Self::Operator(OperatorId::new(Seq(value))),
            _ => Self::Volunteer(VolunteerId::new(Seq(-value))),
        })
    }
}

/// By its entry.
impl<I: Id> Column for I {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        self.entry().0
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Ok(I::of(Seq(value)))
    }
}

macro_rules! numbers {
    ($($name:ident)*) => {$(
        impl Column for $name {
            type Primitive = i64;
            fn to_primitive(&self) -> i64 { self.0 }
            fn from_primitive(value: i64) -> Result<Self, StoreError> { Ok(Self(value)) }
        }
    )*};
}
numbers!(Seq Minutes Points);

impl<const MAX: usize> Column for Text<MAX> {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        self.as_str().to_owned()
    }

    fn from_primitive(text: String) -> Result<Self, StoreError> {
        Self::stored(&text).map_err(|error| StoreError::corrupt(format!("{error}")))
    }
}

words!(Role, Evidence, Asset, LoginName);

documents!(Vec<UnitId>, Vec<Interval>);
