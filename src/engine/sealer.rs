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
use crate::journal::{LogKeys, TreeHead, open_checkpoint};
use crate::store::contradicted::begins_with;
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
    #[error("the journal does not begin with the {signed_size} entries that were signed before")]
    Rewritten { signed_size: u64 },
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
            Self::Rewritten { .. } | Self::Memory { .. } => true,
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

    /// Signs the tree as it stands, if it has grown; whether it had.
    pub fn seal(&mut self, checkpoints: &Pool, clock: &dyn Clock) -> Result<bool, SealError> {
        let (last, vault) = (self.last, &self.vault);
        let found = checkpoints.read(|db| db.snapshot(|db| grown_since(db, vault, last)))?;
        let head = match found {
            Found::Same => return Ok(false),
            Found::Grown(head) => head,
            Found::Rewritten { signed_size } => return Err(SealError::Rewritten { signed_size }),
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
    Rewritten { signed_size: u64 },
}

/// Holds the tree against what was signed here and what was signed anywhere.
fn grown_since(db: &mut Db, vault: &Vault, remembered: Option<TreeHead>) -> Result<Found, StoreError> {
    let head = head::read(db)?;
    batch_seals::standing(db, vault, &head)?;
    let now = TreeHead { size: head.tree.size(), root: head.tree.root() };
    let published = tree::latest_checkpoint(db)?.map(|checkpoint| checkpoint.head);
    for signed in remembered.iter().chain(&published) {
        if !begins_with(db, now, *signed)? {
            return Ok(Found::Rewritten { signed_size: signed.size });
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
    let mut round = move || match seal.seal(&checkpoints, clock.as_ref()) {
        Ok(_) => {
            health.is_well(Part::Sealer);
            health.is_well(Part::Signed);
        }
        Err(error) => {
            tracing::error!(%error, "the journal was not signed");
            if let SealError::Rewritten { .. } = error {
                health.is_unwell(Part::Signed, error.to_string());
            } else if error.is_lasting() {
                health.is_unwell(Part::Sealer, error.to_string());
            }
        }
    };
    // Before anything is written: it must not be on a journal that lacks what was signed.
    round();
    PeriodicTask::start("sealer", interval, round)
}
