//! What every handler works with, and the one way from a command to its answer.

use super::hashing::Hashing;
use super::metrics::Metrics;
use super::problem::ApiError;
use super::view::{Changed, Created, View};
use crate::api::extract::Stamp;
use crate::api::wire::Receipt;
use crate::auth::{Issuer, TokenKeys, Verifier};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::command::Committed;
use crate::domain::rules::Rules;
use crate::domain::text::Note;
use crate::engine::{self, Answer, BulkAnswer, Clock, Ledger, Request, Work};
use crate::journal;
use crate::store::vault::Vault;
use actix_web::web;
use serde::Serialize;
use std::sync::Arc;

/// The state as handlers get it.
pub type State = web::Data<AppState>;

/// What the handlers share.
pub struct AppState {
    /// The way in: asks the writer and waits until the answer is durable.
    pub ledger: Ledger,
    /// Takes or refuses access tokens.
    pub verifier: Verifier,
    /// Gives out access tokens to those who log in.
    pub issuer: Issuer,
    /// The public keys for those who verify tokens themselves.
    pub token_keys: Arc<TokenKeys>,
    /// Hashes and checks passwords.
    pub hashing: Hashing,
    /// Salts, blind indexes and pick-up codes.
    pub vault: Arc<Vault>,
    /// The figures of the house, its time zone among them.
    pub rules: Rules,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// What is counted for operations.
    pub metrics: Metrics,
}

impl AppState {
    /// Has a command carried out that makes something.
    pub async fn create<V: View>(
        &self,
        actor: Actor,
        stamp: Stamp,
        command: Command,
    ) -> Result<Created<V>, ApiError> {
        self.change(actor, stamp, command).await.map(Created)
    }

    /// Has a command carried out, and shows what it came to.
    pub async fn change<V: View>(
        &self,
        actor: Actor,
        stamp: Stamp,
        command: Command,
    ) -> Result<Changed<V>, ApiError> {
        self.carry_out(actor, stamp.of(actor), command).await
    }

    /// [`Self::change`] for a request that names the version it changes, and so needs no other name.
    pub async fn update<V: View>(&self, actor: Actor, command: Command) -> Result<Changed<V>, ApiError> {
        self.carry_out(actor, None, command).await
    }

    /// Has each command carried out by itself, in order.
    pub async fn carry_out_each(
        &self,
        actor: Actor,
        stamp: Stamp,
        commands: Vec<Command>,
    ) -> Result<BulkAnswer, ApiError> {
        let request = Request { actor, key: stamp.of(actor), work: Work::Bulk(commands) };
        match self.ledger.submit(request).await? {
            Answer::Bulk(items) => Ok(items),
            Answer::Single(_) => Err(ApiError::internal("one answer to many commands")),
        }
    }

    /// Binds content that is kept beside the journal.
    pub fn commit<T: Serialize>(&self, content: T) -> Result<Committed<T>, ApiError> {
        let salt = self.vault.salt().map_err(ApiError::internal)?;
        journal::commit(content, salt).map_err(ApiError::internal)
    }

    /// Binds somebody's words, if there are any.
    pub fn commit_note(&self, note: Option<Note>) -> Result<Option<Committed<Note>>, ApiError> {
        note.map(|note| self.commit(note)).transpose()
    }

    /// Shows what a command came to.
    pub fn show<V: View>(&self, receipt: engine::Receipt) -> Result<Changed<V>, ApiError> {
        let thing = V::Thing::try_from(receipt.outcome)
            .map_err(|_| ApiError::internal("the answer is another thing than the command makes"))?;
        Ok(Changed {
            thing: V::of(thing, self.rules.zone),
            receipt: Receipt::new(receipt.seq, receipt.recorded_at, self.rules.zone),
        })
    }

    async fn carry_out<V: View>(
        &self,
        actor: Actor,
        key: Option<engine::IdempotencyKey>,
        command: Command,
    ) -> Result<Changed<V>, ApiError> {
        let request = Request { actor, key, work: Work::Single(Box::new(command)) };
        match self.ledger.submit(request).await? {
            Answer::Single(receipt) => self.show(*receipt),
            Answer::Bulk(_) => Err(ApiError::internal("many answers to one command")),
        }
    }
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppState").field("rules", &self.rules).finish_non_exhaustive()
    }
}
