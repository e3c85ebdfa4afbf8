//! Which sessions were ended while access tokens of theirs may live: asked at each request, and so held in memory.

use crate::domain::time::Timestamp;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Sessions that were ended lately, by their family.
#[derive(Debug, Default)]
pub struct EndedSessions(RwLock<HashMap<[u8; 16], Timestamp>>);

impl EndedSessions {
    /// Whether this session was ended.
    #[must_use]
    pub fn contains(&self, family: &[u8; 16]) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(family)
    }

    /// Notes a session that was ended.
    pub fn note(&self, family: [u8; 16], ended_at: Timestamp) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(family, ended_at);
    }

    /// Forgets those that were ended before: no token of theirs lives.
    pub(super) fn forget(&self, before: Timestamp) {
        let mut ended = self.0.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, ended_at| *ended_at >= before);
    }
}
