//! What became of each row, told to people and, where wished, written down as CSV.

use super::row::RowError;
use crate::api::tabular::{Cell, Form, Heading, Language, Table};
use crate::cli::words;
use crate::domain::time::LocalZone;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// What became of a row. Holds nobody's data: numbers and ids are the ledger's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowResult {
    /// It is in the ledger now.
    Created {
        id: String,
    },
    /// It was there before.
    Unchanged {
        id: String,
        words: &'static str,
    },
    Refused(RowError),
}

impl RowResult {
    const fn outcome(&self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Unchanged { .. } => "unchanged",
            Self::Refused(_) => "refused",
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Created { id } | Self::Unchanged { id, .. } => id,
            Self::Refused(_) => "",
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Created { .. } | Self::Unchanged { .. } => "",
            Self::Refused(fault) => fault.code,
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::Created { .. } => "",
            Self::Unchanged { words, .. } => words,
            Self::Refused(fault) => &fault.words,
        }
    }
}

impl fmt::Display for RowResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created { id } => write!(f, "created {id}"),
            Self::Unchanged { id, words } => write!(f, "unchanged {id}: {words}"),
            Self::Refused(fault) => write!(f, "refused {}: {}", fault.code, fault.words),
        }
    }
}

/// The rows as they are told, and how many of each there are.
#[derive(Debug)]
pub struct ImportReport {
    sheet: Option<Table<File>>,
    tally: ImportCounts,
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub created: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl ImportReport {
    /// A report that is also written to a file, which must not be there yet.
    pub fn new(file: Option<&Path>) -> Result<Self, String> {
        let sheet = file.map(open_sheet).transpose()?;
        Ok(Self { sheet, tally: ImportCounts::default() })
    }

    /// Tells of rows, each by its line.
    pub fn tell(&mut self, out: &mut impl Write, rows: &[(u64, RowResult)]) -> Result<(), String> {
        for (line, result) in rows {
            self.tally.count(result);
            writeln!(out, "line {line}: {result}").map_err(words)?;
            if let Some(sheet) = &mut self.sheet {
                let texts = [result.outcome(), result.id(), result.code(), result.words()];
                let [outcome, id, code, told] = texts.map(Cell::text);
                let line = i64::try_from(*line).map_err(words)?;
                sheet.row(&[Cell::Whole(line), outcome, id, code, told]).map_err(words)?;
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
            RowResult::Unchanged { .. } => self.unchanged += 1,
            RowResult::Refused(_) => self.refused += 1,
        }
    }
}

impl fmt::Display for ImportCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, unchanged, refused } = self;
        let rows = created + unchanged + refused;
        write!(f, "{rows} rows: {created} created, {unchanged} unchanged, {refused} refused")
    }
}

fn open_sheet(path: &Path) -> Result<Table<File>, String> {
    let file = File::create_new(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let columns = ["line", "outcome", "id", "code", "words"];
    let (zone, language) = (LocalZone::shanghai(), Language::English);
    let heading = Heading { title: "import", columns: &columns, zone, language };
    Table::begin(file, Form::Csv { byte_order_mark: true }, heading).map_err(words)
}
