//! The journal replayed from nothing and compared with what is stored.
//!
//! Every entry is checked (its place in the chain and the tree, its balance, its time) and carried, by the same
//! [`evolve`] that the write path uses, into a shadow database; then each derived table is compared
//! with its shadow, row by row in key order. Memory is bounded by a chunk of entries and the rows
//! kept in memory, whatever the journal's length; the shadow takes disk in a temporary file.
//! Independently of that code, the balances are compared with sums over the postings by SQL, and each roll-up
//! with the sums of the entries. What stands beside an entry in its row is compared with what the entry says, what
//! stands beside the journal with what entries bind, and the whole with what was signed and kept elsewhere.

mod compare;
mod pieces;
mod replay;
mod rollups;
mod seals;
mod service;
mod side_data;
mod tree_check;

use super::db::{Db, DbUrl};
use super::sql::SqlValue;
use super::vault::Vault;
use super::{StoreError, inbox};
use crate::domain::finding::DifferingRow;
use crate::domain::ids::{RecordId, Seq, UnitId, VolunteerId};
use crate::domain::rules::Rules;
use crate::journal::{LogVerifier, TreeHead};
use compare::{Compared, check_balances, compared_tables};
use replay::Replay;
use side_data::SideDataCheck;
use std::path::Path;
use std::sync::atomic::AtomicU64;

pub use pieces::{PieceSize, Shadow, verify_in_pieces};

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Entries that were replayed.
    pub entries: i64,
    /// Checkpoints whose signature was checked and is good.
    pub signatures: u64,
    /// Seals of batches that were checked and are good.
    pub batch_seals: u64,
    /// The last entry that was written before batches were sealed; 0 if all were.
    pub unsealed_up_to: i64,
    /// The last entry that was written before people were told of entries; 0 if they always were.
    pub untold_up_to: i64,
    /// Rows beside the journal that were kept before rows were sealed.
    pub unsealed_rows: u64,
    /// Checkpoints that were kept elsewhere, and that the journal was held against.
    pub kept: u64,
    /// Rows that were compared.
    pub rows: u64,
    /// How many differences there are.
    pub differences: u64,
    /// The first of them, in words.
    pub named: Vec<String>,
    /// Whom the first of them concern.
    pub concerned: Vec<DifferingRow>,
}

/// What a row concerns, as far as it tells.
fn differing_row(table: &'static str, columns: &[&'static str], row: &[SqlValue]) -> DifferingRow {
    let number = |name: &str| {
        let at = columns.iter().position(|column| *column == name)?;
        match row.get(at) {
            Some(SqlValue::Int(Some(number))) if *number > 0 => Some(Seq(*number)),
            _ => None,
        }
    };
    let own = |of: &str| (table == of).then(|| number("id")).flatten();
    DifferingRow {
        table,
        record: own("service_records").map(RecordId::new),
        unit: number("unit").or(own("units")).map(UnitId::new),
        volunteer: number("volunteer").or(own("volunteers")).map(VolunteerId::new),
    }
}

impl Report {
    /// Most differences that are named one by one.
    const NAMED: usize = 100;

    fn differs(&mut self, what: String) {
        self.tell(what, DifferingRow { table: JOURNAL, record: None, unit: None, volunteer: None });
    }

    fn row_differs(&mut self, table: &Compared, row: &[SqlValue], what: String) {
        self.tell(what, differing_row(table.name, &table.columns, row));
    }

    fn tell(&mut self, what: String, row: DifferingRow) {
        self.differences += 1;
        if self.named.len() < Self::NAMED {
            self.named.push(what);
            self.concerned.push(row);
        }
    }
}

/// Where what differs is no row of a table: an entry, a seal, a roll-up.
const JOURNAL: &str = "journal";

/// Entries that are held at once.
const CHUNK: u32 = 2_000;
/// Nobody needs the shadow again, so that its pages are written once, and only when the cache is full.
const SHADOW_PRAGMAS: &str =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF";
/// What a replay never asks for needs no index in the shadow: each is a page more for a record.
const DROP_READERS_INDEXES: &str = "
    DROP INDEX records_of_unit;
    DROP INDEX records_of_activity;
    DROP INDEX records_by_crediting;
    DROP INDEX lots_to_expire;
    DROP INDEX activities_by_end;
";

/// What the journal is held against, besides itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'e> {
    /// Check the signatures of checkpoints.
    pub keys: &'e [LogVerifier],
    /// Checks the seals of batches and rows, and opens what is sealed.
    pub vault: Option<&'e Vault>,
    /// What was signed and kept elsewhere, its signature checked.
    pub kept: &'e [KeptCheckpoint],
}

/// A checkpoint that was kept apart from the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// Where it was kept.
    pub name: String,
    pub head: TreeHead,
    /// Whether the database must hold one of as large a tree, as that of the sealer's own memory.
    pub is_published: bool,
}

/// Replays and compares. `scratch` is a folder for the shadow; `progress` hears how far it has come.
pub fn verify(
    db: &mut Db,
    rules: &Rules,
    evidence: Evidence,
    scratch: &Path,
    mut progress: impl FnMut(i64, i64),
) -> Result<Report, StoreError> {
    // Of this process and this call: others may verify at the same time.
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let call = CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = scratch.join(format!("hourbook-verify-{}-{call}.db", std::process::id()));
    let mut shadow = open_shadow(&path)?;
    let report = db.snapshot(|db| {
        let mut report = Report::default();
        let side_data = SideDataCheck::new(&mut shadow, evidence.vault)?;
        tell_since(db, &mut shadow, evidence.vault, &mut report)?;
        let mut replay = Replay::new(db, rules, evidence, &mut report)?;
        shadow.begin()?;
        let last = super::head::read(db)?.last_seq;
        while replay.step(db, &mut shadow, CHUNK, &mut report)? {
            progress(report.entries, last.0);
        }
        shadow.commit()?;
        let since = replay.end(db, &mut report)?;
        for table in compared_tables() {
            compare::compare(db, &mut shadow, &table, &mut report)?;
        }
        service::check(&mut shadow, rules, &mut report)?;
        side_data.end(db, &mut shadow, since, &mut report)?;
        check_balances(db, &mut report)?;
        Ok(report)
    });
    drop(shadow);
    remove(&path);
    report
}

/// An empty database for what the journal comes to.
fn open_shadow(path: &Path) -> Result<Db, StoreError> {
    remove(path);
    let mut shadow = Db::open_for_writing(&DbUrl::Sqlite(path.to_owned()))?;
    shadow.batch(SHADOW_PRAGMAS)?;
    shadow.migrate()?;
    shadow.batch(DROP_READERS_INDEXES)?;
    Ok(shadow)
}

/// Lets the shadow tell people of what the ledger tells them of.
fn tell_since(
    db: &mut Db,
    shadow: &mut Db,
    vault: Option<&Vault>,
    report: &mut Report,
) -> Result<(), StoreError> {
    let beginning = inbox::beginning(db)?;
    if vault.is_some_and(|vault| !beginning.is_sound(vault)) {
        report.differs(format!("messages since entry {}: nobody vouches for that", beginning.entry));
    }
    report.untold_up_to = beginning.entry.0 - 1;
    inbox::begin_at(shadow, beginning.entry)
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // What is not there need not be removed.
        let _absent = std::fs::remove_file(name);
    }
}
