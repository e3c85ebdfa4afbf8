//! The calendar of working days (工作日历): a day a row that is not as Monday-to-Friday has it.
//!
//! No idempotency keys here: whether a row changes anything is for the calendar to say, so that a file
//! brought in again after another one wins it back.

use super::cell;
use super::header::{HeaderColumn, Need};
use super::kind::{Asked, Kind, Site};
use super::moment;
use super::report::{RowResult, Standing};
use super::row::{ImportRow, RowError};
use crate::domain::calendar;
use crate::domain::calendar::{MarkDays, MarkedDay};
use crate::domain::time::LocalZone;
use crate::domain::{Command, Outcome, Rejection};
use crate::store::{Db, StoreError};

const DAY: HeaderColumn = HeaderColumn {
    name: "day",
    chinese: &["日期"],
    need: Need::Always,
    meaning: "a day such as 2026-10-01, 2026/10/1 or 2026年10月1日",
};
const KIND: HeaderColumn = HeaderColumn {
    name: "kind",
    chinese: &["类型", "安排"],
    need: Need::Always,
    meaning: "working (上班, 班) or rest (休息, 放假, 休)",
};

/// Every column that a calendar's file may have.
pub const COLUMNS: &[&HeaderColumn] = &[&DAY, &KIND];

/// Days to be marked.
#[derive(Debug)]
pub struct Calendar;

impl Kind for Calendar {
    const NAME: &'static str = "calendar";
    const COLUMNS: &'static [&'static HeaderColumn] = COLUMNS;
    type Draft = Option<MarkedDay>;

    fn read(&self, row: &ImportRow, _: LocalZone) -> Option<MarkedDay> {
        let (day, kind) = (row.required(&DAY, moment::day), row.required(&KIND, cell::day_kind));
        Some(MarkedDay { day: day?, kind: kind? })
    }

    fn look_up(&mut self, _: &mut Db, _: &Site, _: &[&Option<MarkedDay>]) -> Result<(), StoreError> {
        Ok(())
    }

    fn ask(&self, site: &Site, _: &ImportRow, day: &Option<MarkedDay>) -> Option<Asked> {
        let command = Command::MarkDays(MarkDays { days: vec![(*day)?] });
        Some(Asked::Entry(site.request_without_key(command)))
    }

    fn id_of(outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Calendar { days } => days.first().map(|marked| marked.day.to_string()),
            _ => None,
        }
    }

    fn explain(
        &self,
        _: &mut Db,
        site: &Site,
        row: &ImportRow,
        day: &Option<MarkedDay>,
        rejection: Rejection,
    ) -> Result<RowResult, StoreError> {
        Ok(match (rejection, day) {
            (Rejection::Calendar(calendar::Refusal::CalendarUnchanged), Some(marked)) => {
                RowResult::Unchanged { id: marked.day.to_string(), standing: Standing::Marked }
            }
            (other, _) => RowResult::refused(RowError::of(other, row.language(), site.zone)),
        })
    }
}
