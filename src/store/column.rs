//! How each type of the domain stands in a column.
//!
//! The databases hold whole numbers, texts and bytes: a [`Primitive`] of Rust each. A [`Column`] is a type of
//! the domain that is kept as one of them. [`Stored`] is such a value on its way through diesel: bound to a
//! query, or read from a row.

mod domain;

use super::StoreError;
use super::sql::{SqlValue, SqlValueType};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, Queryable};
use diesel::expression::AsExpression;
use diesel::sql_types::{self, BigInt, Binary, Nullable, SingleValue, SqlType, is_nullable};

/// A type that stands in one column.
pub trait Column: Sized {
    /// What the database holds of it.
    type Primitive: Primitive;

    /// The value as it is stored.
    fn to_primitive(&self) -> Self::Primitive;

    /// The value as it was stored; fails if the store holds what this program never writes.
    fn from_primitive(primitive: Self::Primitive) -> Result<Self, StoreError>;

    /// The value as a cell.
    fn to_sql_value(&self) -> SqlValue {
        self.to_primitive().into_sql_value()
    }

    /// The value of a cell.
    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError> {
        Self::from_primitive(Primitive::from_sql_value(sql_value)?)
    }
}

/// What a database holds in a column: a whole number, a text, bytes, or one of them or nothing.
pub trait Primitive: Sized {
    /// Which of the three.
    const TYPE: SqlValueType;

    /// The value as a cell.
    fn into_sql_value(self) -> SqlValue;

    /// The value of a cell.
    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError>;
}

impl Primitive for i64 {
    const TYPE: SqlValueType = SqlValueType::Int;

    fn into_sql_value(self) -> SqlValue {
        SqlValue::Int(Some(self))
    }

    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError> {
        match sql_value {
            SqlValue::Int(Some(value)) => Ok(value),
            other => Err(StoreError::corrupt(format!("expected a number, found {other:?}"))),
        }
    }
}

impl Primitive for String {
    const TYPE: SqlValueType = SqlValueType::Text;

    fn into_sql_value(self) -> SqlValue {
        SqlValue::Text(Some(self))
    }

    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError> {
        match sql_value {
            SqlValue::Text(Some(value)) => Ok(value),
            other => Err(StoreError::corrupt(format!("expected a text, found {other:?}"))),
        }
    }
}

impl Primitive for Vec<u8> {
    const TYPE: SqlValueType = SqlValueType::Bytes;

    fn into_sql_value(self) -> SqlValue {
        SqlValue::Bytes(Some(self))
    }

    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError> {
        match sql_value {
            SqlValue::Bytes(Some(value)) => Ok(value),
            other => Err(StoreError::corrupt(format!("expected bytes, found {other:?}"))),
        }
    }
}

impl<P: Primitive> Primitive for Option<P> {
    const TYPE: SqlValueType = P::TYPE;

    fn into_sql_value(self) -> SqlValue {
        match (self, P::TYPE) {
            (Some(value), _) => value.into_sql_value(),
            (None, SqlValueType::Int) => SqlValue::Int(None),
            (None, SqlValueType::Text) => SqlValue::Text(None),
            (None, SqlValueType::Bytes) => SqlValue::Bytes(None),
        }
    }

    fn from_sql_value(sql_value: SqlValue) -> Result<Self, StoreError> {
        match sql_value {
            SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None) => Ok(None),
            some => P::from_sql_value(some).map(Some),
        }
    }
}

/// What Rust holds of a column of this SQL type.
pub trait HasPrimitive {
    type Primitive: Primitive;
}

impl HasPrimitive for BigInt {
    type Primitive = i64;
}

impl HasPrimitive for sql_types::Text {
    type Primitive = String;
}

impl HasPrimitive for Binary {
    type Primitive = Vec<u8>;
}

impl<S: HasPrimitive + SqlType<IsNull = is_nullable::NotNull>> HasPrimitive for Nullable<S> {
    type Primitive = Option<S::Primitive>;
}

/// A value of the domain on its way through diesel: `t::unit.eq(Stored(unit))` binds one, and a query that
/// selects `t::unit` loads `Stored<UnitId>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored<C>(pub C);

impl<C> Stored<C> {
    /// The value itself.
    pub fn value(self) -> C {
        self.0
    }
}

macro_rules! stored {
    ($($sql_type:ty as $primitive:ty),*) => {$(
        impl<C: Column<Primitive = $primitive>> AsExpression<$sql_type> for Stored<C> {
            type Expression = <$primitive as AsExpression<$sql_type>>::Expression;
            fn as_expression(self) -> Self::Expression {
                AsExpression::<$sql_type>::as_expression(self.0.to_primitive())
            }
        }

        impl<C: Column<Primitive = $primitive>> AsExpression<Nullable<$sql_type>> for Stored<C> {
            type Expression = <$primitive as AsExpression<Nullable<$sql_type>>>::Expression;
            fn as_expression(self) -> Self::Expression {
                AsExpression::<Nullable<$sql_type>>::as_expression(self.0.to_primitive())
            }
        }

        impl<C: Column<Primitive = $primitive>, DB: Backend> FromSql<$sql_type, DB> for Stored<C>
        where
            $primitive: FromSql<$sql_type, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(C::from_primitive(FromSql::from_sql(bytes)?)?))
            }
        }
    )*};
}
stored!(BigInt as i64, sql_types::Text as String, Binary as Vec<u8>);

impl<C, S: SingleValue, DB: Backend> Queryable<S, DB> for Stored<C>
where
    Self: FromSql<S, DB>,
{
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

impl<C: Column> Column for Option<C> {
    type Primitive = Option<C::Primitive>;

    fn to_primitive(&self) -> Self::Primitive {
        self.as_ref().map(Column::to_primitive)
    }

    fn from_primitive(primitive: Self::Primitive) -> Result<Self, StoreError> {
        primitive.map(C::from_primitive).transpose()
    }
}

/// Words that are texts on the wire, too. Each has a word: none would be stored as the empty text, which
/// nobody reads back.
macro_rules! words {
    ($($name:ty),*) => {$(
        impl $crate::store::column::Column for $name {
            type Primitive = String;
            fn to_primitive(&self) -> String {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => word,
                    _ => String::new(),
                }
            }
            fn from_primitive(word: String) -> Result<Self, $crate::store::StoreError> {
                serde_json::from_value(word.into()).map_err(|error| $crate::store::StoreError::corrupt(error.to_string()))
            }
        }
    )*};
}
pub(super) use words;

/// What is kept whole, as JSON. Each has a form in JSON: none would be stored as the empty text, which nobody
/// reads back.
macro_rules! documents {
    ($($name:ty),*) => {$(
        impl $crate::store::column::Column for $name {
            type Primitive = String;
            fn to_primitive(&self) -> String { serde_json::to_string(self).unwrap_or_default() }
            fn from_primitive(json: String) -> Result<Self, $crate::store::StoreError> {
                serde_json::from_str(&json).map_err(|error| $crate::store::StoreError::corrupt(error.to_string()))
            }
        }
    )*};
}
pub(super) use documents;
