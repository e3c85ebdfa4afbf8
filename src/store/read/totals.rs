//! Totals of minutes and points, as of any entry of the journal.
//!
//! They are summed from marks ([`crate::store::marks`]) and so cost the same however long the journal is, but
//! for what marks do not keep: totals by activity, of days that are no whole months, of one volunteer,
//! and how many volunteers there were. Those are summed from the records.

use super::list::{Listing, compare, rows};
use super::records::{FIND_BY_UNIT, RecordFilter, SIFT_BY_UNIT, filtered};
use super::row::Row;
use super::scope::{Scope, is_wide, within};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::evidence::Evidence;
pub use crate::domain::export::Dimension;
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::time::YearMonth;
use crate::store::marks::{Book, Marks, sum_of};
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Whether the volunteers are counted, too; that takes reading every record.
    pub count_volunteers: bool,
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
    /// How many different volunteers, if that was asked.
    pub volunteers: Option<i64>,
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
    let sql = match whole_months(query.from, query.to) {
        Some(months) if are_marked(scope, group_by, query) => from_marks(db, scope, group_by, query, months)?,
        _ => from_records(db, scope, group_by, query)?,
    };
    rows(db, sql, |row| read_minutes(row, group_by, query.count_volunteers))
}

/// Whether marks keep sums by all that is asked.
fn are_marked(scope: Scope, group_by: &BTreeSet<Dimension>, query: MinutesQuery) -> bool {
    let is_of_units = !matches!(scope, Scope::Volunteer(_));
    is_of_units && !query.count_volunteers && !group_by.contains(&Dimension::Activity)
}

