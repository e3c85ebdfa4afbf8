//! Trainings: courses that volunteers took, apart from service.

use super::extract::{Anyone, Coordinator, IfMatch, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, Day, LocalTime};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{Seq, TrainingId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::domain::training::{CorrectTraining, EnterTraining, Training, TrainingTerms, VoidTraining};
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::trainings::{self, TrainingFilter, TrainingReadModel};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(enter_training)
        .service(list_trainings)
        .service(get_training)
        .service(correct_training)
        .service(void_training);
}

/// At most what the days of a leap year have.
type TrainingMinutes = BoundedInt<1, 527_040>;

/// A training to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "volunteer": "VolunteerId", "course": "急救培训", "organiser": "市红十字会", "result": "合格",
    "first_day": "2026-11-14", "last_day": "2026-11-15", "minutes": 480
}))]
pub struct NewTraining {
    pub volunteer: VolunteerId,
    pub course: Note,
    /// Who organised it.
    pub organiser: Note,
    /// The result, such as a grade.
    pub result: Option<Note>,
    pub first_day: Day,
    /// Today at the latest.
    pub last_day: Day,
    /// How long it took; at most as many minutes as its days have.
    pub minutes: TrainingMinutes,
}

/// A training as it should have been entered, and what was wrong.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "course": "急救培训", "organiser": "市红十字会", "result": "合格", "first_day": "2026-11-14",
    "last_day": "2026-11-15", "minutes": 420, "reason": "时长有误"
}))]
pub struct TrainingCorrection {
    pub course: Note,
    /// Who organised it.
    pub organiser: Note,
    /// The result, such as a grade.
    pub result: Option<Note>,
    pub first_day: Day,
    /// Today at the latest.
    pub last_day: Day,
    /// How long it took; at most as many minutes as its days have.
    pub minutes: TrainingMinutes,
    /// What was wrong.
    pub reason: Note,
}

/// Why a training is voided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "重复登记" }))]
pub struct TrainingVoid {
    pub reason: Note,
}

/// A training.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Training)]
pub struct TrainingView {
    pub id: TrainingId,
    pub volunteer: VolunteerId,
    /// The unit for which it was entered.
    pub unit: UnitId,
    pub first_day: Day,
    pub last_day: Day,
    /// Not counted in any total of service.
    pub minutes: Minutes,
    pub entered_by: Actor,
    pub entered_at: LocalTime,
    /// When it was voided; null if it was not.
    pub voided_at: Option<LocalTime>,
    /// The journal entry that changed it last. `If-Match` takes it, in quotes.
    pub version: Seq,
}

impl View for TrainingView {
    type Thing = Training;

    fn of(training: Training, zone: LocalZone) -> Self {
        Self {
            id: training.id,
            volunteer: training.volunteer,
            unit: training.unit,
            first_day: Day(training.first_day),
            last_day: Day(training.last_day),
            minutes: training.minutes,
            entered_by: training.entered_by,
            entered_at: LocalTime::new(training.entered_at, zone),
            voided_at: training.voided_at.map(|at| LocalTime::new(at, zone)),
            version: training.version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/trainings/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// A training with its texts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TrainingWithWords)]
pub struct TrainingShown {
    #[serde(flatten)]
    pub training: TrainingView,
    /// Null once the volunteer's personal data is erased.
    pub course: Option<Note>,
    /// Null once the volunteer's personal data is erased.
    pub organiser: Option<Note>,
    pub result: Option<Note>,
}

impl TrainingShown {
    fn of(found: TrainingReadModel, zone: LocalZone) -> Self {
        let TrainingReadModel { training, course, organiser, result } = found;
        Self { training: TrainingView::of(training, zone), course, organiser, result }
    }
}

/// Enters a training that a volunteer took
///
/// By a coordinator of the volunteer's unit. It is kept apart from service and not counted in any total.
#[utoipa::path(
    tag = "trainings",
    request_body = NewTraining,
    responses((status = 201, description = "The training", body = Changed<TrainingView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "training_of_own", "training_dates_invalid",
        "training_minutes_invalid"
    ]))),
)]
#[post("/trainings")]
pub async fn enter_training(
    state: State,
    caller: Coordinator,
    body: Strict<NewTraining>,
) -> Result<Created<TrainingView>, ApiError> {
    let NewTraining { volunteer, course, organiser, result, first_day, last_day, minutes } = body.value;
    let terms = terms(&state, (course, organiser, result), (first_day, last_day), minutes)?;
    let command = Command::EnterTraining(EnterTraining { volunteer, terms });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Corrects a training
///
/// The journal keeps the former version.
#[utoipa::path(
    tag = "trainings",
    params(("id" = TrainingId, Path, description = "The training")),
    request_body = TrainingCorrection,
    responses((status = 200, description = "The training", body = Changed<TrainingView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "training_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "training_of_own", "training_voided",
        "training_dates_invalid", "training_minutes_invalid", "version_stale"
    ]))),
)]
#[put("/trainings/{id}")]
pub async fn correct_training(
    state: State,
    caller: Coordinator,
    training: PathId<TrainingId>,
    expected: IfMatch,
    body: Strict<TrainingCorrection>,
) -> Result<Changed<TrainingView>, ApiError> {
    let TrainingCorrection { course, organiser, result, first_day, last_day, minutes, reason } = body.value;
    let terms = terms(&state, (course, organiser, result), (first_day, last_day), minutes)?;
    let (training, expected, reason) = (training.0, expected.0, state.commit(reason)?);
    let command = Command::CorrectTraining(CorrectTraining { training, expected, terms, reason });
    state.update(caller.asker(), command).await
}

