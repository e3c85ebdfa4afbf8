//! Transactions, as diesel's transaction manager keeps them: it knows whether one is open, so that the
//! pool never gives out a connection that still has one.
//!
//! [`Db::snapshot`] and [`Db::transaction`] end with their call, also where the caller's code panics. The
//! writer, which must look after a lost commit, uses [`Db::begin`], [`Db::commit`] and [`Db::rollback`]. A
//! rehearsal does everything as for real and leaves nothing behind: it takes each batch as a *step*, a
//! savepoint of one transaction that is undone at the end.

use super::StoreError;
use super::db::Db;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::R2D2Connection;
use diesel::result::QueryResult;

impl Db {
    /// Begins a transaction that will write.
    ///
    /// Whatever the database's default is: at a higher level of isolation, who has waited for the head's
    /// lock would be turned away instead of seeing the head as it is then.
    pub fn begin(&mut self) -> Result<(), StoreError> {
        self.begin_as("BEGIN IMMEDIATE", "BEGIN ISOLATION LEVEL READ COMMITTED")
    }

    /// Makes everything since [`Db::begin`] durable. Where that fails, everything is undone.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        Ok(self.end()?)
    }

    /// Undoes everything since [`Db::begin`], as far as the connection still stands.
    pub fn rollback(&mut self) {
        let _already_undone = self.undo();
    }

    /// Reads in one snapshot.
    pub fn snapshot<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin_as("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        let open = OpenTransaction(self);
        read(&mut *open.0)
    }

    /// Writes in one transaction: everything is durable, or nothing was done.
    pub fn transaction<T>(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin()?;
        let open = OpenTransaction(self);
        let written = write(&mut *open.0)?;
        open.0.commit()?;
        Ok(written)
    }

    /// Whether the connection has a transaction open, or has lost track of one.
    pub(super) fn has_open_transaction(&mut self) -> bool {
        match self {
            Self::Sqlite(connection) => connection.is_broken(),
            Self::Postgres(connection) => connection.is_broken(),
        }
    }

    /// Begins a step of the open transaction.
    pub fn begin_step(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => AnsiTransactionManager::begin_transaction(connection)?,
            Self::Postgres(connection) => AnsiTransactionManager::begin_transaction(connection)?,
        }
        Ok(())
    }

    /// Ends a step: what it wrote is there for the next.
    pub fn keep_step(&mut self) -> Result<(), StoreError> {
        Ok(self.end()?)
    }

    /// Undoes a step; the transaction stands as before it. Where this fails the transaction may be lost, and
    /// the next step would stand alone and be kept: let go of the connection.
    pub fn undo_step(&mut self) -> Result<(), StoreError> {
        Ok(self.undo()?)
    }

    fn begin_as(&mut self, sqlite: &str, postgres: &str) -> Result<(), StoreError> {
        self.forget_if_too_many()?;
        match self {
            Self::Sqlite(connection) => AnsiTransactionManager::begin_transaction_sql(connection, sqlite)?,
            Self::Postgres(connection) => {
                AnsiTransactionManager::begin_transaction_sql(connection, postgres)?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => AnsiTransactionManager::commit_transaction(connection),
            Self::Postgres(connection) => AnsiTransactionManager::commit_transaction(connection),
        }
    }

    fn undo(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => AnsiTransactionManager::rollback_transaction(connection),
            Self::Postgres(connection) => AnsiTransactionManager::rollback_transaction(connection),
        }
    }
}

/// Undoes what is still open of a transaction when its caller returns or panics.
struct OpenTransaction<'d>(&'d mut Db);

impl Drop for OpenTransaction<'_> {
    fn drop(&mut self) {
        self.0.rollback();
    }
}
