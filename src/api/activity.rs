//! Activities: dated occasions of a programme.

use super::extract::{Anyone, Coordinator, IfMatch, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::recruitment::{RecruitmentInput, RecruitmentView};
use super::routing::Routes;
use super::state::{State, not_found};
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, Count, Day, Span, SpanInput};
use crate::domain::Command;
use crate::domain::activity::{
    Activity, ActivityDetails, CancelActivity, CreateActivity, Measure, PublishActivity, UpdateActivity,
};
use crate::domain::calendar::Marks;
use crate::domain::ids::{ActivityId, ProgrammeId, Seq, UnitId, VolunteerId};
use crate::domain::record::{last_day, record_by};
use crate::domain::rules::Rules;
use crate::domain::text::Name;
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::read::activities::{self, ActivityFilter};
use crate::store::read::calendar::marks_around;
use crate::store::read::{About, Openness};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(create_activity)
        .service(list_activities)
        .service(get_activity)
        .service(update_activity)
        .service(publish_activity)
        .service(cancel_activity);
}

/// How many people an activity wants.
pub type WantedCount = BoundedInt<1, 1_000_000>;

/// An activity to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "programme": "ProgrammeId", "unit": "UnitId", "name": "我爱白龟湖", "place": "白龟湖", "headcount": 20,
    "window": { "start": "2026-11-18T08:00:00+08:00", "end": "2026-11-18T18:00:00+08:00" }
}))]
pub struct NewActivity {
    pub programme: ProgrammeId,
    /// The unit that carries it out: the programme's unit or one under it. The hours stay with this unit.
    pub unit: UnitId,
    /// `minutes` by default.
    pub measure: Option<Measure>,
    pub name: Name,
    pub place: Option<Name>,
    /// The time in which service may be given; at most 366 days.
    pub window: SpanInput,
    /// How many people are wanted.
    #[schema(inline)]
    pub headcount: Option<WantedCount>,
    /// The volunteer in charge on site.
    pub leader: Option<VolunteerId>,
    /// What recruitment tells.
    pub recruitment: Option<RecruitmentInput>,
    /// Whether it is to be published later: until then only those who answer for the unit see it. `false` by default.
    pub draft: Option<bool>,
}

/// The activity's changeable data, all of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "我爱白龟湖", "place": "白龟湖", "headcount": 30,
    "window": { "start": "2026-11-18T08:00:00+08:00", "end": "2026-11-18T18:00:00+08:00" }
}))]
pub struct ActivityInput {
    pub name: Name,
    pub place: Option<Name>,
    /// The time in which service may be given. It cannot be changed while there are submitted or
    /// credited service records.
    pub window: SpanInput,
    /// How many people are wanted.
    #[schema(inline)]
    pub headcount: Option<WantedCount>,
    /// The volunteer in charge on site.
    pub leader: Option<VolunteerId>,
    /// What recruitment tells.
    pub recruitment: Option<RecruitmentInput>,
}

impl From<ActivityInput> for ActivityDetails {
    fn from(input: ActivityInput) -> Self {
        Self {
            name: input.name,
            place: input.place,
            window: input.window.into(),
            headcount: input.headcount.map(|count| count.0),
            leader: input.leader,
            recruitment: input.recruitment.unwrap_or_default().into(),
        }
    }
}

impl From<NewActivity> for CreateActivity {
    fn from(new: NewActivity) -> Self {
        let NewActivity {
            programme,
            unit,
            measure,
            name,
            place,
            window,
            headcount,
            leader,
            recruitment,
            draft,
        } = new;
        let details = ActivityInput { name, place, window, headcount, leader, recruitment }.into();
        Self {
            programme,
            unit,
            measure: measure.unwrap_or(Measure::Minutes),
            details,
            draft: draft.unwrap_or(false),
        }
    }
}

