//! Accesses: the whole numbers of a volunteer, to who says what for; and who was shown them.

use super::extract::{AnyOperator, Anyone, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageQuery, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Created, Shown, View};
use super::volunteer::change::made_as_read;
use super::volunteer::person::DocumentView;
use super::wire::{BoundedInt, LocalTime};
use crate::auth::Identity;
use crate::domain::Command;
use crate::domain::access::{Access, ReadBirth, RevealNumbers};
use crate::domain::actor::Actor;
use crate::domain::ids::{AccessId, UnitId, VolunteerId};
use crate::domain::text::Note;
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::accesses::{self, AccessFilter, AccessReadModel};
use crate::store::read::{identity_changes, volunteers};
use actix_web::{get, post};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(reveal_numbers)
        .service(list_accesses_to_volunteer)
        .service(list_accesses)
        .service(get_access);
}

/// What the numbers are needed for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "purpose": "为活动投保，保险公司要求证件号码" }))]
pub struct Reveal {
    pub purpose: Note,
}

/// An access to a volunteer's numbers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Access)]
pub struct AccessView {
    pub id: AccessId,
    pub volunteer: VolunteerId,
    /// The volunteer's when it was.
    pub unit: UnitId,
    /// Whether the volunteer was under 18 on that day.
    pub minor: bool,
    pub revealed_by: Actor,
    pub revealed_at: LocalTime,
}

impl AccessView {
    fn new(access: &Access, zone: LocalZone) -> Self {
        Self {
            id: access.id,
            volunteer: access.volunteer,
            unit: access.unit,
            minor: access.minor,
            revealed_by: access.revealed_by,
            revealed_at: LocalTime::new(access.revealed_at, zone),
        }
    }
}

/// An access, and the numbers in full.
#[derive(Serialize, ToSchema)]
#[schema(as = RevealedNumbers)]
pub struct RevealedView {
    #[serde(flatten)]
    pub access: AccessView,
    /// Null where the request is repeated ten minutes later, or by who may not see the volunteer any more.
    pub numbers: Option<NumbersView>,
    #[serde(skip)]
    thing: Access,
}

/// A volunteer's numbers in full.
#[derive(Serialize, ToSchema)]
#[schema(as = Numbers)]
pub struct NumbersView {
    pub document: DocumentView,
    #[schema(example = "13800138000")]
    pub mobile: String,
    /// The document that a change of identity proposes; null where none waits for a second person.
    pub proposed_document: Option<DocumentView>,
}

/// Numbers are not printed.
impl fmt::Debug for RevealedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RevealedView").field("access", &self.access).finish_non_exhaustive()
    }
}

impl fmt::Debug for NumbersView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumbersView").finish_non_exhaustive()
    }
}

impl View for RevealedView {
    type Thing = Access;

    fn of(access: Access, zone: LocalZone) -> Self {
        Self { access: AccessView::new(&access, zone), numbers: None, thing: access }
    }

    fn location(&self) -> String {
        format!("/v1/accesses/{}", self.access.id)
    }
}

/// An access, and what it was for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExplainedAccess)]
pub struct ExplainedAccessView {
    #[serde(flatten)]
    pub access: AccessView,
    /// Null once the volunteer's personal data is erased.
    pub purpose: Option<Note>,
}

impl ExplainedAccessView {
    fn of(found: AccessReadModel, zone: LocalZone) -> Self {
        Self { access: AccessView::new(&found.access, zone), purpose: found.purpose }
    }
}

/// Shows a volunteer's numbers in full
///
/// To a coordinator of the unit, with a purpose, which the volunteer can read. Each leaves an entry, with whether the
/// volunteer was under 18. The numbers are read when it is answered, and kept in no answer: who repeats the request later
/// than ten minutes is answered without them.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    request_body = Reveal,
    responses((status = 201, description = "The numbers", body = super::view::Changed<RevealedView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "person_stale"
    ]))),
)]
#[post("/volunteers/{id}/reveal")]
pub async fn reveal_numbers(
    state: State,
    caller: Coordinator,
    volunteer: PathId<VolunteerId>,
    body: Strict<Reveal>,
) -> Result<Created<RevealedView>, ApiError> {
    let (volunteer, purpose) = (volunteer.0, body.value.purpose);
    let command = async || {
        let (purpose, birth) = (state.commit(purpose.clone())?, birth(&state, caller.0, volunteer).await?);
        Ok(Command::RevealNumbers(RevealNumbers { volunteer, purpose, birth }))
    };
    let made = made_as_read::<RevealedView>(&state, caller.asker(), Some(body.idempotency), command).await?;
    let numbers = if made.thing.thing.shows_at(state.clock.now()) {
        numbers(&state, caller.0, volunteer).await?
    } else {
        None
    };
    Ok(Created(made).map(|revealed| RevealedView { numbers, ..revealed }))
}

