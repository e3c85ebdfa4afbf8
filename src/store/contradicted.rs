//! Checkpoints that the journal does not contain: after a restored backup, a failover that lost entries, or a rewriting. They
//! stand against the ledger until an operator sets them aside and begins a log of another name.

use super::column::Column;
use super::sql::{Sql, SqlValue, SqlValues};
use super::tree::{self, Checkpoint};
use super::vault::Vault;
use super::{Db, StoreError, head};
use crate::domain::time::Timestamp;
use crate::journal::{TreeHead, is_consistent};

/// A checkpoint that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    pub size: u64,
    pub set_aside_at: Timestamp,
    pub because: String,
}

/// A tree that was signed, and the note that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub head: TreeHead,
    pub note: String,
}

impl From<Checkpoint> for Signed {
    fn from(Checkpoint { head, note, .. }: Checkpoint) -> Self {
        Self { head, note }
    }
}

/// The table, its columns and its key, as `verify` checks their seals.
pub(super) const TABLE: &str = "contradicted_checkpoints";
pub(super) const COLUMNS: [&str; 5] = ["note", "size", "set_aside_at", "because", "seal"];
pub(super) const KEY: &[&str] = &["note"];

/// Whether the tree is the one that was signed, or goes on from it.
pub fn begins_with(db: &mut Db, now: TreeHead, signed: TreeHead) -> Result<bool, StoreError> {
    if signed == now {
        return Ok(true);
    }
    let path = tree::consistency(db, signed.size, now.size)?;
    Ok(path.is_some_and(|path| is_consistent(signed, now, &path)))
}

/// Those that the journal does not contain: of the database's the largest ones, and what else is known to be signed.
pub fn find(db: &mut Db, remembered: Option<Signed>) -> Result<Vec<Signed>, StoreError> {
    let head = head::read(db)?;
    let now = TreeHead { size: head.tree.size(), root: head.tree.root() };
    let mut found = Vec::new();
    if let Some(remembered) = remembered
        && !begins_with(db, now, remembered.head)?
    {
        found.push(remembered);
    }
    let mut below = u64::MAX;
    while let Some(checkpoint) = tree::checkpoint_below(db, below)? {
        below = checkpoint.head.size;
        if begins_with(db, now, checkpoint.head)? {
            break;
        }
        let signed = Signed::from(checkpoint);
        if !found.contains(&signed) {
            found.push(signed);
        }
    }
    Ok(found)
}

/// Sets them aside, within the caller's transaction: from now on they bind nobody.
pub fn set_aside(
    db: &mut Db,
    vault: &Vault,
    contradicted: &[Signed],
    (because, now): (&str, Timestamp),
) -> Result<(), StoreError> {
    for Signed { head, note } in contradicted {
        let values = [
            note.to_sql_value(),
            SqlValue::Int(i64::try_from(head.size).ok()),
            now.to_sql_value(),
            because.to_owned().to_sql_value(),
        ];
        let seal = vault.row_seal(TABLE, &values);
        let insert =
            format!("INSERT INTO {TABLE} (note, size, set_aside_at, because, seal) VALUES (?, ?, ?, ?, ?)");
        db.execute(values.into_iter().fold(Sql::new(insert), Sql::bind).bind(seal.to_sql_value()))?;
        db.execute(Sql::new("DELETE FROM checkpoints WHERE note = ?").bind(note.to_sql_value()))?;
    }
    Ok(())
}

/// All that were ever set aside, the smallest tree first.
pub fn all(db: &mut Db) -> Result<Vec<SetAside>, StoreError> {
    let sql = Sql::new(format!("SELECT size, set_aside_at, because FROM {TABLE} ORDER BY size, note"));
    let read = |SqlValues(values)| {
        let Ok([size, set_aside_at, because]) = <[SqlValue; 3]>::try_from(values) else {
            return Err(StoreError::corrupt("a checkpoint that was set aside lacks a column"));
        };
        let size: i64 = Column::from_sql_value(size)?;
        let (set_aside_at, because) =
            (Column::from_sql_value(set_aside_at)?, Column::from_sql_value(because)?);
        Ok(SetAside { size: size.unsigned_abs(), set_aside_at, because })
    };
    db.query(sql)?.into_iter().map(read).collect()
}
