//! Answers that were given under an idempotency key.

use super::StoreError;
use super::apply::StoredAnswer;
use super::column::Column;
use super::db::Db;
use super::sql::{Sql, SqlValue, SqlValues};

/// The answers that are kept under these keys.
pub fn find(db: &mut Db, scopes: &[[u8; 32]]) -> Result<Vec<StoredAnswer>, StoreError> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = Sql::new("SELECT t.scope, t.fingerprint, t.answer FROM ")
        .join(Sql::byte_keys(db.dialect(), scopes))
        .and(" JOIN idempotency AS t ON t.scope = k.a");
    let answer = |SqlValues(sql_values)| {
        let Ok([scope, fingerprint, answer]) = <[SqlValue; 3]>::try_from(sql_values) else {
            return Err(StoreError::corrupt("a kept answer lacks a column"));
        };
        Ok(StoredAnswer {
            scope: Column::from_sql_value(scope)?,
            fingerprint: Column::from_sql_value(fingerprint)?,
            answer: Column::from_sql_value(answer)?,
        })
    };
    db.query(sql)?.into_iter().map(answer).collect()
}
