//! Positions: the kinds of place in an activity.

use super::extract::{Anyone, Coordinator, IfMatch, PathId, Strict};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, BoundedVec, Count};
use crate::domain::Command;
use crate::domain::activity;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{ActivityId, PositionId, Seq, UnitId};
use crate::domain::position::conditions::{Conditions, Hazard};
use crate::domain::position::{CreatePosition, Position, PositionTerms, Selection, UpdatePosition};
use crate::domain::text::Name;
use crate::domain::time::LocalZone;
use crate::store::read::{activities, positions};
use actix_web::{get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(create_position).service(list_positions).service(get_position).service(update_position);
}

/// How many people a position is for; none while nobody more is wanted.
pub type Places = BoundedInt<0, 100_000>;
/// Units whose volunteers may take a position.
pub type UnitsOfCondition = BoundedVec<UnitId, 0, 20>;
type Age = BoundedInt<0, 120>;
type Star = BoundedInt<1, 10>;
type TrainingMinutes = BoundedInt<1, 600_000>;

/// What is said of a position, all of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PositionTermsInput, example = json!({
    "name": "捡拾组", "places": 5, "conditions": { "least_age": 14 }
}))]
pub struct PositionInput {
    pub name: Name,
    #[schema(inline)]
    pub places: Places,
    /// `first_come` by default.
    pub selection: Option<Selection>,
    pub conditions: Option<ConditionsInput>,
}

/// What who takes a position has to be: what is left out is not asked for. Ages are those of the day on which the activity
/// starts.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewConditions)]
pub struct ConditionsInput {
    #[schema(inline)]
    pub least_age: Option<Age>,
    #[schema(inline)]
    pub most_age: Option<Age>,
    #[schema(inline)]
    pub least_star: Option<Star>,
    /// Recorded training of at least so many minutes.
    #[schema(inline)]
    pub least_training_minutes: Option<TrainingMinutes>,
    /// Volunteers of one of these units, or of a unit under one; of all where there is none.
    #[serde(default)]
    #[schema(inline)]
    pub units: UnitsOfCondition,
    /// What may endanger who does it: adults only, and insured.
    pub hazard: Option<HazardBody>,
}

/// What who takes a position has to be; null is not asked for. Ages are those of the day on which the activity starts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Conditions)]
pub struct ConditionsView {
    #[schema(inline)]
    pub least_age: Option<Age>,
    #[schema(inline)]
    pub most_age: Option<Age>,
    #[schema(inline)]
    pub least_star: Option<Star>,
    /// Recorded training of at least so many minutes.
    #[schema(inline)]
    pub least_training_minutes: Option<TrainingMinutes>,
    /// Volunteers of one of these units, or of a unit under one; of all where there is none.
    #[schema(inline)]
    pub units: UnitsOfCondition,
    /// What may endanger who does it: adults only, and insured.
    pub hazard: Option<HazardBody>,
}

/// What may endanger who does it.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Hazard)]
pub struct HazardBody {
    /// The insurance that covers them.
    pub insurance: Name,
}

impl From<PositionInput> for PositionTerms {
    fn from(input: PositionInput) -> Self {
        Self {
            name: input.name,
            places: input.places.0,
            selection: input.selection.unwrap_or(Selection::FirstCome),
            conditions: input.conditions.unwrap_or_default().into(),
        }
    }
}

impl From<ConditionsInput> for Conditions {
    fn from(body: ConditionsInput) -> Self {
        Self {
            least_age: body.least_age.map(|age| age.0),
            most_age: body.most_age.map(|age| age.0),
            least_star: body.least_star.map(|star| star.0),
            least_training: body.least_training_minutes.map(|minutes| Minutes(minutes.0)),
            units: body.units.0,
            hazard: body.hazard.map(|HazardBody { insurance }| Hazard { insurance }),
        }
    }
}

impl From<Conditions> for ConditionsView {
    fn from(conditions: Conditions) -> Self {
        Self {
            least_age: conditions.least_age.map(BoundedInt),
            most_age: conditions.most_age.map(BoundedInt),
            least_star: conditions.least_star.map(BoundedInt),
            least_training_minutes: conditions.least_training.map(|minutes| BoundedInt(minutes.0)),
            units: BoundedVec(conditions.units),
            hazard: conditions.hazard.map(|Hazard { insurance }| HazardBody { insurance }),
        }
    }
}

