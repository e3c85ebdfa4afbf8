//! Tokens that were verified lately, so that a signature is checked once and not on every request.
//!
//! Bounded and without a list to keep in order: each shard holds a young and an old generation; a
//! full young one becomes the old one, which is forgotten; a hit in the old one makes it young.

use super::identity::Identity;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// SHA-256 of the whole token, signature included.
pub(super) type TokenDigest = [u8; 32];

const SHARDS: usize = 16;
/// Tokens in one generation of one shard.
const GENERATION_MAX: usize = 1_024;

/// At most 2 x 16 x 1,024 verified tokens, some 4 MB.
#[derive(Default)]
pub(super) struct VerifiedTokens {
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Default)]
struct Shard {
    young: HashMap<TokenDigest, Identity>,
    old: HashMap<TokenDigest, Identity>,
}

impl VerifiedTokens {
    /// Whom the token names; whether it has expired meanwhile is for the caller to see.
    pub(super) fn get(&self, digest: &TokenDigest) -> Option<Identity> {
        self.shard(digest).get(digest)
    }

    pub(super) fn insert(&self, digest: TokenDigest, identity: Identity) {
        self.shard(&digest).insert(digest, identity);
    }

    /// A panic elsewhere leaves a shard whole: each of its changes is one insertion.
    fn shard(&self, digest: &TokenDigest) -> MutexGuard<'_, Shard> {
        let index = usize::from(digest[0]) % SHARDS;
        self.shards[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shard {
    fn get(&mut self, digest: &TokenDigest) -> Option<Identity> {
        if let Some(identity) = self.young.get(digest) {
            return Some(*identity);
        }
        let identity = self.old.remove(digest)?;
        self.insert(*digest, identity);
        Some(identity)
    }

    fn insert(&mut self, digest: TokenDigest, identity: Identity) {
        if self.young.len() >= GENERATION_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(digest, identity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::{Actor, Role};
    use crate::domain::ids::Seq;
    use crate::domain::time::Timestamp;
    use sha2::{Digest, Sha256};

    fn digest(number: usize) -> TokenDigest {
        Sha256::digest(number.to_be_bytes()).into()
    }

    fn identity(number: usize) -> Identity {
        let micros = i64::try_from(number).unwrap();
        Identity {
            actor: Actor::System,
            role: Role::Admin,
            unit: None,
            valid_from: Seq::default(),
            session: None,
            expires_at: Timestamp::from_micros(micros).unwrap(),
        }
    }

    #[test]
    fn each_token_gives_back_its_own_identity() {
        let verified = VerifiedTokens::default();
        for number in 0..1_000 {
            verified.insert(digest(number), identity(number));
        }
        for number in 0..1_000 {
            assert_eq!(verified.get(&digest(number)), Some(identity(number)));
        }
        assert_eq!(verified.get(&digest(1_000)), None);
    }

    #[test]
    fn it_stays_bounded_and_keeps_what_is_used() {
        let verified = VerifiedTokens::default();
        for number in 0..100_000 {
            verified.insert(digest(number), identity(number));
            assert_eq!(verified.get(&digest(0)), Some(identity(0)), "lost after {number} others");
        }
        let held: usize = verified
            .shards
            .iter()
            .map(|shard| shard.lock().unwrap())
            .map(|shard| shard.young.len() + shard.old.len())
            .sum();
        assert!((SHARDS * GENERATION_MAX..=2 * SHARDS * GENERATION_MAX).contains(&held), "{held}");
        assert_eq!(verified.get(&digest(1)), None);
    }
}
