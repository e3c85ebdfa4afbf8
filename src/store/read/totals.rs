//! Totals of minutes and points, as of any entry of the journal.
//!
//! They are summed from roll-ups ([`crate::store::rollups`]) and so cost the same however long the journal is, but
//! for what roll-ups do not keep: totals by activity, of days that are no whole months, of one volunteer,
//! and how many volunteers there were. Those are summed from the records. So are self-declared minutes: there are no more
//! than former programs left, and an index has them.

use super::merges;
use super::scope::{Scope, is_wide, within_text};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::evidence::Evidence;
pub use crate::domain::export::Dimension;
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId};
use crate::domain::time::YearMonth;
use crate::store::column::Stored;
use crate::store::counted::{COUNTED, SELF_DECLARED};
use crate::store::named_sql::NamedSql;
use crate::store::rollups::{Book, Rollups};
use crate::store::{Db, StoreError};
use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    pub evidence: Option<Evidence>,
    pub credited_minutes: Minutes,
    /// Occasions of count-type service.
    pub occasions: i64,
    /// How many service records.
    pub records: i64,
    /// Of the minutes, those of check-ins that nobody saw.
    pub self_declared: Minutes,
    /// Of the minutes, those that volunteers claimed.
    pub claimed: Minutes,
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
    let Some(months) = whole_months(query.from, query.to).filter(|_| have_rollups(scope, group_by, query))
    else {
        let sql = from_records(db, scope, group_by, query, COUNTED)?;
        return totals(db, sql);
    };
    let sql = from_rollups(db, scope, group_by, query, months)?;
    let mut found = totals(db, sql)?;
    let declared = format!("{COUNTED} AND {SELF_DECLARED}");
    let sql = from_records(db, scope, group_by, query, &declared)?;
    let declared = totals(db, sql)?;
    let declared: HashMap<_, _> = declared.iter().map(|total| (total.group(), total.self_declared)).collect();
    for total in &mut found {
        total.self_declared = declared.get(&total.group()).copied().unwrap_or_default();
    }
    Ok(found)
}

fn totals(db: &mut Db, sql: NamedSql) -> Result<Vec<MinutesTotal>, StoreError> {
    Ok(db.load(sql)?.into_iter().map(MinutesRow::total).collect())
}

impl MinutesTotal {
    /// By what it is grouped.
    const fn group(&self) -> Group {
        (self.unit, self.programme, self.activity, self.month, self.evidence)
    }
}

type Group = (Option<UnitId>, Option<ProgrammeId>, Option<ActivityId>, Option<YearMonth>, Option<Evidence>);

