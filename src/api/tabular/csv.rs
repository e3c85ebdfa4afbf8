//! Tables as CSV (RFC 4180).

use super::{Cell, Heading, decimal_text};
use crate::domain::time::LocalZone;
use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;
use std::borrow::Cow;
use std::io::{self, Write};

/// What tells some spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

#[derive(Debug)]
pub(super) struct CsvTable<W: Write> {
    out: ::csv::Writer<W>,
    zone: LocalZone,
}

impl<W: Write> CsvTable<W> {
    pub(super) fn begin(mut out: W, byte_order_mark: bool, heading: Heading) -> io::Result<Self> {
        if byte_order_mark {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        let columns = heading.shown_columns().into_iter().map(|name| defused(name).into_owned().into_bytes());
        out.write_record(columns)?;
        Ok(Self { out, zone: heading.zone })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            self.out.write_field(shown(cell, self.zone).as_bytes())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(::csv::IntoInnerError::into_error)
    }
}

fn shown(cell: &Cell, zone: LocalZone) -> Cow<'_, str> {
    match cell {
        Cell::Blank => Cow::Borrowed(""),
        Cell::Text(text) => defused(text),
        Cell::Whole(number) => number.to_string().into(),
        Cell::Decimal { units, places } => decimal_text(*units, *places).into(),
        Cell::Day(day) => day.to_string().into(),
        Cell::Instant(instant) => zone.rfc3339(*instant).into(),
        Cell::Json(value) => value.to_string().into(),
    }
}

/// The text as no spreadsheet carries it out: an apostrophe before it says that it is text.
fn defused(text: &str) -> Cow<'_, str> {
    let begins_a_line = text.starts_with(['\t', '\r', '\n']);
    if begins_a_line || text.trim_start_matches(does_not_show).chars().next().is_some_and(begins_a_formula) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether spreadsheets look past it.
fn does_not_show(c: char) -> bool {
    c.is_whitespace() || c.is_control() || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a formula can begin with it, in any of its widths and heights.
fn begins_a_formula(c: char) -> bool {
    const MINUS: char = '\u{2212}';
    let mut plain = ComposingNormalizerBorrowed::new_nfkc().normalize_iter(std::iter::once(c));
    matches!(plain.next(), Some('=' | '+' | '-' | '@' | MINUS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::language::Language;
    use crate::domain::time::Timestamp;
    use serde_json::json;

    fn written(byte_order_mark: bool, rows: &[Vec<Cell>]) -> String {
        let heading = Heading {
            title: "sheet",
            columns: &["one", "two"],
            zone: LocalZone::shanghai(),
            language: Language::English,
        };
        let mut table = CsvTable::begin(Vec::new(), byte_order_mark, heading).unwrap();
        for row in rows {
            table.row(row).unwrap();
        }
        String::from_utf8(table.finish().unwrap()).unwrap()
    }

    #[test]
    fn what_could_be_a_formula_is_marked_as_text() {
        for formula in [
            "=1+1",
            "+86",
            "-1",
            "-",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\tplain",
            "-=1",
            "＝1+1",
            "＋1",
            "－2",
            "＠SUM",
            "﹦1",
            "﹢1",
            "﹣1",
            "﹫SUM",
            "\u{2212}1",
            "⁼1",
            " =1",
            "\u{3000}＝1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}+1",
        ] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        for plain in ["", " ", "志愿红", " 志愿红", "a=b", "12.50", "'=1", "（＝1）", "王＝1"] {
            assert_eq!(defused(plain), plain);
        }
    }

    #[test]
    fn numbers_stay_numbers_also_where_they_are_negative() {
        let row = vec![Cell::Whole(-120), Cell::Decimal { units: -1250, places: 2 }];
        assert_eq!(written(false, &[row]), "one,two\r\n-120,-12.50\r\n");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = vec![Cell::text("a \"b\", c\nd"), Cell::Json(json!({"k": 1}))];
        assert_eq!(written(false, &[row]), "one,two\r\n\"a \"\"b\"\", c\nd\",\"{\"\"k\"\":1}\"\r\n");
    }

    #[test]
    fn days_and_instants_are_on_the_citys_clock() {
        let instant = Timestamp::from_micros(1_763_769_600_000_000).unwrap();
        let row = vec![Cell::Day("2025-11-22".parse().unwrap()), Cell::Instant(instant)];
        assert_eq!(written(false, &[row]), "one,two\r\n2025-11-22,2025-11-22T08:00:00+08:00\r\n");
    }

    #[test]
    fn the_mark_of_byte_order_is_there_if_asked_for() {
        assert_eq!(written(true, &[]), "\u{feff}one,two\r\n");
        assert_eq!(written(false, &[]), "one,two\r\n");
    }
}
