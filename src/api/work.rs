//! Who entered and credited how much: for auditors, of people and not of units.

use super::extract::{Auditor, Query};
use super::finding::Question;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::{Count, Day};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::as_of::AsOf;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{Seq, UnitId};
use crate::store::read::work::{self, Work};
use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(total_work);
}

/// Whose work, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkQuery {
    /// This unit and the units under it; all of the caller's by default.
    unit: Option<UnitId>,
    /// First day on which something was entered or credited; 30 days before the last by default.
    from: Option<Day>,
    /// Last such day; today by default. At most 92 days in all.
    to: Option<Day>,
    /// As of this journal entry or instant; as of now by default.
    as_of: Option<AsOf>,
}

/// Who entered and credited how much.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkTotals {
    /// The journal entry as of which it is told.
    pub as_of: Seq,
    /// First day that was looked at.
    pub from: Day,
    /// Last day that was looked at.
    pub to: Day,
    /// Ordered by unit, actor and evidence.
    pub items: Vec<WorkView>,
}

/// What one actor did at one unit with records of one evidence, whatever came of them afterwards.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkTotal)]
pub struct WorkView {
    pub unit: UnitId,
    pub actor: Actor,
    pub evidence: Evidence,
    pub entered_records: Count,
    pub entered_minutes: Minutes,
    /// Of the entered records, those that were late.
    pub late_records: Count,
    pub credited_records: Count,
    pub credited_minutes: Minutes,
    /// Of the credited minutes, those that the same person alone had entered.
    pub credited_alone_minutes: Minutes,
    /// Of the credited minutes, those of check-ins that somebody declared and the service did not see.
    pub self_declared: Minutes,
}

impl From<Work> for WorkView {
    fn from(work: Work) -> Self {
        Self {
            unit: work.unit,
            actor: work.actor,
            evidence: work.evidence,
            entered_records: Count(work.entered_records),
            entered_minutes: work.entered_minutes,
            late_records: Count(work.late_records),
            credited_records: Count(work.credited_records),
            credited_minutes: work.credited_minutes,
            credited_alone_minutes: work.alone_minutes,
            self_declared: work.self_declared,
        }
    }
}

/// Totals what people entered and credited
///
/// By unit, actor and evidence, of the days on which it was done. What was voided later is told, too: it was done.
#[utoipa::path(
    tag = "totals",
    params(WorkQuery),
    responses((status = 200, description = "Who entered and credited how much", body = WorkTotals)),
    security(("bearer" = ["auditor", "admin"])),
    extensions(("x-refusals" = json!(["too_many_records"]))),
)]
#[get("/totals/work")]
pub async fn total_work(
    state: State,
    caller: Auditor,
    query: Query<WorkQuery>,
) -> Result<Shown<WorkTotals>, ApiError> {
    let WorkQuery { unit, from, to, as_of } = query.0;
    let question = Question::new(&state, unit, (from, to), as_of)?;
    let (as_of, found) = question.within(&state, caller.0, work::work).await?;
    let items = found.map_err(|_| ApiError::TooManyRecords)?.into_iter().map(WorkView::from).collect();
    Ok(Shown::plain(WorkTotals { as_of, from: Day(question.from), to: Day(question.to), items }))
}
