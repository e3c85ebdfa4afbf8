//! What every rule of enrolments needs: whose it is, and how a change of its status counts in its position.

use super::{Enrolment, EnrolmentStatus, Refusal};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::position::Position;
use crate::domain::world::{Stop, World};

/// Refuses who decides about their own place, whatever account they use.
pub(super) fn must_be_anothers(ctx: &Ctx, enrolment: &Enrolment) -> Result<(), Stop> {
    if ctx.is_person(Actor::Volunteer(enrolment.volunteer))? {
        Err(Refusal::EnrolmentOfOwn.into())
    } else {
        Ok(())
    }
}

/// Puts the enrolment, and counts it anew in its position: by what it was, if it was there. The position's terms are
/// unchanged, and so is its version.
pub(super) fn put(
    world: &mut World,
    former: Option<EnrolmentStatus>,
    enrolment: Enrolment,
) -> Result<(), Stop> {
    let position = world.position(enrolment.position)?.clone();
    let former = former.map_or((0, 0, 0), EnrolmentStatus::counts);
    let present = enrolment.status.counts();
    world.put_position(Position {
        taken: position.taken + present.0 - former.0,
        offered: position.offered + present.1 - former.1,
        waiting: position.waiting + present.2 - former.2,
        ..position
    });
    world.put_enrolment(enrolment);
    Ok(())
}
