//! The entry, its canonical bytes, and its place in the chain.

use super::canonical::to_canonical_json;
use super::tree::TreeHash;
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::origin::Origin;
use crate::domain::time::Timestamp;
use crate::domain::{Event, UnsealedEntry};
use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An entry of the journal, sealed into the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub unsealed: UnsealedEntry,
    /// None in entries of format 1.
    pub nonce: Option<Nonce>,
    /// Of the entry's canonical bytes, which name the hash of the entry before, as a leaf of the tree.
    pub hash: TreeHash,
}

/// 16 bytes that nobody can guess who has not the entry's bytes: so nobody can guess these, and find them in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Nonce(pub [u8; 16]);

impl Serialize for Nonce {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&HEXLOWER.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| serde::de::Error::custom("a nonce has 32 hexadecimal digits"))
    }
}

/// The members of an entry's canonical JSON. Changing them changes every hash after.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body<E, P> {
    pub format: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Nonce>,
    pub seq: Seq,
    pub previous: String,
    pub recorded_at: Timestamp,
    pub actor: Actor,
    /// Left out by entries that came over the API, and by those of before this was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    pub effective_date: NaiveDate,
    pub reverses: Option<Seq>,
    pub event: E,
    pub postings: P,
}

/// The format of an entry with this nonce: 1 had none.
const fn format_of(nonce: Option<Nonce>) -> u8 {
    match nonce {
        None => 1,
        Some(_) => 2,
    }
}

/// An entry stands behind its length in two bytes, where the log is read (C2SP tlog-tiles).
pub const MOST_ENTRY_BYTES: usize = 65_535;

/// What hashing an entry can fail with: never, for events of this program.
pub type Hashing<T> = serde_json::Result<T>;

/// Why an entry was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    #[error("an entry has at most {MOST_ENTRY_BYTES} bytes")]
    TooLong,
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl Entry {
    /// Seals an entry onto the one before it (a hash of zeros before the first).
    ///
    /// # Errors
    ///
    /// [`SealingError::TooLong`] where the log's tiles could not hold it.
    pub fn seal(unsealed: UnsealedEntry, nonce: Nonce, previous: TreeHash) -> Result<Self, SealingError> {
        let bytes = canonical_bytes(&unsealed, Some(nonce), previous)?;
        if bytes.len() > MOST_ENTRY_BYTES {
            return Err(SealingError::TooLong);
        }
        Ok(Self { unsealed, nonce: Some(nonce), hash: TreeHash::of_leaf(bytes.as_bytes()) })
    }

    /// The entry's canonical bytes, where it was sealed onto `previous`.
    pub fn bytes(&self, previous: TreeHash) -> Hashing<String> {
        canonical_bytes(&self.unsealed, self.nonce, previous)
    }

    /// Whether the entry is the one that was sealed onto `previous`.
    pub fn follows(&self, previous: TreeHash) -> Hashing<bool> {
        Ok(TreeHash::of_leaf(self.bytes(previous)?.as_bytes()) == self.hash)
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
pub fn canonical_bytes(
    unsealed: &UnsealedEntry,
    nonce: Option<Nonce>,
    previous: TreeHash,
) -> Hashing<String> {
    to_canonical_json(&Body {
        format: format_of(nonce),
        nonce,
        seq: unsealed.seq,
        previous: previous.to_string(),
        recorded_at: unsealed.recorded_at,
        actor: unsealed.actor,
        origin: unsealed.origin.clone(),
        effective_date: unsealed.effective_date,
        reverses: unsealed.reverses,
        event: &unsealed.event,
        postings: &unsealed.postings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amounts::Points;
    use crate::domain::event::Event;
    use crate::domain::ids::{LotId, UnitId, VolunteerId};
    use crate::domain::origin::Channel;
    use crate::domain::{lot, unit, volunteer};

    fn unsealed(seq: i64) -> UnsealedEntry {
        UnsealedEntry {
            seq: Seq(seq),
            recorded_at: Timestamp::from_micros(1_700_000_000_000_000).unwrap(),
            actor: Actor::System,
            origin: None,
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
        let honest = Entry::seal(unsealed(2), Nonce([5; 16]), TreeHash([1; 32])).unwrap();
        assert!(honest.follows(TreeHash([1; 32])).unwrap());
        assert!(!honest.follows(TreeHash([2; 32])).unwrap());
        let forged =
            Entry { unsealed: UnsealedEntry { seq: Seq(3), ..honest.unsealed.clone() }, ..honest.clone() };
        assert!(!forged.follows(TreeHash([1; 32])).unwrap());
        let guessed = Entry { nonce: Some(Nonce([6; 16])), ..honest };
        assert!(!guessed.follows(TreeHash([1; 32])).unwrap());
    }

    #[test]
    fn an_entry_of_format_1_has_its_bytes_of_then() {
        let bytes = canonical_bytes(&unsealed(2), None, TreeHash([1; 32])).unwrap();
        assert!(bytes.contains("\"format\":1,") && !bytes.contains("nonce"), "{bytes}");
        let bytes = canonical_bytes(&unsealed(2), Some(Nonce([0xab; 16])), TreeHash([1; 32])).unwrap();
        let nonce = format!("\"format\":2,\"nonce\":\"{}\"", "ab".repeat(16));
        assert!(bytes.contains(&nonce), "{bytes}");
    }

    #[test]
    fn the_way_of_an_entry_is_part_of_its_bytes_where_it_is_told() {
        let of = |origin| {
            canonical_bytes(&UnsealedEntry { origin, ..unsealed(2) }, None, TreeHash([1; 32])).unwrap()
        };
        assert!(!of(None).contains("origin"));
        let origin = Origin { channel: Channel::CommandLine, user: "hourbook".parse().unwrap() };
        let told = of(Some(origin));
        let expected = "\"origin\":{\"channel\":\"command_line\",\"user\":\"hourbook\"}";
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn what_the_logs_tiles_cannot_hold_is_not_sealed() {
        let draw = |lot| lot::Draw { lot: LotId::new(Seq(lot)), points: Points(100) };
        let closing = |lots| UnsealedEntry {
            event: volunteer::Event::VolunteerClosed {
                volunteer: VolunteerId::new(Seq(1)),
                reason: None,
                lapsed: (1..=lots).map(draw).collect(),
                abandoned: Vec::new(),
            }
            .into(),
            ..unsealed(2)
        };
        let seal = |lots| Entry::seal(closing(lots), Nonce([5; 16]), TreeHash::default());
        assert!(seal(300).is_ok());
        assert!(matches!(seal(1_400), Err(SealingError::TooLong)));
    }
}
