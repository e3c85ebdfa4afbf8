//! The assessment of units: schemes, and the whole figures that they measure, as of any entry.
//!
//! Each figure is asked for all assessed units at once. Nothing here depends on what came after the
//! entry: memberships, headcounts, statuses and records are taken as they stood, but for party statuses
//! erased with a person ([`erased_since`] counts who left).

use super::journal::seq_as_of;
use super::list::{PageOf, PageRequest};
use super::merges;
use super::scope::Scope;
use super::stars::scheme_on;
use crate::domain::amounts::Minutes;
use crate::domain::assessment::{AssessmentScheme, AssessmentTerms, Figure, UnitFigures};
use crate::domain::ids::{AssessmentSchemeId, Seq, UnitId, VolunteerId};
use crate::domain::time::LocalZone;
use crate::domain::unit::{self, Unit};
use crate::store::column::{Stored, documents};
use crate::store::counted::COUNTED;
use crate::store::named_sql::NamedSql;
use crate::store::person_row::opened_party;
use crate::store::schema::{assessment_schemes as t, units as u};
use crate::store::table::table_row;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::identity;

documents!(AssessmentTerms, unit::Event);

table_row! {
    AssessmentScheme in assessment_schemes by [id] { id, version, terms }
}

/// One version of a scheme.
pub fn scheme(db: &mut Db, id: AssessmentSchemeId) -> Result<Option<AssessmentScheme>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}

/// Versions of all schemes, newest first.
pub fn schemes(db: &mut Db, page: PageRequest) -> Result<PageOf<AssessmentScheme>, StoreError> {
    let schemes = t::table.filter(page.older(t::id)).order(t::id.desc()).limit(page.rows_to_read());
    page.read(db, schemes, identity, |scheme: &AssessmentScheme| scheme.id.seq())
}

/// The unit, if the reader answers for it or audits it and it was there as of the entry.
pub fn unit(db: &mut Db, scope: Scope, id: UnitId, as_of: Seq) -> Result<Option<Unit>, StoreError> {
    let unit = u::table.filter(scope.visible_to_unit(u::id)).filter(u::id.eq(Stored(id)));
    db.one(unit.filter(u::id.le(Stored(as_of))))
}

/// The units right under one, as of an entry, by code.
pub fn children(db: &mut Db, parent: UnitId, as_of: Seq) -> Result<Vec<Unit>, StoreError> {
    let children = u::table.filter(u::parent.eq(Stored(parent))).filter(u::id.le(Stored(as_of)));
    db.load(children.order(u::code))
}

/// The time that is measured, and the state of the ledger that it is measured in.
#[derive(Clone, Copy, Debug)]
pub struct AssessmentPeriod {
    /// First service date.
    pub from: NaiveDate,
    /// Last service date.
    pub to: NaiveDate,
    pub as_of: Seq,
    /// The last entry that tells who belongs where at the end of the last day, as far as is known.
    members_as_of: Seq,
}

impl AssessmentPeriod {
    /// The period from one day to another, both included, as it was known as of an entry.
    pub fn new(
        db: &mut Db,
        zone: LocalZone,
        (from, to): (NaiveDate, NaiveDate),
        as_of: Seq,
    ) -> Result<Self, StoreError> {
        let members_as_of = seq_as_of(db, zone.last_of(to))?.min(as_of);
        Ok(Self { from, to, as_of, members_as_of })
    }
}

/// The figures that these indicators measure, for each unit and those under it.
pub fn figures(
    db: &mut Db,
    vault: &Vault,
    units: &[UnitId],
    measured: &BTreeSet<Figure>,
    period: AssessmentPeriod,
) -> Result<BTreeMap<UnitId, UnitFigures>, StoreError> {
    let mut all: BTreeMap<UnitId, UnitFigures> =
        units.iter().map(|unit| (*unit, UnitFigures::default())).collect();
    if units.is_empty() {
        return Ok(all);
    }
    add_headcounts(db, units, period, &mut all)?;
    add_members(db, units, period, &mut all)?;
    add_records(db, units, period, &mut all)?;
    add_party_members(db, vault, (units, measured), period, &mut all)?;
    add_stars(db, units, measured, period, &mut all)?;
    Ok(all)
}

