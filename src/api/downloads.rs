//! How many exports may be under way at once.

use super::problem::ApiError;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Exports under way at once. Each holds a connection of the readers, and a snapshot.
const AT_ONCE: usize = 2;

/// Counts the exports under way.
#[derive(Clone, Debug)]
pub struct Downloads(Arc<Semaphore>);

impl Default for Downloads {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Downloads {
    /// Lets one more begin, if there is room; it ends when what is returned is dropped.
    pub fn admit(&self) -> Result<OwnedSemaphorePermit, ApiError> {
        self.0.clone().try_acquire_owned().map_err(|_| ApiError::Busy)
    }
}
