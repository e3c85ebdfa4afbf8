//! Whether the ledger can be trusted as it stands: what its parts found, for who asks whether it is ready.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Who looks at the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Builds only on what the service left.
    Writer,
    /// Signs only what the service left and what goes on from what was signed.
    Sealer,
}

/// What each part found last, where that is not well.
#[derive(Debug, Default)]
pub struct Health(Mutex<BTreeMap<Part, String>>);

impl Health {
    /// A part has found nothing wrong.
    pub fn is_well(&self, part: Part) {
        self.found().remove(&part);
    }

    /// A part has found something wrong, and works no further.
    pub fn is_unwell(&self, part: Part, why: String) {
        self.found().insert(part, why);
    }

    /// What is wrong, in words; none if nothing is.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let found = self.found();
        (!found.is_empty()).then(|| found.values().cloned().collect::<Vec<_>>().join("; "))
    }

    fn found(&self) -> std::sync::MutexGuard<'_, BTreeMap<Part, String>> {
        // What was found stays true where a thread panicked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
