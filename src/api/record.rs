//! Service records: submitted, credited or rejected, perhaps voided; one by one or in bulk.

use super::as_of::{beyond_the_end, entry_asked};
use super::extract::{Anyone, Changer, Coordinator, Lenient, NoBody, PathId, Queries, Strict, VolunteerOnly};
use super::language::Language;
use super::page::{EntryNumber, Page, PageQuery};
use super::problem::{ApiError, Problem};
use super::routing::Routes;
use super::state::{AppState, State, not_found};
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, BoundedVec, Count, Day, LocalTime, ReceiptView, Span, SpanInput};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::as_of::AsOf;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, LotId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::record::{
    ConfirmRecord, CreditRecord, Deduct, RecordStatus, RejectRecord, ServiceRecord, SubmitRecord, VoidRecord,
    WithdrawRecord,
};
use crate::domain::text::Note;
use crate::domain::time::{Interval, LocalZone, Timestamp};
use crate::store::read::About;
use crate::store::read::records::{self, RecordFilter};
use crate::store::{Db, head};
use actix_web::{get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(submit_record)
        .service(submit_records)
        .service(list_records)
        .service(get_record)
        .service(confirm_record)
        .service(credit_record)
        .service(reject_record)
        .service(withdraw_record)
        .service(void_record);
}

/// Breaks within one service.
pub type Breaks = BoundedVec<SpanInput, 0, 48>;
/// Occasions in one record.
pub type Occasions = BoundedInt<1, 1000>;

/// Service that was given, to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "activity": "ActivityId", "volunteer": "VolunteerId", "start": "2026-11-18T14:00:00+08:00",
    "end": "2026-11-18T17:00:00+08:00",
    "breaks": [{ "start": "2026-11-18T15:30:00+08:00", "end": "2026-11-18T15:45:00+08:00" }], "evidence": "leader"
}))]
pub struct NewRecord {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub start: Timestamp,
    pub end: Timestamp,
    /// Within the service, in order, not overlapping.
    #[serde(default)]
    #[schema(inline)]
    pub breaks: Breaks,
    /// `leader`, `import` or `backfill` by operators, `claimed` by volunteers. Nobody says `scan` or `geo`: the service
    /// alone makes them, of what it saw.
    pub evidence: Evidence,
    /// How many occasions; only for activities that count occasions.
    #[schema(inline)]
    pub count: Option<Occasions>,
    /// Why it is entered late; required for `backfill`, and for all that is late.
    pub reason: Option<Note>,
    /// Whether to credit it in the same step, as far as the unit's crediting policy lets one person do so.
    #[serde(default)]
    pub credit: bool,
}

impl NewRecord {
    fn command(self, state: &AppState) -> Result<Command, ApiError> {
        Ok(Command::SubmitRecord(SubmitRecord {
            activity: self.activity,
            volunteer: self.volunteer,
            interval: Interval { start: self.start, end: self.end },
            breaks: self.breaks.0.into_iter().map(Into::into).collect(),
            evidence: self.evidence,
            count: self.count.map(|count| count.0),
            reason: state.commit_note(self.reason)?,
            credit: self.credit,
        }))
    }
}

/// Most service records in one request.
pub const BULK_ITEMS_MAX: usize = 1000;
/// Bytes that a request with many service records may have.
pub const BULK_BYTES_MAX: usize = 4 * 1024 * 1024;

/// As many as one request takes.
pub type NewRecords = BoundedVec<NewRecord, 1, BULK_ITEMS_MAX>;

/// Many service records, each decided separately.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "items": [{
    "activity": "ActivityId", "volunteer": "VolunteerId", "start": "2026-11-18T14:00:00+08:00",
    "end": "2026-11-18T17:00:00+08:00", "evidence": "leader"
}] }))]
pub struct RecordBatch {
    #[schema(inline)]
    pub items: NewRecords,
}

