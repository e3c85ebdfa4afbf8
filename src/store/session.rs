//! Sessions (会话): what is kept of each log-in, and the one way in which its refresh token is spent.
//!
//! A session is no fact of the ledger, and its writes take nothing from the ledger: with PostgreSQL they lock a row of
//! their own, with SQLite they go to a file of their own (`session_file`). Every change is one statement on one row, so
//! that of two who spend the same token at once only one succeeds.

use super::StoreError;
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use crate::domain::actor::Actor;
use crate::domain::ids::{BindingId, Seq};
use crate::domain::time::Timestamp;

/// Sessions that somebody may have open; who begins another ends the oldest.
pub const MOST_OPEN: i64 = 50;
/// Rows that one statement forgets at most.
const FORGET_LIMIT: i64 = 500;

/// A log-in, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// What all its tokens have in common.
    pub family: [u8; 16],
    /// Whose it is.
    pub actor: Actor,
    /// From which entry on the actor's tokens were good when it began.
    pub valid_from: Seq,
    pub started_at: Timestamp,
    /// When its token was last exchanged; none before the first time.
    pub refreshed_at: Option<Timestamp>,
    /// From when on its token is worth nothing.
    pub expires_at: Timestamp,
    /// From when on nobody refreshes it any more.
    pub ends_at: Timestamp,
    /// SHA-256 of the token that is good.
    pub token: [u8; 32],
    /// SHA-256 of its predecessor.
    pub spent: Option<[u8; 32]>,
    /// The token that is good, as only who has its predecessor can read it.
    pub successor: Option<[u8; 32]>,
    /// When it was ended, by logout or because a spent token came again.
    pub ended_at: Option<Timestamp>,
    /// The binding by which it began, if by one: it ends with it.
    pub binding: Option<BindingId>,
}

/// A token exchanged for its successor.
#[derive(Clone, Copy, Debug)]
pub struct Rotation {
    pub family: [u8; 16],
    /// SHA-256 of the token that is spent.
    pub spent: [u8; 32],
    /// SHA-256 of its successor.
    pub token: [u8; 32],
    /// The successor, as only who has the spent token can read it.
    pub successor: [u8; 32],
    pub refreshed_at: Timestamp,
    pub expires_at: Timestamp,
}

const COLUMNS: &str = "family, actor, valid_from, started_at, refreshed_at, expires_at, ends_at, token, spent, successor, ended_at, binding";

/// What is kept of the log-in of this family.
pub fn find(db: &mut Db, family: [u8; 16]) -> Result<Option<Session>, StoreError> {
    let sql =
        Sql::new(format!("SELECT {COLUMNS} FROM sessions WHERE family = ?")).bind(family.to_sql_value());
    db.query(sql)?.into_iter().next().map(read).transpose()
}

/// Every session there is.
pub(super) fn all(db: &mut Db) -> Result<Vec<Session>, StoreError> {
    db.query(Sql::new(format!("SELECT {COLUMNS} FROM sessions")))?.into_iter().map(read).collect()
}

/// Forgets every session: where they are kept elsewhere from now on, or in a ledger that was put back.
pub fn forget_all(db: &mut Db) -> Result<(), StoreError> {
    db.execute(Sql::new("DELETE FROM sessions")).map(drop)
}

/// Keeps a session: somebody has logged in.
pub fn start(db: &mut Db, session: &Session) -> Result<(), StoreError> {
    db.transaction(|db| {
        insert(db, session, "")?;
        let oldest_but_some = Sql::new(
            "UPDATE sessions SET ended_at = ? WHERE actor = ? AND ended_at IS NULL AND family NOT IN (
                SELECT family FROM sessions WHERE actor = ? AND ended_at IS NULL
                ORDER BY started_at DESC, family LIMIT ?)",
        )
        .bind(session.started_at.to_sql_value())
        .bind(session.actor.to_sql_value())
        .bind(session.actor.to_sql_value())
        .bind(MOST_OPEN.to_sql_value());
        db.execute(oldest_but_some).map(drop)
    })
}

/// Spends a token and keeps its successor. False, and nothing is kept, where the token was not good any more: another
/// has spent it, or the session was ended, since it was looked up.
pub fn rotate(db: &mut Db, rotation: &Rotation) -> Result<bool, StoreError> {
    let sql = Sql::new(
        "UPDATE sessions SET token = ?, spent = ?, successor = ?, refreshed_at = ?, expires_at = ?
         WHERE family = ? AND token = ? AND ended_at IS NULL",
    )
    .bind(rotation.token.to_sql_value())
    .bind(rotation.spent.to_sql_value())
    .bind(rotation.successor.to_sql_value())
    .bind(rotation.refreshed_at.to_sql_value())
    .bind(rotation.expires_at.to_sql_value())
    .bind(rotation.family.to_sql_value())
    .bind(rotation.spent.to_sql_value());
    Ok(db.execute(sql)? == 1)
}

/// Ends a session: after logout, or after a spent token came again. Whether there was one to end.
pub fn end(db: &mut Db, family: [u8; 16], at: Timestamp) -> Result<bool, StoreError> {
    Ok(end_where(db, "family", &family, at)? > 0)
}

/// Ends every session of somebody, such as an operator who has a new password.
pub fn end_of(db: &mut Db, actor: Actor, at: Timestamp) -> Result<(), StoreError> {
    end_where(db, "actor", &actor, at).map(drop)
}

