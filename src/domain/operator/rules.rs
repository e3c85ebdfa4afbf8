//! Rules of operators (操作员): what may be done, and what follows.

use super::{
    CreateOperator, DisableOperator, EnableOperator, Event, Operator, OperatorIdentity, PasswordProof,
    RESET_HOURS, Refusal, ResetPassword, SetPassword, UpdateOperator,
};
use crate::domain::actor::{Actor, Role};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::time::Timestamp;
use crate::domain::world::{Key, Stop, World};
use chrono::Duration;

/// Only an admin appoints operators, each of whom is somebody. Who is appointed at the machine itself, such as the
/// first admin, may say it later.
pub fn decide_create(ctx: &Ctx, cmd: &CreateOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    check_place(ctx, cmd.role, cmd.unit, cmd.volunteer)?;
    let is_named = cmd.volunteer.is_some() != cmd.identity.is_some();
    let says_nothing = cmd.volunteer.is_none() && cmd.identity.is_none();
    if !(is_named || says_nothing && ctx.actor == Actor::System) {
        return Err(Refusal::OperatorPersonInvalid.into());
    }
    if ctx.world.operator_with_login(&cmd.login.content.login)?.is_some() {
        return Err(Refusal::LoginTaken.into());
    }
    let operator = OperatorId::new(ctx.seq);
    let decision = Decision::of(Event::OperatorCreated {
        role: cmd.role,
        unit: cmd.unit,
        volunteer: cmd.volunteer,
        login: cmd.login.commitment,
        document: cmd.identity.as_ref().map(|identity| identity.document.commitment),
    })
    .with(SideData::Credential {
        operator,
        login: cmd.login.clone(),
        password_hash: cmd.password_hash.clone(),
    });
    Ok(with_identity(decision, operator, cmd.identity.as_ref()))
}

/// Only an admin changes what operators may do, and says who they are.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    must_be_another(ctx, cmd.operator)?;
    let operator = ctx.world.operator(cmd.operator)?;
    must_be_current(cmd.expected, operator.version)?;
    check_place(ctx, cmd.role, cmd.unit, cmd.volunteer)?;
    let volunteer = match (cmd.volunteer, &cmd.identity) {
        (Some(_), Some(_)) => return Err(Refusal::OperatorPersonInvalid.into()),
        (None, Some(_)) => None,
        (named, None) => named.or(operator.volunteer),
    };
    let is_so = (cmd.role, cmd.unit, volunteer) == (operator.role, operator.unit, operator.volunteer);
    let says_who = cmd.identity.is_some() || (volunteer.is_some() && operator.identified);
    if is_so && !says_who {
        return Ok(Decision::as_it_is(operator.version, operator.clone()));
    }
    let decision = Decision::of(Event::OperatorUpdated {
        operator: cmd.operator,
        role: cmd.role,
        unit: cmd.unit,
        volunteer,
        document: cmd.identity.as_ref().map(|identity| identity.document.commitment),
    });
    Ok(match volunteer {
        // Who is registered is known by that: the document is needed no longer.
        Some(_) if operator.identified => {
            decision.with(SideData::ForgetOperatorIdentity { operator: cmd.operator })
        }
        _ => with_identity(decision, cmd.operator, cmd.identity.as_ref()),
    })
}

fn with_identity(decision: Decision, operator: OperatorId, identity: Option<&OperatorIdentity>) -> Decision {
    match identity {
        Some(identity) => decision.with(SideData::OperatorIdentity { operator, identity: identity.clone() }),
        None => decision,
    }
}

/// Only an admin disables operators. Done twice, it is done.
pub fn decide_disable(ctx: &Ctx, cmd: &DisableOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    must_be_another(ctx, cmd.operator)?;
    let operator = ctx.world.operator(cmd.operator)?;
    if !operator.active {
        return Ok(Decision::as_it_is(operator.version, operator.clone()));
    }
    let decision = Decision::of(Event::OperatorDisabled { operator: cmd.operator });
    Ok(if operator.identified {
        decision.with(SideData::EraseOperatorIdentity { operator: cmd.operator })
    } else {
        decision
    })
}

