//! The journal's head: one row, whose lock puts all changes in one order.

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::{Cells, Dialect, Sql};
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::journal::EntryHash;

/// Where the journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub last_seq: Seq,
    pub last_recorded_at: Timestamp,
    pub last_hash: EntryHash,
}

/// The head, locked until the transaction ends.
pub fn lock(db: &mut Db) -> Result<Head, StoreError> {
    read_with(
        db,
        match db.dialect() {
            // BEGIN IMMEDIATE has taken SQLite's one write lock already.
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE",
        },
    )
}

/// The head as it stands.
pub fn read(db: &mut Db) -> Result<Head, StoreError> {
    read_with(db, "")
}

fn read_with(db: &mut Db, lock: &str) -> Result<Head, StoreError> {
    let sql = Sql::new(format!(
        "SELECT last_seq, last_recorded_at, last_hash FROM journal_head WHERE id = 1{lock}"
    ));
    let Some(Cells(cells)) = db.query(sql)?.into_iter().next() else {
        return Err(StoreError::corrupt("the journal has no head"));
    };
    let Ok([last_seq, last_recorded_at, last_hash]) = <[_; 3]>::try_from(cells) else {
        return Err(StoreError::corrupt("the journal's head lacks a column"));
    };
    Ok(Head {
        last_seq: Column::from_cell(last_seq)?,
        last_recorded_at: Column::from_cell(last_recorded_at)?,
        last_hash: Column::from_cell(last_hash)?,
    })
}

/// Moves the head on.
pub fn advance(db: &mut Db, head: Head) -> Result<(), StoreError> {
    let sql =
        Sql::new("UPDATE journal_head SET last_seq = ?, last_recorded_at = ?, last_hash = ? WHERE id = 1")
            .bind(head.last_seq.to_cell())
            .bind(head.last_recorded_at.to_cell())
            .bind(head.last_hash.to_cell());
    db.execute(sql).map(|_| ())
}

/// The hash of an entry, if there is one at this position.
pub fn hash_at(db: &mut Db, seq: Seq) -> Result<Option<EntryHash>, StoreError> {
    let sql = Sql::new("SELECT hash FROM entries WHERE seq = ?").bind(seq.to_cell());
    let first = db.query(sql)?.into_iter().next().and_then(|cells| cells.0.into_iter().next());
    first.map(EntryHash::from_cell).transpose()
}
