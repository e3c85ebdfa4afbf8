//! Redemptions: points and one piece held, then handed over against the pick-up code, or released.

use super::extract::{Anyone, Changer, Coordinator, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{LocalTime, PointsText, SecretText};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::ids::{LotId, RedemptionId, RewardId, UnitId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::redemption::{
    CancelRedemption, FulfilRedemption, PlaceRedemption, Redemption, RedemptionStatus,
};
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::lots;
use crate::store::read::redemptions::{self, RedemptionFilter};
use crate::store::vault::Vault;
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(place_redemption)
        .service(list_redemptions)
        .service(get_redemption)
        .service(fulfil_redemption)
        .service(cancel_redemption);
}

/// A redemption to place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reward": "RewardId", "volunteer": "VolunteerId" }))]
pub struct NewRedemption {
    pub reward: RewardId,
    pub volunteer: VolunteerId,
}

/// A pick-up code as it was typed.
pub type PickUpCode = SecretText<1, 32>;

/// What the volunteer shows to receive the gift.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "pickup_code": "7K3F-9QXA" }))]
pub struct PickUp {
    /// The pick-up code as it was typed: hyphens, spaces and case do not matter.
    #[schema(inline)]
    pub pickup_code: PickUpCode,
}

/// A redemption.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Redemption)]
pub struct RedemptionView {
    pub id: RedemptionId,
    pub reward: RewardId,
    pub volunteer: VolunteerId,
    /// The unit that holds the reward.
    pub unit: UnitId,
    pub points: PointsText,
    /// The lots that the points are drawn from; each names the crediting that earned it.
    pub draws: Vec<DrawView>,
    pub status: RedemptionStatus,
    pub placed_by: Actor,
    pub placed_at: LocalTime,
    /// When points and item are released if the gift is not picked up.
    pub expires_at: LocalTime,
    pub closed_by: Option<Actor>,
    pub closed_at: Option<LocalTime>,
    /// The pick-up code: to the volunteer only, in the answer to placing the redemption and while it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pickup_code: Option<String>,
}

/// A redemption, with the points that turned out to be unearned.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaidRedemption)]
pub struct PaidRedemptionView {
    #[serde(flatten)]
    pub redemption: RedemptionView,
    /// Those of its points that were earned by records voided later.
    pub voided_points: PointsText,
}

/// Points of one lot.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Draw)]
pub struct DrawView {
    pub lot: LotId,
    pub points: PointsText,
}

impl From<Draw> for DrawView {
    fn from(draw: Draw) -> Self {
        Self { lot: draw.lot, points: PointsText(draw.points) }
    }
}

impl View for RedemptionView {
    type Thing = Redemption;

    fn of(redemption: Redemption, zone: LocalZone) -> Self {
        Self {
            id: redemption.id,
            reward: redemption.reward,
            volunteer: redemption.volunteer,
            unit: redemption.unit,
            points: PointsText(redemption.points),
            draws: redemption.draws.into_iter().map(Into::into).collect(),
            status: redemption.status,
            placed_by: redemption.placed_by,
            placed_at: LocalTime::new(redemption.placed_at, zone),
            expires_at: LocalTime::new(redemption.expires_at, zone),
            closed_by: redemption.closed_by,
            closed_at: redemption.closed_at.map(|at| LocalTime::new(at, zone)),
            pickup_code: None,
        }
    }

    fn location(&self) -> String {
        format!("/v1/redemptions/{}", self.id)
    }
}

impl RedemptionView {
    /// Shows the pick-up code to the volunteer whose redemption it is, as long as it is good for anything.
    #[must_use]
    pub fn with_pickup_code(self, vault: &Vault, reader: Actor) -> Self {
        let is_shown = self.status == RedemptionStatus::Held && reader == Actor::Volunteer(self.volunteer);
        Self { pickup_code: is_shown.then(|| vault.pickup_code(self.id)), ..self }
    }
}

/// Redeems points for a reward
///
/// Holds the points and one item. The volunteer is given the pick-up code; who redeems for a volunteer is not: the
/// volunteer reads it.
#[utoipa::path(
    tag = "redemptions",
    request_body = NewRedemption,
    responses((status = 201, description = "The redemption", body = Changed<RedemptionView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "reward_not_found", "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "reward_withdrawn",
        "reward_not_offered", "reward_out_of_stock", "points_owed", "points_insufficient", "points_scattered",
        "redemptions_too_many"
    ]))),
)]
#[post("/redemptions")]
pub async fn place_redemption(
    state: State,
    caller: Changer,
    body: Strict<NewRedemption>,
) -> Result<Created<RedemptionView>, ApiError> {
    let NewRedemption { reward, volunteer } = body.value;
    let command = Command::PlaceRedemption(PlaceRedemption { reward, volunteer });
    let placed: Created<RedemptionView> = state.create(caller.asker(), body.idempotency, command).await?;
    let actor = caller.actor();
    Ok(placed.map(|redemption| redemption.with_pickup_code(&state.vault, actor)))
}

