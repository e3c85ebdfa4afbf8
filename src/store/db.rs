//! A connection to SQLite or PostgreSQL.

use super::named_sql::NamedSql;
use super::sql::{Dialect, Sql, SqlValue, SqlValues};
use super::table::Table;
use super::{StoreError, prepared};
use diesel::connection::SimpleConnection;
use diesel::query_dsl::LoadQuery;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection};
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the database is: `sqlite://PATH` or `postgres://…` (any libpq connection URI, TLS included).
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

impl FromStr for DbUrl {
    type Err = String;

    fn from_str(url: &str) -> Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
            Ok(Self::Sqlite(path.into()))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(url.to_owned()))
        } else {
            Err("expected sqlite://PATH or postgres://USER@HOST/DATABASE".to_owned())
        }
    }
}

/// What the name of the file has more in which sessions are kept.
const SESSIONS: &str = ".sessions";

impl DbUrl {
    /// SQLite's file and that of the sessions, and their logs where there are any. PostgreSQL's are its own.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let Self::Sqlite(path) = self else { return Vec::new() };
        let with = |suffix: &str| {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        vec![path.clone(), with("-wal"), with(SESSIONS), with(&format!("{SESSIONS}-wal"))]
    }

    /// The file of SQLite in which sessions are kept. PostgreSQL keeps them in the ledger's database.
    #[must_use]
    pub fn of_sessions(&self) -> Option<Self> {
        let Self::Sqlite(path) = self else { return None };
        let mut name = path.as_os_str().to_owned();
        name.push(SESSIONS);
        Some(Self::Sqlite(name.into()))
    }
}

