//! Sessions: refresh tokens by their hash, and the one way in which each is spent.
//!
//! The only writes beside the write path: a session is no fact of the ledger. Every change is a
//! transaction of its own, so that of two who spend the same token at once only one succeeds.

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use crate::domain::ids::{OperatorId, Seq};
use crate::domain::time::Timestamp;

/// A refresh token as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub hash: [u8; 32],
    /// The login that it descends from.
    pub family: [u8; 16],
    pub operator: OperatorId,
    pub state: State,
    /// From when on it is worth nothing.
    pub expires_at: Timestamp,
    /// From which entry on the operator's tokens were good when it was given out.
    pub valid_from: Seq,
}

/// What became of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Given out and not yet used.
    Active,
    /// Used already; a successor was given out.
    Rotated,
    /// Its family was ended.
    Revoked,
}

impl State {
    const ALL: [Self; 3] = [Self::Active, Self::Rotated, Self::Revoked];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Rotated => "rotated",
            Self::Revoked => "revoked",
        }
    }
}

impl Column for State {
    type Primitive = String;

    fn to_primitive(&self) -> String {
        self.as_str().to_owned()
    }

    fn from_primitive(word: String) -> Result<Self, StoreError> {
        let state = Self::ALL.into_iter().find(|state| state.as_str() == word);
        state.ok_or_else(|| StoreError::corrupt(format!("{word:?} is no state of a session")))
    }
}

/// What is kept of the token with this hash.
pub fn find(db: &mut Db, hash: [u8; 32]) -> Result<Option<Session>, StoreError> {
    let sql =
        Sql::new("SELECT hash, family, operator, state, expires_at, valid_from FROM sessions WHERE hash = ?")
            .bind(hash.to_sql_value());
    db.query(sql)?.into_iter().next().map(read).transpose()
}

/// Keeps the first token of a family: somebody has logged in.
pub fn start(db: &mut Db, session: &Session) -> Result<(), StoreError> {
    db.transaction(|db| insert(db, session))
}

/// Spends a token and keeps its successor. False, and nothing is kept, where the token was not active
/// any more: another has spent it, or its family was ended, since it was looked up.
pub fn rotate(db: &mut Db, spent: [u8; 32], successor: &Session) -> Result<bool, StoreError> {
    db.transaction(|db| {
        let sql = Sql::new("UPDATE sessions SET state = ? WHERE hash = ? AND state = ?")
            .bind(State::Rotated.to_sql_value())
            .bind(spent.to_sql_value())
            .bind(State::Active.to_sql_value());
        let is_spent_now = db.execute(sql)? == 1;
        if is_spent_now {
            insert(db, successor)?;
        }
        Ok(is_spent_now)
    })
}

/// Ends every token of a family: after logout, or after a spent token came again.
pub fn revoke_family(db: &mut Db, family: [u8; 16]) -> Result<(), StoreError> {
    revoke(db, "family", &family)
}

/// Ends every token of an operator: who was disabled, or has a new password.
pub fn revoke_operator(db: &mut Db, operator: OperatorId) -> Result<(), StoreError> {
    revoke(db, "operator", &operator)
}

/// Forgets tokens that have long been worth nothing; how many.
///
/// A spent token ends its family when it comes again only as long as it is kept: keep them for as long
/// as a successor may live.
pub fn forget_expired(db: &mut Db, before: Timestamp) -> Result<usize, StoreError> {
    db.transaction(|db| {
        db.execute(Sql::new("DELETE FROM sessions WHERE expires_at < ?").bind(before.to_sql_value()))
    })
}

/// Again until nothing is left to end: a successor that another transaction kept while this one waited
/// for its predecessor's row is seen the next time.
fn revoke<C: Column>(db: &mut Db, column: &str, value: &C) -> Result<(), StoreError> {
    db.transaction(|db| {
        let sql = Sql::new(format!("UPDATE sessions SET state = ? WHERE {column} = ? AND state <> ?"))
            .bind(State::Revoked.to_sql_value())
            .bind(value.to_sql_value())
            .bind(State::Revoked.to_sql_value());
        while db.execute(sql.clone())? > 0 {}
        Ok(())
    })
}

fn insert(db: &mut Db, session: &Session) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO sessions (hash, family, operator, state, expires_at, valid_from) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(session.hash.to_sql_value())
    .bind(session.family.to_sql_value())
    .bind(session.operator.to_sql_value())
    .bind(session.state.to_sql_value())
    .bind(session.expires_at.to_sql_value())
    .bind(session.valid_from.to_sql_value());
    db.execute(sql).map(|_| ())
}

fn read(SqlValues(sql_values): SqlValues) -> Result<Session, StoreError> {
    let Ok([hash, family, operator, state, expires_at, valid_from]) = <[SqlValue; 6]>::try_from(sql_values)
    else {
        return Err(StoreError::corrupt("a session lacks a column"));
    };
    Ok(Session {
        hash: Column::from_sql_value(hash)?,
        family: Column::from_sql_value(family)?,
        operator: Column::from_sql_value(operator)?,
        state: Column::from_sql_value(state)?,
        expires_at: Column::from_sql_value(expires_at)?,
        valid_from: Column::from_sql_value(valid_from)?,
    })
}
