//! One row: its cells by column, and all that is wrong with it.

use super::cell::{Expected, Told};
use super::header::{Header, HeaderColumn};
use super::source::SourceRow;
use crate::api::language::Language;
use crate::api::problem::ApiError;
use crate::domain::Rejection;
use crate::domain::time::LocalZone;
use std::cell::RefCell;

/// Why a row is refused, in the language of the file's headings.
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

    /// A rule's refusal, told as the API tells it; in a cell no sentence has a full stop.
    pub fn of(rejection: Rejection, language: Language, zone: LocalZone) -> Self {
        let code = rejection.code();
        let sentence = ApiError::Rejected(rejection).sentence(language, zone);
        Self::new(code, sentence.trim_end_matches('。'))
    }
}

/// A row under its header. What is wrong with it is noted as it is read, so that all of it is told at once.
#[derive(Debug)]
pub struct ImportRow<'f> {
    header: &'f Header,
    source: &'f SourceRow,
    faults: RefCell<Vec<RowError>>,
}

impl<'f> ImportRow<'f> {
    /// A row with as many cells as the header has; cells under and beyond blank headings may be missing, or be blank.
    pub fn new(header: &'f Header, source: &'f SourceRow) -> Self {
        let row = Self { header, source, faults: RefCell::default() };
        let cells = source.cells.len();
        let beyond = source.cells.iter().skip(header.width()).any(|cell| !cell.trim().is_empty());
        if cells < header.least_width() || beyond {
            let words = row.say(
                format!("has {cells} cells, the header {}", header.width()),
                format!("有 {cells} 格，表头有 {} 格", header.width()),
            );
            row.refuse(RowError::new("malformed_row", words));
        }
        row
    }

    pub fn language(&self) -> Language {
        self.header.language
    }

    /// The heading of a column as the file has it.
    pub fn heading(&self, column: &HeaderColumn) -> &'f str {
        self.header.heading(column)
    }

    /// What is said, in the language of the headings.
    pub fn say(&self, english: impl Into<String>, chinese: impl Into<String>) -> String {
        match self.language() {
            Language::English => english.into(),
            Language::Chinese => chinese.into(),
        }
    }

    /// What the cell says, if the file has the column and the cell is not blank.
    pub fn text(&self, column: &HeaderColumn) -> Option<&'f str> {
        let cell = self.source.cells.get(self.header.position(column)?)?;
        Some(bare(cell)).filter(|text| !text.is_empty())
    }

    /// What the cell means, if it says anything; what it cannot mean is noted.
    pub fn optional<T, E: Told>(
        &self,
        column: &HeaderColumn,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match parse(self.text(column)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.invalid(column, &error);
                None
            }
        }
    }

    /// What the cell means; that it says nothing is noted, too.
    pub fn required<T, E: Told>(
        &self,
        column: &HeaderColumn,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.text(column).is_none() {
            self.missing(column);
        }
        self.optional(column, parse)
    }

    /// Refuses the row for what stands in this cell.
    pub fn invalid(&self, column: &HeaderColumn, error: &impl Told) {
        self.refuse_cell(column, "invalid_field", error);
    }

    /// The same, with a code of its own.
    pub fn refuse_cell(&self, column: &HeaderColumn, code: &'static str, error: &impl Told) {
        let (heading, words) = (self.header.heading(column), error.told(self.language()));
        let value = self.text(column).map(told_value).unwrap_or_default();
        let words = self.say(format!("{heading} “{value}”: {words}"), format!("{heading}“{value}”：{words}"));
        self.refuse(RowError::new(code, words));
    }

    /// Refuses the row because this cell says nothing.
    pub fn missing(&self, column: &HeaderColumn) {
        let heading = self.header.heading(column);
        let words = self.say(format!("{heading}: is needed"), format!("{heading}：必填"));
        self.refuse(RowError::new("missing_field", words));
    }

    /// Refuses the row because neither of two cells says anything.
    pub fn missing_either(&self, one: &HeaderColumn, other: &HeaderColumn) {
        let (one, other) = (self.header.heading(one), self.header.heading(other));
        let words = self.say(format!("{one} or {other}: one is needed"), format!("{one}或{other}：须填一项"));
        self.refuse(RowError::new("missing_field", words));
    }

    /// Refuses the row.
    pub fn refuse(&self, fault: RowError) {
        self.faults.borrow_mut().push(fault);
    }

    /// All that was noted.
    pub fn faults(&self) -> Vec<RowError> {
        self.faults.borrow().clone()
    }

    pub fn is_sound(&self) -> bool {
        self.faults.borrow().is_empty()
    }
}

