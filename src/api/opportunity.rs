//! Opportunities: activities to come that recruit, as a volunteer's screen lists them.

use super::extract::{Anyone, Peer, Query};
use super::ground::{Latitude, Longitude, point};
use super::page::{Cursor, Page, PageSize, Position as PlaceInList, page_request};
use super::position::PositionView;
use super::problem::ApiError;
use super::recruitment::RecruitmentView;
use super::routing::Routes;
use super::state::State;
use super::view::{Shown, View};
use super::wire::{BoundedInt, Count, Span};
use crate::domain::actor::Actor;
use crate::domain::enrolment::EnrolmentStatus;
use crate::domain::ids::{ActivityId, EnrolmentId, ProgrammeId, Seq, UnitId};
use crate::domain::position::Position;
use crate::domain::position::conditions::Condition;
use crate::domain::text::{Label, Name};
use crate::domain::time::{LocalZone, Timestamp};
use crate::store::read::opportunities::{self, Opportunity, OpportunityFilter, StartPlace};
use crate::store::read::{About, Openness, PageOf, PageRequest, Scope};
use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(list_opportunities).service(list_public_opportunities);
}

type Metres = BoundedInt<1, 100_000>;
/// How far away is near, where nothing else is asked.
const NEAR_METRES: i64 = 5_000;