/// The result for each item, in the order of the items.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordBatchResult {
    pub items: Vec<RecordBatchItem>,
}

/// The result for one item.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum RecordBatchItem {
    Accepted { record: Box<RecordView>, receipt: ReceiptView },
    Refused { problem: Box<Problem> },
}

/// Minutes of one deduction.
pub type DeductedMinutes = BoundedInt<1, 1440>;
/// Deductions from one record.
pub type Deductions = BoundedVec<DeductionInput, 0, 20>;

/// Minutes that are not credited, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeductionInput {
    #[schema(inline)]
    pub minutes: DeductedMinutes,
    pub reason: Note,
}

/// How a record is credited: without deductions by default.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "deductions": [{ "minutes": 15, "reason": "迟到" }] }))]
pub struct CreditInput {
    #[serde(default)]
    #[schema(inline)]
    pub deductions: Deductions,
}

/// The reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "与签到表不符" }))]
pub struct Reason {
    pub reason: Note,
}

/// A service record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ServiceRecord)]
pub struct RecordView {
    pub id: RecordId,
    pub activity: ActivityId,
    pub programme: ProgrammeId,
    /// The activity's unit. The hours stay with it, even if the volunteer moves.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub start: LocalTime,
    pub end: LocalTime,
    pub breaks: Vec<Span>,
    pub evidence: Evidence,
    /// Whether it says a check-in that somebody declared and the service did not see: records of former times.
    pub self_declared: bool,
    /// How many occasions; only for activities that count occasions.
    pub count: Count,
    pub claimed_minutes: Minutes,
    pub credited_minutes: Minutes,
    pub deductions: Vec<DeductionView>,
    pub status: RecordStatus,
    /// Whether it was entered more than ten working days after the service's end (formerly, the activity's): it takes
    /// a second person and a reason, and earns no points.
    pub late: bool,
    /// The last day on which it would have been in time, by the calendar as it was when the record was
    /// entered; null for records older than the calendar.
    pub record_by: Option<Day>,
    /// The end of its public notice, past or future; null if it never was on notice.
    pub notice_ends_at: Option<LocalTime>,
    /// How many open objections block the crediting.
    pub open_objections: Count,
    /// The local day on which it started. Totals count all of it on this day.
    pub service_date: Day,
    pub submitted_by: Actor,
    pub submitted_at: LocalTime,
    /// When the volunteer confirmed what somebody else had entered; null if they did not.
    pub confirmed_at: Option<LocalTime>,
    /// Who credited, rejected or withdrew it.
    pub decided_by: Option<Actor>,
    pub decided_at: Option<LocalTime>,
    /// Whether one person alone entered and credited it, as the unit's crediting policy let them.
    pub credited_alone: bool,
    pub voided_by: Option<Actor>,
    pub voided_at: Option<LocalTime>,
    /// The lot of points that it earned.
    pub lot: Option<LotId>,
}

/// Minutes that were not credited.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deduction)]
pub struct DeductionView {
    pub minutes: Minutes,
    /// The salted commitment to the reason, as it stands in the journal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub reason_commitment: String,
}

impl View for RecordView {
    type Thing = ServiceRecord;

    fn of(record: ServiceRecord, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        Self {
            id: record.id,
            activity: record.activity,
            programme: record.programme,
            unit: record.unit,
            volunteer: record.volunteer,
            start: time(record.started_at),
            end: time(record.ended_at),
            breaks: record.breaks.into_iter().map(|interval| Span::new(interval, zone)).collect(),
            evidence: record.evidence,
            self_declared: record.evidence.is_self_declared(record.submitted_by),
            count: Count(record.count),
            claimed_minutes: record.claimed_minutes,
            credited_minutes: record.credited_minutes,
            deductions: record
                .deductions
                .into_iter()
                .map(|deduction| DeductionView {
                    minutes: deduction.minutes,
                    reason_commitment: deduction.reason.to_string(),
                })
                .collect(),
            status: record.status,
            late: record.late,
            record_by: record.record_by.map(Day),
            notice_ends_at: record.notice_ends_at.map(time),
            open_objections: Count(record.open_objections),
            service_date: Day(record.service_date),
            submitted_by: record.submitted_by,
            submitted_at: time(record.submitted_at),
            confirmed_at: record.confirmed_at.map(time),
            decided_by: record.decided_by,
            decided_at: record.decided_at.map(time),
            credited_alone: record.credited_alone,
            voided_by: record.voided_by,
            voided_at: record.voided_at.map(time),
            lot: record.lot,
        }
    }