/// An activity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub struct ActivityView {
    pub id: ActivityId,
    pub programme: ProgrammeId,
    pub unit: UnitId,
    pub measure: Measure,
    pub name: Name,
    pub place: Option<Name>,
    pub window: Span,
    /// How many people are wanted.
    #[schema(inline)]
    pub headcount: Option<WantedCount>,
    pub leader: Option<VolunteerId>,
    pub cancelled: bool,
    /// Whether it is to be published: until then only those who answer for the unit see it.
    pub draft: bool,
    /// What recruitment tells; null where nothing is told.
    pub recruitment: Option<RecruitmentView>,
    /// How many people checked in and have not checked out.
    pub present: Count,
    /// How many submitted and credited service records it has.
    pub live_records: Count,
    /// The journal entry that changed it last. `If-Match` takes it, in quotes.
    pub version: Seq,
}

impl View for ActivityView {
    type Thing = Activity;

    fn of(activity: Activity, zone: LocalZone) -> Self {
        let Activity {
            id,
            programme,
            unit,
            measure,
            details,
            cancelled,
            draft,
            present,
            live_records,
            version,
        } = activity;
        let ActivityDetails { name, place, window, headcount, leader, recruitment } = details;
        Self {
            id,
            programme,
            unit,
            measure,
            name,
            place,
            window: Span::new(window, zone),
            headcount: headcount.map(BoundedInt),
            leader,
            cancelled,
            draft,
            recruitment: (!recruitment.is_empty()).then(|| RecruitmentView::of(recruitment, zone)),
            present: Count(present),
            live_records: Count(live_records),
            version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/activities/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// An activity, with the last day for entering its service.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DatedActivity)]
pub struct DatedActivityView {
    #[serde(flatten)]
    pub activity: ActivityView,
    /// The last day on which service is entered in time: ten working days after the window's last day, by
    /// the present calendar.
    pub record_by: Day,
}

impl DatedActivityView {
    /// The activity by the marks of the calendar.
    #[must_use]
    pub fn of(activity: Activity, marks: &Marks, rules: &Rules) -> Self {
        let record_by = record_by(activity.details.window, rules, |day| marks.get(&day).copied());
        Self { activity: ActivityView::of(activity, rules.zone), record_by: Day(record_by) }
    }
}

/// Creates an activity
///
/// Of a programme that belongs to the unit or to one above it.
#[utoipa::path(
    tag = "activities",
    request_body = NewActivity,
    responses((status = 201, description = "The activity", body = Changed<ActivityView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "programme_not_found", "unit_not_found", "volunteer_not_found", "outside_unit", "programme_closed",
        "activity_outside_programme", "window_invalid", "volunteer_closed", "volunteer_inactive",
        "recruitment_personal", "enrolment_times_invalid", "fence_invalid"
    ]))),
)]
#[post("/activities")]
pub async fn create_activity(
    state: State,
    caller: Coordinator,
    body: Strict<NewActivity>,
) -> Result<Created<ActivityView>, ApiError> {
    let command = Command::CreateActivity(body.value.into());
    state.create(caller.asker(), body.idempotency, command).await
}

/// Replaces an activity's changeable data
///
/// All of it at once: what is left out is removed. Unit, programme and measure stay.
#[utoipa::path(
    tag = "activities",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = ActivityInput,
    responses((status = 200, description = "The activity", body = Changed<ActivityView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "activity_not_found", "volunteer_not_found", "outside_unit", "activity_cancelled", "version_stale",
        "activity_has_records", "window_invalid", "volunteer_closed", "volunteer_inactive", "activity_has_present",
        "recruitment_incomplete", "recruitment_personal", "enrolment_times_invalid", "fence_invalid"
    ]))),
)]
#[put("/activities/{id}")]
pub async fn update_activity(
    state: State,
    caller: Coordinator,
    activity: PathId<ActivityId>,
    expected: IfMatch,
    body: Strict<ActivityInput>,
) -> Result<Changed<ActivityView>, ApiError> {
    let (activity, expected, details) = (activity.0, expected.0, body.value.into());
    let command = Command::UpdateActivity(UpdateActivity { activity, expected, details });
    state.update(caller.asker(), command).await
}

