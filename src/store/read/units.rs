//! Units and their headcounts.

use super::list::{Listing, Order, PageOf, PageRequest, compare, equals, rows};
use super::scope::{Scope, within};
use crate::domain::ids::UnitId;
use crate::domain::text::UnitCode;
use crate::domain::unit::{Headcount, Unit};
use crate::store::{Db, StoreError};
use chrono::NaiveDate;

/// One unit.
pub fn get(db: &mut Db, scope: Scope, id: UnitId) -> Result<Option<Unit>, StoreError> {
    units_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// The unit that has this code.
pub fn by_code(db: &mut Db, scope: Scope, code: &UnitCode) -> Result<Option<Unit>, StoreError> {
    units_of(scope).only(equals("t.code", code)).one_row(db)
}

/// Units, oldest first: each after the one above it.
pub fn list(db: &mut Db, scope: Scope, page: PageRequest) -> Result<PageOf<Unit>, StoreError> {
    page_of(db, units_of(scope), page)
}

/// A unit and all under it, oldest first; empty where the unit is not to be seen.
pub fn subtree(
    db: &mut Db,
    scope: Scope,
    top: UnitId,
    page: PageRequest,
) -> Result<PageOf<Unit>, StoreError> {
    page_of(db, units_of(scope).only(within("t.id", top)), page)
}

/// All headcounts that were set for a unit, from the earliest on.
pub fn headcounts(db: &mut Db, scope: Scope, unit: UnitId) -> Result<Vec<Headcount>, StoreError> {
    let sql = headcounts_of(scope, unit).end(" ORDER BY t.effective_from");
    rows(db, sql, |mut row| row.table())
}

/// The headcount of a unit that holds on a day: the latest to take effect.
pub fn headcount_on(
    db: &mut Db,
    scope: Scope,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Option<Headcount>, StoreError> {
    let sql = headcounts_of(scope, unit)
        .only(compare("t.effective_from", "<=", &day))
        .end(" ORDER BY t.effective_from DESC LIMIT 1");
    Ok(rows(db, sql, |mut row| row.table())?.pop())
}

fn units_of(scope: Scope) -> Listing {
    Listing::of::<Unit>().only(scope.of_tree("t.id"))
}

fn headcounts_of(scope: Scope, unit: UnitId) -> Listing {
    Listing::of::<Headcount>().only(scope.of_unit("t.unit")).only(equals("t.unit", &unit))
}

fn page_of(db: &mut Db, units: Listing, page: PageRequest) -> Result<PageOf<Unit>, StoreError> {
    units.page(db, page, ("t.id", Order::OldestFirst), |mut row| row.table(), |unit: &Unit| unit.id.seq())
}
