//! The journal's head: one row, whose lock puts all changes in one order.

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::{Dialect, Sql, SqlValues};
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::journal::{Entry, Frontier, TileRoot, TreeHash};

/// Where the journal ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub last_seq: Seq,
    pub last_recorded_at: Timestamp,
    pub last_hash: TreeHash,
    /// The right edge of the tree over all entries.
    pub tree: Frontier,
}

impl Head {
    /// Moves on to an entry that was sealed onto the last; what tiles that made full.
    pub fn extend(&mut self, entry: &Entry) -> Vec<TileRoot> {
        self.last_seq = entry.unsealed.seq;
        self.last_recorded_at = entry.unsealed.recorded_at;
        self.last_hash = entry.hash;
        self.tree.append(entry.hash)
    }
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
        "SELECT last_seq, last_recorded_at, last_hash, frontier FROM journal_head WHERE id = 1{lock}"
    ));
    let Some(SqlValues(sql_values)) = db.query(sql)?.into_iter().next() else {
        return Err(StoreError::corrupt("the journal has no head"));
    };
    let Ok([last_seq, last_recorded_at, last_hash, frontier]) = <[_; 4]>::try_from(sql_values) else {
        return Err(StoreError::corrupt("the journal's head lacks a column"));
    };
    let last_seq: Seq = Column::from_sql_value(last_seq)?;
    let frontier: Vec<u8> = Column::from_sql_value(frontier)?;
    let tree = Frontier::from_bytes(last_seq.0.unsigned_abs(), &frontier);
    Ok(Head {
        last_seq,
        last_recorded_at: Column::from_sql_value(last_recorded_at)?,
        last_hash: Column::from_sql_value(last_hash)?,
        tree: tree.ok_or_else(|| StoreError::corrupt("the journal's head bears the edge of another tree"))?,
    })
}

/// Moves the head on.
pub fn advance(db: &mut Db, head: &Head) -> Result<(), StoreError> {
    let to = "last_seq = ?, last_recorded_at = ?, last_hash = ?, frontier = ?";
    let sql = Sql::new(format!("UPDATE journal_head SET {to} WHERE id = 1"))
        .bind(head.last_seq.to_sql_value())
        .bind(head.last_recorded_at.to_sql_value())
        .bind(head.last_hash.to_sql_value())
        .bind(head.tree.to_bytes().to_sql_value());
    db.execute(sql).map(|_| ())
}

/// Farther than this nobody looks back: to read everything again costs less.
const FARTHEST: i64 = 10_000;

/// Whether the journal has gone on from one head to another with entries of other kinds than these.
pub fn went_on_without(db: &mut Db, from: &Head, to: &Head, kinds: &[&str]) -> Result<bool, StoreError> {
    if !(0..=FARTHEST).contains(&(to.last_seq.0 - from.last_seq.0)) {
        return Ok(false);
    }
    let listed: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
    let sql = Sql::new(format!(
        "SELECT COUNT(*) FROM entries WHERE seq > ? AND seq <= ? AND kind IN ({})",
        listed.join(", ")
    ))
    .bind(from.last_seq.to_sql_value())
    .bind(to.last_seq.to_sql_value());
    // A database that was put back to an earlier state may have gone on in another way.
    Ok(db.number(sql)? == Some(0) && hash_at(db, from.last_seq)? == Some(from.last_hash))
}

/// When an entry was recorded, and its hash, if there is one at this position.
pub fn recorded(db: &mut Db, seq: Seq) -> Result<Option<(Timestamp, TreeHash)>, StoreError> {
    let sql = Sql::new("SELECT recorded_at, hash FROM entries WHERE seq = ?").bind(seq.to_sql_value());
    let Some(SqlValues(sql_values)) = db.query(sql)?.into_iter().next() else { return Ok(None) };
    let Ok([recorded_at, hash]) = <[_; 2]>::try_from(sql_values) else {
        return Err(StoreError::corrupt("an entry lacks a column"));
    };
    Ok(Some((Column::from_sql_value(recorded_at)?, Column::from_sql_value(hash)?)))
}

/// The hash of an entry, if there is one at this position.
pub fn hash_at(db: &mut Db, seq: Seq) -> Result<Option<TreeHash>, StoreError> {
    let sql = Sql::new("SELECT hash FROM entries WHERE seq = ?").bind(seq.to_sql_value());
    let first = db.query(sql)?.into_iter().next().and_then(|sql_values| sql_values.0.into_iter().next());
    first.map(TreeHash::from_sql_value).transpose()
}
