//! Many at once, for the import of a whole file.

use crate::domain::ids::{ActivityId, RecordId, Seq, VolunteerId};
use crate::domain::person::BlindIndex;
use crate::domain::time::{Interval, Timestamp};
use crate::store::column::Stored;
use crate::store::expression::is_one_of;
use crate::store::schema::{
    closed_identities as c, entries as e, people as p, service_records as r, volunteers as v,
};
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

type FoundRow = (Stored<BlindIndex>, Stored<VolunteerId>, Option<Stored<VolunteerId>>);

/// Who is registered with the documents of these blind indexes, as far as anybody is: the whole ledger's, since a person
/// may serve with any unit. The document of a number that was merged leads to the person's number.
pub fn volunteers_by_identity(
    db: &mut Db,
    indexes: &[BlindIndex],
) -> Result<HashMap<BlindIndex, VolunteerId>, StoreError> {
    if indexes.is_empty() {
        return Ok(HashMap::new());
    }
    let people = p::table
        .inner_join(v::table.on(v::id.eq(p::volunteer)))
        .filter(is_one_of(p::identity_index, indexes.iter().copied()))
        .select((p::identity_index, v::id, v::merged_into));
    let person =
        |(index, number, merged_into): FoundRow| (index.value(), merged_into.unwrap_or(number).value());
    Ok(db.load(people)?.into_iter().map(person).collect())
}

/// Whose registrations with the documents of these blind indexes were closed, and when.
pub fn closed_by_identity(
    db: &mut Db,
    indexes: &[BlindIndex],
) -> Result<HashMap<BlindIndex, (VolunteerId, Timestamp)>, StoreError> {
    if indexes.is_empty() {
        return Ok(HashMap::new());
    }
    let closed = c::table.filter(is_one_of(c::identity_index, indexes.iter().copied()));
    let found: Vec<(Stored<BlindIndex>, Stored<VolunteerId>, Stored<Seq>)> =
        db.load(closed.select((c::identity_index, c::volunteer, c::closed_entry)))?;
    let closings = found.iter().map(|(_, _, entry)| entry.value());
    let times: Vec<(Stored<Seq>, Stored<Timestamp>)> =
        db.load(e::table.filter(is_one_of(e::seq, closings)).select((e::seq, e::recorded_at)))?;
    let times: HashMap<Seq, Timestamp> =
        times.into_iter().map(|(seq, at)| (seq.value(), at.value())).collect();
    let closed = found.into_iter().map(|(index, volunteer, entry)| {
        let at =
            times.get(&entry.value()).copied().ok_or_else(|| StoreError::corrupt("closed by no entry"))?;
        Ok((index.value(), (volunteer.value(), at)))
    });
    closed.collect()
}

/// Whose service, where and when.
pub type Service = (VolunteerId, ActivityId, Interval);

/// The records of these services, whatever became of them: of the same volunteer at the same activity, from the same
/// instant to the same.
pub fn records_of(db: &mut Db, services: &[Service]) -> Result<Vec<(Service, RecordId)>, StoreError> {
    if services.is_empty() {
        return Ok(Vec::new());
    }
    let volunteers = services.iter().map(|(volunteer, ..)| *volunteer);
    let starts = services.iter().map(|(_, _, interval)| interval.start);
    let records = r::table
        .filter(is_one_of(r::volunteer, volunteers))
        .filter(is_one_of(r::started_at, starts))
        .select((r::volunteer, r::activity, r::started_at, r::ended_at, r::id));
    let found: Vec<(Stored<_>, Stored<_>, Stored<_>, Stored<_>, Stored<RecordId>)> = db.load(records)?;
    let asked: HashSet<_> = services.iter().copied().collect();
    let found = found.into_iter().map(|(volunteer, activity, start, end, id)| {
        let interval = Interval { start: start.value(), end: end.value() };
        ((volunteer.value(), activity.value(), interval), id.value())
    });
    Ok(found.filter(|(service, _)| asked.contains(service)).collect())
}