/// Each unit states its own people: the latest statement to take effect, the newest among equals.
const HEADCOUNTS: &str = "
    SELECT l.ancestor AS assessed, e.unit, e.event
    FROM unit_lineage AS l
    JOIN entries AS e ON e.unit = l.unit
    WHERE l.ancestor IN :units
      AND e.kind = 'headcount_set' AND e.seq <= :as_of AND e.effective_date <= :to
    ORDER BY e.effective_date, e.seq";

#[derive(QueryableByName)]
struct HeadcountRow {
    #[diesel(sql_type = BigInt)]
    assessed: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = Text)]
    event: Stored<unit::Event>,
}

fn add_headcounts(
    db: &mut Db,
    units: &[UnitId],
    period: AssessmentPeriod,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let sql = NamedSql::new(HEADCOUNTS)
        .bind_set("units", units.iter().copied())
        .bind("as_of", &period.as_of)
        .bind("to", &period.to);
    // Later ones take the place of earlier ones.
    let mut in_force: BTreeMap<(UnitId, UnitId), (i64, i64)> = BTreeMap::new();
    for HeadcountRow { assessed, unit, event } in db.load(sql)? {
        let unit::Event::HeadcountSet { staff, party_members, .. } = event.value() else {
            return Err(StoreError::corrupt("an entry of a headcount holds another event"));
        };
        in_force.insert((assessed.value(), unit.value()), (staff, party_members));
    }
    for ((assessed, _), (staff, party_members)) in in_force {
        let figures = all.entry(assessed).or_default();
        figures.staff += staff;
        figures.party_members += party_members;
    }
    Ok(())
}

/// Who belongs to an assessed unit or one under it at the end of the period: whose membership `m` had begun then and
/// not ended, whatever became of it since.
const ARE_MEMBERS: &str =
    "m.entry <= :members_as_of AND (m.ended_entry IS NULL OR m.ended_entry > :members_as_of)";

/// One row a member: assessed unit, volunteer, own unit, minutes and number of the records that count.
const SERVICE_OF_MEMBERS: &str = "
    SELECT l.ancestor AS assessed, m.volunteer AS volunteer, m.unit AS unit,
           CAST(COALESCE(SUM(s.credited_minutes), 0) AS BIGINT) AS minutes, COUNT(s.id) AS records
    FROM unit_lineage AS l
    JOIN memberships AS m ON m.unit = l.unit
    LEFT JOIN service_records AS s
      ON s.volunteer = m.volunteer AND {counted} AND s.service_date <= :to AND {service}
    WHERE l.ancestor IN :units AND {are_members} AND {members}
    GROUP BY l.ancestor, m.volunteer, m.unit";

/// The same where numbers were merged by the entry: one person counts once, with the service of all numbers.
const SERVICE_OF_PERSONS: &str = "
    SELECT q.assessed, q.volunteer, q.unit,
           CAST(SUM(q.minutes) AS BIGINT) AS minutes, CAST(SUM(q.records) AS BIGINT) AS records
    FROM ({of_members}
        UNION ALL
        SELECT l.ancestor AS assessed, m.volunteer AS volunteer, m.unit AS unit,
               CAST(COALESCE(SUM(s.credited_minutes), 0) AS BIGINT) AS minutes, COUNT(s.id) AS records
        FROM merged_numbers AS n
        JOIN memberships AS m ON m.volunteer = n.earlier
        JOIN unit_lineage AS l ON l.unit = m.unit
        JOIN service_records AS s
          ON s.volunteer = n.volunteer AND {counted} AND s.service_date <= :to AND {service}
        WHERE n.entry <= :as_of AND l.ancestor IN :units AND {are_members} AND {members}
        GROUP BY l.ancestor, m.volunteer, m.unit) AS q
    GROUP BY q.assessed, q.volunteer, q.unit";

