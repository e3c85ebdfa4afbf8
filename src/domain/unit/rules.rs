//! Rules of units (单位): what may be done, and what follows.

use super::{CreateUnit, Event, Headcount, Refusal, SetHeadcount, Unit, UnitKind};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::UnitId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::text::{Name, UnitCode};
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

/// A coordinator opens units under their own; only an admin opens the top of a tree.
pub fn decide_create(ctx: &Ctx, cmd: &CreateUnit) -> Result<Decision, Stop> {
    match cmd.parent {
        Some(parent) => ctx.must_answer_for(ctx.world.unit(parent)?)?,
        None => ctx.must_be_admin()?,
    }
    if let Some(unit) = ctx.world.unit_with_code(&cmd.code)? {
        return Err(Refusal::UnitCodeTaken { unit }.into());
    }
    Ok(Decision::of(Event::UnitCreated {
        code: cmd.code.clone(),
        name: cmd.name.clone(),
        unit_kind: cmd.kind,
        parent: cmd.parent,
    }))
}

/// An operator who answers for the unit states its headcount.
pub fn decide_headcount(ctx: &Ctx, cmd: &SetHeadcount) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    Ok(Decision::of(Event::HeadcountSet {
        unit: cmd.unit,
        effective_from: cmd.effective_from,
        staff: cmd.staff,
        party_members: cmd.party_members,
    })
    .effective(cmd.effective_from))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::UnitCreated { parent, .. } => parent.map(Key::Unit).into_iter().collect(),
            Self::HeadcountSet { .. } => Vec::new(),
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::UnitCreated { code, name, unit_kind, parent } => {
                evolve_created(world, unsealed, (code, name, *unit_kind), *parent)?;
            }
            Self::HeadcountSet { unit, effective_from, staff, party_members } => {
                world.put(headcount(unsealed, *unit, *effective_from, (*staff, *party_members)));
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(match self {
            Self::UnitCreated { .. } => world.unit(UnitId::new(unsealed.seq))?.clone().into(),
            Self::HeadcountSet { unit, effective_from, staff, party_members } => {
                Outcome::Headcount(headcount(unsealed, *unit, *effective_from, (*staff, *party_members)))
            }
        })
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (code, name, kind): (&UnitCode, &Name, UnitKind),
    parent: Option<UnitId>,
) -> Result<(), Stop> {
    let id = UnitId::new(unsealed.seq);
    let mut path = match parent {
        Some(parent) => world.unit(parent)?.path.clone(),
        None => Vec::new(),
    };
    path.push(id);
    world.put_unit(Unit { id, code: code.clone(), name: name.clone(), kind, parent, path });
    Ok(())
}

fn headcount(
    unsealed: &UnsealedEntry,
    unit: UnitId,
    effective_from: NaiveDate,
    (staff, party_members): (i64, i64),
) -> Headcount {
    Headcount { unit, effective_from, staff, party_members, version: unsealed.seq }
}
