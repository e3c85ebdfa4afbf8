//! Honours: what volunteers were commended for.

use super::extract::{Anyone, Coordinator, IfMatch, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{Day, LocalTime};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::honour::{CorrectHonour, EnterHonour, Honour, HonourTerms, VoidHonour};
use crate::domain::ids::{HonourId, Seq, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::honours::{self, HonourFilter, HonourReadModel};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(enter_honour)
        .service(list_honours)
        .service(get_honour)
        .service(correct_honour)
        .service(void_honour);
}

/// An honour to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "volunteer": "VolunteerId", "title": "优秀志愿者", "giver": "市文明办", "day": "2026-11-14"
}))]
pub struct NewHonour {
    pub volunteer: VolunteerId,
    /// Its title.
    pub title: Note,
    /// Who gave it.
    pub giver: Note,
    /// When it was given; today at the latest.
    pub day: Day,
}

/// An honour as it should have been entered, and what was wrong.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "title": "优秀志愿者", "giver": "市文明办", "day": "2026-11-13", "reason": "日期有误" }))]
pub struct HonourCorrection {
    /// Its title.
    pub title: Note,
    /// Who gave it.
    pub giver: Note,
    /// When it was given; today at the latest.
    pub day: Day,
    /// What was wrong.
    pub reason: Note,
}

/// Why an honour is voided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "重复登记" }))]
pub struct HonourVoid {
    pub reason: Note,
}

/// An honour.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Honour)]
pub struct HonourView {
    pub id: HonourId,
    pub volunteer: VolunteerId,
    /// The unit for which it was entered.
    pub unit: UnitId,
    /// When it was given.
    pub day: Day,
    pub entered_by: Actor,
    pub entered_at: LocalTime,
    /// When it was voided; null if it was not.
    pub voided_at: Option<LocalTime>,
    /// The journal entry that changed it last. `If-Match` takes it, in quotes.
    pub version: Seq,
}

impl View for HonourView {
    type Thing = Honour;

    fn of(honour: Honour, zone: LocalZone) -> Self {
        Self {
            id: honour.id,
            volunteer: honour.volunteer,
            unit: honour.unit,
            day: Day(honour.day),
            entered_by: honour.entered_by,
            entered_at: LocalTime::new(honour.entered_at, zone),
            voided_at: honour.voided_at.map(|at| LocalTime::new(at, zone)),
            version: honour.version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/honours/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// An honour with its texts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HonourWithWords)]
pub struct HonourShown {
    #[serde(flatten)]
    pub honour: HonourView,
    /// Null once the volunteer's personal data is erased.
    pub title: Option<Note>,
    /// Null once the volunteer's personal data is erased.
    pub giver: Option<Note>,
}

impl HonourShown {
    fn of(found: HonourReadModel, zone: LocalZone) -> Self {
        let HonourReadModel { honour, title, giver } = found;
        Self { honour: HonourView::of(honour, zone), title, giver }
    }
}

/// Enters an honour that a volunteer was given
///
/// By a coordinator of the volunteer's unit.
#[utoipa::path(
    tag = "honours",
    request_body = NewHonour,
    responses((status = 201, description = "The honour", body = Changed<HonourView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "honour_of_own", "honour_in_future"
    ]))),
)]
#[post("/honours")]
pub async fn enter_honour(
    state: State,
    caller: Coordinator,
    body: Strict<NewHonour>,
) -> Result<Created<HonourView>, ApiError> {
    let NewHonour { volunteer, title, giver, day } = body.value;
    let terms = terms(&state, title, giver, day)?;
    let command = Command::EnterHonour(EnterHonour { volunteer, terms });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Corrects an honour
///
/// The journal keeps the former version.
#[utoipa::path(
    tag = "honours",
    params(("id" = HonourId, Path, description = "The honour")),
    request_body = HonourCorrection,
    responses((status = 200, description = "The honour", body = Changed<HonourView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "honour_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "honour_of_own", "honour_voided",
        "honour_in_future", "version_stale"
    ]))),
)]
#[put("/honours/{id}")]
pub async fn correct_honour(
    state: State,
    caller: Coordinator,
    honour: PathId<HonourId>,
    expected: IfMatch,
    body: Strict<HonourCorrection>,
) -> Result<Changed<HonourView>, ApiError> {
    let HonourCorrection { title, giver, day, reason } = body.value;
    let terms = terms(&state, title, giver, day)?;
    let (honour, expected, reason) = (honour.0, expected.0, state.commit(reason)?);
    let command = Command::CorrectHonour(CorrectHonour { honour, expected, terms, reason });
    state.update(caller.asker(), command).await
}

/// Voids an honour
///
/// It stays in the list, and is not on later certificates.
#[utoipa::path(
    tag = "honours",
    params(("id" = HonourId, Path, description = "The honour")),
    request_body = HonourVoid,
    responses((status = 200, description = "The honour", body = Changed<HonourView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "honour_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "honour_of_own", "honour_voided"
    ]))),
)]
#[post("/honours/{id}/void")]
pub async fn void_honour(
    state: State,
    caller: Coordinator,
    honour: PathId<HonourId>,
    body: Strict<HonourVoid>,
) -> Result<Changed<HonourView>, ApiError> {
    let (honour, reason) = (honour.0, state.commit(body.value.reason)?);
    state.change(caller.asker(), body.idempotency, Command::VoidHonour(VoidHonour { honour, reason })).await
}

fn terms(state: &State, title: Note, giver: Note, day: Day) -> Result<HonourTerms, ApiError> {
    Ok(HonourTerms { title: state.commit(title)?, giver: state.commit(giver)?, day: day.0 })
}

/// Which honours.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HonourQuery {
    /// Entered for this unit or one under it.
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists honours
///
/// Newest first, including voided ones. A volunteer sees their own only.
#[utoipa::path(
    tag = "honours",
    params(HonourQuery),
    responses((status = 200, description = "A page", body = Page<HonourShown>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/honours")]
pub async fn list_honours(
    state: State,
    caller: Anyone,
    query: Query<HonourQuery>,
) -> Result<Shown<Page<HonourShown>>, ApiError> {
    let HonourQuery { unit, volunteer, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("honours", limit, cursor.as_ref())?);
    let filter = HonourFilter { unit, volunteer };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| honours::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("honours", page, |found| HonourShown::of(found, zone))))
}

/// Shows an honour
///
/// With its texts, until the volunteer's personal data is erased.
#[utoipa::path(
    tag = "honours",
    params(("id" = HonourId, Path, description = "The honour")),
    responses((status = 200, description = "The honour", body = HonourShown, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["honour_not_found"]))),
)]
#[get("/honours/{id}")]
pub async fn get_honour(
    state: State,
    caller: Anyone,
    honour: PathId<HonourId>,
) -> Result<Shown<HonourShown>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| honours::get(db, scope, honour.0)).await?;
    let shown = HonourShown::of(honour.found(found)?, state.rules.zone);
    let version = shown.honour.version;
    Ok(Shown::versioned(shown, version))
}
