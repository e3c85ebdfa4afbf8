//! The pieces put together: schema, secrets, engine, readers.

use super::config::{DataOptions, WriterLock};
use super::private_files::warn_of_open;
use super::secrets::{Making, SecretOptions, Secrets, keep_public_keys, log_memory};
use super::{machine, words};
use crate::auth::{BadgeKeys, Realm, TokenKeys};
use crate::domain::rules::Rules;
use crate::engine::{Clock, Engine, Ledger, Seal, SystemClock, WriterOptions};
use crate::journal::LogKeys;
use crate::store::sealing::{self, SealedPeople};
use crate::store::vault::Vault;
use crate::store::{Db, DbUrl, Pool, StoreError, head, key_checks};
use std::path::PathBuf;
use std::sync::Arc;
use tracing::{info, warn};

/// A service that runs in this process.
#[derive(Debug)]
pub struct Service {
    pub database: DbUrl,
    pub data_dir: PathBuf,
    pub rules: Rules,
    pub vault: Arc<Vault>,
    pub token_keys: Arc<TokenKeys>,
    pub log_keys: Arc<LogKeys>,
    /// Where the last checkpoint that was signed here is kept, apart from the database.
    pub log_memory: PathBuf,
    pub badge_keys: Option<BadgeKeys>,
    /// Whether the database's file is so large that it is read while the service runs.
    pub is_to_be_read: bool,
    pub ledger: Ledger,
    pub readers: Pool,
    engine: Engine,
    _lock: Option<WriterLock>,
}

/// Reading connections of one process.
const READERS: u32 = 8;

/// Whose tokens these are, and for whom: every replica's, for this API.
#[must_use]
pub fn realm() -> Realm {
    Realm { issuer: "hourbook".to_owned(), audience: "hourbook-api".to_owned() }
}

/// A file up to this size is read at each start.
const READ_AT_START_BYTES: u64 = 1 << 30;

/// Reads the database's file, unless it is large; whether it did.
fn must_be_whole(db: &mut Db, database: &DbUrl) -> Result<bool, String> {
    let DbUrl::Sqlite(path) = database else { return Ok(true) };
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    if bytes > READ_AT_START_BYTES {
        return Ok(false);
    }
    match db.malformations().map_err(words)?.as_slice() {
        [] => Ok(true),
        found => Err(words(StoreError::Malformed(found.join("; ")))),
    }
}

/// The secrets, which are the ledger's: made where nothing is there that was made with others, refused where they
/// differ.
pub fn settled_secrets(
    db: &mut Db,
    data: &DataOptions,
    options: &SecretOptions,
    writer: &WriterOptions,
) -> Result<Secrets, String> {
    let is_new =
        head::read(db).map_err(words)?.last_seq.0 == 0 && key_checks::known(db).map_err(words)?.is_empty();
    let making = match data.database() {
        DbUrl::Sqlite(_) if is_new => Making::Allowed,
        _ => Making::Refused,
    };
    let secrets = options.load(&data.data_dir, making)?;
    let at_hand = secrets.at_hand();
    let fits = if writer.rehearsal {
        key_checks::hold_all(db, &secrets.vault, &at_hand)
    } else {
        key_checks::settle(db, &secrets.vault, &at_hand, SystemClock.now())
    };
    fits.map_err(words)?;
    all_is_sealed(db, &secrets.vault, writer)?;
    Ok(secrets)
}

/// Seals what a former program kept of people in clear.
fn all_is_sealed(db: &mut Db, vault: &Vault, writer: &WriterOptions) -> Result<(), String> {
    match sealing::unsealed(db).map_err(words)? {
        0 => Ok(()),
        people if writer.rehearsal => Err(format!(
            "the data of {people} people are kept in clear until the service has been started once: a rehearsal changes nothing"
        )),
        people => {
            info!("the data of {people} people are kept in clear: sealing them");
            let SealedPeople { sealed, in_doubt } = sealing::seal_people(db, vault).map_err(words)?;
            info!("the data of {sealed} people were sealed");
            if in_doubt > 0 {
                warn!(
                    "the data of {in_doubt} people are not what the service kept: they stay in clear and are not read"
                );
            }
            Ok(())
        }
    }
}

impl Service {
    /// Opens the database and starts the writer. The embedded default is migrated; PostgreSQL must
    /// have been, by `hourbook migrate`.
    pub fn start(
        data: &DataOptions,
        secrets: &SecretOptions,
        options: &WriterOptions,
    ) -> Result<Self, String> {
        let lock = WriterLock::take(&data.database_in_folder()?)?;
        Self::start_with(data, secrets, options, Some(lock))
    }

    /// For one change by who has the machine, which the journal says of it: also beside a process that serves the same
    /// SQLite file, whose writer sees at its next batch that somebody else has written.
    pub fn start_beside(data: &DataOptions, secrets: &SecretOptions) -> Result<Self, String> {
        let options = WriterOptions { origin: Some(machine::command_line()?), ..WriterOptions::default() };
        let lock = WriterLock::take(&data.database_in_folder()?).ok();
        Self::start_with(data, secrets, &options, lock)
    }

    /// Without the lock the database is another process's, which has migrated it.
    fn start_with(
        data: &DataOptions,
        secrets: &SecretOptions,
        options: &WriterOptions,
        lock: Option<WriterLock>,
    ) -> Result<Self, String> {
        let database = data.database();
        let secret_files = secrets.files();
        let mut db = Db::open(&database).map_err(words)?;
        let is_to_be_read = !must_be_whole(&mut db, &database)?;
        match database {
            DbUrl::Sqlite(_) if lock.is_some() => db.migrate().map_err(words)?,
            DbUrl::Sqlite(_) | DbUrl::Postgres(_) => db.must_be_migrated().map_err(words)?,
        }
        let secrets = settled_secrets(&mut db, data, secrets, options)?;
        let (rules, vault) = (Rules::default(), Arc::new(secrets.vault));
        let (engine, ledger) =
            Engine::start(&database, rules.clone(), vault.clone(), Arc::new(SystemClock), options)
                .map_err(words)?;
        let readers = Pool::new(&database, READERS).map_err(words)?;
        keep_public_keys(&data.data_dir, &secrets.log_keys)?;
        warn_of_open(&data.data_dir, &[secret_files, database.files()].concat());
        let (token_keys, log_keys) = (Arc::new(secrets.token_keys), Arc::new(secrets.log_keys));
        let log_memory = log_memory(&data.data_dir);
        // Who writes by the command line is bound by what was signed, too.
        Seal::new(log_keys.clone(), vault.clone(), log_memory.clone())
            .map_err(words)?
            .hold(&readers, ledger.health())
            .map_err(words)?;
        Ok(Self {
            database,
            data_dir: data.data_dir.clone(),
            rules,
            vault,
            token_keys,
            log_keys,
            log_memory,
            badge_keys: secrets.badge_keys,
            is_to_be_read,
            ledger,
            readers,
            engine,
            _lock: lock,
        })
    }

    /// Waits until everything accepted is written. Every other handle on the ledger must be gone.
    pub fn stop(self) {
        drop(self.ledger);
        self.engine.join();
    }
}