/// Whether roll-ups keep sums by all that is asked.
fn have_rollups(scope: Scope, group_by: &BTreeSet<Dimension>, query: MinutesQuery) -> bool {
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

/// From roll-ups, which do not tell what is self-declared. What was voided leaves nothing behind.
const MINUTES_FROM_ROLLUPS: &str = "
    SELECT {unit} AS unit, {programme} AS programme, {activity} AS activity, {month} AS month, {grade} AS grade,
           CAST(COALESCE(SUM(s.credited_minutes), 0) AS BIGINT) AS credited_minutes,
           CAST(COALESCE(SUM(s.occasions), 0) AS BIGINT) AS occasions,
           CAST(COALESCE(SUM(s.records), 0) AS BIGINT) AS records,
           CAST(0 AS BIGINT) AS self_declared,
           CAST(COALESCE(SUM(CASE WHEN s.evidence = 'claimed' THEN s.credited_minutes END), 0) AS BIGINT) AS claimed,
           CAST(NULL AS BIGINT) AS volunteers
    FROM ({rows}) AS s
    WHERE s.service_month BETWEEN :from AND :to
    {groups}";

fn from_rollups(
    db: &mut Db,
    scope: Scope,
    group_by: &BTreeSet<Dimension>,
    query: MinutesQuery,
    (from, to): (Option<YearMonth>, Option<YearMonth>),
) -> Result<NamedSql, StoreError> {
    let units = UnitsAsked { scope, asked: query.unit };
    let sql = NamedSql::new(MINUTES_FROM_ROLLUPS).with("rows", Book::Minutes.as_of());
    let sql = Rollups::up_to(db, query.as_of)?.fill(Book::Minutes, sql, &units.condition_on("t.unit"));
    let sql = units.bind(sql).bind("as_of", &query.as_of);
    let sql = sql.bind("from", &from.unwrap_or(YearMonth::MIN)).bind("to", &to.unwrap_or(YearMonth::MAX));
    let column_of = |dimension| match dimension {
        Dimension::Unit => "s.unit",
        Dimension::Programme => "s.programme",
        Dimension::Activity => NOTHING,
        Dimension::Month => "s.service_month",
        Dimension::Evidence => "s.evidence",
    };
    Ok(grouped(sql, group_by, column_of, "HAVING SUM(s.records) <> 0"))
}

/// From the records themselves: of those that count as of the entry, as lists have it.
const MINUTES_FROM_RECORDS: &str = "
    SELECT {unit} AS unit, {programme} AS programme, {activity} AS activity, {month} AS month, {grade} AS grade,
           CAST(COALESCE(SUM(s.credited_minutes), 0) AS BIGINT) AS credited_minutes,
           CAST(COALESCE(SUM(s.count), 0) AS BIGINT) AS occasions,
           COUNT(*) AS records,
           CAST(COALESCE(SUM(CASE WHEN {self_declared} THEN s.credited_minutes END), 0) AS BIGINT) AS self_declared,
           CAST(COALESCE(SUM(CASE WHEN s.evidence = 'claimed' THEN s.credited_minutes END), 0) AS BIGINT) AS claimed,
           {volunteers} AS volunteers
    FROM service_records AS s
    WHERE {counted} AND s.service_date BETWEEN :from AND :to AND {units}
    {groups}";

fn from_records(
    db: &mut Db,
    scope: Scope,
    group_by: &BTreeSet<Dimension>,
    query: MinutesQuery,
    counted: &str,
) -> Result<NamedSql, StoreError> {
    let units = UnitsAsked { scope, asked: query.unit };
    let volunteers = if !query.count_volunteers {
        NOTHING.to_owned()
    } else if merges::any(db, query.as_of)? {
        format!("COUNT(DISTINCT {})", merges::person_text("s.volunteer"))
    } else {
        "COUNT(DISTINCT s.volunteer)".to_owned()
    };
    let sql = NamedSql::new(MINUTES_FROM_RECORDS)
        .with("volunteers", &volunteers)
        .with("counted", counted)
        .with("self_declared", SELF_DECLARED)
        .with("units", &units.condition_on_service(db)?);
    let sql = match scope {
        Scope::Volunteer(own) => sql.bind_set("numbers", merges::numbers_of(db, own, Some(query.as_of))?),
        Scope::All | Scope::Unit(_) => sql,
    };
    let sql = units.bind(sql).bind("as_of", &query.as_of);
    let sql = sql
        .bind("from", &query.from.unwrap_or(NaiveDate::MIN))
        .bind("to", &query.to.unwrap_or(NaiveDate::MAX));
    let column_of = |dimension| match dimension {
        Dimension::Unit => "s.unit",
        Dimension::Programme => "s.programme",
        Dimension::Activity => "s.activity",
        Dimension::Month => "s.service_date / 100",
        Dimension::Evidence => "s.evidence",
    };
    Ok(grouped(sql, group_by, column_of, ""))
}

const NOTHING: &str = "CAST(NULL AS BIGINT)";

/// Fills the columns that totals are grouped by, and leaves the others empty. Without any group there is one
/// total, of nothing too.
fn grouped(
    sql: NamedSql,
    group_by: &BTreeSet<Dimension>,
    column_of: impl Fn(Dimension) -> &'static str,
    only: &str,
) -> NamedSql {
    let column =
        |dimension, nothing| if group_by.contains(&dimension) { column_of(dimension) } else { nothing };
    let columns: Vec<&str> = group_by.iter().map(|dimension| column_of(*dimension)).collect();
    let columns = columns.join(", ");
    let groups = if group_by.is_empty() {
        String::new()
    } else {
        format!("GROUP BY {columns} {only} ORDER BY {columns}")
    };
    sql.with("unit", column(Dimension::Unit, NOTHING))
        .with("programme", column(Dimension::Programme, NOTHING))
        .with("activity", column(Dimension::Activity, NOTHING))
        .with("month", column(Dimension::Month, NOTHING))
        .with("grade", column(Dimension::Evidence, "CAST(NULL AS TEXT)"))
        .with("groups", &groups)
}

#[derive(QueryableByName)]
struct MinutesRow {
    #[diesel(sql_type = Nullable<BigInt>)]
    unit: Option<Stored<UnitId>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    programme: Option<Stored<ProgrammeId>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    activity: Option<Stored<ActivityId>>,
    #[diesel(sql_type = Nullable<BigInt>)]
    month: Option<Stored<YearMonth>>,
    #[diesel(sql_type = Nullable<Text>)]
    grade: Option<Stored<Evidence>>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    occasions: i64,
    #[diesel(sql_type = BigInt)]
    records: i64,
    #[diesel(sql_type = BigInt)]
    self_declared: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    claimed: Stored<Minutes>,
    #[diesel(sql_type = Nullable<BigInt>)]
    volunteers: Option<i64>,
}

impl MinutesRow {
    fn total(self) -> MinutesTotal {
        MinutesTotal {
            unit: self.unit.map(Stored::value),
            programme: self.programme.map(Stored::value),
            activity: self.activity.map(Stored::value),
            month: self.month.map(Stored::value),
            evidence: self.grade.map(Stored::value),
            credited_minutes: self.credited_minutes.value(),
            occasions: self.occasions,
            records: self.records,
            self_declared: self.self_declared.value(),
            claimed: self.claimed.value(),
            volunteers: self.volunteers,
        }
    }
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

const POINTS: &str = "
    SELECT t.unit AS unit, t.account AS account, CAST(SUM(t.amount) AS BIGINT) AS amount
    FROM ({rows}) AS t
    GROUP BY t.unit, t.account";

#[derive(QueryableByName)]
struct PointsRow {
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = Text)]
    account: String,
    #[diesel(sql_type = BigInt)]
    amount: Stored<Points>,
}

