//! Whether the ledger can be trusted as it stands: what its parts found, for who asks whether it is ready.

use crate::domain::finding::DifferingRow;
use crate::domain::ids::Seq;
use crate::store::StoreError;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use strum::{IntoStaticStr, VariantArray};

/// Who looks at the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Part {
    /// Builds only on what the service left.
    Writer,
    /// Signs only what the service left and what goes on from what was signed.
    Sealer,
    /// What was signed, which the journal must contain: nothing is written to one that does not.
    Signed,
    /// Recomputes what follows from the journal, piece by piece.
    Verifier,
    /// Ends what time has brought to its end.
    Sweeper,
    /// Forgets sessions that are over, and hears of those that were ended elsewhere.
    Sessions,
    /// The database's file, which must be what the database wrote.
    Database,
    /// The disk, which must have room.
    Disk,
}

impl Part {
    /// Whether what it finds puts the journal in doubt; the others stand in the way of work.
    #[must_use]
    pub const fn judges_journal(self) -> bool {
        match self {
            Self::Writer | Self::Sealer | Self::Signed | Self::Verifier => true,
            Self::Sweeper | Self::Sessions | Self::Database | Self::Disk => false,
        }
    }
}

/// How far the service has come in verifying itself, and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelfVerification {
    /// The last entry up to which the journal was recomputed: in this pass, or at the end of the last.
    pub up_to: Seq,
    /// Whole passes since the process began.
    pub passes: u64,
    /// Differences in this pass so far; before it finds any, those of the last.
    pub differences: u64,
    /// Whom the first of them concern.
    pub rows: Vec<DifferingRow>,
}

/// What each part found last, where that is not well.
#[derive(Debug, Default)]
pub struct Health {
    found: Mutex<BTreeMap<Part, String>>,
    verification: Mutex<SelfVerification>,
}

impl Health {
    /// A part has found nothing wrong.
    pub fn is_well(&self, part: Part) {
        self.found().remove(&part);
    }

    /// A part has found something wrong; whether that is new.
    pub fn is_unwell(&self, part: Part, why: String) -> bool {
        let mut found = self.found();
        let is_new = found.get(&part) != Some(&why);
        found.insert(part, why);
        is_new
    }

    /// What this part found.
    pub(super) fn complaint_of(&self, part: Part) -> Option<String> {
        self.found().get(&part).cloned()
    }

    /// What is wrong, in words, by who found it.
    #[must_use]
    pub fn complaints(&self) -> BTreeMap<Part, String> {
        self.found().clone()
    }

    /// Tells what an error of the store says of database and disk.
    pub fn note_error(&self, error: &StoreError) {
        match error {
            // It stays until the service is started on another file.
            StoreError::Malformed(found) => {
                tracing::error!(found, "the database is malformed");
                self.is_unwell(Part::Database, "the database is malformed: restore a backup".to_owned());
            }
            StoreError::NoRoom(_) => {
                let why = "the disk has no room, or fails: nothing can be kept".to_owned();
                self.is_unwell(Part::Disk, why);
            }
            _ => {}
        }
    }

    /// How far the service has come in verifying itself.
    #[must_use]
    pub fn verification(&self) -> SelfVerification {
        whole(&self.verification).clone()
    }

    /// Tells how far the verifier has come.
    pub(super) fn tell(&self, change: impl FnOnce(&mut SelfVerification)) {
        change(&mut whole(&self.verification));
    }

    fn found(&self) -> MutexGuard<'_, BTreeMap<Part, String>> {
        whole(&self.found)
    }
}

/// What was found stays true where a thread panicked.
fn whole<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
