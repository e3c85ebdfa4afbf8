//! Tables as XLSX (ECMA-376), straight into the archive: nothing is kept, neither in memory nor on disk.
//!
//! Text stands in the cells themselves, as `inlineStr`, which no spreadsheet takes for a formula, and in
//! the number format "text", so that it does not become one when somebody edits it. A table longer than
//! a sheet may be goes on in the next sheet, under the same header.

use super::{Cell, Heading, decimal_text};
use crate::domain::time::{LocalZone, Timestamp};
use chrono::{Datelike, NaiveDate};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// Rows that a sheet may have, its header among them (Excel's own limit).
const SHEET_ROWS_MAX: u32 = 1_048_576;
/// Bytes of a sheet before it is compressed, after which the next begins: room for any row more, before sizes need the
/// form of zip64, which LibreOffice does not read.
const SHEET_BYTES_MAX: u64 = 0xF000_0000;
/// UTF-16 units that a cell may hold (Excel's own limit).
const CELL_UNITS_MAX: usize = 32_767;
/// Ends a text that was longer than a cell may be.
const CUT: &str = "… (cut: a cell holds 32,767 characters)";

/// How long a sheet may become.
#[derive(Clone, Copy)]
struct SheetLimits {
    rows: u32,
    bytes: u64,
}

pub(super) struct XlsxTable<W: Write> {
    out: ZipWriter<StreamWriter<W>>,
    title: String,
    columns: Vec<String>,
    zone: LocalZone,
    sheets: u32,
    /// Rows of the present sheet.
    rows: u32,
    /// Bytes of the present sheet.
    bytes: u64,
    limits: SheetLimits,
    /// The current row, kept for its room.
    line: String,
}

impl<W: Write> std::fmt::Debug for XlsxTable<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("XlsxTable").field("title", &self.title).finish_non_exhaustive()
    }
}

impl<W: Write> XlsxTable<W> {
    pub(super) fn begin(out: W, heading: Heading) -> io::Result<Self> {
        Self::with_sheets_of(SheetLimits { rows: SHEET_ROWS_MAX, bytes: SHEET_BYTES_MAX }, out, heading)
    }

    fn with_sheets_of(limits: SheetLimits, out: W, heading: Heading) -> io::Result<Self> {
        let mut table = Self {
            out: ZipWriter::new_stream(out),
            title: heading.title.to_owned(),
            columns: heading.shown_columns().into_iter().map(str::to_owned).collect(),
            zone: heading.zone,
            sheets: 0,
            rows: 0,
            bytes: 0,
            limits,
            line: String::new(),
        };
        table.begin_sheet()?;
        Ok(table)
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.rows == self.limits.rows || self.bytes >= self.limits.bytes {
            self.end_sheet()?;
            self.begin_sheet()?;
        }
        self.begin_line();
        for (at, cell) in cells.iter().enumerate() {
            self.push_cell(at, cell);
        }
        self.end_line()
    }

