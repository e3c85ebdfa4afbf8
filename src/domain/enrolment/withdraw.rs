//! Giving a place up, and what comes of it for who waits.

use super::{
    Enrolment, EnrolmentStatus, Event, LapseOffer, Promotion, Refusal, WithdrawEnrolment, promotion,
};
use crate::domain::activity::Activity;
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::position::Position;
use crate::domain::world::Stop;

/// The volunteer withdraws at any time before the start; who is in charge does it for them, and says why (Ordinance 685,
/// article 22).
pub fn decide_withdraw(ctx: &Ctx, cmd: &WithdrawEnrolment) -> Result<Decision, Stop> {
    let enrolment = ctx.world.enrolment(cmd.enrolment)?;
    let activity = ctx.world.activity(enrolment.activity)?;
    let is_own = ctx.actor == Actor::Volunteer(ctx.world.person_of(enrolment.volunteer)?);
    if !is_own {
        must_be_in_charge(ctx, activity)?;
        if cmd.reason.is_none() {
            return Err(crate::domain::record::Refusal::ReasonMissing.into());
        }
    }
    if enrolment.status == EnrolmentStatus::Withdrawn {
        return Ok(Decision::as_it_is(enrolment.version, enrolment.clone()));
    }
    if !enrolment.status.stands() {
        return Err(Refusal::EnrolmentStatusWrong { status: enrolment.status }.into());
    }
    let has_place = enrolment.status == EnrolmentStatus::Enrolled;
    if has_place && ctx.now >= activity.details.window.start && !activity.cancelled {
        return Err(Refusal::WithdrawalTooLate.into());
    }
    let withdraw_by = activity.details.recruitment.withdraw_by;
    let late = has_place && withdraw_by.is_some_and(|withdraw_by| ctx.now > withdraw_by);
    Ok(Decision::of(Event::EnrolmentWithdrawn {
        enrolment: enrolment.id,
        late,
        reason: cmd.reason.as_ref().map(|reason| reason.commitment),
        promotions: given_on(ctx, activity, enrolment)?,
    })
    .with_words_about(enrolment.volunteer, &cmd.reason))
}

/// By the service itself, once nobody answered in time.
pub fn decide_lapse(ctx: &Ctx, cmd: &LapseOffer) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let enrolment = ctx.world.enrolment(cmd.enrolment)?;
    enrolment.must_be(EnrolmentStatus::Offered)?;
    if enrolment.respond_by.is_some_and(|respond_by| ctx.now < respond_by) {
        return Err(Refusal::OfferNotOver.into());
    }
    let activity = ctx.world.activity(enrolment.activity)?;
    let promotions = given_on(ctx, activity, enrolment)?;
    Ok(Decision::of(Event::OfferLapsed { enrolment: enrolment.id, promotions }))
}

/// Who gets the place that an enrolment had, or that was kept for it.
fn given_on(ctx: &Ctx, activity: &Activity, enrolment: &Enrolment) -> Result<Vec<Promotion>, Stop> {
    let (taken, offered, waiting) = enrolment.status.counts();
    let position = ctx.world.position(enrolment.position)?.clone();
    let position = Position {
        taken: position.taken - taken,
        offered: position.offered - offered,
        waiting: position.waiting - waiting,
        ..position
    };
    // Who only waited frees nothing.
    if taken + offered == 0 { Ok(Vec::new()) } else { promotion::of_free_places(ctx, activity, &position) }
}

/// Of an enrolment nothing is told to volunteers who are not in charge.
fn must_be_in_charge(ctx: &Ctx, activity: &Activity) -> Result<(), Stop> {
    match ctx.must_lead(activity) {
        Err(Stop::Rejected(_)) if matches!(ctx.actor, Actor::Volunteer(_)) => {
            Err(Refusal::EnrolmentNotFound.into())
        }
        verdict => verdict,
    }
}
