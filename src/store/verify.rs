//! The journal replayed from nothing and compared with what is stored.
//!
//! Every entry is checked (its place in the chain and the tree, its balance, its time) and carried, by the same
//! [`evolve`] that the write path uses, into a shadow database; then each derived table is compared
//! with its shadow, row by row in key order. Memory is bounded by a chunk of entries and the rows
//! kept in memory, whatever the journal's length; the shadow takes disk in a temporary file.
//! Independently of that code, the balances are compared with sums over the postings by SQL, and each roll-up
//! with the sums of the entries. What stands beside an entry in its row is compared with what the entry says, what
//! stands beside the journal with what entries bind, and the whole with what was signed and kept elsewhere.

mod rollups;
mod seals;
mod service;
mod side_data;

use super::StoreError;
use super::account;
use super::apply::{self, posting_columns, posting_values};
use super::column::Column;
use super::db::{Db, DbUrl};
use super::head::Head;
use super::load::load;
use super::read::journal::{self, JournalEntry};
use super::read::{PageRequest, Scope};
use super::sql::{Bind, Sql, SqlValue, SqlValues};
use super::table::Table;
use super::tree::{self, Checkpoint};
use super::vault::Vault;
use crate::domain;
use crate::domain::account::is_balanced;
use crate::domain::evolve::{outcome, replay as replay_entry};
use crate::domain::ids::Seq;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::{Stop, UnsealedEntry, World};
use crate::journal::{Entry, Frontier, LogVerifier, TreeHash, TreeHead, open_checkpoint};
use rollups::RollupCheck;
use seals::SealCheck;
use side_data::SideDataCheck;
use std::cmp::Ordering;
use std::path::Path;
use std::sync::atomic::AtomicU64;

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
}

impl Report {
    /// Most differences that are named one by one.
    const NAMED: usize = 100;

    fn differs(&mut self, what: String) {
        self.differences += 1;
        if self.named.len() < Self::NAMED {
            self.named.push(what);
        }
    }
}

/// Entries that are held at once.
const CHUNK: u32 = 2_000;
/// Rows that are kept in memory between chunks.
const KEPT_ROWS: usize = 100_000;
/// Nobody needs the shadow again, so that its pages are written once, and only when the cache is full.
const SHADOW_PRAGMAS: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF";
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
    remove(&path);
    let mut shadow = Db::open_for_writing(&DbUrl::Sqlite(path.clone()))?;
    shadow.batch(SHADOW_PRAGMAS)?;
    shadow.migrate()?;
    shadow.batch(DROP_READERS_INDEXES)?;
    let report = db.snapshot(|db| {
        let mut report = Report::default();
        let side_data = SideDataCheck::new(&mut shadow, evidence.vault)?;
        let since = replay(db, &mut shadow, (rules, evidence), &mut report, &mut progress)?;
        compare_all(db, &mut shadow, &mut report)?;
        service::check(&mut shadow, rules, &mut report)?;
        side_data.end(db, &mut shadow, since, &mut report)?;
        check_balances(db, &mut report)?;
        Ok(report)
    });
    drop(shadow);
    remove(&path);
    report
}

fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        // What is not there need not be removed.
        let _absent = std::fs::remove_file(name);
    }
}

/// Where the replay stands in the chain.
struct Link {
    seq: Seq,
    recorded_at: Timestamp,
    hash: TreeHash,
}

