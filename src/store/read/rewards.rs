//! Rewards.

use super::list::{PageOf, PageRequest};
use super::scope::{AsOffer, Scope, within};
use crate::domain::ids::{RewardId, UnitId};
use crate::domain::reward::Reward;
use crate::store::column::Stored;
use crate::store::expression::given;
use crate::store::schema::rewards as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::convert::identity;

table_row! {
    Reward in rewards by [id] {
        id, unit, name, price, hold_days, stock_available, stock_held, stock_fulfilled, withdrawn,
    }
}

/// Which rewards are looked for; all that are given must hold.
#[derive(Clone, Debug, Default)]
pub struct RewardFilter {
    /// Of this unit or one under it.
    pub unit: Option<UnitId>,
    pub withdrawn: Option<bool>,
}

/// One reward.
pub fn get(db: &mut Db, scope: Scope, id: RewardId) -> Result<Option<Reward>, StoreError> {
    db.one(rewards(scope).filter(t::id.eq(Stored(id))))
}

/// Rewards, newest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: &RewardFilter,
    page: PageRequest,
) -> Result<PageOf<Reward>, StoreError> {
    let rewards = rewards(scope)
        .filter(given(filter.unit, |unit| within(t::unit, unit)))
        .filter(given(filter.withdrawn, |withdrawn| t::withdrawn.eq(Stored(withdrawn))))
        .filter(page.older(t::id))
        .order(t::id.desc())
        .limit(page.rows_to_read());
    page.read(db, rewards, identity, |reward: &Reward| reward.id.seq())
}

#[auto_type(no_type_alias)]
fn rewards(scope: Scope) -> _ {
    let visible: AsOffer<t::unit> = scope.visible_as_offer(t::unit);
    t::table.filter(visible)
}
