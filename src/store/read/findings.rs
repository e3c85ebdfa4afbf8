//! What findings are looked for in, and those that were dismissed.

mod merged;
mod operators;
mod points;

use super::journal::seq_as_of;
use super::scope::{Scope, within_text};
use super::{units, volunteers};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::dismissal::{Dismissal, FindingId};
use crate::domain::evidence::Evidence;
use crate::domain::finding::{
    AlikeVolunteers, DAYS_BEFORE_CLOSING, Differing, DifferingRow, ExaminedService, Finding, FindingRule,
    InheritedService, LeftService, PlacedService, find_all, find_differing, find_of_persons, find_of_points,
};
use crate::domain::ids::{ActivityId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::person::PersonField;
use crate::domain::text::Note;
use crate::domain::time::{LocalZone, Timestamp};
use crate::domain::{Event, volunteer};
use crate::journal::to_canonical_json;
use crate::store::column::{Stored, words};
use crate::store::counted::{BEGAN_TO_COUNT, COUNTED, counted_as_of};
use crate::store::expression::is_one_of;
use crate::store::named_sql::NamedSql;
use crate::store::schema::{dismissals as t, notes as n, service_records as r};
use crate::store::sql::Sql;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

words!(FindingRule, FindingId);

table_row! {
    Dismissal in dismissals by [finding] { finding, rule, unit, dismissed_by, dismissed_at, entry }
}

/// Where, and in which stretch of time, something is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// This unit and those under it.
    pub unit: Option<UnitId>,
    /// First instant at which something was credited.
    pub from: Timestamp,
    /// First instant after.
    pub until: Timestamp,
    /// Only what counts as of this entry.
    pub as_of: Seq,
}

/// A finding by its name, and its dismissal, if any.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: FindingId,
    pub finding: Finding,
    pub dismissed: Option<Dismissed>,
}

/// That a finding was dismissed, and why.
#[derive(Clone, Debug)]
pub struct Dismissed {
    pub dismissal: Dismissal,
    /// None once it was erased with the person whom the finding was about.
    pub reason: Option<Note>,
}

/// More records than are looked through at once.
#[derive(Clone, Copy, Debug)]
pub struct TooMany;

/// Records that are looked through at once: what bounds the memory that looking takes.
pub const RECORDS_MAX: usize = 100_000;

