//! Corrections that volunteers asked for, with what was said.

use super::list::{Listing, Order, PageOf, PageRequest, equals};
use super::row::Row;
use super::scope::{Scope, within};
use crate::domain::correction::{Correction, CorrectionStatus};
use crate::domain::ids::{CorrectionId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::store::table::Table;
use crate::store::{Db, StoreError};

/// A correction, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionView {
    pub correction: Correction,
    /// What is missing or wrong.
    pub words: Option<Note>,
    /// What was said of the decision.
    pub decision: Option<Note>,
}

/// Which corrections are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct CorrectionFilter {
    pub volunteer: Option<VolunteerId>,
    /// To be decided by this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<CorrectionStatus>,
}

/// One correction.
pub fn get(db: &mut Db, scope: Scope, id: CorrectionId) -> Result<Option<CorrectionView>, StoreError> {
    corrections_of(scope).only(equals("t.id", &id)).one(db, read)
}

/// Corrections, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &CorrectionFilter,
    page: PageRequest,
) -> Result<PageOf<CorrectionView>, StoreError> {
    corrections_of(scope)
        .only_where("t.volunteer", filter.volunteer)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.status", filter.status)
        .page(db, page, ("t.id", Order::NewestFirst), read, |view: &CorrectionView| view.correction.id.seq())
}

/// The entry that asked has one note, the one that decided at most one.
fn corrections_of(scope: Scope) -> Listing {
    let columns = format!("{}, asked.note, decided.note", Correction::select_list("t"));
    let from = "corrections AS t LEFT JOIN notes AS asked ON asked.entry = t.id \
                LEFT JOIN notes AS decided ON decided.entry = t.decided_entry";
    Listing::select(&columns, from).only(scope.of_service("t.volunteer", "t.unit"))
}

fn read(mut row: Row) -> Result<CorrectionView, StoreError> {
    Ok(CorrectionView { correction: row.table()?, words: row.next()?, decision: row.next()? })
}
