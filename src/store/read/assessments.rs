//! The assessment of units: schemes, and the whole figures that they measure, as of any entry.
//!
//! Each figure is asked for all assessed units at once. Nothing here depends on what came after the
//! entry: memberships, headcounts, statuses and records are taken as they stood, but for party statuses
//! erased with a person ([`erased_since`] counts who left).

use super::journal::seq_as_of;
use super::list::{Listing, Order, PageOf, PageRequest, compare, equals, rows};
use super::scope::Scope;
use super::stars::{of_grades, scheme_on};
use crate::domain::amounts::Minutes;
use crate::domain::assessment::{AssessmentScheme, Figure, UnitFigures};
use crate::domain::evidence::Evidence;
use crate::domain::ids::{AssessmentSchemeId, Seq, UnitId, VolunteerId};
use crate::domain::time::LocalZone;
use crate::domain::unit::Event;
use crate::domain::unit::Unit;
use crate::store::column::Column;
use crate::store::counted::counted_as_of;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// One version of a scheme.
pub fn scheme(db: &mut Db, id: AssessmentSchemeId) -> Result<Option<AssessmentScheme>, StoreError> {
    Listing::of::<AssessmentScheme>().only(equals("t.id", &id)).one_row(db)
}

/// Versions of all schemes, newest first.
pub fn schemes(db: &mut Db, page: PageRequest) -> Result<PageOf<AssessmentScheme>, StoreError> {
    Listing::of::<AssessmentScheme>().page_of_rows(db, page, |scheme: &AssessmentScheme| scheme.id.seq())
}

/// The unit, if the reader answers for it or audits it and it was there as of the entry.
pub fn unit(db: &mut Db, scope: Scope, id: UnitId, as_of: Seq) -> Result<Option<Unit>, StoreError> {
    Listing::of::<Unit>()
        .only(scope.of_unit("t.id"))
        .only(equals("t.id", &id))
        .only(compare("t.id", "<=", &as_of))
        .one_row(db)
}

/// The units right under one, as of an entry, by code.
pub fn children(db: &mut Db, parent: UnitId, as_of: Seq) -> Result<Vec<Unit>, StoreError> {
    let children = Listing::of::<Unit>()
        .only(equals("t.parent", &parent))
        .only(compare("t.id", "<=", &as_of))
        .end(" ORDER BY t.code");
    rows(db, children, |mut row| row.table())
}

/// The time that is measured, and the state of the ledger that it is measured in.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// First service date.
    pub from: NaiveDate,
    /// Last service date.
    pub to: NaiveDate,
    pub as_of: Seq,
    /// The last entry that tells who belongs where at the end of the last day, as far as is known.
    members_as_of: Seq,
}

impl Period {
    /// The period from one day to another, both included, as it was known as of an entry.
    pub fn new(
        db: &mut Db,
        zone: LocalZone,
        (from, to): (NaiveDate, NaiveDate),
        as_of: Seq,
    ) -> Result<Self, StoreError> {
        let last_micro = zone.end_of(to).plus(-chrono::Duration::microseconds(1));
        let members_as_of = seq_as_of(db, last_micro)?.min(as_of);
        Ok(Self { from, to, as_of, members_as_of })
    }
}

/// The figures that these indicators measure, for each unit and those under it.
pub fn figures(
    db: &mut Db,
    units: &[UnitId],
    measured: &BTreeSet<Figure>,
    period: Period,
) -> Result<BTreeMap<UnitId, UnitFigures>, StoreError> {
    let mut all: BTreeMap<UnitId, UnitFigures> =
        units.iter().map(|unit| (*unit, UnitFigures::default())).collect();
    if units.is_empty() {
        return Ok(all);
    }
    add_headcounts(db, units, period, &mut all)?;
    add_members(db, units, period, &mut all)?;
    add_records(db, units, period, &mut all)?;
    add_party_members(db, units, measured, period, &mut all)?;
    add_stars(db, units, measured, period, &mut all)?;
    Ok(all)
}

