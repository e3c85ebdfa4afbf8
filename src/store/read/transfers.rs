//! Transfers.

use super::list::{Listing, PageOf, PageRequest, equals};
use super::scope::{Scope, within};
use crate::domain::ids::{TransferId, UnitId, VolunteerId};
use crate::domain::transfer::{Transfer, TransferStatus};
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};

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
    transfers_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// Transfers, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &TransferFilter,
    page: PageRequest,
) -> Result<PageOf<Transfer>, StoreError> {
    transfers_of(scope)
        .only_where("t.volunteer", filter.volunteer)
        .only_if(filter.unit, |unit| {
            Sql::new("(")
                .join(within("t.from_unit", unit))
                .and(" OR ")
                .join(within("t.to_unit", unit))
                .and(")")
        })
        .only_where("t.status", filter.status)
        .page_of_rows(db, page, |transfer: &Transfer| transfer.id.seq())
}

fn transfers_of(scope: Scope) -> Listing {
    Listing::of::<Transfer>().only(scope.of_transfer("t.volunteer", "t.from_unit", "t.to_unit"))
}