/// Voids a training
///
/// It stays in the list, and is not on later certificates.
#[utoipa::path(
    tag = "trainings",
    params(("id" = TrainingId, Path, description = "The training")),
    request_body = TrainingVoid,
    responses((status = 200, description = "The training", body = Changed<TrainingView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "training_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "training_of_own", "training_voided"
    ]))),
)]
#[post("/trainings/{id}/void")]
pub async fn void_training(
    state: State,
    caller: Coordinator,
    training: PathId<TrainingId>,
    body: Strict<TrainingVoid>,
) -> Result<Changed<TrainingView>, ApiError> {
    let (training, reason) = (training.0, state.commit(body.value.reason)?);
    state
        .change(caller.asker(), body.idempotency, Command::VoidTraining(VoidTraining { training, reason }))
        .await
}

fn terms(
    state: &State,
    (course, organiser, result): (Note, Note, Option<Note>),
    (first_day, last_day): (Day, Day),
    minutes: TrainingMinutes,
) -> Result<TrainingTerms, ApiError> {
    Ok(TrainingTerms {
        course: state.commit(course)?,
        organiser: state.commit(organiser)?,
        result: result.map(|result| state.commit(result)).transpose()?,
        first_day: first_day.0,
        last_day: last_day.0,
        minutes: Minutes(minutes.0),
    })
}

/// Which trainings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TrainingQuery {
    /// Entered for this unit or one under it.
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists trainings
///
/// Newest first, including voided ones. A volunteer sees their own only.
#[utoipa::path(
    tag = "trainings",
    params(TrainingQuery),
    responses((status = 200, description = "A page", body = Page<TrainingShown>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/trainings")]
pub async fn list_trainings(
    state: State,
    caller: Anyone,
    query: Query<TrainingQuery>,
) -> Result<Shown<Page<TrainingShown>>, ApiError> {
    let TrainingQuery { unit, volunteer, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("trainings", limit, cursor.as_ref())?);
    let filter = TrainingFilter { unit, volunteer };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| trainings::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("trainings", page, |found| TrainingShown::of(found, zone))))
}

/// Shows a training
///
/// With its texts, until the volunteer's personal data is erased.
#[utoipa::path(
    tag = "trainings",
    params(("id" = TrainingId, Path, description = "The training")),
    responses((status = 200, description = "The training", body = TrainingShown, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["training_not_found"]))),
)]
#[get("/trainings/{id}")]
pub async fn get_training(
    state: State,
    caller: Anyone,
    training: PathId<TrainingId>,
) -> Result<Shown<TrainingShown>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| trainings::get(db, scope, training.0)).await?;
    let shown = TrainingShown::of(training.found(found)?, state.rules.zone);
    let version = shown.training.version;
    Ok(Shown::versioned(shown, version))
}
