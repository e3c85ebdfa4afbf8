//! Coming to a place: enrolling, applying, waiting; being selected; answering an offer.

use super::promotion::must_be_fit;
use super::standing::must_be_anothers;
use super::{
    AcceptOffer, DeclineApplicant, Enrol, Enrolment, EnrolmentStatus, Event, Refusal, SelectApplicant,
};
use crate::domain::activity::{self, Activity};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::position;
use crate::domain::position::{Position, Selection};
use crate::domain::volunteer::{self, Volunteer};
use crate::domain::world::{Key, Stop};

/// Volunteers enrol themselves; an office or the leader enrols others, once these have agreed.
pub fn decide_enrol(ctx: &Ctx, cmd: &Enrol) -> Result<Decision, Stop> {
    ctx.world.want([Key::Position(cmd.position), Key::Volunteer(cmd.volunteer)])?;
    let position = ctx.world.position(cmd.position)?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let activity = ctx.world.activity(position.activity)?;
    let enrols_self = ctx.actor == Actor::Volunteer(volunteer.id);
    if enrols_self {
        // Volunteers see the activities of their own tree of units.
        if !ctx.is_of_the_tree_of(volunteer, activity)? {
            return Err(position::Refusal::PositionNotFound.into());
        }
    } else {
        must_be_let_enrol(ctx, volunteer, activity)?;
        if cmd.consent.is_none() {
            return Err(Refusal::EnrolmentConsentMissing.into());
        }
    }
    must_be_open(ctx, activity, enrols_self || !takes_people_on(ctx, activity)?)?;
    ctx.must_be_active(volunteer)?;
    if let Some(other) = ctx.world.enrolment_at(volunteer.id, activity.id)? {
        return Err(Refusal::AlreadyEnrolled { enrolment: other.id }.into());
    }
    must_be_of_age(ctx, cmd, activity, position)?;
    must_be_fit(ctx, activity, position, volunteer.id)?;
    let status = match position.terms.selection {
        Selection::Selected => EnrolmentStatus::Applied,
        // Who waits comes first, even where the place was freed a moment ago.
        Selection::FirstCome if position.free() > 0 && position.waiting == 0 => EnrolmentStatus::Enrolled,
        Selection::FirstCome if cmd.wait => EnrolmentStatus::Waiting,
        Selection::FirstCome => return Err(Refusal::PlacesFull.into()),
    };
    Ok(Decision::of(Event::EnrolmentMade {
        position: position.id,
        volunteer: volunteer.id,
        status,
        at_once: cmd.at_once && status == EnrolmentStatus::Waiting,
        consent: cmd.consent.as_ref().map(|consent| consent.commitment),
    })
    .with_words_about(volunteer.id, &cmd.consent))
}

/// Takes the place that was offered, in time and while it fits.
pub fn decide_accept(ctx: &Ctx, cmd: &AcceptOffer) -> Result<Decision, Stop> {
    let enrolment = own_enrolment(ctx, ctx.world.enrolment(cmd.enrolment)?)?;
    if enrolment.status == EnrolmentStatus::Enrolled {
        return Ok(Decision::as_it_is(enrolment.version, enrolment.clone()));
    }
    enrolment.must_be(EnrolmentStatus::Offered)?;
    if enrolment.respond_by.is_none_or(|respond_by| ctx.now >= respond_by) {
        return Err(Refusal::OfferOver.into());
    }
    let (activity, position) =
        (ctx.world.activity(enrolment.activity)?, ctx.world.position(enrolment.position)?);
    activity.must_be_public()?;
    ctx.must_be_active(ctx.world.volunteer(enrolment.volunteer)?)?;
    must_be_fit(ctx, activity, position, enrolment.volunteer)?;
    Ok(Decision::of(Event::OfferAccepted { enrolment: enrolment.id }))
}

