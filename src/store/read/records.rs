//! Service records.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, Within, is_narrow, within};
use super::{merges, objections, stars};
use crate::domain::commitment::Commitment;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::record::{Deduction, RecordStatus, ServiceRecord};
use crate::domain::text::Note;
use crate::store::column::{Stored, documents, words};
use crate::store::counted::{CountedAsOf, counted_as_of};
use crate::store::expression::{
    Given, Hinted, InEither, IsOneOf, Literally, given, in_either, index_if, is_one_of, literally,
};
use crate::store::schema::{notes as n, service_records as t, volunteers as v};
use crate::store::table::table_row;
use crate::store::{Db, StoreError, head};
use chrono::NaiveDate;
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use std::collections::BTreeMap;
use std::convert::identity;

words!(RecordStatus);
documents!(Vec<Deduction>);

table_row! {
    ServiceRecord in service_records by [id] {
        id, activity, programme, unit, volunteer, started_at, ended_at, breaks, evidence, count,
        claimed_minutes, credited_minutes, deductions, status, late, service_date, submitted_by,
        submitted_at, decided_by, decided_at, credited_entry, voided_by, voided_at, voided_entry, lot,
        version, record_by, notice_ends_at, open_objections, confirmed_at, credited_alone,
    }
}

/// A service record, and what people wrote to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordReadModel {
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
    /// Whether it was entered late.
    pub late: Option<bool>,
    /// Counted as of this entry, as totals count.
    pub counted_as_of: Option<Seq>,
    /// As they stood after this entry, and as they are where none is given. A unit's readers find what was served with
    /// the unit then, as in totals: memberships change, and what was must not.
    pub as_of: Option<Seq>,
}

/// One service record.
pub fn get(db: &mut Db, scope: Scope, id: RecordId) -> Result<Option<RecordReadModel>, StoreError> {
    // A person's own are those of merged numbers, too.
    let numbers = match scope {
        Scope::Volunteer(own) => merges::numbers_of(db, own, None)?,
        Scope::All | Scope::Unit(_) => Vec::new(),
    };
    let scope = if numbers.is_empty() { scope } else { Scope::All };
    let record = t::table
        .filter(scope.visible_via_service(t::unit, t::volunteer))
        .filter(given(Some(numbers).filter(|numbers| !numbers.is_empty()), |numbers| {
            is_one_of(t::volunteer, numbers)
        }))
        .filter(t::id.eq(Stored(id)));
    let Some(record) = db.one::<ServiceRecord, _>(record)? else { return Ok(None) };
    let reasons = reasons_of(db, &record)?;
    Ok(Some(RecordReadModel { record, reasons }))
}

/// Service records, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RecordFilter,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let page = found(db, scope, filter, page)?;
    let Some(as_of) = filter.as_of else { return Ok(page) };
    let mut open_objections = objections::open_as_of(db, page.items.iter().map(|record| record.id), as_of)?;
    let recorded_at = stars::recorded_at(db, as_of)?;
    let as_it_was = |record: ServiceRecord| {
        let open_objections = open_objections.remove(&record.id).unwrap_or(0);
        let confirmed_at = record.confirmed_at.filter(|confirmed_at| *confirmed_at <= recorded_at);
        ServiceRecord { open_objections, confirmed_at, ..record.as_of(as_of) }
    };
    Ok(PageOf { items: page.items.into_iter().map(as_it_was).collect(), next: page.next })
}

/// The records as they are now.
fn found(
    db: &mut Db,
    scope: Scope,
    filter: &RecordFilter,
    page: PageRequest,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let page = beginning_where_counted(page, filter);
    let plan = Plan::choose(db, scope, filter)?;
    // Of few units, the newest mostly stand near the end: found there, the many before them cost nothing.
    if plan.tries_recent_window {
        let window = plan.recent_window(db, page)?;
        let recent = page_of(db, filter, page, window)?;
        if recent.next.is_some() {
            return Ok(recent);
        }
    }
    page_of(db, filter, page, plan)
}

/// How many service records [`list`] gives on all its pages.
pub fn count(db: &mut Db, scope: Scope, filter: &RecordFilter) -> Result<i64, StoreError> {
    let plan = Plan::choose(db, scope, filter)?;
    let records = records(filter, plan);
    Ok(db.one(records.count())?.unwrap_or(0))
}

/// How records are found, which depends on what part of all of them is asked for.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice for itself")]
struct Plan {
    /// What a scan looks at.
    scanned: Scope,
    /// The reader's unit, where its part is found by index instead.
    by_index: Option<UnitId>,
    /// The filter's unit is found by its index: a small part.
    finds_unit: bool,
    /// Only what was served with this unit or one under it.
    served_with: Option<UnitId>,
    /// That unit is found by its index.
    finds_served: bool,
    /// One person's are found by index and put in order; PostgreSQL would rather scan everybody's for them.
    finds_person: bool,
    /// A unit's few are looked for among the newest of all first.
    tries_recent_window: bool,
    /// Only records after this one: where a recent window begins.
    after: Option<Seq>,
    /// The numbers of the person who is asked for, where there are several.
    persons: Option<Vec<VolunteerId>>,
}