/// The first month and the last, if the days are those of whole months or go on without end.
fn whole_months(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Option<(Option<YearMonth>, Option<YearMonth>)> {
    let begins = from.is_none_or(|from| from.day() == 1);
    let ends = to.is_none_or(|to| to.succ_opt().is_none_or(|next| next.day() == 1));
    let month_of = |day: NaiveDate| day.year() * 100 + day.month().cast_signed();
    (begins && ends).then(|| (from.map(month_of), to.map(month_of)))
}

fn from_marks(
    db: &mut Db,
    scope: Scope,
    group_by: &BTreeSet<Dimension>,
    query: MinutesQuery,
    (first, last): (Option<YearMonth>, Option<YearMonth>),
) -> Result<Sql, StoreError> {
    let sums = Marks::up_to(db, query.as_of)?.rows(Book::Minutes, query.as_of, units_of(scope, query.unit));
    let groups = Groups::new(group_by, |dimension| match dimension {
        Dimension::Unit => "t.unit",
        Dimension::Programme => "t.programme",
        Dimension::Activity => "NULL",
        Dimension::Month => "t.service_month",
        Dimension::Grade => "t.evidence",
    });
    let figures = Book::Minutes.figures().iter().map(|figure| sum_of(&format!("t.{figure}"))).collect();
    let select = Sql::new(format!("SELECT {} FROM (", groups.columns(figures))).join(sums).and(") AS t");
    Ok(Listing::over(select)
        .only_if(first, |first| compare("t.service_month", ">=", &first))
        .only_if(last, |last| compare("t.service_month", "<=", &last))
        // What was voided leaves nothing behind.
        .end(&groups.end(" HAVING SUM(t.records) <> 0")))
}

fn from_records(
    db: &mut Db,
    scope: Scope,
    group_by: &BTreeSet<Dimension>,
    query: MinutesQuery,
) -> Result<Sql, StoreError> {
    let filter = RecordFilter {
        unit: query.unit,
        from: query.from,
        to: query.to,
        counted_as_of: Some(query.as_of),
        ..RecordFilter::default()
    };
    let groups = Groups::new(group_by, |dimension| match dimension {
        Dimension::Unit => "t.unit",
        Dimension::Programme => "t.programme",
        Dimension::Activity => "t.activity",
        Dimension::Month => "t.service_date / 100",
        Dimension::Grade => "t.evidence",
    });
    let mut figures = vec![sum_of("t.credited_minutes"), sum_of("t.count"), "COUNT(*)".to_owned()];
    if query.count_volunteers {
        figures.push("COUNT(DISTINCT t.volunteer)".to_owned());
    }
    let unit_column = match scope {
        Scope::Unit(own) if is_wide(db, own)? => SIFT_BY_UNIT,
        _ => FIND_BY_UNIT,
    };
    let records = Listing::select(&groups.columns(figures), "service_records AS t")
        .only(scope.of_service("t.volunteer", unit_column));
    Ok(filtered(db, records, &filter)?.end(&groups.end("")))
}

/// What totals are grouped by, as SQL.
struct Groups(Vec<&'static str>);

impl Groups {
    fn new(group_by: &BTreeSet<Dimension>, column_of: impl Fn(Dimension) -> &'static str) -> Self {
        Self(group_by.iter().map(|dimension| column_of(*dimension)).collect())
    }

    /// The groups' columns, then the figures.
    fn columns(&self, figures: Vec<String>) -> String {
        self.0.iter().map(ToString::to_string).chain(figures).collect::<Vec<_>>().join(", ")
    }

    /// Groups, only those that hold something, in order. Without any group there is one total, of nothing too.
    fn end(&self, only: &str) -> String {
        let groups = self.0.join(", ");
        if groups.is_empty() { groups } else { format!(" GROUP BY {groups}{only} ORDER BY {groups}") }
    }
}

fn read_minutes(
    mut row: Row,
    group_by: &BTreeSet<Dimension>,
    count_volunteers: bool,
) -> Result<MinutesTotal, StoreError> {
    let mut total = MinutesTotal {
        unit: None,
        programme: None,
        activity: None,
        month: None,
        grade: None,
        credited_minutes: Minutes::ZERO,
        occasions: 0,
        records: 0,
        volunteers: None,
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
    if count_volunteers {
        total.volunteers = Some(row.next()?);
    }
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
pub fn points(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    as_of: Seq,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    let amounts = Marks::up_to(db, as_of)?.rows(Book::Points, as_of, units_of(scope, unit));
    let sql = Sql::new(format!("SELECT t.unit, t.account, {} FROM (", sum_of("t.amount")))
        .join(amounts)
        .and(") AS t GROUP BY t.unit, t.account");
    let sums = rows(db, sql, |mut row| Ok((row.next()?, row.next::<String>()?, row.next()?)))?;
    let mut totals: BTreeMap<UnitId, PointsTotal> = BTreeMap::new();
    for (unit, account, sum) in sums {
        totals.entry(unit).or_default().add(&account, sum)?;
    }
    totals.retain(|_, total| *total != PointsTotal::default());
    Ok(totals.into_iter().collect())
}

/// Units that act for themselves and that are asked for, by the name of their column.
fn units_of(scope: Scope, asked: Option<UnitId>) -> impl Fn(&str) -> Sql {
    move |column| {
        let permitted = scope.of_unit(column);
        match asked {
            Some(asked) => permitted.and(" AND ").join(within(column, asked)),
            None => permitted,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_whole_months_are_known_as_such() {
        let day = |text: &str| (!text.is_empty()).then(|| text.parse::<NaiveDate>().unwrap());
        let months = |from, to| whole_months(day(from), day(to));
        assert_eq!(months("", ""), Some((None, None)));
        assert_eq!(months("2026-11-01", "2026-11-30"), Some((Some(202_611), Some(202_611))));
        assert_eq!(months("2024-01-01", "2024-02-29"), Some((Some(202_401), Some(202_402))));
        assert_eq!(months("2026-01-01", ""), Some((Some(202_601), None)));
        assert_eq!(months("", "2026-12-31"), Some((None, Some(202_612))));
        for (from, to) in [("2026-11-02", ""), ("", "2026-11-29"), ("2024-02-01", "2024-02-28")] {
            assert_eq!(months(from, to), None, "{from} to {to}");
        }
    }
}
