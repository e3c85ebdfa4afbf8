//! Totals of minutes and points, as of any entry of the journal.

use super::list::{Listing, compare, rows};
use super::records::{FIND_BY_UNIT, RecordFilter, SIFT_BY_UNIT, filtered};
use super::row::Row;
use super::scope::{Scope, is_wide, within};
use crate::domain::amounts::{Minutes, Points};
pub use crate::domain::export::Dimension;
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::record::Evidence;
use crate::domain::world::YearMonth;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError, head};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

const fn column_of(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Unit => "t.unit",
        Dimension::Programme => "t.programme",
        Dimension::Activity => "t.activity",
        Dimension::Month => "t.service_date / 100",
        Dimension::Grade => "t.evidence",
    }
}

/// Which service is totalled, and as of when.
#[derive(Clone, Copy, Debug)]
pub struct MinutesQuery {
    /// Only what counted as of this entry.
    pub as_of: Seq,
    /// First service date.
    pub from: Option<NaiveDate>,
    /// Last service date.
    pub to: Option<NaiveDate>,
    /// Served with this unit or one under it.
    pub unit: Option<UnitId>,
}

/// One total of minutes. What it was not grouped by is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinutesTotal {
    pub unit: Option<UnitId>,
    pub programme: Option<ProgrammeId>,
    pub activity: Option<ActivityId>,
    /// `year * 100 + month`
    pub month: Option<YearMonth>,
    pub grade: Option<Evidence>,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: i64,
    /// How many service records.
    pub records: i64,
    /// How many different volunteers.
    pub volunteers: i64,
}

/// Totals of minutes, in the order of what they are grouped by; without any grouping, the one total.
///
/// The records are those that [`super::records::list`] gives with the same filter and `counted_as_of`.
/// A unit's readers total what was served with the unit, not what its present volunteers served
/// elsewhere: memberships change, and an as-of total must not.
pub fn minutes(
    db: &mut Db,
    scope: Scope,
    group_by: &BTreeSet<Dimension>,
    query: MinutesQuery,
) -> Result<Vec<MinutesTotal>, StoreError> {
    let filter = RecordFilter {
        unit: query.unit,
        from: query.from,
        to: query.to,
        counted_as_of: Some(query.as_of),
        ..RecordFilter::default()
    };
    let groups: Vec<&str> = group_by.iter().map(|dimension| column_of(*dimension)).collect();
    let columns: Vec<&str> = groups.iter().copied().chain([SUMS]).collect();
    let grouping = match groups.join(", ") {
        none if none.is_empty() => String::new(),
        groups => format!(" GROUP BY {groups} ORDER BY {groups}"),
    };
    let unit_column = match scope {
        Scope::Unit(own) if is_wide(db, own)? => SIFT_BY_UNIT,
        _ => FIND_BY_UNIT,
    };
    let records = Listing::select(&columns.join(", "), "service_records AS t")
        .only(scope.of_service("t.volunteer", unit_column));
    let sql = filtered(db, records, &filter)?.end(&grouping);
    rows(db, sql, |row| read_minutes(row, group_by))
}

const SUMS: &str = "CAST(COALESCE(SUM(t.credited_minutes), 0) AS BIGINT), \
     CAST(COALESCE(SUM(t.count), 0) AS BIGINT), COUNT(*), COUNT(DISTINCT t.volunteer)";

fn read_minutes(mut row: Row, group_by: &BTreeSet<Dimension>) -> Result<MinutesTotal, StoreError> {
    let mut total = MinutesTotal {
        unit: None,
        programme: None,
        activity: None,
        month: None,
        grade: None,
        credited_minutes: Minutes::ZERO,
        occasions: 0,
        records: 0,
        volunteers: 0,
    };
    for dimension in group_by {
        match dimension {
            Dimension::Unit => total.unit = row.next()?,
            Dimension::Programme => total.programme = row.next()?,
            Dimension::Activity => total.activity = row.next()?,
            Dimension::Month => total.month = row.next()?,
            Dimension::Grade => total.grade = row.next()?,
        }
    }
    total.credited_minutes = row.next()?;
    total.occasions = row.next()?;
    total.records = row.next()?;
    total.volunteers = row.next()?;
    Ok(total)
}

/// The points of one unit's books.
///
/// `issued + debt = available + held + redeemed + expired + transferred_out`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PointsTotal {
    /// Earned, less what voided service took back.
    pub issued: Points,
    /// On volunteers' accounts, free or not yet written off.
    pub available: Points,
    /// Set aside for open redemptions of the unit's gifts.
    pub held: Points,
    /// Spent on the unit's gifts that were handed over.
    pub redeemed: Points,
    /// Lapsed.
    pub expired: Points,
    /// Owed by volunteers for service voided after its points were spent.
    pub debt: Points,
    /// Gone to other units' books, less what came from them; negative where more came.
    pub transferred_out: Points,
}

/// The points in each unit's books as of an entry, by unit; units without any are left out. `unit`
/// narrows to a unit and all under it. An entry that is not there yet counts as the head.
///
/// Reads in a snapshot of its own: call it outside any transaction.
pub fn points(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    as_of: Seq,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    db.snapshot(|db| {
        // At the head the balances are the sums of all postings, ready made.
        if as_of >= head::read(db)?.last_seq {
            points_at_head(db, scope, unit)
        } else {
            points_from_postings(db, scope, unit, as_of)
        }
    })
}

pub(super) fn points_at_head(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    let balances = Listing::select("t.unit, t.account, CAST(SUM(t.balance) AS BIGINT)", "balances AS t");
    sum_up(db, scope, unit, balances)
}

pub(super) fn points_from_postings(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    as_of: Seq,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    let postings = Listing::select("t.unit, t.account, CAST(SUM(t.amount) AS BIGINT)", "postings AS t")
        .only(compare("t.seq", "<=", &as_of));
    sum_up(db, scope, unit, postings)
}

fn sum_up(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    amounts: Listing,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    let sql = amounts
        // Accounts of minutes are in no unit's books.
        .only(Sql::new("t.unit <> 0"))
        .only(scope.of_unit("t.unit"))
        .only_if(unit, |unit| within("t.unit", unit))
        .end(" GROUP BY t.unit, t.account");
    let sums = rows(db, sql, |mut row| Ok((row.next()?, row.next::<String>()?, row.next()?)))?;
    let mut totals: BTreeMap<UnitId, PointsTotal> = BTreeMap::new();
    for (unit, account, sum) in sums {
        totals.entry(unit).or_default().add(&account, sum)?;
    }
    totals.retain(|_, total| *total != PointsTotal::default());
    Ok(totals.into_iter().collect())
}

impl PointsTotal {
    /// The source of all points and what is owed stand negative in the books, and positive here.
    fn add(&mut self, account: &str, sum: Points) -> Result<(), StoreError> {
        match account {
            "issued" => self.issued += -sum,
            "available" => self.available += sum,
            "held" => self.held += sum,
            "redeemed" => self.redeemed += sum,
            "expired" => self.expired += sum,
            "debt" => self.debt += -sum,
            "transferred" => self.transferred_out += sum,
            other => return Err(StoreError::corrupt(format!("{other:?} is no account of points"))),
        }
        Ok(())
    }
}
