//! What stands in people's inboxes: what entries tell, and beside that how far somebody has read and that somebody
//! signed in, which are no facts of the ledger and make no entry.
//!
//! All of it goes with the person, in the transaction of the entry that closes the registration.

use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::Vault;
use super::{StoreError, head};
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::message::{MessageKind, MessagePlace};
use crate::domain::time::Timestamp;

/// Since when people are told.
pub(super) struct Beginning {
    /// The first entry that tells anybody anything.
    pub(super) entry: Seq,
    seal: Option<[u8; 32]>,
}

impl Beginning {
    /// Whether nobody can have put it off: it is the journal's first entry, or the service vouches for it.
    pub(super) fn is_sound(&self, vault: &Vault) -> bool {
        match self.seal {
            Some(seal) => vault.is_row_seal(BEGINNING, &[self.entry.to_sql_value()], &seal),
            None => self.entry == Seq(1),
        }
    }
}

/// The table that says it.
const BEGINNING: &str = "messages_begin";

/// Since when people are told.
pub(super) fn beginning(db: &mut Db) -> Result<Beginning, StoreError> {
    let said = db.query(Sql::new("SELECT entry, seal FROM messages_begin"))?;
    let [SqlValues(said)] = <[_; 1]>::try_from(said).map_err(|_| unsaid())?;
    let [entry, seal] = <[SqlValue; 2]>::try_from(said).map_err(|_| unsaid())?;
    Ok(Beginning { entry: Column::from_sql_value(entry)?, seal: Column::from_sql_value(seal)? })
}

fn unsaid() -> StoreError {
    StoreError::corrupt("nothing says since when people are told")
}

/// Vouches for where it begins, before anything is written on a ledger of before people were told.
pub fn vouch_for_beginning(db: &mut Db, vault: &Vault) -> Result<(), StoreError> {
    if beginning(db)?.seal.is_some() {
        return Ok(());
    }
    db.transaction(|db| {
        let next = head::lock(db)?.last_seq.next();
        let seal = vault.row_seal(BEGINNING, &[next.to_sql_value()]);
        let sql =
            Sql::new("UPDATE messages_begin SET seal = ? WHERE entry = ? AND entry > 1 AND seal IS NULL");
        db.execute(sql.bind(seal.to_sql_value()).bind(next.to_sql_value())).map(drop)
    })
}

/// Lets a shadow begin where the ledger does.
pub(super) fn begin_at(db: &mut Db, first: Seq) -> Result<(), StoreError> {
    db.execute(Sql::new("UPDATE messages_begin SET entry = ?").int(first.0)).map(drop)
}

/// Nothing is left of what somebody was told, nor of how far they had read.
pub(super) fn empty(db: &mut Db, volunteer: VolunteerId) -> Result<(), StoreError> {
    for sql in ["DELETE FROM messages WHERE volunteer = ?", "DELETE FROM inboxes WHERE volunteer = ?"] {
        db.execute(Sql::new(sql).bind(volunteer.to_sql_value()))?;
    }
    Ok(())
}

/// Somebody who is registered has read everything up to a message. Who had read further has still.
pub(super) fn read_up_to(db: &mut Db, volunteer: VolunteerId, up_to: MessagePlace) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO inboxes (volunteer, read_entry, read_line)
         SELECT v.id, ?, ? FROM volunteers AS v WHERE v.id = ? AND v.status IN ('active', 'inactive')
         ON CONFLICT (volunteer) DO UPDATE SET read_entry = excluded.read_entry, read_line = excluded.read_line
         WHERE (inboxes.read_entry, inboxes.read_line) < (excluded.read_entry, excluded.read_line)",
    );
    db.execute(sql.int(up_to.entry.0).int(up_to.line).bind(volunteer.to_sql_value())).map(drop)
}

/// Tells somebody who is registered that they signed in, after the ledger's last entry and what that tells.
pub(super) fn signed_in(
    db: &mut Db,
    volunteer: VolunteerId,
    last: Seq,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = Sql::new(
        "INSERT INTO messages (entry, line, volunteer, kind, told_at)
         SELECT ?, COALESCE((SELECT MAX(line) FROM messages WHERE entry = ?), 0) + 1, v.id, ?, ?
         FROM volunteers AS v WHERE v.id = ? AND v.status IN ('active', 'inactive')",
    );
    let sql = sql.int(last.0).int(last.0).bind(MessageKind::SignedIn.to_sql_value());
    db.execute(sql.bind(at.to_sql_value()).bind(volunteer.to_sql_value())).map(drop)
}
