//! Lists: conditions joined one by one, and pages by key.
//!
//! A page begins after a position, never at a count of rows, so that the last page costs what the
//! first does and nothing is shown twice or left out while others write.

use super::row::Row;
use crate::domain::ids::Seq;
use crate::store::column::Column;
use crate::store::sql::{Cells, Sql};
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// Which page is asked for. The position of an item is the entry that it is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The position of the last item of the page before; none for the first page.
    pub after: Option<Seq>,
    /// Most items that the page holds; nought counts as one.
    pub limit: u32,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOf<T> {
    /// The items, in order.
    pub items: Vec<T>,
    /// The position of the last item, where more follow; none on the last page.
    pub next: Option<Seq>,
}

impl PageRequest {
    /// One row more than the page holds, to learn whether there is a next.
    pub(super) fn rows_to_read(&self) -> i64 {
        i64::from(self.limit.max(1)) + 1
    }

    /// Makes the page of rows that [`PageRequest::rows_to_read`] asked for.
    pub(super) fn page<T>(&self, rows: Vec<T>, position: impl Fn(&T) -> Seq) -> PageOf<T> {
        let mut items = rows;
        let limit = usize::try_from(self.limit.max(1)).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(position);
        PageOf { items, next }
    }
}

/// In which order a list goes by its key.
#[derive(Clone, Copy)]
pub(super) enum Order {
    NewestFirst,
    OldestFirst,
}

/// A query that grows condition by condition. The rows' own table has the alias `t`.
pub(super) struct Listing(Sql);

impl Listing {
    /// Rows of a table.
    pub(super) fn of<T: Table>() -> Self {
        Self::select(&T::select_list("t"), &format!("{} AS t", T::NAME))
    }

    /// These columns from there.
    pub(super) fn select(columns: &str, from: &str) -> Self {
        Self(Sql::new(format!("SELECT {columns} FROM {from} WHERE 1 = 1")))
    }

    /// All rows of a statement that has no condition of its own.
    pub(super) fn over(select: Sql) -> Self {
        Self(select.and(" WHERE 1 = 1"))
    }

    /// Only where the condition holds.
    #[must_use]
    pub(super) fn only(self, condition: Sql) -> Self {
        Self(self.0.and(" AND ").join(condition))
    }

    /// Only where the condition holds, if one is wished for.
    #[must_use]
    pub(super) fn only_if<F>(self, wish: Option<F>, condition: impl FnOnce(F) -> Sql) -> Self {
        match wish {
            Some(wish) => self.only(condition(wish)),
            None => self,
        }
    }

    /// Only where the column holds the value, if one is wished for.
    #[must_use]
    pub(super) fn only_where<C: Column>(self, column: &str, wish: Option<C>) -> Self {
        self.only_if(wish, |value| equals(column, &value))
    }

    /// More text at the end: grouping, order.
    pub(super) fn end(self, text: &str) -> Sql {
        self.0.and(text)
    }

    /// The only row.
    pub(super) fn one<T>(
        self,
        db: &mut Db,
        read: impl Fn(Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        db.query(self.0)?.into_iter().next().map(|cells| read(Row::new(cells))).transpose()
    }

    /// The only row of the table.
    pub(super) fn one_row<T: Table>(self, db: &mut Db) -> Result<Option<T>, StoreError> {
        self.one(db, |mut row| row.table())
    }

    /// A page of rows in the order of a key column, whose name is given.
    pub(super) fn page<T>(
        self,
        db: &mut Db,
        page: PageRequest,
        (key, order): (&str, Order),
        read: impl Fn(Row) -> Result<T, StoreError>,
        position: impl Fn(&T) -> Seq,
    ) -> Result<PageOf<T>, StoreError> {
        let (beyond, direction) = match order {
            Order::NewestFirst => ("<", "DESC"),
            Order::OldestFirst => (">", "ASC"),
        };
        let sql = self
            .only_if(page.after, |seq| Sql::new(format!("{key} {beyond} ?")).bind(seq.to_cell()))
            .end(&format!(" ORDER BY {key} {direction} LIMIT ?"))
            .int(page.rows_to_read());
        Ok(page.page(rows(db, sql, read)?, position))
    }

    /// A page of rows of the table, newest first.
    pub(super) fn page_of_rows<T: Table>(
        self,
        db: &mut Db,
        page: PageRequest,
        position: impl Fn(&T) -> Seq,
    ) -> Result<PageOf<T>, StoreError> {
        self.page(db, page, ("t.id", Order::NewestFirst), |mut row| row.table(), position)
    }
}

/// The column holds the value.
pub(super) fn equals<C: Column>(column: &str, value: &C) -> Sql {
    compare(column, "=", value)
}

/// The column stands so to the value.
pub(super) fn compare<C: Column>(column: &str, operator: &str, value: &C) -> Sql {
    Sql::new(format!("{column} {operator} ?")).bind(value.to_cell())
}

/// All rows, each read.
pub(super) fn rows<T>(
    db: &mut Db,
    sql: Sql,
    read: impl Fn(Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let read_cells = |cells: Cells| read(Row::new(cells));
    db.query(sql)?.into_iter().map(read_cells).collect()
}