/// Most characters of a cell that are told.
const MOST_TOLD: usize = 40;

/// What stands in a cell, on one line, as far as it takes to find it.
fn told_value(text: &str) -> String {
    let mut told: String =
        text.chars().take(MOST_TOLD).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > MOST_TOLD {
        told.push('…');
    }
    told
}

/// The cell without space around it, and without the apostrophe by which spreadsheets mark text.
fn bare(cell: &str) -> &str {
    let text = cell.trim();
    text.strip_prefix('\'').map_or(text, str::trim_start)
}

/// A number that a spreadsheet kept as a figure.
pub const ROUNDED: Expected = Expected {
    english: "a spreadsheet has rounded this number: format the column as text and enter it again",
    chinese: "表格软件已把该号码舍入：请把该列设为文本格式后重新填写",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::import::header::Need;
    use crate::domain::identity::Mobile;
    use csv::StringRecord;

    const NAME: HeaderColumn =
        HeaderColumn { name: "name", chinese: &["姓名"], need: Need::Always, meaning: "" };
    const MOBILE: HeaderColumn =
        HeaderColumn { name: "mobile", chinese: &["手机号"], need: Need::Never, meaning: "" };

    fn in_row<T>(
        headings: [&str; 3],
        cells: &[&str],
        look: impl FnOnce(&ImportRow) -> T,
    ) -> (T, Vec<RowError>) {
        let row = |line, cells: &[&str]| SourceRow { line, cells: StringRecord::from(cells.to_vec()) };
        let header = Header::find(&mut [Ok(row(1, &headings))].into_iter(), &[&NAME, &MOBILE]).unwrap();
        let source = row(2, cells);
        let row = ImportRow::new(&header, &source);
        (look(&row), row.faults())
    }

    const CHINESE: [&str; 3] = ["姓名", "手机号", ""];

    fn mobile(cell: &str) -> (Option<Mobile>, Vec<RowError>) {
        in_row(CHINESE, &["张三", cell], |row| row.optional(&MOBILE, str::parse::<Mobile>))
    }

    #[test]
    fn what_spreadsheets_put_around_a_cell_is_left_out() {
        for cell in ["13800138000", " 13800138000\u{a0}", "'13800138000", "\t13800138000"] {
            assert_eq!(mobile(cell).0.unwrap().as_str(), "13800138000", "{cell:?}");
        }
        for blank in ["", " ", "\u{3000}", "'"] {
            assert_eq!(mobile(blank), (None, vec![]));
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_in_the_language_of_the_headings_with_the_value() {
        let look = |row: &ImportRow| {
            row.required(&NAME, str::parse::<crate::domain::text::Name>);
            row.optional(&MOBILE, str::parse::<Mobile>);
        };
        let ((), faults) = in_row(CHINESE, &["", "1390000"], look);
        let words: Vec<&str> = faults.iter().map(|fault| fault.words.as_str()).collect();
        assert_eq!(words, ["姓名：必填", "手机号“1390000”：应为以 1 开头的 11 位数字，或 + 和国家代码"]);
        assert_eq!([faults[0].code, faults[1].code], ["missing_field", "invalid_field"]);
        let ((), faults) = in_row(["name", "mobile", ""], &["张\u{200B}三", &"1\n".repeat(50)], look);
        assert!(faults[0].words.starts_with("name “张\u{200B}三”: must not contain"), "{faults:?}");
        assert!(faults[1].words.contains("…”") && !faults[1].words.contains('\n'), "{faults:?}");
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_header() {
        let faults = |cells: &[&str]| in_row(CHINESE, cells, |_| ()).1;
        assert_eq!(faults(&["张三"]), [RowError::new("malformed_row", "有 1 格，表头有 3 格")]);
        for cells in [&["张三", ""][..], &["张三", "", ""], &["张三", "", "", " ", ""]] {
            assert_eq!(faults(cells), [], "{cells:?}");
        }
        assert_eq!(faults(&["张三", "", "", "x"]).len(), 1);
    }
}
