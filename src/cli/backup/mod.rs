//! Backups: a copy of the database as of one entry, with all that a service needs to go on from it.
//!
//! | file | what lives there |
//! |---|---|
//! | `manifest` | what a backup says of itself |
//! | `take` | `hourbook backup` |
//! | `restore` | `hourbook restore` |
//! | `dump` | PostgreSQL's own programs |

mod dump;
mod manifest;
mod restore;
mod take;

pub use restore::Restore;
pub use take::Backup;

/// The copy of SQLite's file.
const DATABASE: &str = "hourbook.db";
/// The dump of PostgreSQL's database.
const DUMP: &str = "hourbook.dump";
const MANIFEST: &str = "manifest.json";
/// The folder of the keys.
const KEYS: &str = "keys";
