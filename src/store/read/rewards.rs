//! Rewards.

use super::list::{Listing, PageOf, PageRequest, equals};
use super::scope::{Scope, within};
use crate::domain::ids::{RewardId, UnitId};
use crate::domain::reward::Reward;
use crate::store::{Db, StoreError};

/// Which rewards are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct RewardFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    pub withdrawn: Option<bool>,
}

/// One reward.
pub fn get(db: &mut Db, scope: Scope, id: RewardId) -> Result<Option<Reward>, StoreError> {
    rewards_of(scope).only(equals("t.id", &id)).one_row(db)
}

/// Rewards, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RewardFilter,
    page: PageRequest,
) -> Result<PageOf<Reward>, StoreError> {
    rewards_of(scope)
        .only_if(filter.unit, |unit| within("t.unit", unit))
        .only_where("t.withdrawn", filter.withdrawn)
        .page_of_rows(db, page, |reward: &Reward| reward.id.seq())
}

fn rewards_of(scope: Scope) -> Listing {
    Listing::of::<Reward>().only(scope.of_offer("t.unit"))
}