async fn birth(
    state: &State,
    caller: Identity,
    volunteer: VolunteerId,
) -> Result<Option<ReadBirth>, ApiError> {
    let vault = state.vault.clone();
    let found = state.read_as(caller, move |db, scope| volunteers::get(db, &vault, scope, volunteer)).await?;
    Ok(found.and_then(|found| {
        let birth_date = found.person?.birth_date;
        Some(ReadBirth { read: found.volunteer.version, birth_date })
    }))
}

async fn numbers(
    state: &State,
    caller: Identity,
    volunteer: VolunteerId,
) -> Result<Option<NumbersView>, ApiError> {
    let vault = state.vault.clone();
    let read = move |db: &mut Db, scope| {
        let Some((row, Some(person))) = volunteers::whole(db, &vault, scope, volunteer)? else {
            return Ok(None);
        };
        let change = match row.identity_change {
            Some(change) => identity_changes::get(db, &vault, scope, change)?,
            None => None,
        };
        let proposed = change.and_then(|change| change.proposed);
        Ok(Some(NumbersView {
            document: DocumentView::whole(&person.document),
            mobile: person.mobile.as_str().to_owned(),
            proposed_document: proposed
                .and_then(|proposed| proposed.document)
                .as_ref()
                .map(DocumentView::whole),
        }))
    };
    state.read_as(caller, read).await
}

/// Lists who was shown a volunteer's numbers
///
/// Newest first, with the purposes: to the volunteer, and to those who may see the volunteer.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer"), PageQuery),
    responses((status = 200, description = "A page", body = Page<ExplainedAccessView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found"]))),
)]
#[get("/volunteers/{id}/accesses")]
pub async fn list_accesses_to_volunteer(
    state: State,
    caller: Anyone,
    volunteer: PathId<VolunteerId>,
    query: Query<PageQuery>,
) -> Result<Shown<Page<ExplainedAccessView>>, ApiError> {
    let request = query.0.of("accesses-to-volunteer")?;
    let filter = AccessFilter { volunteer: Some(volunteer.0), ..AccessFilter::default() };
    let read = move |db: &mut Db, scope| {
        let page = accesses::list(db, scope, filter, request)?;
        let is_known = !page.items.is_empty() || volunteers::is_visible(db, scope, volunteer.0)?;
        Ok(is_known.then_some(page))
    };
    let page = volunteer.found(state.read_as(caller.0, read).await?)?;
    let zone = state.rules.zone;
    Ok(Shown::plain(Page::new("accesses-to-volunteer", page, |found| ExplainedAccessView::of(found, zone))))
}

/// Which accesses.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccessQuery {
    /// To volunteers of this unit or one under it.
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
    /// In this calendar year, on the city's clock.
    #[param(inline)]
    year: Option<BoundedInt<2000, 2200>>,
    /// To those who were under 18, or who were not.
    minors: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists who was shown whose numbers
///
/// Newest first. `year` and `minors=true` make the yearly list of accesses to minors' data.
#[utoipa::path(
    tag = "volunteers",
    params(AccessQuery),
    responses((status = 200, description = "A page", body = Page<ExplainedAccessView>)),
    security(("bearer" = ["coordinator", "auditor", "admin"])),
)]
#[get("/accesses")]
pub async fn list_accesses(
    state: State,
    caller: AnyOperator,
    query: Query<AccessQuery>,
) -> Result<Shown<Page<ExplainedAccessView>>, ApiError> {
    let AccessQuery { unit, volunteer, year, minors, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("accesses", limit, cursor.as_ref())?);
    let revealed = year.and_then(|BoundedInt(year)| of_year(year, zone));
    let filter = AccessFilter { unit, volunteer, minor: minors, revealed };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| accesses::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("accesses", page, |found| ExplainedAccessView::of(found, zone))))
}

fn of_year(year: i64, zone: LocalZone) -> Option<(Timestamp, Timestamp)> {
    let year = i32::try_from(year).ok()?;
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    Some((zone.start_of(day(1, 1)?), zone.last_of(day(12, 31)?)))
}

/// Shows an access
///
/// With its purpose, until the volunteer's personal data is erased; without the numbers.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = AccessId, Path, description = "The access")),
    responses((status = 200, description = "The access", body = ExplainedAccessView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["access_not_found"]))),
)]
#[get("/accesses/{id}")]
pub async fn get_access(
    state: State,
    caller: Anyone,
    access: PathId<AccessId>,
) -> Result<Shown<ExplainedAccessView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| accesses::get(db, scope, access.0)).await?;
    Ok(Shown::plain(ExplainedAccessView::of(access.found(found)?, state.rules.zone)))
}
