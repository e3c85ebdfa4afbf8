//! Merges (合并): one person under two volunteer numbers, said by the office, by two persons.

use super::extract::{AnyOperator, Coordinator, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::LocalTime;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::{MergeId, UnitId, VolunteerId};
use crate::domain::merge::{AskMerge, ConfirmMerge, DeclineMerge, Merge, MergeStatus};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::read::About;
use crate::store::read::merges::{self, MergeFilter, MergeReadModel};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(merge_volunteer)
        .service(list_merges)
        .service(get_merge)
        .service(confirm_merge)
        .service(decline_merge);
}

/// Into which number one is merged, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MergeInput, example = json!({ "into": "00000000-0009-8002-a441-0d3e7a35bf49", "reason": "同一人先后以护照和身份证登记" }))]
pub struct MergeInput {
    /// The earlier number's id.
    pub into: VolunteerId,
    pub reason: Note,
}

/// Why a merge is declined.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "经核实为同名同生日的两人" }))]
pub struct MergeDecline {
    pub reason: Note,
}

/// That two volunteer numbers are one person's.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Merge)]
pub struct MergeView {
    pub id: MergeId,
    /// The later number, which becomes an alias.
    pub volunteer: VolunteerId,
    /// The earlier number, which stays.
    pub into: VolunteerId,
    /// The earlier number's when it was asked for.
    pub unit: UnitId,
    pub status: MergeStatus,
    pub asked_by: Actor,
    pub asked_at: LocalTime,
    /// Until when a second person may confirm it; null once it is decided.
    pub expires_at: Option<LocalTime>,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<LocalTime>,
}

impl View for MergeView {
    type Thing = Merge;

    fn of(merge: Merge, zone: LocalZone) -> Self {
        let time = |instant| LocalTime::new(instant, zone);
        let is_pending = merge.status == MergeStatus::Pending;
        Self {
            expires_at: is_pending.then(|| time(merge.expires_at())),
            id: merge.id,
            volunteer: merge.volunteer,
            into: merge.earlier,
            unit: merge.unit,
            status: merge.status,
            asked_by: merge.asked_by,
            asked_at: time(merge.asked_at),
            decided_by: merge.decided_by,
            decided_at: merge.decided_at.map(time),
        }
    }

    fn location(&self) -> String {
        format!("/v1/merges/{}", self.id)
    }
}

/// A merge, with what was written.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedMerge)]
pub struct ExplainedMergeView {
    #[serde(flatten)]
    pub merge: MergeView,
    /// Why it was asked for.
    pub reason: Option<Note>,
    /// Why it was declined.
    pub declined: Option<Note>,
}

impl ExplainedMergeView {
    fn of(MergeReadModel { merge, reason, declined }: MergeReadModel, zone: LocalZone) -> Self {
        Self { merge: MergeView::of(merge, zone), reason, declined }
    }
}

/// Asks for a number to be merged
///
/// One person under two documents has two numbers: the later becomes an alias of the earlier. By a coordinator of the
/// units of both, with a reason; it waits for another person to confirm it. What is open on the later number is settled
/// first: records, corrections, redemptions, a transfer, a change of identity.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The later number's volunteer")),
    request_body = MergeInput,
    responses((status = 201, description = "The merge, which waits", body = Changed<MergeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "merge_of_own", "merge_into_later", "volunteer_closed", "volunteer_merged",
        "merge_unsettled", "volunteer_has_open_transfer", "volunteer_has_open_redemptions", "identity_change_open"
    ]))),
)]
#[post("/volunteers/{id}/merge")]
pub async fn merge_volunteer(
    state: State,
    caller: Coordinator,
    volunteer: PathId<VolunteerId>,
    body: Strict<MergeInput>,
) -> Result<Created<MergeView>, ApiError> {
    let MergeInput { into, reason } = body.value;
    let reason = state.commit(reason)?;
    let command = Command::AskMerge(AskMerge { volunteer: volunteer.0, earlier: into, reason });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Confirms a merge
///
/// By another person than the one who asked, who answers for the units of both. From then on hours, points and debts of
/// the later number are the earlier's; the later one is `merged`, and certificates with it are `superseded`. What was
/// served at one time under both numbers is a finding; nothing is voided by it.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = MergeId, Path, description = "The merge")),
    responses((status = 200, description = "The merge", body = Changed<MergeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "merge_not_found", "outside_unit", "volunteer_not_found", "merge_not_pending", "merge_of_own", "merge_expired",
        "volunteer_closed", "volunteer_merged", "merge_unsettled", "volunteer_has_open_transfer",
        "volunteer_has_open_redemptions", "identity_change_open"
    ]))),
)]
#[post("/merges/{id}/confirm")]
pub async fn confirm_merge(
    state: State,
    caller: Coordinator,
    merge: PathId<MergeId>,
    request: NoBody,
) -> Result<Changed<MergeView>, ApiError> {
    let command = Command::ConfirmMerge(ConfirmMerge { merge: merge.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Declines a merge
///
/// By anybody who answers for the units of both.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = MergeId, Path, description = "The merge")),
    request_body = MergeDecline,
    responses((status = 200, description = "The merge", body = Changed<MergeView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "merge_not_found", "outside_unit", "volunteer_not_found", "merge_not_pending"
    ]))),
)]
#[post("/merges/{id}/decline")]
pub async fn decline_merge(
    state: State,
    caller: Coordinator,
    merge: PathId<MergeId>,
    body: Strict<MergeDecline>,
) -> Result<Changed<MergeView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::DeclineMerge(DeclineMerge { merge: merge.0, reason });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Which merges.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MergeQuery {
    /// Either of the two.
    volunteer: Option<VolunteerId>,
    /// Of volunteers of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<MergeStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists merges
///
/// Of the caller's units, newest first: who asked for each, and who confirmed it.
#[utoipa::path(
    tag = "volunteers",
    params(MergeQuery),
    responses((status = 200, description = "A page", body = Page<MergeView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/merges")]
pub async fn list_merges(
    state: State,
    caller: AnyOperator,
    query: Query<MergeQuery>,
) -> Result<Shown<Page<MergeView>>, ApiError> {
    let MergeQuery { volunteer, unit, status, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("merges", limit, cursor.as_ref())?);
    let filter = MergeFilter { volunteer, unit, status };
    let read = move |db: &mut _, scope| merges::list(db, scope, filter, request);
    let about = About { unit, volunteer, ..About::default() };
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("merges", page, |merge| MergeView::of(merge, zone))))
}

/// Shows a merge
///
/// With what was written, to those who may see the volunteer.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = MergeId, Path, description = "The merge")),
    responses((status = 200, description = "The merge", body = ExplainedMergeView)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["merge_not_found"]))),
)]
#[get("/merges/{id}")]
pub async fn get_merge(
    state: State,
    caller: AnyOperator,
    merge: PathId<MergeId>,
) -> Result<Shown<ExplainedMergeView>, ApiError> {
    let id = merge.0;
    let found = merge.found(state.read_as(caller.0, move |db, scope| merges::get(db, scope, id)).await?)?;
    Ok(Shown::plain(ExplainedMergeView::of(found, state.rules.zone)))
}
