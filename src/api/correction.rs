//! Corrections (更正): volunteers say that a record is missing or wrong, and the unit decides.

use super::extract::{Anyone, Coordinator, PathId, Query, Strict, VolunteerOnly};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{LocalTime, Span, SpanInput};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::correction::{
    AcceptCorrection, AskCorrection, Complaint, Correction, CorrectionStatus, DeclineCorrection,
};
use crate::domain::ids::{ActivityId, CorrectionId, RecordId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::corrections::{self, CorrectionFilter};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(report_missing_record)
        .service(report_wrong_record)
        .service(list_corrections)
        .service(get_correction)
        .service(accept_correction)
        .service(decline_correction);
}

/// Service that was given and is not recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "volunteer": "VolunteerId", "activity": "ActivityId", "words": "当天未签到",
    "service": { "start": "2026-11-18T09:00:00+08:00", "end": "2026-11-18T11:00:00+08:00" }
}))]
pub struct MissingRecord {
    /// The volunteer who asks.
    pub volunteer: VolunteerId,
    pub activity: ActivityId,
    /// When the service was given.
    pub service: SpanInput,
    pub words: Note,
}

/// What is wrong with a record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId", "words": "结束时间应为 17:00" }))]
pub struct WrongRecord {
    /// The volunteer who asks.
    pub volunteer: VolunteerId,
    pub words: Note,
}

/// How the correction was carried out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "led_to": "RecordId", "words": "已补登" }))]
pub struct Acceptance {
    /// The record that it led to; required if a record was missing.
    pub led_to: Option<RecordId>,
    pub words: Option<Note>,
}

/// Why it is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "words": "签到表上没有" }))]
pub struct Declination {
    pub words: Note,
}

/// Whether a record was missing or wrong.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    Missing,
    Wrong,
}

/// A correction.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Correction)]
pub struct CorrectionView {
    pub id: CorrectionId,
    pub volunteer: VolunteerId,
    /// The unit that decides.
    pub unit: UnitId,
    pub kind: CorrectionKind,
    /// The activity for which a record is missing.
    pub activity: Option<ActivityId>,
    /// When the unrecorded service was given.
    pub service: Option<Span>,
    /// The record that is wrong.
    pub record: Option<RecordId>,
    pub status: CorrectionStatus,
    pub asked_at: LocalTime,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<LocalTime>,
    /// The record that it led to.
    pub led_to: Option<RecordId>,
}

impl View for CorrectionView {
    type Thing = Correction;

    fn of(correction: Correction, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        let (kind, activity, service, record) = match correction.complaint {
            Complaint::Missing { activity, service } => {
                (CorrectionKind::Missing, Some(activity), Some(Span::new(service, zone)), None)
            }
            Complaint::Wrong { record } => (CorrectionKind::Wrong, None, None, Some(record)),
        };
        Self {
            id: correction.id,
            volunteer: correction.volunteer,
            unit: correction.unit,
            kind,
            activity,
            service,
            record,
            status: correction.status,
            asked_at: time(correction.asked_at),
            decided_by: correction.decided_by,
            decided_at: correction.decided_at.map(time),
            led_to: correction.led_to,
        }
    }

    fn location(&self) -> String {
        format!("/v1/corrections/{}", self.id)
    }
}

/// A correction, with what was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedCorrection)]
pub struct ExplainedCorrectionView {
    #[serde(flatten)]
    pub correction: CorrectionView,
    /// What is missing or wrong.
    pub words: Option<Note>,
    /// The reason for the decision.
    pub decision: Option<Note>,
}

impl ExplainedCorrectionView {
    fn of(view: corrections::CorrectionReadModel, zone: LocalZone) -> Self {
        let corrections::CorrectionReadModel { correction, words, decision } = view;
        Self { correction: CorrectionView::of(correction, zone), words, decision }
    }
}

/// Reports that a record is missing
///
/// By the volunteer. The activity's unit decides.
#[utoipa::path(
    tag = "corrections",
    request_body = MissingRecord,
    responses((status = 201, description = "The correction", body = Changed<CorrectionView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "activity_cancelled", "end_not_after_start", "service_in_future",
        "outside_window", "daily_cap_reached", "correction_already_open", "corrections_too_many"
    ]))),
)]
#[post("/corrections")]
pub async fn report_missing_record(
    state: State,
    caller: VolunteerOnly,
    body: Strict<MissingRecord>,
) -> Result<Created<CorrectionView>, ApiError> {
    let MissingRecord { volunteer, activity, service, words } = body.value;
    let complaint = Complaint::Missing { activity, service: service.into() };
    let ask = AskCorrection { volunteer, complaint, words: state.commit(words)? };
    state.create(caller.asker(), body.idempotency, Command::AskCorrection(ask)).await
}