fn replay(
    db: &mut Db,
    shadow: &mut Db,
    (rules, evidence): (&Rules, Evidence),
    report: &mut Report,
    progress: &mut impl FnMut(i64, i64),
) -> Result<Option<i64>, StoreError> {
    let head = super::head::read(db)?;
    let mut tree = TreeCheck::new(db, evidence, report)?;
    let mut seals = SealCheck::new(db, evidence.vault)?;
    let mut rollups = RollupCheck::new(db)?;
    let mut last = Link { seq: Seq(0), recorded_at: Timestamp::default(), hash: TreeHash::default() };
    let mut world = World::default();
    shadow.begin()?;
    loop {
        let chunk = journal::list(db, Scope::All, PageRequest { after: Some(last.seq), limit: CHUNK })?.items;
        if chunk.is_empty() {
            break;
        }
        check_rows_of_entries(db, &chunk, report)?;
        for stored in chunk {
            check_link(&last, &stored.entry, report)?;
            tree.follow(db, stored.entry.hash, report)?;
            carry(shadow, &mut world, rules, &stored.entry.unsealed, report)?;
            rollups.follow(db, &world, &stored.entry.unsealed, report)?;
            let outcome = outcome(&world, &stored.entry.unsealed).ok();
            SideDataCheck::follow(shadow, &stored.entry.unsealed, outcome.as_ref())?;
            let unit = outcome.and_then(|outcome| outcome.unit());
            if unit != stored.unit {
                report.differs(format!(
                    "entry {}: filed under another unit than it concerns",
                    stored.entry.unsealed.seq
                ));
            }
            last = Link {
                seq: stored.entry.unsealed.seq,
                recorded_at: stored.entry.unsealed.recorded_at,
                hash: stored.entry.hash,
            };
            let left = Head {
                last_seq: last.seq,
                last_recorded_at: last.recorded_at,
                last_hash: last.hash,
                tree: tree.built.clone(),
            };
            seals.follow(db, (&left, stored.entry.nonce.is_some()), report)?;
            report.entries += 1;
        }
        apply::write_derived(shadow, &world.take_changes(), None)?;
        if world.size() > KEPT_ROWS {
            world = World::default();
        }
        progress(report.entries, head.last_seq.0);
    }
    shadow.commit()?;
    tree.end(db, &head, report)?;
    check_strays(db, last.seq, report)?;
    let since = seals.end(db, last.seq, report)?;
    rollups.end(db, report)?;
    if (head.last_seq, head.last_hash) != (last.seq, last.hash) {
        report.differs(format!("the head names entry {}, the journal ends at {}", head.last_seq, last.seq));
    }
    if head.last_recorded_at != last.recorded_at {
        report.differs("the head bears another instant than the last entry".to_owned());
    }
    Ok(since.map(|since| since.0))
}

/// What stands in the rows of entries and postings beside what their hash is over.
fn check_rows_of_entries(
    db: &mut Db,
    entries: &[JournalEntry],
    report: &mut Report,
) -> Result<(), StoreError> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let (first, last) = (first.entry.unsealed.seq, last.entry.unsealed.seq);
    let between = |sql: &'static str| Sql::new(sql).bind(first.to_sql_value()).bind(last.to_sql_value());
    let kinds = between("SELECT seq, kind FROM entries WHERE seq BETWEEN ? AND ? ORDER BY seq");
    let kinds = db.query(kinds)?.into_iter().map(|SqlValues(row)| row);
    let expected = entries.iter().map(|entry| {
        let unsealed = &entry.entry.unsealed;
        vec![unsealed.seq.to_sql_value(), unsealed.event.kind().to_owned().to_sql_value()]
    });
    for (stored, expected) in kinds.zip(expected).filter(|(stored, expected)| stored != expected) {
        report.differs(format!(
            "entry {}: is filed as another kind than it is: {}",
            name(&expected.iter().take(1).collect::<Vec<_>>()),
            name(&stored.iter().skip(1).collect::<Vec<_>>())
        ));
    }
    let columns = posting_columns().join(", ");
    let postings =
        Sql::new(format!("SELECT {columns} FROM postings WHERE seq BETWEEN ? AND ? ORDER BY seq, line"));
    let postings = db.query(postings.bind(first.to_sql_value()).bind(last.to_sql_value()))?;
    let expected = entries.iter().flat_map(|entry| {
        let unsealed = &entry.entry.unsealed;
        (1..).zip(&unsealed.postings).map(|(line, posting)| posting_values(unsealed.seq, line, posting))
    });
    let differs = postings.into_iter().map(|SqlValues(row)| row).zip(expected);
    for (stored, expected) in
        differs.filter(|(stored, expected)| !stored.iter().zip(expected).all(|(a, b)| same(a, b)))
    {
        let key: Vec<&SqlValue> = expected.iter().take(2).collect();
        let stored: Vec<&SqlValue> = stored.iter().collect();
        report.differs(format!("posting {}: its row says otherwise: {}", name(&key), name(&stored)));
    }
    Ok(())
}

