//! Service records.

use super::list::{Listing, Order, PageOf, PageRequest, compare, equals, rows};
use super::scope::{Scope, is_wide, within};
use crate::domain::commitment::Commitment;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::record::{RecordStatus, ServiceRecord};
use crate::domain::text::Note;
use crate::store::counted::counted_as_of;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError, head};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A service record, and what people wrote to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordView {
    pub record: ServiceRecord,
    pub reasons: Reasons,
}

/// What people wrote to a service record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons {
    /// Why it was entered later.
    pub submitted: Option<Note>,
    /// Why minutes were deducted: by the commitment that the record's deduction names.
    pub deducted: BTreeMap<Commitment, Note>,
    /// Why it was rejected.
    pub rejected: Option<Note>,
    /// Why it was voided.
    pub voided: Option<Note>,
}

/// Which service records are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    pub volunteer: Option<VolunteerId>,
    pub activity: Option<ActivityId>,
    pub programme: Option<ProgrammeId>,
    /// Served with this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<RecordStatus>,
    pub evidence: Option<Evidence>,
    /// First service date.
    pub from: Option<NaiveDate>,
    /// Last service date.
    pub to: Option<NaiveDate>,
    /// Counted as of this entry, as totals count.
    pub counted_as_of: Option<Seq>,
}

/// One service record.
pub fn get(db: &mut Db, scope: Scope, id: RecordId) -> Result<Option<RecordView>, StoreError> {
    let permitted =
        Listing::of::<ServiceRecord>().only(scope.of_deed("t.volunteer", "t.unit")).only(equals("t.id", &id));
    let Some(record) = permitted.one_row::<ServiceRecord>(db)? else { return Ok(None) };
    let reasons = reasons_of(db, &record)?;
    Ok(Some(RecordView { record, reasons }))
}

/// Service records, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RecordFilter,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let page = beginning_where_counted(page, filter);
    // Of few units, the newest mostly stand near the end: found there, the many before them cost nothing.
    if is_of_few_units(db, scope, filter)? {
        let near = list_near(db, scope, filter, page)?;
        if near.next.is_some() {
            return Ok(near);
        }
    }
    let records = Listing::of::<ServiceRecord>().only(permitted(db, scope)?);
    let records = filtered(db, records, filter)?;
    // One person's are gathered and put in order; PostgreSQL would rather look through everybody's for them.
    let is_of_one_person = filter.volunteer.is_some() || matches!(scope, Scope::Volunteer(_));
    let key = if is_of_one_person { "+t.id" } else { "t.id" };
    let position = |record: &ServiceRecord| record.id.seq();
    records.page(db, page, (key, Order::NewestFirst), |mut row| row.table(), position)
}

/// No record is newer than the entry that credited it: what is newer than a past entry did not count then.
fn beginning_where_counted(page: PageRequest, filter: &RecordFilter) -> PageRequest {
    let after = page.after.into_iter().chain(filter.counted_as_of.map(Seq::next)).min();
    PageRequest { after, ..page }
}

/// Records that are looked at for each that a page may hold, before all of the units' are gathered.
const SIFTED_FOR_ONE: i64 = 200;

