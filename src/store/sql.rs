//! Statements whose columns are not known to the compiler, as text: rows of whatever table, written and read by
//! the write path and by `verify`.
//!
//! A [`Sql`] is a text with `?` for each bind; the text does not depend on the values, so that each statement is
//! prepared once a connection. The two databases differ in one fragment only: how a set of keys is handed over
//! ([`Sql::keys`]). Reads are in diesel's query language; sums in [named statements](super::named_sql).

use data_encoding::HEXLOWER;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, QueryableByName};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::row::{Field, NamedRow};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, BigInt, Binary, HasSqlType, Nullable, Text, Untyped};
use diesel::sqlite::{Sqlite, SqliteType};
use diesel::{QueryResult, RunQueryDsl};
use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

/// One value of a row or bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SqlValue {
    Int(Option<i64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlValueType {
    Int,
    Text,
    Bytes,
}

/// Which of the two databases a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// A value that is bound to a `?`.
#[derive(Clone, Debug)]
pub enum Bind {
    SqlValue(SqlValue),
    /// A column of values at once; PostgreSQL only.
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    ByteStrings(Vec<Option<Vec<u8>>>),
}

/// A statement: text with a `?` for each bind.
#[derive(Clone, Debug)]
pub struct Sql {
    text: Arc<str>,
    binds: Vec<Bind>,
}

impl Sql {
    /// A statement without binds, yet.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: Arc::from(text.into()), binds: Vec::new() }
    }

    /// The same text with other binds.
    #[must_use]
    pub fn shared(text: &Arc<str>) -> Self {
        Self { text: text.clone(), binds: Vec::new() }
    }

    /// The text, to be shared.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// More text at the end.
    #[must_use]
    pub fn and(mut self, text: &str) -> Self {
        self.text = format!("{}{text}", self.text).into();
        self
    }

    /// Another fragment, with its binds, at the end.
    #[must_use]
    pub fn join(mut self, other: Self) -> Self {
        self = self.and(&other.text);
        self.binds.extend(other.binds);
        self
    }

    /// Binds the next `?`.
    #[must_use]
    pub fn bind(self, sql_value: SqlValue) -> Self {
        self.bind_any(Bind::SqlValue(sql_value))
    }

    /// Binds the next `?` to a whole number.
    #[must_use]
    pub fn int(self, value: i64) -> Self {
        self.bind(SqlValue::Int(Some(value)))
    }

    /// Binds the next `?` to a text.
    #[must_use]
    pub fn string(self, value: &str) -> Self {
        self.bind(SqlValue::Text(Some(value.to_owned())))
    }

    /// Binds the next `?` to bytes.
    #[must_use]
    pub fn bytes(self, value: &[u8]) -> Self {
        self.bind(SqlValue::Bytes(Some(value.to_vec())))
    }

    /// Binds the next `?`.
    #[must_use]
    pub fn bind_any(mut self, bind: Bind) -> Self {
        self.binds.push(bind);
        self
    }

    /// A table `k` of keys, with the columns `a`, `b`, `c` as far as given: whole numbers.
    #[must_use]
    pub fn keys(dialect: Dialect, rows: &[[i64; 3]], width: usize) -> Self {
        let names = ["a", "b", "c"].get(..width).unwrap_or_default();
        match dialect {
            Dialect::Sqlite => {
                let columns: Vec<_> =
                    names.iter().enumerate().map(|(at, name)| format!("value->>{at} AS {name}")).collect();
                let json: Vec<&[i64]> = rows.iter().filter_map(|row| row.get(..width)).collect();
                let text = format!("(SELECT {} FROM json_each(?)) AS k", columns.join(", "));
                Self::new(text).string(&serde_json::to_string(&json).unwrap_or_default())
            }
            Dialect::Postgres => {
                let marks = vec!["?"; width].join(", ");
                let sql = Self::new(format!("unnest({marks}) AS k({})", names.join(", ")));
                (0..width).fold(sql, |sql, at| {
                    sql.bind_any(Bind::Ints(rows.iter().map(|row| row.get(at).copied()).collect()))
                })
            }
        }
    }

    /// A table `k` of keys with one column `a` of texts.
    #[must_use]
    pub fn text_keys(dialect: Dialect, keys: &[String]) -> Self {
        match dialect {
            Dialect::Sqlite => Self::new("(SELECT value AS a FROM json_each(?)) AS k")
                .string(&serde_json::to_string(keys).unwrap_or_default()),
            Dialect::Postgres => {
                Self::new("unnest(?) AS k(a)").bind_any(Bind::Texts(keys.iter().cloned().map(Some).collect()))
            }
        }
    }

    /// A table `k` of keys with one column `a` of bytes.
    #[must_use]
    pub fn byte_keys(dialect: Dialect, keys: &[[u8; 32]]) -> Self {
        match dialect {
            Dialect::Sqlite => {
                let json: Vec<String> = keys.iter().map(|key| HEXLOWER.encode(key)).collect();
                Self::new("(SELECT unhex(value) AS a FROM json_each(?)) AS k")
                    .string(&serde_json::to_string(&json).unwrap_or_default())
            }
            Dialect::Postgres => Self::new("unnest(?) AS k(a)")
                .bind_any(Bind::ByteStrings(keys.iter().map(|key| Some(key.to_vec())).collect())),
        }
    }
}