/// Rows of the journal that no entry within it has.
fn check_strays(db: &mut Db, last: Seq, report: &mut Report) -> Result<(), StoreError> {
    for (what, sql) in [
        ("entries before the first", "SELECT COUNT(*) FROM entries WHERE seq < 1 OR seq > ?"),
        ("postings of no entry", "SELECT COUNT(*) FROM postings WHERE seq < 1 OR seq > ?"),
    ] {
        let stray = db.number(Sql::new(sql).bind(last.to_sql_value()))?.unwrap_or_default();
        if stray > 0 {
            report.differs(format!("{stray} {what}"));
        }
    }
    Ok(())
}

fn check_link(last: &Link, entry: &Entry, report: &mut Report) -> Result<(), StoreError> {
    let unsealed = &entry.unsealed;
    let unreadable = |error: serde_json::Error| StoreError::corrupt(error.to_string());
    if unsealed.seq != last.seq.next() {
        report.differs(format!("entry {}: follows {}, which leaves a gap", unsealed.seq, last.seq));
    }
    if !entry.follows(last.hash).map_err(unreadable)? {
        report.differs(format!(
            "entry {}: its hash is not that of its content and the entry before",
            unsealed.seq
        ));
    }
    if !is_balanced(&unsealed.postings) {
        report.differs(format!("entry {}: its postings do not balance", unsealed.seq));
    }
    if unsealed.recorded_at < last.recorded_at {
        report.differs(format!("entry {}: recorded before the entry that it follows", unsealed.seq));
    }
    Ok(())
}

/// The tree computed again, to compare with what is stored and what was signed.
struct TreeCheck<'k> {
    evidence: Evidence<'k>,
    /// What was kept elsewhere, the largest tree first.
    kept: Vec<&'k KeptCheckpoint>,
    /// The size of the checkpoint before, and whether it had a seal.
    last_signed: (u64, bool),
    built: Frontier,
    full_tiles: u64,
    /// The next checkpoint that was signed.
    signed: Option<Checkpoint>,
}

