//! Accesses, each with what it was for.

use super::journal::seq_as_of;
use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, within};
use crate::domain::access::Access;
use crate::domain::ids::{AccessId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::Timestamp;
use crate::store::column::Stored;
use crate::store::expression::{given, in_either};
use crate::store::schema::{accesses as t, notes as n};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::Duration;
use diesel::dsl::auto_type;
use diesel::prelude::*;

table_row! {
    Access in accesses by [id] { id, volunteer, unit, minor, purpose, revealed_by, revealed_at }
}

/// An access, and what it was for: nothing any more once the volunteer's data is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessReadModel {
    pub access: Access,
    pub purpose: Option<Note>,
}

/// Which accesses are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccessFilter {
    /// Of volunteers of this unit or one under it.
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
    pub minor: Option<bool>,
    /// From the first of these instants on, up to the second, which is included.
    pub revealed: Option<(Timestamp, Timestamp)>,
}

/// One access.
pub fn get(db: &mut Db, scope: Scope, id: AccessId) -> Result<Option<AccessReadModel>, StoreError> {
    let access = accesses(scope).filter(t::id.eq(Stored(id))).select((t::all_columns, n::note.nullable()));
    Ok(db.one(access)?.map(view))
}

/// Accesses, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: AccessFilter,
    page: PageRequest,
) -> Result<PageOf<AccessReadModel>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    // Recorded time never goes back: a stretch of it is one of the journal, and an access is called after its entry.
    let stretch = match filter.revealed {
        None => None,
        Some((from, to)) => Some((seq_as_of(db, from.plus(-Duration::microseconds(1)))?, seq_as_of(db, to)?)),
    };
    let accesses = accesses(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.minor, |minor| t::minor.eq(Stored(minor))))
        .filter(given(stretch, |(after, to)| {
            t::id.gt(Stored(AccessId::new(after))).and(t::id.le(Stored(AccessId::new(to))))
        }))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read())
        .select((t::all_columns, n::note.nullable()));
    page.read(db, accesses, view, |found| found.access.id.seq())
}

#[auto_type(no_type_alias)]
fn accesses(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    let of_purpose = n::commitment.eq(t::purpose);
    t::table.left_join(n::table.on(n::entry.eq(t::id).and(of_purpose))).filter(visible)
}

fn view((access, purpose): (Access, Option<Stored<Note>>)) -> AccessReadModel {
    AccessReadModel { access, purpose: purpose.map(Stored::value) }
}
