//! What was answered under idempotency keys, for ever.

use super::request::{Answer, Asker, IdempotencyKey, Request, RequestRefusal, Verdict};
use crate::domain::context::Ctx;
use crate::domain::ids::Seq;
use crate::domain::replay::judge_replay;
use crate::domain::rules::Rules;
use crate::domain::time::Timestamp;
use crate::domain::{Outcome, Stop, World};
use crate::store::apply::StoredAnswer;
use crate::store::load::{ROUNDS, load};
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

/// Whether who asks may still be told what was answered: nobody hears of a key who has no access any more.
pub(super) fn may_be_told(ctx: &Ctx, kept: &Verdict) -> Result<(), Stop> {
    match kept {
        Ok(Answer::Single(receipt)) => judge_replay(ctx, &[(receipt.seq, &receipt.outcome)]),
        Ok(Answer::Bulk(items)) => {
            let done = items.iter().flatten().map(|receipt| (receipt.seq, &receipt.outcome));
            judge_replay(ctx, &done.collect::<Vec<(Seq, &Outcome)>>())
        }
        Err(_) => ctx.must_be_in_good_standing(),
    }
}

/// The verdict on a request that was carried out before, for those who need it before they can ask: a
/// command may be made of things that are gone since.
pub fn replay(
    db: &mut Db,
    (vault, rules): (&Vault, &Rules),
    now: Timestamp,
    ((actor, token_from), key): (Asker, IdempotencyKey),
) -> Result<Option<Verdict>, StoreError> {
    let Some(kept) = Answers::load(db, vault, [key])?.replay(key) else { return Ok(None) };
    let mut world = World::default();
    for _ in 0..ROUNDS {
        let ctx = Ctx { world: &world, rules, actor, token_from, now, seq: Seq::default() };
        match may_be_told(&ctx, &kept) {
            Ok(()) => return Ok(Some(kept)),
            Err(Stop::Rejected(rejection)) => return Ok(Some(Err(RequestRefusal::Rejected(rejection)))),
            Err(Stop::Miss) => {
                let missing = world.take_missing();
                load(db, &mut world, rules.zone, missing)?;
            }
        }
    }
    Err(StoreError::corrupt("loading for a kept answer does not come to an end"))
}
