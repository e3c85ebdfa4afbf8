//! Withdrawing (撤回) a record that waits: by who entered it. Its time is free again, and nothing else changes: what is
//! entered anew is judged as any other, late or not by its own day, with the objections to this one (see
//! [`super::along`]).

use super::{Event, Refusal, ServiceRecord, WithdrawRecord};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::world::Stop;

/// By the person who entered it, whatever their account: operators where they answer for the unit, volunteers of their
/// own service.
pub fn decide_withdraw(ctx: &Ctx, cmd: &WithdrawRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    must_be_theirs_to_see(ctx, record)?;
    if !ctx.is_person(record.submitted_by)? {
        return Err(Refusal::WithdrawalByAnother.into());
    }
    record.must_be_submitted()?;
    Ok(Decision::of(Event::RecordWithdrawn { record: record.id }).effective(record.service_date))
}

fn must_be_theirs_to_see(ctx: &Ctx, record: &ServiceRecord) -> Result<(), Stop> {
    match ctx.actor {
        Actor::Volunteer(volunteer) if record.volunteer == volunteer => Ok(()),
        Actor::Volunteer(_) => Err(Refusal::RecordNotFound.into()),
        Actor::Operator(_) | Actor::System => ctx.must_answer_for(ctx.world.unit(record.unit)?),
    }
}
