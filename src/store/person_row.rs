//! How a person is kept: all that is known encrypted as one text, and beside it what the person is found by.

use super::Db;
use super::StoreError;
use super::column::Column;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::{CellAddress, Vault, VaultError, party_history, person_content};
use crate::domain::commitment::{Commitment, Committed};
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::person::{PartyHistory, Person, PersonIndexes};
use crate::journal::to_canonical_json;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// A text is filled up with spaces to a multiple of this, so that its length tells little of what it says.
const PADDED_TO_BYTES: usize = 256;

/// The row of table `people`, but for its seal.
pub(super) fn person_values(
    vault: &Vault,
    volunteer: VolunteerId,
    Committed { content: person, salt, commitment }: &Committed<Person>,
    indexes: &PersonIndexes,
    party: &PartyHistory,
) -> Result<Vec<SqlValue>, StoreError> {
    Ok(vec![
        volunteer.to_sql_value(),
        sealed_text(vault, person_content(volunteer), person)?.to_sql_value(),
        sealed_text(vault, party_history(volunteer), party)?.to_sql_value(),
        indexes.identity.to_sql_value(),
        indexes.mobile.to_sql_value(),
        indexes.likeness.to_sql_value(),
        salt.to_sql_value(),
        Commitment::to_sql_value(commitment),
    ])
}

/// The rows of table `name_pairs`.
pub(super) fn name_pair_values(vault: &Vault, volunteer: VolunteerId, name: &str) -> Vec<Vec<SqlValue>> {
    let pairs: BTreeSet<i64> = vault.name_pairs(name).collect();
    pairs.into_iter().map(|pair| vec![pair.to_sql_value(), volunteer.to_sql_value()]).collect()
}

/// What is known of a person, from the cell in which it is kept.
pub(super) fn opened_person(
    vault: &Vault,
    volunteer: VolunteerId,
    cell: &[u8],
) -> Result<Person, StoreError> {
    opened_text(vault, person_content(volunteer), cell)
}

/// What the data said of party membership, from the cell in which it is kept.
pub(super) fn opened_party(
    vault: &Vault,
    volunteer: VolunteerId,
    cell: &[u8],
) -> Result<PartyHistory, StoreError> {
    opened_text(vault, party_history(volunteer), cell)
}

/// What the data have said of party membership so far, and say from an entry on.
pub(super) fn party_from(
    db: &mut Db,
    vault: &Vault,
    volunteer: VolunteerId,
    (entry, person): (Seq, &Person),
) -> Result<PartyHistory, StoreError> {
    let sql = Sql::new("SELECT party_sealed FROM people WHERE volunteer = ?").bind(volunteer.to_sql_value());
    let kept = db.query(sql)?.into_iter().next().and_then(|SqlValues(row)| row.into_iter().next());
    let so_far = match kept {
        Some(cell) => opened_party(vault, volunteer, &Vec::<u8>::from_sql_value(cell)?)?,
        None => PartyHistory::default(),
    };
    Ok(so_far.stated(entry, &person.political_status))
}

pub(super) fn sealed_text(
    vault: &Vault,
    address: CellAddress,
    content: &impl Serialize,
) -> Result<Vec<u8>, StoreError> {
    let mut json = to_canonical_json(content).map_err(|error| StoreError::corrupt(error.to_string()))?;
    let padded_bytes = json.len().next_multiple_of(PADDED_TO_BYTES);
    json.extend(std::iter::repeat_n(' ', padded_bytes - json.len()));
    Ok(vault.seal(address, json.as_bytes())?)
}

fn opened_text<T: DeserializeOwned>(
    vault: &Vault,
    address: CellAddress,
    cell: &[u8],
) -> Result<T, StoreError> {
    let json = vault.open(address, cell)?;
    serde_json::from_slice(&json).map_err(|_| StoreError::Vault(VaultError::NotAuthentic))
}
