//! What was answered under idempotency keys, for ever.

use super::request::{Answer, IdempotencyKey, Request, RequestRefusal, Verdict};
use crate::store::apply::StoredAnswer;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError, idempotency};
use std::collections::HashMap;

/// What was answered under the keys of a batch, and what is to be kept.
pub(super) struct Answers {
    known: HashMap<[u8; 32], ([u8; 32], Answer)>,
    pub(super) new: Vec<StoredAnswer>,
}

impl Answers {
    pub(super) fn load(
        db: &mut Db,
        vault: &Vault,
        keys: impl IntoIterator<Item = IdempotencyKey>,
    ) -> Result<Self, StoreError> {
        let scopes: Vec<[u8; 32]> = keys.into_iter().map(|key| key.scope).collect();
        let mut known = HashMap::new();
        for kept in idempotency::find(db, vault, &scopes)? {
            let answer =
                Answer::from_kept(&kept.answer).map_err(|error| StoreError::corrupt(error.to_string()))?;
            known.insert(kept.scope, (kept.fingerprint, answer));
        }
        Ok(Self { known, new: Vec::new() })
    }

    /// The verdict on a request that was carried out before.
    pub(super) fn replay(&self, key: IdempotencyKey) -> Option<Verdict> {
        let (fingerprint, answer) = self.known.get(&key.scope)?;
        Some(if *fingerprint == key.fingerprint {
            Ok(answer.clone())
        } else {
            Err(RequestRefusal::KeyReused)
        })
    }

    /// Keeps an acceptance under its key; a refusal changed nothing and is not kept.
    pub(super) fn keep(&mut self, request: &Request, verdict: &Verdict) -> Result<(), StoreError> {
        let (Some(key), Ok(answer)) = (request.key, verdict) else { return Ok(()) };
        if self.known.contains_key(&key.scope) {
            return Ok(());
        }
        let text = answer.to_kept().map_err(|error| StoreError::corrupt(error.to_string()))?;
        self.known.insert(key.scope, (key.fingerprint, answer.clone()));
        self.new.push(StoredAnswer { scope: key.scope, fingerprint: key.fingerprint, answer: text });
        Ok(())
    }
}

/// The verdict on a request that was carried out before, for those who need it before they can ask: a
/// command may be made of things that are gone since.
pub fn replay(db: &mut Db, vault: &Vault, key: IdempotencyKey) -> Result<Option<Verdict>, StoreError> {
    Ok(Answers::load(db, vault, [key])?.replay(key))
}
