//! The calendar of working days: which days are not as Monday-to-Friday has them.

use super::extract::{AdminOnly, Anyone, Query, Strict};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::wire::{BoundedInt, BoundedVec, Day};
use crate::domain::calendar::{CalendarDay, DayKind, MarkDays, MarkedDay};
use crate::domain::time::LocalZone;
use crate::domain::{Command, Outcome};
use crate::store::read::calendar;
use actix_web::{get, post};
use chrono::Datelike;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(get_calendar).service(mark_days);
}

/// Most days in one request: a whole year, and to spare.
pub const MARKED_DAYS_MAX: usize = 400;

/// As many days as one request takes.
pub type NewMarks = BoundedVec<NewMark, 1, MARKED_DAYS_MAX>;

/// A day, and whether it is a working day.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    pub day: Day,
    pub kind: DayKind,
}

/// Days to mark; a mark that a day has already is replaced.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "days": [{ "day": "2027-01-01", "kind": "rest" }] }))]
pub struct CalendarMarks {
    #[schema(inline)]
    pub days: NewMarks,
}

impl From<CalendarMarks> for MarkDays {
    fn from(marks: CalendarMarks) -> Self {
        let marked = |NewMark { day: Day(day), kind }| MarkedDay { day, kind };
        Self { days: marks.days.0.into_iter().map(marked).collect() }
    }
}

/// A marked day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarDay)]
pub struct CalendarDayView {
    pub day: Day,
    pub kind: DayKind,
}

/// Marked days. On all other days Monday to Friday are working days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Calendar)]
pub struct CalendarView {
    /// The earliest first.
    pub days: Vec<CalendarDayView>,
}

/// The days that a request marked.
#[derive(Debug)]
pub struct Marked(Vec<CalendarDay>);

impl TryFrom<Outcome> for Marked {
    type Error = crate::domain::outcome::AnotherThing;

    fn try_from(outcome: Outcome) -> Result<Self, Self::Error> {
        match outcome {
            Outcome::Calendar { days } => Ok(Self(days)),
            _ => Err(crate::domain::outcome::AnotherThing),
        }
    }
}

impl View for CalendarView {
    type Thing = Marked;

    fn of(Marked(days): Marked, _: LocalZone) -> Self {
        let show = |marked: CalendarDay| CalendarDayView { day: Day(marked.day), kind: marked.kind };
        Self { days: days.into_iter().map(show).collect() }
    }

    fn location(&self) -> String {
        "/v1/calendar".to_owned()
    }
}

/// Marks days as working days or rest days
///
/// Applies to later decisions only. Days that are not named stay as they are.
#[utoipa::path(
    tag = "calendar",
    request_body = CalendarMarks,
    responses((status = 200, description = "The marked days", body = Changed<CalendarView>)),
    security(("bearer" = ["admin"])),
    extensions(("x-refusals" = json!(["calendar_day_twice", "calendar_unchanged"]))),
)]
#[post("/calendar")]
pub async fn mark_days(
    state: State,
    caller: AdminOnly,
    body: Strict<CalendarMarks>,
) -> Result<Changed<CalendarView>, ApiError> {
    let command = Command::MarkDays(body.value.into());
    state.change(caller.asker(), body.idempotency, command).await
}

/// A calendar year.
pub type Year = BoundedInt<1900, 9999>;

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CalendarQuery {
    /// The present year by default.
    #[param(inline)]
    year: Option<Year>,
}

/// Shows the marked days of a year
///
/// On all other days Monday to Friday are working days.
#[utoipa::path(
    tag = "calendar",
    params(CalendarQuery),
    responses((status = 200, description = "The days", body = CalendarView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/calendar")]
pub async fn get_calendar(
    state: State,
    caller: Anyone,
    query: Query<CalendarQuery>,
) -> Result<Shown<CalendarView>, ApiError> {
    let zone = state.rules.zone;
    let this_year = zone.date_of(state.clock.now()).year();
    let year = query.0.year.and_then(|year| i32::try_from(year.0).ok()).unwrap_or(this_year);
    let days = state.read_as(caller.0, move |db, _| calendar::of_year(db, year)).await?;
    Ok(Shown::of(Marked(days), zone))
}
