//! `hourbook export audit`: a unit's totals with everything that proves them.

use super::totals::{UnitName, find_entry};
use crate::cli::bundle::{
    CHECKPOINT, ENTRIES, FORMAT, HOW_TO, MANIFEST, MINUTES, Manifest, POINTS, SCRIPT, check,
};
use crate::cli::config::DataOptions;
use crate::cli::secrets::public_keys;
use crate::cli::{CliResult, words};
use crate::domain::as_of::AsOf;
use crate::domain::ids::{Seq, UnitId};
use crate::journal::Audit;
use crate::store::read::journal;
use crate::store::{Db, tree};
use clap::Args;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args, Debug)]
pub struct ExportAudit {
    /// Of this unit and those under it
    #[arg(long, value_name = "CODE|ID")]
    unit: UnitName,

    /// As of this journal entry, or this instant in RFC 3339; by default as of the last signed checkpoint
    #[arg(long, value_name = "SEQ|INSTANT")]
    as_of: Option<AsOf>,

    /// Folder to write to; it must not exist yet
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,

    #[command(flatten)]
    data: DataOptions,
}

/// Entries that are held at once.
const CHUNK: u32 = 1_000;

impl ExportAudit {
    pub fn run(self) -> CliResult {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let keys = public_keys(&self.data.data_dir, None)?;
        let verifiers = keys.iter().map(ToString::to_string).collect();
        let unit = self.unit.find(&mut db)?;
        let as_of = match self.as_of {
            Some(_) => find_entry(&mut db, self.as_of)?,
            None => last_signed(&mut db)?,
        };
        fs::create_dir(&self.to).map_err(|error| format!("{}: {error}", self.to.display()))?;
        let entries = write(&mut db, &self.to, unit, as_of, verifiers)?;
        // What is handed out has been checked as its receiver will check it.
        check(&self.to, &[]).map_err(words)?;
        eprintln!("{}: {entries} entries, checked", self.to.display());
        Ok(ExitCode::SUCCESS)
    }
}

fn last_signed(db: &mut Db) -> Result<Seq, String> {
    let signed = tree::latest_checkpoint(db).map_err(words)?.ok_or(NOT_SIGNED)?;
    i64::try_from(signed.head.size).map(Seq).map_err(words)
}

const NOT_SIGNED: &str = "no signed checkpoint covers that: serve the ledger for a few seconds first";

fn write(
    db: &mut Db,
    folder: &Path,
    unit: UnitId,
    as_of: Seq,
    verifiers: Vec<String>,
) -> Result<u64, String> {
    let size = as_of.0.unsigned_abs();
    let signed = tree::checkpoint_from(db, size).map_err(words)?.ok_or(NOT_SIGNED)?;
    let audit = write_entries(db, &folder.join(ENTRIES), as_of)?;
    let consistency = tree::consistency(db, size, signed.head.size).map_err(words)?.unwrap_or_default();
    let tree = crate::journal::TreeHead { size, root: audit.tree().root() }.into();
    let manifest =
        Manifest { format: FORMAT, unit, tree, signed: signed.head.into(), consistency, verifiers };
    let manifest = serde_json::to_string_pretty(&manifest).map_err(words)? + "\n";
    for (name, content) in [
        (MINUTES, audit.minutes_csv(unit)),
        (POINTS, audit.points_csv(unit)),
        (CHECKPOINT, signed.note),
        (MANIFEST, manifest),
        (HOW_TO.0, HOW_TO.1.to_owned()),
        (SCRIPT.0, SCRIPT.1.to_owned()),
    ] {
        fs::write(folder.join(name), content).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(size)
}

/// Writes the entries up to one, and their totals.
fn write_entries(db: &mut Db, file: &Path, as_of: Seq) -> Result<Audit, String> {
    let mut out = BufWriter::new(File::create_new(file).map_err(words)?);
    let mut audit = Audit::default();
    let mut after = Seq(0);
    while after < as_of {
        let limit = u32::try_from(as_of.0 - after.0).unwrap_or(CHUNK).min(CHUNK);
        let chunk = journal::leaves_after(db, after, limit).map_err(words)?;
        if chunk.is_empty() {
            return Err(format!("the journal ends at entry {after}"));
        }
        for leaf in chunk {
            audit.follow(&leaf).map_err(words)?;
            writeln!(out, "{leaf}").map_err(words)?;
            after = after.next();
        }
    }
    out.flush().map_err(words)?;
    Ok(audit)
}
