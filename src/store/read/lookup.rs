//! Many at once, for whoever brings in a whole file.

use super::list::rows;
use crate::domain::ids::VolunteerId;
use crate::domain::person::BlindIndex;
use crate::store::sql::Sql;
use crate::store::{Db, StoreError};
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
    let sql = Sql::new("SELECT p.identity_index, p.volunteer FROM ")
        .join(Sql::byte_keys(db.dialect(), indexes))
        .and(" JOIN people AS p ON p.identity_index = k.a");
    let found = rows(db, sql, |mut row| Ok((row.next()?, row.next()?)))?;
    Ok(found.into_iter().collect())
}
