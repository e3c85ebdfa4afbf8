//! The folder that proves a unit's totals to anybody who has it (docs/PROOF.md), and its check.

use crate::domain::ids::UnitId;
use crate::journal::{Audit, AuditError, LogVerifier, TreeHash, TreeHead, is_consistent, open_checkpoint};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

pub const MANIFEST: &str = "manifest.json";
pub const ENTRIES: &str = "entries.ndjson";
pub const CHECKPOINT: &str = "checkpoint";
pub const MINUTES: &str = "minutes.csv";
pub const POINTS: &str = "points.csv";
/// Beside them, for people: what the folder is, and the check as a script.
pub const HOW_TO: (&str, &str) = ("HOWTO.md", include_str!("bundle/HOWTO.md"));
pub const SCRIPT: (&str, &str) = ("verify_bundle.py", include_str!("bundle/verify_bundle.py"));

/// The form of the folder.
pub const FORMAT: u8 = 1;

/// What the folder says that it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u8,
    /// The totals are of this unit and those under it.
    pub unit: UnitId,
    /// The tree over the entries of the folder, which are all up to the one as of which it is.
    pub tree: Tree,
    /// The tree that was signed.
    pub signed: Tree,
    /// Proof that the signed tree begins with the entries of the folder (RFC 9162, section 2.1.4).
    pub consistency: Vec<TreeHash>,
    /// The public keys of the log, as the service that wrote the folder has them.
    pub verifiers: Vec<String>,
}

/// A tree over the journal's first entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    pub size: u64,
    pub root: TreeHash,
}

impl From<TreeHead> for Tree {
    fn from(TreeHead { size, root }: TreeHead) -> Self {
        Self { size, root }
    }
}

impl From<Tree> for TreeHead {
    fn from(Tree { size, root }: Tree) -> Self {
        Self { size, root }
    }
}

/// Recomputes everything that the folder says from its entries. `keys` are those that the reader trusts;
/// without any, those of the folder are taken, which prove only that it is whole.
pub fn check(folder: &Path, keys: &[LogVerifier]) -> Result<Manifest, AuditError> {
    let manifest = read(folder, MANIFEST)?;
    let manifest: Manifest =
        serde_json::from_str(&manifest).map_err(|_| AuditError::NoFile { file: MANIFEST })?;
    if manifest.format != FORMAT {
        return Err(AuditError::Manifest { what: "the format" });
    }
    let audit = follow_entries(folder)?;
    if audit.tree().size() != manifest.tree.size {
        return Err(AuditError::Manifest { what: "the size of the tree" });
    }
    if audit.tree().root() != manifest.tree.root {
        return Err(AuditError::Manifest { what: "the root of the tree" });
    }
    check_signature(folder, &manifest, keys)?;
    for (file, computed) in
        [(MINUTES, audit.minutes_csv(manifest.unit)), (POINTS, audit.points_csv(manifest.unit))]
    {
        if read(folder, file)? != computed {
            return Err(AuditError::NotFromEntries { file });
        }
    }
    Ok(manifest)
}

fn read(folder: &Path, file: &'static str) -> Result<String, AuditError> {
    fs::read_to_string(folder.join(file)).map_err(|_| AuditError::NoFile { file })
}

/// Longest entry, with the end of its line.
const LINE_BYTES_MAX: u64 = 65_536;

fn follow_entries(folder: &Path) -> Result<Audit, AuditError> {
    let missing = || AuditError::NoFile { file: ENTRIES };
    let mut lines = BufReader::new(File::open(folder.join(ENTRIES)).map_err(|_| missing())?);
    let mut audit = Audit::default();
    let mut line = String::new();
    loop {
        line.clear();
        let length = lines.by_ref().take(LINE_BYTES_MAX).read_line(&mut line);
        let seq = audit.tree().size() + 1;
        if length.map_err(|_| AuditError::Unreadable { seq })? == 0 {
            return Ok(audit);
        }
        audit.follow(line.strip_suffix('\n').ok_or(AuditError::Unreadable { seq })?)?;
    }
}

fn check_signature(folder: &Path, manifest: &Manifest, keys: &[LogVerifier]) -> Result<(), AuditError> {
    let own = manifest.verifiers.iter().map(|key| key.parse()).collect::<Result<Vec<_>, _>>()?;
    let keys = if keys.is_empty() { &own } else { keys };
    let signed = open_checkpoint(&read(folder, CHECKPOINT)?, keys)?;
    if Tree::from(signed) != manifest.signed {
        return Err(AuditError::Manifest { what: "the signed tree" });
    }
    if is_consistent(manifest.tree.into(), signed, &manifest.consistency) {
        Ok(())
    } else {
        Err(AuditError::Inconsistent)
    }
}