/// The leader gives a place to who applied.
pub fn decide_select(ctx: &Ctx, cmd: &SelectApplicant) -> Result<Decision, Stop> {
    let (enrolment, activity) = anothers_application(ctx, ctx.world.enrolment(cmd.enrolment)?)?;
    activity.must_be_public()?;
    let position = ctx.world.position(enrolment.position)?;
    if position.free() == 0 {
        return Err(Refusal::PlacesFull.into());
    }
    ctx.must_be_active(ctx.world.volunteer(enrolment.volunteer)?)?;
    must_be_fit(ctx, activity, position, enrolment.volunteer)?;
    Ok(Decision::of(Event::ApplicantSelected { enrolment: enrolment.id }))
}

/// The leader gives none, and says why.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineApplicant) -> Result<Decision, Stop> {
    let (enrolment, _) = anothers_application(ctx, ctx.world.enrolment(cmd.enrolment)?)?;
    let reason = cmd.reason.commitment;
    Ok(Decision::of(Event::ApplicantDeclined { enrolment: enrolment.id, reason })
        .with_words_about(enrolment.volunteer, [&cmd.reason]))
}

fn anothers_application<'w>(
    ctx: &Ctx<'w>,
    enrolment: &'w Enrolment,
) -> Result<(&'w Enrolment, &'w Activity), Stop> {
    let activity = ctx.world.activity(enrolment.activity)?;
    ctx.must_lead(activity)?;
    must_be_anothers(ctx, enrolment)?;
    enrolment.must_be(EnrolmentStatus::Applied)?;
    Ok((enrolment, activity))
}

/// The volunteer's own; of others' nothing is told.
pub(super) fn own_enrolment<'w>(ctx: &Ctx, enrolment: &'w Enrolment) -> Result<&'w Enrolment, Stop> {
    let person = ctx.world.person_of(enrolment.volunteer)?;
    if ctx.actor == Actor::Volunteer(person) { Ok(enrolment) } else { Err(Refusal::EnrolmentNotFound.into()) }
}

/// Who answers for the volunteer's unit, or who is in charge of the activity.
fn must_be_let_enrol(ctx: &Ctx, volunteer: &Volunteer, activity: &Activity) -> Result<(), Stop> {
    if ctx.answers_for(ctx.world.unit(volunteer.unit)?)? {
        return Ok(());
    }
    match ctx.must_lead(activity) {
        // Who is no leader is not told of volunteers of other units.
        Err(Stop::Rejected(_)) if matches!(ctx.actor, Actor::Volunteer(_)) => {
            Err(volunteer::Refusal::VolunteerNotFound.into())
        }
        verdict => verdict,
    }
}

/// Whether it is for the actor to let people in at the place: who answers for the activity's unit, or is in charge there.
fn takes_people_on(ctx: &Ctx, activity: &Activity) -> Result<bool, Stop> {
    Ok(ctx.leads(activity)? || ctx.answers_for(ctx.world.unit(activity.unit)?)?)
}

/// Who takes people on does so until the activity is over; volunteers, and another unit for its own, enrol within the
/// times that were told.
fn must_be_open(ctx: &Ctx, activity: &Activity, is_from_outside: bool) -> Result<(), Stop> {
    match activity.must_be_public() {
        // A draft is nothing that others see.
        Err(activity::Refusal::ActivityIsDraft) if is_from_outside => {
            return Err(position::Refusal::PositionNotFound.into());
        }
        verdict => verdict?,
    }
    let details = &activity.details;
    if let Some(ends_at) = details.opens_at().filter(|opens_at| is_from_outside && ctx.now < *opens_at) {
        return Err(Refusal::EnrolmentNotOpen { ends_at }.into());
    }
    let closes_at = if is_from_outside { details.closes_at() } else { details.window.end };
    if ctx.now >= closes_at { Err(Refusal::EnrolmentClosed.into()) } else { Ok(()) }
}

fn must_be_of_age(ctx: &Ctx, cmd: &Enrol, activity: &Activity, position: &Position) -> Result<(), Stop> {
    let first_day = ctx.rules.zone.date_of(activity.details.window.start);
    match cmd.born.and_then(|born| position.terms.conditions.unmet_by_age(born, first_day)) {
        Some(condition) => Err(Refusal::ConditionsNotMet { condition }.into()),
        None => Ok(()),
    }
}
