//! Roll-ups: sums of what counts, kept at places in the journal, so that a total costs the same however
//! long the journal is. In the database they are called marks.
//!
//! A roll-up is written at the end of a batch, about every few thousand entries. A *whole* one holds everything
//! up to its place, a *partial* one what came since the roll-up before it. A total as of an entry is the
//! last whole roll-up up to there, the partial ones after it, and what the entries since the last of them
//! changed, which follows from the records and postings. A whole one is made instead of a partial one when the
//! partial ones hold more sums than the whole one did: so a question reads about twice as many rows as there
//! are sums, and in the long run an entry costs a bounded part of a row.
//!
//! Roll-ups are written once and never changed, as entries are; past totals cost what present ones do. A
//! ledger without roll-ups is summed from its records and postings; its next roll-up then sums all of it.

use super::StoreError;
use super::column::Stored;
use super::db::Db;
use super::expression::literally;
use super::named_sql::NamedSql;
use super::schema::marks as t;
use crate::domain::ids::Seq;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

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

    /// The table that holds the roll-ups' sums.
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

    /// The rows that sum to what counted as of an entry: what the roll-ups of a question hold, and what the
    /// entries after the last of them changed.
    ///
    /// One roll-up after the other, so that few units are found in each; and within bounds, without which
    /// PostgreSQL would rather read the sums of all roll-ups.
    pub(super) const fn as_of(self) -> &'static str {
        match self {
            Self::Minutes => {
                "SELECT t.unit, t.programme, t.service_month, t.evidence, t.credited_minutes, t.occasions, t.records
                 FROM mark_minutes AS t
                 WHERE t.mark BETWEEN :whole AND :last
                   AND t.mark IN (SELECT seq FROM marks WHERE seq BETWEEN :whole AND :last) AND {units}
                 UNION ALL {changes}"
            }
            Self::Points => {
                "SELECT t.unit, t.account, t.amount
                 FROM mark_points AS t
                 WHERE t.mark BETWEEN :whole AND :last
                   AND t.mark IN (SELECT seq FROM marks WHERE seq BETWEEN :whole AND :last) AND {units}
                 UNION ALL {changes}"
            }
        }
    }

    /// The rows that sum to what the entries after `:last`, up to `:as_of`, changed.
    ///
    /// They are found by their entries, so that units are only looked at. Of a condition that is asked whether it
    /// is true neither database makes a way to find rows, by an index or by a join: PostgreSQL, which has not
    /// counted the newest rows yet and expects hardly any, would look through the units once for each.
    pub(super) const fn changes(self) -> &'static str {
        match self {
            Self::Minutes => {
                "SELECT t.unit, t.programme, t.service_date / 100 AS service_month, t.evidence,
                        t.credited_minutes, t.count AS occasions, 1 AS records
                 FROM service_records AS t
                 WHERE t.credited_entry > :last AND t.credited_entry <= :as_of AND ({units}) IS TRUE
                 UNION ALL
                 SELECT t.unit, t.programme, t.service_date / 100, t.evidence,
                        -t.credited_minutes, -t.count, -1
                 FROM service_records AS t
                 WHERE t.voided_entry > :last AND t.voided_entry <= :as_of AND ({units}) IS TRUE"
            }
            // Accounts of minutes are in no unit's books.
            Self::Points => {
                "SELECT t.unit, t.account, t.amount
                 FROM postings AS t
                 WHERE t.seq > :last AND t.seq <= :as_of AND +t.unit <> 0 AND ({units}) IS TRUE"
            }
        }
    }

    /// Writes the sums of `{rows}` that are not 0 under a roll-up.
    const fn keep(self) -> &'static str {
        match self {
            Self::Minutes => {
                "INSERT INTO mark_minutes
                     (mark, unit, programme, service_month, evidence, credited_minutes, occasions, records)
                 SELECT :mark, s.unit, s.programme, s.service_month, s.evidence,
                        CAST(SUM(s.credited_minutes) AS BIGINT), CAST(SUM(s.occasions) AS BIGINT),
                        CAST(SUM(s.records) AS BIGINT)
                 FROM ({rows}) AS s
                 GROUP BY s.unit, s.programme, s.service_month, s.evidence
                 HAVING SUM(s.credited_minutes) <> 0 OR SUM(s.occasions) <> 0 OR SUM(s.records) <> 0"
            }
            Self::Points => {
                "INSERT INTO mark_points (mark, unit, account, amount)
                 SELECT :mark, s.unit, s.account, CAST(SUM(s.amount) AS BIGINT)
                 FROM ({rows}) AS s
                 GROUP BY s.unit, s.account
                 HAVING SUM(s.amount) <> 0"
            }
        }
    }
}

