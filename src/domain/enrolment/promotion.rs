//! Who gets a free place (递补): the first who waits and still qualifies, as an offer; at once only where that was ticked on
//! joining. Who does not qualify any more is passed over, and told why.

use super::{Enrolment, EnrolmentStatus, Refusal};
use crate::domain::activity::Activity;
use crate::domain::context::Ctx;
use crate::domain::event::UnsealedEntry;
use crate::domain::ids::{EnrolmentId, UnitId, VolunteerId};
use crate::domain::position::Position;
use crate::domain::position::conditions::Qualifications;
use crate::domain::star;
use crate::domain::time::{Interval, Timestamp};
use crate::domain::world::{Key, Stop, World};
use crate::domain::{amounts::Minutes, choice::choice};
use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How long an offer can be answered, as far as the activity does not start before.
const OFFER_HOURS: i64 = 48;
/// Most who are looked at in one entry: what it tells fits into an entry of the log.
const MOST_PROMOTED: usize = 200;
/// How many who wait are loaded at a time.
const LOOKED_AT_ONCE: usize = 50;

choice! {
    /// Why a free place goes to somebody who waits behind.
    pub enum Unfit {
        /// Has left, be it for now.
        NotActive,
        /// Has a place in another activity at that time.
        Overlaps,
        /// Does not meet a condition of the position.
        Condition,
    }
}

/// What a free place comes to for one who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Promotion {
    Place { enrolment: EnrolmentId },
    Offer { enrolment: EnrolmentId, respond_by: Timestamp },
    PassedOver { enrolment: EnrolmentId, why: Unfit },
}

impl Promotion {
    /// Whose it is.
    #[must_use]
    pub const fn enrolment(&self) -> EnrolmentId {
        match self {
            Self::Place { enrolment }
            | Self::Offer { enrolment, .. }
            | Self::PassedOver { enrolment, .. } => *enrolment,
        }
    }
}

/// Who gets the free places of a position as it is about to be. Once the activity has started, nobody is asked any more.
pub(in crate::domain) fn of_free_places(
    ctx: &Ctx,
    activity: &Activity,
    position: &Position,
) -> Result<Vec<Promotion>, Stop> {
    let mut promotions = Vec::new();
    let mut free = position.free();
    let starts_at = activity.details.window.start;
    if free == 0 || position.waiting == 0 || activity.must_be_public().is_err() || ctx.now >= starts_at {
        return Ok(promotions);
    }
    let respond_by = starts_at.min(ctx.now.plus(Duration::hours(OFFER_HOURS)));
    let waiting: Vec<&Enrolment> = ctx.world.waiting_for(position.id)?;
    for some in waiting.chunks(LOOKED_AT_ONCE) {
        prefetch(ctx, position, some)?;
        for enrolment in some {
            if free == 0 || promotions.len() == MOST_PROMOTED {
                return Ok(promotions);
            }
            let enrolment_id = enrolment.id;
            match unfit(ctx, activity, position, enrolment.volunteer)? {
                Some(why) if enrolment.passed_over == Some(why) => {}
                Some(why) => promotions.push(Promotion::PassedOver { enrolment: enrolment_id, why }),
                None => {
                    free -= 1;
                    promotions.push(if enrolment.at_once {
                        Promotion::Place { enrolment: enrolment_id }
                    } else {
                        Promotion::Offer { enrolment: enrolment_id, respond_by }
                    });
                }
            }
        }
    }
    Ok(promotions)
}

/// Asks for all that is known of some who wait, in three rounds however many they are.
fn prefetch(ctx: &Ctx, position: &Position, some: &[&Enrolment]) -> Result<(), Stop> {
    let conditions = &position.terms.conditions;
    let by_number = |volunteer| {
        let star = conditions.least_star.map(|_| Key::CreditedOf(volunteer));
        let training = conditions.least_training.map(|_| Key::TrainingsOf(volunteer));
        [Key::Volunteer(volunteer), Key::PlacesOf(volunteer)].into_iter().chain(star).chain(training)
    };
    ctx.world.want_all(some.iter().flat_map(|enrolment| by_number(enrolment.volunteer)))?;
    let mut activities = Vec::new();
    for enrolment in some {
        activities.extend(ctx.world.places_of(enrolment.volunteer)?.iter().map(|place| place.activity));
    }
    ctx.world.want_all(activities.into_iter().map(Key::Activity))
}

fn unfit(
    ctx: &Ctx,
    activity: &Activity,
    position: &Position,
    volunteer: VolunteerId,
) -> Result<Option<Unfit>, Stop> {
    let verdict = ctx
        .must_be_active(ctx.world.volunteer(volunteer)?)
        .and_then(|()| must_be_fit(ctx, activity, position, volunteer));
    match verdict {
        Ok(()) => Ok(None),
        Err(Stop::Miss) => Err(Stop::Miss),
        Err(Stop::Rejected(crate::domain::Rejection::Enrolment(refusal))) => Ok(Some(match refusal {
            Refusal::ConditionsNotMet { .. } => Unfit::Condition,
            _ => Unfit::Overlaps,
        })),
        Err(Stop::Rejected(_)) => Ok(Some(Unfit::NotActive)),
    }
}

