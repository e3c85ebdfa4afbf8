//! Objections to records on notice, with what was said.

use super::list::{Listing, Order, PageOf, PageRequest, equals};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::ids::{ObjectionId, RecordId, UnitId};
use crate::domain::objection::{Objection, ObjectionStatus};
use crate::domain::text::Note;
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// An objection, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionView {
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
pub fn get(db: &mut Db, scope: Scope, id: ObjectionId) -> Result<Option<ObjectionView>, StoreError> {
    objections_of(scope).only(equals("t.id", &id)).one(db, read)
}

/// Objections, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ObjectionFilter,
    page: PageRequest,
) -> Result<PageOf<ObjectionView>, StoreError> {
    objections_of(scope)
        .only_where("t.record", filter.record)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.status", filter.status)
        .page(db, page, ("t.id", Order::NewestFirst), read, |view: &ObjectionView| view.objection.id.seq())
}

/// The entry that raised it and the one that resolved it have one note each.
fn objections_of(scope: Scope) -> Listing {
    let columns = format!("{}, raised.note, resolved.note", Objection::select_list("t"));
    let from = "objections AS t LEFT JOIN notes AS raised ON raised.entry = t.id \
                LEFT JOIN notes AS resolved ON resolved.entry = t.resolved_entry";
    Listing::select(&columns, from).only(scope.of_dispute("t.volunteer", "t.raised_by", "t.unit"))
}

fn read(mut row: Row) -> Result<ObjectionView, StoreError> {
    Ok(ObjectionView { objection: row.table()?, reason: row.next()?, resolution: row.next()? })
}
