//! Expressions that diesel lacks: conditions that need not be there, sets of any size in one text, and what the
//! planners are told.

use super::column::Column;
use data_encoding::HEXLOWER;
use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, Text};
use diesel::sqlite::Sqlite;

/// An expression may stand wherever the one that it is made of may.
macro_rules! stands_where_its_part_does {
    ($name:ident<$part:ident $(, $other:ident)*>) => {
        impl<$part: AppearsOnTable<QS>, $($other,)* QS: ?Sized> AppearsOnTable<QS> for $name<$part $(, $other)*> where
            Self: Expression
        {
        }
        impl<$part: SelectableExpression<QS>, $($other,)* QS: ?Sized> SelectableExpression<QS>
            for $name<$part $(, $other)*>
        where
            Self: AppearsOnTable<QS>,
        {
        }
        impl<$part: ValidGrouping<G>, $($other,)* G> ValidGrouping<G> for $name<$part $(, $other)*> {
            type IsAggregate = $part::IsAggregate;
        }
    };
}

/// A condition that need not be there; where it is not, every row meets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<E>(Option<E>);

/// The condition that follows from a value, where one is given: `given(unit, |unit| t::unit.eq(Stored(unit)))`.
pub(super) fn given<V, E>(value: Option<V>, condition: impl FnOnce(V) -> E) -> Given<E> {
    Given(value.map(condition))
}

impl<E: Expression> Expression for Given<E> {
    type SqlType = E::SqlType;
}
stands_where_its_part_does!(Given<E>);

/// The text depends on whether the condition is there.
impl<E> QueryId for Given<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Given<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if let Some(condition) = &self.0 {
            return condition.walk_ast(out);
        }
        out.push_sql("TRUE");
        Ok(())
    }
}

/// A value that the planner may or may not go by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hinted<E> {
    value: E,
    by_index: bool,
}

/// Tells the planner to find rows in another way than by this value, and only then to look at it: neither
/// database goes by an index of what is behind a sign.
pub(super) fn no_index<E: Expression>(value: E) -> Hinted<E> {
    Hinted { value, by_index: false }
}

/// The value, which the planner may find by an index only where that is wished for.
pub(super) fn index_if<E: Expression>(by_index: bool, value: E) -> Hinted<E> {
    Hinted { value, by_index }
}

impl<E: Expression> Expression for Hinted<E> {
    type SqlType = E::SqlType;
}
stands_where_its_part_does!(Hinted<E>);

/// The text depends on the hint.
impl<E> QueryId for Hinted<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Hinted<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.by_index {
            out.push_sql("+");
        }
        self.value.walk_ast(out)
    }
}

/// A condition whose text is fixed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literally<E> {
    value: E,
    condition: &'static str,
}

/// The value meets a condition that stands in the text as it is, `= 'submitted'`: for an index that holds such rows
/// only, which neither database finds by a bound value.
pub(super) fn literally<E: Expression>(value: E, condition: &'static str) -> Literally<E> {
    Literally { value, condition }
}

impl<E: Expression> Expression for Literally<E> {
    type SqlType = Nullable<Bool>;
}
stands_where_its_part_does!(Literally<E>);

/// The text depends on the condition.
impl<E> QueryId for Literally<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Literally<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.value.walk_ast(out.reborrow())?;
        out.push_sql(" ");
        out.push_sql(self.condition);
        Ok(())
    }
}

/// A value that is one of a set: one text and one bind, however large the set.
#[derive(Clone, Debug)]
pub(super) struct IsOneOf<E, K> {
    value: E,
    keys: Vec<K>,
    /// The same for SQLite.
    json: String,
}

/// The value is one of these. (diesel's own `eq_any` makes another text for each size of a set on SQLite, and
/// keeps none of them.)
pub(super) fn is_one_of<E, C>(value: E, set: impl IntoIterator<Item = C>) -> IsOneOf<E, C::Primitive>
where
    E: Expression,
    C: Column<Primitive: SetKey>,
{
    let keys: Vec<_> = set.into_iter().map(|key| key.to_primitive()).collect();
    let json = SetKey::to_json(&keys);
    IsOneOf { value, keys, json }
}

/// What sets are made of.
pub(super) trait SetKey: Sized {
    type SqlType: 'static;

    /// An item of the JSON list as the value that it is.
    const ITEM: &'static str;

    /// The set as a list in JSON.
    fn to_json(keys: &[Self]) -> String;
}

impl SetKey for i64 {
    type SqlType = BigInt;
    const ITEM: &'static str = "value";

    fn to_json(keys: &[Self]) -> String {
        serde_json::json!(keys).to_string()
    }
}

impl SetKey for String {
    type SqlType = Text;
    const ITEM: &'static str = "value";

    fn to_json(keys: &[Self]) -> String {
        serde_json::json!(keys).to_string()
    }
}

impl SetKey for Vec<u8> {
    type SqlType = Binary;
    const ITEM: &'static str = "unhex(value)";

    fn to_json(keys: &[Self]) -> String {
        let digits: Vec<String> = keys.iter().map(|key| HEXLOWER.encode(key)).collect();
        serde_json::json!(digits).to_string()
    }
}