impl fmt::Display for DbUrl {
    /// Without what stands between `//` and `@`: it may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => {
                let place = url
                    .rsplit_once('@')
                    .map_or_else(|| url.split_once("//").map_or("", |(_, rest)| rest), |(_, place)| place);
                write!(f, "postgres://{}", place.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DbUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A connection to one of the two databases.
#[allow(missing_debug_implementations, reason = "diesel's connections have none")]
pub enum Db {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// What SQLite is asked for: write-ahead log, each commit on the disk, checkpoints of 10,000 pages, and at most
/// 8 MiB of pages for each connection, as the system keeps what is read often anyway. What is sorted beyond
/// that goes to a temporary file. What is deleted is overwritten: personal data is not left in free pages.
const SQLITE_PRAGMAS: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA wal_autocheckpoint = 10000;
    PRAGMA cache_size = -8192;
    PRAGMA secure_delete = ON;
";

/// Pages for a connection that changes rows all over the file: 64 MiB.
const SQLITE_WRITER_PRAGMAS: &str = "PRAGMA cache_size = -65536";

/// The writer looks rows up by their keys. PostgreSQL keeps the plan that it made when a table was nearly
/// empty, which is to read all of it, until it next counts the rows: that may be ten thousands of them later.
const POSTGRES_WRITER_SETTINGS: &str =
    "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

impl Db {
    /// Opens a connection for somebody who writes much.
    pub fn open_for_writing(url: &DbUrl) -> Result<Self, StoreError> {
        let mut db = Self::open(url)?;
        db.batch(match &db {
            Self::Sqlite(_) => SQLITE_WRITER_PRAGMAS,
            Self::Postgres(_) => POSTGRES_WRITER_SETTINGS,
        })?;
        Ok(db)
    }

    /// Opens a connection.
    pub fn open(url: &DbUrl) -> Result<Self, StoreError> {
        let unreachable = |error: diesel::ConnectionError| StoreError::Unreachable(error.to_string());
        match url {
            DbUrl::Sqlite(path) => {
                let mut connection =
                    SqliteConnection::establish(&path.to_string_lossy()).map_err(unreachable)?;
                connection.batch_execute(SQLITE_PRAGMAS)?;
                prepared::count(&mut connection);
                Ok(Self::Sqlite(connection))
            }
            DbUrl::Postgres(url) => {
                let mut connection = PgConnection::establish(url).map_err(unreachable)?;
                connection.batch_execute("SET client_min_messages = warning; SET TIME ZONE 'UTC'")?;
                prepared::count(&mut connection);
                Ok(Self::Postgres(connection))
            }
        }
    }

    /// Which of the two.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Has SQLite carry its log over into the file and cut it off, so that it holds nothing that was erased; whether
    /// it did. It does not while somebody reads what was before, and nobody is held up for long.
    pub fn empty_log(&mut self) -> Result<bool, StoreError> {
        let Self::Sqlite(_) = self else { return Ok(true) };
        self.batch("PRAGMA busy_timeout = 100")?;
        let was_busy = self.number(Sql::new("PRAGMA wal_checkpoint(TRUNCATE)"));
        self.batch("PRAGMA busy_timeout = 10000")?;
        Ok(was_busy? == Some(0))
    }

    /// Opens a database that is there already: a mistyped path makes no new file.
    pub fn open_existing(url: &DbUrl) -> Result<Self, StoreError> {
        match url {
            DbUrl::Sqlite(path) if !path.exists() => {
                Err(StoreError::Unusable(format!("{} does not exist", path.display())))
            }
            _ => Self::open(url),
        }
    }

    /// All rows of a query, which is compiled for either database.
    pub fn load<'q, R, Q>(&mut self, query: Q) -> Result<Vec<R>, StoreError>
    where
        Q: LoadQuery<'q, SqliteConnection, R> + LoadQuery<'q, PgConnection, R>,
    {
        Ok(match self {
            Self::Sqlite(connection) => query.load(connection)?,
            Self::Postgres(connection) => query.load(connection)?,
        })
    }

    /// The only row of a query, if there is one.
    pub fn one<'q, R, Q>(&mut self, query: Q) -> Result<Option<R>, StoreError>
    where
        Q: LoadQuery<'q, SqliteConnection, R> + LoadQuery<'q, PgConnection, R>,
    {
        Ok(self.load(query)?.into_iter().next())
    }

    /// Rows as they come.
    pub fn query(&mut self, sql: Sql) -> Result<Vec<SqlValues>, StoreError> {
        Ok(match self {
            Self::Sqlite(connection) => sql.load(connection)?,
            Self::Postgres(connection) => sql.load(connection)?,
        })
    }

    /// Rows of a table.
    pub fn rows<T: Table>(&mut self, sql: Sql) -> Result<Vec<T>, StoreError> {
        self.query(sql)?.into_iter().map(T::from_sql_values).collect()
    }

    /// The only number of the only row, if there is one.
    pub fn number(&mut self, sql: Sql) -> Result<Option<i64>, StoreError> {
        match self.query(sql)?.into_iter().next().and_then(|sql_values| sql_values.0.into_iter().next()) {
            None | Some(SqlValue::Int(None)) => Ok(None),
            Some(SqlValue::Int(value)) => Ok(value),
            Some(other) => Err(StoreError::corrupt(format!("expected a number, found {other:?}"))),
        }
    }

    /// Carries a whole statement out; how many rows it touched.
    pub fn run(&mut self, sql: NamedSql) -> Result<usize, StoreError> {
        Ok(match self {
            Self::Sqlite(connection) => sql.execute(connection)?,
            Self::Postgres(connection) => sql.execute(connection)?,
        })
    }

    /// Carries a statement out; how many rows it touched.
    pub fn execute(&mut self, sql: Sql) -> Result<usize, StoreError> {
        Ok(match self {
            Self::Sqlite(connection) => sql.execute(connection)?,
            Self::Postgres(connection) => sql.execute(connection)?,
        })
    }

    /// Carries fixed statements out.
    pub fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(sql)?,
            Self::Postgres(connection) => connection.batch_execute(sql)?,
        }
        Ok(())
    }

    /// Whether the database answers at all.
    pub fn ping(&mut self) -> Result<(), StoreError> {
        self.batch("SELECT 1")
    }
}

impl Db {
    /// How many prepared statements the connection keeps.
    pub fn prepared_statements(&mut self) -> usize {
        let counted = match self {
            Self::Sqlite(connection) => prepared::counted(connection),
            Self::Postgres(connection) => prepared::counted(connection),
        };
        counted.map_or(0, |prepared| prepared.0)
    }

    /// Forgets the prepared statements if there are more than may be kept.
    pub(super) fn forget_if_too_many(&mut self) -> Result<(), StoreError> {
        if self.prepared_statements() <= prepared::MOST_KEPT {
            return Ok(());
        }
        match self {
            Self::Sqlite(connection) => prepared::forget(connection),
            Self::Postgres(connection) => {
                prepared::forget(connection);
                // diesel drops its own half only.
                self.batch("DEALLOCATE ALL")?;
            }
        }
        Ok(())
    }
}
