//! Rules of the calendar of working days (工作日): what may be done, and what follows.

use super::{Event, MarkDays, Refusal, days_of, nth_working_day_after};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use chrono::{Datelike, NaiveDate};

/// An admin marks days, past ones too; saying what the calendar says already is no change.
pub fn decide_mark(ctx: &Ctx, cmd: &MarkDays) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    ctx.world.want_all(cmd.days.iter().map(|marked| Key::CalendarYear(marked.day.year())))?;
    let mut days = cmd.days.clone();
    days.sort_by_key(|marked| marked.day);
    if days.windows(2).any(|pair| pair[0].day == pair[1].day) {
        return Err(Refusal::CalendarDayTwice.into());
    }
    if days.iter().all(|marked| ctx.world.marked(marked.day) == Some(marked.kind)) {
        return Err(Refusal::CalendarUnchanged.into());
    }
    Ok(Decision::of(Event::CalendarMarked { days }))
}

/// What a count of working days from a day on reads: [`FARTHEST_DAYS`] reach into the next year at most.
pub(in crate::domain) fn keys_from(day: NaiveDate) -> impl Iterator<Item = Key> {
    [day.year(), day.year() + 1].into_iter().map(Key::CalendarYear)
}

/// [`nth_working_day_after`] by the world's calendar.
pub(in crate::domain) fn in_working_days(
    world: &World,
    day: NaiveDate,
    count: u32,
) -> Result<NaiveDate, Stop> {
    world.want_all(keys_from(day))?;
    Ok(nth_working_day_after(day, count, |day| world.marked(day)))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let Self::CalendarMarked { days } = self;
        for day in days_of(unsealed.seq, days) {
            world.put(day);
        }
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::CalendarMarked { days } = self;
        Ok(Outcome::Calendar { days: days_of(unsealed.seq, days) })
    }
}