impl<'k> TreeCheck<'k> {
    fn new(db: &mut Db, evidence: Evidence<'k>, report: &mut Report) -> Result<Self, StoreError> {
        let signed = tree::checkpoint_from(db, 0)?;
        let mut kept: Vec<&KeptCheckpoint> = evidence.kept.iter().collect();
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.head.size));
        let (built, last_signed) = (Frontier::default(), (0, false));
        let mut check = Self { evidence, kept, last_signed, built, full_tiles: 0, signed };
        check.compare_signed(db, report)?;
        Ok(check)
    }

    fn follow(&mut self, db: &mut Db, leaf: TreeHash, report: &mut Report) -> Result<(), StoreError> {
        for tile in self.built.append(leaf) {
            self.full_tiles += 1;
            let stored = tree::row(db, tile.tile_level, tile.position..tile.position + 1);
            if !stored.is_ok_and(|stored| stored == [tile.hash]) {
                let (level, position) = (tile.tile_level, tile.position);
                report.differs(format!("tree node {level}/{position}: is not the hash of what is below it"));
            }
        }
        self.compare_signed(db, report)
    }

    fn compare_signed(&mut self, db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
        let size = self.built.size();
        while let Some(kept) = self.kept.pop_if(|kept| kept.head.size == size) {
            report.kept += 1;
            if kept.head.root != self.built.root() {
                report.differs(format!("{}: signs another tree of {size} entries", kept.name));
            }
        }
        let Some(signed) = self.signed.take_if(|signed| signed.head.size == size) else { return Ok(()) };
        if signed.head.root != self.built.root() {
            report.differs(format!("checkpoint {size}: its root is not that of the entries"));
        }
        self.check_seal(&signed, report);
        if !self.evidence.keys.is_empty() {
            match open_checkpoint(&signed.note, self.evidence.keys) {
                Ok(head) if head == signed.head => report.signatures += 1,
                Ok(_) => report.differs(format!("checkpoint {size}: the note is of another tree")),
                Err(error) => report.differs(format!("checkpoint {size}: {error}")),
            }
        }
        self.signed = tree::checkpoint_from(db, size + 1)?;
        Ok(())
    }

    /// The row's seal names the checkpoint before it. From the first that has one on, each has.
    fn check_seal(&mut self, signed: &Checkpoint, report: &mut Report) {
        let size = signed.head.size;
        let (before, must_be_sealed) = self.last_signed;
        self.last_signed = (size, must_be_sealed || signed.seal.is_some());
        let Some(vault) = self.evidence.vault else { return };
        match &signed.seal {
            None if must_be_sealed => report.differs(format!("checkpoint {size}: bears no seal")),
            None => report.unsealed_rows += 1,
            Some(seal) if !vault.is_row_seal(tree::CHECKPOINT_TABLE, &signed.sealed_values(), seal) => {
                report.differs(format!("checkpoint {size}: its seal is not the service's"));
            }
            Some(_) if signed.previous != Some(before) => {
                report.differs(format!("checkpoint {size}: the one before it is not there"));
            }
            Some(_) => {}
        }
    }

    fn end(self, db: &mut Db, head: &Head, report: &mut Report) -> Result<(), StoreError> {
        for kept in &self.kept {
            let (size, there) = (kept.head.size, self.built.size());
            report.differs(format!("{}: signs {size} entries, and there are {there}", kept.name));
        }
        let published = tree::latest_checkpoint(db)?.map_or(0, |last| last.head.size);
        for kept in self.evidence.kept.iter().filter(|kept| kept.is_published && kept.head.size > published) {
            report.differs(format!("{}: the database lacks its checkpoint of {}", kept.name, kept.head.size));
        }
        if head.tree != self.built {
            report.differs("the head bears the edge of another tree than the entries make".to_owned());
        }
        if let Some(signed) = self.signed {
            report.differs(format!("checkpoint {}: signs more entries than there are", signed.head.size));
        }
        if tree::stored_nodes(db)? != self.full_tiles {
            report.differs("the tree has nodes over entries that are not there".to_owned());
        }
        Ok(())
    }
}

/// How often an entry may ask for rows of the shadow.
const ROUNDS: usize = 12;

fn carry(
    shadow: &mut Db,
    world: &mut World,
    rules: &Rules,
    unsealed: &UnsealedEntry,
    report: &mut Report,
) -> Result<(), StoreError> {
    for _ in 0..ROUNDS {
        match replay_entry(world, rules, unsealed) {
            Ok(true) => return Ok(()),
            Ok(false) => {
                report.differs(format!("entry {}: its postings do not follow from its event", unsealed.seq));
                return Ok(());
            }
            Err(Stop::Rejected(rejection)) => {
                report.differs(format!("entry {}: rests on what is not there: {rejection}", unsealed.seq));
                return Ok(());
            }
            Err(Stop::Miss) => {
                apply::write_derived(shadow, &world.take_changes(), None)?;
                let missing = world.take_missing();
                load(shadow, world, rules.zone, missing)?;
            }
        }
    }
    Err(StoreError::corrupt("replaying an entry does not come to an end"))
}

/// A table as it is compared.
struct Compared {
    name: &'static str,
    /// The table of the shadow that it is compared with.
    replayed_as: &'static str,
    /// The shadow's column with whom the row is about: it may be gone where that person is.
    about: Option<&'static str>,
    key: &'static [&'static str],
    columns: Vec<&'static str>,
    only: &'static str,
}

impl Compared {
    /// A table of the same name on both sides.
    fn of(name: &'static str, key: &'static [&'static str], columns: Vec<&'static str>) -> Self {
        Self { name, replayed_as: name, about: None, key, columns, only: "1 = 1" }
    }

    fn key_of<'r>(&self, row: &'r [SqlValue]) -> Vec<&'r SqlValue> {
        let position = |key: &&str| self.columns.iter().position(|column| column == key);
        self.key.iter().filter_map(|key| row.get(position(key)?)).collect()
    }
}

