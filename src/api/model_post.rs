//! Model posts: dated tags on units and on their volunteers.

use super::extract::{Anyone, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::Day;
use crate::domain::Command;
use crate::domain::ids::{ModelPostId, UnitId, VolunteerId};
use crate::domain::model_post::{AwardModelPost, EndModelPost, ModelPost};
use crate::domain::text::Note;
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::model_posts::{self, ModelPostFilter};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(award_model_post)
        .service(list_model_posts)
        .service(get_model_post)
        .service(end_model_post);
}

/// A model post to award.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "unit": "UnitId", "volunteer": "VolunteerId", "title": "党员示范岗", "starts_on": "2026-11-01"
}))]
pub struct NewModelPost {
    /// The unit that awards it.
    pub unit: UnitId,
    /// The volunteer who holds it, of the unit or a unit under it. Without one the unit as a whole holds
    /// it.
    pub volunteer: Option<VolunteerId>,
    /// Its title.
    pub title: Note,
    /// First day.
    pub starts_on: Day,
}

/// The end of a model post.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ends_on": "2026-11-30" }))]
pub struct ModelPostEnd {
    /// Last day.
    pub ends_on: Day,
}

/// A model post.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ModelPost)]
pub struct ModelPostView {
    pub id: ModelPostId,
    pub unit: UnitId,
    /// The volunteer who holds it; null if the unit as a whole does.
    pub volunteer: Option<VolunteerId>,
    /// First day.
    pub starts_on: Day,
    /// Last day; null while it lasts.
    pub ends_on: Option<Day>,
}

impl View for ModelPostView {
    type Thing = ModelPost;

    fn of(post: ModelPost, _: LocalZone) -> Self {
        Self {
            id: post.id,
            unit: post.unit,
            volunteer: post.volunteer,
            starts_on: Day(post.starts_on),
            ends_on: post.ends_on.map(Day),
        }
    }

    fn location(&self) -> String {
        format!("/v1/model-posts/{}", self.id)
    }
}

/// A model post with its title.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ModelPostWithTitle)]
pub struct ModelPostShown {
    #[serde(flatten)]
    pub post: ModelPostView,
    /// Its title; null once the holder's data is erased.
    pub title: Option<Note>,
}

impl ModelPostShown {
    fn of(found: model_posts::ModelPostReadModel, zone: LocalZone) -> Self {
        Self { post: ModelPostView::of(found.post, zone), title: found.title }
    }
}

/// Awards a model post to a unit or to one of its volunteers
///
/// By a coordinator of the unit. It changes no figure.
#[utoipa::path(
    tag = "model-posts",
    request_body = NewModelPost,
    responses((status = 201, description = "The model post", body = Changed<ModelPostView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "unit_not_found", "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "model_post_holder_elsewhere"
    ]))),
)]
#[post("/model-posts")]
pub async fn award_model_post(
    state: State,
    caller: Coordinator,
    body: Strict<NewModelPost>,
) -> Result<Created<ModelPostView>, ApiError> {
    let NewModelPost { unit, volunteer, title, starts_on } = body.value;
    let title = state.commit(title)?;
    let command = Command::AwardModelPost(AwardModelPost { unit, volunteer, title, starts_on: starts_on.0 });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Ends a model post on a day
///
/// By a coordinator of the unit.
#[utoipa::path(
    tag = "model-posts",
    params(("id" = ModelPostId, Path, description = "The model post")),
    request_body = ModelPostEnd,
    responses((status = 200, description = "The model post", body = Changed<ModelPostView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "model_post_not_found", "outside_unit", "model_post_ended", "model_post_dates_invalid"
    ]))),
)]
#[post("/model-posts/{id}/end")]
pub async fn end_model_post(
    state: State,
    caller: Coordinator,
    post: PathId<ModelPostId>,
    body: Strict<ModelPostEnd>,
) -> Result<Changed<ModelPostView>, ApiError> {
    let command = Command::EndModelPost(EndModelPost { post: post.0, ends_on: body.value.ends_on.0 });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Which model posts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ModelPostQuery {
    /// Of this unit or one under it.
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
    /// Held on this day.
    day: Option<Day>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists model posts
///
/// Newest first.
#[utoipa::path(
    tag = "model-posts",
    params(ModelPostQuery),
    responses((status = 200, description = "A page", body = Page<ModelPostShown>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/model-posts")]
pub async fn list_model_posts(
    state: State,
    caller: Anyone,
    query: Query<ModelPostQuery>,
) -> Result<Shown<Page<ModelPostShown>>, ApiError> {
    let ModelPostQuery { unit, volunteer, day, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("model-posts", limit, cursor.as_ref())?);
    let filter = ModelPostFilter { unit, volunteer, day: day.map(|day| day.0) };
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| model_posts::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("model-posts", page, |found| ModelPostShown::of(found, zone))))
}

/// Shows a model post
///
/// Its title is erased with the person.
#[utoipa::path(
    tag = "model-posts",
    params(("id" = ModelPostId, Path, description = "The model post")),
    responses((status = 200, description = "The model post", body = ModelPostShown)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["model_post_not_found"]))),
)]
#[get("/model-posts/{id}")]
pub async fn get_model_post(
    state: State,
    caller: Anyone,
    post: PathId<ModelPostId>,
) -> Result<Shown<ModelPostShown>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| model_posts::get(db, scope, post.0)).await?;
    Ok(Shown::plain(ModelPostShown::of(post.found(found)?, state.rules.zone)))
}
