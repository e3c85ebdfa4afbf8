//! Enrolments: a volunteer's place in a position, or the wait for one.

use super::extract::{Anyone, Changer, Lenient, NoBody, PathId, Query, Strict, VolunteerOnly};
use super::language::Language;
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::{ApiError, Problem};
use super::record::{BULK_BYTES_MAX, Reason};
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedVec, Count, LocalTime, ReceiptView};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::enrolment::{
    AcceptOffer, ContestAbsence, DeclineApplicant, Enrol, Enrolment, EnrolmentStatus, ExcuseAbsence,
    MarkAbsent, SelectApplicant, Unfit, WithdrawEnrolment,
};
use crate::domain::ids::{ActivityId, EnrolmentId, PositionId, Seq, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::enrolments::{self, EnrolmentFilter};
use crate::store::read::{About, Scope, activities, volunteers};
use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(enrol)
        .service(enrol_many)
        .service(list_enrolments)
        .service(get_enrolment)
        .service(accept_offer)
        .service(withdraw_enrolment)
        .service(select_applicant)
        .service(decline_applicant)
        .service(mark_absent)
        .service(excuse_absence)
        .service(contest_absence);
}

/// As many volunteers as one request names.
pub type NamedVolunteers = BoundedVec<VolunteerId, 1, 500>;

/// Who takes a place.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId", "wait": true, "consent": "11月28日班会上本人同意" }))]
pub struct NewEnrolment {
    /// The volunteer; who asks, by default.
    pub volunteer: Option<VolunteerId>,
    /// Whether to wait where no place is free. `false` by default.
    pub wait: Option<bool>,
    /// Whether who waits takes a free place at once, without being asked. `false` by default.
    pub at_once: Option<bool>,
    /// How the volunteer, or a guardian, agreed: needed where somebody else enrols them.
    pub consent: Option<Note>,
}

/// People who agreed to take part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteers": ["VolunteerId"], "wait": true, "consent": "11月28日班会上本人同意" }))]
pub struct NewEnrolments {
    #[schema(inline)]
    pub volunteers: NamedVolunteers,
    /// Whether to wait where no place is free. `false` by default.
    pub wait: Option<bool>,
    /// How they, or their guardians, agreed.
    pub consent: Note,
}

/// An enrolment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Enrolment)]
pub struct EnrolmentView {
    pub id: EnrolmentId,
    pub position: PositionId,
    pub activity: ActivityId,
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub status: EnrolmentStatus,
    /// Whether who waits takes a free place at once, without being asked.
    pub at_once: bool,
    pub made_by: Actor,
    pub made_at: LocalTime,
    /// Until when an offer is to be answered.
    pub respond_by: Option<LocalTime>,
    /// Why a free place went to somebody who waits behind, the last time that it did.
    pub passed_over: Option<Unfit>,
    /// Whether it was withdrawn from after the last moment to do so in time.
    pub late: bool,
    /// When the volunteer said that an absence was none.
    pub contested_at: Option<LocalTime>,
    pub version: Seq,
}

impl View for EnrolmentView {
    type Thing = Enrolment;

    fn of(enrolment: Enrolment, zone: LocalZone) -> Self {
        let local = |at| LocalTime::new(at, zone);
        Self {
            id: enrolment.id,
            position: enrolment.position,
            activity: enrolment.activity,
            unit: enrolment.unit,
            volunteer: enrolment.volunteer,
            status: enrolment.status,
            at_once: enrolment.at_once,
            made_by: enrolment.made_by,
            made_at: local(enrolment.made_at),
            respond_by: enrolment.respond_by.map(local),
            passed_over: enrolment.passed_over,
            late: enrolment.late,
            contested_at: enrolment.contested_at.map(local),
            version: enrolment.version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/enrolments/{}", self.id)
    }
}

/// An enrolment, and how many wait before it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EnrolmentInLine)]
pub struct EnrolmentShown {
    #[serde(flatten)]
    pub enrolment: EnrolmentView,
    /// How many wait before this one; null where it does not wait.
    pub ahead: Option<Count>,
}

/// The result for each volunteer, in the order in which they were named.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnrolmentsResult {
    pub items: Vec<EnrolmentResult>,
}

/// The result for one volunteer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum EnrolmentResult {
    Accepted { enrolment: Box<EnrolmentView>, receipt: ReceiptView },
    Refused { problem: Box<Problem> },
}

