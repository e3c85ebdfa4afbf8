//! `hourbook backup`

use super::manifest::{BackupFile, BackupHead, FORMAT, KeyName, Kind, Manifest};
use super::{DATABASE, DUMP, KEYS, dump};
use crate::cli::config::DataOptions;
use crate::cli::private_files::{copy, must_be_empty};
use crate::cli::secrets::{Making, PUBLIC_KEYS_FILE, SecretOptions, Secrets, log_memory};
use crate::cli::{CliResult, words};
use crate::engine::{Clock, SystemClock};
use crate::store::{Db, DbUrl, batch_seals, head, key_checks};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Copies the ledger as it is at one entry, while the service goes on, with all that a service needs to go on from
/// there: the keys, the sealer's memory, and a manifest with that entry and each file's digest.
#[derive(Args, Debug)]
pub struct Backup {
    /// Folder to write to; it must not exist yet, or be empty
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,

    /// Leave the keys out, which are kept elsewhere: with them the folder opens everything
    #[arg(long)]
    without_keys: bool,

    /// PostgreSQL's program that writes a database down, of the server's version or a later one
    #[arg(long, value_name = "PROGRAM", default_value = "pg_dump")]
    pg_dump: PathBuf,

    #[command(flatten)]
    data: DataOptions,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl Backup {
    pub fn run(self) -> CliResult {
        let mut db = Db::open_existing(&self.data.database()).map_err(words)?;
        db.must_be_migrated().map_err(words)?;
        let secrets = self.secrets.load(&self.data.data_dir, Making::Refused)?;
        // A backup that nobody can open is none.
        key_checks::hold(&mut db, &secrets.at_hand()).map_err(words)?;
        let was_there = self.to.exists();
        must_be_empty(&self.to)?;
        let manifest = self.write(&mut db, &secrets);
        if manifest.is_err() && !was_there {
            // The first failure is the one to tell.
            let _left_behind = fs::remove_dir_all(&self.to);
        }
        let Manifest { head, files, .. } = manifest?;
        let bytes: u64 = files.iter().map(|file| file.bytes).sum();
        println!("{}: {} entries, {} files, {bytes} bytes", self.to.display(), head.seq, files.len());
        Ok(ExitCode::SUCCESS)
    }

    fn write(&self, db: &mut Db, secrets: &Secrets) -> Result<Manifest, String> {
        // Before the database: what it remembers as signed must be in there.
        let mut names = self.copy_memory()?;
        let (database, name, head) = match self.data.database() {
            DbUrl::Sqlite(_) => (Kind::Sqlite, DATABASE, self.copy_file(db, secrets)?),
            DbUrl::Postgres(url) => (Kind::Postgres, DUMP, self.dump(db, &url)?),
        };
        names.push(name.to_owned());
        if !self.without_keys {
            names.extend(self.write_keys()?);
        }
        let files = names.iter().map(|name| BackupFile::of(&self.to, name)).collect::<Result<_, _>>()?;
        let keys = secrets.at_hand().into_iter().flat_map(|keys| {
            let name = move |check: key_checks::KeyCheck| KeyName {
                kind: <&str>::from(keys.kind).to_owned(),
                check: check.to_string(),
            };
            keys.current.into_iter().map(name)
        });
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: SystemClock.now(),
            database,
            head,
            keys: keys.collect(),
            files,
        };
        manifest.write(&self.to)?;
        Ok(manifest)
    }

    fn copy_memory(&self) -> Result<Vec<String>, String> {
        let data_dir = &self.data.data_dir;
        let mut names = Vec::new();
        for file in
            [log_memory(data_dir), data_dir.join(PUBLIC_KEYS_FILE)].into_iter().filter(|file| file.exists())
        {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            copy(&file, &self.to.join(&name))?;
            names.push(name);
        }
        Ok(names)
    }

    /// Copies SQLite's database, and reads the copy once.
    fn copy_file(&self, db: &mut Db, secrets: &Secrets) -> Result<BackupHead, String> {
        let file = self.to.join(DATABASE);
        db.copy_into(&file).map_err(words)?;
        let mut copy = Db::open(&DbUrl::Sqlite(file.clone())).map_err(words)?;
        let malformations = copy.malformations().map_err(words)?;
        if !malformations.is_empty() {
            return Err(format!("the database is malformed: {}", malformations.join("; ")));
        }
        if let Err(error) = batch_seals::standing_now(&mut copy, &secrets.vault) {
            eprintln!("hourbook: {error}: it is backed up as it is; run hourbook verify");
        }
        let head = head::read(&mut copy).map_err(words)?;
        Ok(BackupHead::from(&head))
    }

    /// Has PostgreSQL's program read what this transaction sees.
    fn dump(&self, db: &mut Db, url: &str) -> Result<BackupHead, String> {
        let dumped = db.snapshot(|db| {
            let head = BackupHead::from(&head::read(db)?);
            let snapshot = db.exported_snapshot()?;
            Ok(dump::dump(&self.pg_dump, url, &snapshot, &self.to.join(DUMP)).map(|()| head))
        });
        dumped.map_err(words)?
    }

    fn write_keys(&self) -> Result<Vec<String>, String> {
        fs::create_dir(self.to.join(KEYS)).map_err(words)?;
        let mut names = Vec::new();
        for (name, text) in self.secrets.texts(&self.data.data_dir)? {
            let name = format!("{KEYS}/{name}");
            fs::write(self.to.join(&name), text).map_err(|error| format!("{name}: {error}"))?;
            names.push(name);
        }
        Ok(names)
    }
}
