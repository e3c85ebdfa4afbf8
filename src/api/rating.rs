//! Ratings: how an activity was, and how somebody served there.

use super::extract::{Anyone, Coordinator, PathId, Query, Strict, VolunteerOnly};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::schema::{described, text};
use super::state::State;
use super::view::{Changed, Created, Shown, View};
use super::wire::{Count, LocalTime};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::commitment::Committed;
use crate::domain::ids::{ActivityId, RatingId, UnitId, VolunteerId};
use crate::domain::rating::{RateActivity, RateService, Rating, RatingSide, Score};
use crate::domain::text::{Note, Remark};
use crate::domain::time::LocalZone;
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::ratings::{self, ActivityRatings, RatingFilter, RatingReadModel};
use actix_web::{get, post};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(rate_activity)
        .service(get_activity_ratings)
        .service(rate_service)
        .service(list_ratings)
        .service(get_rating);
}

/// A score in a request.
#[derive(Clone, Copy, Debug)]
pub struct ScoreInput(Score);

impl<'de> Deserialize<'de> for ScoreInput {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let score = Score::new(i64::deserialize(input)?);
        score.map(Self).ok_or_else(|| de::Error::custom("expected a whole number from 1 to 5"))
    }
}

/// A mean of scores: an exact decimal with two places, rounded down.
#[derive(Clone, Copy, Debug)]
pub struct Mean(Points);

impl Serialize for Mean {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

described! {
    Mean, "Mean" => text("A mean of scores, rounded down to two places", "4.66").pattern(Some(r"^[1-5]\.[0-9]{2}$"));
}

/// How an activity was.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "score": 5, "words": "组织有序，收获很多" }))]
pub struct NewActivityRating {
    #[schema(value_type = Score)]
    pub score: ScoreInput,
    pub words: Option<Remark>,
}

/// How somebody served.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "volunteer": "VolunteerId", "score": 4, "words": "认真负责" }))]
pub struct NewServiceRating {
    pub volunteer: VolunteerId,
    #[schema(value_type = Score)]
    pub score: ScoreInput,
    pub words: Option<Remark>,
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rating)]
pub struct RatingView {
    pub id: RatingId,
    pub side: RatingSide,
    pub activity: ActivityId,
    /// Who rated the activity, or whose service was rated.
    pub volunteer: VolunteerId,
    /// The activity's unit.
    pub unit: UnitId,
    pub score: Score,
    pub rated_by: Actor,
    pub rated_at: LocalTime,
}

impl View for RatingView {
    type Thing = Rating;

    fn of(rating: Rating, zone: LocalZone) -> Self {
        Self {
            id: rating.id,
            side: rating.side,
            activity: rating.activity,
            volunteer: rating.volunteer,
            unit: rating.unit,
            score: rating.score,
            rated_by: rating.rated_by,
            rated_at: LocalTime::new(rating.rated_at, zone),
        }
    }

    fn location(&self) -> String {
        format!("/v1/ratings/{}", self.id)
    }
}

/// A rating with its words.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RatingWithWords)]
pub struct RatingShown {
    #[serde(flatten)]
    pub rating: RatingView,
    /// Null where nothing was said, and once the volunteer's personal data is erased.
    pub words: Option<Note>,
}

impl RatingShown {
    fn of(found: RatingReadModel, zone: LocalZone) -> Self {
        Self { rating: RatingView::of(found.rating, zone), words: found.words }
    }
}

/// What volunteers say of an activity, together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActivityRatings)]
pub struct ActivityRatingsView {
    pub activity: ActivityId,
    /// How many volunteers have rated it.
    pub ratings: Count,
    /// Null where nobody has rated it; and below three ratings, to who does not answer for its unit.
    pub mean: Option<Mean>,
}

impl ActivityRatingsView {
    fn new(activity: ActivityId, found: ActivityRatings) -> Self {
        let sum = found.sum;
        let mean = if found.is_of_own_unit { sum.mean_hundredths() } else { sum.mean_hundredths_for_all() };
        Self { activity, ratings: Count(sum.ratings), mean: mean.map(|mean| Mean(Points(mean))) }
    }
}

/// Words that others will read, as they are kept.
///
/// Here is the place where they are to be checked while who wrote them is there, such as by WeChat's `msg_sec_check`.
/// Nothing checks them yet.
fn words_for_others(state: &State, words: Option<Remark>) -> Result<Option<Committed<Note>>, ApiError> {
    state.commit_note(words.map(Note::from))
}

