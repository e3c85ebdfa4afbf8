//! Which keys a ledger goes by: of each a value by which it is known again, and from which nobody has the key.
//!
//! Who starts on a ledger with other keys than its own would write what nobody else can read, and find nobody who is
//! there: the same person would be registered twice. So the keys at hand are held against these values first.

use super::apply::{SealedTable, sealed_tables};
use super::column::Column;
use super::side_data::SideRow;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::{CellAddress, SealedColumn, Vault};
use super::{Db, StoreError, head, sealing};
use crate::domain::time::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum KeyKind {
    /// Encrypts personal data.
    Encryption,
    /// Makes blind indexes, codes and seals.
    BlindIndex,
    /// Signs access tokens.
    Token,
    /// Signs the journal's checkpoints.
    Log,
    /// Signs certificates as badges.
    Badge,
}

/// A value by which a key is known again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyCheck([u8; 32]);

impl KeyCheck {
    /// Of a secret key: an HMAC under it, over a fixed text.
    #[must_use]
    pub const fn of_secret(tag: [u8; 32]) -> Self {
        Self(tag)
    }

    /// Of a pair of keys, by the text of its public half.
    #[must_use]
    pub fn of_public(public: &str) -> Self {
        Self(Sha256::new().chain_update("hourbook key check").chain_update(public).finalize().into())
    }
}

/// Its beginning, to tell keys apart by.
impl fmt::Display for KeyCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The keys of one kind that a process has.
#[derive(Clone, Debug)]
pub struct KeysAtHand {
    pub kind: KeyKind,
    /// Those in use: of the log all that sign.
    pub current: Vec<KeyCheck>,
    /// Those of before, which still open or verify what is of then.
    pub previous: Vec<KeyCheck>,
}

/// The keys of a vault.
#[must_use]
pub fn of_vault(vault: &Vault) -> [KeysAtHand; 2] {
    let mut encryption = vault.encryption_checks().map(KeyCheck::of_secret);
    let current = encryption.next().into_iter().collect();
    let blind_index = vec![KeyCheck::of_secret(vault.blind_index_check())];
    [
        KeysAtHand { kind: KeyKind::Encryption, current, previous: encryption.collect() },
        KeysAtHand { kind: KeyKind::BlindIndex, current: blind_index, previous: Vec::new() },
    ]
}

impl KeysAtHand {
    fn has(&self, check: KeyCheck) -> bool {
        self.current.contains(&check) || self.previous.contains(&check)
    }

    /// Whether these are keys of a ledger that goes by `known` ones.
    fn must_fit(&self, known: &BTreeSet<KeyCheck>) -> Result<(), KeyFault> {
        let fault = |known: KeyCheck| KeyFault::Other { kind: self.kind, known };
        match self.kind {
            // What each of them encrypted must open.
            KeyKind::Encryption => known
                .iter()
                .find(|known| !self.has(**known))
                .copied()
                .map_or(Ok(()), |known| Err(fault(known))),
            KeyKind::BlindIndex | KeyKind::Token | KeyKind::Log | KeyKind::Badge => match known.last() {
                Some(last) if !known.iter().any(|known| self.has(*known)) => Err(fault(*last)),
                _ => Ok(()),
            },
        }
    }
}

/// Why a process must not work on a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// A key is at hand, and it is another.
    #[error("the {} at hand is not the one that this ledger goes by ({known}): {}", name(*kind), advice(*kind))]
    Other { kind: KeyKind, known: KeyCheck },
    /// No key is at hand.
    #[error("the {} that this ledger goes by ({known}) is not at hand: {}", name(*kind), advice(*kind))]
    Missing { kind: KeyKind, known: KeyCheck },
    /// The ledger does not say yet by which keys it goes, and what is there is of others.
    #[error("the {} at hand is not the one that made what is in {table}: {}", name(*kind), advice(*kind))]
    OpensNothing { kind: KeyKind, table: &'static str },
}

