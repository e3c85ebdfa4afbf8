//! The calendar of working days (工作日): Monday to Friday, but for the days that are marked otherwise.
//!
//! Each autumn the State Council moves working days around the holidays of the year to come (调休); an
//! admin marks those days. What is counted in working days goes by the marks as they stand when it is
//! decided, and is not counted again when they change.

mod kept;
pub mod rules;

use super::ids::Seq;
use super::noun::{Row, events, refusals};
use super::time::checked_date;
use crate::domain::choice::choice;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

choice! {
    /// Whether people work on a day.
    pub enum DayKind {
        /// 上班: a working day.
        Working,
        /// 休息: a rest day.
        Rest,
    }
}

impl DayKind {
    /// What a day is that nobody has marked.
    #[must_use]
    pub fn unless_marked(day: NaiveDate) -> Self {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) { Self::Rest } else { Self::Working }
    }
}

/// A day, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkedDay {
    pub day: NaiveDate,
    pub kind: DayKind,
}

/// A marked day as the calendar has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    pub day: NaiveDate,
    pub kind: DayKind,
    /// The entry that marked it last.
    pub version: Seq,
}

impl Row for CalendarDay {
    type Key = NaiveDate;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> NaiveDate {
        self.day
    }
}

/// Marks of some stretch of days.
pub type Marks = BTreeMap<NaiveDate, DayKind>;

/// Marks days; a mark that a day has already is replaced.
#[derive(Clone, Debug)]
pub struct MarkDays {
    pub days: Vec<MarkedDay>,
}

/// The furthest that a count of working days reaches, in days: a calendar of nothing but rest days
/// never stops a clock.
pub const FARTHEST_DAYS: usize = 365;

/// The day that is `count` working days after `day`, or [`FARTHEST_DAYS`] after it where that is sooner.
#[must_use]
pub fn nth_working_day_after(
    day: NaiveDate,
    count: u32,
    marked: impl Fn(NaiveDate) -> Option<DayKind>,
) -> NaiveDate {
    let is_working =
        |day: NaiveDate| marked(day).unwrap_or_else(|| DayKind::unless_marked(day)) == DayKind::Working;
    let (mut reached, mut left) = (day, count);
    for next in day.iter_days().skip(1).take(FARTHEST_DAYS).take_while(|next| checked_date(*next).is_ok()) {
        if left == 0 {
            break;
        }
        left -= u32::from(is_working(next));
        reached = next;
    }
    reached
}

/// The first day from which the count of working days has not run out before `today`: what happened
/// earlier is overdue.
#[must_use]
pub fn earliest_day_not_overdue(
    today: NaiveDate,
    count: u32,
    marked: impl Fn(NaiveDate) -> Option<DayKind>,
) -> NaiveDate {
    let mut earliest = today;
    while let Some(before) = earliest.pred_opt()
        && nth_working_day_after(before, count, &marked) >= today
    {
        earliest = before;
    }
    earliest
}

/// The days as the entry leaves them.
#[must_use]
pub fn days_of(entry: Seq, days: &[MarkedDay]) -> Vec<CalendarDay> {
    days.iter().map(|marked| CalendarDay { day: marked.day, kind: marked.kind, version: entry }).collect()
}

events! {
    CalendarMarked = "calendar_marked" {
        days: Vec<MarkedDay>,
    }
}

refusals! {
    /// A day appears twice in the list.
    CalendarDayTwice = Invalid "calendar_day_twice" "a day appears twice in the list";
    /// The calendar would not change.
    CalendarUnchanged = Conflict "calendar_unchanged" "the calendar would not change";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The holidays of 2026 and the days worked for them, as the file for `hourbook import calendar` has them.
    fn year_2026() -> Marks {
        let mark = |line: &str| {
            let (day, kind) = line.split_once(',').unwrap();
            (date(day), if kind == "working" { DayKind::Working } else { DayKind::Rest })
        };
        include_str!("../../../docs/calendar-2026.csv").lines().skip(1).map(mark).collect()
    }

    fn after(day: &str, count: u32, marks: &Marks) -> NaiveDate {
        nth_working_day_after(date(day), count, |day| marks.get(&day).copied())
    }

    #[test]
    fn without_marks_monday_to_friday_are_working_days() {
        let none = Marks::new();
        assert_eq!(after("2026-11-20", 10, &none), date("2026-12-04"), "from a Friday");
        assert_eq!(after("2026-11-22", 1, &none), date("2026-11-23"), "from a Sunday");
        assert_eq!(after("2026-11-21", 0, &none), date("2026-11-21"), "none at all");
    }

    #[test]
    fn rest_days_do_not_count_and_moved_working_days_do() {
        let marks = year_2026();
        assert_eq!(marks.len(), 39);
        // National Day: 1 to 7 October off, Saturday the 10th worked.
        assert_eq!(after("2026-09-30", 1, &marks), date("2026-10-08"));
        assert_eq!(after("2026-09-30", 3, &marks), date("2026-10-10"));
        assert_eq!(after("2026-09-30", 10, &marks), date("2026-10-20"));
        // Spring Festival: 15 to 23 February off, Saturdays the 14th and the 28th worked.
        assert_eq!(after("2026-02-13", 2, &marks), date("2026-02-24"));
        assert_eq!(after("2026-02-13", 10, &marks), date("2026-03-05"));
    }

    #[test]
    fn a_calendar_of_rest_days_stops_no_clock_for_ever() {
        let never = |_| Some(DayKind::Rest);
        assert_eq!(nth_working_day_after(date("2026-01-01"), 1, never), date("2027-01-01"));
        let long = nth_working_day_after(date("2026-01-01"), u32::MAX, |_| Some(DayKind::Working));
        assert_eq!(long, date("2027-01-01"));
        assert_eq!(nth_working_day_after(date("9999-12-30"), 3, never), date("9999-12-31"));
    }

    #[test]
    fn the_earliest_day_that_is_not_overdue_is_the_first_whose_count_reaches_today() {
        let marks = year_2026();
        let marked = |day: NaiveDate| marks.get(&day).copied();
        for today in ["2026-10-19", "2026-11-22", "2026-02-20"].map(date) {
            let earliest = earliest_day_not_overdue(today, 10, marked);
            assert!(nth_working_day_after(earliest, 10, marked) >= today);
            assert!(nth_working_day_after(earliest.pred_opt().unwrap(), 10, marked) < today);
        }
        assert_eq!(earliest_day_not_overdue(date("2026-10-19"), 10, marked), date("2026-09-29"));
    }
}
