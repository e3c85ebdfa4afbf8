//! The journal read line by line by who trusts nobody: each entry's bytes checked against the entry
//! before, and everything that the totals are made of summed from the postings alone.
//!
//! Memory is bounded by the units, activities and sums, not by the entries. `verify_bundle.py`, which goes
//! into every bundle, does the same in Python's standard library.

use super::entry::{Body, canonical_bytes};
use super::note::NoteError;
use super::tree::{Frontier, TreeHash};
use crate::domain::UnsealedEntry;
use crate::domain::account::{Account, Posting, is_balanced};
use crate::domain::event::{Crediting, Event};
use crate::domain::ids::{ActivityId, UnitId};
use crate::domain::text::{Name, UnitCode};
use crate::domain::{activity, record, unit};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// Why a journal or a bundle is not what it says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    #[error("entry {seq}: its bytes are not those of an entry in canonical form")]
    Unreadable { seq: u64 },
    #[error("entry {seq}: it does not follow the entry before")]
    OutOfOrder { seq: u64 },
    #[error("entry {seq}: its postings do not balance")]
    Unbalanced { seq: u64 },
    #[error("entry {seq}: it posts other minutes than it tells of")]
    PostsOtherwise { seq: u64 },
    #[error("entry {seq}: it names a unit or activity that no entry made")]
    NamesNothing { seq: u64 },
    #[error("{file}: is missing or cannot be read")]
    NoFile { file: &'static str },
    #[error("{file}: is not what the entries come to")]
    NotFromEntries { file: &'static str },
    #[error("manifest.json: {what} is not that of the entries")]
    Manifest { what: &'static str },
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] NoteError),
    #[error("checkpoint: it does not begin with the entries of the bundle")]
    Inconsistent,
}

