//! Objections to records on notice, with what was said.

use super::list::{PageOf, PageRequest};
use super::scope::{InDispute, Scope, within};
use crate::domain::ids::{ObjectionId, RecordId, Seq, UnitId};
use crate::domain::objection::{Objection, ObjectionStatus, Resolution};
use crate::domain::text::Note;
use crate::store::column::{Stored, words};
use crate::store::expression::{given, is_one_of};
use crate::store::schema::{notes as n, objections as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::collections::HashMap;

words!(ObjectionStatus);

table_row! {
    Objection in objections by [id] {
        id, record, unit, volunteer, raised_by, raised_at, status, resolved_by, resolved_at, resolved_entry,
    }
}

table_row! {
    Resolution in resolutions by [objection, entry] { objection, entry }
}

/// An objection, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionReadModel {
    pub objection: Objection,
    /// What is wrong with the record.
    pub reason: Option<Note>,
    /// Why it was resolved so.
    pub resolution: Option<Note>,
}

/// Which objections are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct ObjectionFilter {
    pub record: Option<RecordId>,
    /// To records of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<ObjectionStatus>,
}

/// One objection.
pub fn get(db: &mut Db, scope: Scope, id: ObjectionId) -> Result<Option<ObjectionReadModel>, StoreError> {
    let objection = objections(scope).filter(t::id.eq(Stored(id))).select((
        t::all_columns,
        raised.field(n::note).nullable(),
        resolved.field(n::note).nullable(),
    ));
    Ok(db.one(objection)?.map(view))
}

/// How many objections to each of these records were open after an entry; records without any are left out.
pub(super) fn open_as_of(
    db: &mut Db,
    records: impl IntoIterator<Item = RecordId>,
    as_of: Seq,
) -> Result<HashMap<RecordId, i64>, StoreError> {
    let open = t::table
        .filter(is_one_of(t::record, records))
        .filter(t::id.le(Stored(as_of)))
        .filter(t::resolved_entry.is_null().or(t::resolved_entry.gt(Stored(as_of))))
        .select(t::record);
    let mut counts = HashMap::new();
    for record in db.load::<Stored<RecordId>, _>(open)? {
        *counts.entry(record.value()).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Objections, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ObjectionFilter,
    page: PageRequest,
) -> Result<PageOf<ObjectionReadModel>, StoreError> {
    let objections = objections(scope)
        .filter(given(filter.record, |record| t::record.eq(Stored(record))))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, raised.field(n::note).nullable(), resolved.field(n::note).nullable()));
    page.read(db, objections, view, |view| view.objection.id.seq())
}

diesel::alias!(n as raised: Raised, n as resolved: Resolved);

/// The entry that raised it and the one that resolved it have one note each.
#[auto_type(no_type_alias)]
fn objections(scope: Scope) -> _ {
    let visible: InDispute<t::unit, t::volunteer, t::raised_by> =
        scope.visible_in_dispute(t::unit, t::volunteer, t::raised_by);
    let reason = raised.on(raised.field(n::entry).eq(t::id));
    let resolution = resolved.on(resolved.field(n::entry).nullable().eq(t::resolved_entry));
    t::table.left_join(reason).left_join(resolution).filter(visible)
}

fn view(
    (objection, reason, resolution): (Objection, Option<Stored<Note>>, Option<Stored<Note>>),
) -> ObjectionReadModel {
    ObjectionReadModel {
        objection,
        reason: reason.map(Stored::value),
        resolution: resolution.map(Stored::value),
    }
}
