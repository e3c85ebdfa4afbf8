//! What is kept beside the journal, and the commitment that binds it to its entry.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Content that is kept beside the journal, with the salt and commitment that bind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed<T> {
    pub content: T,
    pub salt: [u8; 16],
    pub commitment: Commitment,
}

/// A salted SHA-256 over something kept beside the journal: binds it without showing it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment(pub [u8; 32]);

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

impl fmt::Debug for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 hexadecimal digits")]
pub struct NotACommitment;

impl FromStr for Commitment {
    type Err = NotACommitment;

    fn from_str(text: &str) -> Result<Self, NotACommitment> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| NotACommitment)?;
        bytes.try_into().map(Self).map_err(|_| NotACommitment)
    }
}

impl Serialize for Commitment {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Commitment {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_is_64_hexadecimal_digits() {
        let commitment = Commitment([0xab; 32]);
        assert_eq!(commitment.to_string(), "ab".repeat(32));
        for text in ["ab".repeat(32), "AB".repeat(32)] {
            assert_eq!(text.parse(), Ok(commitment), "{text}");
        }
        for wrong in ["", "ab", &"ab".repeat(33), &"+a".repeat(32), &"g0".repeat(32), &"é".repeat(32)] {
            assert_eq!(wrong.parse::<Commitment>(), Err(NotACommitment), "{wrong}");
        }
    }
}