/// What looks wrong within the window, dismissed or not.
///
/// Service is that of the reader's units; service elsewhere that of the reader's volunteers, as
/// memberships were at the entry. Call it within a snapshot.
pub fn find(
    db: &mut Db,
    scope: Scope,
    window: Window,
    zone: LocalZone,
) -> Result<Result<Vec<Found>, TooMany>, StoreError> {
    let Some(credited) = credited(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(placed) = placed(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(inherited) = inherited(db, scope, window)? else { return Ok(Err(TooMany)) };
    let mut findings = find_all(&credited, &placed, zone);
    let Some(left) = left(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(alike) = alike(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(pairs) = merged::merged(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(overlaps) = merged::overlaps(db, scope, window)? else { return Ok(Err(TooMany)) };
    let Some(operators) = operators::stated(db, scope, window)? else { return Ok(Err(TooMany)) };
    findings.extend(find_of_persons(&inherited, &left, &alike, (&pairs, &overlaps), &operators));
    let Some(of_points) = points::rows(db, scope, window)? else { return Ok(Err(TooMany)) };
    findings.extend(find_of_points(&of_points, zone));
    let found = findings.into_iter().map(|finding| Ok((name_of(&finding)?, finding)));
    let found = found.collect::<Result<Vec<_>, StoreError>>()?;
    let mut dismissed = dismissed(db, found.iter().map(|(id, _)| *id), window.as_of)?;
    let found =
        found.into_iter().map(|(id, finding)| Found { id, finding, dismissed: dismissed.remove(&id) });
    Ok(Ok(found.collect()))
}

/// What the service's verification of itself found, as findings for the auditors of the units concerned: of the unit
/// that the row names, or of the volunteer's; else of the top of the tree.
pub fn differing(
    db: &mut Db,
    scope: Scope,
    unit: Option<UnitId>,
    rows: &[DifferingRow],
) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    for row in rows {
        let of_volunteer = match row.volunteer {
            Some(volunteer) => volunteers::current(db, volunteer)?.map(|volunteer| volunteer.unit),
            None => None,
        };
        let Some(concerned) = row.unit.or(of_volunteer).map_or_else(|| top(db), |unit| Ok(Some(unit)))?
        else {
            continue;
        };
        let asked = match unit {
            Some(asked) => units::is_of(db, Scope::Unit(asked), concerned)?,
            None => true,
        };
        if asked && units::is_of(db, scope, concerned)? {
            found.push(Differing { unit: concerned, volunteer: row.volunteer, record: row.record });
        }
    }
    let found = find_differing(&found).into_iter();
    found.map(|finding| Ok(Found { id: name_of(&finding)?, finding, dismissed: None })).collect()
}

/// The oldest unit of all.
fn top(db: &mut Db) -> Result<Option<UnitId>, StoreError> {
    Ok(db.number(Sql::new("SELECT MIN(id) FROM units"))?.map(|id| UnitId::new(Seq(id))))
}

/// SHA-256 over the canonical JSON of rule and evidence: other evidence, another name.
fn name_of(finding: &Finding) -> Result<FindingId, StoreError> {
    let canonical = to_canonical_json(finding).map_err(|error| StoreError::corrupt(error.to_string()))?;
    Ok(FindingId(Sha256::digest(canonical).into()))
}

/// Of a list with one more than there may be: none.
pub(super) fn unless_too_many<T>(found: Vec<T>) -> Option<Vec<T>> {
    (found.len() <= RECORDS_MAX).then_some(found)
}

pub(super) fn rows_to_read() -> i64 {
    i64::try_from(RECORDS_MAX).map_or(i64::MAX, |most| most + 1)
}

/// A statement over the records `s` of a window, those of units that the reader acts for; `unit` is the column of
/// the unit that decides that.
///
/// Recorded time never goes back: what was credited in a stretch of time, a run of entries credited.
pub(super) fn within_window(
    db: &mut Db,
    sql: NamedSql,
    scope: Scope,
    window: Window,
    unit: &str,
) -> Result<NamedSql, StoreError> {
    let a_moment = chrono::Duration::microseconds(1);
    let before = seq_as_of(db, window.from.plus(-a_moment))?;
    let until = seq_as_of(db, window.until.plus(-a_moment))?;
    let (permitted, own) = match scope {
        Scope::All => ("TRUE".to_owned(), None),
        Scope::Unit(own) => (within_text(unit, "own"), Some(own)),
        Scope::Volunteer(_) => ("FALSE".to_owned(), None),
    };
    let asked = window.unit.map_or_else(|| "TRUE".to_owned(), |_| within_text(unit, "asked"));
    let sql = sql
        .with("began", BEGAN_TO_COUNT)
        .with("counted", COUNTED)
        .with("units", &format!("{permitted} AND {asked}"))
        .bind("before", &before)
        .bind("until", &until)
        .bind("as_of", &window.as_of)
        .bind("most", &rows_to_read());
    let sql = own.iter().fold(sql, |sql, own| sql.bind("own", own));
    Ok(window.unit.iter().fold(sql, |sql, asked| sql.bind("asked", asked)))
}

const CREDITED: &str = "
    SELECT s.id, s.unit, s.activity, s.volunteer, s.evidence, s.started_at, s.ended_at, s.service_date,
           s.credited_minutes, s.submitted_by, s.submitted_at, s.decided_by, s.decided_at, s.credited_entry,
           s.late, s.credited_alone
    FROM service_records AS s
    WHERE {began} AND {counted} AND {units}
    ORDER BY s.id
    LIMIT :most";

#[derive(QueryableByName)]
struct CreditedRow {
    #[diesel(sql_type = BigInt)]
    id: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    activity: Stored<ActivityId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = Text)]
    evidence: Stored<Evidence>,
    #[diesel(sql_type = BigInt)]
    started_at: Stored<Timestamp>,
    #[diesel(sql_type = BigInt)]
    ended_at: Stored<Timestamp>,
    #[diesel(sql_type = BigInt)]
    service_date: Stored<NaiveDate>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = BigInt)]
    submitted_by: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    submitted_at: Stored<Timestamp>,
    #[diesel(sql_type = BigInt)]
    decided_by: Stored<Actor>,
    #[diesel(sql_type = BigInt)]
    decided_at: Stored<Timestamp>,
    #[diesel(sql_type = BigInt)]
    credited_entry: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    late: Stored<bool>,
    #[diesel(sql_type = BigInt)]
    credited_alone: Stored<bool>,
}

