//! Options that several sub-commands share.

use super::words;
use crate::store::DbUrl;
use clap::Args;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// Where the data is.
#[derive(Args, Clone, Debug)]
pub struct DataOptions {
    /// Folder of the embedded database and of the secrets generated for it
    #[arg(long, env = "HOURBOOK_DATA_DIR", value_name = "DIR", default_value = "hourbook-data")]
    pub data_dir: PathBuf,

    /// `sqlite://PATH` or `postgres://USER@HOST/DATABASE?sslmode=verify-full`; by default a SQLite
    /// file in the data folder
    #[arg(long, env = "HOURBOOK_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<DbUrl>,
}

impl DataOptions {
    /// The database to use.
    #[must_use]
    pub fn database(&self) -> DbUrl {
        let embedded = || DbUrl::Sqlite(self.data_dir.join("hourbook.db"));
        self.database_url.clone().unwrap_or_else(embedded)
    }

    /// The database to use, in a data folder that is there.
    pub fn database_in_folder(&self) -> Result<DbUrl, String> {
        self.create_data_dir()?;
        Ok(self.database())
    }

    /// Creates the data folder if it does not exist.
    pub fn create_data_dir(&self) -> Result<(), String> {
        fs::create_dir_all(&self.data_dir).map_err(|error| format!("{}: {error}", self.data_dir.display()))
    }
}

/// Locks a SQLite file for one writing process, as long as this value lives.
#[derive(Debug)]
pub struct WriterLock(#[allow(dead_code, reason = "held, never read")] Option<File>);

impl WriterLock {
    /// Takes the lock, or says that another process has it. PostgreSQL needs none.
    pub fn take(database: &DbUrl) -> Result<Self, String> {
        let DbUrl::Sqlite(path) = database else { return Ok(Self(None)) };
        let name = lock_file(path);
        let file = File::create(&name).map_err(|error| format!("{}: {error}", name.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Some(file))),
            Err(TryLockError::WouldBlock) => Err(format!(
                "{} is held by another hourbook process. One process writes to a SQLite file: stop the other, \
                 use its API, or run on PostgreSQL.",
                path.display()
            )),
            Err(TryLockError::Error(error)) => Err(words(error)),
        }
    }
}

fn lock_file(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