impl QueryId for Sql {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Sql {
    type SqlType = Untyped;
}

impl<C> RunQueryDsl<C> for Sql {}

/// Writes the text with each `?` in turn as a bind of the database.
fn walk<'b, DB: Backend>(
    sql: &'b Sql,
    mut out: AstPass<'_, 'b, DB>,
    push: impl Fn(&mut AstPass<'_, 'b, DB>, &'b Bind) -> QueryResult<()>,
) -> QueryResult<()> {
    let mut binds = sql.binds.iter();
    let mut pieces = sql.text.split('?').peekable();
    while let Some(piece) = pieces.next() {
        out.push_sql(piece);
        if pieces.peek().is_some() {
            let missing = || diesel::result::Error::QueryBuilderError("fewer binds than marks".into());
            push(&mut out, binds.next().ok_or_else(missing)?)?;
        }
    }
    match binds.next() {
        None => Ok(()),
        Some(_) => Err(diesel::result::Error::QueryBuilderError("more binds than marks".into())),
    }
}

pub(super) fn push_sql_value<'b, DB>(
    out: &mut AstPass<'_, 'b, DB>,
    sql_value: &'b SqlValue,
) -> QueryResult<()>
where
    DB: Backend + HasSqlType<BigInt> + HasSqlType<Text> + HasSqlType<Binary>,
    Option<i64>: ToSql<Nullable<BigInt>, DB>,
    Option<String>: ToSql<Nullable<Text>, DB>,
    Option<Vec<u8>>: ToSql<Nullable<Binary>, DB>,
{
    match sql_value {
        SqlValue::Int(value) => out.push_bind_param::<Nullable<BigInt>, _>(value),
        SqlValue::Text(value) => out.push_bind_param::<Nullable<Text>, _>(value),
        SqlValue::Bytes(value) => out.push_bind_param::<Nullable<Binary>, _>(value),
    }
}

impl QueryFragment<Sqlite> for Sql {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        walk(self, out, |out, bind| match bind {
            Bind::SqlValue(sql_value) => push_sql_value(out, sql_value),
            Bind::Ints(_) | Bind::Texts(_) | Bind::ByteStrings(_) => {
                Err(diesel::result::Error::QueryBuilderError("SQLite takes no arrays".into()))
            }
        })
    }
}

impl QueryFragment<Pg> for Sql {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        walk(self, out, |out, bind| match bind {
            Bind::SqlValue(sql_value) => push_sql_value(out, sql_value),
            Bind::Ints(values) => out.push_bind_param::<Array<Nullable<BigInt>>, _>(values),
            Bind::Texts(values) => out.push_bind_param::<Array<Nullable<Text>>, _>(values),
            Bind::ByteStrings(values) => out.push_bind_param::<Array<Nullable<Binary>>, _>(values),
        })
    }
}

