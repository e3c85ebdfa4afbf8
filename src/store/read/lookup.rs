//! Many at once, for the import of a whole file.

use crate::domain::ids::VolunteerId;
use crate::domain::person::BlindIndex;
use crate::store::column::Stored;
use crate::store::expression::is_one_of;
use crate::store::schema::people as p;
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::HashMap;

/// Who is registered with the documents of these blind indexes, as far as anybody is: the whole
/// ledger's, since a person may serve with any unit.
pub fn volunteers_by_identity(
    db: &mut Db,
    indexes: &[BlindIndex],
) -> Result<HashMap<BlindIndex, VolunteerId>, StoreError> {
    if indexes.is_empty() {
        return Ok(HashMap::new());
    }
    let people = p::table.filter(is_one_of(p::identity_index, indexes.iter().copied()));
    let found = db.load(people.select((p::identity_index, p::volunteer)))?;
    Ok(found.into_iter().map(|(index, id): (Stored<_>, Stored<_>)| (index.value(), id.value())).collect())
}
