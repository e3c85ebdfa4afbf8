//! Many at once, for the import of a whole file.

use crate::domain::ids::VolunteerId;
use crate::domain::person::BlindIndex;
use crate::store::column::Stored;
use crate::store::expression::is_one_of;
use crate::store::schema::{people as p, volunteers as v};
use crate::store::{Db, StoreError};
use diesel::prelude::*;
use std::collections::HashMap;

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
