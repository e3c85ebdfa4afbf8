//! What became of each row, told to people and, where wished, written down: the file again, with a column more, to be
//! mended and brought in again.

use super::header::{Header, RESULT};
use super::row::RowError;
use super::source::SourceRow;
use crate::api::language::Language;
use crate::api::tabular::{Cell, Form, Heading, Table};
use crate::cli::words;
use crate::domain::time::LocalZone;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowResult {
    /// It is in the ledger now.
    Created {
        id: String,
    },
    /// It was there before, and is credited now.
    Credited {
        id: String,
    },
    /// It was there before.
    Unchanged {
        id: String,
        standing: Standing,
    },
    /// It was there before, and does not stand any more: nothing was entered.
    Ended {
        id: String,
        words: String,
    },
    Refused(Vec<RowError>),
}

/// How a row was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Imported,
    Credited,
    Registered,
    Marked,
}

impl Standing {
    const fn told(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Imported, Language::English) => "imported before",
            (Self::Imported, Language::Chinese) => "原已导入",
            (Self::Credited, Language::English) => "imported before, and credited",
            (Self::Credited, Language::Chinese) => "原已导入并入账",
            (Self::Registered, Language::English) => "registered already",
            (Self::Registered, Language::Chinese) => "原已注册",
            (Self::Marked, Language::English) => "marked so before",
            (Self::Marked, Language::Chinese) => "原已如此标记",
        }
    }
}

impl RowResult {
    pub fn refused(fault: RowError) -> Self {
        Self::Refused(vec![fault])
    }

    /// As people read it in the column of results.
    fn told(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, result) => result.to_string(),
            (Language::Chinese, Self::Created { id }) => format!("已导入 {id}"),
            (Language::Chinese, Self::Credited { id }) => format!("已入账 {id}"),
            (Language::Chinese, Self::Unchanged { id, standing }) => {
                format!("未变动 {id}：{}", standing.told(language))
            }
            (Language::Chinese, Self::Ended { id, words }) => format!("未导入 {id}：{words}"),
            (Language::Chinese, Self::Refused(faults)) => {
                let faults: Vec<String> =
                    faults.iter().map(|fault| format!("{}（{}）", fault.words, fault.code)).collect();
                format!("未导入：{}", faults.join("；"))
            }
        }
    }
}

/// For programs: its words are English but for what the file's language says of it.
impl fmt::Display for RowResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created { id } => write!(f, "created {id}"),
            Self::Credited { id } => write!(f, "credited {id}"),
            Self::Unchanged { id, standing } => {
                write!(f, "unchanged {id}: {}", standing.told(Language::English))
            }
            Self::Ended { id, words } => write!(f, "ended {id}: {words}"),
            Self::Refused(faults) => {
                f.write_str("refused ")?;
                for (at, RowError { code, words }) in faults.iter().enumerate() {
                    write!(f, "{}{code}: {words}", if at == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}

/// The rows as they are told, and how many of each there are.
#[derive(Debug)]
pub struct ImportReport {
    sheet: Option<Table<File>>,
    language: Language,
    /// Where the file has a report of before, which is left out.
    former_at: Option<usize>,
    width: usize,
    tally: ImportCounts,
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub created: u64,
    pub credited: u64,
    pub unchanged: u64,
    pub ended: u64,
    pub refused: u64,
}

impl ImportReport {
    /// A report on a file of this header, that is also written to a file, which must not be there yet.
    pub fn new(file: Option<&Path>, header: &Header) -> Result<Self, String> {
        let (language, former_at, width) = (header.language, header.result_at, header.width());
        let mut report = Self { sheet: None, language, former_at, width, tally: ImportCounts::default() };
        if let Some(path) = file {
            report.open(path, header)?;
        }
        Ok(report)
    }

    fn open(&mut self, path: &Path, header: &Header) -> Result<(), String> {
        let file = File::create_new(path).map_err(|error| format!("{}: {error}", path.display()))?;
        // What stands above the header comes first, so that it is the first row of the table.
        let result = match self.language {
            Language::English => RESULT.name,
            Language::Chinese => RESULT.chinese[0],
        };
        let mut rows = header.above.iter().map(|row| self.cells(row, "")).collect::<Vec<_>>();
        rows.push(self.cells(&header.row, result));
        let mut rows = rows.into_iter();
        let first = rows.next().unwrap_or_default();
        let first: Vec<&str> = first.iter().map(String::as_str).collect();
        let (zone, language) = (LocalZone::shanghai(), Language::English);
        let heading = Heading { title: "import", columns: &first, zone, language };
        let mut sheet = Table::begin(file, Form::Csv { byte_order_mark: true }, heading).map_err(words)?;
        for row in rows {
            sheet.row(&row.into_iter().map(Cell::Text).collect::<Vec<_>>()).map_err(words)?;
        }
        self.sheet = Some(sheet);
        Ok(())
    }

    /// The cells of a row as the file has them, and what is said of it.
    fn cells(&self, row: &SourceRow, result: &str) -> Vec<String> {
        let cell = |at| row.cells.get(at).unwrap_or_default();
        let own = (0..self.width).filter(|at| Some(*at) != self.former_at).map(|at| cell(at).to_owned());
        own.chain([result.to_owned()]).collect()
    }

    /// Tells of rows, each by its line.
    pub fn tell(&mut self, out: &mut impl Write, rows: &[(SourceRow, RowResult)]) -> Result<(), String> {
        for (row, result) in rows {
            self.tally.count(result);
            writeln!(out, "line {}: {result}", row.line).map_err(words)?;
            let cells = self.cells(row, &result.told(self.language));
            if let Some(sheet) = &mut self.sheet {
                sheet.row(&cells.into_iter().map(Cell::Text).collect::<Vec<_>>()).map_err(words)?;
            }
        }
        out.flush().map_err(words)
    }

    /// Brings the file to its end; how many rows became what.
    pub fn finish(self) -> Result<ImportCounts, String> {
        self.sheet.map(Table::finish).transpose().map_err(words)?;
        Ok(self.tally)
    }
}

impl ImportCounts {
    fn count(&mut self, result: &RowResult) {
        match result {
            RowResult::Created { .. } => self.created += 1,
            RowResult::Credited { .. } => self.credited += 1,
            RowResult::Unchanged { .. } => self.unchanged += 1,
            RowResult::Ended { .. } => self.ended += 1,
            RowResult::Refused(_) => self.refused += 1,
        }
    }
}

impl fmt::Display for ImportCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, credited, unchanged, ended, refused } = self;
        let rows = created + credited + unchanged + ended + refused;
        write!(f, "{rows} rows: {created} created, {unchanged} unchanged, {refused} refused")?;
        for (count, what) in [(credited, "credited"), (ended, "ended before")] {
            if *count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        Ok(())
    }
}