/// Takes a place, applies for one, or waits for one
///
/// By the volunteer; by the office or the leader with how the volunteer agreed. Where nobody waits and a place is free, it
/// is taken at once; where the leader selects, this is an application.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = PositionId, Path, description = "The position")),
    request_body = Option<NewEnrolment>,
    responses((status = 201, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "position_not_found", "volunteer_not_found", "outside_unit", "activity_cancelled", "activity_is_draft",
        "enrolment_not_open", "enrolment_closed", "enrolment_consent_missing", "volunteer_closed", "volunteer_inactive",
        "already_enrolled", "conditions_not_met", "enrolment_overlaps", "places_full"
    ]))),
)]
#[post("/positions/{id}/enrolments")]
pub async fn enrol(
    state: State,
    caller: Changer,
    position: PathId<PositionId>,
    body: Lenient<NewEnrolment>,
) -> Result<Created<EnrolmentView>, ApiError> {
    let NewEnrolment { volunteer, wait, at_once, consent } = body.value;
    let enrols_self = match caller.actor() {
        Actor::Volunteer(own) => Some(own),
        Actor::Operator(_) | Actor::System => None,
    };
    let Some(volunteer) = volunteer.or(enrols_self) else {
        let (field, detail) = ("/volunteer".to_owned(), "say who takes the place".to_owned());
        return Err(ApiError::MissingField { field, detail });
    };
    let born = birth_dates(&state, vec![volunteer]).await?.remove(&volunteer);
    let command = Enrol {
        position: position.0,
        volunteer,
        born,
        wait: wait.unwrap_or(false),
        at_once: at_once.unwrap_or(false),
        consent: state.commit_note(consent)?,
    };
    state.create(caller.asker(), body.idempotency, Command::Enrol(command)).await
}

/// Enrols many who agreed, each decided separately
///
/// A class, say: by the office or the leader. One who is refused does not affect the others.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = PositionId, Path, description = "The position")),
    request_body = NewEnrolments,
    responses((status = 200, description = "The result for each volunteer", body = EnrolmentsResult)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["position_not_found"]))),
)]
#[post("/positions/{id}/enrolments/bulk")]
pub async fn enrol_many(
    state: State,
    caller: Changer,
    language: Language,
    position: PathId<PositionId>,
    body: Strict<NewEnrolments, BULK_BYTES_MAX>,
) -> Result<web::Json<EnrolmentsResult>, ApiError> {
    let NewEnrolments { volunteers, wait, consent } = body.value;
    let born = birth_dates(&state, volunteers.0.clone()).await?;
    let command = |volunteer: VolunteerId| -> Result<Command, ApiError> {
        Ok(Command::Enrol(Enrol {
            position: position.0,
            volunteer,
            born: born.get(&volunteer).copied(),
            wait: wait.unwrap_or(false),
            at_once: false,
            consent: state.commit_note(Some(consent.clone()))?,
        }))
    };
    let commands = volunteers.0.into_iter().map(command).collect::<Result<_, _>>()?;
    let answers = state.execute_each(caller.asker(), body.idempotency, commands).await?;
    let items = state.show_each(language, answers, |shown| match shown {
        Ok((enrolment, receipt)) => EnrolmentResult::Accepted { enrolment: Box::new(enrolment), receipt },
        Err(problem) => EnrolmentResult::Refused { problem },
    })?;
    Ok(web::Json(EnrolmentsResult { items }))
}

/// The days of birth that the data beside the journal says; none of who is erased.
async fn birth_dates(
    state: &State,
    people: Vec<VolunteerId>,
) -> Result<HashMap<VolunteerId, NaiveDate>, ApiError> {
    let vault = state.vault.clone();
    state.read(move |db| volunteers::birth_dates(db, &vault, &people)).await
}

/// Accepts an offer
///
/// By the volunteer, before `respond_by`.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "enrolment_status_wrong", "offer_over", "activity_cancelled", "volunteer_inactive",
        "conditions_not_met", "enrolment_overlaps"
    ]))),
)]
#[post("/enrolments/{id}/accept")]
pub async fn accept_offer(
    state: State,
    caller: VolunteerOnly,
    enrolment: PathId<EnrolmentId>,
    request: NoBody,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let command = Command::AcceptOffer(AcceptOffer { enrolment: enrolment.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Why a place is given up.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "临时有事" }))]
pub struct Withdrawal {
    /// Needed where somebody else than the volunteer withdraws.
    pub reason: Option<Note>,
}

