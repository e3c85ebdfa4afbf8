//! What was kept of people in clear before all of it was sealed, sealed: by the first process with the keys that goes to
//! work on the ledger. A row that is not what the service kept is left where it stands, and `verify` names it.

use super::apply::{BearsSeal, SealedTable, write_person};
use super::column::Column;
use super::side_data::SideRow;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::{SealedColumn, Vault};
use super::{Db, StoreError, head};
use crate::domain::commitment::{Commitment, Committed};
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::person::{PartyHistory, Person, PoliticalStatus};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Where the rows stand that are still in clear.
pub const UNSEALED: &str = "unsealed_people";

/// Rows of one transaction.
const ROWS: i64 = 200;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SealedPeople {
    pub sealed: u64,
    /// Left in clear: not what the service kept, or of another key.
    pub in_doubt: u64,
}

/// How many people's data are kept in clear.
pub fn unsealed(db: &mut Db) -> Result<i64, StoreError> {
    Ok(db.number(Sql::new("SELECT COUNT(*) FROM unsealed_people"))?.unwrap_or_default())
}

/// Seals all that is kept in clear.
pub fn seal_people(db: &mut Db, vault: &Vault) -> Result<SealedPeople, StoreError> {
    let mut done = SealedPeople::default();
    if unsealed(db)? == 0 {
        return Ok(done);
    }
    let mut after = i64::MIN;
    while let Some(last) = db.transaction(|db| step(db, vault, after, &mut done))? {
        after = last;
    }
    leave_nothing_behind(db)?;
    Ok(done)
}

/// What was deleted is left neither in SQLite's log nor in the files of PostgreSQL's tables.
fn leave_nothing_behind(db: &mut Db) -> Result<(), StoreError> {
    if unsealed(db)? == 0 && matches!(db, Db::Postgres(_)) {
        db.batch("TRUNCATE unsealed_people, unsealed_party_statuses")?;
    }
    db.empty_log().map(drop)
}

/// Some rows after one; the last of them, unless there was none.
fn step(db: &mut Db, vault: &Vault, after: i64, done: &mut SealedPeople) -> Result<Option<i64>, StoreError> {
    // Replicas that start at once take turns.
    head::lock(db)?;
    let sealed_since = db.number(Sql::new("SELECT MIN(first_seq) FROM batch_seals"))?;
    let table = table();
    let rows = format!(
        "SELECT {} FROM {UNSEALED} WHERE volunteer > ? ORDER BY volunteer LIMIT ?",
        table.columns.join(", ")
    );
    let mut last = None;
    for SqlValues(values) in db.query(Sql::new(rows).int(after).int(ROWS))? {
        let row = SideRow { table: &table, values: &values };
        let number = row.number("volunteer").ok_or_else(|| StoreError::corrupt("a person of no number"))?;
        last = Some(number);
        let volunteer = VolunteerId::new(Seq(number));
        let (person, party) = (person(&row, vault), party(db, vault, volunteer, sealed_since)?);
        match (person, party) {
            (Some(person), Some(party)) if !is_kept(db, volunteer)? => {
                keep(db, vault, volunteer, (&row, &person, &party))?;
                done.sealed += 1;
            }
            _ => done.in_doubt += 1,
        }
    }
    Ok(last)
}

/// Whether the person's data are sealed already: nothing takes their place.
fn is_kept(db: &mut Db, volunteer: VolunteerId) -> Result<bool, StoreError> {
    let kept = Sql::new("SELECT COUNT(*) FROM people WHERE volunteer = ?").bind(volunteer.to_sql_value());
    Ok(db.number(kept)? != Some(0))
}

fn keep(
    db: &mut Db,
    vault: &Vault,
    volunteer: VolunteerId,
    (row, person, party): (&SideRow, &Committed<Person>, &PartyHistory),
) -> Result<(), StoreError> {
    let indexes = vault.person_indexes(&person.content);
    let bears_seal = if row.is_sealed(vault).is_some() { BearsSeal::Yes } else { BearsSeal::No };
    write_person(db, vault, volunteer, (person, &indexes, party), bears_seal)?;
    for sql in [
        "DELETE FROM unsealed_people WHERE volunteer = ?",
        "DELETE FROM unsealed_party_statuses WHERE volunteer = ?",
    ] {
        db.execute(Sql::new(sql).bind(volunteer.to_sql_value()))?;
    }
    Ok(())
}

