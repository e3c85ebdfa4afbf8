//! Where golden files are: a folder a set, each made by one program and never made again.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of one program.
pub struct Set(pub PathBuf);

/// What is needed to ask a golden ledger as it was asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Facts {
    /// What time it was last.
    pub now: String,
    /// Entries in the journal.
    pub entries: i64,
    /// The root of the tree over them.
    pub root: String,
    /// Checkpoints that were signed.
    pub checkpoints: u64,
    pub admin: super::transcript::Caller,
    pub login: String,
    pub password: String,
    /// Of that login, not used yet.
    pub refresh_token: String,
    /// Signed with the set's token key.
    pub access_token: String,
    /// A redemption that waits to be picked up, and the code for it.
    pub held_redemption: String,
    pub pickup_code: String,
    /// A record that waits to be credited, by another than who entered it.
    pub submitted_record: String,
}

/// All sets, the oldest first.
pub fn sets() -> Vec<Set> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = inside.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders.into_iter().map(Set).collect()
}

/// The lines of this file in all sets that have it; there must be some.
pub fn lines_of_all(file: &str) -> Vec<String> {
    let lines: Vec<String> = sets().iter().flat_map(|set| set.lines(file)).collect();
    assert!(!lines.is_empty(), "no golden {file}");
    lines
}

impl Set {
    pub fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    /// A set may hold single lines of some files, and no ledger.
    pub fn has(&self, file: &str) -> bool {
        self.path(file).exists()
    }

    pub fn text(&self, file: &str) -> String {
        let path = self.path(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub fn lines(&self, file: &str) -> Vec<String> {
        if self.has(file) { self.text(file).lines().map(str::to_owned).collect() } else { Vec::new() }
    }

    /// A file of one JSON value a line.
    pub fn values<T: DeserializeOwned>(&self, file: &str) -> Vec<T> {
        self.lines(file).iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    pub fn facts(&self) -> Facts {
        serde_json::from_str(&self.text("facts.json")).unwrap()
    }
}