/// Only an admin enables operators. Each is somebody, as when they were appointed; only at the machine itself may that
/// be left for later.
pub fn decide_enable(ctx: &Ctx, cmd: &EnableOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    let operator = ctx.world.operator(cmd.operator)?;
    if operator.active {
        return Err(Refusal::OperatorNotDisabled.into());
    }
    let is_named = operator.volunteer.is_some() != cmd.identity.is_some();
    let says_nothing = operator.volunteer.is_none() && cmd.identity.is_none();
    if !(is_named || says_nothing && ctx.actor == Actor::System) {
        return Err(Refusal::OperatorPersonInvalid.into());
    }
    let decision = Decision::of(Event::OperatorEnabled {
        operator: cmd.operator,
        login: cmd.login.commitment,
        document: cmd.identity.as_ref().map(|identity| identity.document.commitment),
        until: reset_until(ctx),
    })
    .with(SideData::Credential {
        operator: cmd.operator,
        login: cmd.login.clone(),
        password_hash: None,
    });
    Ok(with_identity(decision, cmd.operator, cmd.identity.as_ref()))
}

/// An admin, or who coordinates a unit above the operator's own, gives the code.
pub fn decide_reset(ctx: &Ctx, cmd: &ResetPassword) -> Result<Decision, Stop> {
    let operator = ctx.world.operator(cmd.operator)?;
    must_be_above(ctx, operator)?;
    must_be_enabled(operator)?;
    Ok(Decision::of(Event::PasswordReset {
        operator: cmd.operator,
        login: cmd.login.commitment,
        until: reset_until(ctx),
    })
    .with(SideData::Credential {
        operator: cmd.operator,
        login: cmd.login.clone(),
        password_hash: None,
    }))
}

/// Who has shown the former password, or the code, sets another: nobody else has in between.
pub fn decide_set_password(ctx: &Ctx, cmd: &SetPassword) -> Result<Decision, Stop> {
    if ctx.actor != Actor::Operator(cmd.operator) {
        return Err(general::Refusal::NotPermitted.into());
    }
    let operator = ctx.world.operator(cmd.operator)?;
    match cmd.shown {
        PasswordProof::Former { valid_from } if operator.valid_from == valid_from => {}
        // Another password was set meanwhile, and that ended what was shown.
        PasswordProof::Former { .. } => return Err(general::Refusal::TokenEnded.into()),
        PasswordProof::Code { entry } => {
            let is_good = operator.reset_until.is_some_and(|until| ctx.now < until);
            if operator.reset_entry != Some(entry) || !is_good {
                return Err(Refusal::ResetCodeInvalid.into());
            }
        }
    }
    let (operator, login) = (cmd.operator, cmd.login.clone());
    let password_hash = Some(cmd.password_hash.clone());
    Ok(Decision::of(Event::PasswordSet { operator, login: login.commitment }).with(SideData::Credential {
        operator,
        login,
        password_hash,
    }))
}

fn reset_until(ctx: &Ctx) -> Timestamp {
    ctx.now.plus(Duration::hours(RESET_HOURS))
}

fn must_be_enabled(operator: &Operator) -> Result<(), Refusal> {
    if operator.active { Ok(()) } else { Err(Refusal::OperatorDisabled) }
}

/// Refuses unless the actor is an admin, or coordinates a unit above the operator's: who works beside somebody has no
/// hold on their account. Of operators elsewhere nothing is told.
pub(in crate::domain) fn must_be_above(ctx: &Ctx, operator: &Operator) -> Result<(), Stop> {
    must_be_another(ctx, operator.id)?;
    let Some(actor) = ctx.operator()? else { return ctx.must_be_system() };
    match (actor.role, actor.unit, operator.unit) {
        (Role::Admin, ..) => Ok(()),
        (Role::Coordinator, Some(own), Some(unit)) if ctx.world.unit(unit)?.is_within(own) => {
            if unit == own {
                Err(general::Refusal::OutsideUnit.into())
            } else {
                Ok(())
            }
        }
        (Role::Coordinator, ..) => Err(Refusal::OperatorNotFound.into()),
        (Role::Auditor | Role::Volunteer, ..) => Err(general::Refusal::NotPermitted.into()),
    }
}

