//! Attendances: who came and went, as the service saw it.

use super::check_code::CodeText;
use super::enrolment::{NamedVolunteers, scope_of_leader};
use super::extract::{Anyone, Changer, PathId, Query, Strict, VolunteerOnly};
use super::ground::PositionBody;
use super::language::Language;
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::{ApiError, Problem};
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::wire::{LocalTime, ReceiptView};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::attendance::{
    Attendance, AttendanceStatus, CheckIn, CheckOut, CompleteAttendance, Direction, NoRecord, Refusal, Seen,
    Sighting,
};
use crate::domain::general;
use crate::domain::ids::{ActivityId, AttendanceId, EnrolmentId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::attendances::{self, AttendanceFilter};
use crate::store::vault::check_code::{CodeOf, CodeUse};
use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(check_in)
        .service(check_out)
        .service(scan_volunteer)
        .service(call_roll)
        .service(list_attendances)
        .service(get_attendance)
        .service(complete_attendance);
}

/// What a volunteer's phone saw: a code, or its own position where that is enough.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo" }))]
pub struct CheckInput {
    /// The wall code, or what `/v1/check-codes/shown` answered.
    #[schema(inline)]
    pub code: Option<CodeText>,
    /// The activity, where there is no code: position alone is enough at some.
    pub activity: Option<ActivityId>,
    /// Asked for where the activity has a fence; nothing is kept of it but that it was inside, and how exact it was.
    pub position: Option<PositionBody>,
}

/// A volunteer's own code, scanned by who is in charge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "AgAAAAAAAAAJA5-UQKmqqqqqqqqqqqo", "direction": "in" }))]
pub struct VolunteerScan {
    #[schema(inline)]
    pub code: CodeText,
    pub direction: Direction,
}

/// Who is there, or goes, as who is in charge says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "direction": "in", "volunteers": ["VolunteerId"] }))]
pub struct RollCall {
    pub direction: Direction,
    #[schema(inline)]
    pub volunteers: NamedVolunteers,
}

/// When an unfinished attendance ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ended_at": "2026-11-22T11:00:00+08:00" }))]
pub struct Completion {
    pub ended_at: Timestamp,
}

/// An attendance.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Attendance)]
pub struct AttendanceView {
    pub id: AttendanceId,
    pub activity: ActivityId,
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    /// The place that the volunteer had; null for who was let in without one.
    pub enrolment: Option<EnrolmentId>,
    pub status: AttendanceStatus,
    pub checked_in_at: LocalTime,
    pub checked_in_by: Sighting,
    pub checked_in_actor: Actor,
    /// When it ended; null while it is open, and where nobody knows.
    pub checked_out_at: Option<LocalTime>,
    pub checked_out_by: Option<Sighting>,
    /// The service record that came of it, which waits to be credited.
    pub record: Option<RecordId>,
    /// Why none came of it.
    pub no_record: Option<NoRecord>,
    pub version: Seq,
}

impl View for AttendanceView {
    type Thing = Attendance;

    fn of(attendance: Attendance, zone: LocalZone) -> Self {
        let local = |at| LocalTime::new(at, zone);
        Self {
            id: attendance.id,
            activity: attendance.activity,
            unit: attendance.unit,
            volunteer: attendance.volunteer,
            enrolment: attendance.enrolment,
            status: attendance.status,
            checked_in_at: local(attendance.checked_in_at),
            checked_in_by: attendance.checked_in_by,
            checked_in_actor: attendance.checked_in_actor,
            checked_out_at: attendance.checked_out_at.map(local),
            checked_out_by: attendance.checked_out_by,
            record: attendance.record,
            no_record: attendance.no_record,
            version: attendance.version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/attendances/{}", self.id)
    }
}

/// The result for each volunteer, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct RollCallResult {
    pub items: Vec<RollCallItem>,
}

/// The result for one volunteer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum RollCallItem {
    Accepted { attendance: Box<AttendanceView>, receipt: ReceiptView },
    Refused { problem: Box<Problem> },
}