    fn location(&self) -> String {
        format!("/v1/service-records/{}", self.id)
    }
}

/// Submits a service record; credits it in the same step if asked to
///
/// By a coordinator of the activity's unit: as `leader` within 48 hours of the service's end, or what the unit's
/// crediting policy says; later as `backfill`. By the volunteer as `claimed`: what is credited of it gives minutes and no
/// points. Who enters a record does not credit it, but for what the unit's crediting policy lets one person do.
#[utoipa::path(
    tag = "service-records",
    request_body = NewRecord,
    responses((status = 201, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "volunteer_not_found", "outside_unit", "evidence_not_permitted",
        "evidence_not_seen", "evidence_not_on_the_spot", "second_person_needed",
        "volunteer_closed", "volunteer_inactive", "activity_cancelled", "end_not_after_start", "service_in_future", "outside_window",
        "breaks_invalid", "no_minutes", "count_missing", "count_unexpected", "reason_missing", "claims_too_many",
        "record_overlaps",
        "approval_of_own_hours", "approval_of_own_backfill", "approval_needs_parent_unit",
        "approval_needs_top_unit", "approval_of_long_day", "daily_cap_reached", "count_cap_reached", "notice_running",
        "objection_open"
    ]))),
)]
#[post("/service-records")]
pub async fn submit_record(
    state: State,
    caller: Changer,
    body: Strict<NewRecord>,
) -> Result<Created<RecordView>, ApiError> {
    let command = body.value.command(&state)?;
    state.create(caller.asker(), body.idempotency, command).await
}

/// Submits up to 1,000 service records, each decided separately
///
/// An item that a rule refuses does not affect the others. If any item is malformed, the whole request is
/// refused and nothing is done.
#[utoipa::path(
    tag = "service-records",
    request_body = RecordBatch,
    responses((status = 200, description = "The result for each item", body = RecordBatchResult)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
)]
#[post("/service-records/bulk")]
pub async fn submit_records(
    state: State,
    caller: Changer,
    language: Language,
    body: Strict<RecordBatch, BULK_BYTES_MAX>,
) -> Result<web::Json<RecordBatchResult>, ApiError> {
    let items = body.value.items.0.into_iter();
    let commands = items.map(|item| item.command(&state)).collect::<Result<_, _>>()?;
    let answers = state.execute_each(caller.asker(), body.idempotency, commands).await?;
    let items = state.show_each(language, answers, |shown| match shown {
        Ok((record, receipt)) => RecordBatchItem::Accepted { record: Box::new(record), receipt },
        Err(problem) => RecordBatchItem::Refused { problem },
    })?;
    Ok(web::Json(RecordBatchResult { items }))
}