/// Publishes a draft
///
/// Once it tells what recruitment has to: place, content, risks, safeguards and whom to ask.
#[utoipa::path(
    tag = "activities",
    params(("id" = ActivityId, Path, description = "The activity")),
    responses((status = 200, description = "The activity", body = Changed<ActivityView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "outside_unit", "activity_cancelled", "activity_published", "recruitment_incomplete"
    ]))),
)]
#[post("/activities/{id}/publish")]
pub async fn publish_activity(
    state: State,
    caller: Coordinator,
    activity: PathId<ActivityId>,
    request: NoBody,
) -> Result<Changed<ActivityView>, ApiError> {
    let command = Command::PublishActivity(PublishActivity { activity: activity.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Cancels an activity
///
/// Refused while it has submitted or credited service records, or people are present: then it took place. Everybody who
/// has a place is told.
#[utoipa::path(
    tag = "activities",
    params(("id" = ActivityId, Path, description = "The activity")),
    responses((status = 200, description = "The activity", body = Changed<ActivityView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "outside_unit", "activity_cancelled", "activity_has_records", "activity_has_present"
    ]))),
)]
#[post("/activities/{id}/cancel")]
pub async fn cancel_activity(
    state: State,
    caller: Coordinator,
    activity: PathId<ActivityId>,
    request: NoBody,
) -> Result<Changed<ActivityView>, ApiError> {
    let command = Command::CancelActivity(CancelActivity { activity: activity.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Which activities.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    programme: Option<ProgrammeId>,
    /// Carried out by this unit or one under it.
    unit: Option<UnitId>,
    /// Whose window ends after this instant.
    from: Option<Timestamp>,
    /// Whose window starts before this instant.
    to: Option<Timestamp>,
    cancelled: Option<bool>,
    /// Whether it is still to be published; those who do not answer for its unit see no drafts.
    draft: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists activities
///
/// Of the caller's tree of units, newest first.
#[utoipa::path(
    tag = "activities",
    params(ActivityQuery),
    responses((status = 200, description = "A page", body = Page<DatedActivityView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/activities")]
pub async fn list_activities(
    state: State,
    caller: Anyone,
    query: Query<ActivityQuery>,
) -> Result<Shown<Page<DatedActivityView>>, ApiError> {
    let ActivityQuery { programme, unit, from, to, cancelled, draft, limit, cursor } = query.0;
    let request = page_request("activities", limit, cursor.as_ref())?;
    let filter = ActivityFilter { programme, unit, from, to, cancelled, draft };
    let zone = state.rules.zone;
    let about = About { programme, unit, openness: Openness::Tree, ..About::default() };
    let read = state.read_as(caller.0, move |db, scope| {
        let page = activities::list(db, scope, &filter, request)?;
        if page.items.is_empty()
            && let Some(unseen) = about.unseen(db, scope)?
        {
            return Ok(Err(not_found(unseen)));
        }
        let ends = page.items.iter().map(|activity| last_day(activity.details.window, zone));
        let marks = marks_around(db, ends)?;
        Ok(Ok((page, marks)))
    });
    let (page, marks) = read.await??;
    let show = |activity| DatedActivityView::of(activity, &marks, &state.rules);
    Ok(Shown::plain(Page::new("activities", page, show)))
}

/// Shows an activity
///
/// With the last day for entering its service in time.
#[utoipa::path(
    tag = "activities",
    params(("id" = ActivityId, Path, description = "The activity")),
    responses((status = 200, description = "The activity", body = DatedActivityView, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["activity_not_found"]))),
)]
#[get("/activities/{id}")]
pub async fn get_activity(
    state: State,
    caller: Anyone,
    activity: PathId<ActivityId>,
) -> Result<Shown<DatedActivityView>, ApiError> {
    let zone = state.rules.zone;
    let read = state.read_as(caller.0, move |db, scope| {
        let Some(found) = activities::get(db, scope, activity.0)? else { return Ok(None) };
        let marks = marks_around(db, [last_day(found.details.window, zone)].into_iter())?;
        Ok(Some((found, marks)))
    });
    let (found, marks) = activity.found(read.await?)?;
    let version = found.version;
    Ok(Shown::versioned(DatedActivityView::of(found, &marks, &state.rules), version))
}