/// Only who is no alias as of the entry.
const NO_ALIAS: &str =
    "NOT EXISTS (SELECT 1 FROM merged_numbers AS z WHERE z.volunteer = m.volunteer AND z.entry <= :as_of)";

/// Service since the period began.
const OF_THE_PERIOD: &str = "s.service_date >= :from";
/// All service up to now, of the evidence that stars count.
const OF_A_LIFE: &str = "s.evidence IN :grades";
const ALL_MEMBERS: &str = "TRUE";

/// Fills a statement over `{members_service}`.
fn over_members(
    db: &mut Db,
    sql: &'static str,
    (service, members): (&str, &str),
    units: &[UnitId],
    period: AssessmentPeriod,
) -> Result<NamedSql, StoreError> {
    let (persons, members) = if merges::any(db, period.as_of)? {
        (SERVICE_OF_PERSONS, format!("{members} AND {NO_ALIAS}"))
    } else {
        ("{of_members}", members.to_owned())
    };
    Ok(NamedSql::new(sql)
        .with("members_service", persons)
        .with("of_members", SERVICE_OF_MEMBERS)
        .with("service", service)
        .with("members", &members)
        .with("counted", COUNTED)
        .with("are_members", ARE_MEMBERS)
        .bind_set("units", units.iter().copied())
        .bind("as_of", &period.as_of)
        .bind("members_as_of", &period.members_as_of)
        .bind("from", &period.from)
        .bind("to", &period.to))
}

const MEMBERS: &str = "
    SELECT p.assessed, COUNT(*) AS members,
           CAST(SUM(CASE WHEN p.records > 0 THEN 1 ELSE 0 END) AS BIGINT) AS active_members,
           CAST(SUM(p.minutes) AS BIGINT) AS member_minutes
    FROM ({members_service}) AS p
    GROUP BY p.assessed";

#[derive(QueryableByName)]
struct MembersRow {
    #[diesel(sql_type = BigInt)]
    assessed: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    members: i64,
    #[diesel(sql_type = BigInt)]
    active_members: i64,
    #[diesel(sql_type = BigInt)]
    member_minutes: Stored<Minutes>,
}

fn add_members(
    db: &mut Db,
    units: &[UnitId],
    period: AssessmentPeriod,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let sql = over_members(db, MEMBERS, (OF_THE_PERIOD, ALL_MEMBERS), units, period)?;
    for row in db.load::<MembersRow, _>(sql)? {
        let figures = all.entry(row.assessed.value()).or_default();
        figures.members = row.members;
        figures.active_members = row.active_members;
        figures.member_minutes = row.member_minutes.value();
    }
    Ok(())
}

/// Party members among the members, by each number of minutes that an indicator asks for.
fn add_party_members(
    db: &mut Db,
    vault: &Vault,
    (units, measured): (&[UnitId], &BTreeSet<Figure>),
    period: AssessmentPeriod,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let asked = |figure: &Figure| match figure {
        Figure::PartyShare { minutes } => Some(*minutes),
        _ => None,
    };
    let thresholds: BTreeSet<Minutes> = measured.iter().filter_map(asked).collect();
    let Some(least) = thresholds.first() else { return Ok(()) };
    for figures in all.values_mut() {
        figures.party_reaching = thresholds.iter().map(|minutes| (*minutes, 0)).collect();
    }
    let sql = over_members(db, PARTY_OF_MEMBERS, (OF_THE_PERIOD, ALL_MEMBERS), units, period)?
        .bind("least_minutes", least);
    for row in db.load::<PartyRow, _>(sql)? {
        if !was_party_member(vault, row.volunteer.0, &row.party_sealed, period)? {
            continue;
        }
        let reached = &mut all.entry(row.assessed.value()).or_default().party_reaching;
        reached.range_mut(..=row.minutes.value()).for_each(|(_, members)| *members += 1);
    }
    Ok(())
}

