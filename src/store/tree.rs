//! The Merkle tree over the journal, read back: tiles, roots, proofs, checkpoints.
//!
//! A row of tiles is the entries' own hashes at the bottom, and above it the tops of the full tiles of the
//! row below. What lies within a tile is hashed again when it is asked for.

use super::column::Column;
use super::db::Db;
use super::sql::{Dialect, Sql, SqlValue, SqlValues};
use super::vault::Vault;
use super::{StoreError, head};
use crate::domain::time::Timestamp;
use crate::journal::{
    Node, TILE_LEVELS, TreeHash, TreeHead, consistency_plan, inclusion_plan, join, nodes_over, root_over_row,
};
use std::ops::Range;

/// The tree of the first `size` entries; none if there are fewer.
pub fn head_at(db: &mut Db, size: u64) -> Result<Option<TreeHead>, StoreError> {
    let head = head::read(db)?;
    if size > head.tree.size() {
        return Ok(None);
    }
    let root = if size == head.tree.size() { head.tree.root() } else { root_over(db, &(0..size))? };
    Ok(Some(TreeHead { size, root }))
}

/// The hashes that prove that the entry at `index` (from 0) is in the tree of `size` entries; none
/// if it is not. There must be that many entries.
pub fn inclusion(db: &mut Db, index: u64, size: u64) -> Result<Option<Vec<TreeHash>>, StoreError> {
    inclusion_plan(index, size).map(|plan| roots_over(db, &plan)).transpose()
}

/// The hashes that prove that the tree of `to` entries begins with that of `from`; none if it cannot.
/// There must be that many entries.
pub fn consistency(db: &mut Db, from: u64, to: u64) -> Result<Option<Vec<TreeHash>>, StoreError> {
    consistency_plan(from, to).map(|plan| roots_over(db, &plan)).transpose()
}

fn roots_over(db: &mut Db, plan: &[Range<u64>]) -> Result<Vec<TreeHash>, StoreError> {
    plan.iter().map(|entries| root_over(db, entries)).collect()
}

fn root_over(db: &mut Db, entries: &Range<u64>) -> Result<TreeHash, StoreError> {
    let nodes = nodes_over(entries).into_iter().map(|node| hash_of(db, node));
    Ok(join(&nodes.collect::<Result<Vec<_>, _>>()?))
}

/// The hash of a node, from the at most 128 hashes below it that are kept.
fn hash_of(db: &mut Db, node: Node) -> Result<TreeHash, StoreError> {
    let levels_below = node.level % TILE_LEVELS;
    let below = (node.position << levels_below)..((node.position + 1) << levels_below);
    Ok(root_over_row(&row(db, node.level / TILE_LEVELS, below)?))
}

/// Hashes of a row of tiles: 0 are the entries' own.
///
/// Fails if one of them is not there: the caller asks for none beyond the tree.
pub fn row(db: &mut Db, tile_level: u32, positions: Range<u64>) -> Result<Vec<TreeHash>, StoreError> {
    let first = i64::try_from(positions.start).map_err(|_| beyond())?;
    let end = i64::try_from(positions.end).map_err(|_| beyond())?;
    let sql = match tile_level {
        0 => Sql::new("SELECT hash FROM entries WHERE seq > ? AND seq <= ? ORDER BY seq").int(first).int(end),
        _ => Sql::new("SELECT hash FROM tree_nodes WHERE tile_level = ? AND position >= ? AND position < ? ORDER BY position")
            .int(tile_level.into())
            .int(first)
            .int(end),
    };
    let rows = db.query(sql)?.into_iter().filter_map(|SqlValues(sql_values)| sql_values.into_iter().next());
    let hashes = rows.map(TreeHash::from_sql_value).collect::<Result<Vec<_>, _>>()?;
    if hashes.len() as u64 == positions.end - positions.start { Ok(hashes) } else { Err(beyond()) }
}

fn beyond() -> StoreError {
    StoreError::corrupt("the tree of the journal lacks a hash")
}

/// How many nodes are kept.
pub fn stored_nodes(db: &mut Db) -> Result<u64, StoreError> {
    let count = db.number(Sql::new("SELECT COUNT(*) FROM tree_nodes"))?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

/// A tree head that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    pub head: TreeHead,
    pub signed_at: Timestamp,
    /// The signed note.
    pub note: String,
    /// The size of the checkpoint before it, 0 for the first; none of before they had seals.
    pub previous: Option<u64>,
    /// The service's seal of the row.
    pub seal: Option<Vec<u8>>,
}

impl Checkpoint {
    /// One that was just signed; it is sealed as it is kept.
    #[must_use]
    pub const fn new(head: TreeHead, signed_at: Timestamp, note: String) -> Self {
        Self { head, signed_at, note, previous: None, seal: None }
    }

