//! What former keys encrypted, encrypted anew under the one in use, so that those can be put away.

use super::apply::{SealedTable, sealed_tables};
use super::column::Column;
use super::side_data::SideRow;
use super::sql::{Sql, SqlValue, SqlValues};
use super::vault::{SealedColumn, Vault};
use super::{Db, StoreError, head};

/// What became of some rows of a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// The last row that was looked at; none where there was no more.
    pub last: Option<i64>,
    /// Cells that were encrypted anew.
    pub cells: u64,
    /// Rows that bear another's seal, or whose cell no key opens: they are left as they are.
    pub in_doubt: Vec<i64>,
}

/// Looks at the rows of a column after one, at most `limit`, in a transaction between two batches: who writes goes on
/// before and after.
pub fn step(
    db: &mut Db,
    vault: &Vault,
    column: SealedColumn,
    after: i64,
    limit: i64,
) -> Result<Resealed, StoreError> {
    let tables = sealed_tables();
    let table = tables.iter().find(|table| table.name == column.table);
    let table = table.ok_or_else(|| StoreError::corrupt(format!("{} is no sealed table", column.table)))?;
    db.transaction(|db| {
        head::lock(db)?;
        let (columns, name, key) = (table.columns.join(", "), table.name, column.key);
        let rows = format!("SELECT {columns} FROM {name} WHERE {key} > ? ORDER BY {key} LIMIT ?");
        let mut done = Resealed::default();
        for SqlValues(values) in db.query(Sql::new(rows).int(after).int(limit))? {
            let row = SideRow { table, values: &values };
            let number =
                row.number(key).ok_or_else(|| StoreError::corrupt(format!("{name} has no {key}")))?;
            done.last = Some(number);
            match encrypted_anew(vault, column, &row, number)? {
                Found::OfNow => {}
                Found::InDoubt => done.in_doubt.push(number),
                Found::OfBefore(cell) => {
                    replace(db, vault, table, column, (&row, number), &cell)?;
                    done.cells += 1;
                }
            }
        }
        Ok(done)
    })
}

enum Found {
    OfNow,
    /// With the cell as it is to be.
    OfBefore(Vec<u8>),
    InDoubt,
}

fn encrypted_anew(
    vault: &Vault,
    column: SealedColumn,
    row: &SideRow,
    number: i64,
) -> Result<Found, StoreError> {
    let (cell, address) = (row.bytes(column.column).unwrap_or_default(), column.cell(number));
    if vault.is_sealed_now(address, cell) {
        return Ok(Found::OfNow);
    }
    // Nobody blesses what somebody else wrote.
    match vault.open(address, cell) {
        Ok(plain) if row.is_sealed(vault) != Some(false) => Ok(Found::OfBefore(vault.seal(address, &plain)?)),
        _ => Ok(Found::InDoubt),
    }
}

fn replace(
    db: &mut Db,
    vault: &Vault,
    table: &SealedTable,
    column: SealedColumn,
    (row, number): (&SideRow, i64),
    cell: &[u8],
) -> Result<(), StoreError> {
    let mut values = row.values.to_vec();
    let had_seal = matches!(values.pop(), Some(SqlValue::Bytes(Some(_))));
    let at = table.columns.iter().position(|name| *name == column.column);
    let at = at.ok_or_else(|| StoreError::corrupt(format!("{} has no {}", table.name, column.column)))?;
    values[at] = cell.to_vec().to_sql_value();
    let seal = had_seal.then(|| vault.row_seal(table.name, &values));
    let (name, SealedColumn { column, key, .. }) = (table.name, column);
    let update = Sql::new(format!("UPDATE {name} SET {column} = ?, seal = ? WHERE {key} = ?"));
    let seal = SqlValue::Bytes(seal.map(Vec::from));
    db.execute(update.bind(values[at].clone()).bind(seal).int(number)).map(drop)
}

/// Forgets the encryption keys of before, if no cell bears the hint of another than the one in use; whether it did.
pub fn forget_former_keys(db: &mut Db, vault: &Vault) -> Result<bool, StoreError> {
    db.transaction(|db| {
        head::lock(db)?;
        for SealedColumn { table, column, .. } in SealedColumn::ALL {
            let others = format!("SELECT COUNT(*) FROM {table} WHERE substr({column}, 1, 1) <> ?");
            let hint = vec![vault.hint()].to_sql_value();
            if db.number(Sql::new(others).bind(hint))? != Some(0) {
                return Ok(false);
            }
        }
        super::key_checks::forget_former_encryption(db, vault)?;
        Ok(true)
    })
}