/// Which opportunities.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OpportunityQuery {
    programme: Option<ProgrammeId>,
    /// Of a programme with this brand.
    brand: Option<Label>,
    /// Carried out by this unit or one under it.
    unit: Option<UnitId>,
    /// Whose name, place or content holds this.
    text: Option<Name>,
    /// With `longitude`: near this point. Activities without a fence are near nothing.
    #[param(inline)]
    latitude: Option<Latitude>,
    #[param(inline)]
    longitude: Option<Longitude>,
    /// How far from the point at most; 5,000 by default.
    #[param(inline)]
    within_metres: Option<Metres>,
    /// `true`: with a free place in some position.
    free: Option<bool>,
    /// `true`: for volunteers, where one could enrol, or wait, at this moment: sign-up is open, some position's conditions
    /// are met, one has no place there yet, and none elsewhere at that time.
    open_to_me: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Which opportunities, of those that everybody sees.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublicOpportunityQuery {
    programme: Option<ProgrammeId>,
    /// Of a programme with this brand.
    brand: Option<Label>,
    /// Carried out by this unit or one under it.
    unit: Option<UnitId>,
    /// Whose name, place or content holds this.
    text: Option<Name>,
    /// `true`: with a free place in some position.
    free: Option<bool>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

impl OpportunityQuery {
    fn filter(&self) -> Result<OpportunityFilter, ApiError> {
        let within_metres = self.within_metres.map(|BoundedInt(metres)| metres);
        let near = match (self.latitude, self.longitude) {
            (Some(latitude), Some(longitude)) => {
                Some((point(latitude, longitude), within_metres.unwrap_or(NEAR_METRES)))
            }
            (None, None) if within_metres.is_none() => None,
            (None, _) => return Err(incomplete("latitude")),
            (Some(_), None) => return Err(incomplete("longitude")),
        };
        Ok(OpportunityFilter {
            programme: self.programme,
            brand: self.brand.clone(),
            unit: self.unit,
            text: self.text.clone(),
            near,
            has_free_place: self.free == Some(true),
            is_open_to_reader: self.open_to_me == Some(true),
        })
    }
}

fn incomplete(parameter: &str) -> ApiError {
    let detail = format!("`{parameter}` is missing: a point has a latitude and a longitude");
    ApiError::InvalidParameter { name: parameter.to_owned(), detail }
}

/// An activity that recruits.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Opportunity)]
pub struct OpportunityView {
    pub activity: ActivityId,
    pub name: Name,
    pub place: Option<Name>,
    pub window: Span,
    pub unit: UnitId,
    pub unit_name: Name,
    pub programme: ProgrammeId,
    pub programme_name: Name,
    #[schema(max_items = 20)]
    pub brands: Vec<Label>,
    /// What recruitment tells; null where nothing is told.
    pub recruitment: Option<RecruitmentView>,
    /// From the point that was asked about; null where none was, or there is no fence.
    pub metres: Option<Count>,
    /// The oldest first.
    #[schema(max_items = 100)]
    pub positions: Vec<OpenPositionView>,
    /// One's own place, or wait for one; null where there is none, or it was given up.
    pub own: Option<OwnEnrolmentView>,
}

/// A position, as who may take it sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenPosition)]
pub struct OpenPositionView {
    #[serde(flatten)]
    pub position: PositionView,
    /// The first condition that the volunteer who asks does not meet; null where all are met.
    pub unmet: Option<Condition>,
}

/// One's own enrolment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OwnEnrolment)]
pub struct OwnEnrolmentView {
    pub enrolment: EnrolmentId,
    pub status: EnrolmentStatus,
}

impl OpportunityView {
    fn of(found: Opportunity, zone: LocalZone) -> Self {
        let Opportunity { activity, unit, programme, metres, positions, own } = found;
        let details = activity.details;
        let told = details.recruitment;
        let position = |(position, unmet): (Position, _)| OpenPositionView {
            position: PositionView::of(position, zone),
            unmet,
        };
        Self {
            activity: activity.id,
            name: details.name,
            place: details.place,
            window: Span::new(details.window, zone),
            unit: activity.unit,
            unit_name: unit,
            programme: activity.programme,
            programme_name: programme.name,
            brands: programme.brands.into_iter().collect(),
            recruitment: (!told.is_empty()).then(|| RecruitmentView::of(told, zone)),
            metres: metres.map(Count),
            positions: positions.into_iter().map(position).collect(),
            own: own.map(|(enrolment, status)| OwnEnrolmentView { enrolment, status }),
        }
    }
}

/// A start, and the activity among those of one start.
impl PlaceInList for StartPlace {
    fn to_text(&self) -> String {
        format!("{}-{}", self.starts_at.as_micros(), self.activity)
    }

    fn of_text(text: &str) -> Option<Self> {
        let (micros, activity) = text.rsplit_once('-')?;
        let starts_at = Timestamp::from_micros(micros.parse().ok()?).ok()?;
        Some(Self { starts_at, activity: Seq::of_text(activity)? })
    }
}

const LIST: &str = "opportunities";
const PUBLIC_LIST: &str = "public-opportunities";

/// Lists what recruits
///
/// Published activities of the caller's tree of units that are not over, the first to start first, with names, positions, and
/// for volunteers what they do not meet and where they are enrolled.
#[utoipa::path(
    tag = "activities",
    params(OpportunityQuery),
    responses((status = 200, description = "A page", body = Page<OpportunityView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/opportunities")]
pub async fn list_opportunities(
    state: State,
    caller: Anyone,
    query: Query<OpportunityQuery>,
) -> Result<Shown<Page<OpportunityView>>, ApiError> {
    let filter = query.0.filter()?;
    if filter.is_open_to_reader && !matches!(caller.0.actor, Actor::Volunteer(_)) {
        let detail = "only a volunteer has places open to them".to_owned();
        return Err(ApiError::InvalidParameter { name: "open_to_me".to_owned(), detail });
    }
    let request = page_request(LIST, query.0.limit, query.0.cursor.as_ref())?;
    let about = About {
        programme: filter.programme,
        unit: filter.unit,
        openness: Openness::Tree,
        ..About::default()
    };
    let (vault, zone, now) = (state.vault.clone(), state.rules.zone, state.clock.now());
    let read = move |db: &mut _, scope| opportunities::list(db, &vault, scope, &filter, (now, zone), request);
    let page = state.list_as(caller.0, about, read).await?;
    Ok(Shown::plain(shown(LIST, page, zone)))
}

/// Lists what recruits, for everybody
///
/// Where the service is set up so (`--public-opportunities`): without a token, as anybody may see it.
#[utoipa::path(
    tag = "activities",
    params(PublicOpportunityQuery),
    responses((status = 200, description = "A page", body = Page<OpportunityView>)),
    extensions(("x-refusals" = json!(["opportunities_not_public", "too_many_requests"]))),
)]
#[get("/public/opportunities")]
pub async fn list_public_opportunities(
    state: State,
    peer: Peer,
    query: Query<PublicOpportunityQuery>,
) -> Result<web::Json<Page<OpportunityView>>, ApiError> {
    if !state.has_public_opportunities {
        return Err(ApiError::OpportunitiesNotPublic);
    }
    let PublicOpportunityQuery { programme, brand, unit, text, free, limit, cursor } = query.0;
    let request: PageRequest<StartPlace> = page_request(PUBLIC_LIST, limit, cursor.as_ref())?;
    let admitted = state.look_ups.take(peer.0);
    admitted.map_err(|retry_after_seconds| ApiError::TooManyRequests { retry_after_seconds })?;
    let has_free_place = free == Some(true);
    let filter =
        OpportunityFilter { programme, brand, unit, text, has_free_place, ..OpportunityFilter::default() };
    let (vault, zone, now) = (state.vault.clone(), state.rules.zone, state.clock.now());
    let read = move |db: &mut _| opportunities::list(db, &vault, Scope::All, &filter, (now, zone), request);
    Ok(web::Json(shown(PUBLIC_LIST, state.read(read).await?, zone)))
}

fn shown(list: &str, page: PageOf<Opportunity, StartPlace>, zone: LocalZone) -> Page<OpportunityView> {
    Page::new(list, page, |found| OpportunityView::of(found, zone))
}