/// Checks in
///
/// By the volunteer, with the code that is shown at the place, from 30 minutes before the activity to its end; with one's
/// position where the activity has a fence. The service's clock counts. Who is there already is told so.
#[utoipa::path(
    tag = "attendance",
    request_body = CheckInput,
    responses((status = 200, description = "The attendance", body = Changed<AttendanceView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "check_code_wrong", "check_code_expired", "check_code_of_other_direction", "activity_not_found",
        "activity_cancelled", "activity_is_draft", "volunteer_inactive", "attendance_open", "check_in_too_early",
        "attendance_over", "not_enrolled", "checked_in_too_often", "position_needed", "outside_fence",
        "position_too_coarse", "position_not_enough"
    ]))),
)]
#[post("/check-ins")]
pub async fn check_in(
    state: State,
    caller: VolunteerOnly,
    body: Strict<CheckInput>,
) -> Result<Changed<AttendanceView>, ApiError> {
    let own = own(&caller)?;
    let command = async {
        let (activity, seen) = seen(&state, &body.value, Direction::In)?;
        Ok(Command::CheckIn(CheckIn { activity, volunteer: own, seen }))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}

/// Checks out
///
/// By the volunteer, as one checks in, until 30 minutes after the activity's end. The service record follows in the same
/// step, with the weaker evidence of both ends, and waits to be credited.
#[utoipa::path(
    tag = "attendance",
    request_body = CheckInput,
    responses((status = 200, description = "The attendance", body = Changed<AttendanceView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "check_code_wrong", "check_code_expired", "check_code_of_other_direction", "activity_not_found",
        "activity_cancelled", "attendance_not_open", "attendance_over", "position_needed", "outside_fence",
        "position_too_coarse", "position_not_enough"
    ]))),
)]
#[post("/check-outs")]
pub async fn check_out(
    state: State,
    caller: VolunteerOnly,
    body: Strict<CheckInput>,
) -> Result<Changed<AttendanceView>, ApiError> {
    let own = own(&caller)?;
    let command = async {
        let (activity, seen) = seen(&state, &body.value, Direction::Out)?;
        Ok(Command::CheckOut(CheckOut { activity, volunteer: own, seen }))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}

fn own(caller: &VolunteerOnly) -> Result<VolunteerId, ApiError> {
    match caller.actor() {
        Actor::Volunteer(own) => Ok(own),
        Actor::Operator(_) | Actor::System => Err(general::Refusal::NotPermitted.into()),
    }
}

/// What the service sees of a request: a code that is good, or a position.
fn seen(state: &State, input: &CheckInput, direction: Direction) -> Result<(ActivityId, Seen), ApiError> {
    let (now, position) = (state.clock.now(), input.position.map(Into::into));
    match (&input.code, input.activity) {
        (Some(code), _) => {
            let good = state.vault.look_at(&code.0, CodeUse::Wall(direction), now)?;
            match good.of {
                CodeOf::Activity(activity) if input.activity.is_none_or(|said| said == activity) => {
                    Ok((activity, Seen { by: Sighting::WallCode, at: good.shown_at, position }))
                }
                CodeOf::Activity(_) | CodeOf::Volunteer(_) => Err(Refusal::CheckCodeWrong.into()),
            }
        }
        (None, Some(activity)) if position.is_some() => {
            Ok((activity, Seen { by: Sighting::Position, at: now, position }))
        }
        (None, Some(_)) => Err(Refusal::PositionNeeded.into()),
        (None, None) => Err(Refusal::CheckCodeWrong.into()),
    }
}

/// Scans a volunteer's own code
///
/// By who is in charge, who sees who stands there: the best evidence. Who has no place is let in by it.
#[utoipa::path(
    tag = "attendance",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = VolunteerScan,
    responses((status = 200, description = "The attendance", body = Changed<AttendanceView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "check_code_wrong", "check_code_expired", "activity_not_found", "volunteer_not_found", "outside_unit",
        "attendance_of_own", "activity_cancelled", "activity_is_draft", "volunteer_closed", "volunteer_inactive",
        "attendance_open", "attendance_not_open", "check_in_too_early", "attendance_over", "checked_in_too_often"
    ]))),
)]
#[post("/activities/{id}/scans")]
pub async fn scan_volunteer(
    state: State,
    caller: Changer,
    activity: PathId<ActivityId>,
    body: Strict<VolunteerScan>,
) -> Result<Changed<AttendanceView>, ApiError> {
    let VolunteerScan { code, direction } = body.value;
    let command = async {
        let good = state.vault.look_at(&code.0, CodeUse::Volunteer, state.clock.now())?;
        let CodeOf::Volunteer(volunteer) = good.of else { return Err(Refusal::CheckCodeWrong.into()) };
        let seen = Seen { by: Sighting::LeaderScan, at: good.shown_at, position: None };
        Ok(command(activity.0, volunteer, direction, seen))
    };
    state.change_as_read(caller.asker(), body.idempotency, command).await
}

