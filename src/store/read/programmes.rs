//! Programmes.

use super::list::{PageOf, PageRequest};
use super::past;
use super::scope::{Scope, ToTree, within};
use crate::domain::Event;
use crate::domain::ids::{ProgrammeId, Seq, UnitId};
use crate::domain::programme::{self, Programme, ProgrammeDetails};
use crate::domain::text::Label;
use crate::store::column::{Stored, documents};
use crate::store::expression::{given, list_holds};
use crate::store::schema::programmes as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

documents!(ProgrammeDetails);

table_row! {
    Programme in programmes by [id] { id, unit, details, closed, version }
}

/// Which programmes are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    /// Tagged with this brand, letter for letter.
    pub brand: Option<Label>,
    pub closed: Option<bool>,
}

/// One programme.
pub fn get(db: &mut Db, scope: Scope, id: ProgrammeId) -> Result<Option<Programme>, StoreError> {
    db.one(programmes(scope).filter(t::id.eq(Stored(id))))
}

/// What a programme's details were after an entry, if that is not before it was made.
pub fn details_as_of(
    db: &mut Db,
    id: ProgrammeId,
    as_of: Seq,
) -> Result<Option<ProgrammeDetails>, StoreError> {
    let Some(programme) = get(db, Scope::All, id)? else { return Ok(None) };
    if programme.version <= as_of {
        return Ok(Some(programme.details));
    }
    let place = (programme.unit, id.seq(), id.to_string());
    match past::said_last(db, place, "programme_updated", as_of)? {
        Event::Programme(
            programme::Event::ProgrammeCreated { details, .. }
            | programme::Event::ProgrammeUpdated { details, .. },
        ) => Ok(Some(details)),
        other => Err(StoreError::corrupt(format!("{} says nothing of a programme", other.kind()))),
    }
}

/// Programmes, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ProgrammeFilter,
    page: PageRequest,
) -> Result<PageOf<Programme>, StoreError> {
    let programmes = programmes(scope)
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.brand.as_ref(), |brand| list_holds(t::details, "brands", brand.as_str())))
        .filter(given(filter.closed, |closed| t::closed.eq(Stored(closed))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, programmes, identity, |programme: &Programme| programme.id.seq())
}

#[auto_type(no_type_alias)]
fn programmes(scope: Scope) -> _ {
    let visible: ToTree<t::unit> = scope.visible_to_tree(t::unit);
    t::table.filter(visible)
}
