//! What a kind of file has to say: its columns, and how a row becomes a request and a verdict.

use super::header::HeaderColumn;
use super::report::RowResult;
use super::row::{ImportRow, RowError};
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::domain::time::LocalZone;
use crate::domain::{Command, Outcome, Rejection};
use crate::engine::{IdempotencyKey, Request, Work};
use crate::journal::to_canonical_json;
use crate::store::vault::Vault;
use crate::store::{Db, StoreError};
use serde::Serialize;
use std::fmt::Display;
use std::sync::Arc;

/// A kind of file that can be imported.
pub trait Kind {
    /// Stands in the keys of its rows: never changes.
    const NAME: &'static str;
    /// The columns that it may have.
    const COLUMNS: &'static [&'static HeaderColumn];
    /// A row that was read.
    type Parsed;

    /// Reads a row, as far as it can be judged by itself.
    fn read(&self, row: &ImportRow, zone: LocalZone) -> Result<Self::Parsed, RowError>;

    /// Looks up what rows name in other words than ids, for many rows at once.
    fn look_up(&mut self, db: &mut Db, site: &Site, rows: &[&Self::Parsed]) -> Result<(), StoreError>;

    /// What is asked of the ledger.
    fn ask(&self, site: &Site, row: &Self::Parsed) -> Result<Request, RowError>;

    /// How people call the thing that was made.
    fn id_of(outcome: &Outcome) -> Option<String>;

    /// What a rule's refusal means for the row.
    fn explain(
        &self,
        db: &mut Db,
        site: &Site,
        row: &Self::Parsed,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError>;
}

/// Where rows are brought in, and by whom.
#[derive(Debug)]
pub struct Site {
    pub vault: Arc<Vault>,
    pub zone: LocalZone,
    pub actor: Actor,
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
        Ok(Request { actor: self.actor, key: Some(key), work: Work::Single(Box::new(command)) })
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
