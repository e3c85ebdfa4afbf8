//! Names of things. Inside, a thing is known by the sequence number of the journal entry that made
//! it; at the edge the same number travels as a UUID, so that no index maps one to the other.
//!
//! The UUID is version 8 (RFC 9562, section 5.8: the layout is the vendor's): 48 bits of sequence
//! number, 12 bits of kind, 62 check bits that follow from both. A mistyped id, or the id of another
//! kind of thing, is therefore recognised without a look-up. The check bits are no secret: who may
//! see a thing is decided by permission, never by the difficulty of guessing its name.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Position of an entry in the journal: 1 for the first, without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub i64);

impl Seq {
    /// Whether it is before the first entry.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// The position after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The text is not an id of the expected kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id of this kind: {expected}")]
pub struct IdError {
    /// The kind of thing that the place asks for.
    pub expected: &'static str,
}

const SEQ_LIMIT: i64 = 1 << 48;

fn to_uuid(seq: Seq, kind: u16) -> Uuid {
    let high = (u128::from(seq.0.cast_unsigned()) << 80) | (u128::from(kind) << 64);
    let check = u128::from(mix(seq.0.cast_unsigned() ^ (u64::from(kind) << 48)));
    uuid::Builder::from_custom_bytes((high | check).to_be_bytes()).into_uuid()
}

fn from_uuid(uuid: Uuid, kind: u16) -> Option<Seq> {
    let seq = Seq(i64::try_from(uuid.as_u128() >> 80).ok()?);
    (seq.0 > 0 && seq.0 < SEQ_LIMIT && to_uuid(seq, kind) == uuid).then_some(seq)
}

/// The finaliser of `SplitMix64` (Steele, Lea, Flood 2014): spreads neighbouring numbers apart.
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The id of a kind of thing.
pub trait Id: Copy + Ord + fmt::Display {
    /// The id of the thing that entry `seq` made.
    fn of(seq: Seq) -> Self;
    /// The entry that made the thing.
    fn entry(self) -> Seq;
}

macro_rules! ids {
    (things { $($module:ident: $Noun:ident($Row:ident, $name:ident = $kind:literal $noun:literal)
        in $table:ident else $Absent:ident $commands:tt;)* } $($rest:tt)*) => {$(
        #[doc = concat!("Names one ", $noun, ".")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Seq);

        impl $name {
            /// The id of the thing that entry `seq` made.
            #[must_use]
            pub const fn new(seq: Seq) -> Self {
                Self(seq)
            }

            /// The entry that made the thing.
            #[must_use]
            pub const fn seq(self) -> Seq {
                self.0
            }
        }

        impl Id for $name {
            fn of(seq: Seq) -> Self {
                Self(seq)
            }

            fn entry(self) -> Seq {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                to_uuid(self.0, $kind).hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Uuid::try_parse(text)
                    .ok()
                    .and_then(|uuid| from_uuid(uuid, $kind))
                    .map(Self)
                    .ok_or(IdError { expected: $noun })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(input)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

crate::nouns!(ids);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_text() {
        for seq in [1, 2, 255, 1 << 20, SEQ_LIMIT - 1] {
            let id = UnitId::new(Seq(seq));
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn another_kind_and_a_typing_error_are_recognised() {
        let id = UnitId::new(Seq(7)).to_string();
        assert_eq!(id.parse::<RecordId>(), Err(IdError { expected: "service record" }));
        let typo = format!("{}{}", &id[..35], if id.ends_with('0') { '1' } else { '0' });
        assert_eq!(typo.parse::<UnitId>(), Err(IdError { expected: "unit" }));
    }

    #[test]
    fn the_text_is_a_version_8_uuid() {
        let uuid = Uuid::try_parse(&UnitId::new(Seq(7)).to_string()).unwrap();
        assert_eq!(uuid.get_version_num(), 8);
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122);
    }
}
