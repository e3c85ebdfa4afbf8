//! Files read by themselves, with no ledger: as far as a row can be judged alone. For those who try what
//! the readers make of any bytes (`scripts/fuzz`).

use super::calendar::Calendar;
use super::header::Header;
use super::kind::Kind;
use super::records::Records;
use super::roster::Roster;
use super::row::ImportRow;
use super::source::CsvFile;
use crate::domain::rules::Rules;
use std::path::Path;

/// What became of a file's rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DryRunCounts {
    pub read: u64,
    pub refused: u64,
}

/// The rows of a file, read as a roster, as service records and as a calendar; words where the file as a
/// whole is none.
pub fn read_rows_of_import(file: &Path) -> [Result<DryRunCounts, String>; 3] {
    [read_as(file, &Roster::default()), read_as(file, &Records::new(false)), read_as(file, &Calendar)]
}

fn read_as<K: Kind>(file: &Path, kind: &K) -> Result<DryRunCounts, String> {
    let source = CsvFile::survey(file)?;
    let (headings, rows) = source.read()?;
    let header = Header::read(&headings, K::COLUMNS)?;
    let zone = Rules::default().zone;
    let mut tally = DryRunCounts::default();
    for row in rows {
        let row = row?;
        match ImportRow::new(&header, &row).and_then(|row| kind.read(&row, zone)) {
            Ok(_) => tally.read += 1,
            Err(_) => tally.refused += 1,
        }
    }
    Ok(tally)
}
