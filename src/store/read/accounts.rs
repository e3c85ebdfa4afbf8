//! A volunteer's account and statement.

use super::list::{PageOf, PageRequest};
use super::merges;
use super::scope::Scope;
use super::volunteers::is_visible;
use crate::domain::account::{Account, Asset};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{RecordId, RedemptionId, Seq, TransferId, VolunteerId};
use crate::domain::time::Timestamp;
use crate::domain::{Event, record, redemption, transfer};
use crate::store::account::{AccountColumns, OF_POSTING};
use crate::store::column::Stored;
use crate::store::counted::{COUNTED, SELF_DECLARED};
use crate::store::expression::{Literally, literally};
use crate::store::named_sql::NamedSql;
use crate::store::schema::{entries as e, postings as p, volunteers as v};
use crate::store::{Db, StoreError, head};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use std::collections::BTreeMap;

/// What a volunteer has: minutes for life, and points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountReadModel {
    pub volunteer: VolunteerId,
    /// The last entry that it shows.
    pub as_of: Seq,
    pub minutes: Minutes,
    /// The same minutes by evidence; what has none is left out.
    pub minutes_by_evidence: BTreeMap<Evidence, Minutes>,
    /// Of the minutes, those of check-ins that nobody saw.
    pub self_declared: Minutes,
    /// Free to spend at the instant asked for. With a debt, nothing may be spent yet.
    pub available: Points,
    /// Set aside for open redemptions.
    pub held: Points,
    /// What was spent of hours voided since, to be earned back; never negative.
    pub debt: Points,
    pub expiring_next: Option<ExpiringPoints>,
}

/// Points that lapse at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiringPoints {
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
    /// What it was about, besides the volunteer.
    pub subject: Option<Subject>,
    /// In the entry's own order.
    pub lines: Vec<StatementLine>,
}

/// What an entry that moved minutes or points was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Record(RecordId),
    Redemption(RedemptionId),
    Transfer(TransferId),
}

impl Subject {
    /// An entry that makes a thing gives it its number; every other one names the thing.
    fn of(seq: Seq, event: &Event) -> Option<Self> {
        match event {
            Event::Record(event) => Some(Self::Record(match event {
                record::Event::RecordSubmitted { .. } => RecordId::new(seq),
                record::Event::RecordConfirmed { record }
                | record::Event::RecordCredited { record, .. }
                | record::Event::RecordRejected { record, .. }
                | record::Event::RecordWithdrawn { record }
                | record::Event::RecordVoided { record, .. } => *record,
            })),
            Event::Redemption(event) => Some(Self::Redemption(match event {
                redemption::Event::RedemptionPlaced { .. } => RedemptionId::new(seq),
                redemption::Event::RedemptionFulfilled { redemption }
                | redemption::Event::RedemptionCancelled { redemption, .. }
                | redemption::Event::RedemptionExpired { redemption, .. } => *redemption,
            })),
            Event::Transfer(event) => Some(Self::Transfer(match event {
                transfer::Event::TransferRequested { .. } => TransferId::new(seq),
                transfer::Event::TransferAgreed { transfer }
                | transfer::Event::TransferReleased { transfer, .. }
                | transfer::Event::TransferAccepted { transfer }
                | transfer::Event::TransferRejected { transfer, .. }
                | transfer::Event::TransferCancelled { transfer }
                | transfer::Event::TransferExpired { transfer } => *transfer,
            })),
            _ => None,
        }
    }
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
) -> Result<Option<AccountReadModel>, StoreError> {
    db.snapshot(|db| account_within(db, scope, id, now))
}

