//! Home: what a volunteer's first screen shows, in one request.

use super::account::AccountView;
use super::extract::VolunteerOnly;
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::volunteer::view::KnownVolunteerView;
use super::wire::{Count, LocalTime, PointsText, Span};
use crate::domain::activity::ActivityDetails;
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::Minutes;
use crate::domain::enrolment::EnrolmentStatus;
use crate::domain::general;
use crate::domain::ids::{
    ActivityId, AttendanceId, EnrolmentId, PositionId, RedemptionId, RewardId, StarSchemeId, UnitId,
};
use crate::domain::star::{Standing, StarScheme};
use crate::domain::text::{Name, UnitCode};
use crate::domain::time::LocalZone;
use crate::store::read::home::{
    self, HeldGift, HomeAttendance, HomePlace, HomeReadModel, HomeUnit, PendingService,
};
use crate::store::vault::Vault;
use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(get_own_home);
}

/// A volunteer's first screen.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Home)]
pub struct HomeView {
    /// With the numbers masked.
    pub volunteer: KnownVolunteerView,
    pub unit: HomeUnitView,
    pub account: AccountView,
    pub pending: PendingServiceView,
    /// Null where there is no star scheme.
    pub star: Option<HomeStarView>,
    /// Gifts that wait to be picked up, the first to expire first.
    #[schema(max_items = 20)]
    pub gifts: Vec<HeldGiftView>,
    /// Places, offers, applications and waits in activities that are not over, the first to begin first.
    #[schema(max_items = 20)]
    pub places: Vec<HomePlaceView>,
    /// Where the volunteer has checked in and not out; null where there is nothing to check out of.
    pub attendance: Option<HomeAttendanceView>,
    pub unread_messages: Count,
}

/// The unit that the volunteer belongs to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HomeUnit)]
pub struct HomeUnitView {
    pub id: UnitId,
    pub code: UnitCode,
    pub name: Name,
}

/// Service that waits to be decided. What points it will earn is not known before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PendingService)]
pub struct PendingServiceView {
    pub records: Count,
    pub claimed_minutes: Minutes,
}

/// Where the volunteer stands; on which days stars were reached, `/v1/volunteers/{id}/star` tells.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HomeStar)]
pub struct HomeStarView {
    pub scheme: StarSchemeId,
    /// 0 if no star is reached yet.
    #[schema(maximum = 10)]
    pub star: usize,
    /// Minutes that count towards stars.
    pub counted_minutes: Minutes,
    /// The minutes that the next star needs; null if there is no next star.
    pub next_threshold_minutes: Option<Minutes>,
    /// The minutes still missing for the next star.
    pub missing_minutes: Option<Minutes>,
}

/// A gift that waits to be picked up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeldGift)]
pub struct HeldGiftView {
    pub redemption: RedemptionId,
    pub reward: RewardId,
    pub name: Name,
    pub points: PointsText,
    /// When points and item are released if the gift is not picked up.
    pub expires_at: LocalTime,
    /// What the volunteer shows to receive it.
    #[schema(example = "7K3F-9QXA")]
    pub pickup_code: String,
}

/// An activity, as a screen names it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HomeActivity)]
pub struct HomeActivityView {
    pub id: ActivityId,
    pub name: Name,
    pub place: Option<Name>,
    pub window: Span,
}

/// A place in an activity, or what may become one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HomePlace)]
pub struct HomePlaceView {
    pub enrolment: EnrolmentId,
    pub status: EnrolmentStatus,
    /// Until when an offer is to be answered.
    pub respond_by: Option<LocalTime>,
    pub position: PositionId,
    pub position_name: Name,
    pub activity: HomeActivityView,
}

/// Where the volunteer is at this moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HomeAttendance)]
pub struct HomeAttendanceView {
    pub id: AttendanceId,
    pub checked_in_at: LocalTime,
    pub activity: HomeActivityView,
}

