//! A large database is read once while the service runs: to read all of it takes longer than a start may.

use super::health::Health;
use crate::store::{Db, DbUrl, StoreError};
use std::sync::Arc;

/// Has a thread of its own read the whole file. It ends with the process, in the middle of it if need be.
///
/// # Errors
///
/// Where the machine gives no thread.
pub fn start_checking_file(url: DbUrl, health: Arc<Health>) -> Result<(), StoreError> {
    let check = move || match Db::open(&url).and_then(|mut db| db.malformations()) {
        Ok(found) if found.is_empty() => tracing::info!("the database's file is whole"),
        Ok(found) => health.note_error(&StoreError::Malformed(found.join("; "))),
        Err(error) => {
            tracing::error!(%error, "the database's file could not be read to its end");
            health.note_error(&error);
        }
    };
    let spawned = std::thread::Builder::new().name("file-check".to_owned()).spawn(check);
    spawned.map(drop).map_err(|error| StoreError::Unusable(error.to_string()))
}
