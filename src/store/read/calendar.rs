//! The calendar of working days: the days that are marked.

use crate::domain::calendar::{CalendarDay, DayKind, FARTHEST_DAYS, Marks};
use crate::store::column::{Stored, words};
use crate::store::schema::calendar_days as t;
use crate::store::table::table_row;
use crate::store::{Db, StoreError};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;

words!(DayKind);

table_row! {
    CalendarDay in calendar_days by [day] { day, kind, version }
}

/// The marked days of a year, in order: at most 366.
pub fn of_year(db: &mut Db, year: i32) -> Result<Vec<CalendarDay>, StoreError> {
    let ends = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    ends.map_or(Ok(Vec::new()), |(first, last)| between(db, first, last))
}

/// The marks that a count of working days can meet which starts at any of these days.
pub fn marks_around(db: &mut Db, days: impl Iterator<Item = NaiveDate>) -> Result<Marks, StoreError> {
    let days: Vec<NaiveDate> = days.collect();
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Ok(Marks::new()) };
    let last = last.checked_add_days(Days::new(FARTHEST_DAYS as u64)).unwrap_or(NaiveDate::MAX);
    Ok(between(db, *first, last)?.into_iter().map(|marked| (marked.day, marked.kind)).collect())
}

fn between(db: &mut Db, first: NaiveDate, last: NaiveDate) -> Result<Vec<CalendarDay>, StoreError> {
    db.load(t::table.filter(t::day.between(Stored(first), Stored(last))).order(t::day))
}