/// A table `k` of the assessed units, each in column `a`, joined with itself and all units under it.
fn assessed(db: &Db, units: &[UnitId]) -> Sql {
    let keys: Vec<[i64; 3]> = units.iter().map(|unit| [unit.seq().0, 0, 0]).collect();
    Sql::keys(db.dialect(), &keys, 1).and(" JOIN unit_lineage AS l ON l.ancestor = k.a")
}

/// Each unit states its own people: the latest statement to take effect, the newest among equals.
fn add_headcounts(
    db: &mut Db,
    units: &[UnitId],
    period: Period,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let sql = Sql::new("SELECT k.a, e.unit, e.effective_date, e.seq, e.event FROM ")
        .join(assessed(db, units))
        .and(
            " JOIN entries AS e ON e.unit = l.unit AND e.kind = 'headcount_set' \
             AND e.seq <= ? AND e.effective_date <= ? ORDER BY e.effective_date, e.seq",
        )
        .bind(period.as_of.to_cell())
        .bind(period.to.to_cell());
    let stated = rows(db, sql, |mut row| {
        let (assessed, unit): (UnitId, UnitId) = (row.next()?, row.next()?);
        let _in_order: (NaiveDate, Seq) = (row.next()?, row.next()?);
        match row.json()? {
            Event::HeadcountSet { staff, party_members, .. } => Ok((assessed, unit, staff, party_members)),
            other @ Event::UnitCreated { .. } => {
                Err(StoreError::corrupt(format!("{} is no headcount", other.kind())))
            }
        }
    })?;
    let in_force: BTreeMap<(UnitId, UnitId), (i64, i64)> =
        stated.into_iter().map(|(assessed, unit, staff, party)| ((assessed, unit), (staff, party))).collect();
    for ((assessed, _), (staff, party_members)) in in_force {
        let figures = all.entry(assessed).or_default();
        figures.staff += staff;
        figures.party_members += party_members;
    }
    Ok(())
}

/// Who belongs to an assessed unit or one under it at the end of the period: each volunteer's latest
/// membership, unless the registration was closed. Aliases `k`, `l`, `m`, `v`.
fn members(db: &Db, units: &[UnitId], period: Period) -> (Sql, Sql) {
    let from = assessed(db, units)
        .and(" JOIN memberships AS m ON m.unit = l.unit JOIN volunteers AS v ON v.id = m.volunteer");
    let seq = period.members_as_of.to_cell();
    let condition = Sql::new(
        "m.entry <= ? AND NOT (v.status = 'closed' AND v.version <= ?) AND NOT EXISTS \
         (SELECT 1 FROM memberships AS n WHERE n.volunteer = m.volunteer AND n.entry > m.entry AND n.entry <= ?)",
    )
    .bind(seq.clone())
    .bind(seq.clone())
    .bind(seq);
    (from, condition)
}

/// One row a member: assessed unit, volunteer, own unit, minutes and number of the records that count
/// and are let through.
fn service_of_members(
    db: &Db,
    units: &[UnitId],
    period: Period,
    from: Option<NaiveDate>,
    grades: Option<&BTreeSet<Evidence>>,
    more: Sql,
) -> Sql {
    let (members, condition) = members(db, units, period);
    let mut sql = Sql::new(
        "SELECT k.a AS assessed, m.volunteer AS volunteer, m.unit AS unit, \
         CAST(COALESCE(SUM(t.credited_minutes), 0) AS BIGINT) AS minutes, COUNT(t.id) AS records FROM ",
    )
    .join(members)
    .and(" LEFT JOIN service_records AS t ON t.volunteer = m.volunteer AND ")
    .join(counted_as_of(period.as_of))
    .and(" AND ")
    .join(compare("t.service_date", "<=", &period.to));
    if let Some(from) = from {
        sql = sql.and(" AND ").join(compare("t.service_date", ">=", &from));
    }
    if let Some(grades) = grades {
        sql = sql.and(" AND ").join(of_grades("t.evidence", grades));
    }
    sql.and(" WHERE ").join(condition).join(more).and(" GROUP BY k.a, m.volunteer, m.unit")
}

