//! Whole statements in SQL, with named parameters: what sums up, compares and rolls up reads best so.
//!
//! One text serves both databases and is prepared once a connection. `:name` is a value, however often it
//! stands there; a set of any size stands after `IN`, or as a table with one column `value`; `{name}` is another
//! statement or condition that is written in its place. Columns of the answer have names, by which a row's
//! struct finds them.

use super::column::Column;
use super::sql::{SqlValue, push_sql_value};
use diesel::backend::Backend;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::Error;
use diesel::sql_types::{Array, BigInt, Text, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{QueryResult, RunQueryDsl};
use std::borrow::Cow;

/// A statement and the values of its parameters.
#[derive(Clone, Debug)]
pub struct NamedSql {
    text: Cow<'static, str>,
    values: Vec<(&'static str, Value)>,
}

#[derive(Clone, Debug)]
enum Value {
    One(SqlValue),
    /// A set, and the same as a list in JSON.
    Numbers(Vec<i64>, String),
    Words(Vec<String>, String),
}

impl NamedSql {
    /// A statement whose parameters have no values yet.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), values: Vec::new() }
    }

    /// Writes this text in place of `{name}`.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        self.text = self.text.replace(&format!("{{{name}}}"), text).into();
        self
    }

    /// Gives `:name` its value.
    #[must_use]
    pub fn bind<C: Column>(mut self, name: &'static str, value: &C) -> Self {
        self.values.push((name, Value::One(value.to_sql_value())));
        self
    }

    /// Gives `:name` a set of whole numbers.
    #[must_use]
    pub fn bind_set<C: Column<Primitive = i64>>(
        mut self,
        name: &'static str,
        set: impl IntoIterator<Item = C>,
    ) -> Self {
        let numbers: Vec<i64> = set.into_iter().map(|value| value.to_primitive()).collect();
        let json = serde_json::json!(numbers).to_string();
        self.values.push((name, Value::Numbers(numbers, json)));
        self
    }

    /// Gives `:name` a set of words.
    #[must_use]
    pub fn bind_words<C: Column<Primitive = String>>(
        mut self,
        name: &'static str,
        set: impl IntoIterator<Item = C>,
    ) -> Self {
        let words: Vec<String> = set.into_iter().map(|value| value.to_primitive()).collect();
        let json = serde_json::json!(words).to_string();
        self.values.push((name, Value::Words(words, json)));
        self
    }

    /// Walks the text: pieces of SQL, and the value of each parameter in between.
    fn walk<'b, DB: Backend>(
        &'b self,
        mut out: AstPass<'_, 'b, DB>,
        push: impl Fn(&mut AstPass<'_, 'b, DB>, &'b Value) -> QueryResult<()>,
    ) -> QueryResult<()> {
        let mut pieces = self.text.split(':');
        out.push_sql(pieces.next().unwrap_or_default());
        for piece in pieces {
            let is_of_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
            let end = piece.find(|letter| !is_of_name(letter)).unwrap_or(piece.len());
            let (name, rest) = piece.split_at(end);
            let value = self.values.iter().find(|(own, _)| *own == name);
            let (_, value) =
                value.ok_or_else(|| Error::QueryBuilderError(format!("no value :{name}").into()))?;
            push(&mut out, value)?;
            out.push_sql(rest);
        }
        Ok(())
    }
}

impl QueryFragment<Sqlite> for NamedSql {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.walk(out, |out, value| match value {
            Value::One(sql_value) => push_sql_value(out, sql_value),
            Value::Numbers(_, json) | Value::Words(_, json) => {
                out.push_sql("(SELECT value FROM json_each(");
                out.push_bind_param::<Text, _>(json)?;
                out.push_sql("))");
                Ok(())
            }
        })
    }
}

impl QueryFragment<Pg> for NamedSql {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.walk(out, |out, value| match value {
            Value::One(sql_value) => push_sql_value(out, sql_value),
            Value::Numbers(numbers, _) => {
                out.push_sql("(SELECT unnest(");
                out.push_bind_param::<Array<BigInt>, _>(numbers)?;
                out.push_sql(") AS value)");
                Ok(())
            }
            Value::Words(words, _) => {
                out.push_sql("(SELECT unnest(");
                out.push_bind_param::<Array<Text>, _>(words)?;
                out.push_sql(") AS value)");
                Ok(())
            }
        })
    }
}

/// Found again by its text.
impl QueryId for NamedSql {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for NamedSql {
    type SqlType = Untyped;
}

impl<C> RunQueryDsl<C> for NamedSql {}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::debug_query;

    #[test]
    fn one_text_serves_both_databases() {
        let sql = NamedSql::new("SELECT a FROM t WHERE b = :b AND c IN :c_s AND {more} AND (d = :b)")
            .with("more", "e > :e")
            .bind("b", &7_i64)
            .bind("e", &"x".to_owned())
            .bind_set("c_s", [1_i64, 2]);
        let sqlite = debug_query::<Sqlite, _>(&sql).to_string();
        assert_eq!(
            sqlite,
            "SELECT a FROM t WHERE b = ? AND c IN (SELECT value FROM json_each(?)) AND e > ? AND (d = ?) \
             -- binds: [Some(7), \"[1,2]\", Some(\"x\"), Some(7)]"
        );
        let postgres = debug_query::<Pg, _>(&sql).to_string();
        assert_eq!(
            postgres,
            "SELECT a FROM t WHERE b = $1 AND c IN (SELECT unnest($2) AS value) AND e > $3 AND (d = $4) \
             -- binds: [Some(7), [1, 2], Some(\"x\"), Some(7)]"
        );
    }

    #[test]
    fn a_parameter_without_a_value_is_refused() {
        let mut out = <Sqlite as Backend>::QueryBuilder::default();
        let sql = NamedSql::new("SELECT :lost");
        assert!(QueryFragment::<Sqlite>::to_sql(&sql, &mut out, &Sqlite).is_err());
    }
}