/// Confirms a submitted service record
///
/// By the volunteer, of what somebody else entered: two persons then stand for it, and who entered it may credit it, but
/// for what is late.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    responses((status = 200, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "record_not_found", "record_not_submitted", "confirmation_of_own_entry", "record_confirmed_before"
    ]))),
)]
#[post("/service-records/{id}/confirm")]
pub async fn confirm_record(
    state: State,
    caller: VolunteerOnly,
    record: PathId<RecordId>,
    request: NoBody,
) -> Result<Changed<RecordView>, ApiError> {
    let command = Command::ConfirmRecord(ConfirmRecord { record: record.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Credits a submitted service record
///
/// Posts the minutes and awards the points in one step. By another person than who entered it, unless the volunteer
/// confirmed it and it is not late, or the unit's crediting policy lets one person do so. What a volunteer claimed may
/// be credited by the activity's leader, too.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    request_body = Option<CreditInput>,
    responses((status = 200, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "record_not_found", "outside_unit", "record_not_submitted", "volunteer_closed", "volunteer_inactive", "deductions_invalid",
        "second_person_needed",
        "approval_of_own_hours", "approval_of_own_backfill", "approval_needs_parent_unit",
        "approval_needs_top_unit", "approval_of_long_day", "daily_cap_reached", "notice_running", "objection_open"
    ]))),
)]
#[post("/service-records/{id}/credit")]
pub async fn credit_record(
    state: State,
    caller: Changer,
    record: PathId<RecordId>,
    body: Lenient<CreditInput>,
) -> Result<Changed<RecordView>, ApiError> {
    let deduct = |input: DeductionInput| -> Result<Deduct, ApiError> {
        Ok(Deduct { minutes: Minutes(input.minutes.0), reason: state.commit(input.reason)? })
    };
    let deductions = body.value.deductions.0.into_iter().map(deduct).collect::<Result<_, _>>()?;
    let command = Command::CreditRecord(CreditRecord { record: record.0, deductions });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Rejects a submitted service record
///
/// It stays visible, and does not count.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    request_body = Reason,
    responses((status = 200, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["record_not_found", "outside_unit", "record_not_submitted"]))),
)]
#[post("/service-records/{id}/reject")]
pub async fn reject_record(
    state: State,
    caller: Coordinator,
    record: PathId<RecordId>,
    body: Strict<Reason>,
) -> Result<Changed<RecordView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::RejectRecord(RejectRecord { record: record.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Withdraws a submitted service record
///
/// By the person who entered it, while it waits. Its time is free again. Objections to it go along where the same service
/// is entered anew.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    responses((status = 200, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "record_not_found", "outside_unit", "withdrawal_by_another", "record_not_submitted"
    ]))),
)]
#[post("/service-records/{id}/withdraw")]
pub async fn withdraw_record(
    state: State,
    caller: Changer,
    record: PathId<RecordId>,
    request: NoBody,
) -> Result<Changed<RecordView>, ApiError> {
    let command = Command::WithdrawRecord(WithdrawRecord { record: record.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Voids a credited service record
///
/// A linked reversal takes back the minutes and the points: unspent points first; points that were spent
/// become a debt.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    request_body = Reason,
    responses((status = 200, description = "The record", body = Changed<RecordView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["record_not_found", "outside_unit", "record_not_credited"]))),
)]
#[post("/service-records/{id}/void")]
pub async fn void_record(
    state: State,
    caller: Coordinator,
    record: PathId<RecordId>,
    body: Strict<Reason>,
) -> Result<Changed<RecordView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::VoidRecord(VoidRecord { record: record.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// A service record, with what people wrote about it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedServiceRecord)]
pub struct ExplainedRecordView {
    #[serde(flatten)]
    pub record: RecordView,
    pub reasons: ReasonsView,
}

/// What people wrote about a service record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reasons)]
pub struct ReasonsView {
    /// Why it was entered late.
    pub submitted: Option<Note>,
    /// Why minutes were deducted.
    pub deducted: Vec<DeductionReason>,
    /// Why it was rejected.
    pub rejected: Option<Note>,
    /// Why it was voided.
    pub voided: Option<Note>,
}

/// Why minutes were deducted.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeductionReason {
    /// The commitment that the record's deduction refers to.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub reason_commitment: String,
    pub reason: Note,
}

impl ExplainedRecordView {
    fn new(found: records::RecordReadModel, zone: LocalZone) -> Self {
        let records::RecordReadModel { record, reasons } = found;
        let deducted = reasons.deducted.into_iter().map(|(commitment, reason)| DeductionReason {
            reason_commitment: commitment.to_string(),
            reason,
        });
        let reasons = ReasonsView {
            submitted: reasons.submitted,
            deducted: deducted.collect(),
            rejected: reasons.rejected,
            voided: reasons.voided,
        };
        Self { record: RecordView::of(record, zone), reasons }
    }
}

/// Which service records.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecordQuery {
    volunteer: Option<VolunteerId>,
    activity: Option<ActivityId>,
    programme: Option<ProgrammeId>,
    /// Served with this unit or one under it.
    unit: Option<UnitId>,
    status: Option<RecordStatus>,
    evidence: Option<Evidence>,
    /// First service date.
    from: Option<Day>,
    /// Last service date.
    to: Option<Day>,
    /// Whether it was entered late.
    late: Option<bool>,
    /// Only records that totals count as of this journal entry.
    #[param(inline)]
    counted_as_of: Option<EntryNumber>,
    /// Records as they stood as of this journal entry, instant or day; as of now by default. A unit's readers find
    /// what was served with the unit, as in totals.
    as_of: Option<AsOf>,
}