fn add_members(
    db: &mut Db,
    units: &[UnitId],
    period: Period,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "SELECT p.assessed, COUNT(*), CAST(SUM(CASE WHEN p.records > 0 THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(p.minutes) AS BIGINT) FROM (",
    )
    .join(service_of_members(db, units, period, Some(period.from), None, Sql::new("")))
    .and(") AS p GROUP BY p.assessed");
    let found = rows(db, sql, |mut row| Ok((row.next()?, row.next()?, row.next()?, row.next()?)))?;
    for (unit, members, active_members, member_minutes) in found {
        let figures: &mut UnitFigures = all.entry(unit).or_default();
        figures.members = members;
        figures.active_members = active_members;
        figures.member_minutes = member_minutes;
    }
    Ok(())
}

/// Party members among the members, by each number of minutes that an indicator asks for.
fn add_party_members(
    db: &mut Db,
    units: &[UnitId],
    measured: &BTreeSet<Figure>,
    period: Period,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let asked = |figure: &Figure| match figure {
        Figure::PartyShare { minutes } => Some(*minutes),
        _ => None,
    };
    let thresholds: BTreeSet<Minutes> = measured.iter().filter_map(asked).collect();
    let of_party = Sql::new(" AND ").join(is_party_member("m.volunteer", period));
    let service = service_of_members(db, units, period, Some(period.from), None, of_party);
    let reaching = members_reaching(db, service, &thresholds)?;
    for (unit, figures) in all {
        let count = |minutes: &Minutes| reaching.get(&(*unit, *minutes)).copied().unwrap_or(0);
        figures.party_reaching = thresholds.iter().map(|minutes| (*minutes, count(minutes))).collect();
    }
    Ok(())
}

/// Members by each star that an indicator asks for: by the scheme of the period's last day, of their whole
/// life up to it.
fn add_stars(
    db: &mut Db,
    units: &[UnitId],
    measured: &BTreeSet<Figure>,
    period: Period,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let asked = |figure: &Figure| match figure {
        Figure::StarShare { star } | Figure::StarCount { star } => Some(*star),
        _ => None,
    };
    let stars: BTreeSet<i64> = measured.iter().filter_map(asked).collect();
    let Some(scheme) = scheme_on(db, period.as_of, period.to)? else { return Ok(()) };
    let thresholds = stars.iter().filter_map(|star| scheme.terms.threshold_of(*star)).collect();
    let grades = Some(&scheme.terms.counting_grades);
    let service = service_of_members(db, units, period, None, grades, Sql::new(""));
    let reaching = members_reaching(db, service, &thresholds)?;
    for (unit, figures) in all {
        let count = |star: &i64| {
            let minutes = scheme.terms.threshold_of(*star)?;
            reaching.get(&(*unit, minutes)).copied()
        };
        figures.with_star = stars.iter().map(|star| (*star, count(star).unwrap_or(0))).collect();
    }
    Ok(())
}

/// How many members have at least so many minutes each, by assessed unit: all thresholds in one query.
fn members_reaching(
    db: &mut Db,
    service: Sql,
    thresholds: &BTreeSet<Minutes>,
) -> Result<BTreeMap<(UnitId, Minutes), i64>, StoreError> {
    if thresholds.is_empty() {
        return Ok(BTreeMap::new());
    }
    let counts = vec!["CAST(SUM(CASE WHEN p.minutes >= ? THEN 1 ELSE 0 END) AS BIGINT)"; thresholds.len()];
    let sql = Sql::new(format!("SELECT p.assessed, {} FROM (", counts.join(", ")));
    let sql = thresholds.iter().fold(sql, |sql, minutes| sql.bind(minutes.to_cell()));
    let counted = rows(db, sql.join(service).and(") AS p GROUP BY p.assessed"), |mut row| {
        let unit: UnitId = row.next()?;
        let count = |minutes: &Minutes| Ok(((unit, *minutes), row.next()?));
        thresholds.iter().map(count).collect::<Result<Vec<_>, StoreError>>()
    })?;
    Ok(counted.into_iter().flatten().collect())
}

