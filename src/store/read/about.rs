//! What a question is about: the things that its filter names.
//!
//! What a reader may not see is not found, whether it is asked for by its own address or named in a filter. An empty
//! list or a total of nothing would say of it that there is nothing.

use super::scope::Scope;
use super::volunteers::is_visible;
use super::{activities, programmes, rewards};
use crate::domain::ids::{ActivityId, ProgrammeId, RecordId, RewardId, UnitId, VolunteerId};
use crate::store::column::Stored;
use crate::store::schema::{service_records as r, units as u};
use crate::store::{Db, StoreError};
use diesel::prelude::*;

/// The things that a filter names.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    pub unit: Option<UnitId>,
    /// Whose units may be asked about.
    pub openness: Openness,
    pub programme: Option<ProgrammeId>,
    pub activity: Option<ActivityId>,
    pub volunteer: Option<VolunteerId>,
    pub record: Option<RecordId>,
    pub reward: Option<RewardId>,
}

/// Which units a unit's readers may ask about. A volunteer asks about her or his own things in any unit of the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Openness {
    /// Their own and those under it.
    #[default]
    Own,
    /// Those above it, too: of what is offered downwards.
    Offered,
    /// All of their tree: of what the whole tree shares.
    Tree,
}

/// The kind of a thing that is not to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    Unit,
    Programme,
    Activity,
    Volunteer,
    Record,
    Reward,
}

impl About {
    /// The first of the things that the reader may not see.
    pub fn unseen(self, db: &mut Db, scope: Scope) -> Result<Option<Unseen>, StoreError> {
        if let Some(unit) = self.unit
            && !self.sees_unit(db, scope, unit)?
        {
            return Ok(Some(Unseen::Unit));
        }
        if let Some(programme) = self.programme
            && programmes::get(db, scope, programme)?.is_none()
        {
            return Ok(Some(Unseen::Programme));
        }
        if let Some(activity) = self.activity
            && activities::get(db, scope, activity)?.is_none()
        {
            return Ok(Some(Unseen::Activity));
        }
        if let Some(volunteer) = self.volunteer
            && !is_visible(db, scope, volunteer)?
        {
            return Ok(Some(Unseen::Volunteer));
        }
        if let Some(record) = self.record
            && !sees_record(db, scope, record)?
        {
            return Ok(Some(Unseen::Record));
        }
        if let Some(reward) = self.reward
            && rewards::get(db, scope, reward)?.is_none()
        {
            return Ok(Some(Unseen::Reward));
        }
        Ok(None)
    }

    fn sees_unit(self, db: &mut Db, scope: Scope, unit: UnitId) -> Result<bool, StoreError> {
        let unit = u::table.filter(u::id.eq(Stored(unit))).select(u::id);
        let openness = if matches!(scope, Scope::Volunteer(_)) { Openness::Tree } else { self.openness };
        let found: Option<Stored<UnitId>> = match openness {
            Openness::Own => db.one(unit.filter(scope.visible_to_unit(u::id)))?,
            Openness::Offered => db.one(unit.filter(scope.visible_as_offer(u::id)))?,
            Openness::Tree => db.one(unit.filter(scope.visible_to_tree(u::id)))?,
        };
        Ok(found.is_some())
    }
}

fn sees_record(db: &mut Db, scope: Scope, record: RecordId) -> Result<bool, StoreError> {
    let visible = r::table.filter(scope.visible_via_service(r::unit, r::volunteer));
    let found: Option<Stored<RecordId>> = db.one(visible.filter(r::id.eq(Stored(record))).select(r::id))?;
    Ok(found.is_some())
}