/// [`account`] within a snapshot.
pub(super) fn account_within(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    now: Timestamp,
) -> Result<Option<AccountReadModel>, StoreError> {
    let debt = v::table
        .filter(scope.visible_to_unit_or_volunteer(v::unit, v::id))
        .filter(v::id.eq(Stored(id)))
        .select(v::debt);
    let Some(debt) = db.one::<Stored<Points>, _>(debt)? else { return Ok(None) };
    let minutes_by_evidence = minutes_by_evidence(db, id)?;
    let numbers = merges::numbers_of(db, id, None)?;
    let lots = lots_valid_at(db, &numbers, now)?;
    let as_of = head::read(db)?.last_seq;
    Ok(Some(AccountReadModel {
        volunteer: id,
        as_of,
        minutes: minutes_by_evidence.values().copied().sum(),
        minutes_by_evidence,
        self_declared: self_declared(db, id, as_of)?,
        available: lots.left.value(),
        held: held(db, id)?,
        debt: debt.value(),
        expiring_next: lots.expires_at.map(|at| expiring(db, &numbers, at.value())).transpose()?,
    }))
}

/// A volunteer's account as the books had it after an entry; none where the volunteer is not to be seen, or was not
/// there yet.
///
/// It is what the postings up to the entry come to, and so the same for ever: points that had expired and were not
/// written off yet are available still, and nothing is told of what expires next.
pub fn account_as_of(
    db: &mut Db,
    scope: Scope,
    id: VolunteerId,
    as_of: Seq,
) -> Result<Option<AccountReadModel>, StoreError> {
    if id.seq() > as_of || !is_visible(db, scope, id)? {
        return Ok(None);
    }
    let mut minutes_by_evidence: BTreeMap<Evidence, Minutes> = BTreeMap::new();
    let mut points: BTreeMap<String, Points> = BTreeMap::new();
    let sql = NamedSql::new(POSTED).bind("volunteer", &id).bind("as_of", &as_of);
    for PostedRow { account, grade, sum } in db.load(sql)? {
        match grade {
            Some(evidence) if account == "credited" => {
                minutes_by_evidence.insert(evidence.value(), Minutes(sum));
            }
            _ => *points.entry(account).or_default() += Points(sum),
        }
    }
    minutes_by_evidence.retain(|_, minutes| *minutes != Minutes::ZERO);
    let on = |account: &str| points.get(account).copied().unwrap_or_default();
    Ok(Some(AccountReadModel {
        volunteer: id,
        as_of,
        minutes: minutes_by_evidence.values().copied().sum(),
        minutes_by_evidence,
        self_declared: self_declared(db, id, as_of)?,
        available: on("available"),
        held: on("held"),
        debt: -on("debt"),
        expiring_next: None,
    }))
}

const POSTED: &str = "
    SELECT p.account AS account, NULLIF(p.grade, '') AS grade, CAST(SUM(p.amount) AS BIGINT) AS sum
    FROM postings AS p
    WHERE p.volunteer = :volunteer AND p.volunteer <> 0 AND p.seq <= :as_of
    GROUP BY p.account, p.grade";

#[derive(QueryableByName)]
struct PostedRow {
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = Nullable<Text>)]
    grade: Option<Stored<Evidence>>,
    #[diesel(sql_type = BigInt)]
    sum: i64,
}

fn self_declared(db: &mut Db, id: VolunteerId, as_of: Seq) -> Result<Minutes, StoreError> {
    let sql = NamedSql::new(
        "SELECT CAST(COALESCE(SUM(s.credited_minutes), 0) AS BIGINT) AS sum
         FROM service_records AS s
         WHERE s.volunteer IN :numbers AND {counted} AND {self_declared}",
    );
    let numbers = merges::numbers_of(db, id, Some(as_of))?;
    let sql = sql.with("counted", COUNTED).with("self_declared", SELF_DECLARED);
    let sum: Option<SumRow> = db.one(sql.bind_set("numbers", numbers).bind("as_of", &as_of))?;
    Ok(Minutes(sum.map_or(0, |row| row.sum)))
}

fn minutes_by_evidence(db: &mut Db, id: VolunteerId) -> Result<BTreeMap<Evidence, Minutes>, StoreError> {
    let sql = NamedSql::new(
        "SELECT b.grade AS grade, CAST(SUM(b.balance) AS BIGINT) AS minutes
         FROM balances AS b
         WHERE b.volunteer = :volunteer AND b.account = 'credited'
         GROUP BY b.grade
         HAVING SUM(b.balance) <> 0",
    );
    let found: Vec<EvidenceRow> = db.load(sql.bind("volunteer", &id))?;
    Ok(found.into_iter().map(|row| (row.grade.value(), row.minutes.value())).collect())
}