fn table<T: Table>() -> Compared {
    let columns = T::COLUMNS.iter().map(|(name, _)| *name).collect();
    Compared::of(T::NAME, T::KEY, columns)
}

macro_rules! tables_of_nouns {
    (things { $($module:ident: $Noun:ident($Row:ident, $($id:tt)*) in $table:ident else $Absent:ident $commands:tt;)* }
     others $others:tt
     rows { $($rows:ident: $of:ident::$OtherRow:ident;)* }) => {
        fn tables_of_nouns() -> Vec<Compared> {
            vec![
                $(table::<domain::$module::$Row>(),)*
                $(table::<domain::$of::$OtherRow>(),)*
            ]
        }
    };
}
crate::nouns!(tables_of_nouns);

fn compare_all(db: &mut Db, shadow: &mut Db, report: &mut Report) -> Result<(), StoreError> {
    let account: &[&str] = &account::PERSONAL_COLUMNS;
    let beside = [
        Compared::of("unit_lineage", &["ancestor", "unit"], vec!["ancestor", "unit"]),
        Compared {
            only: "balance <> 0",
            ..Compared::of("balances", account, account.iter().copied().chain(["balance"]).collect())
        },
    ];
    tables_of_nouns().iter().chain(&beside).try_for_each(|table| compare(db, shadow, table, report))
}

/// Walks both tables in key order, like a merge.
fn compare(db: &mut Db, shadow: &mut Db, table: &Compared, report: &mut Report) -> Result<(), StoreError> {
    let mut stored = Rows::new(table, table.name);
    let mut replayed = Rows::new(table, table.replayed_as);
    loop {
        let (Some(ours), Some(theirs)) = (stored.peek(db)?, replayed.peek(shadow)?) else { break };
        match order(&table.key_of(ours), &table.key_of(theirs)) {
            Ordering::Equal => {
                if let Some(what) = difference(table, ours, theirs) {
                    report.differs(what);
                }
                stored.advance();
                replayed.advance();
            }
            Ordering::Less => {
                report.differs(format!(
                    "{} {}: stored, but not in the journal",
                    table.name,
                    name(&table.key_of(ours))
                ));
                stored.advance();
            }
            Ordering::Greater => {
                let theirs = theirs.to_vec();
                report_missing(shadow, table, &theirs, report)?;
                replayed.advance();
            }
        }
        report.rows += 1;
    }
    while let Some(ours) = stored.peek(db)? {
        report.differs(format!(
            "{} {}: stored, but not in the journal",
            table.name,
            name(&table.key_of(ours))
        ));
        stored.advance();
    }
    while let Some(theirs) = replayed.peek(shadow)? {
        let theirs = theirs.to_vec();
        report_missing(shadow, table, &theirs, report)?;
        replayed.advance();
    }
    Ok(())
}

fn report_missing(
    shadow: &mut Db,
    table: &Compared,
    replayed: &[SqlValue],
    report: &mut Report,
) -> Result<(), StoreError> {
    let key = table.key_of(replayed);
    if !side_data::may_be_gone(shadow, table, &key)? {
        report.differs(format!("{} {}: in the journal, but not stored", table.name, name(&key)));
    }
    Ok(())
}

fn difference(table: &Compared, stored: &[SqlValue], replayed: &[SqlValue]) -> Option<String> {
    let differing = table.columns.iter().zip(stored.iter().zip(replayed)).filter(|(_, (a, b))| !same(a, b));
    let words: Vec<String> = differing
        .map(|(column, (a, b))| format!("{column} is {}, the journal says {}", show(a), show(b)))
        .collect();
    (!words.is_empty())
        .then(|| format!("{} {}: {}", table.name, name(&table.key_of(stored)), words.join("; ")))
}

/// Nulls of any type are the same.
fn same(a: &SqlValue, b: &SqlValue) -> bool {
    let null = |sql_value: &SqlValue| {
        matches!(sql_value, SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None))
    };
    a == b || (null(a) && null(b))
}

