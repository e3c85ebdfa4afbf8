//! Days of the calendar as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{CalendarDay, DayKind};
use crate::domain::ids::Seq;
use crate::domain::noun::kept;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "CalendarDay")]
struct KeptCalendarDay {
    day: NaiveDate,
    kind: DayKind,
    version: Seq,
}
kept!(CalendarDay as KeptCalendarDay);