    /// The parts that name the sheets come last, when it is known how many there are.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.end_sheet()?;
        self.part("xl/styles.xml", STYLES)?;
        self.part("xl/workbook.xml", &workbook(&self.title, self.sheets))?;
        self.part("xl/_rels/workbook.xml.rels", &workbook_relations(self.sheets))?;
        self.part("_rels/.rels", RELATIONS)?;
        self.part("[Content_Types].xml", &content_types(self.sheets))?;
        let mut out = self.out.finish()?.into_inner();
        out.flush()?;
        Ok(out)
    }

    fn part(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.out.start_file(name, SimpleFileOptions::default())?;
        self.out.write_all(text.as_bytes())
    }

    fn begin_sheet(&mut self) -> io::Result<()> {
        self.sheets += 1;
        self.rows = 0;
        self.bytes = 0;
        self.part(&format!("xl/worksheets/sheet{}.xml", self.sheets), SHEET_BEGINS)?;
        self.begin_line();
        for at in 0..self.columns.len() {
            let name = self.columns[at].clone();
            self.push_text(at, Style::Header, &name);
        }
        self.end_line()
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        self.out.write_all(SHEET_ENDS.as_bytes())
    }

    fn begin_line(&mut self) {
        self.rows += 1;
        self.line.clear();
        push(&mut self.line, format_args!("<row r=\"{}\">", self.rows));
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push_str("</row>");
        self.bytes += self.line.len() as u64;
        self.out.write_all(self.line.as_bytes())
    }

    fn push_cell(&mut self, at: usize, cell: &Cell) {
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => self.push_text(at, Style::Text, text),
            Cell::Json(value) => self.push_text(at, Style::Text, &value.to_string()),
            Cell::Whole(number) => self.push_number(at, Style::Whole, &number.to_string()),
            Cell::Decimal { units, places } => {
                let style = if *places == 2 { Style::Hundredths } else { Style::General };
                self.push_number(at, style, &decimal_text(*units, *places));
            }
            Cell::Day(day) => match serial_day(*day) {
                Some(serial) => self.push_number(at, Style::Day, &serial.to_string()),
                None => self.push_text(at, Style::Text, &day.to_string()),
            },
            Cell::Instant(instant) => match serial_instant(*instant, self.zone) {
                Some(serial) => self.push_number(at, Style::Instant, &serial),
                None => self.push_text(at, Style::Text, &self.zone.rfc3339(*instant)),
            },
        }
    }

    fn push_number(&mut self, at: usize, style: Style, number: &str) {
        let (column, row) = (Column(at), self.rows);
        push(
            &mut self.line,
            format_args!("<c r=\"{column}{row}\" s=\"{}\"><v>{number}</v></c>", style as u8),
        );
    }

    fn push_text(&mut self, at: usize, style: Style, text: &str) {
        let (column, row) = (Column(at), self.rows);
        push(
            &mut self.line,
            format_args!(
                "<c r=\"{column}{row}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
                style as u8
            ),
        );
        push_escaped(&mut self.line, &fitting(text));
        self.line.push_str("</t></is></c>");
    }
}

/// Places in the list `cellXfs` of [`STYLES`].
#[derive(Clone, Copy)]
enum Style {
    General = 0,
    Header = 1,
    Text = 2,
    Whole = 3,
    Hundredths = 4,
    Day = 5,
    Instant = 6,
}

/// A column by its letters: A, B, …, Z, AA, …
struct Column(usize);

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 >= 26 {
            Self(self.0 / 26 - 1).fmt(f)?;
        }
        f.write_char(char::from(b'A' + u8::try_from(self.0 % 26).unwrap_or_default()))
    }
}

fn push(line: &mut String, text: std::fmt::Arguments) {
    // Writing into a String cannot fail.
    let _ = line.write_fmt(text);
}

/// The text, or as much of it as a cell holds, with a word about the rest.
fn fitting(text: &str) -> Cow<'_, str> {
    let room = CELL_UNITS_MAX - CUT.encode_utf16().count();
    let (mut units, mut cut_at) = (0, 0);
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units <= room {
            cut_at = at + character.len_utf8();
        } else if units > CELL_UNITS_MAX {
            return Cow::Owned(format!("{}{CUT}", &text[..cut_at]));
        }
    }
    Cow::Borrowed(text)
}

/// Escapes what XML or the format (`_xHHHH_`, ECMA-376 part 1, 22.9.2.19) would read otherwise; what XML
/// cannot hold stands as such an escape.
fn push_escaped(line: &mut String, text: &str) {
    for (at, character) in text.char_indices() {
        match character {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '_' if is_escape(&text[at..]) => line.push_str("_x005F_"),
            '\t' | '\n' => line.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                push(line, format_args!("_x{:04X}_", u32::from(character)));
            }
            _ => line.push(character),
        }
    }
}

/// Whether the text begins as an escape does.
fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

/// A day as spreadsheets count them, where all of them count alike: Excel has a 29 February 1900, LibreOffice has none,
/// and neither goes beyond the year 9999.
fn serial_day(day: NaiveDate) -> Option<i64> {
    const DAYS_FROM_CE_TO_1899_12_30: i64 = 693_594;
    const FIRST_OF_MARCH_1900: i64 = 61;
    let serial = i64::from(day.num_days_from_ce()) - DAYS_FROM_CE_TO_1899_12_30;
    (serial >= FIRST_OF_MARCH_1900 && day.year() <= 9999).then_some(serial)
}

