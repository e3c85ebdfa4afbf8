//! Everything that touches a database: the only room with SQL.
//!
//! - [`db`]: a connection to either database, migrations; `transaction`: how its transactions begin and end;
//!   [`pool`]: connections that are shared; [`prepared`]: how many statements each keeps.
//! - [`schema`]: every table; [`column`], [`table`]: how values and rows of the domain stand in them, once for
//!   both; [`sql`]: rows of whatever table, as text;
//!   [`named_sql`]: whole statements; `expression`: what diesel's query language lacks.
//! - [`load`] and [`apply`]: the write path's two ends; [`head`]: its lock; [`batch_seals`]: what shows that the
//!   service wrote it.
//! - [`tree`]: the Merkle tree over the journal, and its checkpoints.
//! - `counted`: what counts, in lists, totals and roll-ups alike; [`rollups`]: sums of it at places in the journal.
//! - [`read`]: what the API asks. [`verify`]: the journal replayed and compared.
//! - [`session`]: log-ins and their refresh tokens; [`session_file`]: where they are kept.
//! - `backup`: a copy of the database; [`restorations`]: when the ledger was put back from one.
//! - [`key_checks`]: which keys a ledger goes by.
//! - [`inbox`]: what people are told, and how far they have read.
//! - [`vault`]: what is sealed before it is stored; [`reseal`]: under another key; [`side_data`]: what stands beside the journal, held against what
//!   binds it.

pub mod account;
pub mod apply;
mod backup;
pub mod batch_seals;
pub mod column;
pub mod contradicted;
mod counted;
pub mod db;
mod erasure;
mod expression;
pub mod head;
pub mod idempotency;
pub mod inbox;
pub mod key_checks;
pub mod load;
mod migration;
pub mod named_sql;
mod person_row;
pub mod pool;
pub mod prepared;
pub mod read;
pub mod reseal;
pub mod restorations;
pub mod rollups;
pub mod schema;
pub mod sealing;
pub mod session;
pub mod session_file;
pub mod side_data;
pub mod sql;
pub mod table;
mod transaction;
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
    /// The disk has no room, or fails.
    #[error("the database cannot keep anything: {0}")]
    NoRoom(String),
    /// SQLite's file is not what SQLite wrote.
    #[error("the database is malformed: {0}: restore a backup (hourbook restore)")]
    Malformed(String),
    /// A rule panicked; nothing of it was kept.
    #[error("a rule ended in a panic")]
    Panicked,
    /// A commit's answer was lost, and so was the database: nobody can say yet whether it was taken.
    #[error("the database was lost during a commit")]
    Doubtful,
    /// Somebody else than the service has written to the journal, or taken from it.
    #[error("the journal is not as the service left it: {0}")]
    Unsealed(String),
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
    /// The keys at hand are not the ledger's.
    #[error(transparent)]
    WrongKey(#[from] key_checks::KeyFault),
    /// The database is held by another process, or the file cannot be used.
    #[error("{0}")]
    Unusable(String),
}

impl StoreError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt(what.into())
    }

    /// A word of this program as the type that is kept.
    pub(crate) fn literal<T: std::str::FromStr>(word: &'static str) -> Result<T, Self> {
        word.parse().map_err(|_| Self::corrupt(format!("{word:?} is not of its type")))
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        let Error::DatabaseError(kind, info) = &error else {
            return match error {
                Error::BrokenTransactionManager => Self::Unreachable(error.to_string()),
                Error::RollbackErrorOnCommit { commit_error, .. } => Self::from(*commit_error),
                Error::DeserializationError(what) => match what.downcast() {
                    Ok(own) => *own,
                    Err(what) => Self::Corrupt(what.to_string()),
                },
                _ => Self::Refused(error),
            };
        };
        let message = info.message();
        let says = |words: &[&str]| words.iter().any(|words| message.contains(words));
        match kind {
            // A server that only reads is a standby: another is the one to write to, or will be.
            Kind::ClosedConnection | Kind::UnableToSendCommand | Kind::ReadOnlyTransaction => {
                Self::Unreachable(message.to_owned())
            }
            Kind::SerializationFailure => Self::Conflict(message.to_owned()),
            Kind::Unknown if says(TRY_AGAIN) => Self::Conflict(message.to_owned()),
            Kind::Unknown if says(MALFORMED) => Self::Malformed(message.to_owned()),
            Kind::Unknown if says(NO_ROOM) => Self::NoRoom(message.to_owned()),
            _ => Self::Refused(error),
        }
    }
}

/// What the databases say where diesel tells no kind apart, and trying again may help. A server that speaks
/// another language is not understood: what it refuses is then tried again in pieces.
const TRY_AGAIN: &[&str] = &[
    "database is locked",
    "database table is locked",
    "deadlock detected",
    "canceling statement due to",
    "terminating connection due to",
];

/// What they say where nothing can be kept, for any request.
const NO_ROOM: &[&str] = &[
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "No space left on device",
];

/// What SQLite says of a file that is not what it wrote.
const MALFORMED: &[&str] =
    &["database disk image is malformed", "file is not a database", "malformed database schema"];

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::result::{DatabaseErrorKind as Kind, Error};

    fn of(kind: Kind, message: &str) -> StoreError {
        Error::DatabaseError(kind, Box::new(message.to_owned())).into()
    }

    #[test]
    fn what_passes_is_told_from_what_does_not() {
        let deadlock = of(Kind::Unknown, "deadlock detected");
        assert!(matches!(deadlock, StoreError::Conflict(_)), "{deadlock}");
        let waited = of(Kind::Unknown, "canceling statement due to lock timeout");
        assert!(matches!(waited, StoreError::Conflict(_)), "{waited}");
        let standby = of(Kind::ReadOnlyTransaction, "cannot execute UPDATE in a read-only transaction");
        assert!(matches!(standby, StoreError::Unreachable(_)), "{standby}");
        let full = of(Kind::Unknown, "could not extend file \"base/5/1\": No space left on device");
        assert!(matches!(full, StoreError::NoRoom(_)), "{full}");
        let ours = of(Kind::Unknown, "the entry does not balance");
        assert!(matches!(ours, StoreError::Refused(_)), "{ours}");
        let torn = of(Kind::Unknown, "database disk image is malformed");
        assert!(matches!(torn, StoreError::Malformed(_)), "{torn}");
        // Whatever stands in a value of ours is no message of the database's.
        let check = of(Kind::CheckViolation, "disk I/O error");
        assert!(matches!(check, StoreError::Refused(_)), "{check}");
    }
}