fn is_of_few_units(db: &mut Db, scope: Scope, filter: &RecordFilter) -> Result<bool, StoreError> {
    if filter.volunteer.is_some() || filter.activity.is_some() {
        return Ok(false);
    }
    let own = if let Scope::Unit(own) = scope { Some(own) } else { None };
    for unit in [own, filter.unit].into_iter().flatten() {
        if !is_wide(db, unit)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a page holds of a stretch of records that ends where the page begins.
fn list_near(
    db: &mut Db,
    scope: Scope,
    filter: &RecordFilter,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let end = page.after.map_or_else(|| head::read(db).map(|head| head.last_seq), Ok)?;
    let stretch = page.rows_to_read() * SIFTED_FOR_ONE;
    let records = Listing::of::<ServiceRecord>()
        .only(scope.of_deed("+t.volunteer", SIFT_BY_UNIT))
        .only(compare("t.id", ">", &Seq(end.0 - stretch)));
    sifted(records, filter, SIFT_BY_UNIT).page_of_rows(db, page, |record: &ServiceRecord| record.id.seq())
}

/// How many service records [`list`] gives on all its pages.
pub fn count(db: &mut Db, scope: Scope, filter: &RecordFilter) -> Result<i64, StoreError> {
    let records = Listing::select("COUNT(*)", "service_records AS t").only(permitted(db, scope)?);
    let sql = filtered(db, records, filter)?.end("");
    Ok(db.number(sql)?.unwrap_or(0))
}

fn permitted(db: &mut Db, scope: Scope) -> Result<Sql, StoreError> {
    Ok(match scope {
        Scope::Unit(own) if is_wide(db, own)? => scope.of_deed("+t.volunteer", SIFT_BY_UNIT),
        Scope::Unit(own) => gathered(own),
        Scope::All | Scope::Volunteer(_) => scope.of_deed("t.volunteer", FIND_BY_UNIT),
    })
}

/// The unit's column, for conditions that may go by its index.
pub(super) const FIND_BY_UNIT: &str = "t.unit";
/// The unit's column, for conditions that only sift rows: neither database goes by an index of what is
/// behind a sign.
pub(super) const SIFT_BY_UNIT: &str = "+t.unit";

/// What [`Scope::of_deed`] permits a unit's reader, gathered through both indexes.
fn gathered(own: UnitId) -> Sql {
    Sql::new("t.id IN (SELECT r.id FROM service_records AS r WHERE ")
        .join(within("r.unit", own))
        .and(
            " UNION ALL SELECT r.id FROM volunteers AS v \
             JOIN service_records AS r ON r.volunteer = v.id WHERE ",
        )
        .join(within("v.unit", own))
        .and(")")
}

/// Only what the filter lets through: lists and totals ask by the same.
pub(super) fn filtered(db: &mut Db, records: Listing, filter: &RecordFilter) -> Result<Listing, StoreError> {
    let unit_column = match filter.unit {
        Some(unit) if is_wide(db, unit)? => SIFT_BY_UNIT,
        _ => FIND_BY_UNIT,
    };
    Ok(sifted(records, filter, unit_column))
}

fn sifted(records: Listing, filter: &RecordFilter, unit_column: &str) -> Listing {
    records
        .only_where("t.volunteer", filter.volunteer)
        .only_where("t.activity", filter.activity)
        .only_where("t.programme", filter.programme)
        .only_if(filter.unit, |unit| within(unit_column, unit))
        .only_if(filter.status, has_status)
        .only_where("t.evidence", filter.evidence)
        .only_if(filter.from, |from| compare("t.service_date", ">=", &from))
        .only_if(filter.to, |to| compare("t.service_date", "<=", &to))
        .only_if(filter.counted_as_of, counted_as_of)
}

/// The few that wait have an index of their own, which neither database finds by a bound value.
fn has_status(status: RecordStatus) -> Sql {
    match status {
        RecordStatus::Submitted => Sql::new("t.status = 'submitted'"),
        other => equals("t.status", &other),
    }
}

/// Notes are found by the entries that committed to them.
fn reasons_of(db: &mut Db, record: &ServiceRecord) -> Result<Reasons, StoreError> {
    let entries: Vec<[i64; 3]> =
        [Some(record.id.seq()), record.credited_entry, rejected_entry(record), record.voided_entry]
            .into_iter()
            .flatten()
            .map(|seq| [seq.0, 0, 0])
            .collect();
    let sql = Sql::new("SELECT DISTINCT n.entry, n.commitment, n.note FROM ")
        .join(Sql::keys(db.dialect(), &entries, 1))
        .and(" JOIN notes AS n ON n.entry = k.a");
    let mut reasons = Reasons::default();
    for (entry, commitment, note) in rows(db, sql, |mut row| Ok((row.next()?, row.next()?, row.next()?)))? {
        reasons.place(record, entry, commitment, note);
    }
    Ok(reasons)
}

/// Nothing follows a rejection: the entry that changed the record last.
fn rejected_entry(record: &ServiceRecord) -> Option<Seq> {
    (record.status == RecordStatus::Rejected).then_some(record.version)
}

impl Reasons {
    fn place(&mut self, record: &ServiceRecord, entry: Seq, commitment: Commitment, note: Note) {
        if record.deductions.iter().any(|deduction| deduction.reason == commitment) {
            self.deducted.insert(commitment, note);
        } else if Some(entry) == record.voided_entry {
            self.voided = Some(note);
        } else if Some(entry) == rejected_entry(record) {
            self.rejected = Some(note);
        } else if entry == record.id.seq() {
            self.submitted = Some(note);
        }
    }
}
