//! Positions of activities.

use super::scope::Scope;
use crate::domain::activity::Activity;
use crate::domain::ids::{ActivityId, PositionId};
use crate::domain::position::{Position, PositionTerms};
use crate::store::column::{Stored, documents};
use crate::store::schema::positions as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::prelude::*;

documents!(PositionTerms);

table_row! {
    Position in positions by [id] { id, activity, unit, terms, taken, offered, waiting, version }
}

/// One position. Those of a draft are seen by who sees that.
pub fn get(db: &mut Db, scope: Scope, id: PositionId) -> Result<Option<(Position, Activity)>, StoreError> {
    let Some(position) = db.one::<Position, _>(t::table.filter(t::id.eq(Stored(id))))? else {
        return Ok(None);
    };
    let activity = super::activities::get(db, scope, position.activity)?;
    Ok(activity.map(|activity| (position, activity)))
}

/// The positions of an activity, oldest first.
pub fn of_activity(db: &mut Db, activity: ActivityId) -> Result<Vec<Position>, StoreError> {
    db.load(t::table.filter(t::activity.eq(Stored(activity))).order(t::id))
}
