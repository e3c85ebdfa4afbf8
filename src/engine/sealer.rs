//! Checkpoints by themselves: while the journal grows, its tree is signed every few seconds.
//!
//! The sealer does not trust the database that it signs for. It keeps the last checkpoint that it signed
//! apart from it, and signs a later tree only where that begins with the one it signed: who rewrites the
//! journal gets no signature for it, and cannot do so unseen.

use super::periodic_task::PeriodicTask;
use super::writer::Clock;
use crate::journal::{LogKeys, TreeHead, is_consistent, open_checkpoint};
use crate::store::tree::{self, Checkpoint};
use crate::store::{Db, Pool, StoreError};
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

/// Signs the tree as it grows.
#[derive(Debug)]
pub struct Seal {
    keys: Arc<LogKeys>,
    /// The file with the last checkpoint that was signed here, apart from the database.
    memory: PathBuf,
    last: Option<TreeHead>,
}

impl Seal {
    /// With these keys, going on from what the file remembers.
    pub fn new(keys: Arc<LogKeys>, memory: PathBuf) -> Result<Self, SealError> {
        let last = recall(&memory, &keys)?;
        Ok(Self { keys, memory, last })
    }

    /// Signs the tree as it stands, if it has grown; whether it had.
    pub fn seal(&mut self, checkpoints: &Pool, clock: &dyn Clock) -> Result<bool, SealError> {
        let last = self.last;
        let found = checkpoints.read(|db| db.snapshot(|db| grown_since(db, last)))?;
        let head = match found {
            Found::Same => return Ok(false),
            Found::Grown(head) => head,
            Found::Rewritten { signed_size } => return Err(SealError::Rewritten { signed_size }),
        };
        let note = self.keys.sign(head);
        // Remembered first: what is not remembered is never given out.
        remember(&self.memory, &note)?;
        self.last = Some(head);
        let checkpoint = Checkpoint { head, signed_at: clock.now(), note };
        checkpoints.read(|db| tree::keep_checkpoint(db, &checkpoint))?;
        Ok(true)
    }
}

enum Found {
    Same,
    Grown(TreeHead),
    Rewritten { signed_size: u64 },
}

fn grown_since(db: &mut Db, last: Option<TreeHead>) -> Result<Found, StoreError> {
    let now = crate::store::head::read(db)?.tree;
    let now = TreeHead { size: now.size(), root: now.root() };
    let Some(last) = last else {
        return Ok(if now.size == 0 { Found::Same } else { Found::Grown(now) });
    };
    if last == now {
        let is_kept = tree::checkpoint_from(db, now.size)?.is_some();
        return Ok(if is_kept { Found::Same } else { Found::Grown(now) });
    }
    let path = tree::consistency(db, last.size, now.size)?;
    let begins_with_it = path.is_some_and(|path| is_consistent(last, now, &path));
    Ok(if begins_with_it { Found::Grown(now) } else { Found::Rewritten { signed_size: last.size } })
}

fn recall(memory: &Path, keys: &LogKeys) -> Result<Option<TreeHead>, SealError> {
    let wrong = |reason: String| SealError::Memory { path: memory.to_owned(), reason };
    match std::fs::read_to_string(memory) {
        Ok(note) => {
            open_checkpoint(&note, &keys.verifiers()).map(Some).map_err(|error| wrong(error.to_string()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(error.to_string())),
    }
}

/// Puts the note in the place of the one before, whole or not at all, and on the disk.
fn remember(memory: &Path, note: &str) -> Result<(), SealError> {
    let new = memory.with_extension("new");
    let write = || {
        let mut file = File::create(&new)?;
        file.write_all(note.as_bytes())?;
        // A name that is on the disk before what it names would stand for nothing after a loss of power.
        file.sync_all()?;
        std::fs::rename(&new, memory)?;
        let folder = memory.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all())
    };
    write().map_err(|error| SealError::Memory { path: memory.to_owned(), reason: error.to_string() })
}

/// Seals at once and then every `interval`. `checkpoints` are connections that may write.
pub fn start_sealing(
    mut seal: Seal,
    checkpoints: Pool,
    clock: Arc<dyn Clock>,
    interval: Duration,
) -> Result<PeriodicTask, StoreError> {
    PeriodicTask::start("sealer", interval, move || {
        if let Err(error) = seal.seal(&checkpoints, clock.as_ref()) {
            tracing::error!(%error, "the journal was not signed");
        }
    })
}