/// Nobody changes their own access: neither a slip nor a thief's token locks the last admin out.
fn must_be_another(ctx: &Ctx, operator: OperatorId) -> Result<(), Refusal> {
    if ctx.actor == Actor::Operator(operator) { Err(Refusal::OwnAccess) } else { Ok(()) }
}

fn check_place(
    ctx: &Ctx,
    role: Role,
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
) -> Result<(), Stop> {
    match (role, unit) {
        (Role::Coordinator | Role::Auditor, Some(unit)) => {
            ctx.world.unit(unit)?;
        }
        (Role::Admin, None) => {}
        _ => return Err(Refusal::OperatorUnitInvalid.into()),
    }
    if let Some(volunteer) = volunteer {
        ctx.world.volunteer(volunteer)?;
    }
    Ok(())
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::OperatorCreated { .. } => Vec::new(),
            Self::OperatorUpdated { operator, .. }
            | Self::OperatorDisabled { operator }
            | Self::OperatorEnabled { operator, .. }
            | Self::PasswordReset { operator, .. }
            | Self::PasswordSet { operator, .. } => vec![Key::Operator(*operator)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::OperatorCreated { role, unit, volunteer, document, .. } => {
                world.put(Operator {
                    id: OperatorId::new(unsealed.seq),
                    role: *role,
                    unit: *unit,
                    volunteer: *volunteer,
                    active: true,
                    version: unsealed.seq,
                    identified: document.is_some(),
                    valid_from: Seq::default(),
                    reset_entry: None,
                    reset_until: None,
                });
            }
            Self::OperatorUpdated { operator, role, unit, volunteer, document } => {
                evolve_changed(world, unsealed, *operator, |operator| {
                    operator.role = *role;
                    operator.unit = *unit;
                    operator.volunteer = *volunteer;
                    operator.identified = document.is_some() || (volunteer.is_none() && operator.identified);
                })?;
            }
            Self::OperatorDisabled { operator } => {
                evolve_changed(world, unsealed, *operator, |operator| {
                    operator.active = false;
                    operator.reset_entry = None;
                    operator.reset_until = None;
                })?;
            }
            Self::OperatorEnabled { operator, document, until, .. } => {
                evolve_changed(world, unsealed, *operator, |operator| {
                    operator.active = true;
                    operator.identified |= document.is_some();
                })?;
                evolve_tokens(world, unsealed, *operator, Some(*until))?;
            }
            Self::PasswordReset { operator, until, .. } => {
                evolve_tokens(world, unsealed, *operator, Some(*until))?;
            }
            Self::PasswordSet { operator, .. } => evolve_tokens(world, unsealed, *operator, None)?,
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::OperatorCreated { .. } => OperatorId::new(unsealed.seq),
            Self::OperatorUpdated { operator, .. }
            | Self::OperatorDisabled { operator }
            | Self::OperatorEnabled { operator, .. }
            | Self::PasswordReset { operator, .. }
            | Self::PasswordSet { operator, .. } => *operator,
        };
        Ok(world.operator(id)?.clone().into())
    }
}

fn evolve_changed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: OperatorId,
    change: impl FnOnce(&mut Operator),
) -> Result<(), Stop> {
    let mut operator = world.operator(id)?.clone();
    change(&mut operator);
    operator.version = unsealed.seq;
    world.put(operator);
    Ok(())
}

/// Tokens of before are good no more; whether there is a code. What the operator may do is not changed by it, and so
/// neither is the version.
fn evolve_tokens(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: OperatorId,
    reset_until: Option<Timestamp>,
) -> Result<(), Stop> {
    let mut operator = world.operator(id)?.clone();
    operator.valid_from = unsealed.seq;
    operator.reset_entry = reset_until.map(|_| unsealed.seq);
    operator.reset_until = reset_until;
    world.put(operator);
    Ok(())
}

/// Tokens of before are good no more.
pub(in crate::domain) fn evolve_tokens_ended(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: OperatorId,
) -> Result<(), Stop> {
    let mut operator = world.operator(id)?.clone();
    operator.valid_from = unsealed.seq;
    world.put(operator);
    Ok(())
}
