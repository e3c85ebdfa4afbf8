//! Rules of access tokens (访问令牌): what may be done, and what follows.

use super::{EndTokens, Event, IssueToken};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::operator;
use crate::domain::operator::rules::must_be_above;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::volunteer;
use crate::domain::world::{Key, Stop, World};

/// Tokens are made by hand at the machine only, for somebody who has access.
pub fn decide_issue(ctx: &Ctx, cmd: &IssueToken) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    match cmd.holder {
        Actor::System => return Err(general::Refusal::NotPermitted.into()),
        Actor::Operator(id) if ctx.world.operator(id)?.active => {}
        Actor::Operator(_) => return Err(operator::Refusal::OperatorDisabled.into()),
        Actor::Volunteer(id) => ctx.world.volunteer(id)?.must_be_registered()?,
    }
    Ok(Decision::of(Event::TokenIssued { holder: cmd.holder, expires_at: cmd.expires_at }))
}

/// One's own; an operator's, also who may reset the password; a volunteer's, also who answers for the unit.
pub fn decide_end(ctx: &Ctx, cmd: &EndTokens) -> Result<Decision, Stop> {
    match cmd.holder {
        Actor::System => return Err(general::Refusal::NotPermitted.into()),
        Actor::Operator(id) => {
            let operator = ctx.world.operator(id)?;
            if ctx.actor != cmd.holder {
                must_be_above(ctx, operator)?;
            }
        }
        Actor::Volunteer(id) => {
            let volunteer = ctx.world.volunteer(id)?;
            ctx.must_be_or_answer_for(volunteer)?;
            volunteer.must_be_registered()?;
        }
    }
    Ok(Decision::of(Event::TokensEnded { holder: cmd.holder }))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        let (Self::TokenIssued { holder, .. } | Self::TokensEnded { holder }) = self;
        Ok(match holder {
            Actor::System => Vec::new(),
            Actor::Operator(id) => vec![Key::Operator(*id)],
            Actor::Volunteer(id) => vec![Key::Volunteer(*id)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::TokensEnded { holder: Actor::Operator(id) } => {
                operator::rules::evolve_tokens_ended(world, unsealed, *id)
            }
            Self::TokensEnded { holder: Actor::Volunteer(id) } => {
                volunteer::rules::evolve_tokens_ended(world, unsealed, *id)
            }
            // That a token was made is a fact of the journal; nothing follows from it.
            Self::TokensEnded { .. } | Self::TokenIssued { .. } => Ok(()),
        }
    }

    fn outcome(&self, world: &World, _: &UnsealedEntry) -> Result<Outcome, Stop> {
        let (Self::TokenIssued { holder, .. } | Self::TokensEnded { holder }) = self;
        match holder {
            Actor::Operator(id) => Ok(world.operator(*id)?.clone().into()),
            Actor::Volunteer(id) => Ok(world.volunteer(*id)?.clone().into()),
            Actor::System => Err(general::Refusal::NotPermitted.into()),
        }
    }
}