/// Fulfils a redemption
///
/// Hands the gift over (核销), by the unit that holds it, against the pick-up code. By another person than who placed the
/// redemption, and than the volunteer.
#[utoipa::path(
    tag = "redemptions",
    params(("id" = RedemptionId, Path, description = "The redemption")),
    request_body = PickUp,
    responses((status = 200, description = "The redemption", body = Changed<RedemptionView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "redemption_not_found", "outside_unit", "redemption_not_held", "fulfilment_by_placer", "redemption_expired",
        "pickup_code_wrong"
    ]))),
)]
#[post("/redemptions/{id}/fulfil")]
pub async fn fulfil_redemption(
    state: State,
    caller: Coordinator,
    redemption: PathId<RedemptionId>,
    body: Strict<PickUp>,
) -> Result<Changed<RedemptionView>, ApiError> {
    let redemption = redemption.0;
    let code_matches = state.vault.pickup_code_matches(redemption, &body.value.pickup_code.0);
    let command = Command::FulfilRedemption(FulfilRedemption { redemption, code_matches });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Cancels a redemption
///
/// Releases the points and the item.
#[utoipa::path(
    tag = "redemptions",
    params(("id" = RedemptionId, Path, description = "The redemption")),
    responses((status = 200, description = "The redemption", body = Changed<RedemptionView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["redemption_not_found", "outside_unit", "redemption_not_held"]))),
)]
#[post("/redemptions/{id}/cancel")]
pub async fn cancel_redemption(
    state: State,
    caller: Changer,
    redemption: PathId<RedemptionId>,
    request: NoBody,
) -> Result<Changed<RedemptionView>, ApiError> {
    let command = Command::CancelRedemption(CancelRedemption { redemption: redemption.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Which redemptions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RedemptionQuery {
    volunteer: Option<VolunteerId>,
    reward: Option<RewardId>,
    /// Of rewards of this unit or one under it.
    unit: Option<UnitId>,
    status: Option<RedemptionStatus>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists redemptions
///
/// Of rewards and volunteers of the caller's units, newest first. A volunteer sees their own only.
#[utoipa::path(
    tag = "redemptions",
    params(RedemptionQuery),
    responses((status = 200, description = "A page", body = Page<RedemptionView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/redemptions")]
pub async fn list_redemptions(
    state: State,
    caller: Anyone,
    query: Query<RedemptionQuery>,
) -> Result<Shown<Page<RedemptionView>>, ApiError> {
    let RedemptionQuery { volunteer, reward, unit, status, limit, cursor } = query.0;
    let request = page_request("redemptions", limit, cursor.as_ref())?;
    let filter = RedemptionFilter { volunteer, reward, unit, status };
    let about = About { unit, volunteer, reward, ..About::default() };
    let read = move |db: &mut Db, scope| redemptions::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::of("redemptions", page, state.rules.zone)))
}

/// Shows a redemption
///
/// To the volunteer with the pick-up code, as long as it is held; and with the points that turned out to be
/// unearned.
#[utoipa::path(
    tag = "redemptions",
    params(("id" = RedemptionId, Path, description = "The redemption")),
    responses((status = 200, description = "The redemption", body = PaidRedemptionView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["redemption_not_found"]))),
)]
#[get("/redemptions/{id}")]
pub async fn get_redemption(
    state: State,
    caller: Anyone,
    redemption: PathId<RedemptionId>,
) -> Result<Shown<PaidRedemptionView>, ApiError> {
    let read = move |db: &mut Db, scope| {
        let Some(found) = redemptions::get(db, scope, redemption.0)? else { return Ok(None) };
        let voided_points = lots::voided_points(db, &found.draws)?;
        Ok(Some((found, voided_points)))
    };
    let (found, voided_points) = redemption.found(state.read_as(caller.0, read).await?)?;
    let shown = RedemptionView::of(found, state.rules.zone);
    let redemption = shown.with_pickup_code(&state.vault, caller.0.actor);
    Ok(Shown::plain(PaidRedemptionView { redemption, voided_points: PointsText(voided_points) }))
}