/// What the entries so far come to.
#[derive(Debug, Default)]
pub struct Audit {
    tree: Frontier,
    last: TreeHash,
    parents: HashMap<UnitId, Option<UnitId>>,
    /// By what the entry that made a unit calls it.
    units: HashMap<UnitId, (UnitCode, Name)>,
    unit_of_activity: HashMap<ActivityId, UnitId>,
    /// By unit, year * 100 + month of the service, and evidence.
    minutes: BTreeMap<(UnitId, i32, &'static str), i64>,
    /// Hundredths, by unit and kind of account.
    points: BTreeMap<(UnitId, &'static str), i64>,
}

impl Audit {
    /// Takes the next entry's bytes.
    pub fn follow(&mut self, bytes: &str) -> Result<(), AuditError> {
        let seq = self.tree.size() + 1;
        let (unsealed, previous) = read(bytes).ok_or(AuditError::Unreadable { seq })?;
        if unsealed.seq.0.unsigned_abs() != seq || previous != self.last {
            return Err(AuditError::OutOfOrder { seq });
        }
        if !is_balanced(&unsealed.postings) {
            return Err(AuditError::Unbalanced { seq });
        }
        if !posts_what_it_tells(&unsealed) {
            return Err(AuditError::PostsOtherwise { seq });
        }
        self.learn(&unsealed);
        self.add_up(&unsealed).ok_or(AuditError::NamesNothing { seq })?;
        self.last = TreeHash::of_leaf(bytes.as_bytes());
        self.tree.append(self.last);
        Ok(())
    }

    /// The tree over the entries so far.
    #[must_use]
    pub const fn tree(&self) -> &Frontier {
        &self.tree
    }

    /// Code and name of a unit, as the entry that made it has them.
    #[must_use]
    pub fn unit(&self, unit: UnitId) -> Option<&(UnitCode, Name)> {
        self.units.get(&unit)
    }

    /// Credited minutes of a unit and those under it, by unit, month of the service and evidence.
    #[must_use]
    pub fn minutes_csv(&self, top: UnitId) -> String {
        let mut csv = "unit,month,evidence,credited_minutes\n".to_owned();
        for ((unit, month, evidence), minutes) in &self.minutes {
            if *minutes != 0 && self.is_within(*unit, top) {
                // Writing to a text does not fail.
                let _ = writeln!(csv, "{unit},{:04}-{:02},{evidence},{minutes}", month / 100, month % 100);
            }
        }
        csv
    }

    /// The points in the books of a unit and those under it, by unit and kind of account, in hundredths.
    /// What was issued is negative: it is where the others came from.
    #[must_use]
    pub fn points_csv(&self, top: UnitId) -> String {
        let mut csv = "unit,account,points_hundredths\n".to_owned();
        for ((unit, account), hundredths) in &self.points {
            if *hundredths != 0 && self.is_within(*unit, top) {
                let _ = writeln!(csv, "{unit},{account},{hundredths}");
            }
        }
        csv
    }

    fn learn(&mut self, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Unit(unit::Event::UnitCreated { code, name, parent, .. }) => {
                let unit = UnitId::new(unsealed.seq);
                self.parents.insert(unit, *parent);
                self.units.insert(unit, (code.clone(), name.clone()));
            }
            Event::Activity(activity::Event::ActivityCreated { unit, .. }) => {
                self.unit_of_activity.insert(ActivityId::new(unsealed.seq), *unit);
            }
            _ => {}
        }
    }

    fn add_up(&mut self, unsealed: &UnsealedEntry) -> Option<()> {
        for posting in &unsealed.postings {
            match posting.account {
                Account::Served { activity, evidence, date } => {
                    let unit = *self.unit_of_activity.get(&activity)?;
                    let month = month_of(date);
                    // Where service was given falls by what volunteers are credited with.
                    *self.minutes.entry((unit, month, evidence.into_str())).or_default() -= posting.amount;
                }
                account => {
                    if let Some(unit) = account.unit() {
                        *self.points.entry((unit, account.kind())).or_default() += posting.amount;
                    }
                }
            }
        }
        Some(())
    }

    fn is_within(&self, unit: UnitId, top: UnitId) -> bool {
        let parent = |unit: &UnitId| self.parents.get(unit).copied().flatten();
        // A unit's parent is made before it, so that the way up ends.
        std::iter::successors(Some(unit), parent).any(|above| above == top)
    }
}

/// Minutes are credited by the crediting of a record, as many as it says, and taken back by its voiding; by nothing
/// else.
fn posts_what_it_tells(unsealed: &UnsealedEntry) -> bool {
    let served = |posting: &Posting| matches!(posting.account, Account::Served { .. });
    let credited: i64 = -unsealed
        .postings
        .iter()
        .filter(|posting| served(posting))
        .map(|posting| posting.amount)
        .sum::<i64>();
    let told = |crediting: &Crediting| crediting.credited_minutes.0;
    match &unsealed.event {
        Event::Record(record::Event::RecordSubmitted { crediting, .. }) => {
            credited == crediting.as_ref().map_or(0, told)
        }
        Event::Record(record::Event::RecordCredited { crediting, .. }) => credited == told(crediting),
        Event::Record(record::Event::RecordVoided { .. }) => credited <= 0,
        _ => credited == 0,
    }
}

fn month_of(date: chrono::NaiveDate) -> i32 {
    use chrono::Datelike;
    date.year() * 100 + date.month().cast_signed()
}

/// The entry of some bytes and the hash that it names as the one before, if the bytes are exactly those
/// that the entry has in canonical form: nothing else can be read into them.
fn read(bytes: &str) -> Option<(UnsealedEntry, TreeHash)> {
    let body: Body<Value, Vec<_>> = serde_json::from_str(bytes).ok()?;
    let previous = body.previous.parse().ok()?;
    let kind = body.event.get("kind")?.as_str()?.to_owned();
    let unsealed = UnsealedEntry {
        seq: body.seq,
        recorded_at: body.recorded_at,
        actor: body.actor,
        origin: body.origin,
        effective_date: body.effective_date,
        reverses: body.reverses,
        event: Event::deserialize_kind(&kind, body.event).ok()?,
        postings: body.postings,
    };
    (canonical_bytes(&unsealed, body.nonce, previous).ok()? == bytes).then_some((unsealed, previous))
}
