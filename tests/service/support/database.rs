//! A database of one case, with the schema in place; gone when the case is.

use super::postgres::{PostgresServer, TestDatabase, scratch, server};
use hourbook::store::{Db, DbUrl};
use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A fresh database of either kind.
pub struct Database {
    url: DbUrl,
    _held: Held,
}

/// What removes the database when it is dropped.
enum Held {
    Folder,
    Sqlite(#[allow(dead_code, reason = "held to be dropped")] Directory),
    Postgres(#[allow(dead_code, reason = "held to be dropped")] TestDatabase),
}

impl Database {
    /// An SQLite file of its own.
    pub fn sqlite(label: &str) -> Self {
        let directory = Directory::new(label);
        let in_folder = Self::sqlite_in(&directory.0);
        Self { _held: Held::Sqlite(directory), ..in_folder }
    }

    /// An SQLite file in a folder, which goes when the folder does.
    pub fn sqlite_in(folder: &Path) -> Self {
        let path = folder.join("hourbook.db");
        fs::write(&path, migrated_sqlite_file()).unwrap();
        Self { url: DbUrl::Sqlite(path), _held: Held::Folder }
    }

    /// A PostgreSQL database of its own.
    pub fn postgres(label: &str) -> Self {
        Self::on(server(), label)
    }

    /// A database of this server.
    pub fn on(server: &'static PostgresServer, label: &str) -> Self {
        server.prepare_template(|url| Db::open(&url.parse().unwrap()).unwrap().migrate().unwrap());
        let database = server.fresh_database(label);
        Self { url: database.parse().unwrap(), _held: Held::Postgres(database) }
    }

    pub fn url(&self) -> &DbUrl {
        &self.url
    }
}

/// The bytes of an SQLite file with the schema and nothing else.
fn migrated_sqlite_file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let directory = Directory::new("template");
        let path = directory.0.join("hourbook.db");
        // Closing the only connection brings the log into the file.
        Db::open(&DbUrl::Sqlite(path.clone())).unwrap().migrate().unwrap();
        fs::read(path).unwrap()
    })
}

/// A directory that is nobody else's and goes with its value.
pub struct Directory(PathBuf);

impl Directory {
    pub fn new(label: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("hourbook-test-{}-{number}-{label}", std::process::id());
        let path = scratch().join(name);
        DirBuilder::new().mode(0o700).create(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A panic here would hide the test's own.
        let _left_behind = fs::remove_dir_all(&self.0);
    }
}
