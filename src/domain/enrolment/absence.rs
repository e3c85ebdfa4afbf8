//! Absences (缺席): set by who is in charge once the activity is over, excused by them, contested by the volunteer. They never
//! touch hours or points.

use super::enrol::own_enrolment;
use super::standing::must_be_anothers;
use super::{ContestAbsence, Enrolment, EnrolmentStatus, Event, ExcuseAbsence, MarkAbsent, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::ids::EnrolmentId;
use crate::domain::world::Stop;

/// Who had a place and was not seen is absent, once it is over.
pub fn decide_absent(ctx: &Ctx, cmd: &MarkAbsent) -> Result<Decision, Stop> {
    let enrolment = anothers(ctx, cmd.enrolment)?;
    enrolment.must_be(EnrolmentStatus::Enrolled)?;
    let activity = ctx.world.activity(enrolment.activity)?;
    activity.must_be_public()?;
    if ctx.now < activity.details.window.end {
        return Err(Refusal::AbsenceTooEarly.into());
    }
    Ok(Decision::of(Event::AbsenceMarked { enrolment: enrolment.id }))
}

/// With the reason that was accepted.
pub fn decide_excuse(ctx: &Ctx, cmd: &ExcuseAbsence) -> Result<Decision, Stop> {
    let enrolment = anothers(ctx, cmd.enrolment)?;
    enrolment.must_be(EnrolmentStatus::Absent)?;
    Ok(Decision::of(Event::AbsenceExcused { enrolment: enrolment.id, reason: cmd.reason.commitment })
        .with_words_about(enrolment.volunteer, [&cmd.reason]))
}

/// Once, by the volunteer; who is in charge looks at it, and excuses or not.
pub fn decide_contest(ctx: &Ctx, cmd: &ContestAbsence) -> Result<Decision, Stop> {
    let enrolment = own_enrolment(ctx, ctx.world.enrolment(cmd.enrolment)?)?;
    enrolment.must_be(EnrolmentStatus::Absent)?;
    if enrolment.contested_at.is_some() {
        return Err(Refusal::AbsenceContestedBefore.into());
    }
    Ok(Decision::of(Event::AbsenceContested { enrolment: enrolment.id, reason: cmd.reason.commitment })
        .with_words_about(enrolment.volunteer, [&cmd.reason]))
}

fn anothers<'w>(ctx: &Ctx<'w>, id: EnrolmentId) -> Result<&'w Enrolment, Stop> {
    let enrolment = ctx.world.enrolment(id)?;
    ctx.must_lead(ctx.world.activity(enrolment.activity)?)?;
    must_be_anothers(ctx, enrolment)?;
    Ok(enrolment)
}
