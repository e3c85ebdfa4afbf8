//! One row: its cells by column, and why it is refused.

use super::header::{Header, HeaderColumn};
use super::source::SourceRow;
use crate::domain::Rejection;
use std::fmt::Display;

/// Why a row is refused. Says what was expected and never what stood there: it may be somebody's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Stable, the same as the API's.
    pub code: &'static str,
    pub words: String,
}

impl RowError {
    /// A refusal in other words than the rule's own.
    pub fn new(code: &'static str, words: impl Into<String>) -> Self {
        Self { code, words: words.into() }
    }
}

impl From<Rejection> for RowError {
    fn from(rejection: Rejection) -> Self {
        Self::new(rejection.code(), rejection.to_string())
    }
}

/// A row under its header.
#[derive(Clone, Copy, Debug)]
pub struct ImportRow<'f> {
    header: &'f Header,
    source: &'f SourceRow,
}

impl<'f> ImportRow<'f> {
    /// A row with as many cells as the header has.
    pub fn new(header: &'f Header, source: &'f SourceRow) -> Result<Self, RowError> {
        if source.cells.len() == header.width() {
            Ok(Self { header, source })
        } else {
            let words = format!("has {} cells, the header {}", source.cells.len(), header.width());
            Err(RowError::new("malformed_row", words))
        }
    }

    /// What the cell says, if the file has the column and the cell is not blank.
    pub fn text(&self, column: &HeaderColumn) -> Option<&'f str> {
        let cell = self.source.cells.get(self.header.position(column)?)?;
        Some(bare(cell)).filter(|text| !text.is_empty())
    }

    /// What the cell means, if it says anything.
    pub fn optional<T, E: Display>(
        &self,
        column: &HeaderColumn,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>, RowError> {
        let Some(text) = self.text(column) else { return Ok(None) };
        let wrong = |error: E| {
            self.invalid(column, if is_rounded(text) { ROUNDED.to_owned() } else { error.to_string() })
        };
        parse(text).map(Some).map_err(wrong)
    }

    /// What the cell means.
    pub fn required<T, E: Display>(
        &self,
        column: &HeaderColumn,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, RowError> {
        self.optional(column, parse)?.ok_or_else(|| self.missing(column))
    }

    /// Refuses the row for this cell.
    pub fn invalid(&self, column: &HeaderColumn, words: impl Display) -> RowError {
        RowError::new("invalid_field", format!("{}: {words}", self.header.heading(column)))
    }

    /// Refuses the row because this cell says nothing.
    pub fn missing(&self, column: &HeaderColumn) -> RowError {
        RowError::new("missing_field", format!("{}: is needed", self.header.heading(column)))
    }
}

/// The cell without space around it, and without the apostrophe by which spreadsheets mark text.
fn bare(cell: &str) -> &str {
    let text = cell.trim();
    text.strip_prefix('\'').map_or(text, str::trim_start)
}

const ROUNDED: &str = "a spreadsheet has rounded this number: format the column as text and enter it again";

/// Whether a spreadsheet took a long number for a figure, as in 1.10105E+17.
fn is_rounded(text: &str) -> bool {
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.split_once("E+").is_some_and(|(figure, power)| digits(figure) && digits(power))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identity::Mobile;
    use csv::StringRecord;

    const NAME: HeaderColumn = HeaderColumn { name: "name", chinese: &["姓名"], needed: true, meaning: "" };
    const MOBILE: HeaderColumn =
        HeaderColumn { name: "mobile", chinese: &["手机号"], needed: false, meaning: "" };

    fn in_row<T>(cells: &[&str], look: impl FnOnce(ImportRow) -> T) -> Result<T, RowError> {
        let header = Header::read(&StringRecord::from(vec!["姓名", "手机号"]), &[&NAME, &MOBILE]).unwrap();
        let source = SourceRow { line: 2, cells: StringRecord::from(cells.to_vec()) };
        ImportRow::new(&header, &source).map(look)
    }

    fn mobile(cell: &str) -> Result<Option<Mobile>, RowError> {
        in_row(&["张三", cell], |row| row.optional(&MOBILE, str::parse::<Mobile>)).unwrap()
    }

    #[test]
    fn what_spreadsheets_put_around_a_cell_is_left_out() {
        for cell in ["13800138000", " 13800138000\u{a0}", "'13800138000", "\t13800138000"] {
            assert_eq!(mobile(cell).unwrap().unwrap().as_str(), "13800138000", "{cell:?}");
        }
        for blank in ["", " ", "\u{3000}", "'"] {
            assert_eq!(mobile(blank), Ok(None));
        }
    }

    #[test]
    fn a_refusal_names_the_column_as_the_file_has_it_and_not_what_stood_there() {
        let fault = mobile("1390000").unwrap_err();
        assert_eq!(fault.code, "invalid_field");
        assert!(fault.words.starts_with("手机号: expected") && !fault.words.contains("1390000"), "{fault:?}");
        let fault = in_row(&["", ""], |row| row.required(&NAME, str::parse::<String>)).unwrap().unwrap_err();
        assert_eq!(fault, RowError::new("missing_field", "姓名: is needed"));
    }

    #[test]
    fn a_number_that_a_spreadsheet_rounded_is_told_apart() {
        assert!(mobile("1.38E+10").unwrap_err().words.contains("rounded"));
        assert!(!mobile("E+").unwrap_err().words.contains("rounded"));
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_header() {
        assert_eq!(
            in_row(&["张三"], |_| ()),
            Err(RowError::new("malformed_row", "has 1 cells, the header 2"))
        );
    }
}