const fn name(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Encryption => "encryption key",
        KeyKind::BlindIndex => "blind-index key",
        KeyKind::Token => "token key",
        KeyKind::Log => "log's key",
        KeyKind::Badge => "badge key",
    }
}

const fn advice(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Encryption => {
            "put it back from a backup; one that another took the place of goes with --previous-encryption-key-files until \
             hourbook reseal has run"
        }
        KeyKind::BlindIndex => "put it back from a backup; it must never change",
        KeyKind::Token => {
            "put it back; one that another took the place of goes, its public half, with --previous-token-key-files; where it is \
             lost, hourbook keys replace token"
        }
        KeyKind::Log => {
            "put it back; a new one of the same name is a further line in its file; where it is lost, hourbook log restart"
        }
        KeyKind::Badge => {
            "put it back; one that another took the place of goes, its public half, with --previous-badge-key-files; where it \
             is lost, hourbook keys replace badge"
        }
    }
}

/// A key that the ledger goes by, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownKey {
    pub kind: KeyKind,
    pub check: KeyCheck,
    pub since: Timestamp,
}

/// The keys that the ledger goes by.
pub fn known(db: &mut Db) -> Result<Vec<KnownKey>, StoreError> {
    let rows = db.query(Sql::new("SELECT kind, value, since FROM key_checks ORDER BY kind, since, value"))?;
    rows.into_iter().map(read).collect()
}

fn read(SqlValues(values): SqlValues) -> Result<KnownKey, StoreError> {
    let Ok([kind, value, since]) = <[SqlValue; 3]>::try_from(values) else {
        return Err(StoreError::corrupt("a key's check lacks a column"));
    };
    let (kind, value): (String, Vec<u8>) = (Column::from_sql_value(kind)?, Column::from_sql_value(value)?);
    let kind = kind.parse().map_err(|_| StoreError::corrupt(format!("there is no kind of key {kind:?}")))?;
    let value = value.try_into().map_err(|_| StoreError::corrupt("a key's check has another length"))?;
    Ok(KnownKey { kind, check: KeyCheck(value), since: Column::from_sql_value(since)? })
}

fn of_kind(known: &[KnownKey], kind: KeyKind) -> BTreeSet<KeyCheck> {
    known.iter().filter(|known| known.kind == kind).map(|known| known.check).collect()
}

/// Whether the keys at hand are the ledger's, as far as it says; kinds that are not at hand are not judged.
///
/// # Errors
///
/// [`StoreError::WrongKey`] where one is another.
pub fn hold(db: &mut Db, at_hand: &[KeysAtHand]) -> Result<(), StoreError> {
    let known = known(db)?;
    at_hand.iter().try_for_each(|keys| keys.must_fit(&of_kind(&known, keys.kind)))?;
    Ok(())
}

/// [`hold`] for a process that has all its keys and goes to work with them: none may be missing, and those that the
/// ledger does not know yet it knows from now on, once they have opened what is there.
///
/// # Errors
///
/// [`StoreError::WrongKey`] where one is another, or missing.
pub fn settle(db: &mut Db, vault: &Vault, at_hand: &[KeysAtHand], now: Timestamp) -> Result<(), StoreError> {
    if unknown(&fitting(db, at_hand)?, at_hand).is_empty() {
        return Ok(());
    }
    db.transaction(|db| {
        // Replicas that start at once take turns.
        head::lock(db)?;
        let known = fitting(db, at_hand)?;
        must_open(db, vault, &known)?;
        unknown(&known, at_hand).into_iter().try_for_each(|(kind, check)| keep(db, kind, check, now))
    })
}

/// [`settle`] where nothing may be changed.
pub fn hold_all(db: &mut Db, vault: &Vault, at_hand: &[KeysAtHand]) -> Result<(), StoreError> {
    let known = fitting(db, at_hand)?;
    must_open(db, vault, &known)
}

