//! A volunteer's account and statement.

use super::list::{Listing, PageOf, PageRequest, compare, equals, rows};
use super::row::Row;
use super::scope::Scope;
use super::volunteers::visible_with;
use crate::domain::account::{Account, Asset};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::time::Timestamp;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError, account};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What a volunteer has: minutes for life, and points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    pub volunteer: VolunteerId,
    pub minutes: Minutes,
    /// The same minutes by grade of evidence; grades without any are left out.
    pub minutes_by_grade: BTreeMap<Evidence, Minutes>,
    /// Free to spend at the instant asked for. With a debt, nothing may be spent yet.
    pub available: Points,
    /// Set aside for open redemptions.
    pub held: Points,
    /// What was spent of hours voided since, to be earned back; never negative.
    pub debt: Points,
    pub expiring_next: Option<Expiring>,
}

/// Points that lapse at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiring {
    pub points: Points,
    /// The first instant at which they can no longer be spent.
    pub expires_at: Timestamp,
}

/// An entry of a statement: what it did to the volunteer's accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementEntry {
    pub seq: Seq,
    /// The kind of event, as in the journal.
    pub kind: String,
    pub recorded_at: Timestamp,
    pub effective_date: NaiveDate,
    pub reverses: Option<Seq>,
    /// In the entry's own order.
    pub lines: Vec<StatementLine>,
}

/// A line of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementLine {
    pub account: Account,
    /// Whole minutes or hundredths of points, by the account's asset.
    pub amount: i64,
    /// The volunteer's balance on all accounts of this kind, whichever unit's, after this line.
    pub account_balance: i64,
    /// The volunteer's balance in this asset, on all accounts, after this line.
    pub asset_balance: i64,
}

/// A volunteer's account at an instant; none where the volunteer is not to be seen.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn account(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    now: Timestamp,
) -> Result<Option<AccountView>, StoreError> {
    db.snapshot(|db| {
        let debt = Listing::select("v.debt", "volunteers AS v")
            .only(scope.of_volunteer("v.id", "v.unit"))
            .only(equals("v.id", &id));
        let Some(debt) = debt.one(db, |mut row| row.next())? else { return Ok(None) };
        let minutes_by_grade = minutes_by_grade(db, id)?;
        let (available, expires_at) = left_in_lots(db, id, valid_at(now))?;
        Ok(Some(AccountView {
            volunteer: id,
            minutes: minutes_by_grade.values().copied().sum(),
            minutes_by_grade,
            available,
            held: held(db, id)?,
            debt,
            expiring_next: expires_at.map(|expires_at| expiring(db, id, expires_at)).transpose()?,
        }))
    })
}

fn minutes_by_grade(db: &mut Db, id: VolunteerId) -> Result<BTreeMap<Evidence, Minutes>, StoreError> {
    let sql = balances_of("b.grade, CAST(SUM(b.balance) AS BIGINT)", "credited", id)
        .end(" GROUP BY b.grade HAVING SUM(b.balance) <> 0");
    Ok(rows(db, sql, |mut row| Ok((row.next()?, row.next()?)))?.into_iter().collect())
}

fn held(db: &mut Db, id: VolunteerId) -> Result<Points, StoreError> {
    let sql = balances_of("CAST(SUM(b.balance) AS BIGINT)", "held", id).end("");
    Ok(Points(db.number(sql)?.unwrap_or(0)))
}

fn balances_of(columns: &str, account: &str, id: VolunteerId) -> Listing {
    Listing::select(columns, "balances AS b")
        .only(equals("b.account", &account.to_owned()))
        .only(equals("b.volunteer", &id))
}

/// What is left of a volunteer's lots that meet a condition, and when the first of them expires.
fn left_in_lots(
    db: &mut Db,
    id: VolunteerId,
    condition: Sql,
) -> Result<(Points, Option<Timestamp>), StoreError> {
    let columns = "CAST(COALESCE(SUM(t.remaining), 0) AS BIGINT), MIN(t.expires_at)";
    let lots = Listing::select(columns, "lots AS t")
        .only(equals("t.volunteer", &id))
        .only(Sql::new("t.remaining > 0"))
        .only(condition);
    let left = lots.one(db, |mut row| Ok((row.next()?, row.next()?)))?;
    left.ok_or_else(|| StoreError::corrupt("no sum over lots"))
}

fn valid_at(now: Timestamp) -> Sql {
    Sql::new("(t.expires_at IS NULL OR ").join(compare("t.expires_at", ">", &now)).and(")")
}

fn expiring(db: &mut Db, id: VolunteerId, expires_at: Timestamp) -> Result<Expiring, StoreError> {
    let (points, _) = left_in_lots(db, id, equals("t.expires_at", &expires_at))?;
    Ok(Expiring { points, expires_at })
}

/// A volunteer's entries, newest first, each line with the balances after it; none where the volunteer
/// is not to be seen. A page is of entries, with all their lines.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn statement(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    page: PageRequest,
) -> Result<Option<PageOf<StatementEntry>>, StoreError> {
    db.snapshot(|db| statement_within(db, scope, id, page))
}

