//! Tables compared with their shadows, row by row in key order.

use super::Report;
use crate::domain;
use crate::domain::message::Message;
use crate::store::account;
use crate::store::sql::{Bind, Sql, SqlValue, SqlValues};
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use std::cmp::Ordering;

/// A table as it is compared.
pub(super) struct Compared {
    pub(super) name: &'static str,
    /// The table of the shadow that it is compared with.
    pub(super) replayed_as: &'static str,
    /// The columns of the shadow's row `b` with whom it is about: it may be gone where one of these persons is.
    pub(super) about: Option<&'static str>,
    pub(super) key: &'static [&'static str],
    pub(super) columns: Vec<&'static str>,
    pub(super) only: &'static str,
}

impl Compared {
    /// A table of the same name on both sides.
    pub(super) fn of(name: &'static str, key: &'static [&'static str], columns: Vec<&'static str>) -> Self {
        Self { name, replayed_as: name, about: None, key, columns, only: "1 = 1" }
    }

    pub(super) fn key_of<'r>(&self, row: &'r [SqlValue]) -> Vec<&'r SqlValue> {
        let position = |key: &&str| self.columns.iter().position(|column| column == key);
        self.key.iter().filter_map(|key| row.get(position(key)?)).collect()
    }
}

fn table<T: Table>() -> Compared {
    let columns = T::COLUMNS.iter().map(|(name, _)| *name).collect();
    Compared::of(T::NAME, T::KEY, columns)
}

macro_rules! tables_of_nouns {
    (things { $($module:ident: $Noun:ident($Row:ident, $($id:tt)*) in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        fn tables_of_nouns() -> Vec<Compared> {
            vec![
                $(table::<domain::$module::$Row>(),)*
                $(table::<domain::$of::$OtherRow>(),)*
            ]
        }
    };
}
crate::nouns!(tables_of_nouns);

/// Every table that follows from the journal alone.
pub(super) fn compared_tables() -> Vec<Compared> {
    let account: &[&str] = &account::PERSONAL_COLUMNS;
    let beside = [
        // That somebody signed in makes no entry, and what happened before people were told is no news.
        Compared {
            only: "kind <> 'signed_in' AND entry >= (SELECT b.entry FROM messages_begin AS b)",
            ..table::<Message>()
        },
        Compared::of("unit_lineage", &["ancestor", "unit"], vec!["ancestor", "unit"]),
        Compared {
            only: "balance <> 0",
            ..Compared::of("balances", account, account.iter().copied().chain(["balance"]).collect())
        },
    ];
    tables_of_nouns().into_iter().chain(beside).collect()
}

/// A row's key.
pub(super) type Key = Vec<SqlValue>;

/// Compares a whole table.
pub(super) fn compare(
    db: &mut Db,
    shadow: &mut Db,
    table: &Compared,
    report: &mut Report,
) -> Result<(), StoreError> {
    compare_some(db, shadow, table, (None, u64::MAX), report).map(|_| ())
}

/// Walks both tables in key order, like a merge: at most so many rows after a key. The key to go on after, unless
/// the end was reached.
pub(super) fn compare_some(
    db: &mut Db,
    shadow: &mut Db,
    table: &Compared,
    (after, most): (Option<Key>, u64),
    report: &mut Report,
) -> Result<Option<Key>, StoreError> {
    let mut stored = Rows::after(table, table.name, after.clone());
    let mut replayed = Rows::after(table, table.replayed_as, after);
    let (mut done, mut passed) = (0, None);
    loop {
        let (ours, theirs) = (stored.peek(db)?, replayed.peek(shadow)?);
        let place = match (ours, theirs) {
            (None, None) => return Ok(None),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(ours), Some(theirs)) => order(&table.key_of(ours), &table.key_of(theirs)),
        };
        if done == most {
            return Ok(passed);
        }
        let row = if place.is_gt() { theirs } else { ours }.unwrap_or_default();
        match (place, ours, theirs) {
            (Ordering::Equal, Some(ours), Some(theirs)) => {
                if let Some(what) = difference(table, ours, theirs) {
                    report.row_differs(table, ours, what);
                }
            }
            (Ordering::Greater, ..) => report_missing(shadow, table, row, report)?,
            _ => {
                let key = name(&table.key_of(row));
                report.row_differs(
                    table,
                    row,
                    format!("{} {key}: stored, but not in the journal", table.name),
                );
            }
        }
        done += 1;
        if done == most {
            passed = Some(table.key_of(row).into_iter().cloned().collect());
        }
        if place.is_le() {
            stored.advance();
        }
        if place.is_ge() {
            replayed.advance();
        }
        report.rows += 1;
    }
}

fn report_missing(
    shadow: &mut Db,
    table: &Compared,
    replayed: &[SqlValue],
    report: &mut Report,
) -> Result<(), StoreError> {
    let key = table.key_of(replayed);
    if !may_be_gone(shadow, table, &key)? {
        let what = format!("{} {}: in the journal, but not stored", table.name, name(&key));
        report.row_differs(table, replayed, what);
    }
    Ok(())
}

/// Whether a row that an entry binds went with the person that it is about.
pub(super) fn may_be_gone(shadow: &mut Db, table: &Compared, key: &[&SqlValue]) -> Result<bool, StoreError> {
    let Some(about) = table.about else { return Ok(false) };
    let same: Vec<String> = table.key.iter().map(|column| format!("b.{column} = ?")).collect();
    let sql = Sql::new(format!(
        "SELECT COUNT(*) FROM {} AS b JOIN closings AS c ON c.volunteer IN ({about}) AND c.entry >= b.entry WHERE {}",
        table.replayed_as,
        same.join(" AND ")
    ));
    let sql = key.iter().fold(sql, |sql, value| sql.bind((*value).clone()));
    Ok(shadow.number(sql)? != Some(0))
}

fn difference(table: &Compared, stored: &[SqlValue], replayed: &[SqlValue]) -> Option<String> {
    let differing = table.columns.iter().zip(stored.iter().zip(replayed)).filter(|(_, (a, b))| !same(a, b));
    let words: Vec<String> = differing
        .map(|(column, (a, b))| format!("{column} is {}, the journal says {}", show(a), show(b)))
        .collect();
    (!words.is_empty())
        .then(|| format!("{} {}: {}", table.name, name(&table.key_of(stored)), words.join("; ")))
}

/// Nulls of any type are the same.
pub(super) fn same(a: &SqlValue, b: &SqlValue) -> bool {
    let null = |sql_value: &SqlValue| {
        matches!(sql_value, SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None))
    };
    a == b || (null(a) && null(b))
}

