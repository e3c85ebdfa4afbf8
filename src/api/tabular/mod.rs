//! Tables for people and machines: one header, rows of typed cells, three forms.
//!
//! - `csv`: RFC 4180; what a spreadsheet would carry out as a formula is marked as text.
//! - `ndjson`: one object a line, exact decimals as texts.
//! - `xlsx`: numbers as numbers, days and instants as such, text as text and never a formula.
//!
//! People's tables have their columns' names in Chinese or English (`headings`), machines' always in English.
//!
//! A table is written row by row to any [`Write`]; nothing but the current row is held, however long
//! the table is. Figures never pass through floating point.

mod csv;
mod headings;
mod ndjson;
mod xlsx;

pub use ndjson::RowObject;

use super::language::Language;
use crate::domain::amounts::Points;
use crate::domain::time::{LocalZone, Timestamp};
use chrono::NaiveDate;
use serde_json::Value;
use std::fmt;
use std::io::{self, Write};

/// What stands where a row meets a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known, or nothing applies.
    Blank,
    Text(String),
    /// A count, minutes, a position in the journal. Spreadsheets are exact up to 15 digits.
    Whole(i64),
    /// An exact decimal: `units` of which 10 to the power of `places` make one.
    Decimal {
        units: i64,
        places: u8,
    },
    Day(NaiveDate),
    Instant(Timestamp),
    /// What has a form of its own within JSON, and is JSON text elsewhere.
    Json(Value),
}

impl Cell {
    /// Text, of whatever can be shown as text.
    pub fn text(value: impl fmt::Display) -> Self {
        Self::Text(value.to_string())
    }

    /// The cell of a value that there may not be.
    pub fn some<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Blank, cell)
    }
}

impl From<Points> for Cell {
    /// Points are counted in hundredths.
    fn from(points: Points) -> Self {
        Self::Decimal { units: points.0, places: 2 }
    }
}

/// The form that a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the mark of byte order that some spreadsheets need to see UTF-8, or without.
    Csv {
        byte_order_mark: bool,
    },
    Ndjson,
    Xlsx,
}

/// What a table is, before its first row.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'h> {
    /// The name of the sheet: at most 31 characters, none of `[]:*?/\`.
    pub title: &'h str,
    /// The columns' names, each once.
    pub columns: &'h [&'h str],
    /// Whose clocks instants are shown by.
    pub zone: LocalZone,
    /// In which people read the columns' names.
    pub language: Language,
}

impl Heading<'_> {
    /// The columns' names as people read them.
    fn shown_columns(&self) -> Vec<&str> {
        self.columns.iter().map(|name| self.language.heading(name)).collect()
    }
}

/// A table that is being written.
#[derive(Debug)]
pub struct Table<W: Write>(Inner<W>);

#[derive(Debug)]
enum Inner<W: Write> {
    Csv(Box<csv::CsvTable<W>>),
    Ndjson(ndjson::NdjsonTable<W>),
    Xlsx(Box<xlsx::XlsxTable<W>>),
}

impl<W: Write> Table<W> {
    /// Begins a table with its header.
    pub fn begin(out: W, form: Form, heading: Heading) -> io::Result<Self> {
        Ok(Self(match form {
            Form::Csv { byte_order_mark } => {
                Inner::Csv(Box::new(csv::CsvTable::begin(out, byte_order_mark, heading)?))
            }
            Form::Ndjson => Inner::Ndjson(ndjson::NdjsonTable::begin(out, heading)),
            Form::Xlsx => Inner::Xlsx(Box::new(xlsx::XlsxTable::begin(out, heading)?)),
        }))
    }

    /// Writes one more row, which has as many cells as the table has columns.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        match &mut self.0 {
            Inner::Csv(table) => table.row(cells),
            Inner::Ndjson(table) => table.row(cells),
            Inner::Xlsx(table) => table.row(cells),
        }
    }

    /// Brings the table to its end, and gives back what it was written to.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::Csv(table) => table.finish(),
            Inner::Ndjson(table) => table.finish(),
            Inner::Xlsx(table) => table.finish(),
        }
    }
}

/// `units` of which 10 to the power of `places` make one, with all its places.
fn decimal_text(units: i64, places: u8) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let places = usize::from(places);
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = places + 1);
    match digits.split_at(digits.len() - places) {
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (units, places, text) in [
            (1250, 2, "12.50"),
            (-5, 2, "-0.05"),
            (0, 2, "0.00"),
            (7, 0, "7"),
            (i64::MIN, 2, "-92233720368547758.08"),
        ] {
            assert_eq!(decimal_text(units, places), text);
        }
    }

    #[test]
    fn points_have_two_places() {
        assert_eq!(Cell::from(Points(-150)), Cell::Decimal { units: -150, places: 2 });
        assert_eq!(Cell::some(None, Cell::Whole), Cell::Blank);
    }
}
