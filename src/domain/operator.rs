//! Operators (操作员): who may act for which unit.

use super::actor::{Actor, Role};
use super::command::{Committed, Ctx, Decision, Private, must_be_current};
use super::event::{Draft, Event};
use super::ids::{OperatorId, Seq, UnitId, VolunteerId};
use super::rejection::Rejection;
use super::text::Name;
use super::unit::Unit;
use super::world::{Row, Stop, World};
use serde::{Deserialize, Serialize};

/// Someone, or some script, that acts for a unit and all under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    pub id: OperatorId,
    pub role: Role,
    /// None for an admin, who acts everywhere.
    pub unit: Option<UnitId>,
    /// Who the operator is as a volunteer, so that nobody approves their own hours.
    pub volunteer: Option<VolunteerId>,
    pub active: bool,
    /// The entry that changed the operator last.
    pub version: Seq,
}

impl Row for Operator {
    type Key = OperatorId;
    fn key(&self) -> OperatorId {
        self.id
    }
}

impl Operator {
    /// Whether a coordinator for this unit, or an admin.
    #[must_use]
    pub fn answers_for(&self, unit: &Unit) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Coordinator => self.unit.is_some_and(|own| unit.is_within(own)),
            Role::Auditor | Role::Volunteer => false,
        }
    }

    /// Whether an auditor of this unit, or an admin.
    #[must_use]
    pub fn audits(&self, unit: &Unit) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Auditor => self.unit.is_some_and(|own| unit.is_within(own)),
            Role::Coordinator | Role::Volunteer => false,
        }
    }
}

/// How an operator logs in: kept beside the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Login {
    pub login: Name,
    /// The person's or script's name.
    pub name: Name,
}

/// Appoints an operator.
#[derive(Clone, Debug)]
pub struct CreateOperator {
    pub login: Committed<Login>,
    /// Argon2id, as a PHC string; none for a script that only holds tokens.
    pub password_hash: Option<String>,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
}

/// Changes what an operator may do.
#[derive(Clone, Debug)]
pub struct UpdateOperator {
    pub operator: OperatorId,
    pub expected: Option<Seq>,
    pub role: Role,
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
}

/// Takes all access away.
#[derive(Clone, Debug)]
pub struct DisableOperator {
    pub operator: OperatorId,
}

/// Only an admin appoints operators.
pub fn decide_create(ctx: &Ctx, cmd: &CreateOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    check_place(ctx, cmd.role, cmd.unit, cmd.volunteer)?;
    if ctx.world.operator_with_login(&cmd.login.content.login)?.is_some() {
        return Err(Rejection::LoginTaken.into());
    }
    Ok(Decision::of(Event::OperatorCreated {
        role: cmd.role,
        unit: cmd.unit,
        volunteer: cmd.volunteer,
        login: cmd.login.commitment,
    })
    .with(Private::Credential {
        operator: OperatorId::new(ctx.seq),
        login: cmd.login.clone(),
        password_hash: cmd.password_hash.clone(),
    }))
}

/// Only an admin changes what operators may do.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    must_be_another(ctx, cmd.operator)?;
    let operator = ctx.world.operator(cmd.operator)?;
    must_be_current(cmd.expected, operator.version)?;
    check_place(ctx, cmd.role, cmd.unit, cmd.volunteer)?;
    Ok(Decision::of(Event::OperatorUpdated {
        operator: cmd.operator,
        role: cmd.role,
        unit: cmd.unit,
        volunteer: cmd.volunteer,
    }))
}

/// Only an admin disables operators. Done twice, it is done.
pub fn decide_disable(ctx: &Ctx, cmd: &DisableOperator) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    must_be_another(ctx, cmd.operator)?;
    ctx.world.operator(cmd.operator)?;
    Ok(Decision::of(Event::OperatorDisabled { operator: cmd.operator }))
}

/// Nobody changes their own access: neither a slip nor a thief's token locks the last admin out.
fn must_be_another(ctx: &Ctx, operator: OperatorId) -> Result<(), Rejection> {
    if ctx.actor == Actor::Operator(operator) { Err(Rejection::OwnAccess) } else { Ok(()) }
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
        _ => return Err(Rejection::OperatorUnitInvalid.into()),
    }
    if let Some(volunteer) = volunteer {
        ctx.world.volunteer(volunteer)?;
    }
    Ok(())
}

pub(super) fn evolve_created(
    world: &mut World,
    draft: &Draft,
    role: Role,
    unit: Option<UnitId>,
    volunteer: Option<VolunteerId>,
) {
    let id = OperatorId::new(draft.seq);
    world.put_operator(Operator { id, role, unit, volunteer, active: true, version: draft.seq });
}

pub(super) fn evolve_changed(
    world: &mut World,
    draft: &Draft,
    id: OperatorId,
    change: impl FnOnce(&mut Operator),
) -> Result<(), Stop> {
    let mut operator = world.operator(id)?.clone();
    change(&mut operator);
    operator.version = draft.seq;
    world.put_operator(operator);
    Ok(())
}