fn show(sql_value: &SqlValue) -> String {
    match sql_value {
        SqlValue::Int(Some(value)) => value.to_string(),
        SqlValue::Text(Some(value)) => format!("{value:?}"),
        SqlValue::Bytes(Some(value)) => format!("{} bytes", value.len()),
        SqlValue::Int(None) | SqlValue::Text(None) | SqlValue::Bytes(None) => "null".to_owned(),
    }
}

fn name(key: &[&SqlValue]) -> String {
    key.iter().map(|sql_value| show(sql_value)).collect::<Vec<_>>().join("/")
}

fn order(a: &[&SqlValue], b: &[&SqlValue]) -> Ordering {
    let rank = |sql_value: &SqlValue| match sql_value {
        SqlValue::Int(value) => (value.unwrap_or_default(), Vec::new()),
        SqlValue::Text(value) => (0, value.clone().unwrap_or_default().into_bytes()),
        SqlValue::Bytes(value) => (0, value.clone().unwrap_or_default()),
    };
    a.iter().map(|sql_value| rank(sql_value)).cmp(b.iter().map(|sql_value| rank(sql_value)))
}

/// A table's rows in key order, a page at a time.
struct Rows<'t> {
    table: &'t Compared,
    /// The table's name on this side.
    name: &'static str,
    page: Vec<Vec<SqlValue>>,
    at: usize,
    last_key: Option<Vec<SqlValue>>,
    done: bool,
}

const PAGE: i64 = 1_000;

impl<'t> Rows<'t> {
    fn new(table: &'t Compared, name: &'static str) -> Self {
        Self { table, name, page: Vec::new(), at: 0, last_key: None, done: false }
    }

    fn peek(&mut self, db: &mut Db) -> Result<Option<&[SqlValue]>, StoreError> {
        if self.at >= self.page.len() && !self.done {
            self.page = self.read_page(db)?;
            self.at = 0;
            self.done = self.page.is_empty();
            let last = self.page.last().map(|row| self.table.key_of(row).into_iter().cloned().collect());
            self.last_key = last.or(self.last_key.take());
        }
        Ok(self.page.get(self.at).map(Vec::as_slice))
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    fn read_page(&self, db: &mut Db) -> Result<Vec<Vec<SqlValue>>, StoreError> {
        let (name, Compared { key, columns, only, .. }) = (self.name, self.table);
        let (keys, marks) = (key.join(", "), vec!["?"; key.len()].join(", "));
        let select = format!("SELECT {} FROM {name} WHERE {only}", columns.join(", "));
        let sql = match &self.last_key {
            None => Sql::new(format!("{select} ORDER BY {keys} LIMIT ?")),
            Some(last) => {
                let sql = Sql::new(format!("{select} AND ({keys}) > ({marks}) ORDER BY {keys} LIMIT ?"));
                last.iter().cloned().fold(sql, |sql, sql_value| sql.bind_any(Bind::SqlValue(sql_value)))
            }
        };
        Ok(db.query(sql.int(PAGE))?.into_iter().map(|SqlValues(sql_values)| sql_values).collect())
    }
}

/// Every balance is the sum of its postings: asked of the database alone. The postings are read as they lie (the
/// `+`): to look each up by the index of people's would be a page for each.
fn check_balances(db: &mut Db, report: &mut Report) -> Result<(), StoreError> {
    let account = account::PERSONAL_COLUMNS.join(", ");
    let wrong = Sql::new(format!(
        "SELECT {account}, CAST(SUM(amount) AS BIGINT) FROM (
             SELECT {account}, amount FROM postings WHERE +volunteer <> 0
             UNION ALL SELECT {account}, -balance FROM balances
         ) AS both_sides GROUP BY {account} HAVING SUM(amount) <> 0 ORDER BY {account} LIMIT 100"
    ));
    for SqlValues(sql_values) in db.query(wrong)? {
        let key: Vec<&SqlValue> = sql_values.iter().take(account::PERSONAL_COLUMNS.len()).collect();
        report.differs(format!("balance {}: is not the sum of its postings", name(&key)));
    }
    Ok(())
}