/// Members who have so many minutes, with what their data said of party membership, encrypted.
const PARTY_OF_MEMBERS: &str = "
    SELECT p.assessed, p.volunteer, p.minutes, y.party_sealed
    FROM ({members_service}) AS p
    JOIN people AS y ON y.volunteer = p.volunteer
    WHERE p.minutes >= :least_minutes";

#[derive(QueryableByName)]
struct PartyRow {
    #[diesel(sql_type = BigInt)]
    assessed: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
    #[diesel(sql_type = Binary)]
    party_sealed: Vec<u8>,
}

/// Whether a volunteer's data said, as of the entry, that they were a party member on the period's last day.
fn was_party_member(
    vault: &Vault,
    volunteer: VolunteerId,
    party_sealed: &[u8],
    period: AssessmentPeriod,
) -> Result<bool, StoreError> {
    Ok(opened_party(vault, volunteer, party_sealed)?.is_member(period.as_of, period.to))
}

/// Members by each star that an indicator asks for: by the scheme of the period's last day, of their whole
/// life up to it.
fn add_stars(
    db: &mut Db,
    units: &[UnitId],
    measured: &BTreeSet<Figure>,
    period: AssessmentPeriod,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let asked = |figure: &Figure| match figure {
        Figure::StarShare { star } | Figure::StarCount { star } => Some(*star),
        _ => None,
    };
    let stars: BTreeSet<i64> = measured.iter().filter_map(asked).collect();
    let Some(scheme) = scheme_on(db, period.as_of, period.to)? else { return Ok(()) };
    let thresholds = stars.iter().filter_map(|star| scheme.terms.threshold_of(*star)).collect();
    let sql = over_members(db, REACHING, (OF_A_LIFE, ALL_MEMBERS), units, period)?
        .bind_words("grades", scheme.terms.counting_evidence.iter().copied());
    let reaching = members_reaching(db, sql, &thresholds)?;
    for (unit, figures) in all {
        let count = |star: &i64| {
            let minutes = scheme.terms.threshold_of(*star)?;
            reaching.get(&(*unit, minutes)).copied()
        };
        figures.with_star = stars.iter().map(|star| (*star, count(star).unwrap_or(0))).collect();
    }
    Ok(())
}

/// How many members have at least so many minutes each.
const REACHING: &str = "
    SELECT p.assessed, h.value AS minutes, COUNT(*) AS members
    FROM ({members_service}) AS p
    JOIN :thresholds AS h ON p.minutes >= h.value
    GROUP BY p.assessed, h.value";

#[derive(QueryableByName)]
struct ReachingRow {
    #[diesel(sql_type = BigInt)]
    assessed: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    members: i64,
}

/// Members by assessed unit and threshold; who reaches one reaches those below it too.
fn members_reaching(
    db: &mut Db,
    reaching: NamedSql,
    thresholds: &BTreeSet<Minutes>,
) -> Result<BTreeMap<(UnitId, Minutes), i64>, StoreError> {
    if thresholds.is_empty() {
        return Ok(BTreeMap::new());
    }
    let counted = db.load(reaching.bind_set("thresholds", thresholds.iter().copied()))?;
    let count = |row: ReachingRow| ((row.assessed.value(), row.minutes.value()), row.members);
    Ok(counted.into_iter().map(count).collect())
}

/// What was served with the units in the period: of all records ever credited; what was voided by the entry is
/// told apart by column `counts`.
const RECORDS: &str = "
    SELECT r.assessed, COUNT(*) AS credited, CAST(SUM(r.counts) AS BIGINT) AS records,
           CAST(SUM(r.counts * r.late) AS BIGINT) AS late,
           CAST(SUM(CASE WHEN r.evidence = 'backfill' THEN r.counts ELSE 0 END) AS BIGINT) AS backfilled,
           COUNT(DISTINCT CASE WHEN r.counts = 1 THEN r.activity END) AS events
    FROM (SELECT l.ancestor AS assessed, t.late, t.evidence, t.activity,
                 CASE WHEN t.voided_entry <= :as_of THEN 0 ELSE 1 END AS counts
          FROM unit_lineage AS l
          JOIN service_records AS t ON t.unit = l.unit
          WHERE l.ancestor IN :units
            AND t.credited_entry <= :as_of AND t.service_date BETWEEN :from AND :to) AS r
    GROUP BY r.assessed";

