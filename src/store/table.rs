//! Which row of the domain stands in which table: the trait, and the macro by which each noun's file among the
//! [reads](super::read) says so. The columns' names and types are those of [`schema`](super::schema).

use super::StoreError;
use super::column::{HasPrimitive, Primitive};
use super::sql::{SqlValue, SqlValueType, SqlValues};
use diesel::dsl::SqlTypeOf;
use diesel::expression::Expression;

/// A row of the domain that stands in a table of its own.
pub trait Table: Sized {
    /// The table's name.
    const NAME: &'static str;
    /// The columns of the primary key.
    const KEY: &'static [&'static str];
    /// All columns, in the order of the cells.
    const COLUMNS: &'static [(&'static str, SqlValueType)];

    /// The row as it is stored.
    fn sql_values(&self) -> Vec<SqlValue>;

    /// The row as it was stored.
    fn from_sql_values(sql_values: SqlValues) -> Result<Self, StoreError>;

    /// The columns' names, for a select list, each with the table's alias before it.
    #[must_use]
    fn select_list(alias: &str) -> String {
        let names: Vec<String> = Self::COLUMNS.iter().map(|(name, _)| format!("{alias}.{name}")).collect();
        names.join(", ")
    }
}

/// What Rust holds of a column of the schema.
pub(super) type PrimitiveOf<C> = <SqlTypeOf<C> as HasPrimitive>::Primitive;

/// What a column of the schema holds.
pub(super) const fn type_of<C: Expression>() -> SqlValueType
where
    C::SqlType: HasPrimitive,
{
    <PrimitiveOf<C> as Primitive>::TYPE
}

/// Says which table a row stands in: `table_row! { Row in table by [key, …] { column, … } }`, where the row's
/// members are called as the columns are. The columns are all of the table's, in the order of the schema; that,
/// and that each member fits its column, the compiler checks.
macro_rules! table_row {
    ($row:ident in $table:ident by [$($key:ident),+] { $($column:ident),+ $(,)? }) => {
        const _: () = {
            use $crate::store::StoreError;
            use $crate::store::column::{Column, Primitive};
            use $crate::store::schema::$table;
            use $crate::store::sql::{SqlValue, SqlValueType, SqlValues};
            use $crate::store::table::{PrimitiveOf, Table, type_of};
            use diesel::backend::Backend;
            use diesel::deserialize::{self, FromStaticSqlRow, Queryable};
            use diesel::dsl::SqlTypeOf;
            use diesel::expression::Selectable;

            impl Table for $row {
                const NAME: &'static str = stringify!($table);
                const KEY: &'static [&'static str] = &[$(stringify!($key)),+];
                const COLUMNS: &'static [(&'static str, SqlValueType)] =
                    &[$((stringify!($column), type_of::<$table::$column>())),+];

                fn sql_values(&self) -> Vec<SqlValue> {
                    vec![$({
                        let stored: PrimitiveOf<$table::$column> = self.$column.to_primitive();
                        stored.into_sql_value()
                    }),+]
                }

                fn from_sql_values(sql_values: SqlValues) -> Result<Self, StoreError> {
                    let lacking = || StoreError::corrupt(concat!(stringify!($table), " lacks a column"));
                    let mut sql_values = sql_values.0.into_iter();
                    let mut next = || sql_values.next().ok_or_else(lacking);
                    Ok(Self { $($column: Column::from_sql_value(next()?)?),+ })
                }
            }

            type AllColumns = ($($table::$column,)+);
            const _: fn(<$table::table as diesel::Table>::AllColumns) -> AllColumns = |columns| columns;

            impl<DB: Backend> Selectable<DB> for $row {
                type SelectExpression = AllColumns;

                fn construct_selection() -> AllColumns {
                    ($($table::$column,)+)
                }
            }

            impl<DB: Backend> Queryable<SqlTypeOf<AllColumns>, DB> for $row
            where
                ($(PrimitiveOf<$table::$column>,)+): FromStaticSqlRow<SqlTypeOf<AllColumns>, DB>,
            {
                type Row = ($(PrimitiveOf<$table::$column>,)+);

                fn build(($($column,)+): Self::Row) -> deserialize::Result<Self> {
                    Ok(Self { $($column: Column::from_primitive($column)?),+ })
                }
            }
        };
    };
}
pub(super) use table_row;