/// Withdraws from a place, an application or a wait
///
/// By the volunteer, always before the activity starts; after `withdraw_by` it is marked late. By the office or the leader
/// with a reason. The place goes to who waits first.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    request_body = Option<Withdrawal>,
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "outside_unit", "reason_missing", "enrolment_status_wrong", "withdrawal_too_late"
    ]))),
)]
#[post("/enrolments/{id}/withdraw")]
pub async fn withdraw_enrolment(
    state: State,
    caller: Changer,
    enrolment: PathId<EnrolmentId>,
    body: Lenient<Withdrawal>,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let reason = state.commit_note(body.value.reason)?;
    let command = Command::WithdrawEnrolment(WithdrawEnrolment { enrolment: enrolment.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Gives a place to one who applied
///
/// By the office or the leader.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "outside_unit", "enrolment_of_own", "enrolment_status_wrong", "activity_cancelled",
        "places_full", "volunteer_closed", "volunteer_inactive", "conditions_not_met", "enrolment_overlaps"
    ]))),
)]
#[post("/enrolments/{id}/select")]
pub async fn select_applicant(
    state: State,
    caller: Changer,
    enrolment: PathId<EnrolmentId>,
    request: NoBody,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let command = Command::SelectApplicant(SelectApplicant { enrolment: enrolment.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Declines one who applied
///
/// By the office or the leader, with a reason.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    request_body = Reason,
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "outside_unit", "enrolment_of_own", "enrolment_status_wrong"
    ]))),
)]
#[post("/enrolments/{id}/decline")]
pub async fn decline_applicant(
    state: State,
    caller: Changer,
    enrolment: PathId<EnrolmentId>,
    body: Strict<Reason>,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::DeclineApplicant(DeclineApplicant { enrolment: enrolment.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Says that somebody was not there
///
/// By the office or the leader, once the activity is over. It never touches hours or points.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "outside_unit", "enrolment_of_own", "enrolment_status_wrong", "activity_cancelled",
        "absence_too_early"
    ]))),
)]
#[post("/enrolments/{id}/absent")]
pub async fn mark_absent(
    state: State,
    caller: Changer,
    enrolment: PathId<EnrolmentId>,
    request: NoBody,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let command = Command::MarkAbsent(MarkAbsent { enrolment: enrolment.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Excuses an absence
///
/// By the office or the leader, with the reason that was accepted.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    request_body = Reason,
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "outside_unit", "enrolment_of_own", "enrolment_status_wrong"
    ]))),
)]
#[post("/enrolments/{id}/excuse")]
pub async fn excuse_absence(
    state: State,
    caller: Changer,
    enrolment: PathId<EnrolmentId>,
    body: Strict<Reason>,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::ExcuseAbsence(ExcuseAbsence { enrolment: enrolment.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Contests an absence
///
/// By the volunteer, once: that they were there, or why not. Who is in charge looks at it.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    request_body = Reason,
    responses((status = 200, description = "The enrolment", body = Changed<EnrolmentView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "enrolment_not_found", "enrolment_status_wrong", "absence_contested_before"
    ]))),
)]
#[post("/enrolments/{id}/contest")]
pub async fn contest_absence(
    state: State,
    caller: VolunteerOnly,
    enrolment: PathId<EnrolmentId>,
    body: Strict<Reason>,
) -> Result<Changed<EnrolmentView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::ContestAbsence(ContestAbsence { enrolment: enrolment.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Which enrolments.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EnrolmentQuery {
    /// In this activity: who is in charge of it sees all of them.
    activity: Option<ActivityId>,
    position: Option<PositionId>,
    volunteer: Option<VolunteerId>,
    /// In activities of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<EnrolmentStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists enrolments
///
/// Newest first: one's own; those of the unit's activities and of its members; those of an activity that one is in charge
/// of.
#[utoipa::path(
    tag = "enrolments",
    params(EnrolmentQuery),
    responses((status = 200, description = "A page", body = Page<EnrolmentView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/enrolments")]
pub async fn list_enrolments(
    state: State,
    caller: Anyone,
    query: Query<EnrolmentQuery>,
) -> Result<Shown<Page<EnrolmentView>>, ApiError> {
    let EnrolmentQuery { activity, position, volunteer, unit, status, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("enrolments", limit, cursor.as_ref())?);
    let filter = EnrolmentFilter { activity, position, volunteer, unit, status };
    let leads = activity.is_some() && matches!(caller.actor(), Actor::Volunteer(_));
    let about = About { unit, activity, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| {
        let scope = scope_of_leader(db, scope, activity.filter(|_| leads))?;
        enrolments::list(db, scope, filter, request)
    };
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("enrolments", page, |found| EnrolmentView::of(found, zone))))
}

/// What a volunteer may see of an activity: all, where they are in charge of it.
pub(super) fn scope_of_leader(
    db: &mut Db,
    scope: Scope,
    activity: Option<ActivityId>,
) -> Result<Scope, crate::store::StoreError> {
    let Some(activity) = activity else { return Ok(scope) };
    Ok(if activities::led(db, scope, activity)?.is_some() { Scope::All } else { scope })
}

/// Shows an enrolment
///
/// With how many wait before it, and why a free place went to somebody else.
#[utoipa::path(
    tag = "enrolments",
    params(("id" = EnrolmentId, Path, description = "The enrolment")),
    responses((status = 200, description = "The enrolment", body = EnrolmentShown)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["enrolment_not_found"]))),
)]
#[get("/enrolments/{id}")]
pub async fn get_enrolment(
    state: State,
    caller: Anyone,
    enrolment: PathId<EnrolmentId>,
) -> Result<Shown<EnrolmentShown>, ApiError> {
    let read = state.read_as(caller.0, move |db, scope| {
        let Some(found) = enrolments::get(db, scope, enrolment.0)? else { return Ok(None) };
        let waits = found.status == EnrolmentStatus::Waiting;
        let ahead = if waits { Some(enrolments::ahead(db, &found)?) } else { None };
        Ok(Some((found, ahead)))
    });
    let (found, ahead) = enrolment.found(read.await?)?;
    let enrolment = EnrolmentView::of(found, state.rules.zone);
    Ok(Shown::plain(EnrolmentShown { enrolment, ahead: ahead.map(Count) }))
}