impl CreditedRow {
    fn service(self) -> ExaminedService {
        ExaminedService {
            record: self.id.value(),
            unit: self.unit.value(),
            activity: self.activity.value(),
            volunteer: self.volunteer.value(),
            evidence: self.evidence.value(),
            started_at: self.started_at.value(),
            ended_at: self.ended_at.value(),
            service_date: self.service_date.value(),
            credited_minutes: self.credited_minutes.value(),
            submitted_by: self.submitted_by.value(),
            submitted_at: self.submitted_at.value(),
            credited_by: self.decided_by.value(),
            credited_at: self.decided_at.value(),
            credited_entry: self.credited_entry.value(),
            late: self.late.value(),
            credited_alone: self.credited_alone.value(),
        }
    }
}

fn credited(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<ExaminedService>>, StoreError> {
    let sql = within_window(db, NamedSql::new(CREDITED), scope, window, "s.unit")?;
    let found = db.load(sql)?.into_iter().map(CreditedRow::service).collect();
    Ok(unless_too_many(found))
}

/// Service with the unit that its volunteer belonged to at the entry, and the one where it was.
const PLACED: &str = "
    SELECT s.id, s.volunteer, s.credited_minutes, home.path AS home, place.path AS place
    FROM service_records AS s
    JOIN memberships AS m ON m.volunteer = s.volunteer
    JOIN units AS home ON home.id = m.unit
    JOIN units AS place ON place.id = s.unit
    WHERE {began} AND {counted} AND {units}
      AND m.entry = (SELECT MAX(l.entry) FROM memberships AS l
                     WHERE l.volunteer = s.volunteer AND l.entry <= :as_of)
    ORDER BY s.id
    LIMIT :most";

#[derive(QueryableByName)]
struct PlacedRow {
    #[diesel(sql_type = BigInt)]
    id: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
    #[diesel(sql_type = Text)]
    home: Stored<Vec<UnitId>>,
    #[diesel(sql_type = Text)]
    place: Stored<Vec<UnitId>>,
}

fn placed(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<PlacedService>>, StoreError> {
    let sql = within_window(db, NamedSql::new(PLACED), scope, window, "m.unit")?;
    let service = |row: PlacedRow| PlacedService {
        record: row.id.value(),
        volunteer: row.volunteer.value(),
        credited_minutes: row.credited_minutes.value(),
        home: row.home.value(),
        place: row.place.value(),
    };
    Ok(unless_too_many(db.load(sql)?.into_iter().map(service).collect()))
}

/// Service of volunteers whose name, document or birth date was changed within the window, credited before.
const INHERITED: &str = "
    SELECT c.decided_entry, c.unit, c.volunteer, c.asked_by, c.fields, s.id, s.credited_minutes
    FROM identity_changes AS c
    JOIN service_records AS s ON s.volunteer = c.volunteer AND s.credited_entry < c.decided_entry
    WHERE c.status = 'made' AND c.decided_entry > :before AND c.decided_entry <= :until
      AND c.decided_entry <= :as_of AND {counted} AND {units}
    ORDER BY c.decided_entry, s.id
    LIMIT :most";

#[derive(QueryableByName)]
struct InheritedRow {
    #[diesel(sql_type = BigInt)]
    decided_entry: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    volunteer: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    asked_by: Stored<Actor>,
    #[diesel(sql_type = Text)]
    fields: Stored<Vec<PersonField>>,
    #[diesel(sql_type = BigInt)]
    id: Stored<RecordId>,
    #[diesel(sql_type = BigInt)]
    credited_minutes: Stored<Minutes>,
}

fn inherited(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<InheritedService>>, StoreError> {
    let sql = within_window(db, NamedSql::new(INHERITED), scope, window, "c.unit")?;
    let Some(rows) = unless_too_many(db.load::<InheritedRow, _>(sql)?) else { return Ok(None) };
    let is_certified = |row: &InheritedRow| row.fields.0.iter().any(|field| field.is_certified());
    let service = |row: InheritedRow| InheritedService {
        changed_entry: row.decided_entry.value(),
        unit: row.unit.value(),
        volunteer: row.volunteer.value(),
        asked_by: row.asked_by.value(),
        record: row.id.value(),
        credited_minutes: row.credited_minutes.value(),
    };
    Ok(Some(rows.into_iter().filter(is_certified).map(service).collect()))
}

/// Registrations that were closed within the window, opened again since or not.
const CLOSINGS: &str = "
    SELECT e.seq, e.recorded_at, e.unit, e.actor, e.event
    FROM entries AS e
    WHERE e.kind = 'volunteer_closed' AND e.seq > :before AND e.seq <= :until AND e.seq <= :as_of AND {units}
    ORDER BY e.seq
    LIMIT :most";

#[derive(QueryableByName)]
struct ClosingRow {
    #[diesel(sql_type = BigInt)]
    seq: Stored<Seq>,
    #[diesel(sql_type = BigInt)]
    recorded_at: Stored<Timestamp>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
    #[diesel(sql_type = BigInt)]
    actor: Stored<Actor>,
    #[diesel(sql_type = Text)]
    event: Stored<Event>,
}

/// Service credited in the weeks before its volunteer's registration was closed within the window.
fn left(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<LeftService>>, StoreError> {
    let sql = within_window(db, NamedSql::new(CLOSINGS), scope, window, "e.unit")?;
    let Some(closings) = unless_too_many(db.load::<ClosingRow, _>(sql)?) else { return Ok(None) };
    let mut left = Vec::new();
    for closing in closings {
        let Event::Volunteer(volunteer::Event::VolunteerClosed { volunteer, .. }) = closing.event.value()
        else {
            return Err(StoreError::corrupt("an entry is filed as a closing and is none"));
        };
        let (closed_entry, unit, closed_by) =
            (closing.seq.value(), closing.unit.value(), closing.actor.value());
        let since = closing.recorded_at.value().plus(-chrono::Duration::days(DAYS_BEFORE_CLOSING));
        let service = r::table
            .filter(r::volunteer.eq(Stored(volunteer)))
            .filter(r::decided_at.gt(Stored(since)))
            .filter(r::credited_entry.lt(Stored(closed_entry)))
            .filter(counted_as_of(window.as_of))
            .order(r::id)
            .select((r::id, r::credited_minutes));
        left.extend(db.load::<(Stored<RecordId>, Stored<Minutes>), _>(service)?.into_iter().map(
            |(record, credited_minutes)| LeftService {
                closed_entry,
                unit,
                volunteer,
                closed_by,
                record: record.value(),
                credited_minutes: credited_minutes.value(),
            },
        ));
    }
    Ok(unless_too_many(left))
}

/// Pairs of those who are registered now, and were at the entry: who somebody is, is known of the present only. Who
/// reads it acts for both.
const ALIKE: &str = "
    SELECT a.volunteer AS earlier, b.volunteer AS later, later.unit
    FROM people AS a
    JOIN people AS b ON b.likeness_index = a.likeness_index AND b.volunteer > a.volunteer
    JOIN volunteers AS earlier ON earlier.id = a.volunteer
    JOIN volunteers AS later ON later.id = b.volunteer
    WHERE b.volunteer <= :as_of AND earlier.merged_into IS NULL AND later.merged_into IS NULL
      AND {units} AND {others}
    ORDER BY a.volunteer, b.volunteer
    LIMIT :most";

#[derive(QueryableByName)]
struct AlikeRow {
    #[diesel(sql_type = BigInt)]
    earlier: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    later: Stored<VolunteerId>,
    #[diesel(sql_type = BigInt)]
    unit: Stored<UnitId>,
}

fn alike(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<AlikeVolunteers>>, StoreError> {
    let others = match scope {
        Scope::All => "TRUE".to_owned(),
        Scope::Unit(_) => within_text("earlier.unit", "own"),
        Scope::Volunteer(_) => "FALSE".to_owned(),
    };
    let sql = NamedSql::new(ALIKE).with("others", &others);
    let sql = within_window(db, sql, scope, window, "later.unit")?;
    let Some(rows) = unless_too_many(db.load::<AlikeRow, _>(sql)?) else { return Ok(None) };
    let pair = |row: AlikeRow| AlikeVolunteers {
        earlier: row.earlier.value(),
        later: row.later.value(),
        unit: row.unit.value(),
    };
    Ok(Some(rows.into_iter().map(pair).collect()))
}

/// Which of them had been dismissed at an entry.
fn dismissed(
    db: &mut Db,
    findings: impl Iterator<Item = FindingId>,
    as_of: Seq,
) -> Result<HashMap<FindingId, Dismissed>, StoreError> {
    let dismissals = t::table
        .left_join(n::table.on(n::entry.eq(t::entry)))
        .filter(is_one_of(t::finding, findings))
        .filter(t::entry.le(Stored(as_of)))
        .select((t::all_columns, n::note.nullable()));
    let dismissed = |(dismissal, reason): (Dismissal, Option<Stored<Note>>)| {
        (dismissal.finding, Dismissed { dismissal, reason: reason.map(Stored::value) })
    };
    Ok(db.load(dismissals)?.into_iter().map(dismissed).collect())
}