/// What the volunteer's data said, as of the entry, of the period's last day.
fn is_party_member(volunteer: &str, period: Period) -> Sql {
    Sql::new(format!(
        "EXISTS (SELECT 1 FROM party_statuses AS s WHERE s.volunteer = {volunteer} AND s.party_member = 1 \
         AND s.entry = (SELECT MAX(e.entry) FROM party_statuses AS e \
                        WHERE e.volunteer = s.volunteer AND e.entry <= ?) \
         AND s.effective_from = (SELECT MAX(d.effective_from) FROM party_statuses AS d \
                                 WHERE d.volunteer = s.volunteer AND d.entry = s.entry \
                                 AND d.effective_from <= ?))"
    ))
    .bind(period.as_of.to_cell())
    .bind(period.to.to_cell())
}

/// What was served with the units in the period.
fn add_records(
    db: &mut Db,
    units: &[UnitId],
    period: Period,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    // Of all records ever credited; what was voided by the entry is told apart in column `counts`.
    let sql = Sql::new(
        "SELECT r.assessed, COUNT(*), CAST(SUM(r.counts) AS BIGINT), CAST(SUM(r.counts * r.late) AS BIGINT), \
         CAST(SUM(CASE WHEN r.evidence = 'backfill' THEN r.counts ELSE 0 END) AS BIGINT), \
         COUNT(DISTINCT CASE WHEN r.counts = 1 THEN r.activity END) FROM (\
         SELECT k.a AS assessed, t.late AS late, t.evidence AS evidence, t.activity AS activity, \
         CASE WHEN t.voided_entry <= ? THEN 0 ELSE 1 END AS counts FROM ",
    )
    .bind(period.as_of.to_cell())
    .join(assessed(db, units))
    .and(" JOIN service_records AS t ON t.unit = l.unit WHERE ")
    .join(compare("t.credited_entry", "<=", &period.as_of))
    .and(" AND ")
    .join(compare("t.service_date", ">=", &period.from))
    .and(" AND ")
    .join(compare("t.service_date", "<=", &period.to))
    .and(") AS r GROUP BY r.assessed");
    let found = rows(db, sql, |mut row| {
        Ok((row.next()?, row.next()?, row.next()?, row.next()?, row.next()?, row.next()?))
    })?;
    for (unit, credited, records, late, backfilled, events) in found {
        let figures: &mut UnitFigures = all.entry(unit).or_default();
        figures.credited_records = credited;
        figures.records = records;
        figures.voided_records = credited - records;
        figures.late_records = late;
        figures.backfilled_records = backfilled;
        figures.events = events;
    }
    Ok(())
}

/// How many of the members that are counted have left since and had their data erased, party status
/// among it.
pub fn erased_since(db: &mut Db, units: &[UnitId], period: Period) -> Result<i64, StoreError> {
    if units.is_empty() {
        return Ok(0);
    }
    let (members, condition) = members(db, units, period);
    let sql = Sql::new("SELECT COUNT(DISTINCT m.volunteer) FROM ")
        .join(members)
        .and(" WHERE v.status = 'closed' AND ")
        .join(condition);
    Ok(db.number(sql)?.unwrap_or(0))
}

/// A member as the assessment counts one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub volunteer: VolunteerId,
    /// The unit that the member belongs to at the end of the period.
    pub unit: UnitId,
    /// Of the period, wherever it was served.
    pub credited_minutes: Minutes,
    /// How many records these are.
    pub records: i64,
}

/// The members of a unit and those under it, by number: what the figures on members sum up.
pub fn list_members(
    db: &mut Db,
    unit: UnitId,
    period: Period,
    page: PageRequest,
) -> Result<PageOf<Member>, StoreError> {
    let members = service_of_members(db, &[unit], period, Some(period.from), None, Sql::new(""));
    let from = Sql::new("SELECT t.volunteer, t.unit, t.minutes, t.records FROM (").join(members);
    Listing::over(from.and(") AS t")).page(
        db,
        page,
        ("t.volunteer", Order::OldestFirst),
        |mut row| {
            Ok(Member {
                volunteer: row.next()?,
                unit: row.next()?,
                credited_minutes: row.next()?,
                records: row.next()?,
            })
        },
        |member: &Member| member.volunteer.seq(),
    )
}
