//! The roll-ups computed from the entries, to compare with those that are stored.
//!
//! Memory is bounded by the number of sums, not by the entries: those of everything so far, those of what
//! came since the last roll-up, and those of one stored roll-up while it is compared.

use super::Report;
use crate::domain::event::Event;
use crate::domain::ids::{RecordId, Seq};
use crate::domain::record;
use crate::domain::{UnsealedEntry, World};
use crate::store::column::Column;
use crate::store::rollups::{self, Book, Rollup};
use crate::store::sql::{Sql, SqlValues};
use crate::store::{Db, StoreError};
use chrono::Datelike;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Follows the replay, entry by entry, and compares each roll-up that it comes to.
pub(super) struct RollupCheck {
    so_far: Sums,
    since_last: Sums,
    /// The next roll-up that is stored.
    stored: Option<Rollup>,
}

impl RollupCheck {
    pub(super) fn new(db: &mut Db) -> Result<Self, StoreError> {
        // A roll-up before the first entry is never come to, and so reported at the end.
        let stored = rollups::next(db, Seq(i64::MIN))?;
        Ok(Self { so_far: Sums::default(), since_last: Sums::default(), stored })
    }

    /// Looks for a roll-up after an entry where there was none so far: the journal may have grown.
    pub(super) fn look_for_more(&mut self, db: &mut Db, after: Seq) -> Result<(), StoreError> {
        if self.stored.is_none() {
            self.stored = rollups::next(db, after)?;
        }
        Ok(())
    }

    /// Takes an entry that has been carried into the world.
    pub(super) fn follow(
        &mut self,
        db: &mut Db,
        world: &World,
        unsealed: &UnsealedEntry,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        for (key, figures) in changes(world, unsealed) {
            add(&mut self.so_far, key.clone(), figures);
            add(&mut self.since_last, key, figures);
        }
        let Some(rollup) = self.stored.take_if(|rollup| rollup.seq == unsealed.seq) else { return Ok(()) };
        let since_last = std::mem::take(&mut self.since_last);
        let expected = if rollup.is_whole { &self.so_far } else { &since_last };
        report.rows += 1;
        if let Some(what) = difference(rollup, &stored_sums(db, rollup)?, expected) {
            report.differs(format!("mark {}: {what}", rollup.seq));
        }
        self.stored = rollups::next(db, rollup.seq)?;
        Ok(())
    }

    pub(super) fn end(&self, db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
        if let Some(rollup) = &self.stored {
            report.differs(format!("mark {}: stands at no entry", rollup.seq));
        }
        for book in Book::ALL {
            let table = book.table();
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE mark NOT IN (SELECT seq FROM marks)");
            if db.number(Sql::new(sql))? != Some(0) {
                report.differs(format!("{table}: holds sums of marks that are not there"));
            }
        }
        Ok(())
    }
}

/// By what is summed. Points have neither programme nor month.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    book: Book,
    unit: i64,
    programme: i64,
    service_month: i64,
    /// The evidence, or the kind of account.
    word: Cow<'static, str>,
}

/// What is summed: minutes, occasions and records, or points alone.
type Figures = [i64; 3];
type Sums = BTreeMap<Key, Figures>;

fn add(sums: &mut Sums, key: Key, figures: Figures) {
    let sum = sums.entry(key).or_default();
    for (sum, figure) in sum.iter_mut().zip(figures) {
        *sum += figure;
    }
}

/// What an entry adds to the sums.
fn changes(world: &World, unsealed: &UnsealedEntry) -> impl Iterator<Item = (Key, Figures)> {
    let service = match &unsealed.event {
        Event::Record(record::Event::RecordSubmitted { crediting: Some(_), .. }) => {
            Some((RecordId::new(unsealed.seq), 1))
        }
        Event::Record(record::Event::RecordCredited { record, .. }) => Some((*record, 1)),
        Event::Record(record::Event::RecordVoided { record, .. }) => Some((*record, -1)),
        _ => None,
    };
    let service = service.and_then(|(record, sign)| {
        // An entry that could not be carried has been told already.
        let record = world.record(record).ok()?;
        let day = record.service_date;
        let key = Key {
            book: Book::Minutes,
            unit: record.unit.seq().0,
            programme: record.programme.seq().0,
            service_month: i64::from(day.year()) * 100 + i64::from(day.month()),
            word: Cow::Borrowed(record.evidence.into_str()),
        };
        Some((key, [record.credited_minutes.0, record.count, 1].map(|figure| sign * figure)))
    });
    let points = unsealed.postings.iter().filter_map(|posting| {
        let unit = posting.account.unit()?.seq().0;
        let word = Cow::Borrowed(posting.account.kind());
        let key = Key { book: Book::Points, unit, programme: 0, service_month: 0, word };
        Some((key, [posting.amount, 0, 0]))
    });
    service.into_iter().chain(points)
}

fn stored_sums(db: &mut Db, rollup: Rollup) -> Result<Sums, StoreError> {
    let sql = Sql::new(
        "SELECT unit, programme, service_month, evidence, credited_minutes, occasions, records \
         FROM mark_minutes WHERE mark = ?",
    );
    let minutes =
        db.query(sql.bind(rollup.seq.to_sql_value()))?.into_iter().map(|row| read(Book::Minutes, row));
    let sql = Sql::new("SELECT unit, 0, 0, account, amount, 0, 0 FROM mark_points WHERE mark = ?");
    let points =
        db.query(sql.bind(rollup.seq.to_sql_value()))?.into_iter().map(|row| read(Book::Points, row));
    minutes.chain(points).collect()
}

fn read(book: Book, SqlValues(sql_values): SqlValues) -> Result<(Key, Figures), StoreError> {
    let Ok([unit, programme, service_month, word, one, two, three]) = <[_; 7]>::try_from(sql_values) else {
        return Err(StoreError::corrupt("a sum lacks a column"));
    };
    let number = i64::from_sql_value;
    let key = Key {
        book,
        unit: number(unit)?,
        programme: number(programme)?,
        service_month: number(service_month)?,
        word: Cow::Owned(String::from_sql_value(word)?),
    };
    Ok((key, [number(one)?, number(two)?, number(three)?]))
}

/// The first sum that is not what the entries come to, in words.
fn difference(rollup: Rollup, stored: &Sums, expected: &Sums) -> Option<String> {
    let expected_at = |key: &Key| expected.get(key).copied().unwrap_or_default();
    let off = stored.iter().find(|(key, figures)| expected_at(key) != **figures || **figures == [0; 3]);
    let missing = expected.iter().find(|(key, figures)| **figures != [0; 3] && !stored.contains_key(key));
    match (off, missing) {
        (Some((key, figures)), _) => {
            Some(format!("{key} is {figures:?}, the journal says {:?}", expected_at(key)))
        }
        (None, Some((key, figures))) => Some(format!("{key} is not there, the journal says {figures:?}")),
        (None, None) if usize::try_from(rollup.sums) != Ok(stored.len()) => {
            Some(format!("says that it holds {} sums, and holds {}", rollup.sums, stored.len()))
        }
        (None, None) => None,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { book, unit, programme, service_month, word } = self;
        match book {
            Book::Minutes => write!(f, "minutes {unit}/{programme}/{service_month}/{word}"),
            Book::Points => write!(f, "points {unit}/{word}"),
        }
    }
}
