//! What a thing was called once: its row has what holds now, the journal what held after each entry.

use crate::domain::Event;
use crate::domain::ids::{Seq, UnitId};
use crate::store::column::Stored;
use crate::store::schema::entries as e;
use crate::store::{Db, StoreError};
use diesel::prelude::*;

/// What was said last, up to an entry, of a unit's thing by events of a kind that name it by its id; or else by the
/// entry that made it.
pub(super) fn said_last(
    db: &mut Db,
    (unit, made, id): (UnitId, Seq, String),
    kind: &str,
    as_of: Seq,
) -> Result<Event, StoreError> {
    let changes = e::table
        .filter(e::unit.eq(Stored(unit)))
        .filter(e::kind.eq(kind.to_owned()))
        .filter(e::seq.gt(Stored(made)))
        .filter(e::seq.le(Stored(as_of)))
        .filter(e::event.like(format!("%\"{id}\"%")))
        .order(e::seq.desc())
        .limit(1)
        .select(e::event);
    if let Some(change) = db.one::<Stored<Event>, _>(changes)? {
        return Ok(change.value());
    }
    let making = e::table.filter(e::seq.eq(Stored(made))).select(e::event);
    let making: Option<Stored<Event>> = db.one(making)?;
    making.map(Stored::value).ok_or_else(|| StoreError::corrupt("no entry made a thing that is there"))
}