#[derive(QueryableByName)]
struct RecordsRow {
    #[diesel(sql_type = BigInt)]
    assessed: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    credited: i64,
    #[diesel(sql_type = BigInt)]
    records: i64,
    #[diesel(sql_type = BigInt)]
    late: i64,
    #[diesel(sql_type = BigInt)]
    backfilled: i64,
    #[diesel(sql_type = BigInt)]
    events: i64,
}

fn add_records(
    db: &mut Db,
    units: &[UnitId],
    period: AssessmentPeriod,
    all: &mut BTreeMap<UnitId, UnitFigures>,
) -> Result<(), StoreError> {
    let sql = NamedSql::new(RECORDS)
        .bind_set("units", units.iter().copied())
        .bind("as_of", &period.as_of)
        .bind("from", &period.from)
        .bind("to", &period.to);
    for row in db.load::<RecordsRow, _>(sql)? {
        let figures = all.entry(row.assessed.value()).or_default();
        figures.credited_records = row.credited;
        figures.records = row.records;
        figures.voided_records = row.credited - row.records;
        figures.late_records = row.late;
        figures.backfilled_records = row.backfilled;
        figures.events = row.events;
    }
    Ok(())
}

const ERASED: &str = "
    SELECT COUNT(DISTINCT m.volunteer) AS members
    FROM unit_lineage AS l
    JOIN memberships AS m ON m.unit = l.unit
    WHERE l.ancestor IN :units AND {are_members}
      AND EXISTS (SELECT 1 FROM memberships AS c JOIN entries AS e ON e.seq = c.ended_entry
                  WHERE (c.volunteer = m.volunteer
                         OR c.volunteer IN (SELECT z.earlier FROM merged_numbers AS z WHERE z.volunteer = m.volunteer))
                    AND c.ended_entry > :members_as_of
                    AND e.kind = 'volunteer_closed')";

#[derive(QueryableByName)]
struct ErasedRow {
    #[diesel(sql_type = BigInt)]
    members: i64,
}

/// How many of the members that are counted have left since and had their data erased, party status
/// among it.
pub fn erased_since(db: &mut Db, units: &[UnitId], period: AssessmentPeriod) -> Result<i64, StoreError> {
    let sql = NamedSql::new(ERASED)
        .with("are_members", ARE_MEMBERS)
        .bind_set("units", units.iter().copied())
        .bind("members_as_of", &period.members_as_of);
    Ok(db.one::<ErasedRow, _>(sql)?.map_or(0, |row| row.members))
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

/// Which members are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MembersCounted {
    All,
    /// Those with a record in the period.
    Active,
    /// Party members with at least so many minutes in the period.
    PartyMembers {
        minutes: Minutes,
    },
    /// Those with at least this star at the end of the period; nobody where there is no such star.
    WithStar {
        star: i64,
    },
}

/// Whose whole life has so many minutes that count towards stars.
const REACH_STAR: &str = "
    (SELECT COALESCE(SUM(x.credited_minutes), 0) FROM service_records AS x
     WHERE x.volunteer = m.volunteer AND x.credited_entry <= :as_of
       AND (x.voided_entry IS NULL OR x.voided_entry > :as_of)
       AND x.service_date <= :to AND x.evidence IN :grades)
    + (SELECT COALESCE(SUM(x.credited_minutes), 0)
       FROM merged_numbers AS y JOIN service_records AS x ON x.volunteer = y.volunteer
       WHERE y.earlier = m.volunteer AND y.entry <= :as_of AND x.credited_entry <= :as_of
         AND (x.voided_entry IS NULL OR x.voided_entry > :as_of)
         AND x.service_date <= :to AND x.evidence IN :grades) >= :threshold";