/// An instant on the zone's clocks, in the whole second that is under way, which is all that a cell shows: days, and the
/// part of the day to the tenth place, less than 10 µs.
fn serial_instant(instant: Timestamp, zone: LocalZone) -> Option<String> {
    const DAY_SECONDS: i64 = 24 * 3600;
    const PLACES: i64 = 10_000_000_000;
    let day = zone.date_of(instant);
    let serial = serial_day(day)?;
    let second = (instant.as_micros() - zone.start_of(day).as_micros()).div_euclid(1_000_000);
    // Rounded up, so that cutting to seconds never shows the second before. The last second stays below a whole day.
    let fraction = (second * PLACES + DAY_SECONDS - 1) / DAY_SECONDS;
    Some(format!("{serial}.{fraction:010}"))
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The header stays in sight.
const SHEET_BEGINS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <sheetViews><sheetView workbookViewId=\"0\">\
    <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
    <sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"18\"/><sheetData>";
const SHEET_ENDS: &str = "</sheetData></worksheet>";

/// The number formats in the order of [`Style`]: 49 is text, 1 whole numbers, 2 two places.
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"7\">\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
    <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"2\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    </cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";

const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

fn workbook(title: &str, sheets: u32) -> String {
    let mut text = format!(
        "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
    );
    for sheet in 1..=sheets {
        let name = if sheet == 1 { title.to_owned() } else { format!("{title} {sheet}") };
        push(&mut text, format_args!("<sheet name=\"{name}\" sheetId=\"{sheet}\" r:id=\"rId{sheet}\"/>"));
    }
    text + "</sheets></workbook>"
}

fn workbook_relations(sheets: u32) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut text = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for sheet in 1..=sheets {
        let target = format!("worksheets/sheet{sheet}.xml");
        push(
            &mut text,
            format_args!("<Relationship Id=\"rId{sheet}\" Type=\"{kind}/worksheet\" Target=\"{target}\"/>"),
        );
    }
    let styles = sheets + 1;
    push(
        &mut text,
        format_args!("<Relationship Id=\"rId{styles}\" Type=\"{kind}/styles\" Target=\"styles.xml\"/>"),
    );
    text + "</Relationships>"
}

