//! Programmes.

use super::json;
use super::list::{Listing, PageOf, PageRequest, equals};
use super::scope::{Scope, within};
use crate::domain::ids::{ProgrammeId, UnitId};
use crate::domain::programme::Programme;
use crate::domain::text::Label;
use crate::store::{Db, StoreError};

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
    programmes_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// Programmes, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &ProgrammeFilter,
    page: PageRequest,
) -> Result<PageOf<Programme>, StoreError> {
    let dialect = db.dialect();
    programmes_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_if(filter.brand.as_ref(), |brand| {
            json::list_holds(dialect, "t.details", "brands", brand.as_str())
        })
        .only_where("t.closed", filter.closed)
        .page_of_rows(db, page, |programme: &Programme| programme.id.seq())
}

fn programmes_of(scope: Scope) -> Listing {
    Listing::of::<Programme>().only(scope.of_tree("t.unit"))
}
