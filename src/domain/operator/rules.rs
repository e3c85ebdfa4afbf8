//! Rules of operators (操作员): what may be done, and what follows.

use super::{CreateOperator, DisableOperator, Event, Operator, OperatorIdentity, Refusal, UpdateOperator};
use crate::domain::actor::{Actor, Role};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{OperatorId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::side_data::SideData;
use crate::domain::world::{Key, Stop, World};

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
    let decision = Decision::of(Event::OperatorDisabled { operator: cmd.operator });
    Ok(if operator.identified {
        decision.with(SideData::EraseOperatorIdentity { operator: cmd.operator })
    } else {
        decision
    })
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
            Self::OperatorUpdated { operator, .. } | Self::OperatorDisabled { operator } => {
                vec![Key::Operator(*operator)]
            }
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
                evolve_changed(world, unsealed, *operator, |operator| operator.active = false)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::OperatorCreated { .. } => OperatorId::new(unsealed.seq),
            Self::OperatorUpdated { operator, .. } | Self::OperatorDisabled { operator } => *operator,
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