fn content_types(sheets: u32) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut text = format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>"
    );
    for sheet in 1..=sheets {
        let part = format!("/xl/worksheets/sheet{sheet}.xml");
        push(&mut text, format_args!("<Override PartName=\"{part}\" ContentType=\"{kind}.worksheet+xml\"/>"));
    }
    text + "</Types>"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::language::Language;
    use std::io::{Cursor, Read};

    fn heading() -> Heading<'static> {
        let (zone, language) = (LocalZone::shanghai(), Language::English);
        Heading { title: "sheet", columns: &["name", "figure"], zone, language }
    }

    fn part(archive: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn escaped(text: &str) -> String {
        let mut line = String::new();
        push_escaped(&mut line, text);
        line
    }

    #[test]
    fn text_is_text_and_numbers_are_numbers() {
        let mut table = XlsxTable::begin(Vec::new(), heading()).unwrap();
        table.row(&[Cell::text("=1+1"), Cell::Whole(-120)]).unwrap();
        table.row(&[Cell::Blank, Cell::Decimal { units: 1250, places: 2 }]).unwrap();
        let archive = table.finish().unwrap();
        let sheet = part(&archive, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains(
            "<row r=\"2\"><c r=\"A2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>\
             <c r=\"B2\" s=\"3\"><v>-120</v></c></row><row r=\"3\"><c r=\"B3\" s=\"4\"><v>12.50</v></c></row>"
        ));
        assert!(!sheet.contains("<f"), "a formula");
        assert!(
            part(&archive, "xl/workbook.xml").contains("<sheet name=\"sheet\" sheetId=\"1\" r:id=\"rId1\"/>")
        );
    }

    #[test]
    fn a_long_table_goes_on_in_the_next_sheet() {
        let of_five_rows = |limits| {
            let mut table = XlsxTable::with_sheets_of(limits, Vec::new(), heading()).unwrap();
            for row in 0..5 {
                table.row(&[Cell::text("a"), Cell::Whole(row)]).unwrap();
            }
            table.finish().unwrap()
        };
        let archive = of_five_rows(SheetLimits { rows: SHEET_ROWS_MAX, bytes: 200 });
        assert_eq!(part(&archive, "xl/worksheets/sheet1.xml").matches("<row ").count(), 2);
        let archive = of_five_rows(SheetLimits { rows: 3, bytes: SHEET_BYTES_MAX });
        let sheets = [1, 2, 3].map(|at| part(&archive, &format!("xl/worksheets/sheet{at}.xml")));
        assert_eq!(sheets.each_ref().map(|sheet| sheet.matches("<row ").count()), [3, 3, 2]);
        assert!(sheets.iter().all(|sheet| sheet.contains(">figure</t>") && sheet.ends_with(SHEET_ENDS)));
        assert!(part(&archive, "[Content_Types].xml").contains("/xl/worksheets/sheet3.xml"));
        assert!(part(&archive, "xl/workbook.xml").contains("name=\"sheet 3\""));
    }

    #[test]
    fn every_text_comes_through_xml() {
        assert_eq!(escaped("a<b> & \"c\"\t\n"), "a&lt;b&gt; &amp; \"c\"\t\n");
        assert_eq!(escaped("\u{1}\r_x0041_ _x_"), "_x0001__x000D__x005F_x0041_ _x_");
        let long = "长".repeat(CELL_UNITS_MAX + 1);
        let cut = fitting(&long);
        assert_eq!(cut.encode_utf16().count(), CELL_UNITS_MAX);
        assert!(cut.ends_with(CUT));
        assert_eq!(fitting(&long[3..]), &long[3..]);
    }

    #[test]
    fn days_and_instants_are_counted_as_spreadsheets_do() {
        let serial = |day: &str| serial_day(day.parse().unwrap());
        assert_eq!(serial("1900-03-01"), Some(61));
        assert_eq!(serial("1970-01-01"), Some(25_569));
        assert_eq!(serial("2026-11-22"), Some(46_348));
        assert_eq!(serial("9999-12-31"), Some(2_958_465));
        for counted_otherwise in ["1900-01-01", "1900-02-28", "+10000-01-01"] {
            assert_eq!(serial(counted_otherwise), None, "{counted_otherwise}");
        }
        let noon = Timestamp::from_micros(4 * 3600 * 1_000_000).unwrap();
        assert_eq!(serial_instant(noon, LocalZone::shanghai()).unwrap(), "25569.5000000000");
    }

    /// A program shows the second that it comes to, be it that it cuts or that it rounds.
    #[test]
    fn every_second_of_a_day_shows_as_itself_whatever_follows_it() {
        let zone = LocalZone::shanghai();
        let midnight = zone.start_of("2026-11-22".parse().unwrap()).as_micros();
        for second in 0..86_400_i64 {
            for micros in [0, 1, 499_999, 500_000, 999_999] {
                let instant = Timestamp::from_micros(midnight + second * 1_000_000 + micros).unwrap();
                let serial = serial_instant(instant, zone).unwrap();
                let (day, fraction) = serial.split_once('.').unwrap();
                assert_eq!((day, fraction.len()), ("46348", 10), "{serial}");
                let ten_micros: i64 = fraction.parse().unwrap();
                let shown = [
                    ten_micros * 86_400 / 10_000_000_000,
                    (ten_micros * 86_400 + 5_000_000_000) / 10_000_000_000,
                ];
                assert_eq!(shown, [second; 2], "{serial}");
            }
        }
    }

    #[test]
    fn what_no_spreadsheet_can_count_stands_as_text() {
        let mut table = XlsxTable::begin(Vec::new(), heading()).unwrap();
        let last = Timestamp::from_micros(253_402_300_799_999_999).unwrap();
        table.row(&[Cell::Day("1900-02-28".parse().unwrap()), Cell::Instant(last)]).unwrap();
        let sheet = part(&table.finish().unwrap(), "xl/worksheets/sheet1.xml");
        assert!(
            sheet.contains(">1900-02-28</t>") && sheet.contains(">9999-12-31T23:59:59.999999Z</t>"),
            "{sheet}"
        );
    }

    /// LibreOffice reads no other sizes than the plain ones.
    #[test]
    fn no_part_has_sizes_in_the_form_of_zip64() {
        let archive = XlsxTable::begin(Vec::new(), heading()).unwrap().finish().unwrap();
        let mut entries = 0;
        for at in 0..archive.len() - 4 {
            if archive[at..].starts_with(b"PK\x01\x02") {
                entries += 1;
                let four_bytes =
                    |from: usize| u32::from_le_bytes(archive[at + from..at + from + 4].try_into().unwrap());
                assert!(four_bytes(20) < u32::MAX && four_bytes(24) < u32::MAX, "at {at}");
                let extra = u16::from_le_bytes(archive[at + 30..at + 32].try_into().unwrap());
                assert_eq!(extra, 0, "at {at}");
            }
        }
        assert_eq!(entries, 6);
    }

    #[test]
    fn columns_have_letters() {
        assert_eq!(
            [0, 25, 26, 51, 701, 702].map(|at| Column(at).to_string()),
            ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
        );
    }
}
