//! What findings are looked for in, and those that were dismissed.

use super::journal::seq_as_of;
use super::list::{Listing, rows};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::dismissal::{Dismissal, FindingId};
use crate::domain::finding::{CreditedService, Finding, PlacedService, find_all};
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::{LocalZone, Timestamp};
use crate::journal::to_canonical_json;
use crate::store::column::Column;
use crate::store::counted::{began_to_count, counted_as_of};
use crate::store::sql::Sql;
use crate::store::table::Table;
use crate::store::{Db, StoreError};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

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
    pub reason: Note,
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
    let findings = find_all(&credited, &placed, zone);
    let found = findings.into_iter().map(|finding| Ok((name_of(&finding)?, finding)));
    let found = found.collect::<Result<Vec<_>, StoreError>>()?;
    let mut dismissed = dismissed(db, found.iter().map(|(id, _)| *id), window.as_of)?;
    let found =
        found.into_iter().map(|(id, finding)| Found { id, finding, dismissed: dismissed.remove(&id) });
    Ok(Ok(found.collect()))
}

/// SHA-256 over the canonical JSON of rule and evidence: other evidence, another name.
fn name_of(finding: &Finding) -> Result<FindingId, StoreError> {
    let canonical = to_canonical_json(finding).map_err(|error| StoreError::corrupt(error.to_string()))?;
    Ok(FindingId(Sha256::digest(canonical).into()))
}

/// Of a list with one more than there may be: none.
fn unless_too_many<T>(found: Vec<T>) -> Option<Vec<T>> {
    (found.len() <= RECORDS_MAX).then_some(found)
}

fn rows_to_read() -> i64 {
    i64::try_from(RECORDS_MAX).map_or(i64::MAX, |most| most + 1)
}

/// Recorded time never goes back: what was credited in a stretch of time, a run of entries credited.
fn within_window(db: &mut Db, records: Listing, window: Window) -> Result<Listing, StoreError> {
    let a_moment = chrono::Duration::microseconds(1);
    let before = seq_as_of(db, window.from.plus(-a_moment))?;
    let last = seq_as_of(db, window.until.plus(-a_moment))?;
    Ok(records.only(began_to_count(before, last)).only(counted_as_of(window.as_of)))
}

fn credited(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<CreditedService>>, StoreError> {
    let columns = "t.id, t.unit, t.activity, t.volunteer, t.evidence, t.started_at, t.ended_at, \
                   t.service_date, t.credited_minutes, t.submitted_by, t.submitted_at, t.decided_by, \
                   t.decided_at, t.credited_entry";
    let sql = within_window(db, Listing::select(columns, "service_records AS t"), window)?
        .only(scope.of_unit("t.unit"))
        .only_if(window.unit, |unit| within("t.unit", unit))
        .end(" ORDER BY t.id LIMIT ?")
        .int(rows_to_read());
    rows(db, sql, read_credited).map(unless_too_many)
}

fn read_credited(mut row: Row) -> Result<CreditedService, StoreError> {
    Ok(CreditedService {
        record: row.next()?,
        unit: row.next()?,
        activity: row.next()?,
        volunteer: row.next()?,
        evidence: row.next()?,
        started_at: row.next()?,
        ended_at: row.next()?,
        service_date: row.next()?,
        credited_minutes: row.next()?,
        submitted_by: row.next()?,
        submitted_at: row.next()?,
        credited_by: row.next()?,
        credited_at: row.next()?,
        credited_entry: row.next()?,
    })
}

/// The unit that a volunteer belonged to at an entry.
const HOME: &str = "service_records AS t JOIN memberships AS m ON m.volunteer = t.volunteer \
     JOIN units AS home ON home.id = m.unit JOIN units AS place ON place.id = t.unit";

fn placed(db: &mut Db, scope: Scope, window: Window) -> Result<Option<Vec<PlacedService>>, StoreError> {
    let columns = "t.id, t.volunteer, t.credited_minutes, home.path, place.path";
    let last_membership = Sql::new(
        "m.entry = (SELECT MAX(l.entry) FROM memberships AS l WHERE l.volunteer = t.volunteer AND l.entry <= ?)",
    )
    .bind(window.as_of.to_cell());
    let sql = within_window(db, Listing::select(columns, HOME), window)?
        .only(last_membership)
        .only(scope.of_unit("m.unit"))
        .only_if(window.unit, |unit| within("m.unit", unit))
        .end(" ORDER BY t.id LIMIT ?")
        .int(rows_to_read());
    let read = |mut row: Row| -> Result<PlacedService, StoreError> {
        Ok(PlacedService {
            record: row.next()?,
            volunteer: row.next::<VolunteerId>()?,
            credited_minutes: row.next()?,
            home: row.next()?,
            place: row.next()?,
        })
    };
    rows(db, sql, read).map(unless_too_many)
}

/// Which of them had been dismissed at an entry.
fn dismissed(
    db: &mut Db,
    findings: impl Iterator<Item = FindingId>,
    as_of: Seq,
) -> Result<HashMap<FindingId, Dismissed>, StoreError> {
    let names: Vec<String> = findings.map(|id| id.to_string()).collect();
    let sql = Sql::new(format!("SELECT {}, n.note FROM ", Dismissal::select_list("t")))
        .join(Sql::text_keys(db.dialect(), &names))
        .and(" JOIN dismissals AS t ON t.finding = k.a JOIN notes AS n ON n.entry = t.entry WHERE t.entry <= ?")
        .bind(as_of.to_cell());
    let read = |mut row: Row| Ok(Dismissed { dismissal: row.table()?, reason: row.next()? });
    let dismissed = rows(db, sql, read)?.into_iter();
    Ok(dismissed.map(|one: Dismissed| (one.dismissal.finding, one)).collect())
}
