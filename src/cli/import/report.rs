//! What became of each row, told to people and, where wished, written down as CSV.

use super::row::Fault;
use crate::api::tabular::{Cell, Form, Heading, Table};
use crate::cli::words;
use crate::domain::time::LocalZone;
use std::fmt;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// What became of a row. Holds nobody's data: numbers and ids are the ledger's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the ledger now.
    Created {
        id: String,
    },
    /// It was there before.
    Unchanged {
        id: String,
        words: &'static str,
    },
    Refused(Fault),
}

impl Verdict {
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

impl fmt::Display for Verdict {
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
pub struct Report {
    sheet: Option<Table<File>>,
    tally: Tally,
}

/// How many rows became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub created: u64,
    pub unchanged: u64,
    pub refused: u64,
}

impl Report {
    /// A report that is also written to a file, which must not be there yet.
    pub fn new(file: Option<&Path>) -> Result<Self, String> {
        let sheet = file.map(open_sheet).transpose()?;
        Ok(Self { sheet, tally: Tally::default() })
    }

    /// Tells of rows, each by its line.
    pub fn tell(&mut self, out: &mut impl Write, rows: &[(u64, Verdict)]) -> Result<(), String> {
        for (line, verdict) in rows {
            self.tally.count(verdict);
            writeln!(out, "line {line}: {verdict}").map_err(words)?;
            if let Some(sheet) = &mut self.sheet {
                let texts = [verdict.outcome(), verdict.id(), verdict.code(), verdict.words()];
                let [outcome, id, code, told] = texts.map(Cell::text);
                let line = i64::try_from(*line).map_err(words)?;
                sheet.row(&[Cell::Whole(line), outcome, id, code, told]).map_err(words)?;
            }
        }
        out.flush().map_err(words)
    }

    /// Brings the file to its end; how many rows became what.
    pub fn finish(self) -> Result<Tally, String> {
        self.sheet.map(Table::finish).transpose().map_err(words)?;
        Ok(self.tally)
    }
}

impl Tally {
    fn count(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Created { .. } => self.created += 1,
            Verdict::Unchanged { .. } => self.unchanged += 1,
            Verdict::Refused(_) => self.refused += 1,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { created, unchanged, refused } = self;
        let rows = created + unchanged + refused;
        write!(f, "{rows} rows: {created} created, {unchanged} unchanged, {refused} refused")
    }
}

fn open_sheet(path: &Path) -> Result<Table<File>, String> {
    let file = File::create_new(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let columns = ["line", "outcome", "id", "code", "words"];
    let heading = Heading { title: "import", columns: &columns, zone: LocalZone::shanghai() };
    Table::begin(file, Form::Csv { byte_order_mark: false }, heading).map_err(words)
}
