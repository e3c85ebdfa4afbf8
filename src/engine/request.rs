//! What the engine is asked and what it answers.

use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::time::Timestamp;
use crate::domain::{Command, Outcome, Rejection};
use crate::journal::TreeHash;
use serde::{Deserialize, Serialize};

/// One request of a client: a single command, or many under one key.
#[derive(Debug)]
pub struct Request {
    /// The actor who asks.
    pub actor: Actor,
    /// From which entry on the actor's tokens were good when the one that was shown was made; none where none was.
    pub token_from: Option<Seq>,
    /// Makes the request safe to repeat.
    pub key: Option<IdempotencyKey>,
    /// What is asked.
    pub work: Work,
}

/// Who asks, and from which entry on their tokens were good when the one that was shown was made.
pub type Asker = (Actor, Option<Seq>);

impl Request {
    /// One command of the service itself, or of who has the machine.
    #[must_use]
    pub fn of_system(command: Command) -> Self {
        Self { actor: Actor::System, token_from: None, key: None, work: Work::Single(Box::new(command)) }
    }

    pub(super) const fn asker(&self) -> Asker {
        (self.actor, self.token_from)
    }

    /// How many commands it asks for.
    pub(super) fn size(&self) -> usize {
        self.commands().len()
    }

    pub(super) fn commands(&self) -> &[Command] {
        match &self.work {
            Work::Single(command) => std::slice::from_ref(command),
            Work::Bulk(commands) => commands,
        }
    }
}

/// One command, or up to 1,000 of which each has its own outcome.
#[derive(Debug)]
pub enum Work {
    /// Accepted or refused as one.
    Single(Box<Command>),
    /// Each item judged by itself, in order; the answer as a whole is kept under the key.
    Bulk(Vec<Command>),
}

/// A client's name for a request, and what the request was.
///
/// The same key with the same request always replays the first answer; with another request it
/// is refused. Refusals are not kept: what was refused changed nothing and may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// SHA-256 over actor and key, so that keys of different actors never meet.
    pub scope: [u8; 32],
    /// A keyed hash over what was asked.
    pub fingerprint: [u8; 32],
}

/// Proof that a command was taken: its entry, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The entry's position in the journal.
    pub seq: Seq,
    /// The instant that the entry bears.
    pub recorded_at: Timestamp,
    /// The entry's hash: its leaf of the tree over all entries.
    pub leaf_hash: TreeHash,
    /// The thing made or changed.
    pub outcome: Outcome,
}

/// Each item's own outcome, in the order of the items.
pub type BulkAnswer = Vec<Result<Receipt, Rejection>>;

/// What an accepted request comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Single(Box<Receipt>),
    Bulk(BulkAnswer),
}

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefusal {
    /// A rule refuses it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The key was used for another request.
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// The queue is full: come back in a moment.
    #[error("too many changes are waiting to be written")]
    Busy,
    /// The service is stopping, or its database cannot be reached.
    #[error("the ledger cannot be written just now")]
    Unavailable,
}

/// What a request comes to.
pub type Verdict = Result<Answer, RequestRefusal>;
