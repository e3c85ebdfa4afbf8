//! Units and their headcounts.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToTree, ToUnit, Within, within};
use crate::domain::ids::UnitId;
use crate::domain::text::UnitCode;
use crate::domain::unit::{Headcount, Unit, UnitKind};
use crate::store::column::{Stored, words};
use crate::store::expression::given;
use crate::store::schema::{headcounts as h, units as t};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

words!(UnitCode, UnitKind);

table_row! {
    Unit in units by [id] { id, code, name, kind, parent, path }
}

table_row! {
    Headcount in headcounts by [unit, effective_from] {
        unit, effective_from, staff, party_members, version,
    }
}

/// One unit.
pub fn get(db: &mut Db, scope: Scope, id: UnitId) -> Result<Option<Unit>, StoreError> {
    db.one(units(scope).filter(t::id.eq(Stored(id))))
}

/// Whether all units are under this one.
pub fn is_over_all(db: &mut Db, id: UnitId) -> Result<bool, StoreError> {
    let under: Within<t::id> = within(t::id, id);
    let all: Option<i64> = db.one(t::table.count())?;
    Ok(db.one(t::table.filter(under).count())? == all)
}

/// Whether a unit is the reader's own or under it.
pub fn is_of(db: &mut Db, scope: Scope, id: UnitId) -> Result<bool, StoreError> {
    let visible: ToUnit<t::id> = scope.visible_to_unit(t::id);
    Ok(db.one(t::table.filter(visible).filter(t::id.eq(Stored(id))).count())? != Some(0))
}

/// The unit that has this code.
pub fn by_code(db: &mut Db, scope: Scope, code: &UnitCode) -> Result<Option<Unit>, StoreError> {
    db.one(units(scope).filter(t::code.eq(Stored(code.clone()))))
}

/// Units, oldest first: each after the one above it.
pub fn list(db: &mut Db, scope: Scope, page: PageRequest) -> Result<PageOf<Unit>, StoreError> {
    page_under(db, scope, None, page)
}

/// A unit and all under it, oldest first; empty where the unit is not to be seen.
pub fn subtree(
    db: &mut Db,
    scope: Scope,
    top: UnitId,
    page: PageRequest,
) -> Result<PageOf<Unit>, StoreError> {
    page_under(db, scope, Some(top), page)
}

fn page_under(
    db: &mut Db,
    scope: Scope,
    top: Option<UnitId>,
    page: PageRequest,
) -> Result<PageOf<Unit>, StoreError> {
    let units = units(scope)
        .filter(given(top, |top| within(t::id, top)))
        .filter(page.newer(t::id))
        .order(t::id)
        .limit(page.rows_to_read());
    page.read(db, units, identity, |unit: &Unit| unit.id.seq())
}

/// All headcounts that were set for a unit, from the earliest on.
pub fn headcounts(db: &mut Db, scope: Scope, unit: UnitId) -> Result<Vec<Headcount>, StoreError> {
    db.load(headcounts_of(scope, unit).order(h::effective_from))
}

/// The headcount of a unit that holds on a day: the latest to take effect.
pub fn headcount_on(
    db: &mut Db,
    scope: Scope,
    unit: UnitId,
    day: NaiveDate,
) -> Result<Option<Headcount>, StoreError> {
    let until = headcounts_of(scope, unit).filter(h::effective_from.le(Stored(day)));
    db.one(until.order(h::effective_from.desc()).limit(1))
}

#[auto_type(no_type_alias)]
fn units(scope: Scope) -> _ {
    let visible: ToTree<t::id> = scope.visible_to_tree(t::id);
    t::table.filter(visible)
}

#[auto_type(no_type_alias)]
fn headcounts_of(scope: Scope, unit: UnitId) -> _ {
    let visible: ToUnit<h::unit> = scope.visible_to_unit(h::unit);
    h::table.filter(visible).filter(h::unit.eq(Stored(unit)))
}
