//! Whether somebody may be told once more what a request of theirs came to (重放): who asks is judged as for any change,
//! by what they may do now, before a kept answer is shown.

use super::actor::Actor;
use super::context::Ctx;
use super::general;
use super::ids::{Seq, VolunteerId};
use super::operator::Operator;
use super::outcome::Outcome;
use super::redemption::RedemptionStatus;
use super::volunteer::{Volunteer, VolunteerStatus};
use super::world::Stop;

/// Refuses who has no access any more, and who may not do any more what the answer tells of. `told` are the entries that
/// the answer tells of, with what each came to.
pub fn judge_replay(ctx: &Ctx, told: &[(Seq, &Outcome)]) -> Result<(), Stop> {
    if told.iter().any(|(_, outcome)| is_own_closing(ctx.actor, outcome)) {
        // Who closes their registration and loses the answer learns that it is closed, and nothing else.
        return Ok(());
    }
    ctx.must_be_in_good_standing()?;
    match ctx.actor {
        Actor::System => Ok(()),
        Actor::Volunteer(id) => judge_volunteer(ctx.world.volunteer(id)?, told),
        Actor::Operator(id) => judge_operator(ctx, ctx.world.operator(id)?, told),
    }
}

fn is_own_closing(actor: Actor, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Volunteer(volunteer) => {
            actor == Actor::Volunteer(volunteer.id) && volunteer.status == VolunteerStatus::Closed
        }
        _ => false,
    }
}

/// Who has left for now is told nothing that earns or spends.
fn judge_volunteer(volunteer: &Volunteer, told: &[(Seq, &Outcome)]) -> Result<(), Stop> {
    if told.iter().any(|(_, outcome)| is_for_the_active(volunteer.id, outcome)) {
        volunteer.must_be_active()?;
    }
    Ok(())
}

/// Whether only an active volunteer comes to this.
fn is_for_the_active(volunteer: VolunteerId, outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Redemption(redemption) => {
            redemption.volunteer == volunteer && redemption.status == RedemptionStatus::Held
        }
        Outcome::Record(record) => record.status.is_live(),
        Outcome::Pledge(pledge) => pledge.ended_at.is_none(),
        Outcome::Certificate(certificate) => certificate.revoked_at.is_none(),
        _ => false,
    }
}

/// An operator whose role or unit was not changed since is told all. Who was changed since must answer today for the
/// unit of everything that is told.
fn judge_operator(ctx: &Ctx, operator: &Operator, told: &[(Seq, &Outcome)]) -> Result<(), Stop> {
    match told.iter().map(|(seq, _)| *seq).min() {
        Some(first) if operator.version <= first => Ok(()),
        Some(_) => told.iter().try_for_each(|(_, outcome)| must_answer_for(ctx, outcome)),
        // Everything was refused: nothing is told but why.
        None if operator.role.changes_things() => Ok(()),
        None => Err(general::Refusal::NotPermitted.into()),
    }
}

fn must_answer_for(ctx: &Ctx, outcome: &Outcome) -> Result<(), Stop> {
    match (outcome, outcome.unit()) {
        (Outcome::Dismissal(_), Some(unit)) => ctx.must_audit(ctx.world.unit(unit)?),
        // Operators are appointed by admins, and what belongs to no unit is theirs to change.
        (Outcome::Operator(_), _) | (_, None) => ctx.must_be_admin(),
        (_, Some(unit)) => ctx.must_answer_for(ctx.world.unit(unit)?),
    }
}