/// A position.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PositionOfActivity)]
pub struct PositionView {
    pub id: PositionId,
    pub activity: ActivityId,
    pub unit: UnitId,
    pub name: Name,
    #[schema(inline)]
    pub places: Places,
    pub selection: Selection,
    pub conditions: ConditionsView,
    /// Places that somebody has.
    pub taken: Count,
    /// Places that are kept for who was offered them.
    pub offered: Count,
    /// How many wait for one.
    pub waiting: Count,
    /// Places that are free. While somebody waits, they are theirs.
    pub free: Count,
    /// The journal entry that changed it last. `If-Match` takes it, in quotes.
    pub version: Seq,
}

impl View for PositionView {
    type Thing = Position;

    fn of(position: Position, _: LocalZone) -> Self {
        let free = Count(position.free());
        let PositionTerms { name, places, selection, conditions } = position.terms;
        Self {
            id: position.id,
            activity: position.activity,
            unit: position.unit,
            name,
            places: BoundedInt(places),
            selection,
            conditions: conditions.into(),
            taken: Count(position.taken),
            offered: Count(position.offered),
            waiting: Count(position.waiting),
            free,
            version: position.version,
        }
    }

    fn location(&self) -> String {
        format!("/v1/positions/{}", self.id)
    }

    fn version(&self) -> Option<Seq> {
        Some(self.version)
    }
}

/// The positions of an activity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Positions)]
pub struct PositionsView {
    pub items: Vec<PositionView>,
}

/// Adds a position to an activity
///
/// An activity that recruits tells what it has to: once it is published, before the first position is added. Who wants
/// to check in then needs a place, or to be let in by who is in charge.
#[utoipa::path(
    tag = "positions",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = PositionInput,
    responses((status = 201, description = "The position", body = Changed<PositionView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "unit_not_found", "outside_unit", "activity_cancelled", "activity_over",
        "recruitment_incomplete", "position_terms_invalid", "positions_too_many"
    ]))),
)]
#[post("/activities/{id}/positions")]
pub async fn create_position(
    state: State,
    caller: Coordinator,
    activity: PathId<ActivityId>,
    body: Strict<PositionInput>,
) -> Result<Created<PositionView>, ApiError> {
    let command = CreatePosition { activity: activity.0, terms: body.value.into() };
    state.create(caller.asker(), body.idempotency, Command::CreatePosition(command)).await
}

/// Replaces what is said of a position
///
/// All of it at once. More places go to who waits, in the same step; fewer throw nobody out.
#[utoipa::path(
    tag = "positions",
    params(("id" = PositionId, Path, description = "The position")),
    request_body = PositionInput,
    responses((status = 200, description = "The position", body = Changed<PositionView>, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-if-match" = json!("required")), ("x-refusals" = json!([
        "position_not_found", "unit_not_found", "outside_unit", "activity_cancelled", "activity_over", "version_stale",
        "position_terms_invalid"
    ]))),
)]
#[put("/positions/{id}")]
pub async fn update_position(
    state: State,
    caller: Coordinator,
    position: PathId<PositionId>,
    expected: IfMatch,
    body: Strict<PositionInput>,
) -> Result<Changed<PositionView>, ApiError> {
    let command = UpdatePosition { position: position.0, expected: expected.0, terms: body.value.into() };
    state.update(caller.asker(), Command::UpdatePosition(command)).await
}

/// Lists the positions of an activity
///
/// The oldest first, with the places that are free.
#[utoipa::path(
    tag = "positions",
    params(("id" = ActivityId, Path, description = "The activity")),
    responses((status = 200, description = "The positions", body = PositionsView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["activity_not_found"]))),
)]
#[get("/activities/{id}/positions")]
pub async fn list_positions(
    state: State,
    caller: Anyone,
    activity: PathId<ActivityId>,
) -> Result<Shown<PositionsView>, ApiError> {
    let read = state.read_as(caller.0, move |db, scope| match activities::get(db, scope, activity.0)? {
        Some(found) => positions::of_activity(db, found.id).map(Some),
        None => Ok(None),
    });
    let positions = read.await?.ok_or(activity::Refusal::ActivityNotFound)?;
    let zone = state.rules.zone;
    let items = positions.into_iter().map(|position| PositionView::of(position, zone)).collect();
    Ok(Shown::plain(PositionsView { items }))
}

/// Shows a position
///
/// With the places that are taken, offered and free, and how many wait.
#[utoipa::path(
    tag = "positions",
    params(("id" = PositionId, Path, description = "The position")),
    responses((status = 200, description = "The position", body = PositionView, headers(("ETag" = String, description = "The version, for `If-Match`")))),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["position_not_found"]))),
)]
#[get("/positions/{id}")]
pub async fn get_position(
    state: State,
    caller: Anyone,
    position: PathId<PositionId>,
) -> Result<Shown<PositionView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| positions::get(db, scope, position.0)).await?;
    let (found, _) = position.found(found)?;
    Ok(Shown::of(found, state.rules.zone))
}
