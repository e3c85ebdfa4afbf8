//! A copy of the database, taken while others go on, and whether a file is whole.

use super::column::Column;
use super::sql::{Sql, SqlValues};
use super::{Db, StoreError};
use std::path::Path;

/// What is wrong with a file is told in so many lines at most.
const COMPLAINTS: &str = "PRAGMA quick_check(5)";
const WELL: &str = "ok";

impl Db {
    /// Writes SQLite's database into a new file, as it is at one moment; who writes goes on meanwhile.
    pub fn copy_into(&mut self, file: &Path) -> Result<(), StoreError> {
        self.execute(Sql::new("VACUUM INTO ?").string(&file.to_string_lossy())).map(drop)
    }

    /// What SQLite finds wrong with its file when it reads all of it; nothing where it is whole. PostgreSQL looks
    /// after its own.
    pub fn malformations(&mut self) -> Result<Vec<String>, StoreError> {
        let Self::Sqlite(_) = self else { return Ok(Vec::new()) };
        let lines = self.query(Sql::new(COMPLAINTS))?.into_iter();
        let lines = lines.filter_map(|SqlValues(line)| line.into_iter().next()).map(Column::from_sql_value);
        let lines: Vec<String> = lines.collect::<Result<_, _>>()?;
        Ok(if lines == [WELL] { Vec::new() } else { lines })
    }

    /// The name of this transaction's snapshot, for another connection to PostgreSQL that reads the same.
    pub fn exported_snapshot(&mut self) -> Result<String, StoreError> {
        let named = self.query(Sql::new("SELECT pg_export_snapshot()"))?.into_iter().next();
        let named = named.and_then(|SqlValues(named)| named.into_iter().next());
        named.map_or_else(|| Err(StoreError::corrupt("a snapshot has no name")), Column::from_sql_value)
    }

    /// Whether there is nothing in the database at all.
    pub fn is_bare(&mut self) -> Result<bool, StoreError> {
        let tables = match self {
            Self::Sqlite(_) => "SELECT COUNT(*) FROM sqlite_schema",
            Self::Postgres(_) => {
                "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'"
            }
        };
        Ok(self.number(Sql::new(tables))? == Some(0))
    }
}
