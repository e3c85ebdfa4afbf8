//! The entry, its canonical bytes, and its place in the chain.

use super::canonical::to_canonical_json;
use super::tree::TreeHash;
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::domain::{Draft, Event};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An entry of the journal, sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub draft: Draft,
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
    /// Seals a draft onto the entry before it (of all noughts before the first).
    pub fn seal(draft: Draft, previous: TreeHash) -> Hashing<Self> {
        let hash = hash_of(&draft, previous)?;
        Ok(Self { draft, hash })
    }

    /// Whether the entry is the one that was sealed onto `previous`.
    pub fn follows(&self, previous: TreeHash) -> Hashing<bool> {
        Ok(hash_of(&self.draft, previous)? == self.hash)
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
pub fn canonical_bytes(draft: &Draft, previous: TreeHash) -> Hashing<String> {
    to_canonical_json(&Body {
        format: FORMAT,
        seq: draft.seq,
        previous: previous.to_string(),
        recorded_at: draft.recorded_at,
        actor: draft.actor,
        effective_date: draft.effective_date,
        reverses: draft.reverses,
        event: &draft.event,
        postings: &draft.postings,
    })
}

fn hash_of(draft: &Draft, previous: TreeHash) -> Hashing<TreeHash> {
    Ok(TreeHash::of_leaf(canonical_bytes(draft, previous)?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Event;
    use crate::domain::ids::UnitId;
    use crate::domain::unit;

    fn draft(seq: i64) -> Draft {
        Draft {
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
        let honest = Entry::seal(draft(2), TreeHash([1; 32])).unwrap();
        assert!(honest.follows(TreeHash([1; 32])).unwrap());
        assert!(!honest.follows(TreeHash([2; 32])).unwrap());
        let forged = Entry { draft: Draft { seq: Seq(3), ..honest.draft.clone() }, hash: honest.hash };
        assert!(!forged.follows(TreeHash([1; 32])).unwrap());
    }
}
