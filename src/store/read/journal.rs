//! The journal: entries in order, each with its postings.

use super::list::{PageOf, PageRequest};
use super::scope::{Scope, ToUnit, is_narrow};
use super::units;
use crate::domain::account::{Account, Posting};
use crate::domain::actor::{Actor, Role};
use crate::domain::as_of::{AsOf, Present, StillToCome};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::origin::Origin;
use crate::domain::time::Timestamp;
use crate::domain::{Event, UnsealedEntry};
use crate::journal::{Entry, Nonce, TreeHash, event_from_json};
use crate::store::account::{AccountColumns, OF_POSTING};
use crate::store::column::{Column, Stored, documents};
use crate::store::expression::{given, index_if, is_one_of};
use crate::store::schema::{entries as t, postings as p};
use crate::store::{Db, StoreError, head};
use chrono::{Duration, NaiveDate};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use std::collections::HashMap;

documents!(Origin);

impl Column for Event {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn from_primitive(json: String) -> Result<Self, StoreError> {
        event_from_json(&json).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

/// An entry, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    pub entry: Entry,
    /// The unit of the thing that it made or changed.
    pub unit: Option<UnitId>,
}

/// Which entries an operator reads. One rule for lists, exports, the log's entries and audit folders: the whole journal
/// is for admins, and for auditors of the unit that all units are under; others read the entries of their own units.
pub fn readable(db: &mut Db, role: Role, scope: Scope) -> Result<Scope, StoreError> {
    match (role, scope) {
        (Role::Auditor, Scope::Unit(own)) if units::is_over_all(db, own)? => Ok(Scope::All),
        _ => Ok(scope),
    }
}

/// The entries after a position, oldest first, at most `limit`: of the whole journal, to recompute
/// it.
pub fn entries_after(db: &mut Db, after: Seq, limit: u32) -> Result<Vec<Entry>, StoreError> {
    let page = list(db, Scope::All, EntryFilter::default(), PageRequest { after: Some(after), limit })?;
    Ok(page.items.into_iter().map(|item| item.entry).collect())
}

/// The canonical bytes of the entries after a position, oldest first, at most `limit`: the leaves of the
/// journal's tree.
pub fn leaves_after(db: &mut Db, after: Seq, limit: u32) -> Result<Vec<String>, StoreError> {
    let mut previous = head::hash_at(db, after)?.unwrap_or_default();
    let leaf_of = |entry: Entry| {
        let before = std::mem::replace(&mut previous, entry.hash);
        entry.bytes(before).map_err(|error| StoreError::corrupt(error.to_string()))
    };
    entries_after(db, after, limit)?.into_iter().map(leaf_of).collect()
}

/// Which entries are looked for; all that are given must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct EntryFilter {
    pub actor: Option<Actor>,
    pub kind: Option<&'static str>,
    /// Recorded from the first of these instants on, up to the second, which is included.
    pub recorded: Option<(Timestamp, Timestamp)>,
}

/// Entries in order, oldest first.
pub fn list(
    db: &mut Db,
    scope: Scope,
    filter: EntryFilter,
    page: PageRequest,
) -> Result<PageOf<JournalEntry>, StoreError> {
    // A small unit's are found by its index, and put in order; else somebody's, or those of a kind, by theirs, in which
    // they are in order; else one after the other is looked at.
    let finds_unit = is_narrow(db, scope.unit())?;
    let finds_actor = !finds_unit && filter.actor.is_some();
    // Recorded time never goes back: a stretch of it is one of the journal.
    let stretch = match filter.recorded {
        None => None,
        Some((from, to)) => Some((seq_as_of(db, from.plus(-Duration::microseconds(1)))?, seq_as_of(db, to)?)),
    };
    let entries = t::table
        .filter(scope.visible_to_unit(index_if(finds_unit, t::unit)))
        .filter(given(filter.actor, |actor| index_if(finds_actor, t::actor).eq(Stored(actor))))
        .filter(given(filter.kind, |kind| t::kind.eq(kind)))
        .filter(given(stretch, |(after, to)| t::seq.gt(Stored(after)).and(t::seq.le(Stored(to)))))
        .filter(page.newer(t::seq))
        .order(index_if(!finds_unit, t::seq))
        .limit(page.rows_to_read())
        .select(ENTRY);
    let mut page = page.read(db, entries, EntryRow::without_postings, |item| item.entry.unsealed.seq)?;
    add_postings(db, &mut page.items)?;
    Ok(page)
}

/// How many entries [`list`] gives on all its pages, up to one.
pub fn count(db: &mut Db, scope: Scope, until: Seq) -> Result<i64, StoreError> {
    Ok(db.one(entries(scope).filter(t::seq.le(Stored(until))).count())?.unwrap_or(0))
}