#[derive(QueryableByName)]
struct EvidenceRow {
    #[diesel(sql_type = Text)]
    grade: Stored<Evidence>,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
}

fn held(db: &mut Db, id: VolunteerId) -> Result<Points, StoreError> {
    Ok(Points(balance(db, id, "held")?))
}

/// What a volunteer has on all accounts of a kind, whichever unit's.
fn balance(db: &mut Db, id: VolunteerId, account: &str) -> Result<i64, StoreError> {
    let sql = NamedSql::new(
        "SELECT CAST(COALESCE(SUM(b.balance), 0) AS BIGINT) AS sum
         FROM balances AS b
         WHERE b.volunteer = :volunteer AND b.account = :account",
    );
    let sum: Option<SumRow> = db.one(sql.bind("volunteer", &id).bind("account", &account.to_owned()))?;
    Ok(sum.map_or(0, |row| row.sum))
}

#[derive(QueryableByName)]
struct SumRow {
    #[diesel(sql_type = BigInt)]
    sum: i64,
}

/// What is left of some of a volunteer's lots, and when the first of them expires.
#[derive(QueryableByName)]
struct LotsRow {
    #[diesel(sql_type = BigInt)]
    left: Stored<Points>,
    #[diesel(sql_type = Nullable<BigInt>)]
    expires_at: Option<Stored<Timestamp>>,
}

fn lots_valid_at(db: &mut Db, numbers: &[VolunteerId], now: Timestamp) -> Result<LotsRow, StoreError> {
    let sql = NamedSql::new(
        "SELECT CAST(COALESCE(SUM(t.remaining), 0) AS BIGINT) AS \"left\", MIN(t.expires_at) AS expires_at
         FROM lots AS t
         WHERE t.volunteer IN :numbers AND t.remaining > 0
           AND (t.expires_at IS NULL OR t.expires_at > :now)",
    );
    let lots = db.one(sql.bind_set("numbers", numbers.iter().copied()).bind("now", &now))?;
    lots.ok_or_else(|| StoreError::corrupt("no sum over lots"))
}

fn expiring(
    db: &mut Db,
    numbers: &[VolunteerId],
    expires_at: Timestamp,
) -> Result<ExpiringPoints, StoreError> {
    let sql = NamedSql::new(
        "SELECT CAST(COALESCE(SUM(t.remaining), 0) AS BIGINT) AS sum
         FROM lots AS t
         WHERE t.volunteer IN :numbers AND t.remaining > 0 AND t.expires_at = :expires_at",
    );
    let sql = sql.bind_set("numbers", numbers.iter().copied()).bind("expires_at", &expires_at);
    let sum: Option<SumRow> = db.one(sql)?;
    Ok(ExpiringPoints { points: Points(sum.map_or(0, |row| row.sum)), expires_at })
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
    if !is_visible(db, scope, id)? {
        return Ok(None);
    }
    let entries = entries_of(db, id, page)?;
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

/// The entries with postings on the volunteer's accounts.
fn entries_of(db: &mut Db, id: VolunteerId, page: PageRequest) -> Result<Vec<StatementEntry>, StoreError> {
    let touching = postings_of(id)
        .filter(page.older(p::seq))
        .order(p::seq.desc())
        .limit(page.rows_to_read())
        .select(p::seq)
        .distinct();
    let entries = e::table.filter(e::seq.eq_any(touching)).order(e::seq.desc()).select((
        e::seq,
        e::kind,
        e::recorded_at,
        e::effective_date,
        e::reverses,
        e::event,
    ));
    Ok(db.load(entries)?.into_iter().map(EntryRow::entry).collect())
}

#[derive(Queryable)]
struct EntryRow {
    seq: Stored<Seq>,
    kind: String,
    recorded_at: Stored<Timestamp>,
    effective_date: Stored<NaiveDate>,
    reverses: Option<Stored<Seq>>,
    event: Stored<Event>,
}

impl EntryRow {
    fn entry(self) -> StatementEntry {
        StatementEntry {
            subject: Subject::of(self.seq.value(), &self.event.value()),
            seq: self.seq.value(),
            kind: self.kind,
            recorded_at: self.recorded_at.value(),
            effective_date: self.effective_date.value(),
            reverses: self.reverses.map(Stored::value),
            lines: Vec::new(),
        }
    }
}

/// Newest first.
fn lines_between(
    db: &mut Db,
    id: VolunteerId,
    oldest: Seq,
    newest: Seq,
) -> Result<Vec<(Seq, Account, i64)>, StoreError> {
    let lines = postings_of(id)
        .filter(p::seq.between(Stored(oldest), Stored(newest)))
        .order((p::seq.desc(), p::line.desc()))
        .select((p::seq, OF_POSTING, p::amount));
    let line = |(seq, account, amount): (Stored<Seq>, AccountColumns, i64)| {
        Ok((seq.value(), Account::try_from(account)?, amount))
    };
    db.load(lines)?.into_iter().map(line).collect()
}

/// The index of postings holds those of volunteers only, and says so to the planner.
#[auto_type(no_type_alias)]
fn postings_of(id: VolunteerId) -> _ {
    let of_volunteers: Literally<p::volunteer> = literally(p::volunteer, "<> 0");
    p::table.filter(p::volunteer.eq(Stored(id))).filter(of_volunteers)
}

#[derive(QueryableByName)]
struct AccountSum {
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = Text)]
    asset: Stored<Asset>,
    #[diesel(sql_type = BigInt)]
    sum: i64,
}