/// Reports that a record is wrong
///
/// By the volunteer. The record's unit decides; this does not change the record itself.
#[utoipa::path(
    tag = "corrections",
    params(("id" = RecordId, Path, description = "The record")),
    request_body = WrongRecord,
    responses((status = 201, description = "The correction", body = Changed<CorrectionView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "record_not_found", "record_not_live", "correction_already_open", "corrections_too_many"
    ]))),
)]
#[post("/service-records/{id}/corrections")]
pub async fn report_wrong_record(
    state: State,
    caller: VolunteerOnly,
    record: PathId<RecordId>,
    body: Strict<WrongRecord>,
) -> Result<Created<CorrectionView>, ApiError> {
    let WrongRecord { volunteer, words } = body.value;
    let complaint = Complaint::Wrong { record: record.0 };
    let ask = AskCorrection { volunteer, complaint, words: state.commit(words)? };
    state.create(caller.asker(), body.idempotency, Command::AskCorrection(ask)).await
}

/// Accepts a correction that has been carried out
///
/// The missing record has been entered, or the wrong one rejected or voided. Nobody decides their own.
#[utoipa::path(
    tag = "corrections",
    params(("id" = CorrectionId, Path, description = "The correction")),
    request_body = Acceptance,
    responses((status = 200, description = "The correction", body = Changed<CorrectionView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "correction_not_found", "record_not_found", "outside_unit", "correction_not_open",
        "correction_of_own", "correction_not_done", "correction_record_unfit"
    ]))),
)]
#[post("/corrections/{id}/accept")]
pub async fn accept_correction(
    state: State,
    caller: Coordinator,
    correction: PathId<CorrectionId>,
    body: Strict<Acceptance>,
) -> Result<Changed<CorrectionView>, ApiError> {
    let Acceptance { led_to, words } = body.value;
    let accept = AcceptCorrection { correction: correction.0, led_to, words: state.commit_note(words)? };
    state.change(caller.asker(), body.idempotency, Command::AcceptCorrection(accept)).await
}

/// Declines a correction
///
/// Nobody decides their own.
#[utoipa::path(
    tag = "corrections",
    params(("id" = CorrectionId, Path, description = "The correction")),
    request_body = Declination,
    responses((status = 200, description = "The correction", body = Changed<CorrectionView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "correction_not_found", "outside_unit", "correction_not_open", "correction_of_own"
    ]))),
)]
#[post("/corrections/{id}/decline")]
pub async fn decline_correction(
    state: State,
    caller: Coordinator,
    correction: PathId<CorrectionId>,
    body: Strict<Declination>,
) -> Result<Changed<CorrectionView>, ApiError> {
    let words = state.commit(body.value.words)?;
    let decline = DeclineCorrection { correction: correction.0, words };
    state.change(caller.asker(), body.idempotency, Command::DeclineCorrection(decline)).await
}

/// Which corrections.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CorrectionQuery {
    volunteer: Option<VolunteerId>,
    /// To be decided by this unit or one under it.
    unit: Option<UnitId>,
    status: Option<CorrectionStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists corrections
///
/// Those that the caller's units decide, newest first. A volunteer sees their own only.
#[utoipa::path(
    tag = "corrections",
    params(CorrectionQuery),
    responses((status = 200, description = "A page", body = Page<ExplainedCorrectionView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/corrections")]
pub async fn list_corrections(
    state: State,
    caller: Anyone,
    query: Query<CorrectionQuery>,
) -> Result<Shown<Page<ExplainedCorrectionView>>, ApiError> {
    let CorrectionQuery { volunteer, unit, status, limit, cursor } = query.0;
    let request = page_request("corrections", limit, cursor.as_ref())?;
    let filter = CorrectionFilter { volunteer, unit, status };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| corrections::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    let show = |view| ExplainedCorrectionView::of(view, state.rules.zone);
    Ok(Shown::plain(Page::new("corrections", page, show)))
}

/// Shows a correction, with what was written
///
/// To the unit that decides and to the volunteer.
#[utoipa::path(
    tag = "corrections",
    params(("id" = CorrectionId, Path, description = "The correction")),
    responses((status = 200, description = "The correction", body = ExplainedCorrectionView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["correction_not_found"]))),
)]
#[get("/corrections/{id}")]
pub async fn get_correction(
    state: State,
    caller: Anyone,
    correction: PathId<CorrectionId>,
) -> Result<Shown<ExplainedCorrectionView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| corrections::get(db, scope, correction.0)).await?;
    Ok(Shown::plain(ExplainedCorrectionView::of(correction.found(found)?, state.rules.zone)))
}