/// Rates an activity
///
/// By a volunteer who has a service record there, credited or to be decided; once, until 30 days after the activity's
/// end. The activity's unit sees who rated it.
#[utoipa::path(
    tag = "ratings",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = NewActivityRating,
    responses((status = 201, description = "The rating", body = Changed<RatingView>)),
    security(("bearer" = ["volunteer"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "volunteer_closed", "rating_without_service", "rating_repeated", "rating_too_late"
    ]))),
)]
#[post("/activities/{id}/ratings")]
pub async fn rate_activity(
    state: State,
    caller: VolunteerOnly,
    activity: PathId<ActivityId>,
    body: Strict<NewActivityRating>,
) -> Result<Created<RatingView>, ApiError> {
    let NewActivityRating { score, words } = body.value;
    let (activity, score, words) = (activity.0, score.0, words_for_others(&state, words)?);
    let command = Command::RateActivity(RateActivity { activity, score, words });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Shows how an activity was rated
///
/// By volunteers: how many have rated it, and the mean. Below three ratings the mean would tell what single persons said;
/// then only the activity's unit, and those above, see it.
#[utoipa::path(
    tag = "ratings",
    params(("id" = ActivityId, Path, description = "The activity")),
    responses((status = 200, description = "The ratings", body = ActivityRatingsView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["activity_not_found"]))),
)]
#[get("/activities/{id}/ratings")]
pub async fn get_activity_ratings(
    state: State,
    caller: Anyone,
    activity: PathId<ActivityId>,
) -> Result<Shown<ActivityRatingsView>, ApiError> {
    let read = move |db: &mut Db, scope| ratings::of_activity(db, scope, activity.0);
    let found = activity.found(state.read_as(caller.0, read).await?)?;
    Ok(Shown::plain(ActivityRatingsView::new(activity.0, found)))
}

/// Rates a volunteer's service
///
/// By a coordinator of the activity's unit, of a volunteer who has a service record there, credited or to be decided;
/// once, until 30 days after the activity's end. The volunteer sees it.
#[utoipa::path(
    tag = "ratings",
    params(("id" = ActivityId, Path, description = "The activity")),
    request_body = NewServiceRating,
    responses((status = 201, description = "The rating", body = Changed<RatingView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "activity_not_found", "outside_unit", "volunteer_not_found", "volunteer_closed", "rating_of_own",
        "rating_without_service", "rating_repeated", "rating_too_late"
    ]))),
)]
#[post("/activities/{id}/service-ratings")]
pub async fn rate_service(
    state: State,
    caller: Coordinator,
    activity: PathId<ActivityId>,
    body: Strict<NewServiceRating>,
) -> Result<Created<RatingView>, ApiError> {
    let NewServiceRating { volunteer, score, words } = body.value;
    let (activity, score, words) = (activity.0, score.0, words_for_others(&state, words)?);
    let command = Command::RateService(RateService { activity, volunteer, score, words });
    state.create(caller.asker(), body.idempotency, command).await
}

/// Which ratings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RatingQuery {
    /// Who rated what.
    side: Option<RatingSide>,
    activity: Option<ActivityId>,
    volunteer: Option<VolunteerId>,
    /// Of activities of this unit or one under it.
    unit: Option<UnitId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists ratings
///
/// Of activities of the caller's units and of service there, newest first, with their words. A volunteer sees what they
/// said, and what was said of their service.
#[utoipa::path(
    tag = "ratings",
    params(RatingQuery),
    responses((status = 200, description = "A page", body = Page<RatingShown>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/ratings")]
pub async fn list_ratings(
    state: State,
    caller: Anyone,
    query: Query<RatingQuery>,
) -> Result<Shown<Page<RatingShown>>, ApiError> {
    let RatingQuery { side, activity, volunteer, unit, limit, cursor } = query.0;
    let (zone, request) = (state.rules.zone, page_request("ratings", limit, cursor.as_ref())?);
    let filter = RatingFilter { side, activity, volunteer, unit };
    let about = About { unit, activity, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| ratings::list(db, scope, filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(Page::new("ratings", page, |found| RatingShown::of(found, zone))))
}

/// Shows a rating
///
/// With its words, until the volunteer's personal data is erased.
#[utoipa::path(
    tag = "ratings",
    params(("id" = RatingId, Path, description = "The rating")),
    responses((status = 200, description = "The rating", body = RatingShown)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["rating_not_found"]))),
)]
#[get("/ratings/{id}")]
pub async fn get_rating(
    state: State,
    caller: Anyone,
    rating: PathId<RatingId>,
) -> Result<Shown<RatingShown>, ApiError> {
    let found = state.read_as(caller.0, move |db, scope| ratings::get(db, scope, rating.0)).await?;
    Ok(Shown::plain(RatingShown::of(rating.found(found)?, state.rules.zone)))
}
