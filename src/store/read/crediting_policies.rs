//! What units may credit: their own policies, and what holds for a unit.

use super::scope::{Scope, at_or_above};
use super::units;
use crate::domain::crediting_policy::{CreditingPolicy, LeaderHours, OnePersonMinutes};
use crate::domain::ids::UnitId;
use crate::store::column::{Column, documents};
use crate::store::schema::crediting_policies as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::BTreeMap;

documents!(OnePersonMinutes);

impl Column for LeaderHours {
    type Primitive = i64;

    fn to_primitive(&self) -> i64 {
        (*self).into()
    }

    fn from_primitive(value: i64) -> Result<Self, StoreError> {
        Self::try_from(value).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

table_row! {
    CreditingPolicy in crediting_policies by [unit] { unit, one_person_minutes, leader_hours, set_by, version, credits_seen }
}

/// What holds for a unit, each with the unit whose policy says it; none where nobody said anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct CreditingPolicyInForce {
    pub one_person_minutes: Option<(OnePersonMinutes, UnitId)>,
    pub leader_hours: Option<(LeaderHours, UnitId)>,
    pub credits_seen: Option<(bool, UnitId)>,
}

/// What holds for a unit: what it says itself, or the nearest unit above that says anything. None where the unit is
/// not to be seen.
pub fn in_force(db: &mut Db, scope: Scope, id: UnitId) -> Result<Option<CreditingPolicyInForce>, StoreError> {
    let Some(unit) = units::get(db, scope, id)? else { return Ok(None) };
    let set = db.load(t::table.filter(at_or_above(t::unit, id)))?;
    let set: BTreeMap<UnitId, CreditingPolicy> =
        set.into_iter().map(|policy: CreditingPolicy| (policy.unit, policy)).collect();
    let nearest_first = || unit.path.iter().rev().filter_map(|unit| set.get(unit));
    Ok(Some(CreditingPolicyInForce {
        one_person_minutes: nearest_first()
            .find_map(|policy| policy.one_person_minutes.map(|minutes| (minutes, policy.unit))),
        leader_hours: nearest_first()
            .find_map(|policy| policy.leader_hours.map(|hours| (hours, policy.unit))),
        credits_seen: nearest_first()
            .find_map(|policy| policy.credits_seen.map(|credits| (credits, policy.unit))),
    }))
}