fn show(sql_value: &SqlValue) -> String {
    match sql_value {
        SqlValue::Int(Some(value)) => value.to_string(),
        SqlValue::Text(Some(value)) => format!("{value:?}"),
        SqlValue::Bytes(Some(value)) => format!("{} bytes", value.len()),
        SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None) => "null".to_owned(),
    }
}

pub(super) fn name(key: &[&SqlValue]) -> String {
    key.iter().map(|sql_value| show(sql_value)).collect::<Vec<_>>().join("/")
}

fn order(a: &[&SqlValue], b: &[&SqlValue]) -> Ordering {
    let rank = |sql_value: &SqlValue| match sql_value {
        SqlValue::Int(value) => (value.unwrap_or_default(), Vec::new()),
        SqlValue::Text(value) => (0, value.clone().unwrap_or_default().into_bytes()),
        SqlValue::Bytes(value) => (0, value.clone().unwrap_or_default()),
    };
    a.iter().map(|sql_value| rank(sql_value)).cmp(b.iter().map(|sql_value| rank(sql_value)))
}

/// A table's rows in key order, a page at a time.
pub(super) struct Rows<'t> {
    table: &'t Compared,
    /// The table's name on this side.
    name: &'static str,
    page: Vec<Vec<SqlValue>>,
    at: usize,
    last_key: Option<Key>,
    done: bool,
}

const PAGE: i64 = 1_000;

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Compared, name: &'static str) -> Self {
        Self::after(table, name, None)
    }

    /// Those after a key.
    pub(super) fn after(table: &'t Compared, name: &'static str, last_key: Option<Key>) -> Self {
        Self { table, name, page: Vec::new(), at: 0, last_key, done: false }
    }

    pub(super) fn peek(&mut self, db: &mut Db) -> Result<Option<&[SqlValue]>, StoreError> {
        if self.at >= self.page.len() && !self.done {
            self.page = self.read_page(db)?;
            self.at = 0;
            self.done = self.page.is_empty();
            let last = self.page.last().map(|row| self.table.key_of(row).into_iter().cloned().collect());
            self.last_key = last.or(self.last_key.take());
        }
        Ok(self.page.get(self.at).map(Vec::as_slice))
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    fn read_page(&self, db: &mut Db) -> Result<Vec<Vec<SqlValue>>, StoreError> {
        let (name, Compared { key, columns, only, .. }) = (self.name, self.table);
        let (keys, marks) = (key.join(", "), vec!["?"; key.len()].join(", "));
        let select = format!("SELECT {} FROM {name} WHERE {only}", columns.join(", "));
        let sql = match &self.last_key {
            None => Sql::new(format!("{select} ORDER BY {keys} LIMIT ?")),
            Some(last) => {
                let sql = Sql::new(format!("{select} AND ({keys}) > ({marks}) ORDER BY {keys} LIMIT ?"));
                last.iter().cloned().fold(sql, |sql, sql_value| sql.bind_any(Bind::SqlValue(sql_value)))
            }
        };
        Ok(db.query(sql.int(PAGE))?.into_iter().map(|SqlValues(sql_values)| sql_values).collect())
    }
}

/// Every balance is the sum of its postings: asked of the database alone. The postings are read as they lie (the
/// `+`): to look each up by the index of people's would be a page for each.
pub(super) fn check_balances(db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
    let account = account::PERSONAL_COLUMNS.join(", ");
    let wrong = Sql::new(format!(
        "SELECT {account}, CAST(SUM(amount) AS BIGINT) FROM (
             SELECT {account}, amount FROM postings WHERE +volunteer <> 0
             UNION ALL SELECT {account}, -balance FROM balances
         ) AS both_sides GROUP BY {account} HAVING SUM(amount) <> 0 ORDER BY {account} LIMIT 100"
    ));
    for SqlValues(sql_values) in db.query(wrong)? {
        let key: Vec<&SqlValue> = sql_values.iter().take(account::PERSONAL_COLUMNS.len()).collect();
        report.differs(format!("balance {}: is not the sum of its postings", name(&key)));
    }
    Ok(())
}
