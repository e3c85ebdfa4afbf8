//! Refresh tokens: opaque, used once, followed by a successor of the same family.
//!
//! A family is one login. Each refresh spends a token and gives out the next; if a spent one comes
//! again, somebody has a copy, and the whole family ends (RFC 9700, section 4.14.2). For half a minute it may be that the
//! answer was lost: then the same successor is given once more, unless that was used already. The database keeps hashes
//! only; a hash without salt serves, for nobody guesses 256 random bits. The successor it keeps under a key that follows from
//! the spent token, which it does not have.

use super::{AuthError, random_bytes};
use crate::domain::time::Timestamp;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

const FAMILY_BYTES: usize = 16;
const SECRET_BYTES: usize = 32;
const TOKEN_BYTES: usize = FAMILY_BYTES + SECRET_BYTES;
/// Begins what the pad of a successor is hashed of, which no token's own hash begins with.
const SUCCESSOR_LABEL: &[u8] = b"hourbook: the successor of a refresh token";

/// For how long a spent token is answered once more as it was.
const GRACE_SECONDS: i64 = 30;
/// The least time between two exchanges of a family.
const PAUSE_SECONDS: i64 = 5;

/// From when on nobody asks for a successor once more that was given out before it.
#[must_use]
pub fn grace_began(now: Timestamp) -> Timestamp {
    now.plus(-Duration::seconds(GRACE_SECONDS))
}

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
    /// As the store keeps it.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

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

    /// The secret of its successor, as it is kept: who has not this token cannot read it.
    #[must_use]
    pub fn seal(&self, successor: &Self) -> [u8; SECRET_BYTES] {
        let mut secret = [0; SECRET_BYTES];
        secret.copy_from_slice(&successor.0[FAMILY_BYTES..]);
        self.masked(secret)
    }

    /// The successor whose secret was sealed with this token.
    #[must_use]
    pub fn open(&self, sealed: [u8; SECRET_BYTES]) -> Self {
        let mut successor = self.0;
        successor[FAMILY_BYTES..].copy_from_slice(&self.masked(sealed));
        Self(successor)
    }

    /// A pad that serves once: a token has one successor.
    fn masked(&self, secret: [u8; SECRET_BYTES]) -> [u8; SECRET_BYTES] {
        let pad = Sha256::new().chain_update(SUCCESSOR_LABEL).chain_update(self.0).finalize();
        std::array::from_fn(|at| secret[at] ^ pad[at])
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

/// What the store knows of a login.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The token that was given out last.
    pub token: RefreshHash,
    /// Its predecessor.
    pub spent: Option<RefreshHash>,
    /// When the predecessor was exchanged for it.
    pub refreshed_at: Option<Timestamp>,
    pub expires_at: Timestamp,
    /// By logout, by reuse or with a new password.
    pub is_ended: bool,
}

/// What to do with a token that is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshDecision {
    /// Spend it and give out its successor.
    Rotate,
    /// Give out the successor once more: the answer may have been lost.
    Repeat,
    /// Not before so many seconds.
    Wait { seconds: u64 },
    /// End the login, and refuse: the token was used twice.
    End,
    /// Refuse and change nothing.
    Refuse,
}

/// Judges a token by what the store knows of its login. Whatever is not the token that was given out last was given out
/// before, or is forged by who knows the family: nobody else names it.
#[must_use]
pub fn judge(presented: RefreshHash, standing: Option<Standing>, now: Timestamp) -> RefreshDecision {
    let Some(standing) = standing.filter(|standing| !standing.is_ended) else {
        return RefreshDecision::Refuse;
    };
    if presented == standing.token {
        return judge_current(&standing, now);
    }
    let is_within_grace = standing.refreshed_at.is_some_and(|at| grace_began(now) < at);
    if standing.spent == Some(presented) && is_within_grace {
        RefreshDecision::Repeat
    } else {
        RefreshDecision::End
    }
}

fn judge_current(standing: &Standing, now: Timestamp) -> RefreshDecision {
    if now >= standing.expires_at {
        return RefreshDecision::Refuse;
    }
    // A clock that went back keeps nobody waiting.
    let refreshed_at = standing.refreshed_at.filter(|at| *at <= now);
    let free_from = refreshed_at.map(|at| at.plus(Duration::seconds(PAUSE_SECONDS)));
    match free_from.filter(|free_from| now < *free_from) {
        Some(free_from) => {
            let micros = free_from.as_micros() - now.as_micros();
            RefreshDecision::Wait { seconds: micros.unsigned_abs().div_ceil(1_000_000) }
        }
        None => RefreshDecision::Rotate,
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
    fn each_standing_has_its_judgement() {
        const SECOND: i64 = 1_000_000;
        let [current, spent, older] = [1, 2, 3].map(|byte| RefreshHash([byte; 32]));
        let first = Standing {
            token: current,
            spent: None,
            refreshed_at: None,
            expires_at: at(1_000 * SECOND),
            is_ended: false,
        };
        let later = Standing { spent: Some(spent), refreshed_at: Some(at(100 * SECOND)), ..first };
        let ended = Standing { is_ended: true, ..later };
        let wait = |seconds| RefreshDecision::Wait { seconds };
        for (presented, standing, second, expected) in [
            (current, None, 0, RefreshDecision::Refuse),
            (current, Some(first), 0, RefreshDecision::Rotate),
            (current, Some(first), 999, RefreshDecision::Rotate),
            (current, Some(first), 1_000, RefreshDecision::Refuse),
            (older, Some(first), 0, RefreshDecision::End),
            (current, Some(later), 99, RefreshDecision::Rotate),
            (current, Some(later), 100, wait(5)),
            (current, Some(later), 104, wait(1)),
            (current, Some(later), 105, RefreshDecision::Rotate),
            (spent, Some(later), 100, RefreshDecision::Repeat),
            (spent, Some(later), 129, RefreshDecision::Repeat),
            (spent, Some(later), 130, RefreshDecision::End),
            (older, Some(later), 100, RefreshDecision::End),
            (spent, Some(later), 2_000, RefreshDecision::End),
            (current, Some(ended), 200, RefreshDecision::Refuse),
            (spent, Some(ended), 100, RefreshDecision::Refuse),
            (older, Some(ended), 100, RefreshDecision::Refuse),
        ] {
            let judged = judge(presented, standing, at(second * SECOND));
            assert_eq!(judged, expected, "{presented:?} {standing:?} at {second}");
        }
    }

    #[test]
    fn only_who_has_the_spent_token_reads_its_successor() {
        let spent = RefreshToken::start_family().unwrap();
        let successor = spent.successor().unwrap();
        let sealed = spent.seal(&successor);
        assert_eq!(spent.open(sealed).expose(), successor.expose());
        assert_ne!(sealed, successor.0[FAMILY_BYTES..]);
        assert_ne!(spent.successor().unwrap().open(sealed).expose(), successor.expose());
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
