//! What a backup says of itself: of which entry it is, and what its files must be.

use super::MANIFEST;
use crate::cli::words;
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::journal::TreeHash;
use crate::store::head::Head;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// The form of a backup.
pub const FORMAT: &str = "hourbook-backup-1";

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    /// The version of the program that made it.
    pub program: String,
    pub made_at: Timestamp,
    pub database: Kind,
    pub head: BackupHead,
    /// By what the keys are known that open it.
    pub keys: Vec<KeyName>,
    pub files: Vec<BackupFile>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// Where the journal ends in the backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupHead {
    pub seq: Seq,
    pub recorded_at: Timestamp,
    pub hash: TreeHash,
    pub root: TreeHash,
}

impl From<&Head> for BackupHead {
    fn from(head: &Head) -> Self {
        Self {
            seq: head.last_seq,
            recorded_at: head.last_recorded_at,
            hash: head.last_hash,
            root: head.tree.root(),
        }
    }
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyName {
    pub kind: String,
    pub check: String,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

impl BackupFile {
    /// What a file of the backup is now; it is on the disk afterwards.
    pub fn of(folder: &Path, name: &str) -> Result<Self, String> {
        let file = folder.join(name);
        digest(&file)
            .map(|(bytes, sha256)| Self { name: name.to_owned(), bytes, sha256 })
            .map_err(|error| format!("{}: {error}", file.display()))
    }
}

fn digest(file: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(file)?;
    file.sync_all()?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            return Ok((bytes, HEXLOWER.encode(&hash.finalize())));
        }
        hash.update(&buffer[..length]);
        bytes += length as u64;
    }
}

impl Manifest {
    /// Writes it, which makes the folder a backup.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let json = serde_json::to_string_pretty(self).map_err(words)?;
        let write = || {
            let mut file = File::create_new(folder.join(MANIFEST))?;
            writeln!(file, "{json}")?;
            file.sync_all()?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|error: io::Error| format!("{}: {error}", folder.join(MANIFEST).display()))
    }

    /// Reads the manifest of a backup whose files are all what it says.
    pub fn read_checked(folder: &Path) -> Result<Self, String> {
        let file = folder.join(MANIFEST);
        let in_file = |error: String| format!("{}: {error}", file.display());
        let text = fs::read_to_string(&file)
            .map_err(|error| in_file(format!("{error}: this is no backup, or one that was not finished")))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| in_file(words(error)))?;
        if manifest.format != FORMAT {
            return Err(in_file(format!("the form {} is not known to this program", manifest.format)));
        }
        for file in &manifest.files {
            let is_inside = Path::new(&file.name)
                .components()
                .all(|part| matches!(part, std::path::Component::Normal(_)));
            if !is_inside {
                return Err(in_file(format!("{} is no file of the backup", file.name)));
            }
            if BackupFile::of(folder, &file.name)? != *file {
                return Err(format!(
                    "{}: it is not the file that was backed up",
                    folder.join(&file.name).display()
                ));
            }
        }
        Ok(manifest)
    }
}
