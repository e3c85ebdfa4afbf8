//! Bindings: whom an outside identity signs in, and by which of them somebody signs in.

use super::scope::Scope;
use super::{merges, volunteers};
use crate::domain::binding::{AppId, Binding, BoundBy, Provider};
use crate::domain::ids::{BindingId, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::volunteer::{Volunteer, VolunteerStatus};
use crate::store::column::{Column, Stored, words};
use crate::store::expression::is_one_of;
use crate::store::schema::{binding_subjects as s, bindings as t, people as p};
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use diesel::prelude::*;

words!(Provider, BoundBy);

table_row! {
    Binding in bindings by [id] {
        id, volunteer, unit, provider, app, bound_by, bound_at, ended_at, ended_entry,
    }
}

impl Column for AppId {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        self.as_str().to_owned()
    }

    fn from_primitive(value: String) -> Result<Self, StoreError> {
        value.parse().map_err(|error| StoreError::corrupt(format!("{value:?}: {error}")))
    }
}

/// The binding of an outside identity, and the person as they are now; none where nobody is bound by it.
pub fn of_subject(db: &mut Db, index: BlindIndex) -> Result<Option<(Binding, Volunteer)>, StoreError> {
    let bound = t::table
        .inner_join(s::table.on(s::binding.eq(t::id)))
        .filter(s::subject_index.eq(Stored(index)))
        .filter(t::ended_at.is_null())
        .select(t::all_columns);
    let Some(binding): Option<Binding> = db.one(bound)? else { return Ok(None) };
    let person = person_of(db, binding.volunteer)?;
    Ok(person.map(|person| (binding, person)))
}

/// The registration of the person of a number: of one that was merged, the earlier number's.
fn person_of(db: &mut Db, number: VolunteerId) -> Result<Option<Volunteer>, StoreError> {
    let found = volunteers::current(db, number)?;
    match found.as_ref().and_then(|found| found.merged_into) {
        Some(earlier) => volunteers::current(db, earlier),
        None => Ok(found),
    }
}

/// The one registered person who has this mobile number; none where nobody has, or several.
pub fn only_one_with_mobile(db: &mut Db, mobile: BlindIndex) -> Result<Option<Volunteer>, StoreError> {
    /// Two would do; an alias has the data of its person.
    const LOOKED_AT: i64 = 50;
    let with_mobile = p::table
        .filter(p::mobile_index.eq(Stored(mobile)))
        .order(p::volunteer)
        .limit(LOOKED_AT)
        .select(p::volunteer);
    let mut persons: Vec<Volunteer> = Vec::new();
    for number in db.load::<Stored<VolunteerId>, _>(with_mobile)? {
        if let Some(person) = person_of(db, number.value())?
            && matches!(person.status, VolunteerStatus::Active | VolunteerStatus::Inactive)
            && persons.iter().all(|known| known.id != person.id)
        {
            persons.push(person);
        }
    }
    Ok(if persons.len() == 1 { persons.pop() } else { None })
}

/// A person has fewer, unless numbers that had some were merged.
pub const MOST_LISTED: i64 = 50;

/// A volunteer's bindings that were not ended, newest first; none where the volunteer is not to be seen.
pub fn of_volunteer(
    db: &mut Db,
    scope: Scope,
    volunteer: VolunteerId,
) -> Result<Option<Vec<Binding>>, StoreError> {
    if !volunteers::is_visible(db, scope, volunteer)? {
        return Ok(None);
    }
    let merged = merges::merged_into(db, volunteer, None)?;
    let numbers = [vec![volunteer], merged].concat();
    let open = t::table
        .filter(is_one_of(t::volunteer, numbers))
        .filter(t::ended_at.is_null())
        .order(t::id.desc())
        .limit(MOST_LISTED);
    db.load(open).map(Some)
}

/// A binding as it is now, to check whether a session that began with it may go on.
pub fn current(db: &mut Db, id: BindingId) -> Result<Option<Binding>, StoreError> {
    db.one(t::table.filter(t::id.eq(Stored(id))))
}