/// Records that a recent window holds for each that a page may hold.
const WINDOW_FOR_EACH: i64 = 200;

impl Plan {
    fn choose(db: &mut Db, scope: Scope, filter: &RecordFilter) -> Result<Self, StoreError> {
        let served_with = scope.unit().filter(|_| filter.as_of.is_some());
        let (scope, persons) = numbers_asked(db, scope, filter)?;
        let scope = if served_with.is_some() { Scope::All } else { scope };
        let (scanned, by_index) = scope.scan_or_index(db)?;
        let finds_unit = is_narrow(db, filter.unit)?;
        let finds_served = is_narrow(db, served_with)?;
        let is_found_as_person = filter.volunteer.is_some() || persons.is_some();
        let is_found_at_once = filter.volunteer.is_some() || filter.activity.is_some();
        Ok(Self {
            scanned,
            by_index,
            finds_unit,
            served_with,
            finds_served,
            finds_person: is_found_as_person || matches!(scope, Scope::Volunteer(_)),
            tries_recent_window: (by_index.is_some() || finds_unit || finds_served) && !is_found_at_once,
            after: None,
            persons,
        })
    }

    /// A scan of the records right before the page's beginning only.
    fn recent_window(&self, db: &mut Db, page: PageRequest) -> Result<Self, StoreError> {
        let end = page.after.map_or_else(|| head::read(db).map(|head| head.last_seq), Ok)?;
        let stretch = page.rows_to_read() * WINDOW_FOR_EACH;
        let after = Some(Seq(end.0 - stretch));
        let scanned = self.by_index.map_or(self.scanned, Scope::Unit);
        let (finds_unit, finds_served, finds_person) = (false, false, false);
        Ok(Self { scanned, by_index: None, finds_unit, finds_served, finds_person, after, ..self.clone() })
    }
}

/// The numbers of the person who is asked for, where some were merged by then, and what the reader may see of them: a
/// person's own are those of all.
fn numbers_asked(
    db: &mut Db,
    scope: Scope,
    filter: &RecordFilter,
) -> Result<(Scope, Option<Vec<VolunteerId>>), StoreError> {
    let own = match scope {
        Scope::Volunteer(own) => Some(own),
        Scope::All | Scope::Unit(_) => None,
    };
    let Some(asked) = filter.volunteer.or(own) else { return Ok((scope, None)) };
    let merged = merges::merged_into(db, asked, filter.as_of.or(filter.counted_as_of))?;
    if merged.is_empty() {
        return Ok((scope, None));
    }
    let scope = if own == Some(asked) { Scope::All } else { scope };
    Ok((scope, Some([vec![asked], merged].concat())))
}

/// No record is newer than the entry that credited it: what is newer than a past entry did not count then.
fn beginning_where_counted(page: PageRequest, filter: &RecordFilter) -> PageRequest {
    let ends = filter.counted_as_of.into_iter().chain(filter.as_of);
    let after = page.after.into_iter().chain(ends.map(Seq::next)).min();
    PageRequest { after, ..page }
}

fn page_of(
    db: &mut Db,
    filter: &RecordFilter,
    page: PageRequest,
    plan: Plan,
) -> Result<PageOf<ServiceRecord>, StoreError> {
    let key = index_if(!plan.finds_person, t::id);
    let after = plan.after;
    let records = records(filter, plan)
        .filter(page.older(key))
        .filter(given(after, |after| t::id.gt(Stored(after))))
        .order(key.desc())
        .limit(page.rows_to_read());
    page.read(db, records, identity, |record: &ServiceRecord| record.id.seq())
}

type Is<C, T> = Given<dsl::Eq<C, Stored<T>>>;