impl RecordQuery {
    /// The things that the filter names.
    pub(super) fn about(&self) -> About {
        let Self { volunteer, activity, programme, unit, .. } = *self;
        About { unit, programme, activity, volunteer, ..About::default() }
    }

    /// What the store is asked for, and as of when.
    pub(super) fn filter(self) -> (RecordFilter, Option<AsOf>) {
        let filter = RecordFilter {
            volunteer: self.volunteer,
            activity: self.activity,
            programme: self.programme,
            unit: self.unit,
            status: self.status,
            evidence: self.evidence,
            from: self.from.map(|day| day.0),
            to: self.to.map(|day| day.0),
            late: self.late,
            counted_as_of: self.counted_as_of.map(|seq| Seq(seq.0)),
            as_of: None,
        };
        (filter, self.as_of)
    }
}

/// Lists service records
///
/// Of the caller's units and their volunteers, newest first. A volunteer sees their own only.
#[utoipa::path(
    tag = "service-records",
    params(RecordQuery, PageQuery),
    responses((status = 200, description = "A page", body = Page<RecordView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/service-records")]
pub async fn list_records(
    state: State,
    caller: Anyone,
    query: Queries<RecordQuery, PageQuery>,
) -> Result<Shown<Page<RecordView>>, ApiError> {
    let Queries(records, page) = query;
    let (about, request) = (records.about(), page.of("records")?);
    let (mut filter, asked) = records.filter();
    let present = state.present();
    let read = move |db: &mut Db, scope| {
        if let Some(seq) = filter.counted_as_of
            && seq > head::read(db)?.last_seq
        {
            return Ok(Err(beyond_the_end("counted_as_of")));
        }
        if asked.is_some() {
            match entry_asked(db, asked, present)? {
                Ok(as_of) => filter.as_of = Some(as_of),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        let page = records::list(db, scope, &filter, request)?;
        let unseen = if page.items.is_empty() { about.unseen(db, scope)? } else { None };
        Ok(unseen.map_or(Ok(page), |unseen| Err(not_found(unseen))))
    };
    let page = state.read_as(caller.0, read).await??;
    Ok(Shown::plain(Page::of("records", page, state.rules.zone)))
}

/// Shows a service record, with what people wrote about it
///
/// What was written is erased with the person.
#[utoipa::path(
    tag = "service-records",
    params(("id" = RecordId, Path, description = "The record")),
    responses((status = 200, description = "The record", body = ExplainedRecordView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["record_not_found"]))),
)]
#[get("/service-records/{id}")]
pub async fn get_record(
    state: State,
    caller: Anyone,
    record: PathId<RecordId>,
) -> Result<Shown<ExplainedRecordView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| records::get(db, scope, record.0)).await?;
    Ok(Shown::plain(ExplainedRecordView::new(record.found(found)?, state.rules.zone)))
}
