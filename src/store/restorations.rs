//! When the ledger was restored from a backup, and what an operator said of what was signed since that was made.
//!
//! A backup does not know what was signed after it. Who went on under the log's name would sign another journal in the
//! place of the one that others hold: so nothing is written until somebody has said that nothing is missing, or begun a
//! log of another name.

use super::column::Column;
use super::sql::{Sql, SqlValue, SqlValues};
use super::{Db, StoreError};
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;

/// One restoration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoration {
    pub restored_at: Timestamp,
    /// Where the journal ended.
    pub last_seq: Seq,
    pub backup_made_at: Timestamp,
    /// What an operator said of what was signed since; none yet.
    pub because: Option<String>,
}

/// Notes that the ledger was restored.
pub fn note(db: &mut Db, restoration: &Restoration) -> Result<(), StoreError> {
    let Restoration { restored_at, last_seq, backup_made_at, because } = restoration;
    let insert =
        "INSERT INTO restorations (restored_at, last_seq, backup_made_at, because) VALUES (?, ?, ?, ?)";
    let insert = Sql::new(insert)
        .bind(restored_at.to_sql_value())
        .bind(last_seq.to_sql_value())
        .bind(backup_made_at.to_sql_value())
        .bind(because.to_sql_value());
    db.execute(insert).map(drop)
}

/// Says of every restoration that nobody has spoken of why the ledger goes on.
pub fn answer(db: &mut Db, because: &str) -> Result<(), StoreError> {
    db.execute(Sql::new("UPDATE restorations SET because = ? WHERE because IS NULL").string(because))
        .map(drop)
}

/// Every restoration, the first one first.
pub fn all(db: &mut Db) -> Result<Vec<Restoration>, StoreError> {
    let sql = "SELECT restored_at, last_seq, backup_made_at, because FROM restorations ORDER BY restored_at";
    db.query(Sql::new(sql))?.into_iter().map(read).collect()
}

/// The last restoration of which nobody has said yet why the ledger goes on.
pub fn unanswered(db: &mut Db) -> Result<Option<Restoration>, StoreError> {
    Ok(all(db)?.into_iter().rev().find(|restoration| restoration.because.is_none()))
}

fn read(SqlValues(values): SqlValues) -> Result<Restoration, StoreError> {
    let Ok([restored_at, last_seq, backup_made_at, because]) = <[SqlValue; 4]>::try_from(values) else {
        return Err(StoreError::corrupt("a restoration lacks a column"));
    };
    Ok(Restoration {
        restored_at: Column::from_sql_value(restored_at)?,
        last_seq: Column::from_sql_value(last_seq)?,
        backup_made_at: Column::from_sql_value(backup_made_at)?,
        because: Column::from_sql_value(because)?,
    })
}
