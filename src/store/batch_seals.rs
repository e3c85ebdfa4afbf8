//! The seals of batches: an HMAC of the service over the journal's head as each batch left it.
//!
//! Who can write to the database can append entries and hash them properly, but cannot seal them. A seal names
//! the first entry of its batch and the first entry that was ever sealed, so that none can be left out: what
//! has no seal was written before there were any, at the journal's beginning.

use super::column::Column;
use super::db::Db;
use super::head::Head;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::Vault;
use super::{StoreError, head};
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::journal::TreeHash;

/// What a seal is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedBatch {
    /// The first entry of the batch.
    pub first_seq: Seq,
    /// The last, where the journal ended.
    pub last_seq: Seq,
    /// The first entry that was ever sealed.
    pub sealed_since: Seq,
    pub last_recorded_at: Timestamp,
    pub last_hash: TreeHash,
    /// The root of the tree over all entries.
    pub root: TreeHash,
}

impl SealedBatch {
    /// The batch that begins with `first_seq` and leaves this head.
    #[must_use]
    pub fn new(first_seq: Seq, sealed_since: Seq, head: &Head) -> Self {
        Self {
            first_seq,
            last_seq: head.last_seq,
            sealed_since,
            last_recorded_at: head.last_recorded_at,
            last_hash: head.last_hash,
            root: head.tree.root(),
        }
    }

    /// The bytes that are sealed: each member has its own width.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        let numbers =
            [self.first_seq.0, self.last_seq.0, self.sealed_since.0, self.last_recorded_at.as_micros()];
        let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
        numbers.chain(self.last_hash.0).chain(self.root.0).collect()
    }
}

/// A seal as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchSeal {
    pub last_seq: Seq,
    pub first_seq: Seq,
    pub sealed_since: Seq,
    pub seal: [u8; 32],
}

/// Where sealing stands at a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was ever sealed: the entries so far are of before.
    NeverSealed,
    /// The head bears the service's seal.
    Sealed { since: Seq },
}

impl Standing {
    /// The first entry that was ever sealed, if the next batch begins with `next`.
    #[must_use]
    pub const fn since(self, next: Seq) -> Seq {
        match self {
            Self::NeverSealed => next,
            Self::Sealed { since } => since,
        }
    }
}

/// Seals the head that a batch leaves.
pub fn keep(db: &mut Db, vault: &Vault, batch: SealedBatch) -> Result<(), StoreError> {
    let sql = "INSERT INTO batch_seals (last_seq, first_seq, sealed_since, seal) VALUES (?, ?, ?, ?)";
    let sql = Sql::new(sql)
        .bind(batch.last_seq.to_sql_value())
        .bind(batch.first_seq.to_sql_value())
        .bind(batch.sealed_since.to_sql_value())
        .bind(vault.batch_seal(&batch.to_bytes()).to_sql_value());
    db.execute(sql).map(|_| ())
}

/// Whether the service left this head: by the last seal, whatever the journal's length.
///
/// # Errors
///
/// [`StoreError::Unsealed`] where somebody else has written to the journal, or taken from it.
pub fn standing(db: &mut Db, vault: &Vault, head: &Head) -> Result<Standing, StoreError> {
    let Some(last) = last(db)? else { return never_sealed(db, head) };
    if last.last_seq != head.last_seq {
        return Err(StoreError::Unsealed(format!(
            "the journal's head is entry {}, the service left it at entry {}",
            head.last_seq, last.last_seq
        )));
    }
    let batch = SealedBatch::new(last.first_seq, last.sealed_since, head);
    if !vault.is_batch_seal(&batch.to_bytes(), &last.seal) {
        return Err(StoreError::Unsealed(format!(
            "entry {} does not bear the service's seal",
            head.last_seq
        )));
    }
    Ok(Standing::Sealed { since: last.sealed_since })
}

/// [`standing`] of the head as it is now.
pub fn standing_now(db: &mut Db, vault: &Vault) -> Result<Standing, StoreError> {
    let head = head::read(db)?;
    standing(db, vault, &head)
}

/// Who takes all seals away does not make it a ledger of before: entries of format 2 came with them.
fn never_sealed(db: &mut Db, head: &Head) -> Result<Standing, StoreError> {
    let of_before = "SELECT COUNT(*) FROM entries WHERE seq = ? AND nonce IS NOT NULL";
    match db.number(Sql::new(of_before).bind(head.last_seq.to_sql_value()))? {
        Some(0) => Ok(Standing::NeverSealed),
        _ => Err(StoreError::Unsealed(format!("entry {} bears no seal", head.last_seq))),
    }
}

const SEALS: &str = "SELECT last_seq, first_seq, sealed_since, seal FROM batch_seals";

fn last(db: &mut Db) -> Result<Option<BatchSeal>, StoreError> {
    let sql = Sql::new(format!("{SEALS} ORDER BY last_seq DESC LIMIT 1"));
    db.query(sql)?.into_iter().next().map(read).transpose()
}

/// The seals of batches that end after an entry, oldest first, at most `limit`; from the first where none is named.
pub fn after(db: &mut Db, after: Option<Seq>, limit: i64) -> Result<Vec<BatchSeal>, StoreError> {
    let sql = match after {
        None => Sql::new(format!("{SEALS} ORDER BY last_seq LIMIT ?")),
        Some(after) => Sql::new(format!("{SEALS} WHERE last_seq > ? ORDER BY last_seq LIMIT ?"))
            .bind(after.to_sql_value()),
    };
    db.query(sql.int(limit))?.into_iter().map(read).collect()
}

fn read(SqlValues(sql_values): SqlValues) -> Result<BatchSeal, StoreError> {
    let Ok([last_seq, first_seq, sealed_since, seal]) = <[SqlValue; 4]>::try_from(sql_values) else {
        return Err(StoreError::corrupt("a seal lacks a column"));
    };
    let seal: Vec<u8> = Column::from_sql_value(seal)?;
    Ok(BatchSeal {
        last_seq: Column::from_sql_value(last_seq)?,
        first_seq: Column::from_sql_value(first_seq)?,
        sealed_since: Column::from_sql_value(sealed_since)?,
        // One of another length is none of the service's.
        seal: seal.try_into().unwrap_or_default(),
    })
}