/// The person of a row, where it is what the service kept: no seal but its own, and what the entry committed to.
fn person(row: &SideRow, vault: &Vault) -> Option<Committed<Person>> {
    let content = content(row, vault)?;
    let (salt, commitment) = (row.bytes("salt")?.try_into().ok()?, row.bytes("commitment")?.try_into().ok()?);
    let is_ours = row.is_sealed(vault) != Some(false) && row.binds(&content);
    let content = serde_json::from_value(content).ok().filter(|_| is_ours)?;
    Some(Committed { content, salt, commitment: Commitment(commitment) })
}

/// The person as it was committed to.
fn content(row: &SideRow, vault: &Vault) -> Option<Value> {
    let birth_date: NaiveDate = Column::from_sql_value(row.value("birth_date")?.clone()).ok()?;
    Some(json!({
        "name": row.text("name")?,
        "gender": row.text("gender")?,
        "birth_date": birth_date,
        "document": { "kind": row.text("document_kind")?, "number": row.opened(vault, "document_sealed")? },
        "mobile": row.opened(vault, "mobile_sealed")?,
        "residence": row.text("residence"),
        "skills": row.json("skills")?,
        "service_categories": row.json("service_categories")?,
        "political_status": row.json("political_status")?,
        "consent": row.json("consent")?,
        "guardian_consent": row.json("guardian_consent")?,
    }))
}

/// What was kept of party membership: of each entry a first row from day 0, then a row a status; each with a seal over
/// how many they are and over the first seal of the entry before. None where a seal is not the service's, or there is none
/// though batches had been sealed.
fn party(
    db: &mut Db,
    vault: &Vault,
    volunteer: VolunteerId,
    sealed_since: Option<i64>,
) -> Result<Option<PartyHistory>, StoreError> {
    let rows = Sql::new(
        "SELECT volunteer, entry, effective_from, party_member, seal FROM unsealed_party_statuses
         WHERE volunteer = ? ORDER BY entry, effective_from",
    );
    let rows: Vec<_> = db.query(rows.bind(volunteer.to_sql_value()))?.into_iter().map(|row| row.0).collect();
    let (mut history, mut before) = (PartyHistory::default(), None);
    for said in rows.chunk_by(|one, other| one[1] == other[1]) {
        let count = SqlValue::Int(i64::try_from(said.len()).ok());
        let entry: Seq = Column::from_sql_value(said[0][1].clone())?;
        let mut statuses = Vec::new();
        for row in said {
            let [columns @ .., seal] = &row[..] else { return Ok(None) };
            let bound = [columns, &[count.clone(), SqlValue::Bytes(before.clone())]].concat();
            let is_ours = match seal {
                SqlValue::Bytes(Some(seal)) => vault.is_row_seal("party_statuses", &bound, seal),
                _ => sealed_since.is_none_or(|since| entry.0 < since),
            };
            if !is_ours {
                return Ok(None);
            }
            if columns[2] != SqlValue::Int(Some(0)) {
                statuses.push(PoliticalStatus {
                    effective_from: Column::from_sql_value(columns[2].clone())?,
                    party_member: Column::from_sql_value(columns[3].clone())?,
                });
            }
        }
        before = match said[0].last() {
            Some(SqlValue::Bytes(seal)) => seal.clone(),
            _ => None,
        };
        history = history.stated(entry, &statuses);
    }
    Ok(Some(history))
}

/// The table as it was: under that name its rows were sealed.
pub(super) fn table() -> SealedTable {
    let columns = vec![
        "volunteer",
        "name",
        "gender",
        "birth_date",
        "document_kind",
        "document_sealed",
        "identity_index",
        "mobile_sealed",
        "mobile_index",
        "residence",
        "skills",
        "service_categories",
        "political_status",
        "consent",
        "guardian_consent",
        "salt",
        "commitment",
        "seal",
    ];
    SealedTable { name: "people", columns, key: &["volunteer"] }
}

/// The columns of it that were encrypted before all was.
pub(super) const CELLS: [SealedColumn; 2] = [
    SealedColumn { table: "people", column: "document_sealed", key: "volunteer" },
    SealedColumn { table: "people", column: "mobile_sealed", key: "volunteer" },
];
