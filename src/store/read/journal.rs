//! The journal: entries in order, each with its postings.

use super::list::{Listing, Order, PageOf, PageRequest, compare, equals};
use super::row::Row;
use super::scope::Scope;
use crate::domain::Draft;
use crate::domain::account::Posting;
use crate::domain::as_of::AsOf;
use crate::domain::ids::{Seq, UnitId};
use crate::domain::time::Timestamp;
use crate::journal::{Entry, canonical_bytes, event_from_json};
use crate::store::sql::Sql;
use crate::store::{Db, StoreError, account, head};
use std::collections::HashMap;

/// An entry, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    pub entry: Entry,
    /// The unit of the thing that it made or changed.
    pub unit: Option<UnitId>,
}

/// The entries after a position, oldest first, at most `limit`: the whole journal, for whoever
/// recomputes it.
pub fn entries_after(db: &mut Db, after: Seq, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let page = list(db, Scope::All, PageRequest { after: Some(after), limit })?;
    Ok(page.items.into_iter().map(|item| item.entry).collect())
}

/// The canonical bytes of the entries after a position, oldest first, at most `limit`: the leaves of the
/// journal's tree.
pub fn leaves_after(db: &mut Db, after: Seq, limit: u32) -> Result<Vec<String>, StoreError> {
    let mut previous = head::hash_at(db, after)?.unwrap_or_default();
    let leaf_of = |entry: Entry| {
        let before = std::mem::replace(&mut previous, entry.hash);
        canonical_bytes(&entry.draft, before).map_err(|error| StoreError::corrupt(error.to_string()))
    };
    entries_after(db, after, limit)?.into_iter().map(leaf_of).collect()
}

/// Entries in order, oldest first.
pub fn list(db: &mut Db, scope: Scope, page: PageRequest) -> Result<PageOf<JournalEntry>, StoreError> {
    let mut page = entries_of(scope).page(
        db,
        page,
        ("t.seq", Order::OldestFirst),
        read_entry,
        |item: &JournalEntry| item.entry.draft.seq,
    )?;
    add_postings(db, &mut page.items)?;
    Ok(page)
}

/// How many entries [`list`] gives on all its pages.
pub fn count(db: &mut Db, scope: Scope) -> Result<i64, StoreError> {
    let sql = Listing::select("COUNT(*)", "entries AS t").only(scope.of_unit("t.unit")).end("");
    Ok(db.number(sql)?.unwrap_or(0))
}

/// One entry.
pub fn get(db: &mut Db, scope: Scope, seq: Seq) -> Result<Option<JournalEntry>, StoreError> {
    let mut found = entries_of(scope).only(equals("t.seq", &seq)).one(db, read_entry)?;
    add_postings(db, found.as_mut_slice())?;
    Ok(found)
}

/// The entry that a state comes down to; the last, where none is asked for. None beyond the end of the
/// journal, or of time so far: what is still to come would change the answer.
pub fn entry_as_of(db: &mut Db, as_of: Option<AsOf>, now: Timestamp) -> Result<Option<Seq>, StoreError> {
    let head = head::read(db)?;
    Ok(match as_of {
        None => Some(head.last_seq),
        Some(AsOf::Entry(seq)) => Some(seq).filter(|seq| *seq <= head.last_seq),
        Some(AsOf::Instant(instant)) if instant > now.max(head.last_recorded_at) => None,
        Some(AsOf::Instant(instant)) => Some(seq_as_of(db, instant)?),
    })
}

/// The position of the last entry that was recorded at or before an instant; nought before the first.
///
/// Only for an instant before the head's is the answer final: entries of the head's very instant, or
/// later ones, may still come. Whoever needs the same answer for ever asks again by the position.
pub fn seq_as_of(db: &mut Db, instant: Timestamp) -> Result<Seq, StoreError> {
    let sql = Listing::select("t.seq", "entries AS t")
        .only(compare("t.recorded_at", "<=", &instant))
        .end(" ORDER BY t.recorded_at DESC, t.seq DESC LIMIT 1");
    Ok(Seq(db.number(sql)?.unwrap_or(0)))
}

const ENTRY_COLUMNS: &str =
    "t.unit, t.seq, t.recorded_at, t.actor, t.effective_date, t.reverses, t.event, t.hash";

fn entries_of(scope: Scope) -> Listing {
    Listing::select(ENTRY_COLUMNS, "entries AS t").only(scope.of_unit("t.unit"))
}

/// The entry as its own row has it, without postings.
fn read_entry(mut row: Row) -> Result<JournalEntry, StoreError> {
    Ok(JournalEntry {
        unit: row.next()?,
        entry: Entry {
            draft: Draft {
                seq: row.next()?,
                recorded_at: row.next()?,
                actor: row.next()?,
                effective_date: row.next()?,
                reverses: row.next()?,
                event: event_from_json(&row.next::<String>()?)
                    .map_err(|error| StoreError::corrupt(error.to_string()))?,
                postings: Vec::new(),
            },
            hash: row.next()?,
        },
    })
}

fn add_postings(db: &mut Db, items: &mut [JournalEntry]) -> Result<(), StoreError> {
    if items.is_empty() {
        return Ok(());
    }
    let keys: Vec<[i64; 3]> = items.iter().map(|item| [item.entry.draft.seq.0, 0, 0]).collect();
    let account_columns = account::COLUMNS.map(|(name, _)| format!("p.{name}")).join(", ");
    let sql = Sql::new(format!("SELECT p.seq, {account_columns}, p.amount FROM "))
        .join(Sql::keys(db.dialect(), &keys, 1))
        .and(" JOIN postings AS p ON p.seq = k.a ORDER BY p.seq, p.line");
    let mut postings: HashMap<Seq, Vec<Posting>> = HashMap::new();
    for cells in db.query(sql)? {
        let mut row = Row::new(cells);
        let seq = row.next()?;
        let posting = Posting { account: account::from_cells(row.cells()?)?, amount: row.next()? };
        postings.entry(seq).or_default().push(posting);
    }
    for item in items {
        let draft = &mut item.entry.draft;
        draft.postings = postings.remove(&draft.seq).unwrap_or_default();
    }
    Ok(())
}