/// From now on the ledger goes by the keys at hand in the place of others of their kind: within the caller's
/// transaction.
pub fn replace(db: &mut Db, keys: &KeysAtHand, now: Timestamp) -> Result<(), StoreError> {
    let forget = Sql::new("DELETE FROM key_checks WHERE kind = ?").string(<&str>::from(keys.kind));
    db.execute(forget)?;
    keys.current.iter().try_for_each(|check| keep(db, keys.kind, *check, now))
}

/// Knows of the encryption keys only the one in use from now on: within the caller's transaction.
pub(super) fn forget_former_encryption(db: &mut Db, vault: &Vault) -> Result<(), StoreError> {
    let Some(in_use) = vault.encryption_checks().next() else { return Ok(()) };
    let forget = Sql::new("DELETE FROM key_checks WHERE kind = ? AND value <> ?");
    db.execute(forget.string(KeyKind::Encryption.into()).bind(in_use.to_sql_value())).map(drop)
}

/// What the ledger knows, where the keys at hand fit it and none is missing.
fn fitting(db: &mut Db, at_hand: &[KeysAtHand]) -> Result<Vec<KnownKey>, StoreError> {
    let known = known(db)?;
    for kind in KeyKind::VARIANTS {
        let of_kind = of_kind(&known, *kind);
        match (at_hand.iter().find(|keys| keys.kind == *kind), of_kind.last()) {
            (Some(keys), _) => keys.must_fit(&of_kind)?,
            (None, Some(known)) => Err(KeyFault::Missing { kind: *kind, known: *known })?,
            (None, None) => {}
        }
    }
    Ok(known)
}

/// The keys in use that the ledger does not know.
fn unknown(known: &[KnownKey], at_hand: &[KeysAtHand]) -> Vec<(KeyKind, KeyCheck)> {
    let in_use = at_hand.iter().flat_map(|keys| keys.current.iter().map(|check| (keys.kind, *check)));
    in_use.filter(|(kind, check)| !of_kind(known, *kind).contains(check)).collect()
}

fn keep(db: &mut Db, kind: KeyKind, KeyCheck(value): KeyCheck, now: Timestamp) -> Result<(), StoreError> {
    let insert = Sql::new("INSERT INTO key_checks (kind, value, since) VALUES (?, ?, ?)");
    db.execute(insert.string(kind.into()).bind(value.to_sql_value()).bind(now.to_sql_value())).map(drop)
}

/// A ledger of before it knew its keys: they must open what is there.
fn must_open(db: &mut Db, vault: &Vault, known: &[KnownKey]) -> Result<(), StoreError> {
    if of_kind(known, KeyKind::Encryption).is_empty() {
        must_decrypt(db, vault)?;
    }
    if of_kind(known, KeyKind::BlindIndex).is_empty() {
        must_have_sealed(db, vault)?;
    }
    Ok(())
}

/// Of each column that is encrypted, one cell of each key.
fn must_decrypt(db: &mut Db, vault: &Vault) -> Result<(), StoreError> {
    let standing = SealedColumn::ALL.map(|column| (column.table, column));
    let in_clear = sealing::CELLS.map(|column| (sealing::UNSEALED, column));
    for (stands_in, SealedColumn { table, column, key }) in standing.into_iter().chain(in_clear) {
        let of_each_key =
            format!("SELECT MIN({key}), MAX({key}) FROM {stands_in} GROUP BY substr({column}, 1, 1)");
        for SqlValues(rows) in db.query(Sql::new(of_each_key))? {
            let mut opens = false;
            for row in rows {
                let row: i64 = Column::from_sql_value(row)?;
                let cell = Sql::new(format!("SELECT {column} FROM {stands_in} WHERE {key} = ?")).int(row);
                let cell =
                    db.query(cell)?.into_iter().next().and_then(|SqlValues(cell)| cell.into_iter().next());
                let sealed: Vec<u8> = cell.map(Column::from_sql_value).transpose()?.unwrap_or_default();
                opens |= vault.open(CellAddress { table, column, row }, &sealed).is_ok();
            }
            if !opens {
                Err(KeyFault::OpensNothing { kind: KeyKind::Encryption, table })?;
            }
        }
    }
    Ok(())
}

