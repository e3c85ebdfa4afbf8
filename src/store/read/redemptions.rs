//! Redemptions.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ViaService, belongs_within, is_narrow, within};
use crate::domain::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::redemption::{Redemption, RedemptionStatus};
use crate::store::column::{Stored, documents, words};
use crate::store::expression::{given, in_either, index_if};
use crate::store::schema::redemptions as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

words!(RedemptionStatus);
documents!(Vec<Draw>);

table_row! {
    Redemption in redemptions by [id] {
        id, reward, volunteer, unit, points, draws, status, placed_by, placed_at, expires_at, closed_by,
        closed_at, expiry_announced_at,
    }
}

/// Which redemptions are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct RedemptionFilter {
    pub volunteer: Option<VolunteerId>,
    pub reward: Option<RewardId>,
    /// Of gifts of this unit or one under it.
    pub unit: Option<UnitId>,
    pub status: Option<RedemptionStatus>,
}

/// One redemption.
pub fn get(db: &mut Db, scope: Scope, id: RedemptionId) -> Result<Option<Redemption>, StoreError> {
    db.one(redemptions(scope).filter(t::id.eq(Stored(id))))
}

/// Redemptions, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RedemptionFilter,
    page: PageRequest,
) -> Result<PageOf<Redemption>, StoreError> {
    let (scanned, by_index) = scope.scan_or_index(db)?;
    let finds_unit = is_narrow(db, filter.unit)?;
    let redemptions = redemptions(scanned)
        .filter(given(by_index, |own| {
            let of_unit = t::table.filter(within(t::unit, own)).select(t::id);
            let of_members = t::table.filter(belongs_within(t::volunteer, own)).select(t::id);
            in_either(t::id, of_unit, of_members)
        }))
        .filter(given(filter.volunteer, |volunteer| t::volunteer.eq(Stored(volunteer))))
        .filter(given(filter.reward, |reward| t::reward.eq(Stored(reward))))
        .filter(given(filter.unit, |unit| within(index_if(finds_unit, t::unit), unit)))
        .filter(given(filter.status, |status| t::status.eq(Stored(status))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, redemptions, identity, |redemption: &Redemption| redemption.id.seq())
}

#[auto_type(no_type_alias)]
fn redemptions(scope: Scope) -> _ {
    let visible: ViaService<t::unit, t::volunteer> = scope.visible_via_service(t::unit, t::volunteer);
    t::table.filter(visible)
}