impl HomeView {
    fn new(found: HomeReadModel, vault: &Vault, zone: LocalZone) -> Self {
        let HomeReadModel { volunteer, unit, account, pending, star, gifts, places, attendance, unread } =
            found;
        Self {
            volunteer: KnownVolunteerView::masked(volunteer, Role::Volunteer, zone),
            unit: unit.into(),
            account: AccountView::new(&account, zone),
            pending: pending.into(),
            star: star.map(|(scheme, standing)| HomeStarView::new(&scheme, &standing)),
            gifts: gifts.into_iter().map(|gift| HeldGiftView::new(gift, vault, zone)).collect(),
            places: places.into_iter().map(|place| HomePlaceView::new(place, zone)).collect(),
            attendance: attendance.map(|attendance| HomeAttendanceView::new(attendance, zone)),
            unread_messages: Count(unread),
        }
    }
}

impl From<HomeUnit> for HomeUnitView {
    fn from(HomeUnit { id, code, name }: HomeUnit) -> Self {
        Self { id, code, name }
    }
}

impl From<PendingService> for PendingServiceView {
    fn from(PendingService { records, claimed_minutes }: PendingService) -> Self {
        Self { records: Count(records), claimed_minutes }
    }
}

impl HomeStarView {
    fn new(scheme: &StarScheme, standing: &Standing) -> Self {
        Self {
            scheme: scheme.id,
            star: standing.star(),
            counted_minutes: standing.counted,
            next_threshold_minutes: standing.next,
            missing_minutes: standing.missing(),
        }
    }
}

impl HeldGiftView {
    fn new(gift: HeldGift, vault: &Vault, zone: LocalZone) -> Self {
        Self {
            pickup_code: vault.pickup_code(gift.redemption),
            redemption: gift.redemption,
            reward: gift.reward,
            name: gift.name,
            points: PointsText(gift.points),
            expires_at: LocalTime::new(gift.expires_at, zone),
        }
    }
}

impl HomeActivityView {
    fn new((id, details): (ActivityId, ActivityDetails), zone: LocalZone) -> Self {
        Self { id, name: details.name, place: details.place, window: Span::new(details.window, zone) }
    }
}

impl HomePlaceView {
    fn new(found: HomePlace, zone: LocalZone) -> Self {
        let HomePlace { enrolment, status, respond_by, position: (position, position_name), activity } =
            found;
        Self {
            enrolment,
            status,
            respond_by: respond_by.map(|at| LocalTime::new(at, zone)),
            position,
            position_name,
            activity: HomeActivityView::new(activity, zone),
        }
    }
}

impl HomeAttendanceView {
    fn new(found: HomeAttendance, zone: LocalZone) -> Self {
        let HomeAttendance { attendance, checked_in_at, activity } = found;
        Self {
            id: attendance,
            checked_in_at: LocalTime::new(checked_in_at, zone),
            activity: HomeActivityView::new(activity, zone),
        }
    }
}

/// Shows the caller's first screen
///
/// Who the volunteer is, the unit, minutes and points with what is pending, the star with what is missing for the next,
/// gifts that wait with their pick-up codes, places in what is to come, what to check out of, and how many messages are not
/// read: in one request, as of one entry (`account.as_of`). New members may come.
#[utoipa::path(
    tag = "volunteers",
    responses((status = 200, description = "The first screen", body = HomeView)),
    security(("bearer" = ["volunteer"])),
)]
#[get("/me/home")]
pub async fn get_own_home(state: State, caller: VolunteerOnly) -> Result<Shown<HomeView>, ApiError> {
    let Actor::Volunteer(volunteer) = caller.actor() else {
        return Err(general::Refusal::NotPermitted.into());
    };
    let (vault, zone, now) = (state.vault.clone(), state.rules.zone, state.clock.now());
    let read = move |db: &mut _, _| home::home(db, &vault, volunteer, (now, zone));
    let found = state.read_as(caller.0, read).await?.ok_or(general::Refusal::ActorDisabled)?;
    Ok(Shown::plain(HomeView::new(found, &state.vault, zone)))
}
