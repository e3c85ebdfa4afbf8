//! `hourbook witness`: run now and then on another's machine, it sees to it that a log only grows.
//!
//! Who has the database, the data folder and the key can put the ledger back, or show different people different
//! journals. Somebody else's memory shows it.

use super::client::Client;
use super::secrets::{public_keys, random, read_or_make};
use super::{CliResult, words};
use crate::engine::{Clock, SystemClock};
use crate::journal::{Cosigner, LogVerifier, TreeHash, TreeHead, is_consistent, open_checkpoint};
use clap::Args;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct Witness {
    /// Address of the service, as `https://hours.example.org`
    url: String,

    /// Public keys of its log, one a line, as the bureau published them
    #[arg(long, value_name = "FILE")]
    log_keys_file: PathBuf,

    /// Folder of the witness: its key, the last checkpoint that it cosigned, and what contradicted that
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,

    /// Name of the witness for a new key, unique in the world
    #[arg(long, value_name = "HOST/PATH")]
    name: Option<String>,
}

/// The last checkpoint, cosigned: what others may fetch.
const CHECKPOINT: &str = "checkpoint";
const KEY: &str = "witness-key";
const PUBLIC_KEY: &str = "witness-key.pub";

/// What became of a look at the log.
enum Seen {
    /// It goes on from what was seen last.
    Grown,
    /// It contradicts it, and how.
    Contradicts(String),
}

impl Witness {
    pub fn run(self) -> CliResult {
        fs::create_dir_all(&self.to).map_err(|error| self.in_folder("", error))?;
        let lock = File::create(self.to.join("lock")).map_err(|error| self.in_folder("lock", error))?;
        lock.try_lock().map_err(|_| format!("{}: another witness is at work there", self.to.display()))?;
        let cosigner = self.cosigner()?;
        let keys = public_keys(&self.to, Some(&self.log_keys_file))?;
        let service = Client::new(&self.url, None)?;
        let kept = self.kept(&keys)?;
        let note = service.text("/log/checkpoint")?;
        let seen = match open_checkpoint(&note, &keys) {
            Ok(now) => match kept {
                Some((_, before)) => compare(&service, before, now)?,
                None => Seen::Grown,
            },
            Err(error) => Seen::Contradicts(error.to_string()),
        };
        match seen {
            Seen::Grown => {
                let seconds = SystemClock.now().as_micros().unsigned_abs() / 1_000_000;
                let cosigned = cosigner.cosign(&note, seconds).map_err(words)?;
                write_whole(&self.to, CHECKPOINT, &cosigned)
                    .map_err(|error| self.in_folder(CHECKPOINT, error))?;
                let size = note.lines().nth(1).unwrap_or_default();
                let before = kept.map_or("the first that was seen".to_owned(), |(_, before)| {
                    format!("goes on from the {} that were seen before", before.size)
                });
                println!("cosigned: {size} entries, {before}");
                Ok(ExitCode::SUCCESS)
            }
            Seen::Contradicts(why) => {
                let evidence = self.keep_evidence(kept.as_ref().map(|(note, _)| note.as_str()), &note)?;
                println!("CONTRADICTION: {why}; both checkpoints are kept in {}", evidence.display());
                Ok(ExitCode::FAILURE)
            }
        }
    }

    /// The witness's key, made where there is none.
    fn cosigner(&self) -> Result<Cosigner, String> {
        let file = self.to.join(KEY);
        let text = read_or_make(&file, "HOURBOOK_WITNESS_KEY", true, || {
            let name = self.name.as_ref().ok_or("a new witness needs a --name")?;
            Cosigner::private_text(name, &random()?).map_err(words)
        })?;
        let cosigner = Cosigner::parse(&text).map_err(|error| self.in_folder(KEY, error))?;
        let public = format!("{}\n", cosigner.verifier());
        fs::write(self.to.join(PUBLIC_KEY), public).map_err(|error| self.in_folder(PUBLIC_KEY, error))?;
        Ok(cosigner)
    }

    /// What was cosigned last.
    fn kept(&self, keys: &[LogVerifier]) -> Result<Option<(String, TreeHead)>, String> {
        let note = match fs::read_to_string(self.to.join(CHECKPOINT)) {
            Ok(note) => note,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.in_folder(CHECKPOINT, error)),
        };
        let head = open_checkpoint(&note, keys).map_err(|error| self.in_folder(CHECKPOINT, error))?;
        Ok(Some((note, head)))
    }

    /// A folder with both checkpoints: they bear the log's own signatures, and anybody can see that they do not fit.
    fn keep_evidence(&self, kept: Option<&str>, seen: &str) -> Result<PathBuf, String> {
        let size = |note: &str| {
            let size = note.lines().nth(1).unwrap_or_default();
            if size.parse::<u64>().is_ok() { size.to_owned() } else { "unreadable".to_owned() }
        };
        let name = format!("contradiction-{}-{}", kept.map_or("nothing".to_owned(), size), size(seen));
        let folder = self.to.join(&name);
        let write = || {
            fs::create_dir_all(&folder)?;
            if let Some(kept) = kept {
                write_whole(&folder, "kept", kept)?;
            }
            write_whole(&folder, "seen", seen)
        };
        write().map_err(|error| self.in_folder(&name, error))?;
        Ok(folder)
    }

    fn in_folder(&self, name: &str, error: impl std::fmt::Display) -> String {
        format!("{}: {error}", self.to.join(name).display())
    }
}

/// Proof that a tree begins with an earlier one, as the service gives it.
#[derive(Deserialize)]
struct Consistency {
    path: Vec<TreeHash>,
}

/// Whether the tree goes on from the one before.
fn compare(service: &Client, before: TreeHead, now: TreeHead) -> Result<Seen, String> {
    if now.size < before.size {
        let (now, before) = (now.size, before.size);
        return Ok(Seen::Contradicts(format!("{before} entries were signed, and now only {now} are there")));
    }
    let path = if now.size == before.size {
        Vec::new()
    } else {
        let asked = format!("/v1/journal/consistency?from_size={}&to_size={}", before.size, now.size);
        service.json::<Consistency>(&asked)?.path
    };
    Ok(if is_consistent(before, now, &path) {
        Seen::Grown
    } else {
        let (now, before) = (now.size, before.size);
        Seen::Contradicts(format!("the tree of {now} entries does not begin with that of {before}"))
    })
}

/// Puts a file in the place of the one before: either is whole whatever happens.
fn write_whole(folder: &Path, name: &str, content: &str) -> std::io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    let mut file = File::create(&new)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, folder.join(name))?;
    File::open(folder)?.sync_all()
}
