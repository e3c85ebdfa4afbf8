//! `hourbook export audit`: a unit's totals with everything that proves them.

use super::totals::{UnitName, find_entry};
use crate::api::export::audit_folder::{self, FolderError, Place};
use crate::cli::bundle::check;
use crate::cli::config::DataOptions;
use crate::cli::secrets::public_keys;
use crate::cli::{CliResult, words};
use crate::domain::as_of::AsOf;
use crate::store::Db;
use clap::Args;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
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

impl ExportAudit {
    pub fn run(self) -> CliResult {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let keys = public_keys(&self.data.data_dir, None)?;
        let verifiers = keys.iter().map(ToString::to_string).collect();
        let unit = self.unit.find(&mut db)?;
        let as_of = if self.as_of.is_some() {
            find_entry(&mut db, self.as_of)?
        } else {
            let signed = audit_folder::last_signed(&mut db).map_err(words)?;
            signed.ok_or_else(|| words(FolderError::NotSigned))?
        };
        fs::create_dir(&self.to).map_err(|error| format!("{}: {error}", self.to.display()))?;
        let mut folder = Folder { path: self.to.clone(), file: None };
        audit_folder::write(&mut db, &mut folder, (unit, as_of), verifiers).map_err(words)?;
        folder.flush().map_err(words)?;
        // What is handed out has been checked as its receiver will check it.
        check(&self.to, &[], &[]).map_err(words)?;
        eprintln!("{}: {as_of} entries, checked", self.to.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// Files of one folder.
struct Folder {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Place for Folder {
    fn begin(&mut self, name: &str) -> io::Result<()> {
        self.flush()?;
        self.file = Some(BufWriter::new(File::create_new(self.path.join(name))?));
        Ok(())
    }
}

impl Write for Folder {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}
