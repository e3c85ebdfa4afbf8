//! Rewards: stocked pieces that points are redeemed for.

use super::extract::{Anyone, Coordinator, NoBody, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{BoundedInt, Count, PointsText, PriceInput};
use crate::domain::Command;
use crate::domain::ids::{RewardId, UnitId};
use crate::domain::reward::{CreateReward, MOST_STOCK, RestockReward, Reward, WithdrawReward};
use crate::domain::text::Name;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::rewards::{self, RewardFilter};
use crate::store::read::{About, Openness};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(create_reward)
        .service(list_rewards)
        .service(get_reward)
        .service(restock_reward)
        .service(withdraw_reward);
}

/// Pieces that a reward begins with.
pub type Stock = BoundedInt<0, MOST_STOCK>;
/// Pieces that are added.
pub type AddedStock = BoundedInt<1, MOST_STOCK>;
/// Days that a redemption waits for pick-up.
pub type HoldDays = BoundedInt<1, 365>;

/// A reward to offer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "unit": "UnitId", "name": "水杯", "price": "12.50", "stock": 30, "hold_days": 7 }))]
pub struct NewReward {
    /// The unit that holds it. It is offered to members of this unit and of the units under it.
    pub unit: UnitId,
    pub name: Name,
    pub price: PriceInput,
    #[schema(inline)]
    pub stock: Stock,
    /// How long a redemption waits for pick-up, in days.
    #[schema(inline)]
    pub hold_days: HoldDays,
}

impl From<NewReward> for CreateReward {
    fn from(new: NewReward) -> Self {
        let NewReward { unit, name, price, stock, hold_days } = new;
        Self { unit, name, price: price.0, stock: stock.0, hold_days: hold_days.0 }
    }
}

/// Stock to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "added": 10 }))]
pub struct Restock {
    #[schema(inline)]
    pub added: AddedStock,
}

/// A reward.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reward)]
pub struct RewardView {
    pub id: RewardId,
    pub unit: UnitId,
    pub name: Name,
    pub price: PointsText,
    /// How long a redemption waits for pick-up, in days.
    #[schema(inline)]
    pub hold_days: HoldDays,
    /// How many items are available.
    pub stock_available: Count,
    /// How many items are held for open redemptions.
    pub stock_held: Count,
    /// How many items were handed over.
    pub stock_fulfilled: Count,
    /// Whether it is no longer offered.
    pub withdrawn: bool,
}

impl View for RewardView {
    type Thing = Reward;

    fn of(reward: Reward, _: LocalZone) -> Self {
        Self {
            id: reward.id,
            unit: reward.unit,
            name: reward.name,
            price: PointsText(reward.price),
            hold_days: BoundedInt(reward.hold_days),
            stock_available: Count(reward.stock_available),
            stock_held: Count(reward.stock_held),
            stock_fulfilled: Count(reward.stock_fulfilled),
            withdrawn: reward.withdrawn,
        }
    }

    fn location(&self) -> String {
        format!("/v1/rewards/{}", self.id)
    }
}

/// Offers a reward
///
/// By a coordinator of the unit that holds it.
#[utoipa::path(
    tag = "rewards",
    request_body = NewReward,
    responses((status = 201, description = "The reward", body = Changed<RewardView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "outside_unit", "stock_too_large"]))),
)]
#[post("/rewards")]
pub async fn create_reward(
    state: State,
    caller: Coordinator,
    body: Strict<NewReward>,
) -> Result<Created<RewardView>, ApiError> {
    let command = Command::CreateReward(body.value.into());
    state.create(caller.asker(), body.idempotency, command).await
}

/// Adds stock to a reward
///
/// By a coordinator of the unit that holds it.
#[utoipa::path(
    tag = "rewards",
    params(("id" = RewardId, Path, description = "The reward")),
    request_body = Restock,
    responses((status = 200, description = "The reward", body = Changed<RewardView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "reward_not_found", "outside_unit", "reward_withdrawn", "stock_too_large"
    ]))),
)]
#[post("/rewards/{id}/restock")]
pub async fn restock_reward(
    state: State,
    caller: Coordinator,
    reward: PathId<RewardId>,
    body: Strict<Restock>,
) -> Result<Changed<RewardView>, ApiError> {
    let command = Command::RestockReward(RestockReward { reward: reward.0, added: body.value.added.0 });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Withdraws a reward
///
/// Open redemptions stay.
#[utoipa::path(
    tag = "rewards",
    params(("id" = RewardId, Path, description = "The reward")),
    responses((status = 200, description = "The reward", body = Changed<RewardView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["reward_not_found", "outside_unit", "reward_withdrawn"]))),
)]
#[post("/rewards/{id}/withdraw")]
pub async fn withdraw_reward(
    state: State,
    caller: Coordinator,
    reward: PathId<RewardId>,
    request: NoBody,
) -> Result<Changed<RewardView>, ApiError> {
    let command = Command::WithdrawReward(WithdrawReward { reward: reward.0 });
    state.change(caller.asker(), request.idempotency, command).await
}

/// Which rewards.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RewardQuery {
    /// Of this unit or one under it.
    unit: Option<UnitId>,
    withdrawn: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists rewards
///
/// Those that are offered to the caller, newest first.
#[utoipa::path(
    tag = "rewards",
    params(RewardQuery),
    responses((status = 200, description = "A page", body = Page<RewardView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/rewards")]
pub async fn list_rewards(
    state: State,
    caller: Anyone,
    query: Query<RewardQuery>,
) -> Result<Shown<Page<RewardView>>, ApiError> {
    let RewardQuery { unit, withdrawn, limit, cursor } = query.0;
    let request = page_request("rewards", limit, cursor.as_ref())?;
    let filter = RewardFilter { unit, withdrawn };
    let about = About { unit, openness: Openness::Offered, ..About::default() };
    let read = move |db: &mut Db, scope| rewards::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::of("rewards", page, state.rules.zone)))
}

/// Shows a reward
///
/// Any reward that is offered to the caller or held by the caller's units.
#[utoipa::path(
    tag = "rewards",
    params(("id" = RewardId, Path, description = "The reward")),
    responses((status = 200, description = "The reward", body = RewardView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["reward_not_found"]))),
)]
#[get("/rewards/{id}")]
pub async fn get_reward(
    state: State,
    caller: Anyone,
    reward: PathId<RewardId>,
) -> Result<Shown<RewardView>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| rewards::get(db, scope, reward.0)).await?;
    Ok(Shown::of(reward.found(found)?, state.rules.zone))
}