/// One entry.
pub fn get(db: &mut Db, scope: Scope, seq: Seq) -> Result<Option<JournalEntry>, StoreError> {
    let entry = entries(scope).filter(t::seq.eq(Stored(seq))).select(ENTRY);
    let mut found = db.one(entry)?.map(EntryRow::without_postings);
    add_postings(db, found.as_mut_slice())?;
    Ok(found)
}

/// The entry that a state comes down to; the last, where none is asked for. Nothing that is still to come: it would
/// change the answer. An instant is over once the clock has left it, and then no entry can be recorded at it any more.
pub fn entry_as_of(
    db: &mut Db,
    as_of: Option<AsOf>,
    Present { now, zone }: Present,
) -> Result<Result<Seq, StillToCome>, StoreError> {
    let head = head::read(db)?;
    let instant = match as_of {
        None => return Ok(Ok(head.last_seq)),
        Some(AsOf::Entry(seq)) if seq > head.last_seq => return Ok(Err(StillToCome::Entry)),
        Some(AsOf::Entry(seq)) => return Ok(Ok(seq)),
        Some(AsOf::Instant(instant)) => instant,
        Some(AsOf::Day(day)) => zone.last_of(day),
    };
    if instant >= now.max(head.last_recorded_at) {
        return Ok(Err(StillToCome::Instant));
    }
    seq_as_of(db, instant).map(Ok)
}

/// The position of the last entry that was recorded at or before an instant; 0 before the first.
///
/// Only for an instant before the head's is the answer final: entries of the head's very instant, or
/// later ones, may still come. To always get the same answer, ask again by the position.
pub fn seq_as_of(db: &mut Db, instant: Timestamp) -> Result<Seq, StoreError> {
    let recorded = t::table
        .filter(t::recorded_at.le(Stored(instant)))
        .order((t::recorded_at.desc(), t::seq.desc()))
        .limit(1)
        .select(t::seq);
    Ok(db.one(recorded)?.map_or(Seq(0), Stored::value))
}

#[auto_type(no_type_alias)]
fn entries(scope: Scope) -> _ {
    let visible: ToUnit<t::unit> = scope.visible_to_unit(t::unit);
    t::table.filter(visible)
}

type EntryColumns = (
    t::unit,
    t::seq,
    t::recorded_at,
    t::actor,
    t::origin,
    t::effective_date,
    t::reverses,
    t::event,
    t::hash,
    t::nonce,
);

const ENTRY: EntryColumns = (
    t::unit,
    t::seq,
    t::recorded_at,
    t::actor,
    t::origin,
    t::effective_date,
    t::reverses,
    t::event,
    t::hash,
    t::nonce,
);

/// What [`ENTRY`] selects.
#[derive(Queryable)]
struct EntryRow {
    unit: Option<Stored<UnitId>>,
    seq: Stored<Seq>,
    recorded_at: Stored<Timestamp>,
    actor: Stored<Actor>,
    origin: Option<Stored<Origin>>,
    effective_date: Stored<NaiveDate>,
    reverses: Option<Stored<Seq>>,
    event: Stored<Event>,
    hash: Stored<TreeHash>,
    nonce: Option<Stored<Nonce>>,
}

impl EntryRow {
    fn without_postings(self) -> JournalEntry {
        let unsealed = UnsealedEntry {
            seq: self.seq.value(),
            recorded_at: self.recorded_at.value(),
            actor: self.actor.value(),
            origin: self.origin.map(Stored::value),
            effective_date: self.effective_date.value(),
            reverses: self.reverses.map(Stored::value),
            event: self.event.value(),
            postings: Vec::new(),
        };
        JournalEntry {
            unit: self.unit.map(Stored::value),
            entry: Entry { unsealed, nonce: self.nonce.map(Stored::value), hash: self.hash.value() },
        }
    }
}

fn add_postings(db: &mut Db, items: &mut [JournalEntry]) -> Result<(), StoreError> {
    if items.is_empty() {
        return Ok(());
    }
    let stored = p::table
        .filter(is_one_of(p::seq, items.iter().map(|item| item.entry.unsealed.seq)))
        .order((p::seq, p::line))
        .select((p::seq, OF_POSTING, p::amount));
    let mut postings: HashMap<Seq, Vec<Posting>> = HashMap::new();
    for (seq, account, amount) in db.load::<(Stored<Seq>, AccountColumns, i64), _>(stored)? {
        let posting = Posting { account: Account::try_from(account)?, amount };
        postings.entry(seq.value()).or_default().push(posting);
    }
    for item in items {
        let unsealed = &mut item.entry.unsealed;
        unsealed.postings = postings.remove(&unsealed.seq).unwrap_or_default();
    }
    Ok(())
}