/// The text of a statement that inserts one row of a table, in two parts around the row's values.
///
/// SQLite's prepared statement is found again by the type `T`, for which the text is always the same: to
/// put the text together and look it up for each row would cost as much as to insert the row.
#[derive(Debug)]
pub struct InsertText<T> {
    before: String,
    after: String,
    table: PhantomData<T>,
}

/// [`InsertText`] with the values of a row.
#[derive(Debug)]
pub struct InsertRow<'r, T> {
    text: &'r InsertText<T>,
    sql_values: &'r [SqlValue],
}

impl<T> InsertText<T> {
    /// From what stands before and after the values.
    #[must_use]
    pub fn new(into: &str, on_conflict: &str) -> Self {
        Self { before: format!("{into} VALUES ("), after: format!("){on_conflict}"), table: PhantomData }
    }

    /// The statement for one row.
    #[must_use]
    pub fn with<'r>(&'r self, sql_values: &'r [SqlValue]) -> InsertRow<'r, T> {
        InsertRow { text: self, sql_values }
    }
}

impl<T: 'static> QueryId for InsertRow<'_, T> {
    type QueryId = InsertRow<'static, T>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<T> Query for InsertRow<'_, T> {
    type SqlType = Untyped;
}

impl<C, T> RunQueryDsl<C> for InsertRow<'_, T> {}

impl<T> QueryFragment<Sqlite> for InsertRow<'_, T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql(&self.text.before);
        for (at, sql_value) in self.sql_values.iter().enumerate() {
            if at > 0 {
                out.push_sql(", ");
            }
            push_sql_value(&mut out, sql_value)?;
        }
        out.push_sql(&self.text.after);
        Ok(())
    }
}

/// A row as it came, whatever was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlValues(pub Vec<SqlValue>);

impl QueryableByName<Sqlite> for SqlValues {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let sql_value = |at| {
            let field = diesel::row::Row::get(row, at).ok_or("a column is missing")?;
            let Some(value) = field.value() else { return Ok(SqlValue::Int(None)) };
            match value.value_type() {
                Some(SqliteType::Text) => {
                    FromSql::<Text, Sqlite>::from_sql(value).map(|v| SqlValue::Text(Some(v)))
                }
                Some(SqliteType::Binary) => {
                    FromSql::<Binary, Sqlite>::from_sql(value).map(|v| SqlValue::Bytes(Some(v)))
                }
                Some(_) => FromSql::<BigInt, Sqlite>::from_sql(value).map(|v| SqlValue::Int(Some(v))),
                None => Ok(SqlValue::Int(None)),
            }
        };
        (0..diesel::row::Row::field_count(row)).map(sql_value).collect::<deserialize::Result<_>>().map(Self)
    }
}

/// Object identifiers of PostgreSQL's own types (`pg_type.dat`).
mod oid {
    pub const BYTEA: u32 = 17;
    pub const INT8: u32 = 20;
    pub const INT4: u32 = 23;
    pub const BOOL: u32 = 16;
}

impl QueryableByName<Pg> for SqlValues {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let sql_value = |at| {
            let field = diesel::row::Row::get(row, at).ok_or("a column is missing")?;
            let Some(value) = field.value() else { return Ok(SqlValue::Int(None)) };
            match value.get_oid().get() {
                oid::INT8 => FromSql::<BigInt, Pg>::from_sql(value).map(|v| SqlValue::Int(Some(v))),
                oid::INT4 => FromSql::<diesel::sql_types::Integer, Pg>::from_sql(value)
                    .map(|v: i32| SqlValue::Int(Some(v.into()))),
                oid::BOOL => FromSql::<diesel::sql_types::Bool, Pg>::from_sql(value)
                    .map(|v: bool| SqlValue::Int(Some(v.into()))),
                oid::BYTEA => FromSql::<Binary, Pg>::from_sql(value).map(|v| SqlValue::Bytes(Some(v))),
                _ => FromSql::<Text, Pg>::from_sql(value).map(|v| SqlValue::Text(Some(v))),
            }
        };
        (0..diesel::row::Row::field_count(row)).map(sql_value).collect::<deserialize::Result<_>>().map(Self)
    }
}