    /// What its seal is over.
    #[must_use]
    pub fn sealed_values(&self) -> [SqlValue; 5] {
        [
            size_value(self.head.size),
            self.head.root.to_sql_value(),
            self.signed_at.to_sql_value(),
            self.note.to_sql_value(),
            self.previous.map_or(SqlValue::Int(None), size_value),
        ]
    }
}

/// The name under which checkpoints are sealed: that of their table.
pub const CHECKPOINT_TABLE: &str = "checkpoints";

/// The checkpoint of the largest tree.
pub fn latest_checkpoint(db: &mut Db) -> Result<Option<Checkpoint>, StoreError> {
    one_checkpoint(db, Sql::new(format!("{CHECKPOINTS} ORDER BY size DESC LIMIT 1")))
}

/// The first checkpoint of a tree of at least this size.
pub fn checkpoint_from(db: &mut Db, size: u64) -> Result<Option<Checkpoint>, StoreError> {
    let sql = Sql::new(format!("{CHECKPOINTS} WHERE size >= ? ORDER BY size LIMIT 1"));
    one_checkpoint(db, sql.bind(size_value(size)))
}

/// The checkpoint of the largest tree below this size.
pub fn checkpoint_below(db: &mut Db, size: u64) -> Result<Option<Checkpoint>, StoreError> {
    let sql = Sql::new(format!("{CHECKPOINTS} WHERE size < ? ORDER BY size DESC LIMIT 1"));
    one_checkpoint(db, sql.int(i64::try_from(size).unwrap_or(i64::MAX)))
}

/// Writes down how many entries are about to be signed, and waits until that is kept: so is all that was
/// committed before, by whichever replica, where the database was set to promise that for each commit or not.
pub fn carry(db: &mut Db, size: u64) -> Result<(), StoreError> {
    db.transaction(|db| {
        if db.dialect() == Dialect::Postgres {
            db.batch("SET LOCAL synchronous_commit = on")?;
        }
        db.execute(Sql::new("UPDATE tree_to_sign SET size = ? WHERE id = 1").bind(size_value(size)))
            .map(|_| ())
    })
}

/// Changes nothing, and waits until that is kept: whether anything can be.
pub fn write_anything(db: &mut Db) -> Result<(), StoreError> {
    db.transaction(|db| db.execute(Sql::new("UPDATE tree_to_sign SET size = size WHERE id = 1")).map(drop))
}

/// Keeps a checkpoint, unless a replica has kept one of as large a tree meanwhile. Each names the one before.
pub fn keep_checkpoint(db: &mut Db, vault: &Vault, mut checkpoint: Checkpoint) -> Result<(), StoreError> {
    db.transaction(|db| {
        // Replicas take turns.
        db.execute(Sql::new("UPDATE tree_to_sign SET size = size WHERE id = 1"))?;
        let last = latest_checkpoint(db)?.map_or(0, |last| last.head.size);
        if last >= checkpoint.head.size {
            return Ok(());
        }
        checkpoint.previous = Some(last);
        let row = checkpoint.sealed_values();
        let seal = vault.row_seal(CHECKPOINT_TABLE, &row);
        let into = "checkpoints (size, root, signed_at, note, previous, seal) VALUES (?, ?, ?, ?, ?, ?)";
        let insert = Sql::new(format!("INSERT INTO {into}"));
        db.execute(row.into_iter().fold(insert, Sql::bind).bind(seal.to_sql_value())).map(|_| ())
    })
}

const CHECKPOINTS: &str = "SELECT size, root, signed_at, note, previous, seal FROM checkpoints";

fn one_checkpoint(db: &mut Db, sql: Sql) -> Result<Option<Checkpoint>, StoreError> {
    let Some(SqlValues(sql_values)) = db.query(sql)?.into_iter().next() else { return Ok(None) };
    let Ok([size, root, signed_at, note, previous, seal]) = <[SqlValue; 6]>::try_from(sql_values) else {
        return Err(StoreError::corrupt("a checkpoint lacks a column"));
    };
    let size: i64 = Column::from_sql_value(size)?;
    let head = TreeHead { size: size.unsigned_abs(), root: Column::from_sql_value(root)? };
    let previous = match previous {
        SqlValue::Int(Some(previous)) => Some(previous.unsigned_abs()),
        _ => None,
    };
    let seal = match seal {
        SqlValue::Bytes(seal) => seal,
        _ => None,
    };
    let (signed_at, note) = (Column::from_sql_value(signed_at)?, Column::from_sql_value(note)?);
    Ok(Some(Checkpoint { head, signed_at, note, previous, seal }))
}

fn size_value(size: u64) -> SqlValue {
    SqlValue::Int(i64::try_from(size).ok())
}
