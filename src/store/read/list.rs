//! Lists, in pages by key.
//!
//! A page begins after a position, never at a count of rows, so that the last page costs what the
//! first does and nothing is shown twice or left out while others write.

use crate::domain::ids::Seq;
use crate::store::column::Stored;
use crate::store::expression::{Given, given};
use crate::store::{Db, StoreError};
use diesel::dsl;
use diesel::expression::Expression;
use diesel::query_dsl::LoadQuery;
use diesel::sql_types::BigInt;
use diesel::{ExpressionMethods, PgConnection, SqliteConnection};

/// Which page is asked for. The position of an item is the entry that it is known by, where the list has no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest<P = Seq> {
    /// The position of the last item of the page before; none for the first page.
    pub after: Option<P>,
    /// Most items that the page holds; 0 counts as 1.
    pub limit: u32,
}

/// Rows that are read at once where not all are meant.
const SIFTED_AT_ONCE: u32 = 500;

fn is_fewer(rows: usize, limit: i64) -> bool {
    i64::try_from(rows).is_ok_and(|rows| rows < limit)
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOf<T, P = Seq> {
    /// The items, in order.
    pub items: Vec<T>,
    /// The position of the last item, where more follow; none on the last page.
    pub next: Option<P>,
}

impl<P> PageRequest<P> {
    /// One row more than the page holds, to learn whether there is a next.
    pub(super) fn rows_to_read(&self) -> i64 {
        i64::from(self.limit.max(1)) + 1
    }

    /// Makes the page of rows that [`PageRequest::rows_to_read`] asked for.
    pub(super) fn page<T>(&self, rows: Vec<T>, position: impl Fn(&T) -> P) -> PageOf<T, P> {
        let mut items = rows;
        let limit = usize::try_from(self.limit.max(1)).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(position);
        PageOf { items, next }
    }
}

impl<P: Copy> PageRequest<P> {
    /// Fills a page from rows of which some turn out not to be meant once they are opened: reads on until it is full, or
    /// there are no more.
    pub(super) fn sift<R, T>(
        self,
        mut rows: impl FnMut(Self) -> Result<Vec<R>, StoreError>,
        position_of_row: impl Fn(&R) -> P,
        mut item: impl FnMut(R) -> Result<Option<T>, StoreError>,
        position: impl Fn(&T) -> P,
    ) -> Result<PageOf<T, P>, StoreError> {
        let mut read = Self { limit: self.limit.max(SIFTED_AT_ONCE), ..self };
        let mut meant = Vec::new();
        loop {
            let rows = rows(read)?;
            let are_all = is_fewer(rows.len(), read.rows_to_read());
            read.after = rows.last().map(&position_of_row).or(read.after);
            for row in rows {
                meant.extend(item(row)?);
            }
            if are_all || !is_fewer(meant.len(), self.rows_to_read()) {
                return Ok(self.page(meant, position));
            }
        }
    }
}

impl PageRequest {
    /// What comes after the page before, in a list from the newest to the oldest.
    pub(super) fn older<C: Expression<SqlType = BigInt>>(self, key: C) -> Given<dsl::Lt<C, Stored<Seq>>> {
        given(self.after, |after| key.lt(Stored(after)))
    }

    /// What comes after the page before, in a list from the oldest to the newest.
    pub(super) fn newer<C: Expression<SqlType = BigInt>>(self, key: C) -> Given<dsl::Gt<C, Stored<Seq>>> {
        given(self.after, |after| key.gt(Stored(after)))
    }

    /// Reads a page of a query that takes [`PageRequest::rows_to_read`], each row made into what is listed.
    pub(super) fn read<'q, R, T, Q>(
        self,
        db: &mut Db,
        query: Q,
        item: impl Fn(R) -> T,
        position: impl Fn(&T) -> Seq,
    ) -> Result<PageOf<T>, StoreError>
    where
        Q: LoadQuery<'q, SqliteConnection, R> + LoadQuery<'q, PgConnection, R>,
    {
        Ok(self.page(db.load(query)?.into_iter().map(item).collect(), position))
    }
}
