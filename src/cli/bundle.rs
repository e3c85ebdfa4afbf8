//! The check of a folder that proves a unit's totals to anybody who has it (docs/PROOF.md).

use crate::api::export::audit_folder::{
    CHECKPOINT, ENTRIES, FORMAT, MANIFEST, MINUTES, Manifest, POINTS, Tree,
};
use crate::domain::text::{Name, UnitCode};
use crate::journal::{Audit, AuditError, LogVerifier, TreeHead, is_consistent, open_checkpoint};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A folder that is as it says.
#[derive(Debug)]
pub struct Checked {
    pub manifest: Manifest,
    /// The unit as the entry that made it calls it.
    pub unit_code: UnitCode,
    pub unit_name: Name,
    /// The name of the log that signed.
    pub origin: String,
    pub minutes_csv: String,
    pub points_csv: String,
    /// The trees of the sizes that were asked about, of those that the folder's entries reach.
    pub earlier: BTreeMap<u64, TreeHead>,
}

/// Recomputes everything that the folder says from its entries. `keys` are those that the reader trusts;
/// without any, those of the folder are taken, which prove only that it is whole. `sizes` are of trees that the
/// reader has seen.
pub fn check(folder: &Path, keys: &[LogVerifier], sizes: &[u64]) -> Result<Checked, AuditError> {
    let manifest = read_manifest(folder)?;
    let (audit, earlier) = follow_entries(folder, sizes)?;
    if audit.tree().size() != manifest.tree.size {
        return Err(AuditError::Manifest { what: "the size of the tree" });
    }
    if audit.tree().root() != manifest.tree.root {
        return Err(AuditError::Manifest { what: "the root of the tree" });
    }
    let Some((unit_code, unit_name)) = audit.unit(manifest.unit).cloned() else {
        return Err(AuditError::Manifest { what: "the unit" });
    };
    let origin = check_signature(folder, &manifest, keys)?;
    let (minutes_csv, points_csv) = (audit.minutes_csv(manifest.unit), audit.points_csv(manifest.unit));
    for (file, computed) in [(MINUTES, &minutes_csv), (POINTS, &points_csv)] {
        if read(folder, file)? != *computed {
            return Err(AuditError::NotFromEntries { file });
        }
    }
    Ok(Checked { manifest, unit_code, unit_name, origin, minutes_csv, points_csv, earlier })
}

/// What the folder says that it is, unchecked.
pub fn read_manifest(folder: &Path) -> Result<Manifest, AuditError> {
    let manifest = read(folder, MANIFEST)?;
    let manifest: Manifest =
        serde_json::from_str(&manifest).map_err(|_| AuditError::NoFile { file: MANIFEST })?;
    if manifest.format == FORMAT { Ok(manifest) } else { Err(AuditError::Manifest { what: "the format" }) }
}

fn read(folder: &Path, file: &'static str) -> Result<String, AuditError> {
    fs::read_to_string(folder.join(file)).map_err(|_| AuditError::NoFile { file })
}

/// Longest line that is read. Entries are shorter than the log's tiles can hold since there is that limit; those of
/// before may be longer.
const LINE_BYTES_MAX: u64 = 64 << 20;

fn follow_entries(folder: &Path, sizes: &[u64]) -> Result<(Audit, BTreeMap<u64, TreeHead>), AuditError> {
    let missing = || AuditError::NoFile { file: ENTRIES };
    let mut lines = BufReader::new(File::open(folder.join(ENTRIES)).map_err(|_| missing())?);
    let mut audit = Audit::default();
    let mut earlier = BTreeMap::new();
    let mut line = String::new();
    loop {
        let size = audit.tree().size();
        if sizes.contains(&size) {
            earlier.insert(size, TreeHead { size, root: audit.tree().root() });
        }
        line.clear();
        let length = lines.by_ref().take(LINE_BYTES_MAX).read_line(&mut line);
        let seq = size + 1;
        if length.map_err(|_| AuditError::Unreadable { seq })? == 0 {
            return Ok((audit, earlier));
        }
        audit.follow(line.strip_suffix('\n').ok_or(AuditError::Unreadable { seq })?)?;
    }
}

/// The name of the log that signed.
fn check_signature(folder: &Path, manifest: &Manifest, keys: &[LogVerifier]) -> Result<String, AuditError> {
    let own = manifest.verifiers.iter().map(|key| key.parse()).collect::<Result<Vec<_>, _>>()?;
    let keys = if keys.is_empty() { &own } else { keys };
    let note = read(folder, CHECKPOINT)?;
    let signed = open_checkpoint(&note, keys)?;
    if Tree::from(signed) != manifest.signed {
        return Err(AuditError::Manifest { what: "the signed tree" });
    }
    if is_consistent(manifest.tree.into(), signed, &manifest.consistency) {
        // The signature is over it.
        Ok(note.lines().next().unwrap_or_default().to_owned())
    } else {
        Err(AuditError::Inconsistent)
    }
}