/// Refuses who has another place at that time, or does not meet what can change while one waits: star, training and
/// unit. Age is that of the first day, and was looked at on joining.
pub(super) fn must_be_fit(
    ctx: &Ctx,
    activity: &Activity,
    position: &Position,
    volunteer: VolunteerId,
) -> Result<(), Stop> {
    must_be_free(ctx, activity, volunteer)?;
    match position.terms.conditions.unmet_by(&Candidate { ctx, volunteer })? {
        Some(condition) => Err(Refusal::ConditionsNotMet { condition }.into()),
        None => Ok(()),
    }
}

/// Who is looked at.
struct Candidate<'c, 'w> {
    ctx: &'c Ctx<'w>,
    volunteer: VolunteerId,
}

impl Qualifications for Candidate<'_, '_> {
    type Unknown = Stop;

    fn is_of(&self, units: &[UnitId]) -> Result<bool, Stop> {
        let world = self.ctx.world;
        let unit = world.unit(world.volunteer(self.volunteer)?.unit)?;
        Ok(units.iter().any(|wanted| unit.is_within(*wanted)))
    }

    fn star(&self) -> Result<i64, Stop> {
        star_of(self.ctx, self.volunteer)
    }

    fn training(&self) -> Result<Minutes, Stop> {
        self.ctx.world.training_minutes(self.volunteer)
    }
}

/// Refuses a place that overlaps another of the same person. A window of more than a day does not say when somebody is
/// there.
fn must_be_free(ctx: &Ctx, activity: &Activity, volunteer: VolunteerId) -> Result<(), Stop> {
    let window = activity.details.window;
    let places = ctx.world.places_of(volunteer)?;
    let places = places.into_iter().filter(|place| place.status == EnrolmentStatus::Enrolled);
    let places: Vec<&Enrolment> = places.filter(|place| place.activity != activity.id).collect();
    ctx.world.want_all(places.iter().map(|place| Key::Activity(place.activity)))?;
    for place in places {
        let other = ctx.world.activity(place.activity)?;
        let there = other.details.window;
        if !other.cancelled && takes_the_time_of(there, window) {
            return Err(Refusal::EnrolmentOverlaps { enrolment: place.id }.into());
        }
    }
    Ok(())
}

/// Whether who has a place in the one cannot have one in the other.
#[must_use]
pub fn takes_the_time_of(window: Interval, other: Interval) -> bool {
    is_of_one_day(window) && is_of_one_day(other) && window.overlaps(other)
}

fn is_of_one_day(window: Interval) -> bool {
    window.micros() <= Duration::days(1).num_microseconds().unwrap_or(i64::MAX)
}

/// How many stars a volunteer has today, by the scheme in force.
fn star_of(ctx: &Ctx, volunteer: VolunteerId) -> Result<i64, Stop> {
    ctx.world.want([Key::StarSchemes, Key::CreditedOf(volunteer)])?;
    let Some(scheme) = star::in_force(ctx.world.star_schemes()?, ctx.today()) else { return Ok(0) };
    let mut by_day: BTreeMap<NaiveDate, Minutes> = BTreeMap::new();
    for service in ctx.world.credited_services(volunteer)? {
        if scheme.terms.counting_evidence.contains(&service.evidence) {
            *by_day.entry(service.service_date).or_default() += service.credited_minutes;
        }
    }
    let days: Vec<(NaiveDate, Minutes)> = by_day.into_iter().collect();
    Ok(i64::try_from(scheme.terms.standing(&days).star()).unwrap_or(i64::MAX))
}

/// What carrying promotions into the world reads.
pub(in crate::domain) fn keys(world: &World, promotions: &[Promotion]) -> Result<Vec<Key>, Stop> {
    world.want_all(promotions.iter().map(|promotion| Key::Enrolment(promotion.enrolment())))?;
    promotions
        .iter()
        .map(|promotion| Ok(Key::Position(world.enrolment(promotion.enrolment())?.position)))
        .collect()
}

/// Carries promotions into the world.
pub(in crate::domain) fn evolve(
    world: &mut World,
    unsealed: &UnsealedEntry,
    promotions: &[Promotion],
) -> Result<(), Stop> {
    for promotion in promotions {
        let enrolment = world.enrolment(promotion.enrolment())?.clone();
        let former = Some(enrolment.status);
        let changed = Enrolment { version: unsealed.seq, ..enrolment };
        let changed = match promotion {
            Promotion::Place { .. } => {
                Enrolment { status: EnrolmentStatus::Enrolled, passed_over: None, ..changed }
            }
            Promotion::Offer { respond_by, .. } => Enrolment {
                status: EnrolmentStatus::Offered,
                respond_by: Some(*respond_by),
                passed_over: None,
                ..changed
            },
            Promotion::PassedOver { why, .. } => Enrolment { passed_over: Some(*why), ..changed },
        };
        super::standing::put(world, former, changed)?;
    }
    Ok(())
}
