//! The same, in pieces, for a service that goes on serving: each piece has a snapshot of its own, and between two
//! others have the machine.
//!
//! First the entries are carried into the shadow, then the tables are compared. Each piece of the comparing first
//! carries the entries that came meanwhile, so that both sides are of the very entry that its snapshot ends at. What
//! cannot be cut in pieces is left to [`super::verify`]: overlaps of service, sums over all postings, seals of party
//! statuses.

use super::compare::{Compared, Key, compare_some, compared_tables};
use super::replay::Replay;
use super::side_data::{SideDataCheck, bound_tables};
use super::{Evidence, Report, open_shadow, remove, tell_since};
use crate::domain::ids::Seq;
use crate::domain::rules::Rules;
use crate::store::apply::{SealedTable, sealed_tables};
use crate::store::{Db, Pool, StoreError};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// How much is done between two pauses.
#[derive(Clone, Copy, Debug)]
pub struct PieceSize {
    pub entries: u32,
    pub rows: u64,
}

impl Default for PieceSize {
    /// Some tens of milliseconds. With a second between two, a million records take four to eight hours.
    fn default() -> Self {
        Self { entries: 250, rows: 1_000 }
    }
}

/// Rows that are kept in memory between pieces.
const KEPT_ROWS: usize = 10_000;

/// The database that a pass fills, in a file that goes with it.
pub struct Shadow {
    db: Db,
    path: PathBuf,
}

impl Shadow {
    /// An empty one at this path; what was left there is removed.
    pub fn at(path: &Path) -> Result<Self, StoreError> {
        let mut db = open_shadow(path)?;
        db.batch("PRAGMA cache_size = -8192")?;
        Ok(Self { db, path: path.to_owned() })
    }
}

impl Drop for Shadow {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

impl std::fmt::Debug for Shadow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shadow").field("path", &self.path).finish_non_exhaustive()
    }
}

/// One pass over the whole journal and all that follows from it. `pause` is called between pieces, with what was
/// found so far and the last entry that was replayed; where it says so the pass ends early, and there is no report.
///
/// # Errors
///
/// Where a database fails. [`StoreError::Corrupt`] is a difference as well: what stands there cannot even be read.
pub fn verify_in_pieces(
    pool: &Pool,
    rules: &Rules,
    evidence: Evidence,
    mut shadow: Shadow,
    size: PieceSize,
    mut pause: impl FnMut(&Report, Seq) -> ControlFlow<()>,
) -> Result<Option<(Report, Seq)>, StoreError> {
    let shadow = &mut shadow.db;
    let mut report = Report::default();
    let side_data = SideDataCheck::new(shadow, evidence.vault)?;
    let begin = |db: &mut Db| {
        db.snapshot(|db| {
            tell_since(db, shadow, evidence.vault, &mut report)?;
            Replay::new(db, rules, evidence, &mut report)
        })
    };
    let mut replay = pool.read(begin)?.keeping(KEPT_ROWS);
    let mut walk = Walk::new();
    loop {
        let piece = |db: &mut Db| {
            db.snapshot(|db| {
                if carry(db, shadow, &mut replay, size, &mut report)? {
                    return Ok(false);
                }
                let since = replay.sealed_since();
                if walk.go_on(db, shadow, (&side_data, since), size, &mut report)? {
                    return Ok(false);
                }
                replay.end(db, &mut report).map(|_| true)
            })
        };
        let is_done = pool.read(piece)?;
        if is_done {
            return Ok(Some((report, replay.last())));
        }
        if pause(&report, replay.last()).is_break() {
            return Ok(None);
        }
    }
}

/// Carries the next entries; whether there may be more.
fn carry(
    db: &mut Db,
    shadow: &mut Db,
    replay: &mut Replay,
    size: PieceSize,
    report: &mut Report,
) -> Result<bool, StoreError> {
    let before = replay.last().0;
    shadow.begin()?;
    replay.step(db, shadow, size.entries, report)?;
    shadow.commit()?;
    Ok(replay.last().0 - before >= i64::from(size.entries))
}

/// How far the comparing has come.
struct Walk {
    compared: Vec<Compared>,
    sealed: Vec<SealedTable>,
    /// The table, first of those that are compared, then of those whose rows bear seals; and the last key passed.
    table: usize,
    after: Option<Key>,
}

impl Walk {
    fn new() -> Self {
        let compared = compared_tables().into_iter().chain(bound_tables()).collect();
        Self { compared, sealed: sealed_tables().into_iter().collect(), table: 0, after: None }
    }

    /// Compares the next rows; whether there may be more.
    fn go_on(
        &mut self,
        db: &mut Db,
        shadow: &mut Db,
        (side_data, since): (&SideDataCheck, Option<i64>),
        size: PieceSize,
        report: &mut Report,
    ) -> Result<bool, StoreError> {
        let until = report.rows + size.rows;
        while report.rows < until {
            let next = (self.after.take(), until - report.rows);
            self.after = if let Some(table) = self.compared.get(self.table) {
                compare_some(db, shadow, table, next, report)?
            } else if let Some(table) = self.sealed.get(self.table - self.compared.len()) {
                side_data.check_rows(db, shadow, table, since, next, report)?
            } else {
                return Ok(false);
            };
            if self.after.is_none() {
                self.table += 1;
            }
        }
        Ok(true)
    }
}
