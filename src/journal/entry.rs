//! The entry and its place in the chain.

use super::canonical::to_canonical_json;
use crate::domain::Draft;
use crate::domain::account::Posting;
use crate::domain::actor::Actor;
use crate::domain::event::Event;
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 over an entry's canonical bytes, the previous entry's hash among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryHash(pub [u8; 32]);

impl fmt::Display for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// An entry of the journal, sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub draft: Draft,
    pub hash: EntryHash,
}

/// The members of an entry's canonical JSON. Changing them changes every hash after.
#[derive(Serialize)]
struct Body<'e> {
    format: u8,
    seq: Seq,
    previous: String,
    recorded_at: Timestamp,
    actor: Actor,
    effective_date: NaiveDate,
    reverses: Option<Seq>,
    event: &'e Event,
    postings: &'e [Posting],
}

const FORMAT: u8 = 1;

/// What hashing an entry can fail with: never, for events of this program.
pub type Hashing<T> = serde_json::Result<T>;

impl Entry {
    /// Seals a draft onto the entry before it (of all noughts before the first).
    pub fn seal(draft: Draft, previous: EntryHash) -> Hashing<Self> {
        let hash = hash_of(&draft, previous)?;
        Ok(Self { draft, hash })
    }

    /// Whether the entry is the one that was sealed onto `previous`.
    pub fn follows(&self, previous: EntryHash) -> Hashing<bool> {
        Ok(hash_of(&self.draft, previous)? == self.hash)
    }
}

fn hash_of(draft: &Draft, previous: EntryHash) -> Hashing<EntryHash> {
    let body = Body {
        format: FORMAT,
        seq: draft.seq,
        previous: previous.to_string(),
        recorded_at: draft.recorded_at,
        actor: draft.actor,
        effective_date: draft.effective_date,
        reverses: draft.reverses,
        event: &draft.event,
        postings: &draft.postings,
    };
    Ok(EntryHash(Sha256::digest(to_canonical_json(&body)?).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::UnitId;

    fn draft(seq: i64) -> Draft {
        Draft {
            seq: Seq(seq),
            recorded_at: Timestamp::from_micros(1_700_000_000_000_000).unwrap(),
            actor: Actor::System,
            effective_date: "2026-11-22".parse().unwrap(),
            reverses: None,
            event: Event::HeadcountSet {
                unit: UnitId::new(Seq(1)),
                effective_from: "2026-11-22".parse().unwrap(),
                staff: 10,
                party_members: 3,
            },
            postings: vec![],
        }
    }

    #[test]
    fn a_change_of_anything_breaks_the_chain() {
        let honest = Entry::seal(draft(2), EntryHash([1; 32])).unwrap();
        assert!(honest.follows(EntryHash([1; 32])).unwrap());
        assert!(!honest.follows(EntryHash([2; 32])).unwrap());
        let forged = Entry { draft: Draft { seq: Seq(3), ..honest.draft.clone() }, hash: honest.hash };
        assert!(!forged.follows(EntryHash([1; 32])).unwrap());
    }
}
