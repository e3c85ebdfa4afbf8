//! Marks: sums of what counts, kept at places in the journal, so that a total costs the same however
//! long the journal is.
//!
//! A mark stands at the end of a batch, about every few thousand entries. A *whole* mark holds everything
//! up to its place, a *partial* one what came since the mark before it. A total as of an entry is the
//! last whole mark up to there, the partial ones after it, and what the entries since the last of them
//! changed, which the records and postings tell themselves. A whole mark is made in the place of a partial
//! one when the partial ones hold more sums than the whole one did: so a question reads about twice as
//! many rows as there are sums, and in the long run an entry costs a bounded part of a row.
//!
//! Marks are written once and never changed, as entries are; past totals cost what present ones do. A
//! ledger without marks is summed from its records and postings; its next mark then sums all of it.

use super::StoreError;
use super::column::Column;
use super::counted::{began_to_count, ceased_to_count};
use super::db::Db;
use super::sql::{Cells, Sql};
use crate::domain::ids::Seq;

/// What is summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Book {
    /// Credited minutes, occasions of count-type service and records: by where, when and on what evidence.
    Minutes,
    /// Hundredths of points: by whose books they are in and kind of account.
    Points,
}

impl Book {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Minutes, Self::Points];

    /// The table that holds the marks' sums.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Minutes => "mark_minutes",
            Self::Points => "mark_points",
        }
    }

    /// By what is summed: columns of [`Book::table`].
    #[must_use]
    pub const fn key(self) -> &'static [&'static str] {
        match self {
            Self::Minutes => &["unit", "programme", "service_month", "evidence"],
            Self::Points => &["unit", "account"],
        }
    }

    /// What is summed: columns of [`Book::table`].
    #[must_use]
    pub const fn figures(self) -> &'static [&'static str] {
        match self {
            Self::Minutes => &["credited_minutes", "occasions", "records"],
            Self::Points => &["amount"],
        }
    }

    fn columns(self) -> Vec<&'static str> {
        [self.key(), self.figures()].concat()
    }
}

/// A mark, without its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The last entry that it covers.
    pub seq: Seq,
    /// Whether it holds everything up to there; else what came since the mark before.
    pub is_whole: bool,
    /// How many sums it holds, in both books.
    pub sums: i64,
}

/// Whether a batch that took the journal from one entry to another ends with a mark: one stands where a
/// multiple of the interval was reached or passed.
#[must_use]
pub fn is_due(before: Seq, after: Seq, interval: i64) -> bool {
    let interval = interval.max(1);
    before.0 / interval < after.0 / interval
}

/// Makes the mark at the end of the journal, within the transaction that led there.
pub fn write(db: &mut Db, at: Seq) -> Result<(), StoreError> {
    let before = Marks::up_to(db, at)?;
    let is_whole = before.whole.is_none_or(|whole| before.partial_sums > whole.sums);
    let mut sums = 0;
    for book in Book::ALL {
        let rows = if is_whole {
            before.rows(book, at, everywhere)
        } else {
            changes(book, before.last, at, everywhere)
        };
        sums += db.execute(summed_up(book, at, rows))?;
    }
    // The mark seals its sums: none comes after it.
    let sql = Sql::new("INSERT INTO marks (seq, whole, sums) VALUES (?, ?, ?)")
        .bind(at.to_cell())
        .bind(is_whole.to_cell())
        .int(i64::try_from(sums).unwrap_or(i64::MAX));
    db.execute(sql).map(|_| ())
}

/// Keeps sums that are not nought under a mark.
fn summed_up(book: Book, mark: Seq, rows: Sql) -> Sql {
    let (table, columns, key) = (book.table(), book.columns().join(", "), book.key().join(", "));
    let sums: Vec<_> = book.figures().iter().map(|figure| sum_of(figure)).collect();
    let is_something: Vec<_> = book.figures().iter().map(|figure| format!("SUM({figure}) <> 0")).collect();
    Sql::new(format!("INSERT INTO {table} (mark, {columns}) SELECT ?, {key}, {} FROM (", sums.join(", ")))
        .bind(mark.to_cell())
        .join(rows)
        .and(&format!(") AS s GROUP BY {key} HAVING {}", is_something.join(" OR ")))
}

/// The sum of a figure, as a whole number on both databases; nought over nothing.
#[must_use]
pub fn sum_of(figure: &str) -> String {
    format!("CAST(COALESCE(SUM({figure}), 0) AS BIGINT)")
}

/// The marks that a question as of an entry rests on: a whole one, and the partial ones after it.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    whole: Option<Mark>,
    /// The place of the last mark; nought before the first.
    last: Seq,
    partial_sums: i64,
}

