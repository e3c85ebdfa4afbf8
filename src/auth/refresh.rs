//! Refresh tokens: opaque, used once, followed by a successor of the same family.
//!
//! A family is one login. Each refresh spends a token and gives out the next; if a spent one comes
//! again, somebody has a copy, and the whole family ends (RFC 9700, section 4.14.2). The database
//! keeps hashes only; a hash without salt serves, for nobody guesses 256 random bits.

use super::{AuthError, random_bytes};
use crate::domain::time::Timestamp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

const FAMILY_BYTES: usize = 16;
const SECRET_BYTES: usize = 32;
const TOKEN_BYTES: usize = FAMILY_BYTES + SECRET_BYTES;

/// One login and all its refresh tokens. Not a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FamilyId([u8; FAMILY_BYTES]);

/// Its 32 hexadecimal digits.
impl fmt::Display for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for FamilyId {
    type Err = AuthError;

    /// # Errors
    ///
    /// [`AuthError::Malformed`].
    fn from_str(text: &str) -> Result<Self, AuthError> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| AuthError::Malformed)?;
        bytes.try_into().map(Self).map_err(|_| AuthError::Malformed)
    }
}

impl Serialize for FamilyId {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FamilyId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FamilyId {
    /// As the store keeps it.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; FAMILY_BYTES]) -> Self {
        Self(bytes)
    }

    /// What the store keeps.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; FAMILY_BYTES] {
        &self.0
    }
}

/// SHA-256 of a refresh token: under this the store keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RefreshHash([u8; 32]);

impl RefreshHash {
    /// What the store keeps.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A refresh token, as its holder has it: 64 characters of base64url, the family and then the secret.
pub struct RefreshToken([u8; TOKEN_BYTES]);

impl RefreshToken {
    /// The first token of a new family: somebody has logged in.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoRandomness`].
    pub fn start_family() -> Result<Self, AuthError> {
        random_bytes().map(Self)
    }

    /// The next token of this family.
    ///
    /// # Errors
    ///
    /// [`AuthError::NoRandomness`].
    pub fn successor(&self) -> Result<Self, AuthError> {
        let mut next = Self::start_family()?;
        next.0[..FAMILY_BYTES].copy_from_slice(&self.0[..FAMILY_BYTES]);
        Ok(next)
    }

    /// The login that it belongs to.
    #[must_use]
    pub fn family(&self) -> FamilyId {
        let mut family = [0; FAMILY_BYTES];
        family.copy_from_slice(&self.0[..FAMILY_BYTES]);
        FamilyId(family)
    }

    /// What is stored in its stead.
    #[must_use]
    pub fn hash(&self) -> RefreshHash {
        RefreshHash(Sha256::digest(self.0).into())
    }

    /// The text for its holder, to be shown once and kept nowhere here.
    #[must_use]
    pub fn expose(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

impl FromStr for RefreshToken {
    type Err = AuthError;

    /// # Errors
    ///
    /// [`AuthError::Malformed`].
    fn from_str(text: &str) -> Result<Self, AuthError> {
        let mut bytes = [0; TOKEN_BYTES];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) {
            Ok(TOKEN_BYTES) => Ok(Self(bytes)),
            Ok(_) | Err(_) => Err(AuthError::Malformed),
        }
    }
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken").field("family", &self.family()).finish_non_exhaustive()
    }
}

/// What the store knows of a token that is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// No such hash.
    Unknown,
    /// Given out and not yet used.
    Active {
        /// When it expires.
        expires_at: Timestamp,
    },
    /// Used already; a successor was given out.
    Rotated,
    /// Its family was ended, by logout, by reuse or with the operator's disabling.
    Revoked,
}

/// What to do with a token that is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshDecision {
    /// Mark it rotated and give out its successor, both in one transaction.
    Rotate,
    /// Revoke every token of its family, and refuse: it was used twice.
    RevokeFamily,
    /// Refuse and change nothing.
    Refuse,
}

/// Judges a token by what the store knows of it. One that was used before ends its family even
/// after its time, for its successors may still live.
#[must_use]
pub fn judge(state: SessionState, now: Timestamp) -> RefreshDecision {
    match state {
        SessionState::Active { expires_at } if now < expires_at => RefreshDecision::Rotate,
        SessionState::Rotated => RefreshDecision::RevokeFamily,
        SessionState::Active { .. } | SessionState::Revoked | SessionState::Unknown => {
            RefreshDecision::Refuse
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(micros).unwrap()
    }

    fn token_of(family: u8, secret: u8) -> RefreshToken {
        let mut bytes = [secret; TOKEN_BYTES];
        bytes[..FAMILY_BYTES].fill(family);
        RefreshToken(bytes)
    }

    #[test]
    fn each_state_has_its_judgement() {
        let now = at(1_000);
        let active = |expires_at| SessionState::Active { expires_at };
        assert_eq!(judge(active(at(1_001)), now), RefreshDecision::Rotate);
        assert_eq!(judge(active(now), now), RefreshDecision::Refuse);
        assert_eq!(judge(active(at(999)), now), RefreshDecision::Refuse);
        assert_eq!(judge(SessionState::Rotated, now), RefreshDecision::RevokeFamily);
        assert_eq!(judge(SessionState::Revoked, now), RefreshDecision::Refuse);
        assert_eq!(judge(SessionState::Unknown, now), RefreshDecision::Refuse);
    }

    #[test]
    fn a_token_survives_its_text() {
        let token = RefreshToken::start_family().unwrap();
        let text = token.expose();
        assert_eq!(text.len(), 64);
        let read: RefreshToken = text.parse().unwrap();
        assert_eq!(read.expose(), text);
        assert_eq!(read.hash(), token.hash());
        assert_eq!(read.family(), token.family());
    }

    #[test]
    fn the_hash_is_the_sha_256_of_family_and_secret() {
        let token = token_of(1, 2);
        // Computed with Python's hashlib.
        let expected = [
            0xac2b_ca3d_b969_f446_4f7b_2759_d644_30ea_u128.to_be_bytes(),
            0x9029_9eb9_8385_e1a0_8b11_4250_8a4f_657c_u128.to_be_bytes(),
        ];
        assert_eq!(token.hash().as_bytes()[..], expected.concat());
    }

    #[test]
    fn a_successor_keeps_the_family_and_changes_the_secret() {
        let first = RefreshToken::start_family().unwrap();
        let second = first.successor().unwrap();
        assert_eq!(second.family(), first.family());
        assert_ne!(second.hash(), first.hash());
        assert_ne!(RefreshToken::start_family().unwrap().family(), first.family());
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let text = RefreshToken::start_family().unwrap().expose();
        for garbage in [
            "",
            "a",
            &text[1..],
            &format!("{text}A"),
            &format!("{text}AAAA"),
            &text.repeat(9_999),
            &"=".repeat(64),
            "令牌",
        ] {
            assert_eq!(garbage.parse::<RefreshToken>().unwrap_err(), AuthError::Malformed);
        }
    }

    #[test]
    fn the_debug_text_shows_no_secret() {
        let token = token_of(1, 0xab);
        let shown = format!("{token:?}");
        assert!(shown.contains("FamilyId") && !shown.contains("171"), "{shown}");
    }
}
