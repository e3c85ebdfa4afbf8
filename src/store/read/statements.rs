//! Every line of volunteers' statements, oldest first, volunteer by volunteer: for whoever takes them out.

use super::list::{Listing, compare, equals, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::account::{Account, Asset};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::time::Timestamp;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError, account};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Whose statements; all that is given holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatementFilter {
    pub volunteer: Option<VolunteerId>,
    /// Present members of this unit or one under it.
    pub unit: Option<UnitId>,
}

/// A line of a volunteer's statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub volunteer: VolunteerId,
    pub seq: Seq,
    /// The place within the entry.
    pub line: i64,
    /// The kind of event, as in the journal.
    pub kind: String,
    pub recorded_at: Timestamp,
    pub effective_date: NaiveDate,
    pub reverses: Option<Seq>,
    pub account: Account,
    /// Whole minutes or hundredths of points, by the account's asset.
    pub amount: i64,
    /// The volunteer's balance on all accounts of this kind, whichever unit's, after this line.
    pub account_balance: i64,
    /// The volunteer's balance in this asset, on all accounts, after this line.
    pub asset_balance: i64,
}

/// How many lines [`each`] gives.
pub fn count(db: &mut Db, scope: Scope, filter: StatementFilter) -> Result<i64, StoreError> {
    let lines = Listing::select("COUNT(*)", "volunteers AS v JOIN postings AS p ON p.volunteer = v.id")
        .only(Sql::new("p.volunteer <> 0"));
    Ok(db.number(of_volunteers(lines, scope, filter).end(""))?.unwrap_or(0))
}

/// Hands over line after line. No more than a page of them is held.
///
/// Call it within a snapshot: pages that others write between would not fit together.
pub fn each<E: From<StoreError>>(
    db: &mut Db,
    scope: Scope,
    filter: StatementFilter,
    mut take: impl FnMut(Line) -> Result<(), E>,
) -> Result<(), E> {
    let mut last = None;
    loop {
        let volunteers = volunteers_after(db, scope, filter, last)?;
        let Some(newest) = volunteers.last() else { return Ok(()) };
        last = Some(*newest);
        each_of(db, &volunteers, &mut take)?;
    }
}

/// Volunteers whose lines are read together.
const VOLUNTEERS: i64 = 100;
/// Lines that are held at once.
const LINES: i64 = 1_000;

fn of_volunteers(listing: Listing, scope: Scope, filter: StatementFilter) -> Listing {
    listing
        .only(scope.of_volunteer("v.id", "v.unit"))
        .only_if(filter.volunteer, |volunteer| equals("v.id", &volunteer))
        .only_if(filter.unit, |unit| within("v.unit", unit))
}

fn volunteers_after(
    db: &mut Db,
    scope: Scope,
    filter: StatementFilter,
    last: Option<VolunteerId>,
) -> Result<Vec<VolunteerId>, StoreError> {
    let sql = of_volunteers(Listing::select("v.id", "volunteers AS v"), scope, filter)
        .only_if(last, |last| compare("v.id", ">", &last))
        .end(" ORDER BY v.id LIMIT ?")
        .int(VOLUNTEERS);
    rows(db, sql, |mut row| row.next())
}

fn each_of<E: From<StoreError>>(
    db: &mut Db,
    volunteers: &[VolunteerId],
    take: &mut impl FnMut(Line) -> Result<(), E>,
) -> Result<(), E> {
    let mut balances = Balances::default();
    let mut last = [0; 3];
    loop {
        let page = lines_after(db, volunteers, last)?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = [newest.volunteer.seq().0, newest.seq.0, newest.line];
        for line in page {
            take(balances.after(line))?;
        }
    }
}

fn lines_after(db: &mut Db, volunteers: &[VolunteerId], last: [i64; 3]) -> Result<Vec<Line>, StoreError> {
    let keys: Vec<[i64; 3]> = volunteers.iter().map(|volunteer| [volunteer.seq().0, 0, 0]).collect();
    let account_columns = account::COLUMNS.map(|(name, _)| format!("p.{name}")).join(", ");
    let sql = Sql::new(format!(
        "SELECT p.volunteer, p.seq, p.line, e.kind, e.recorded_at, e.effective_date, e.reverses, \
         {account_columns}, p.amount FROM "
    ))
    .join(Sql::keys(db.dialect(), &keys, 1))
    .and(
        " JOIN postings AS p ON p.volunteer = k.a AND p.volunteer <> 0 JOIN entries AS e ON e.seq = p.seq \
         WHERE (p.volunteer, p.seq, p.line) > (?, ?, ?) ORDER BY p.volunteer, p.seq, p.line LIMIT ?",
    );
    let sql = last.into_iter().chain([LINES]).fold(sql, Sql::int);
    rows(db, sql, read_line)
}

fn read_line(mut row: Row) -> Result<Line, StoreError> {
    Ok(Line {
        volunteer: row.next()?,
        seq: row.next()?,
        line: row.next()?,
        kind: row.next()?,
        recorded_at: row.next()?,
        effective_date: row.next()?,
        reverses: row.next()?,
        account: account::from_cells(row.cells()?)?,
        amount: row.next()?,
        account_balance: 0,
        asset_balance: 0,
    })
}

/// The balances of the volunteer at hand.
#[derive(Default)]
struct Balances {
    volunteer: Option<VolunteerId>,
    by_account: BTreeMap<&'static str, (Asset, i64)>,
}

impl Balances {
    /// The line with the balances after it.
    fn after(&mut self, line: Line) -> Line {
        if self.volunteer != Some(line.volunteer) {
            *self = Self { volunteer: Some(line.volunteer), by_account: BTreeMap::new() };
        }
        let asset = line.account.asset();
        let (_, balance) = self.by_account.entry(line.account.kind()).or_insert((asset, 0));
        *balance += line.amount;
        let account_balance = *balance;
        let of_asset = self.by_account.values().filter(|(of, _)| *of == asset);
        Line { account_balance, asset_balance: of_asset.map(|(_, sum)| sum).sum(), ..line }
    }
}
