//! The entry, its canonical bytes, and its place in the chain.

use super::canonical::to_canonical_json;
use super::tree::TreeHash;
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::domain::{Event, UnsealedEntry};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An entry of the journal, sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub unsealed: UnsealedEntry,
    /// Of the entry's canonical bytes, which name the hash of the entry before, as a leaf of the tree.
    pub hash: TreeHash,
}

/// The members of an entry's canonical JSON. Changing them changes every hash after.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body<E, P> {
    pub format: u8,
    pub seq: Seq,
    pub previous: String,
    pub recorded_at: Timestamp,
    pub actor: Actor,
    pub effective_date: NaiveDate,
    pub reverses: Option<Seq>,
    pub event: E,
    pub postings: P,
}

const FORMAT: u8 = 1;

/// What hashing an entry can fail with: never, for events of this program.
pub type Hashing<T> = serde_json::Result<T>;

impl Entry {
    /// Seals an entry onto the one before it (a hash of zeros before the first).
    pub fn seal(unsealed: UnsealedEntry, previous: TreeHash) -> Hashing<Self> {
        let hash = hash_of(&unsealed, previous)?;
        Ok(Self { unsealed, hash })
    }

    /// Whether the entry is the one that was sealed onto `previous`.
    pub fn follows(&self, previous: TreeHash) -> Hashing<bool> {
        Ok(hash_of(&self.unsealed, previous)? == self.hash)
    }
}

/// Reads an event as the journal keeps it.
pub fn event_from_json(text: &str) -> serde_json::Result<Event> {
    #[derive(Deserialize)]
    struct OfKind<'t> {
        #[serde(borrow)]
        kind: Cow<'t, str>,
    }
    let OfKind { kind } = serde_json::from_str(text)?;
    let mut input = serde_json::Deserializer::from_str(text);
    let event = Event::deserialize_kind(&kind, &mut input)?;
    input.end().map(|()| event)
}

/// The bytes that an entry's hash is over: canonical JSON of these members, each of which has one form
/// only, so that no two entries have the same bytes.
pub fn canonical_bytes(unsealed: &UnsealedEntry, previous: TreeHash) -> Hashing<String> {
    to_canonical_json(&Body {
        format: FORMAT,
        seq: unsealed.seq,
        previous: previous.to_string(),
        recorded_at: unsealed.recorded_at,
        actor: unsealed.actor,
        effective_date: unsealed.effective_date,
        reverses: unsealed.reverses,
        event: &unsealed.event,
        postings: &unsealed.postings,
    })
}

fn hash_of(unsealed: &UnsealedEntry, previous: TreeHash) -> Hashing<TreeHash> {
    Ok(TreeHash::of_leaf(canonical_bytes(unsealed, previous)?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Event;
    use crate::domain::ids::UnitId;
    use crate::domain::unit;

    fn unsealed(seq: i64) -> UnsealedEntry {
        UnsealedEntry {
            seq: Seq(seq),
            recorded_at: Timestamp::from_micros(1_700_000_000_000_000).unwrap(),
            actor: Actor::System,
            effective_date: "2026-11-22".parse().unwrap(),
            reverses: None,
            event: Event::Unit(unit::Event::HeadcountSet {
                unit: UnitId::new(Seq(1)),
                effective_from: "2026-11-22".parse().unwrap(),
                staff: 10,
                party_members: 3,
            }),
            postings: vec![],
        }
    }

    #[test]
    fn a_change_of_anything_breaks_the_chain() {
        let honest = Entry::seal(unsealed(2), TreeHash([1; 32])).unwrap();
        assert!(honest.follows(TreeHash([1; 32])).unwrap());
        assert!(!honest.follows(TreeHash([2; 32])).unwrap());
        let forged =
            Entry { unsealed: UnsealedEntry { seq: Seq(3), ..honest.unsealed.clone() }, hash: honest.hash };
        assert!(!forged.follows(TreeHash([1; 32])).unwrap());
    }
}
