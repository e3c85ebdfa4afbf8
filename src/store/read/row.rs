//! A row that was asked for, taken apart from left to right.

use crate::store::StoreError;
use crate::store::column::Column;
use crate::store::sql::{Cell, Cells};
use crate::store::table::Table;
use serde::de::DeserializeOwned;

/// The cells of a row that are still to be read.
pub(super) struct Row(std::vec::IntoIter<Cell>);

impl Row {
    pub(super) fn new(cells: Cells) -> Self {
        Self(cells.0.into_iter())
    }

    /// The next cell.
    pub(super) fn next<C: Column>(&mut self) -> Result<C, StoreError> {
        C::from_cell(self.cell()?)
    }

    /// The next cells, as many as asked for.
    pub(super) fn cells<const N: usize>(&mut self) -> Result<[Cell; N], StoreError> {
        let cells: Vec<Cell> = self.0.by_ref().take(N).collect();
        cells.try_into().map_err(|_| StoreError::corrupt("a row lacks a column"))
    }

    /// The next cells, as a row of a table.
    pub(super) fn table<T: Table>(&mut self) -> Result<T, StoreError> {
        T::from_cells(Cells(self.0.by_ref().take(T::COLUMNS.len()).collect()))
    }

    /// The next cell, which holds one of the words that a type has on the wire.
    pub(super) fn word<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let word = self.next::<String>()?;
        serde_json::from_value(word.into()).map_err(|error| StoreError::corrupt(error.to_string()))
    }

    /// The next cell, which holds a JSON document.
    pub(super) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text = self.next::<String>()?;
        serde_json::from_str(&text).map_err(|error| StoreError::corrupt(error.to_string()))
    }

    /// The next cell, which may hold a JSON document.
    pub(super) fn json_if_any<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let text = self.next::<Option<String>>()?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|error| StoreError::corrupt(error.to_string()))
    }

    fn cell(&mut self) -> Result<Cell, StoreError> {
        self.0.next().ok_or_else(|| StoreError::corrupt("a row lacks a column"))
    }
}
