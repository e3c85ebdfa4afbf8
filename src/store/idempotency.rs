//! Answers that were given under an idempotency key.

use super::StoreError;
use super::apply::StoredAnswer;
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::Vault;

/// The answers that are kept under these keys.
///
/// Fails on one that bears another seal than the service's.
pub fn find(db: &mut Db, vault: &Vault, scopes: &[[u8; 32]]) -> Result<Vec<StoredAnswer>, StoreError> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT t.scope, t.fingerprint, t.answer, t.seal FROM ")
        .join(Sql::byte_keys(db.dialect(), scopes))
        .and(" JOIN idempotency AS t ON t.scope = k.a");
    let answer = |SqlValues(sql_values)| {
        let Ok([scope, fingerprint, answer, seal]) = <[SqlValue; 4]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a kept answer lacks a column"));
        };
        let row = [scope, fingerprint, answer];
        if let SqlValue::Bytes(Some(seal)) = seal
            && !vault.is_row_seal("idempotency", &row, &seal)
        {
            return Err(StoreError::corrupt("a kept answer is not as the service kept it"));
        }
        let [scope, fingerprint, answer] = row;
        Ok(StoredAnswer {
            scope: Column::from_sql_value(scope)?,
            fingerprint: Column::from_sql_value(fingerprint)?,
            answer: Column::from_sql_value(answer)?,
        })
    };
    db.query(sql)?.into_iter().map(answer).collect()
}
