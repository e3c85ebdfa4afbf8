//! Steps within a transaction: how a rehearsal does everything as for real and leaves nothing behind.
//!
//! A rehearsal takes each batch as a step of one transaction, which is undone at the end. A step that
//! cannot be undone may have lost its transaction, and the next would then stand alone and be kept:
//! whoever sees [`Db::undo_step`] fail lets go of the connection.

use super::StoreError;
use super::db::Db;

impl Db {
    /// Begins a step of the transaction at hand.
    pub fn begin_step(&mut self) -> Result<(), StoreError> {
        self.batch("SAVEPOINT step")
    }

    /// Ends a step: what it wrote is there for the next.
    pub fn keep_step(&mut self) -> Result<(), StoreError> {
        self.batch("RELEASE SAVEPOINT step")
    }

    /// Undoes a step; the transaction stands as before it.
    pub fn undo_step(&mut self) -> Result<(), StoreError> {
        self.batch("ROLLBACK TO SAVEPOINT step")?;
        self.batch("RELEASE SAVEPOINT step")
    }
}
