//! What is to be done soon: activities whose service is still to be entered, records that wait.

use super::activity::DatedActivityView;
use super::extract::{AnyOperator, Query};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::record::RecordView;
use super::routing::Routes;
use super::state::{State, not_found};
use super::view::Shown;
use super::wire::BoundedInt;
use crate::domain::calendar::earliest_day_not_overdue;
use crate::domain::ids::UnitId;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::calendar::marks_around;
use crate::store::read::due::{self, DueActivities};
use actix_web::get;
use chrono::Days;
use serde::Deserialize;
use utoipa::IntoParams;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_due_activities).service(list_due_records);
}

/// Live service records of an activity.
pub type RecordCount = BoundedInt<0, 1_000_000>;

/// Which activities.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DueActivityQuery {
    /// Carried out by this unit or one under it.
    unit: Option<UnitId>,
    /// With at most this many submitted or credited service records; 0 by default.
    #[param(inline)]
    most_records: Option<RecordCount>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists activities that are over and lack service records
///
/// Of the caller's units, as long as the legal ten working days for entering service have not passed. The
/// one with the nearest deadline comes first.
#[utoipa::path(
    tag = "due",
    params(DueActivityQuery),
    responses((status = 200, description = "A page", body = Page<DatedActivityView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/due/activities")]
pub async fn list_due_activities(
    state: State,
    caller: AnyOperator,
    query: Query<DueActivityQuery>,
) -> Result<Shown<Page<DatedActivityView>>, ApiError> {
    let DueActivityQuery { unit, most_records, limit, cursor } = query.0;
    let request = page_request("due-activities", limit, cursor.as_ref())?;
    let (rules, now) = (state.rules.clone(), state.clock.now());
    let about = About { unit, ..About::default() };
    let read = state.read_as(caller.0, move |db: &mut Db, scope| {
        let (zone, today) = (rules.zone, rules.zone.date_of(now));
        let year_ago = today.checked_sub_days(Days::new(366)).unwrap_or(today);
        let marks = marks_around(db, [year_ago, today].into_iter())?;
        let marked = |day| marks.get(&day).copied();
        let earliest = earliest_day_not_overdue(today, rules.timely_working_days, marked);
        let most_records = most_records.map_or(0, |most| most.0);
        // A window that ends at midnight ended on the day before.
        let ended_after = zone.start_of(earliest);
        let filter = DueActivities { unit, ended_after, ended_by: now, most_records };
        let page = due::activities(db, scope, &filter, request)?;
        let unseen = if page.items.is_empty() { about.unseen(db, scope)? } else { None };
        Ok(unseen.map_or(Ok((page, marks)), |unseen| Err(not_found(unseen))))
    });
    let (page, marks) = read.await??;
    let show = |activity| DatedActivityView::of(activity, &marks, &state.rules);
    Ok(Shown::plain(Page::new("due-activities", page, show)))
}

/// Which records.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DueRecordQuery {
    /// Served with this unit or one under it.
    unit: Option<UnitId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists service records that wait for a decision
///
/// Served with the caller's units. The one that has waited longest comes first.
#[utoipa::path(
    tag = "due",
    params(DueRecordQuery),
    responses((status = 200, description = "A page", body = Page<RecordView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/due/records")]
pub async fn list_due_records(
    state: State,
    caller: AnyOperator,
    query: Query<DueRecordQuery>,
) -> Result<Shown<Page<RecordView>>, ApiError> {
    let DueRecordQuery { unit, limit, cursor } = query.0;
    let request = page_request("due-records", limit, cursor.as_ref())?;
    let about = About { unit, ..About::default() };
    let read = move |db: &mut Db, scope| due::records(db, scope, unit, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::of("due-records", page, state.rules.zone)))
}