/// A volunteer's balances at a place in the statement, walked from new to old.
struct Balances(BTreeMap<String, (Asset, i64)>);

impl Balances {
    /// Summed from whichever end of the statement is nearer, so that its first pages and its last cost
    /// the same however long it is.
    fn up_to(db: &mut Db, id: VolunteerId, newest: Seq) -> Result<Self, StoreError> {
        let first = db.one(postings_of(id).order(p::seq).limit(1).select(p::seq))?;
        let last = db.one(postings_of(id).order(p::seq.desc()).limit(1).select(p::seq))?;
        let (first, last): (i64, i64) = (first.unwrap_or(0), last.unwrap_or(0));
        if newest.0 - first < last - newest.0 {
            return Ok(Self(Self::sums(db, id, (Seq(0), newest))?));
        }
        let mut balances = Self::present(db, id)?;
        for (account, (_, later)) in Self::sums(db, id, (newest, Seq(last)))? {
            if let Some((_, balance)) = balances.get_mut(&account) {
                *balance -= later;
            }
        }
        Ok(Self(balances))
    }

    /// What the lines after an entry, up to another, add to each account.
    fn sums(
        db: &mut Db,
        id: VolunteerId,
        (after, until): (Seq, Seq),
    ) -> Result<BTreeMap<String, (Asset, i64)>, StoreError> {
        let sql = NamedSql::new(
            "SELECT p.account AS account, p.asset AS asset, CAST(SUM(p.amount) AS BIGINT) AS sum
             FROM postings AS p
             WHERE p.volunteer = :volunteer AND p.volunteer <> 0 AND p.seq > :after AND p.seq <= :until
             GROUP BY p.account, p.asset",
        );
        let sums = db.load(sql.bind("volunteer", &id).bind("after", &after).bind("until", &until))?;
        Ok(sums.into_iter().map(|row: AccountSum| (row.account, (row.asset.value(), row.sum))).collect())
    }

    fn present(db: &mut Db, id: VolunteerId) -> Result<BTreeMap<String, (Asset, i64)>, StoreError> {
        let of_persons = [
            ("credited", Asset::Minutes),
            ("available", Asset::Points),
            ("held", Asset::Points),
            ("debt", Asset::Points),
        ];
        let balance =
            |(account, asset): (&str, Asset)| Ok((account.to_owned(), (asset, balance(db, id, account)?)));
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