/// The records that the reader may see and that the filter lets through.
#[auto_type(no_type_alias)]
fn records(filter: &RecordFilter, plan: Plan) -> _ {
    let by_index: Given<ByIndex> =
        given(plan.by_index, |own| in_either(t::id, served_with(own), served_by_members(own)));
    let visible: ViaService<t::unit, t::volunteer> = plan.scanned.visible_via_service(t::unit, t::volunteer);
    let volunteer: Is<t::volunteer, VolunteerId> =
        given(filter.volunteer.filter(|_| plan.persons.is_none()), |volunteer| {
            t::volunteer.eq(Stored(volunteer))
        });
    let person: Given<IsOneOf<t::volunteer, i64>> =
        given(plan.persons, |persons| is_one_of(t::volunteer, persons));
    let activity: Is<t::activity, ActivityId> =
        given(filter.activity, |activity| t::activity.eq(Stored(activity)));
    let programme: Is<t::programme, ProgrammeId> =
        given(filter.programme, |programme| t::programme.eq(Stored(programme)));
    let unit: Given<Within<Hinted<t::unit>>> =
        given(filter.unit, |unit| within(index_if(plan.finds_unit, t::unit), unit));
    let served: Given<Within<Hinted<t::unit>>> =
        given(plan.served_with, |unit| within(index_if(plan.finds_served, t::unit), unit));
    // The few that wait have an index of their own.
    let waiting: Given<Literally<t::status>> =
        given(filter.status_now().filter(|status| *status == RecordStatus::Submitted), |_| {
            literally(t::status, "= 'submitted'")
        });
    let status: Is<t::status, RecordStatus> =
        given(filter.status_now(), |status| t::status.eq(Stored(status)));
    let entered: Given<dsl::LtEq<t::id, Stored<Seq>>> = given(filter.as_of, |as_of| t::id.le(Stored(as_of)));
    let waited: Given<WaitingAsOf> = given(filter.status_then(RecordStatus::Submitted), waiting_as_of);
    let credited: Given<CountedAsOf> = given(filter.status_then(RecordStatus::Credited), counted_as_of);
    let rejected: Given<RejectedAsOf> = given(filter.status_then(RecordStatus::Rejected), rejected_as_of);
    let withdrawn: Given<WithdrawnAsOf> = given(filter.status_then(RecordStatus::Withdrawn), withdrawn_as_of);
    let voided: Given<VoidedAsOf> = given(filter.status_then(RecordStatus::Voided), voided_as_of);
    let late: Is<t::late, bool> = given(filter.late, |late| t::late.eq(Stored(late)));
    let evidence: Is<t::evidence, Evidence> =
        given(filter.evidence, |evidence| t::evidence.eq(Stored(evidence)));
    let from: Given<dsl::GtEq<t::service_date, Stored<NaiveDate>>> =
        given(filter.from, |from| t::service_date.ge(Stored(from)));
    let to: Given<dsl::LtEq<t::service_date, Stored<NaiveDate>>> =
        given(filter.to, |to| t::service_date.le(Stored(to)));
    let counted: Given<CountedAsOf> = given(filter.counted_as_of, counted_as_of);
    t::table
        .filter(by_index)
        .filter(visible)
        .filter(volunteer)
        .filter(person)
        .filter(activity)
        .filter(programme)
        .filter(unit)
        .filter(served)
        .filter(waiting)
        .filter(status)
        .filter(entered)
        .filter(waited)
        .filter(credited)
        .filter(rejected)
        .filter(withdrawn)
        .filter(voided)
        .filter(late)
        .filter(evidence)
        .filter(from)
        .filter(to)
        .filter(counted)
}

impl RecordFilter {
    /// The status that a record must have now.
    fn status_now(&self) -> Option<RecordStatus> {
        self.status.filter(|_| self.as_of.is_none())
    }

    /// The entry after which a record must have had this status, if that is asked for.
    fn status_then(&self, status: RecordStatus) -> Option<Seq> {
        self.as_of.filter(|_| self.status == Some(status))
    }
}

/// Which waited for a decision after an entry.
#[auto_type(type_case = "PascalCase")]
fn waiting_as_of(seq: Seq) -> _ {
    let not_credited = t::credited_entry.is_null().or(t::credited_entry.gt(Stored(seq)));
    let other: Literally<t::status> = literally(t::status, "NOT IN ('rejected', 'withdrawn')");
    let not_ended = other.or(t::version.gt(Stored(seq)));
    not_credited.and(not_ended)
}

/// Which were rejected by then.
#[auto_type(type_case = "PascalCase")]
fn rejected_as_of(seq: Seq) -> _ {
    let rejected: Literally<t::status> = literally(t::status, "= 'rejected'");
    rejected.and(t::version.le(Stored(seq)))
}

/// Which were withdrawn by then.
#[auto_type(type_case = "PascalCase")]
fn withdrawn_as_of(seq: Seq) -> _ {
    let withdrawn: Literally<t::status> = literally(t::status, "= 'withdrawn'");
    withdrawn.and(t::version.le(Stored(seq)))
}

/// Which were voided by then.
#[auto_type(type_case = "PascalCase")]
fn voided_as_of(seq: Seq) -> _ {
    t::voided_entry.le(Stored(seq))
}

/// What a unit's readers may see, by the index of units and the one of volunteers.
type ByIndex = InEither<t::id, ServedWith, ServedByMembers>;

#[auto_type(type_case = "PascalCase")]
fn served_with(unit: UnitId) -> _ {
    let with_unit: Within<t::unit> = within(t::unit, unit);
    t::table.filter(with_unit).select(t::id)
}

#[auto_type(type_case = "PascalCase")]
fn served_by_members(unit: UnitId) -> _ {
    let of_unit: Within<v::unit> = within(v::unit, unit);
    v::table.inner_join(t::table.on(t::volunteer.eq(v::id))).filter(of_unit).select(t::id)
}

/// Notes are found by the entries that committed to them.
fn reasons_of(db: &mut Db, record: &ServiceRecord) -> Result<Reasons, StoreError> {
    let entries = [Some(record.id.seq()), record.credited_entry, rejected_entry(record), record.voided_entry];
    let notes = n::table.filter(is_one_of(n::entry, entries.into_iter().flatten())).select((
        n::entry,
        n::commitment,
        n::note,
    ));
    let mut reasons = Reasons::default();
    for (entry, commitment, note) in db.load::<(Stored<_>, Stored<_>, Stored<_>), _>(notes)? {
        reasons.place(record, entry.value(), commitment.value(), note.value());
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