impl Marks {
    /// Those up to an entry. They stay the same for ever: later marks stand later.
    pub fn up_to(db: &mut Db, as_of: Seq) -> Result<Self, StoreError> {
        let whole = Sql::new(
            "SELECT seq, whole, sums FROM marks WHERE seq <= ? AND whole = 1 ORDER BY seq DESC LIMIT 1",
        )
        .bind(as_of.to_cell());
        let whole = db.query(whole)?.into_iter().next().map(read).transpose()?;
        let from = whole.map_or(Seq(0), |whole| whole.seq);
        let partial = Sql::new(format!(
            "SELECT COALESCE(MAX(seq), 0), {} FROM marks WHERE seq > ? AND seq <= ?",
            sum_of("sums")
        ))
        .bind(from.to_cell())
        .bind(as_of.to_cell());
        let Some(Cells(cells)) = db.query(partial)?.into_iter().next() else {
            return Err(StoreError::corrupt("no sum over marks"));
        };
        let Ok([last, sums]) = <[_; 2]>::try_from(cells) else { return Err(lacks_a_column()) };
        Ok(Self { whole, last: from.max(Column::from_cell(last)?), partial_sums: Column::from_cell(sums)? })
    }

    /// Rows with the columns of the book that sum to what counted as of the entry, which is the one that
    /// the marks were asked up to; only of units, by the column that is handed over, that `of_unit` lets through.
    pub fn rows(self, book: Book, as_of: Seq, of_unit: impl Fn(&str) -> Sql) -> Sql {
        let first = self.whole.map_or(Seq(0), |whole| whole.seq);
        let between =
            |column| Sql::new(column).and(" BETWEEN ? AND ?").bind(first.to_cell()).bind(self.last.to_cell());
        // Mark by mark, so that few units are found in each; and within bounds, without which PostgreSQL
        // would rather read the sums of all marks there are.
        let marked =
            Sql::new(format!("SELECT {} FROM {} AS t WHERE ", book.columns().join(", "), book.table()))
                .join(between("t.mark"))
                .and(" AND t.mark IN (SELECT seq FROM marks WHERE ")
                .join(between("seq"))
                .and(") AND ")
                .join(of_unit("t.unit"));
        marked.and(" UNION ALL ").join(changes(book, self.last, as_of, of_unit))
    }
}

/// Rows that sum to what the entries after one, up to another, changed. They are found by their entries, so
/// that units only sift them. Of a condition that is asked whether it is true neither database makes a way to
/// find rows, by an index or by a join: PostgreSQL, which has not counted the newest rows yet and expects
/// hardly any, would look through the units once for each.
pub(super) fn changes(book: Book, after: Seq, until: Seq, of_unit: impl Fn(&str) -> Sql) -> Sql {
    let of_unit = || Sql::new(" AND (").join(of_unit("t.unit")).and(") IS TRUE");
    match book {
        Book::Minutes => {
            let records = |figures: &str| {
                Sql::new(format!(
                    "SELECT t.unit, t.programme, t.service_date / 100 AS service_month, t.evidence, {figures} \
                     FROM service_records AS t WHERE "
                ))
            };
            records("t.credited_minutes, t.count AS occasions, 1 AS records")
                .join(began_to_count(after, until))
                .join(of_unit())
                .and(" UNION ALL ")
                .join(records("-t.credited_minutes, -t.count, -1"))
                .join(ceased_to_count(after, until))
                .join(of_unit())
        }
        // Accounts of minutes are in no unit's books.
        Book::Points => Sql::new(
            "SELECT t.unit, t.account, t.amount FROM postings AS t WHERE t.seq > ? AND t.seq <= ? AND +t.unit <> 0",
        )
        .bind(after.to_cell())
        .bind(until.to_cell())
        .join(of_unit()),
    }
}

/// No unit is left out.
fn everywhere(_unit: &str) -> Sql {
    Sql::new("1 = 1")
}

/// The first mark after an entry.
pub fn next(db: &mut Db, after: Seq) -> Result<Option<Mark>, StoreError> {
    let sql = Sql::new("SELECT seq, whole, sums FROM marks WHERE seq > ? ORDER BY seq LIMIT 1")
        .bind(after.to_cell());
    db.query(sql)?.into_iter().next().map(read).transpose()
}

fn read(Cells(cells): Cells) -> Result<Mark, StoreError> {
    let Ok([seq, is_whole, sums]) = <[_; 3]>::try_from(cells) else { return Err(lacks_a_column()) };
    Ok(Mark {
        seq: Column::from_cell(seq)?,
        is_whole: Column::from_cell(is_whole)?,
        sums: Column::from_cell(sums)?,
    })
}

fn lacks_a_column() -> StoreError {
    StoreError::corrupt("a mark lacks a column")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_due_where_a_multiple_is_reached_or_passed() {
        let due = |before, after| is_due(Seq(before), Seq(after), 5);
        assert!(!due(0, 0) && !due(0, 4) && due(0, 5) && due(4, 5) && due(4, 12));
        assert!(!due(5, 5) && !due(5, 9) && due(9, 10) && due(3, 400));
        assert!(is_due(Seq(1), Seq(2), 0), "an interval of nothing is one of one");
    }
}
