//! Pledges, with their words and whether their records count.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::amounts::Minutes;
use crate::domain::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use crate::domain::pledge::Pledge;
use crate::domain::record::RecordStatus;
use crate::domain::text::Note;
use crate::store::column::{Stored, documents};
use crate::store::expression::{given, in_either, is_one_of};
use crate::store::schema::{notes as n, pledges as t, service_records as r};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::collections::HashMap;

documents!(Vec<RecordId>);

table_row! {
    Pledge in pledges by [id] { id, volunteer, unit, title, due, records, made_at, ended_at }
}

/// A pledge, and what was said and done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PledgeReadModel {
    pub pledge: Pledge,
    /// None once the volunteer's data is erased.
    pub title: Option<Note>,
    pub kept_by: Vec<KeptBy>,
}

/// A record that was named to keep a pledge, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptBy {
    pub record: RecordId,
    pub credited_minutes: Minutes,
    /// Whether it still counts: it may have been voided since.
    pub counts: bool,
}

/// Which pledges are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct PledgeFilter {
    pub volunteer: Option<VolunteerId>,
    /// Made in this unit or one under it.
    pub unit: Option<UnitId>,
}

/// One pledge.
pub fn get(db: &mut Db, scope: Scope, id: PledgeId) -> Result<Option<PledgeReadModel>, StoreError> {
    let pledge = pledges(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, n::note.nullable()));
    let found = db.one(pledge)?.map(view);
    Ok(with_records(db, found.into_iter().collect())?.pop())
}

/// Pledges, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: PledgeFilter,
    page: PageRequest,
) -> Result<PageOf<PledgeReadModel>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let pledges = pledges(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, n::note.nullable()));
    let PageOf { items, next } = page.read(db, pledges, view, |view| view.pledge.id.seq())?;
    Ok(PageOf { items: with_records(db, items)?, next })
}

/// A volunteer's pledge that was not ended and promises the same words for the same day.
pub fn open_alike(
    db: &mut Db,
    volunteer: VolunteerId,
    (title, due): (&Note, NaiveDate),
) -> Result<Option<PledgeId>, StoreError> {
    let open = pledges(Scope::All)
        .filter(t::volunteer.eq(Stored(volunteer)))
        .filter(t::ended_at.is_null())
        .filter(t::due.eq(Stored(due)))
        .order(t::id)
        .select((t::all_columns, n::note.nullable()));
    let found = db.load(open)?.into_iter().map(view).find(|view| view.title.as_ref() == Some(title));
    Ok(found.map(|view| view.pledge.id))
}

#[auto_type(no_type_alias)]
fn pledges(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    let title = n::table.on(n::entry.eq(t::id).and(n::commitment.eq(t::title)));
    t::table.left_join(title).filter(visible)
}

fn view((pledge, title): (Pledge, Option<Stored<Note>>)) -> PledgeReadModel {
    PledgeReadModel { pledge, title: title.map(Stored::value), kept_by: Vec::new() }
}

/// Adds the records of all these pledges, in the order in which they were named.
fn with_records(db: &mut Db, mut views: Vec<PledgeReadModel>) -> Result<Vec<PledgeReadModel>, StoreError> {
    let named: Vec<RecordId> = views.iter().flat_map(|view| &view.pledge.records).copied().collect();
    if named.is_empty() {
        return Ok(views);
    }
    let records = r::table.filter(is_one_of(r::id, named)).select((r::id, r::credited_minutes, r::status));
    let kept_by = |(id, minutes, status): (Stored<RecordId>, Stored<Minutes>, Stored<RecordStatus>)| {
        let counts = status.value() == RecordStatus::Credited;
        (id.0, KeptBy { record: id.0, credited_minutes: minutes.value(), counts })
    };
    let found: HashMap<RecordId, KeptBy> = db.load(records)?.into_iter().map(kept_by).collect();
    for view in &mut views {
        view.kept_by = view.pledge.records.iter().filter_map(|id| found.get(id)).copied().collect();
    }
    Ok(views)
}