/// Ends the sessions that began with a binding; their families.
pub fn end_of_binding(db: &mut Db, binding: BindingId, at: Timestamp) -> Result<Vec<[u8; 16]>, StoreError> {
    db.transaction(|db| {
        let open = Sql::new("SELECT family FROM sessions WHERE binding = ? AND ended_at IS NULL");
        let open = db.query(open.bind(binding.to_sql_value()))?.into_iter();
        let family =
            |SqlValues(row): SqlValues| row.into_iter().next().map(Column::from_sql_value).transpose();
        let families = open.filter_map(|row| family(row).transpose()).collect::<Result<_, StoreError>>()?;
        end_where(db, "binding", &binding, at)?;
        Ok(families)
    })
}

fn end_where<C: Column>(db: &mut Db, column: &str, value: &C, at: Timestamp) -> Result<usize, StoreError> {
    let sql = Sql::new(format!(
        "UPDATE sessions SET ended_at = ?, successor = NULL WHERE {column} = ? AND ended_at IS NULL"
    ));
    db.execute(sql.bind(at.to_sql_value()).bind(value.to_sql_value()))
}

/// The sessions of somebody that are not over, those that began last first.
pub fn of(db: &mut Db, actor: Actor, now: Timestamp) -> Result<Vec<Session>, StoreError> {
    let sql = Sql::new(format!(
        "SELECT {COLUMNS} FROM sessions WHERE actor = ? AND ended_at IS NULL AND expires_at > ?
         ORDER BY started_at DESC, family LIMIT {MOST_OPEN}"
    ));
    db.query(sql.bind(actor.to_sql_value()).bind(now.to_sql_value()))?.into_iter().map(read).collect()
}

/// Which sessions were ended since, and when.
pub fn ended_since(db: &mut Db, since: Timestamp) -> Result<Vec<([u8; 16], Timestamp)>, StoreError> {
    let sql = Sql::new("SELECT family, ended_at FROM sessions WHERE ended_at > ?").bind(since.to_sql_value());
    let read = |SqlValues(sql_values): SqlValues| {
        let Ok([family, ended_at]) = <[SqlValue; 2]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a session lacks a column"));
        };
        Ok((Column::from_sql_value(family)?, Column::from_sql_value(ended_at)?))
    };
    db.query(sql)?.into_iter().map(read).collect()
}

/// Forgets some of the sessions whose time was over, or that were ended, before an instant; how many.
pub fn forget(db: &mut Db, before: Timestamp) -> Result<usize, StoreError> {
    db.execute(
        Sql::new(
            "DELETE FROM sessions WHERE family IN (
                SELECT family FROM sessions WHERE expires_at < ? OR ended_at < ? LIMIT ?)",
        )
        .bind(before.to_sql_value())
        .bind(before.to_sql_value())
        .bind(FORGET_LIMIT.to_sql_value()),
    )
}

/// Forgets some of the successors that nobody may ask for once more; of how many sessions.
pub fn forget_successors(db: &mut Db, refreshed_before: Timestamp) -> Result<usize, StoreError> {
    db.execute(
        Sql::new(
            "UPDATE sessions SET successor = NULL WHERE family IN (
                SELECT family FROM sessions WHERE successor IS NOT NULL AND refreshed_at < ? LIMIT ?)",
        )
        .bind(refreshed_before.to_sql_value())
        .bind(FORGET_LIMIT.to_sql_value()),
    )
}

pub(super) fn insert(db: &mut Db, session: &Session, otherwise: &str) -> Result<(), StoreError> {
    let sql = Sql::new(format!(
        "INSERT INTO sessions ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) {otherwise}"
    ))
    .bind(session.family.to_sql_value())
    .bind(session.actor.to_sql_value())
    .bind(session.valid_from.to_sql_value())
    .bind(session.started_at.to_sql_value())
    .bind(session.refreshed_at.to_sql_value())
    .bind(session.expires_at.to_sql_value())
    .bind(session.ends_at.to_sql_value())
    .bind(session.token.to_sql_value())
    .bind(session.spent.to_sql_value())
    .bind(session.successor.to_sql_value())
    .bind(session.ended_at.to_sql_value())
    .bind(session.binding.to_sql_value());
    db.execute(sql).map(|_| ())
}

fn read(SqlValues(sql_values): SqlValues) -> Result<Session, StoreError> {
    let Ok(
        [
            family,
            actor,
            valid_from,
            started_at,
            refreshed_at,
            expires_at,
            ends_at,
            token,
            spent,
            successor,
            ended_at,
            binding,
        ],
    ) = <[SqlValue; 12]>::try_from(sql_values)
    else {
        return Err(StoreError::corrupt("a session lacks a column"));
    };
    Ok(Session {
        family: Column::from_sql_value(family)?,
        actor: Column::from_sql_value(actor)?,
        valid_from: Column::from_sql_value(valid_from)?,
        started_at: Column::from_sql_value(started_at)?,
        refreshed_at: Column::from_sql_value(refreshed_at)?,
        expires_at: Column::from_sql_value(expires_at)?,
        ends_at: Column::from_sql_value(ends_at)?,
        token: Column::from_sql_value(token)?,
        spent: Column::from_sql_value(spent)?,
        successor: Column::from_sql_value(successor)?,
        ended_at: Column::from_sql_value(ended_at)?,
        binding: Column::from_sql_value(binding)?,
    })
}
