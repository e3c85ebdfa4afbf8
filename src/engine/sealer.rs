//! Checkpoints by themselves: while the journal grows, its tree is signed every few seconds.
//!
//! The sealer does not trust the database that it signs for. It signs only a head that bears the seal of the
//! service's last batch. It keeps the last checkpoint that it signed apart from the database, and signs a later
//! tree only where that begins with the one it signed, and with the last one that stands in the database,
//! whichever replica signed that: who rewrites the journal gets no signature for it, and cannot do so unseen.
//! What it signs a later commit of its own has carried, so that a standby that takes over has it, too.

use super::health::{Health, Part};
use super::periodic_task::PeriodicTask;
use super::writer::Clock;
use crate::domain::ids::Seq;
use crate::journal::{LogKeys, TreeHead, open_checkpoint};
use crate::store::contradicted::begins_with;
use crate::store::restorations::{self, Restoration};
use crate::store::tree::{self, Checkpoint};
use crate::store::vault::Vault;
use crate::store::{Db, Pool, StoreError, batch_seals, head};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Why a tree was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The journal does not begin with what was signed before: somebody has rewritten it, or another
    /// database was put in its place.
    #[error(
        "the journal, of {size} entries, does not begin with the {signed_size} that were signed before: it was rewritten, an \
         older database was put in its place, or its log (the file that ends in -wal) was lost"
    )]
    Rewritten { signed_size: u64, size: u64 },
    /// The ledger was put back from a backup, which does not know what was signed after it.
    #[error(
        "the ledger was restored from a backup of {last_seq} entries, and nobody has said yet what was signed since: \
         hourbook log restart"
    )]
    Restored { last_seq: Seq },
    /// The note of what was signed last cannot be read or written, or is not ours.
    #[error("{}: {reason}", path.display())]
    Memory { path: PathBuf, reason: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SealError {
    /// Whether it stays until somebody does something about it; a database that does not answer may come back.
    const fn is_lasting(&self) -> bool {
        match self {
            Self::Rewritten { .. } | Self::Restored { .. } | Self::Memory { .. } => true,
            Self::Store(error) => matches!(error, StoreError::Unsealed(_) | StoreError::Corrupt(_)),
        }
    }
}

/// Signs the tree as it grows.
#[derive(Debug)]
pub struct Seal {
    keys: Arc<LogKeys>,
    vault: Arc<Vault>,
    /// The file with the last checkpoint that was signed here, apart from the database.
    memory: PathBuf,
    last: Option<TreeHead>,
}

impl Seal {
    /// With these keys, going on from what the file remembers.
    pub fn new(keys: Arc<LogKeys>, vault: Arc<Vault>, memory: PathBuf) -> Result<Self, SealError> {
        let last = recall(&memory, &keys)?;
        Ok(Self { keys, vault, memory, last })
    }

    /// Holds the ledger against what was signed, and signs nothing: nothing is written to one that lacks some of it.
    pub fn hold(&self, readers: &Pool, health: &Health) -> Result<(), StoreError> {
        let (last, vault) = (self.last, &self.vault);
        match readers.read(|db| db.snapshot(|db| grown_since(db, vault, last))) {
            Ok(Found::Contradicted(error)) => {
                health.is_unwell(Part::Signed, error.to_string());
                Ok(())
            }
            // The writer looks at the seal for itself.
            Ok(Found::Same | Found::Grown(_)) | Err(StoreError::Unsealed(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Signs the tree as it stands, if it has grown; whether it had.
    pub fn seal(&mut self, checkpoints: &Pool, clock: &dyn Clock) -> Result<bool, SealError> {
        let (last, vault) = (self.last, &self.vault);
        let found = checkpoints.read(|db| db.snapshot(|db| grown_since(db, vault, last)))?;
        let head = match found {
            Found::Same => return Ok(false),
            Found::Grown(head) => head,
            Found::Contradicted(error) => return Err(error),
        };
        checkpoints.read(|db| tree::carry(db, head.size))?;
        let note = self.keys.sign(head);
        // Remembered first: what is not remembered is never given out. It gets its name once it is.
        remember(&self.memory, &note)?;
        self.last = Some(head);
        let (checkpoint, vault) = (Checkpoint::new(head, clock.now(), note), &self.vault);
        checkpoints.read(|db| tree::keep_checkpoint(db, vault, checkpoint))?;
        name_memory(&self.memory)?;
        Ok(true)
    }
}

enum Found {
    Same,
    Grown(TreeHead),
    /// It lacks what was signed, or may do so.
    Contradicted(SealError),
}

/// Holds the tree against what was signed here and what was signed anywhere.
fn grown_since(db: &mut Db, vault: &Vault, remembered: Option<TreeHead>) -> Result<Found, StoreError> {
    let head = head::read(db)?;
    batch_seals::standing(db, vault, &head)?;
    if let Some(Restoration { last_seq, .. }) = restorations::unanswered(db)? {
        return Ok(Found::Contradicted(SealError::Restored { last_seq }));
    }
    let now = TreeHead { size: head.tree.size(), root: head.tree.root() };
    let published = tree::latest_checkpoint(db)?.map(|checkpoint| checkpoint.head);
    for signed in remembered.iter().chain(&published) {
        if !begins_with(db, now, *signed)? {
            let signed_size = signed.size;
            return Ok(Found::Contradicted(SealError::Rewritten { signed_size, size: now.size }));
        }
    }
    let is_signed = now.size == 0 || published == Some(now);
    Ok(if is_signed { Found::Same } else { Found::Grown(now) })
}

/// What was signed last: the larger of what has its name, and of what was to get it. What was not written to its
/// end was not given out.
fn recall(memory: &Path, keys: &LogKeys) -> Result<Option<TreeHead>, SealError> {
    let wrong = |reason: String| SealError::Memory { path: memory.to_owned(), reason };
    let named = match std::fs::read_to_string(memory) {
        Ok(note) => {
            Some(open_checkpoint(&note, &keys.verifiers()).map_err(|error| wrong(error.to_string()))?)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(wrong(error.to_string())),
    };
    let new = std::fs::read_to_string(without_name(memory)).ok();
    let new = new.and_then(|note| open_checkpoint(&note, &keys.verifiers()).ok());
    Ok(named.into_iter().chain(new).max_by_key(|head| head.size))
}

fn without_name(memory: &Path) -> PathBuf {
    memory.with_extension("new")
}

/// Puts the note on the disk, beside the one before.
fn remember(memory: &Path, note: &str) -> Result<(), SealError> {
    let write = || {
        let mut file = File::create(without_name(memory))?;
        file.write_all(note.as_bytes())?;
        // A name that is on the disk before what it names would stand for nothing after a loss of power.
        file.sync_all()?;
        sync_folder(memory)
    };
    write().map_err(|error| SealError::Memory { path: memory.to_owned(), reason: error.to_string() })
}

/// Puts the note in the place of the one before.
fn name_memory(memory: &Path) -> Result<(), SealError> {
    let rename = || {
        std::fs::rename(without_name(memory), memory)?;
        sync_folder(memory)
    };
    rename().map_err(|error| SealError::Memory { path: memory.to_owned(), reason: error.to_string() })
}

fn sync_folder(memory: &Path) -> std::io::Result<()> {
    let folder = memory.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all())
}

/// Seals at once and then every `interval`. `checkpoints` are connections that may write.
pub fn start_sealing(
    mut seal: Seal,
    checkpoints: Pool,
    clock: Arc<dyn Clock>,
    health: Arc<Health>,
    interval: Duration,
) -> Result<PeriodicTask, StoreError> {
    let watched = health.clone();
    let mut round = move || {
        // Who may not be given work does not find out by work that there is room again.
        if health.complaint_of(Part::Disk).is_some() && checkpoints.read(tree::write_anything).is_ok() {
            health.is_well(Part::Disk);
        }
        match seal.seal(&checkpoints, clock.as_ref()) {
            Ok(_) => {
                health.is_well(Part::Sealer);
                health.is_well(Part::Signed);
            }
            Err(error) => {
                tracing::error!(%error, "the journal was not signed");
                if let SealError::Store(error) = &error {
                    health.note_error(error);
                }
                if let SealError::Rewritten { .. } | SealError::Restored { .. } = error {
                    health.is_unwell(Part::Signed, error.to_string());
                } else if error.is_lasting() {
                    health.is_unwell(Part::Sealer, error.to_string());
                }
            }
        }
    };
    // Before anything is written: it must not be on a journal that lacks what was signed.
    round();
    PeriodicTask::start((Part::Sealer, watched), interval, round)
}