const LIST_MEMBERS: &str = "
    SELECT p.volunteer, p.unit, p.minutes, p.records
    FROM ({members_service}) AS p
    WHERE p.volunteer > :after AND p.minutes >= :least_minutes AND p.records >= :least_records
    ORDER BY p.volunteer
    LIMIT :most";

#[derive(QueryableByName)]
struct MemberRow {
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    records: i64,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            volunteer: row.volunteer.value(),
            unit: row.unit.value(),
            credited_minutes: row.minutes.value(),
            records: row.records,
        }
    }
}

/// The members of a unit and those under it, by number: what the figures on members sum up. Minutes and records are
/// those of the period, whichever members are listed.
pub fn list_members(
    db: &mut Db,
    vault: &Vault,
    unit: UnitId,
    period: AssessmentPeriod,
    which: MembersCounted,
    page: PageRequest,
) -> Result<PageOf<Member>, StoreError> {
    let listed =
        |db: &mut Db, members| over_members(db, LIST_MEMBERS, (OF_THE_PERIOD, members), &[unit], period);
    let (members, least_records) = match which {
        MembersCounted::All => (listed(db, ALL_MEMBERS)?, 0),
        MembersCounted::Active => (listed(db, ALL_MEMBERS)?, 1),
        MembersCounted::PartyMembers { minutes } => {
            return list_party_members(db, vault, unit, period, minutes, page);
        }
        MembersCounted::WithStar { star } => {
            let scheme = scheme_on(db, period.as_of, period.to)?;
            let reached = scheme.and_then(|scheme| {
                let threshold = scheme.terms.threshold_of(star)?;
                Some((threshold, scheme.terms.counting_evidence))
            });
            let Some((threshold, evidence)) = reached else {
                return Ok(PageOf { items: Vec::new(), next: None });
            };
            (listed(db, REACH_STAR)?.bind("threshold", &threshold).bind_words("grades", evidence), 0)
        }
    };
    let members = members
        .bind("least_minutes", &Minutes::ZERO)
        .bind("least_records", &least_records)
        .bind("after", &page.after.unwrap_or_default())
        .bind("most", &page.rows_to_read());
    page.read(db, members, <MemberRow as Into<Member>>::into, |member| member.volunteer.seq())
}

/// The members who are party members and have so many minutes: those who have the minutes are opened.
fn list_party_members(
    db: &mut Db,
    vault: &Vault,
    unit: UnitId,
    period: AssessmentPeriod,
    least: Minutes,
    page: PageRequest,
) -> Result<PageOf<Member>, StoreError> {
    let reaching = |page: PageRequest| {
        let sql = over_members(db, LIST_PARTY_OF_MEMBERS, (OF_THE_PERIOD, ALL_MEMBERS), &[unit], period)?;
        let sql = sql.bind("least_minutes", &least).bind("after", &page.after.unwrap_or_default());
        db.load::<MemberWithParty, _>(sql.bind("most", &page.rows_to_read()))
    };
    let party_member = |MemberWithParty { member, party_sealed }: MemberWithParty| {
        let is_member = was_party_member(vault, member.volunteer.0, &party_sealed, period)?;
        Ok(is_member.then(|| member.into()))
    };
    page.sift(
        reaching,
        |row| row.member.volunteer.0.seq(),
        party_member,
        |member: &Member| member.volunteer.seq(),
    )
}

const LIST_PARTY_OF_MEMBERS: &str = "
    SELECT p.volunteer, p.unit, p.minutes, p.records, y.party_sealed
    FROM ({members_service}) AS p
    JOIN people AS y ON y.volunteer = p.volunteer
    WHERE p.volunteer > :after AND p.minutes >= :least_minutes
    ORDER BY p.volunteer
    LIMIT :most";

#[derive(QueryableByName)]
struct MemberWithParty {
    #[diesel(embed)]
    member: MemberRow,
    #[diesel(sql_type = Binary)]
    party_sealed: Vec<u8>,
}
