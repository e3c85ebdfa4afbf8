//! Rules of enrolments (报名): what may be done, and what follows.

use super::standing::put;
use super::{Enrolment, EnrolmentStatus, Event, promotion};
use crate::domain::context::Ctx;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{EnrolmentId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

pub use super::absence::{decide_absent, decide_contest, decide_excuse};
pub use super::enrol::{decide_accept, decide_decline, decide_enrol, decide_select};
pub use super::withdraw::{decide_lapse, decide_withdraw};

/// What closing a registration makes of what stands of it: each is withdrawn. Whom the places go to is left to the
/// sweeper, as nobody is given two places by one change.
pub(in crate::domain) fn withdrawals(ctx: &Ctx, volunteer: VolunteerId) -> Result<Vec<Event>, Stop> {
    let withdrawn = |enrolment: &Enrolment| Event::EnrolmentWithdrawn {
        enrolment: enrolment.id,
        late: false,
        reason: None,
        promotions: Vec::new(),
    };
    let places = ctx.world.places_of(volunteer)?;
    ctx.world.want_all(places.iter().map(|place| Key::Position(place.position)))?;
    Ok(places.into_iter().map(withdrawn).collect())
}

/// Who checked in was there.
pub(in crate::domain) fn attend(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: EnrolmentId,
) -> Result<(), Stop> {
    let enrolment = world.enrolment(id)?.clone();
    if enrolment.status == EnrolmentStatus::Attended {
        return Ok(());
    }
    let former = Some(enrolment.status);
    put(world, former, Enrolment { status: EnrolmentStatus::Attended, version: unsealed.seq, ..enrolment })
}

impl Event {
    /// The enrolment that it is about, and the position of one that is being made.
    const fn about(&self) -> Result<EnrolmentId, &super::PositionId> {
        match self {
            Self::EnrolmentMade { position, .. } => Err(position),
            Self::OfferAccepted { enrolment }
            | Self::EnrolmentWithdrawn { enrolment, .. }
            | Self::ApplicantSelected { enrolment }
            | Self::ApplicantDeclined { enrolment, .. }
            | Self::OfferLapsed { enrolment, .. }
            | Self::AbsenceMarked { enrolment }
            | Self::AbsenceExcused { enrolment, .. }
            | Self::AbsenceContested { enrolment, .. } => Ok(*enrolment),
        }
    }

    /// Where the enrolment stands after it; none where that does not change.
    const fn status(&self) -> Option<EnrolmentStatus> {
        Some(match self {
            Self::EnrolmentMade { status, .. } => *status,
            Self::OfferAccepted { .. } | Self::ApplicantSelected { .. } => EnrolmentStatus::Enrolled,
            Self::EnrolmentWithdrawn { .. } => EnrolmentStatus::Withdrawn,
            Self::ApplicantDeclined { .. } => EnrolmentStatus::Declined,
            Self::OfferLapsed { .. } => EnrolmentStatus::Lapsed,
            Self::AbsenceMarked { .. } => EnrolmentStatus::Absent,
            Self::AbsenceExcused { .. } => EnrolmentStatus::Excused,
            Self::AbsenceContested { .. } => return None,
        })
    }

    fn promotions(&self) -> &[super::Promotion] {
        match self {
            Self::EnrolmentWithdrawn { promotions, .. } | Self::OfferLapsed { promotions, .. } => promotions,
            _ => &[],
        }
    }
}

impl Happening for Event {
    fn keys(&self, world: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let own = match self.about() {
            Ok(enrolment) => {
                vec![Key::Enrolment(enrolment), Key::Position(world.enrolment(enrolment)?.position)]
            }
            Err(position) => vec![Key::Position(*position)],
        };
        Ok(own.into_iter().chain(promotion::keys(world, self.promotions())?).collect())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        let (former, enrolment) = match self {
            Self::EnrolmentMade { position, volunteer, status, at_once, .. } => {
                let position = world.position(*position)?;
                let (activity, unit, position) = (position.activity, position.unit, position.id);
                let enrolment = Enrolment {
                    id: EnrolmentId::new(unsealed.seq),
                    position,
                    activity,
                    unit,
                    volunteer: *volunteer,
                    status: *status,
                    at_once: *at_once,
                    made_by: unsealed.actor,
                    made_at: unsealed.recorded_at,
                    respond_by: None,
                    passed_over: None,
                    late: false,
                    contested_at: None,
                    version: unsealed.seq,
                };
                (None, enrolment)
            }
            changed => {
                let Ok(id) = changed.about() else { return Ok(()) };
                let enrolment = world.enrolment(id)?.clone();
                let late = matches!(changed, Self::EnrolmentWithdrawn { late: true, .. });
                let is_contested = matches!(changed, Self::AbsenceContested { .. });
                let changed = Enrolment {
                    status: changed.status().unwrap_or(enrolment.status),
                    late: enrolment.late || late,
                    contested_at: if is_contested {
                        Some(unsealed.recorded_at)
                    } else {
                        enrolment.contested_at
                    },
                    version: unsealed.seq,
                    ..enrolment
                };
                (Some(enrolment.status), changed)
            }
        };
        put(world, former, enrolment)?;
        promotion::evolve(world, unsealed, self.promotions())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = self.about().unwrap_or(EnrolmentId::new(unsealed.seq));
        Ok(world.enrolment(id)?.clone().into())
    }
}
