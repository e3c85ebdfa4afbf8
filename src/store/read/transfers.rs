//! Transfers.

use super::list::{PageOf, PageRequest};
use super::scope::{AsTransfer, Scope, Within, is_wide, within};
use crate::domain::ids::{TransferId, UnitId, VolunteerId};
use crate::domain::transfer::{Transfer, TransferStatus};
use crate::store::column::{Stored, words};
use crate::store::expression::{InEither, given, in_either, no_index};
use crate::store::schema::transfers as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::{self, auto_type};
use diesel::prelude::*;
use std::convert::identity;

words!(TransferStatus);

table_row! {
    Transfer in transfers by [id] {
        id, volunteer, from_unit, to_unit, status, requested_by, requested_at, expires_at, changed_by,
        changed_at,
    }
}

/// Which transfers are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct TransferFilter {
    pub volunteer: Option<VolunteerId>,
    /// From or to this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<TransferStatus>,
}

/// One transfer.
pub fn get(db: &mut Db, scope: Scope, id: TransferId) -> Result<Option<Transfer>, StoreError> {
    db.one(transfers(scope).filter(t::id.eq(Stored(id))))
}

/// Transfers, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &TransferFilter,
    page: PageRequest,
) -> Result<PageOf<Transfer>, StoreError> {
    let (wide, narrow) = match filter.unit {
        Some(unit) if is_wide(db, unit)? => (Some(unit), None),
        unit => (None, unit),
    };
    // What is found by the unit that is asked for need not be found by the reader's, too.
    let (scanned, by_index) = if narrow.is_some() { (scope, None) } else { scope.scan_or_index(db)? };
    let transfers = transfers(scanned)
        .filter(given(by_index, of_unit))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(wide, |unit| {
            within(no_index(t::from_unit), unit).or(within(no_index(t::to_unit), unit))
        }))
        .filter(given(narrow, of_unit))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, transfers, identity, |transfer: &Transfer| transfer.id.seq())
}

#[auto_type(no_type_alias)]
fn transfers(scope: Scope) -> _ {
    let visible: AsTransfer<t::from_unit, t::to_unit, t::volunteer> =
        scope.visible_as_transfer(t::from_unit, t::to_unit, t::volunteer);
    t::table.filter(visible)
}

type OfUnit = InEither<
    t::id,
    dsl::Select<dsl::Filter<t::table, Within<t::from_unit>>, t::id>,
    dsl::Select<dsl::Filter<t::table, Within<t::to_unit>>, t::id>,
>;

/// From or to the unit or one under it.
fn of_unit(unit: UnitId) -> OfUnit {
    let from = t::table.filter(within(t::from_unit, unit)).select(t::id);
    let to = t::table.filter(within(t::to_unit, unit)).select(t::id);
    in_either(t::id, from, to)
}
