//! Tables as NDJSON: one object a line, its members in the order of the columns.

use super::{Cell, Heading, decimal_text};
use crate::domain::time::LocalZone;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::io::{self, Write};

#[derive(Debug)]
pub(super) struct NdjsonTable<W: Write> {
    out: W,
    columns: Vec<String>,
    zone: LocalZone,
}

impl<W: Write> NdjsonTable<W> {
    pub(super) fn begin(out: W, heading: Heading) -> Self {
        let columns = heading.columns.iter().map(|&name| name.to_owned()).collect();
        Self { out, columns, zone: heading.zone }
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let object = RowObject { columns: &self.columns, cells, zone: self.zone };
        serde_json::to_writer(&mut self.out, &object)?;
        self.out.write_all(b"\n")
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// A row as a JSON object.
#[derive(Clone, Copy, Debug)]
pub struct RowObject<'o, C> {
    /// The columns' names.
    pub columns: &'o [C],
    /// As many cells.
    pub cells: &'o [Cell],
    /// Whose clocks instants are shown by.
    pub zone: LocalZone,
}

impl<C: AsRef<str>> Serialize for RowObject<'_, C> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut members = out.serialize_map(Some(self.cells.len()))?;
        for (name, cell) in self.columns.iter().zip(self.cells) {
            members.serialize_key(name.as_ref())?;
            match cell {
                Cell::Blank => members.serialize_value(&None::<()>)?,
                Cell::Text(text) => members.serialize_value(text)?,
                Cell::Whole(number) => members.serialize_value(number)?,
                Cell::Decimal { units, places } => {
                    members.serialize_value(&decimal_text(*units, *places))?;
                }
                Cell::Day(day) => members.serialize_value(day)?,
                Cell::Instant(instant) => members.serialize_value(&self.zone.rfc3339(*instant))?,
                Cell::Json(value) => members.serialize_value(value)?,
            }
        }
        members.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::language::Language;
    use serde_json::json;

    #[test]
    fn each_row_is_an_object_of_its_own_line() {
        let columns = ["name", "minutes", "points", "day", "event", "end"];
        let (zone, language) = (LocalZone::shanghai(), Language::Chinese);
        let heading = Heading { title: "sheet", columns: &columns, zone, language };
        let mut table = NdjsonTable::begin(Vec::new(), heading);
        table
            .row(&[
                Cell::text("=1\n2"),
                Cell::Whole(-120),
                Cell::Decimal { units: 1250, places: 2 },
                Cell::Day("2025-11-22".parse().unwrap()),
                Cell::Json(json!({"kind": "unit_created"})),
                Cell::Blank,
            ])
            .unwrap();
        let text = String::from_utf8(table.finish().unwrap()).unwrap();
        assert_eq!(
            text,
            "{\"name\":\"=1\\n2\",\"minutes\":-120,\"points\":\"12.50\",\"day\":\"2025-11-22\",\
             \"event\":{\"kind\":\"unit_created\"},\"end\":null}\n"
        );
    }
}
