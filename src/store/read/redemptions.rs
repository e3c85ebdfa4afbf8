//! Redemptions.

use super::list::{Listing, PageOf, PageRequest, equals};
use super::scope::{Scope, within};
use crate::domain::ids::{RedemptionId, RewardId, UnitId, VolunteerId};
use crate::domain::redemption::{Redemption, RedemptionStatus};
use crate::store::{Db, StoreError};

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
    redemptions_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// Redemptions, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RedemptionFilter,
    page: PageRequest,
) -> Result<PageOf<Redemption>, StoreError> {
    redemptions_of(scope)
        .only_where("t.volunteer", filter.volunteer)
        .only_where("t.reward", filter.reward)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.status", filter.status)
        .page_of_rows(db, page, |redemption: &Redemption| redemption.id.seq())
}

fn redemptions_of(scope: Scope) -> Listing {
    Listing::of::<Redemption>().only(scope.of_deed("t.volunteer", "t.unit"))
}
