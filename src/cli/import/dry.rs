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
    [read_as(file, &Roster::default()), read_as(file, &Records::default()), read_as(file, &Calendar)]
}

fn read_as<K: Kind>(file: &Path, kind: &K) -> Result<DryRunCounts, String> {
    let source = CsvFile::survey(file, None)?;
    let mut rows = source.read()?;
    let header = Header::find(&mut rows, K::COLUMNS)?;
    let zone = Rules::default().zone;
    let mut tally = DryRunCounts::default();
    for row in rows {
        let row = row?;
        let row = ImportRow::new(&header, &row);
        kind.read(&row, zone);
        if row.is_sound() {
            tally.read += 1;
        } else {
            tally.refused += 1;
        }
    }
    Ok(tally)
}
