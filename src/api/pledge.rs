//! Pledges: what volunteers promise, and the records that keep it.

use super::extract::{Anyone, Changer, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{Day, LocalTime};
use crate::domain::Command;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use crate::domain::pledge::{EndPledge, FulfilPledge, MakePledge, Pledge};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::pledges::{self, PledgeFilter};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(make_pledge)
        .service(list_pledges)
        .service(get_pledge)
        .service(fulfil_pledge)
        .service(end_pledge);
}

/// A pledge to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId", "title": "每月服务两小时", "due": "2026-12-31" }))]
pub struct NewPledge {
    pub volunteer: VolunteerId,
    /// What is promised, in the volunteer's words; erased when the registration is closed.
    pub title: Note,
    /// The day by which it is to be kept; today or later.
    pub due: Day,
}

/// A record that keeps a pledge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "record": "RecordId" }))]
pub struct KeepingRecord {
    /// A credited record of the volunteer.
    pub record: RecordId,
}

/// A pledge.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pledge)]
pub struct PledgeView {
    pub id: PledgeId,
    pub volunteer: VolunteerId,
    /// The unit that the volunteer belonged to when it was made.
    pub unit: UnitId,
    /// The day by which it is to be kept.
    pub due: Day,
    /// The records that keep it, in the order in which they were named.
    pub records: Vec<RecordId>,
    pub made_at: LocalTime,
    /// When it was ended; null while it lasts.
    pub ended_at: Option<LocalTime>,
}

impl View for PledgeView {
    type Thing = Pledge;

    fn of(pledge: Pledge, zone: LocalZone) -> Self {
        Self {
            id: pledge.id,
            volunteer: pledge.volunteer,
            unit: pledge.unit,
            due: Day(pledge.due),
            records: pledge.records,
            made_at: LocalTime::new(pledge.made_at, zone),
            ended_at: pledge.ended_at.map(|at| LocalTime::new(at, zone)),
        }
    }

    fn location(&self) -> String {
        format!("/v1/pledges/{}", self.id)
    }
}

/// A pledge with its text, and whether it is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PledgeWithRecords)]
pub struct PledgeShown {
    #[serde(flatten)]
    pub pledge: PledgeView,
    /// What is promised; null once the volunteer's data is erased.
    pub title: Option<Note>,
    /// Whether at least one of its records counts now.
    pub kept: bool,
    pub kept_by: Vec<KeptByView>,
}

/// A record that keeps a pledge, as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KeptBy)]
pub struct KeptByView {
    pub record: RecordId,
    pub credited_minutes: Minutes,
    /// Whether it still counts; it may have been voided.
    pub counts: bool,
}

impl PledgeShown {
    fn of(found: pledges::PledgeReadModel, zone: LocalZone) -> Self {
        let view = |kept: &pledges::KeptBy| KeptByView {
            record: kept.record,
            credited_minutes: kept.credited_minutes,
            counts: kept.counts,
        };
        Self {
            pledge: PledgeView::of(found.pledge, zone),
            title: found.title,
            kept: found.kept_by.iter().any(|kept| kept.counts),
            kept_by: found.kept_by.iter().map(view).collect(),
        }
    }
}

/// Makes a pledge
///
/// By the volunteer, or by a coordinator of the volunteer's unit; at most 20 are open at a time. Where one that is open
/// promises the same for the same day, that is the answer, and nothing is written.
#[utoipa::path(
    tag = "pledges",
    request_body = NewPledge,
    responses((status = 201, description = "The pledge", body = Changed<PledgeView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "pledge_due_in_past",
        "pledges_too_many"
    ]))),
)]
#[post("/pledges")]
pub async fn make_pledge(
    state: State,
    caller: Changer,
    body: Strict<NewPledge>,
) -> Result<Created<PledgeView>, ApiError> {
    let NewPledge { volunteer, title, due: Day(due) } = body.value;
    let words = title.clone();
    let same = state.read(move |db| pledges::open_alike(db, volunteer, (&words, due))).await?;
    let command = Command::MakePledge(MakePledge { volunteer, title: state.commit(title)?, due, same });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Names a record that keeps a pledge
///
/// At most 20 records keep one pledge.
#[utoipa::path(
    tag = "pledges",
    params(("id" = PledgeId, Path, description = "The pledge")),
    request_body = KeepingRecord,
    responses((status = 200, description = "The pledge", body = Changed<PledgeView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "pledge_not_found", "record_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "pledge_ended",
        "pledge_record_of_another", "record_not_credited", "pledge_record_named", "pledge_records_full"
    ]))),
)]
#[post("/pledges/{id}/fulfil")]
pub async fn fulfil_pledge(
    state: State,
    caller: Changer,
    pledge: PathId<PledgeId>,
    body: Strict<KeepingRecord>,
) -> Result<Changed<PledgeView>, ApiError> {
    let command = Command::FulfilPledge(FulfilPledge { pledge: pledge.0, record: body.value.record });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Ends a pledge
///
/// It stays, with the records that it has.
#[utoipa::path(
    tag = "pledges",
    params(("id" = PledgeId, Path, description = "The pledge")),
    responses((status = 200, description = "The pledge", body = Changed<PledgeView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["pledge_not_found", "outside_unit", "volunteer_closed", "pledge_ended"]))),
)]
#[post("/pledges/{id}/end")]
pub async fn end_pledge(
    state: State,
    caller: Changer,
    pledge: PathId<PledgeId>,
    request: NoBody,
) -> Result<Changed<PledgeView>, ApiError> {
    let command = Command::EndPledge(EndPledge { pledge: pledge.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Which pledges.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PledgeQuery {
    volunteer: Option<VolunteerId>,
    /// Made in this unit or one under it.
    unit: Option<UnitId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists pledges
///
/// Newest first.
#[utoipa::path(
    tag = "pledges",
    params(PledgeQuery),
    responses((status = 200, description = "A page", body = Page<PledgeShown>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/pledges")]
pub async fn list_pledges(
    state: State,
    caller: Anyone,
    query: Query<PledgeQuery>,
) -> Result<Shown<Page<PledgeShown>>, ApiError> {
    let PledgeQuery { volunteer, unit, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("pledges", limit, cursor.as_ref())?);
    let filter = PledgeFilter { volunteer, unit };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| pledges::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("pledges", page, |found| PledgeShown::of(found, zone))))
}

/// Shows a pledge
///
/// With the records that keep it, as they are now.
#[utoipa::path(
    tag = "pledges",
    params(("id" = PledgeId, Path, description = "The pledge")),
    responses((status = 200, description = "The pledge", body = PledgeShown)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["pledge_not_found"]))),
)]
#[get("/pledges/{id}")]
pub async fn get_pledge(
    state: State,
    caller: Anyone,
    pledge: PathId<PledgeId>,
) -> Result<Shown<PledgeShown>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| pledges::get(db, scope, pledge.0)).await?;
    Ok(Shown::plain(PledgeShown::of(pledge.found(found)?, state.rules.zone)))
}