/// The points in each unit's books as of an entry, by unit; units without any are left out. `unit`
/// narrows to a unit and all under it. An entry that is not there yet counts as the head.
pub fn points(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    as_of: Seq,
) -> Result<Vec<(UnitId, PointsTotal)>, StoreError> {
    let units = UnitsAsked { scope, asked: unit };
    let sql = NamedSql::new(POINTS).with("rows", Book::Points.as_of());
    let sql = Rollups::up_to(db, as_of)?.fill(Book::Points, sql, &units.condition_on("t.unit"));
    let mut totals: BTreeMap<UnitId, PointsTotal> = BTreeMap::new();
    for PointsRow { unit, account, amount } in db.load(units.bind(sql).bind("as_of", &as_of))? {
        totals.entry(unit.value()).or_default().add(&account, amount.value())?;
    }
    totals.retain(|_, total| *total != PointsTotal::default());
    Ok(totals.into_iter().collect())
}

/// Units that act for themselves and that are asked for.
#[derive(Clone, Copy)]
struct UnitsAsked {
    scope: Scope,
    asked: Option<UnitId>,
}

impl UnitsAsked {
    /// A condition on a column that names the unit.
    fn condition_on(self, column: &str) -> String {
        let permitted = match self.scope {
            Scope::All => "TRUE".to_owned(),
            Scope::Unit(_) => within_text(column, "own"),
            Scope::Volunteer(_) => "FALSE".to_owned(),
        };
        match self.asked {
            Some(_) => format!("{permitted} AND {}", within_text(column, "asked")),
            None => permitted,
        }
    }

    /// A condition on service records: a unit's readers total what was served with the unit, a volunteer her or
    /// his own. Many units' are found by walking the table.
    fn condition_on_service(self, db: &mut Db) -> Result<String, StoreError> {
        let mut column = |unit| is_wide(db, unit).map(|is_wide| if is_wide { "+s.unit" } else { "s.unit" });
        let permitted = match self.scope {
            Scope::All => "TRUE".to_owned(),
            Scope::Unit(own) => within_text(column(own)?, "own"),
            Scope::Volunteer(_) => "s.volunteer IN :numbers".to_owned(),
        };
        Ok(match self.asked {
            Some(asked) => format!("{permitted} AND {}", within_text(column(asked)?, "asked")),
            None => permitted,
        })
    }

    fn bind(self, sql: NamedSql) -> NamedSql {
        let sql = match self.scope {
            Scope::All => sql,
            Scope::Unit(own) => sql.bind("own", &own),
            Scope::Volunteer(_) => sql,
        };
        self.asked.iter().fold(sql, |sql, asked| sql.bind("asked", asked))
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