impl<E: Expression, K> Expression for IsOneOf<E, K> {
    type SqlType = Bool;
}
stands_where_its_part_does!(IsOneOf<E, K>);

impl<E: QueryId, K: 'static> QueryId for IsOneOf<E, K> {
    type QueryId = IsOneOf<E::QueryId, K>;
    const HAS_STATIC_QUERY_ID: bool = E::HAS_STATIC_QUERY_ID;
}

impl<E: QueryFragment<Sqlite>, K: SetKey> QueryFragment<Sqlite> for IsOneOf<E, K> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.value.walk_ast(out.reborrow())?;
        out.push_sql(" IN (SELECT ");
        out.push_sql(K::ITEM);
        out.push_sql(" FROM json_each(");
        out.push_bind_param::<Text, _>(&self.json)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<E: QueryFragment<Pg>, K: SetKey> QueryFragment<Pg> for IsOneOf<E, K>
where
    Vec<K>: ToSql<Array<K::SqlType>, Pg>,
    Pg: diesel::sql_types::HasSqlType<K::SqlType>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.value.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY (");
        out.push_bind_param::<Array<K::SqlType>, _>(&self.keys)?;
        out.push_sql(")");
        Ok(())
    }
}

/// A value that one of two queries gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct InEither<E, A, B> {
    value: E,
    one: A,
    other: B,
}

/// The value is among those that either of two queries gives, each of which may go by an index of its own.
pub(super) fn in_either<E: Expression, A, B>(value: E, one: A, other: B) -> InEither<E, A, B> {
    InEither { value, one, other }
}

impl<E: Expression, A, B> Expression for InEither<E, A, B> {
    type SqlType = Bool;
}
stands_where_its_part_does!(InEither<E, A, B>);

impl<E: QueryId, A: QueryId, B: QueryId> QueryId for InEither<E, A, B> {
    type QueryId = InEither<E::QueryId, A::QueryId, B::QueryId>;
    const HAS_STATIC_QUERY_ID: bool =
        E::HAS_STATIC_QUERY_ID && A::HAS_STATIC_QUERY_ID && B::HAS_STATIC_QUERY_ID;
}

impl<E, A, B, DB> QueryFragment<DB> for InEither<E, A, B>
where
    E: QueryFragment<DB>,
    A: QueryFragment<DB>,
    B: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.value.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        self.one.walk_ast(out.reborrow())?;
        out.push_sql(" UNION ALL ");
        self.other.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

/// A JSON document whose list of texts in one member holds a certain text.
#[derive(Clone, Debug)]
pub(super) struct ListHolds<E> {
    document: E,
    member: &'static str,
    text: String,
}

/// The list of texts in this member of the document holds this text, letter for letter.
pub(super) fn list_holds<E: Expression<SqlType = Text>>(
    document: E,
    member: &'static str,
    text: &str,
) -> ListHolds<E> {
    ListHolds { document, member, text: text.to_owned() }
}

impl<E: Expression> Expression for ListHolds<E> {
    type SqlType = Bool;
}
stands_where_its_part_does!(ListHolds<E>);

/// The text depends on the member.
impl<E> QueryId for ListHolds<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for ListHolds<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_bind_param::<Text, _>(&self.text)?;
        out.push_sql(" IN (SELECT value FROM json_each(");
        self.document.walk_ast(out.reborrow())?;
        out.push_sql(", '$.");
        out.push_sql(self.member);
        out.push_sql("'))");
        Ok(())
    }
}

impl<E: QueryFragment<Pg>> QueryFragment<Pg> for ListHolds<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Text, _>(&self.text)?;
        out.push_sql(" IN (SELECT json_array_elements_text(CAST(");
        self.document.walk_ast(out.reborrow())?;
        out.push_sql(" AS JSON) -> '");
        out.push_sql(self.member);
        out.push_sql("'))");
        Ok(())
    }
}

/// A text within a JSON document.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextAt<E> {
    document: E,
    path: [&'static str; 2],
}

/// The text in this member of that member of the document.
pub(super) fn text_at<E: Expression<SqlType = Text>>(document: E, path: [&'static str; 2]) -> TextAt<E> {
    TextAt { document, path }
}

impl<E: Expression> Expression for TextAt<E> {
    type SqlType = Text;
}
stands_where_its_part_does!(TextAt<E>);

/// The text depends on the path.
impl<E> QueryId for TextAt<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: QueryFragment<Sqlite>> QueryFragment<Sqlite> for TextAt<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let [outer, inner] = self.path;
        out.push_sql("json_extract(");
        self.document.walk_ast(out.reborrow())?;
        out.push_sql(&format!(", '$.{outer}.{inner}')"));
        Ok(())
    }
}

impl<E: QueryFragment<Pg>> QueryFragment<Pg> for TextAt<E> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let [outer, inner] = self.path;
        out.push_sql("(CAST(");
        self.document.walk_ast(out.reborrow())?;
        out.push_sql(&format!(" AS JSON) #>> '{{{outer},{inner}}}') COLLATE \"C\""));
        Ok(())
    }
}
