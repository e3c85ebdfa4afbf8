//! `hourbook restore`

use super::manifest::{BackupHead, Kind, Manifest};
use super::{DATABASE, DUMP, KEYS, dump};
use crate::cli::config::{DataOptions, WriterLock};
use crate::cli::private_files::{copy, must_be_empty};
use crate::cli::secrets::{log_memory, public_keys};
use crate::cli::{CliResult, words};
use crate::engine::{Clock, SystemClock};
use crate::journal::{TreeHead, open_checkpoint};
use crate::store::restorations::{self, Restoration};
use crate::store::{Db, DbUrl, StoreError, contradicted, head, session};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Puts a backup into an empty data folder (and, with PostgreSQL, an empty database), after holding each file against its
/// manifest. What was signed after it was made the backup does not know: unless you say that nothing was, or name the
/// last checkpoint that was signed and the backup contains it, nothing is written to the ledger until `hourbook log
/// restart`.
#[derive(Args, Debug)]
pub struct Restore {
    /// Folder that `hourbook backup` wrote
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,

    /// The last checkpoint that the lost service signed: log-checkpoint of its data folder, a witness's, or what
    /// somebody has from /log/checkpoint
    #[arg(long, value_name = "FILE", conflicts_with = "stopped")]
    last_signed: Option<PathBuf>,

    /// The service was stopped before the backup was made and has not run since: nothing is missing
    #[arg(long)]
    stopped: bool,

    /// PostgreSQL's program that reads a dump
    #[arg(long = "pg-restore", value_name = "PROGRAM", default_value = "pg_restore")]
    reader: PathBuf,

    #[command(flatten)]
    data: DataOptions,
}

impl Restore {
    pub fn run(self) -> CliResult {
        let manifest = Manifest::read_checked(&self.from)?;
        let was_there = self.data.data_dir.exists();
        must_be_empty(&self.data.data_dir)?;
        let restored = self.put(&manifest);
        if restored.is_err() && !was_there {
            // The first failure is the one to tell.
            let _left_behind = fs::remove_dir_all(&self.data.data_dir);
        }
        restored
    }

    fn put(&self, manifest: &Manifest) -> CliResult {
        let (database, data_dir) = (self.data.database(), &self.data.data_dir);
        let _lock = WriterLock::take(&database)?;
        self.put_database(manifest, &database)?;
        self.put_files(manifest)?;
        let mut db = Db::open(&database).map_err(words)?;
        let malformations = db.malformations().map_err(words)?;
        if !malformations.is_empty() {
            return Err(format!("the database is malformed: {}", malformations.join("; ")));
        }
        let found = head::read(&mut db).map_err(words)?;
        let last = head::hash_at(&mut db, found.last_seq).map_err(words)?;
        let has_last = found.last_seq.0 == 0 || last == Some(found.last_hash);
        if BackupHead::from(&found) != manifest.head || !has_last {
            return Err(format!(
                "the database does not end with entry {}, as the manifest says",
                manifest.head.seq
            ));
        }
        db.migrate().map_err(words)?;
        // Of backups that were made while sessions stood in the ledger.
        db.transaction(session::forget_all).map_err(words)?;
        let because = self.said_of_what_was_signed(
            &mut db,
            TreeHead { size: found.tree.size(), root: found.tree.root() },
        )?;
        let is_answered = because.is_some();
        let restored_at = SystemClock.now();
        let restoration =
            Restoration { restored_at, last_seq: found.last_seq, backup_made_at: manifest.made_at, because };
        db.transaction(|db| restorations::note(db, &restoration)).map_err(words)?;
        println!("{}: restored, {} entries", data_dir.display(), found.last_seq);
        if !is_answered {
            println!(
                "Nothing is written to it yet: what was signed after the backup was made is not in it, and to sign something \
                 else under the log's name would be a fork. See docs/OPERATIONS.md; hourbook log restart --because TEXT \
                 begins a log of another name."
            );
        }
        Ok(ExitCode::SUCCESS)
    }

    fn put_database(&self, manifest: &Manifest, database: &DbUrl) -> Result<(), String> {
        match (manifest.database, database) {
            (Kind::Sqlite, DbUrl::Sqlite(file)) if file.exists() => {
                Err(format!("{} exists: a backup is not restored over a ledger", file.display()))
            }
            (Kind::Sqlite, DbUrl::Sqlite(file)) => copy(&self.from.join(DATABASE), file),
            (Kind::Postgres, DbUrl::Postgres(url)) => {
                if !Db::open(database).and_then(|mut db| db.is_bare()).map_err(words)? {
                    return Err(format!("{database} is not empty: a backup is not restored over a ledger"));
                }
                dump::restore(&self.reader, url, &self.from.join(DUMP))
            }
            (Kind::Sqlite, DbUrl::Postgres(_)) => {
                Err("the backup is of a SQLite file: leave --database-url out".to_owned())
            }
            (Kind::Postgres, DbUrl::Sqlite(_)) => {
                Err("the backup is of PostgreSQL: name an empty database with --database-url".to_owned())
            }
        }
    }

    /// The sealer's memory and the keys, all into the data folder.
    fn put_files(&self, manifest: &Manifest) -> Result<(), String> {
        let names = manifest.files.iter().map(|file| file.name.as_str());
        for name in names.filter(|name| ![DATABASE, DUMP].contains(name)) {
            let own = name.strip_prefix(KEYS).map_or(name, |rest| rest.trim_start_matches('/'));
            copy(&self.from.join(name), &self.data.data_dir.join(own))?;
        }
        Ok(())
    }

    /// Why the log goes on under its name, if it does.
    fn said_of_what_was_signed(&self, db: &mut Db, now: TreeHead) -> Result<Option<String>, String> {
        if self.stopped {
            return Ok(Some("the service was stopped before the backup was made".to_owned()));
        }
        let Some(file) = &self.last_signed else { return Ok(None) };
        let in_file = |error: String| format!("{}: {error}", file.display());
        let note = fs::read_to_string(file).map_err(|error| in_file(words(error)))?;
        let signed = open_checkpoint(&note, &public_keys(&self.data.data_dir, None)?);
        let signed = signed.map_err(|error| in_file(words(error)))?;
        let is_there: Result<bool, StoreError> = db.snapshot(|db| contradicted::begins_with(db, now, signed));
        if is_there.map_err(words)? {
            return Ok(Some(format!(
                "the last checkpoint that was signed is of {} entries, and they are there",
                signed.size
            )));
        }
        // It remembers more than the backup does.
        let memory = log_memory(&self.data.data_dir);
        if memory.exists() {
            fs::remove_file(&memory).map_err(|error| format!("{}: {error}", memory.display()))?;
        }
        copy(file, &memory)?;
        Ok(None)
    }
}
