//! What a kind of file has to say: its columns, and how a row becomes a request and a verdict.

use super::header::HeaderColumn;
use super::report::RowResult;
use super::row::{ImportRow, RowError};
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::time::{LocalZone, Timestamp};
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::{IdempotencyKey, Request, Work};
use crate::journal::to_canonical_json;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use serde::Serialize;
use std::fmt::Display;
use std::sync::Arc;

/// A kind of file that can be imported. What is wrong with a row is noted with the row.
pub trait Kind {
    /// Stands in the keys of its rows: never changes.
    const NAME: &'static str;
    /// The columns that it may have.
    const COLUMNS: &'static [&'static HeaderColumn];
    /// A row, as far as it could be read.
    type Draft;

    /// Reads a row, as far as it can be judged by itself.
    fn read(&self, row: &ImportRow, zone: LocalZone) -> Self::Draft;

    /// Looks up what rows name in other words than ids, and what is known of them, for many rows at once.
    fn look_up(&mut self, db: &mut Db, site: &Site, drafts: &[&Self::Draft]) -> Result<(), StoreError>;

    /// What is asked of the ledger; nothing where something is wrong with the row.
    fn ask(&self, site: &Site, row: &ImportRow, draft: &Self::Draft) -> Option<Asked>;

    /// How people call the thing that was made.
    fn id_of(outcome: &Outcome) -> Option<String>;

    /// What a rule's refusal means for the row.
    fn explain(
        &self,
        db: &mut Db,
        site: &Site,
        row: &ImportRow,
        draft: &Self::Draft,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError>;
}

/// What a row comes to.
#[derive(Debug)]
pub enum Asked {
    /// It is known already.
    Known(RowResult),
    /// To be entered.
    Entry(Request),
    /// It stands already, to be credited.
    Crediting(Request),
}

/// Where rows are brought in, by whom, and when.
#[derive(Debug)]
pub struct Site {
    pub vault: Arc<Vault>,
    pub zone: LocalZone,
    pub actor: Actor,
    pub now: Timestamp,
    /// The journal's last entry when the import began.
    pub head: Seq,
}

impl Site {
    /// Salt for a commitment.
    pub fn salt(&self) -> Result<[u8; 16], RowError> {
        self.vault.salt().map_err(Self::internal)
    }

    /// A fault of ours.
    pub fn internal(cause: impl Display) -> RowError {
        RowError::new("internal", cause.to_string())
    }

    /// A request under a key that follows from the row's content.
    pub fn request(
        &self,
        kind: &str,
        content: &impl Serialize,
        command: Command,
    ) -> Result<Request, RowError> {
        let key = self.key(kind, content).map_err(Self::internal)?;
        Ok(Request {
            actor: self.actor,
            token_from: None,
            key: Some(key),
            work: Work::Single(Box::new(command)),
        })
    }

    /// A request that says by itself whether it was carried out before.
    pub fn request_without_key(&self, command: Command) -> Request {
        Request { actor: self.actor, token_from: None, key: None, work: Work::Single(Box::new(command)) }
    }

    /// A row's own key: the same content, brought in again by the same operator, is the same request.
    ///
    /// It is a keyed hash and no plain one, for the key is kept for ever, and from a plain hash one
    /// could learn by trying what stood in the row of somebody whose data was erased.
    fn key(&self, kind: &str, content: &impl Serialize) -> serde_json::Result<IdempotencyKey> {
        let content = to_canonical_json(&(self.actor, content))?;
        let index = |what: &str| self.vault.blind_index(&format!("import {kind} {what}"), &content);
        Ok(IdempotencyKey { scope: index("scope"), fingerprint: index("fingerprint") })
    }
}
