//! The schema brought up to date, and what was erased otherwise than now brought to how it is erased now.

use super::db::Db;
use super::{StoreError, erasure};
use diesel::connection::SimpleConnection;
use diesel::migration::{MigrationSource, MigrationVersion};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");
/// Of the file in which SQLite's sessions are kept.
const SESSION_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sessions");
/// The end of the name of the migration with which words about who had left before are erased.
const ERASES_WORDS: &str = "000052_forgetting";

impl Db {
    /// Brings the schema up to date; refuses one that a newer program made.
    pub fn migrate(&mut self) -> Result<(), StoreError> {
        let words_were_left = self.transaction(|db| {
            let pending = match db {
                Self::Sqlite(connection) => migrate(connection, SQLITE_MIGRATIONS)?,
                Self::Postgres(connection) => {
                    // Replicas that start at once take turns.
                    connection.batch_execute(
                        "CREATE TABLE IF NOT EXISTS migration_turn (id BIGINT); LOCK TABLE migration_turn",
                    )?;
                    migrate(connection, POSTGRES_MIGRATIONS)?
                }
            };
            let is_first = pending.iter().any(|name| name.ends_with(ERASES_WORDS));
            Ok(is_first && erasure::erase_words_of_who_left(db)?)
        })?;
        if words_were_left {
            self.overwrite_free_space()?;
        }
        Ok(())
    }

    /// Brings the file up to date in which SQLite's sessions are kept.
    pub(super) fn migrate_sessions(&mut self) -> Result<(), StoreError> {
        self.transaction(|db| match db {
            Self::Sqlite(connection) => migrate(connection, SESSION_MIGRATIONS).map(drop),
            Self::Postgres(_) => Ok(()),
        })
    }

    /// Leaves nothing of what was deleted before deleting meant overwriting.
    fn overwrite_free_space(&mut self) -> Result<(), StoreError> {
        if let Self::Sqlite(connection) = self {
            connection.batch_execute("VACUUM")?;
        }
        self.empty_log().map(drop)
    }

    /// Refuses a database whose schema is not this program's.
    pub fn must_be_migrated(&mut self) -> Result<(), StoreError> {
        let pending = match self {
            Self::Sqlite(connection) => pending(connection, &SQLITE_MIGRATIONS)?,
            Self::Postgres(connection) => pending(connection, &POSTGRES_MIGRATIONS)?,
        };
        if pending > 0 {
            return Err(StoreError::Schema(format!(
                "{pending} migrations are pending: run `hourbook migrate`"
            )));
        }
        Ok(())
    }
}

/// How many migrations are still to be run; refuses a schema that a newer program made.
fn pending<DB, C>(connection: &mut C, migrations: &EmbeddedMigrations) -> Result<usize, StoreError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known = MigrationSource::<DB>::migrations(migrations).map_err(schema)?;
    let applied = connection.applied_migrations().map_err(schema)?;
    let is_known = |version: &MigrationVersion| known.iter().any(|one| one.name().version() == *version);
    match applied.iter().find(|version| !is_known(version)) {
        Some(version) => Err(StoreError::Schema(format!(
            "the database has migration {version}, which this program does not know: a newer one made it"
        ))),
        None => Ok(known.len() - applied.len()),
    }
}

/// Runs what is pending; the names of those.
fn migrate<DB, C>(connection: &mut C, migrations: EmbeddedMigrations) -> Result<Vec<String>, StoreError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    if pending(connection, &migrations)? == 0 {
        return Ok(Vec::new());
    }
    let pending = connection.pending_migrations(migrations).map_err(schema)?;
    let names = pending.iter().map(|migration| migration.name().to_string()).collect();
    connection.run_migrations(&pending).map_err(schema)?;
    Ok(names)
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn schema(error: Box<dyn std::error::Error + Send + Sync>) -> StoreError {
    StoreError::Schema(error.to_string())
}