/// The first and the last row of each table that is sealed: none of them bears the seal of another's key alone.
fn must_have_sealed(db: &mut Db, vault: &Vault) -> Result<(), StoreError> {
    let mut of_another = None;
    let standing = sealed_tables().into_iter().map(|table| (table.name, table));
    for (stands_in, table) in standing.chain([(sealing::UNSEALED, sealing::table())]) {
        for values in ends_of(db, stands_in, &table)? {
            let row = SideRow { table: &table, values: &values };
            let index = row.index_of_document(vault).map(|index| row.bytes("identity_index") == Some(&index));
            match (row.is_sealed(vault), index) {
                (Some(true), _) | (_, Some(true)) => return Ok(()),
                (Some(false), _) | (_, Some(false)) => of_another = Some(table.name),
                (None, None) => {}
            }
        }
    }
    match of_another {
        Some(table) => Err(KeyFault::OpensNothing { kind: KeyKind::BlindIndex, table })?,
        None => Ok(()),
    }
}

fn ends_of(db: &mut Db, name: &str, table: &SealedTable) -> Result<Vec<Vec<SqlValue>>, StoreError> {
    let (columns, key) = (table.columns.join(", "), table.key[0]);
    let mut ends = Vec::new();
    for order in ["ASC", "DESC"] {
        let sql = format!("SELECT {columns} FROM {name} ORDER BY {key} {order} LIMIT 1");
        ends.extend(db.query(Sql::new(sql))?.into_iter().map(|SqlValues(row)| row));
    }
    Ok(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(byte: u8) -> KeyCheck {
        KeyCheck([byte; 32])
    }

    fn at_hand(kind: KeyKind, current: &[u8], previous: &[u8]) -> KeysAtHand {
        let checks = |bytes: &[u8]| bytes.iter().map(|byte| check(*byte)).collect();
        KeysAtHand { kind, current: checks(current), previous: checks(previous) }
    }

    fn fits(keys: &KeysAtHand, known: &[u8]) -> bool {
        keys.must_fit(&known.iter().map(|byte| check(*byte)).collect()).is_ok()
    }

    #[test]
    fn each_key_that_encrypted_something_must_be_at_hand() {
        let kind = KeyKind::Encryption;
        assert!(fits(&at_hand(kind, &[1], &[]), &[]));
        assert!(fits(&at_hand(kind, &[1], &[]), &[1]));
        assert!(fits(&at_hand(kind, &[2], &[1]), &[1]));
        assert!(fits(&at_hand(kind, &[1], &[2]), &[1]), "a key that will be used soon");
        assert!(!fits(&at_hand(kind, &[2], &[]), &[1]));
        assert!(!fits(&at_hand(kind, &[2], &[]), &[1, 2]), "what the first encrypted does not open");
        assert!(fits(&at_hand(kind, &[3], &[2, 1]), &[1, 2]));
    }

    #[test]
    fn of_keys_that_sign_one_must_be_known() {
        for kind in [KeyKind::Token, KeyKind::Log, KeyKind::Badge] {
            assert!(fits(&at_hand(kind, &[2], &[]), &[]));
            assert!(fits(&at_hand(kind, &[2], &[1]), &[1]));
            assert!(fits(&at_hand(kind, &[2], &[]), &[1, 2]));
            assert!(!fits(&at_hand(kind, &[3], &[]), &[1, 2]));
        }
        assert!(!fits(&at_hand(KeyKind::BlindIndex, &[2], &[]), &[1]));
    }
}
