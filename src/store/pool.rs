//! Connections for readers, and one for sessions. The ledger's writer has one of its own.

use super::StoreError;
use super::db::{Db, DbUrl};
use diesel::r2d2::ManageConnection;

/// A bounded pool of reading connections.
#[derive(Clone, Debug)]
pub struct Pool(r2d2::Pool<Manager>);

#[derive(Debug)]
struct Manager {
    url: DbUrl,
    may_write: bool,
}

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = StoreError;

    fn connect(&self) -> Result<Db, StoreError> {
        let mut db = Db::open(&self.url)?;
        match &db {
            Db::Sqlite(_) if !self.may_write => db.batch("PRAGMA query_only = ON")?,
            Db::Sqlite(_) | Db::Postgres(_) => {}
        }
        Ok(db)
    }

    fn is_valid(&self, db: &mut Db) -> Result<(), StoreError> {
        db.ping()
    }

    /// A thread that panicked may have been interrupted anywhere, and the next one must begin with no transaction open.
    fn has_broken(&self, db: &mut Db) -> bool {
        std::thread::panicking() || db.has_open_transaction()
    }
}

impl Pool {
    /// At most `size` reading connections, opened as they are needed.
    pub fn new(url: &DbUrl, size: u32) -> Result<Self, StoreError> {
        Self::build(url, size, false)
    }

    /// One connection for the few writes beside the write path.
    pub fn writing(url: &DbUrl) -> Result<Self, StoreError> {
        Self::build(url, 1, true)
    }

    /// Several, where the database lets several write at once.
    pub(super) fn writing_at_once(url: &DbUrl, size: u32) -> Result<Self, StoreError> {
        Self::build(url, size, true)
    }

    fn build(url: &DbUrl, size: u32, may_write: bool) -> Result<Self, StoreError> {
        r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(std::time::Duration::from_secs(5))
            .test_on_check_out(matches!(url, DbUrl::Postgres(_)))
            .build(Manager { url: url.clone(), may_write })
            .map(Self)
            .map_err(|error| StoreError::Unreachable(error.to_string()))
    }

    /// Reads with a connection of the pool. Blocks: call it off the async threads.
    pub fn read<T>(&self, read: impl FnOnce(&mut Db) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut db = self.0.get().map_err(|error| StoreError::Unreachable(error.to_string()))?;
        db.forget_if_too_many()?;
        read(&mut db)
    }
}