/// A roll-up, without its sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rollup {
    /// The last entry that it covers.
    pub seq: Seq,
    /// Whether it holds everything up to there; else what came since the roll-up before.
    pub is_whole: bool,
    /// How many sums it holds, in both books.
    pub sums: i64,
}

/// Whether a batch that took the journal from one entry to another ends with a roll-up: there is one where a
/// multiple of the interval was reached or passed.
#[must_use]
pub fn is_due(before: Seq, after: Seq, interval: i64) -> bool {
    let interval = interval.max(1);
    before.0 / interval < after.0 / interval
}

/// Writes the roll-up at the end of the journal, within the transaction that led there.
pub fn write(db: &mut Db, at: Seq) -> Result<(), StoreError> {
    let before = Rollups::up_to(db, at)?;
    let is_whole = before.whole.is_none_or(|whole| before.partial_sums > whole.sums);
    let mut sums = 0;
    for book in Book::ALL {
        let keep =
            NamedSql::new(book.keep()).with("rows", if is_whole { book.as_of() } else { book.changes() });
        sums += db.run(before.fill(book, keep, EVERYWHERE).bind("as_of", &at).bind("mark", &at))?;
    }
    // The roll-up seals its sums: none comes after it.
    let rollup = NamedSql::new("INSERT INTO marks (seq, whole, sums) VALUES (:seq, :whole, :sums)")
        .bind("seq", &at)
        .bind("whole", &is_whole)
        .bind("sums", &i64::try_from(sums).unwrap_or(i64::MAX));
    db.run(rollup).map(|_| ())
}

/// No unit is left out.
const EVERYWHERE: &str = "TRUE";

/// The roll-ups that a question as of an entry is answered from: a whole one, and the partial ones after it.
#[derive(Clone, Copy, Debug)]
pub struct Rollups {
    whole: Option<Rollup>,
    /// The place of the last roll-up; 0 before the first.
    last: Seq,
    partial_sums: i64,
}

impl Rollups {
    /// Those up to an entry. They always stay the same: later roll-ups are at later places.
    pub fn up_to(db: &mut Db, as_of: Seq) -> Result<Self, StoreError> {
        let whole = t::table
            .filter(t::seq.le(Stored(as_of)))
            .filter(literally(t::whole, "= 1"))
            .order(t::seq.desc())
            .limit(1);
        let whole = db.one(whole)?.map(rollup);
        let from = whole.map_or(Seq(0), |whole| whole.seq);
        let partial = NamedSql::new(
            "SELECT COALESCE(MAX(seq), 0) AS last, CAST(COALESCE(SUM(sums), 0) AS BIGINT) AS sums
             FROM marks WHERE seq > :from AND seq <= :as_of",
        );
        let partial: Option<Partial> = db.one(partial.bind("from", &from).bind("as_of", &as_of))?;
        let Partial { last, sums } = partial.ok_or_else(|| StoreError::corrupt("no sum over roll-ups"))?;
        Ok(Self { whole, last: from.max(last.value()), partial_sums: sums })
    }

    /// Fills a statement over the rows of a book: from which roll-ups, and of which units; `units` is a
    /// condition on `t.unit`. The entry that the roll-ups were asked up to is still to be bound, as `:as_of`.
    pub(super) fn fill(self, book: Book, sql: NamedSql, units: &str) -> NamedSql {
        sql.with("changes", book.changes())
            .with("units", units)
            .bind("whole", &self.whole.map_or(Seq(0), |whole| whole.seq))
            .bind("last", &self.last)
    }
}

/// The partial roll-ups after a whole one.
#[derive(QueryableByName)]
struct Partial {
    #[diesel(sql_type = BigInt)]
    last: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    sums: i64,
}

/// The first roll-up after an entry.
pub fn next(db: &mut Db, after: Seq) -> Result<Option<Rollup>, StoreError> {
    Ok(db.one(t::table.filter(t::seq.gt(Stored(after))).order(t::seq).limit(1))?.map(rollup))
}

fn rollup((seq, is_whole, sums): (Stored<Seq>, Stored<bool>, i64)) -> Rollup {
    Rollup { seq: seq.value(), is_whole: is_whole.value(), sums }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rollup_is_due_where_a_multiple_is_reached_or_passed() {
        let due = |before, after| is_due(Seq(before), Seq(after), 5);
        assert!(!due(0, 0) && !due(0, 4) && due(0, 5) && due(4, 5) && due(4, 12));
        assert!(!due(5, 5) && !due(5, 9) && due(9, 10) && due(3, 400));
        assert!(is_due(Seq(1), Seq(2), 0), "an interval of nothing is one of one");
    }
}
