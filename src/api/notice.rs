//! Public notice (公示): how long a unit has records there, and what is on notice now.

use super::extract::{Anyone, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::wire::{BoundedInt, Count, Day, LocalTime};
use crate::domain::Command;
use crate::domain::amounts::Minutes;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, RecordId, UnitId};
use crate::domain::notice::{MOST_NOTICE_DAYS, NoticeDays, NoticePolicy, SetNoticePolicy};
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::notices::{self, Notice};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(set_notice_policy).service(get_notice_policy).service(list_notices);
}

/// Working days of a notice.
pub type WorkingDays = BoundedInt<0, MOST_NOTICE_DAYS>;

/// How long a unit's records are on public notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "working_days": 5 }))]
pub struct NoticePolicyInput {
    /// 0 for no notice of the unit's own; null to follow the units above. No fewer than what these demand.
    #[schema(inline)]
    pub working_days: Option<WorkingDays>,
}

/// A unit's own notice policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NoticePolicy)]
pub struct NoticePolicyView {
    pub unit: UnitId,
    /// Null if the unit follows the one above.
    #[schema(inline)]
    pub working_days: Option<WorkingDays>,
}

impl View for NoticePolicyView {
    type Thing = NoticePolicy;

    fn of(policy: NoticePolicy, _: LocalZone) -> Self {
        Self { unit: policy.unit, working_days: policy.working_days.map(|days| BoundedInt(days.into())) }
    }

    fn location(&self) -> String {
        format!("/v1/units/{}/notice-policy", self.unit)
    }
}

/// The notice policy that applies to a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticePolicyInForce {
    pub unit: UnitId,
    /// For how many working days a record that is submitted now will be on notice.
    #[schema(inline)]
    pub working_days: WorkingDays,
    /// The unit whose policy it is: of this one and those above, the one that demands the longest; null if there is none.
    pub set_for: Option<UnitId>,
}

/// Sets how long a unit's records are on public notice before they may be credited
///
/// Applies to records that are submitted afterwards, and to the units under it: these may demand longer notices, not
/// shorter ones.
#[utoipa::path(
    tag = "notices",
    params(("id" = UnitId, Path, description = "The unit")),
    request_body = NoticePolicyInput,
    responses((status = 200, description = "The policy", body = Changed<NoticePolicyView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "outside_unit", "notice_shorter_than_above"
    ]))),
)]
#[post("/units/{id}/notice-policy")]
pub async fn set_notice_policy(
    state: State,
    caller: Coordinator,
    unit: PathId<UnitId>,
    body: Strict<NoticePolicyInput>,
) -> Result<Changed<NoticePolicyView>, ApiError> {
    let days = body.value.working_days.map(|days| NoticeDays::try_from(days.0));
    let working_days = days.transpose().map_err(ApiError::internal)?;
    let command = Command::SetNoticePolicy(SetNoticePolicy { unit: unit.0, working_days });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Shows how long a unit's records are on public notice
///
/// The longest of the unit's own policy and those of the units above.
#[utoipa::path(
    tag = "notices",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 200, description = "The notice policy that applies", body = NoticePolicyInForce)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/units/{id}/notice-policy")]
pub async fn get_notice_policy(
    state: State,
    caller: Anyone,
    unit: PathId<UnitId>,
) -> Result<Shown<NoticePolicyInForce>, ApiError> {
    let read = state.read_as(caller.0, move |db, scope| notices::policy_in_force(db, scope, unit.0));
    let policy = unit.found(read.await?)?;
    let working_days = policy.and_then(|policy| policy.working_days).map_or(0, i64::from);
    let set_for = policy.map(|policy| policy.unit);
    Ok(Shown::plain(NoticePolicyInForce { unit: unit.0, working_days: BoundedInt(working_days), set_for }))
}

/// A record on public notice, with only what the unit's members need to judge it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    /// The record; an objection names it.
    pub record: RecordId,
    pub unit: UnitId,
    pub activity: ActivityId,
    /// The volunteer's name, masked; null if the registration is closed.
    #[schema(example = "王*明")]
    pub name: Option<String>,
    pub service_date: Day,
    pub start: LocalTime,
    pub end: LocalTime,
    pub evidence: Evidence,
    pub claimed_minutes: Minutes,
    /// How many occasions; only for activities that count occasions.
    pub count: Count,
    pub ends_at: LocalTime,
    /// How many open objections block the crediting.
    pub open_objections: Count,
}

impl NoticeView {
    fn of(notice: Notice, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        let Notice { record, masked_name } = notice;
        Self {
            record: record.id,
            unit: record.unit,
            activity: record.activity,
            name: masked_name,
            service_date: Day(record.service_date),
            start: time(record.started_at),
            end: time(record.ended_at),
            evidence: record.evidence,
            claimed_minutes: record.claimed_minutes,
            count: Count(record.count),
            ends_at: time(record.notice_ends_at.unwrap_or_default()),
            open_objections: Count(record.open_objections),
        }
    }
}

/// Which notices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticeQuery {
    /// Of records served with this unit or one under it.
    unit: Option<UnitId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists the records that are on public notice now
///
/// Newest first. A volunteer sees those of their own unit and of the units above it, a coordinator those of
/// the unit and all units under it.
#[utoipa::path(
    tag = "notices",
    params(NoticeQuery),
    responses((status = 200, description = "A page", body = Page<NoticeView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/notices")]
pub async fn list_notices(
    state: State,
    caller: Anyone,
    query: Query<NoticeQuery>,
) -> Result<Shown<Page<NoticeView>>, ApiError> {
    let NoticeQuery { unit, limit, cursor } = query.0;
    let request = page_request("notices", limit, cursor.as_ref())?;
    let (now, vault) = (state.clock.now(), state.vault.clone());
    let about = About { unit, ..About::default() };
    let read = move |db: &mut Db, scope| notices::running(db, &vault, scope, unit, now, request);
    let page = state.list_as(caller.0, about, read).await?;
    let show = |notice| NoticeView::of(notice, state.rules.zone);
    Ok(Shown::plain(Page::new("notices", page, show)))
}
