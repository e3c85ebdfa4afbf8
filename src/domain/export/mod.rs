//! Exports (导出): that somebody took data out as a file is itself a fact of the ledger.
//!
//! The entry says who, what, by which filter, as of which entry, in which form and how many rows. It
//! holds ids, days and figures only, never a person's data.

pub mod rules;

use super::evidence::Evidence;
use super::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use super::noun::events;
use super::record::RecordStatus;
use crate::domain::choice::choice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

choice! {
    /// What can be taken out.
    pub enum Exported {
        /// Totals of credited minutes.
        MinutesTotals,
        /// The points in units' books.
        PointsTotals,
        /// Service records.
        ServiceRecords,
        /// Postings on volunteers' accounts.
        Statements,
        /// Entries of the journal.
        Journal,
        /// Units judged and ranked by an assessment scheme.
        Assessment,
    }
}

choice! {
    /// The form of the file.
    pub enum ExportFormat {
        /// RFC 4180; no cell is read as a formula.
        Csv,
        /// One JSON object a line.
        Ndjson,
        /// A spreadsheet; no text is read as a formula.
        Xlsx,
    }
}

/// What totals of minutes are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The unit served with.
    Unit,
    Programme,
    Activity,
    /// The calendar month of the service date.
    Month,
    /// The evidence of the records; `grade` in the journal and on the wire.
    #[serde(rename = "grade")]
    Evidence,
}

/// What was asked for; all that is given holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFilter {
    /// This unit and those under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volunteer: Option<VolunteerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<RecordStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// First service date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last service date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Whether they were entered late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_as_of: Option<Seq>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub group_by: BTreeSet<Dimension>,
}

/// Data that somebody took out. The journal and kept answers hold it in this form for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    pub exported: Exported,
    pub format: ExportFormat,
    pub filter: ExportFilter,
    /// The last entry that the data show.
    pub as_of: Seq,
    /// How many rows there are under the header.
    pub rows: i64,
    /// The unit whose auditors see that this was taken out.
    pub unit: Option<UnitId>,
}

/// Notes that data are taken out, before they are.
#[derive(Clone, Debug)]
pub struct RecordExport {
    pub exported: Exported,
    pub format: ExportFormat,
    pub filter: ExportFilter,
    pub as_of: Seq,
    pub rows: i64,
}

impl Exported {
    /// Whether a volunteer has such things of her or his own.
    const fn is_for_volunteers(self) -> bool {
        matches!(self, Self::MinutesTotals | Self::ServiceRecords | Self::Statements)
    }
}

events! {
    ExportMade = "export_made" {
        export: Export,
    }
}
