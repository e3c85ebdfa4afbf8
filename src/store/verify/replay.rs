//! The entries, one after the other: their place in the chain, and what follows from them, carried into the shadow.

use super::compare::{name, same};
use super::rollups::RollupCheck;
use super::seals::SealCheck;
use super::side_data::SideDataCheck;
use super::tree_check::TreeCheck;
use super::{Evidence, Report};
use crate::domain::account::is_balanced;
use crate::domain::evolve::{outcome, replay as replay_entry};
use crate::domain::ids::Seq;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::{Stop, UnsealedEntry, World};
use crate::journal::{Entry, TreeHash};
use crate::store::apply::{self, posting_columns, posting_values};
use crate::store::column::Column;
use crate::store::head::{self, Head};
use crate::store::load::load;
use crate::store::read::journal::{self, JournalEntry};
use crate::store::read::{PageRequest, Scope};
use crate::store::sql::{Sql, SqlValue, SqlValues};
use crate::store::{Db, StoreError};

/// Where the replay stands in the chain.
struct Link {
    seq: Seq,
    recorded_at: Timestamp,
    hash: TreeHash,
}

/// The journal carried into the shadow, some entries at a time.
pub(super) struct Replay<'e> {
    rules: &'e Rules,
    last: Link,
    world: World,
    /// Rows that are kept in memory between chunks.
    kept_rows: usize,
    tree: TreeCheck<'e>,
    seals: SealCheck<'e>,
    rollups: RollupCheck,
}

impl<'e> Replay<'e> {
    pub(super) fn new(
        db: &mut Db,
        rules: &'e Rules,
        evidence: Evidence<'e>,
        report: &mut Report,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            rules,
            last: Link { seq: Seq(0), recorded_at: Timestamp::default(), hash: TreeHash::default() },
            world: World::default(),
            kept_rows: KEPT_ROWS,
            tree: TreeCheck::new(db, evidence, report)?,
            seals: SealCheck::new(db, evidence.vault)?,
            rollups: RollupCheck::new(db)?,
        })
    }

    /// For who has less memory to give.
    pub(super) fn keeping(self, kept_rows: usize) -> Self {
        Self { kept_rows, ..self }
    }

    /// The last entry that was taken.
    pub(super) const fn last(&self) -> Seq {
        self.last.seq
    }

    /// The first entry that ever was sealed, as far as the journal was read.
    pub(super) fn sealed_since(&self) -> Option<i64> {
        self.seals.since().map(|since| since.0)
    }

    /// Takes the next entries, at most `limit`, within a transaction of the shadow; whether there were any.
    pub(super) fn step(
        &mut self,
        db: &mut Db,
        shadow: &mut Db,
        limit: u32,
        report: &mut Report,
    ) -> Result<bool, StoreError> {
        let page = PageRequest { after: Some(self.last.seq), limit };
        let chunk = journal::list(db, Scope::All, journal::EntryFilter::default(), page)?.items;
        if chunk.is_empty() {
            return Ok(false);
        }
        self.rollups.look_for_more(db, self.last.seq)?;
        self.seals.look_for_more(db)?;
        check_rows_of_entries(db, &chunk, report)?;
        for stored in chunk {
            self.take(db, shadow, &stored, report)?;
        }
        apply::write_derived(shadow, &self.world.take_changes(), None)?;
        if self.world.size() > self.kept_rows {
            self.world = World::default();
        }
        Ok(true)
    }

    fn take(
        &mut self,
        db: &mut Db,
        shadow: &mut Db,
        stored: &JournalEntry,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let unsealed = &stored.entry.unsealed;
        check_link(&self.last, &stored.entry, report)?;
        self.tree.follow(db, stored.entry.hash, report)?;
        carry(shadow, &mut self.world, self.rules, unsealed, report)?;
        self.rollups.follow(db, &self.world, unsealed, report)?;
        let outcome = outcome(&self.world, unsealed).ok();
        let has_nonce = stored.entry.nonce.is_some();
        SideDataCheck::follow(shadow, (unsealed, has_nonce), outcome.as_ref())?;
        if outcome.and_then(|outcome| outcome.unit()) != stored.unit {
            report.differs(format!("entry {}: filed under another unit than it concerns", unsealed.seq));
        }
        self.last = Link { seq: unsealed.seq, recorded_at: unsealed.recorded_at, hash: stored.entry.hash };
        let left = Head {
            last_seq: self.last.seq,
            last_recorded_at: self.last.recorded_at,
            last_hash: self.last.hash,
            tree: self.tree.built.clone(),
        };
        self.seals.follow(db, (&left, stored.entry.nonce.is_some()), report)?;
        report.entries += 1;
        Ok(())
    }

    /// Takes the journal's end, in the snapshot in which no further entry was found; the first entry that ever was
    /// sealed.
    pub(super) fn end(&mut self, db: &mut Db, report: &mut Report) -> Result<Option<i64>, StoreError> {
        let (head, last) = (head::read(db)?, &self.last);
        self.tree.end(db, &head, report)?;
        check_strays(db, last.seq, report)?;
        let since = self.seals.end(db, last.seq, report)?;
        self.rollups.end(db, report)?;
        if (head.last_seq, head.last_hash) != (last.seq, last.hash) {
            report
                .differs(format!("the head names entry {}, the journal ends at {}", head.last_seq, last.seq));
        }
        if head.last_recorded_at != last.recorded_at {
            report.differs("the head bears another instant than the last entry".to_owned());
        }
        Ok(since.map(|since| since.0))
    }
}

/// Rows that are kept in memory between chunks, where nothing else needs the memory.
const KEPT_ROWS: usize = 100_000;

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
