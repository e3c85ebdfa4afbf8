//! Everything that touches a database: the only room with SQL.
//!
//! - [`db`]: a connection to either database, migrations, transactions.
//! - [`sql`], [`column`], [`table`]: how rows of the domain stand in tables, once for both.
//! - [`load`] and [`apply`]: the write path's two ends; [`head`]: its lock.
//! - [`tree`]: the Merkle tree over the journal, and its checkpoints.
//! - `counted`: what counts, in lists, totals and marks alike; [`marks`]: sums of it at places in the journal.
//! - [`read`]: what the API asks. [`verify`]: the journal replayed and compared.
//! - [`vault`]: what is sealed before it is stored.

pub mod account;
pub mod apply;
pub mod column;
mod counted;
pub mod db;
pub mod head;
pub mod idempotency;
pub mod load;
pub mod marks;
pub mod pool;
pub mod read;
mod rehearsal;
pub mod session;
pub mod sql;
pub mod table;
pub mod tree;
pub mod vault;
pub mod verify;

pub use db::{Db, DbUrl};
pub use pool::Pool;

/// What can go wrong with a database. Never shown to a client.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, or the connection was lost.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Two transactions got in each other's way; trying again may help.
    #[error("the database asks to try again: {0}")]
    Conflict(String),
    /// A commit's answer was lost, and so was the database: nobody can say yet whether it was taken.
    #[error("the database was lost during a commit")]
    Doubtful,
    /// A statement was refused.
    #[error("the database refused a statement: {0}")]
    Refused(diesel::result::Error),
    /// The store holds what this program never writes.
    #[error("the store holds something unexpected: {0}")]
    Corrupt(String),
    /// The schema is newer than this program, or a migration failed.
    #[error("the schema does not fit this program: {0}")]
    Schema(String),
    /// Something that is sealed could not be sealed or opened.
    #[error("the vault: {0}")]
    Vault(#[from] vault::VaultError),
    /// The database is held by another process, or the file cannot be used.
    #[error("{0}")]
    Unusable(String),
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt(what.into())
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        match &error {
            Error::DatabaseError(Kind::SerializationFailure, info) => {
                Self::Conflict(info.message().to_owned())
            }
            Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, info) => {
                Self::Unreachable(info.message().to_owned())
            }
            Error::DatabaseError(_, info) if info.message().contains("deadlock detected") => {
                Self::Conflict(info.message().to_owned())
            }
            Error::BrokenTransactionManager => Self::Unreachable(error.to_string()),
            _ => Self::Refused(error),
        }
    }
}