fn statement_within(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    page: PageRequest,
) -> Result<Option<PageOf<StatementEntry>>, StoreError> {
    if db.number(visible_with(scope, id))?.is_none() {
        return Ok(None);
    }
    let entries = rows(db, entries_of(id, page), read_entry)?;
    let mut page = page.page(entries, |entry| entry.seq);
    if let (Some(newest), Some(oldest)) = (page.items.first(), page.items.last()) {
        let (newest, oldest) = (newest.seq, oldest.seq);
        let mut balances = Balances::up_to(db, id, newest)?;
        let mut lines = lines_between(db, id, oldest, newest)?.into_iter().peekable();
        for entry in &mut page.items {
            while let Some((_, account, amount)) = lines.next_if(|(seq, ..)| *seq == entry.seq) {
                entry.lines.push(balances.before(account, amount));
            }
            entry.lines.reverse();
        }
    }
    Ok(Some(page))
}

fn entries_of(id: VolunteerId, page: PageRequest) -> Sql {
    let seqs = postings_of("DISTINCT p.seq", id)
        .only_if(page.after, |after| compare("p.seq", "<", &after))
        .end(" ORDER BY p.seq DESC LIMIT ?")
        .int(page.rows_to_read());
    Sql::new("SELECT e.seq, e.kind, e.recorded_at, e.effective_date, e.reverses FROM (")
        .join(seqs)
        .and(") AS s JOIN entries AS e ON e.seq = s.seq ORDER BY e.seq DESC")
}

fn read_entry(mut row: Row) -> Result<StatementEntry, StoreError> {
    Ok(StatementEntry {
        seq: row.next()?,
        kind: row.next()?,
        recorded_at: row.next()?,
        effective_date: row.next()?,
        reverses: row.next()?,
        lines: Vec::new(),
    })
}

/// Newest first.
fn lines_between(
    db: &mut Db,
    id: VolunteerId,
    oldest: Seq,
    newest: Seq,
) -> Result<Vec<(Seq, Account, i64)>, StoreError> {
    let account_columns = account::COLUMNS.map(|(name, _)| format!("p.{name}")).join(", ");
    let sql = postings_of(&format!("p.seq, {account_columns}, p.amount"), id)
        .only(compare("p.seq", ">=", &oldest))
        .only(compare("p.seq", "<=", &newest))
        .end(" ORDER BY p.seq DESC, p.line DESC");
    rows(db, sql, |mut row| Ok((row.next()?, account::from_cells(row.cells()?)?, row.next()?)))
}

/// The index of postings holds those of volunteers only, and says so to the planner.
fn postings_of(columns: &str, id: VolunteerId) -> Listing {
    Listing::select(columns, "postings AS p")
        .only(equals("p.volunteer", &id))
        .only(Sql::new("p.volunteer <> 0"))
}

/// A volunteer's balances at a place in the statement, walked from new to old.
struct Balances(BTreeMap<String, (Asset, i64)>);

impl Balances {
    /// Summed from whichever end of the statement is nearer, so that its first pages and its last cost
    /// the same however long it is.
    fn up_to(db: &mut Db, id: VolunteerId, newest: Seq) -> Result<Self, StoreError> {
        let end = |order| postings_of("p.seq", id).end(&format!(" ORDER BY p.seq {order} LIMIT 1"));
        let (first, last) = (db.number(end("ASC"))?.unwrap_or(0), db.number(end("DESC"))?.unwrap_or(0));
        if newest.0 - first < last - newest.0 {
            return Ok(Self(Self::sums(db, id, compare("p.seq", "<=", &newest))?));
        }
        let mut balances = Self::present(db, id)?;
        for (account, (_, later)) in Self::sums(db, id, compare("p.seq", ">", &newest))? {
            if let Some((_, balance)) = balances.get_mut(&account) {
                *balance -= later;
            }
        }
        Ok(Self(balances))
    }

    /// What the lines that meet a condition add to each account.
    fn sums(
        db: &mut Db,
        id: VolunteerId,
        condition: Sql,
    ) -> Result<BTreeMap<String, (Asset, i64)>, StoreError> {
        let sql = postings_of("p.account, p.asset, CAST(SUM(p.amount) AS BIGINT)", id)
            .only(condition)
            .end(" GROUP BY p.account, p.asset");
        Ok(rows(db, sql, |mut row| Ok((row.next()?, (row.word()?, row.next()?))))?.into_iter().collect())
    }

    fn present(db: &mut Db, id: VolunteerId) -> Result<BTreeMap<String, (Asset, i64)>, StoreError> {
        let of_persons = [
            ("credited", Asset::Minutes),
            ("available", Asset::Points),
            ("held", Asset::Points),
            ("debt", Asset::Points),
        ];
        let balance = |(account, asset): (&str, Asset)| {
            let sum = db.number(balances_of("CAST(SUM(b.balance) AS BIGINT)", account, id).end(""))?;
            Ok((account.to_owned(), (asset, sum.unwrap_or(0))))
        };
        of_persons.into_iter().map(balance).collect()
    }

    /// The line with the balances after it; then steps back before it.
    fn before(&mut self, account: Account, amount: i64) -> StatementLine {
        let asset = account.asset();
        let asset_balance = self.0.values().filter(|(of, _)| *of == asset).map(|(_, sum)| sum).sum();
        let (_, sum) = self.0.entry(account.kind().to_owned()).or_insert((asset, 0));
        let account_balance = *sum;
        *sum -= amount;
        StatementLine { account, amount, account_balance, asset_balance }
    }
}