fn command(activity: ActivityId, volunteer: VolunteerId, direction: Direction, seen: Seen) -> Command {
    match direction {
        Direction::In => Command::CheckIn(CheckIn { activity, volunteer, seen }),
        Direction::Out => Command::CheckOut(CheckOut { activity, volunteer, seen }),
    }
}

/// Calls the roll
///
/// By who is in charge, where phones fail: each of the volunteers comes or goes now, with the evidence `leader`. One who
/// is refused does not affect the others.
#[utoipa::path(
    tag = "attendance",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = RollCall,
    responses((status = 200, description = "The result for each volunteer", body = RollCallResult)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["activity_not_found"]))),
)]
#[post("/activities/{id}/roll-call")]
pub async fn call_roll(
    state: State,
    caller: Changer,
    language: Language,
    activity: PathId<ActivityId>,
    body: Strict<RollCall>,
) -> Result<web::Json<RollCallResult>, ApiError> {
    let RollCall { direction, volunteers } = body.value;
    let seen = Seen { by: Sighting::RollCall, at: state.clock.now(), position: None };
    let commands = volunteers.0.into_iter().map(|volunteer| command(activity.0, volunteer, direction, seen));
    let answers = state.execute_each(caller.asker(), body.idempotency, commands.collect()).await?;
    let items = state.show_each(language, answers, |shown| match shown {
        Ok((attendance, receipt)) => RollCallItem::Accepted { attendance: Box::new(attendance), receipt },
        Err(problem) => RollCallItem::Refused { problem },
    })?;
    Ok(web::Json(RollCallResult { items }))
}

/// Completes an attendance that nobody checked out of
///
/// By who is in charge, within ten working days, and not beyond the activity's end: evidence `leader`, which somebody
/// else credits.
#[utoipa::path(
    tag = "attendance",
    params(("id" = AttendanceId, Path, description = "The attendance")),
    request_body = Completion,
    responses((status = 200, description = "The attendance", body = Changed<AttendanceView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "attendance_not_found", "outside_unit", "attendance_of_own", "attendance_not_unfinished", "completion_invalid",
        "completion_too_late", "record_overlaps", "activity_cancelled", "volunteer_closed", "volunteer_inactive"
    ]))),
)]
#[post("/attendances/{id}/complete")]
pub async fn complete_attendance(
    state: State,
    caller: Changer,
    attendance: PathId<AttendanceId>,
    body: Strict<Completion>,
) -> Result<Changed<AttendanceView>, ApiError> {
    let command = CompleteAttendance { attendance: attendance.0, ended_at: body.value.ended_at };
    state.change(caller.asker(), body.idempotency, Command::CompleteAttendance(command)).await
}

/// Which attendances.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttendanceQuery {
    /// At this activity: who is in charge of it sees all of them.
    activity: Option<ActivityId>,
    volunteer: Option<VolunteerId>,
    /// At activities of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<AttendanceStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists attendances
///
/// Newest first: one's own; those at the unit's activities and of its members; those at an activity that one is in charge
/// of.
#[utoipa::path(
    tag = "attendance",
    params(AttendanceQuery),
    responses((status = 200, description = "A page", body = Page<AttendanceView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/attendances")]
pub async fn list_attendances(
    state: State,
    caller: Anyone,
    query: Query<AttendanceQuery>,
) -> Result<Shown<Page<AttendanceView>>, ApiError> {
    let AttendanceQuery { activity, volunteer, unit, status, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("attendances", limit, cursor.as_ref())?);
    let filter = AttendanceFilter { activity, volunteer, unit, status };
    let leads = activity.filter(|_| matches!(caller.actor(), Actor::Volunteer(_)));
    let about = About { unit, activity, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| {
        let scope = scope_of_leader(db, scope, leads)?;
        attendances::list(db, scope, filter, request)
    };
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("attendances", page, |found| AttendanceView::of(found, zone))))
}

/// Shows an attendance
///
/// With the service record that came of it, or why none did.
#[utoipa::path(
    tag = "attendance",
    params(("id" = AttendanceId, Path, description = "The attendance")),
    responses((status = 200, description = "The attendance", body = AttendanceView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["attendance_not_found"]))),
)]
#[get("/attendances/{id}")]
pub async fn get_attendance(
    state: State,
    caller: Anyone,
    attendance: PathId<AttendanceId>,
) -> Result<Shown<AttendanceView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| attendances::get(db, scope, attendance.0)).await?;
    Ok(Shown::of(attendance.found(found)?, state.rules.zone))
}
