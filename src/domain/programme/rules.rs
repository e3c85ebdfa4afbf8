//! Rules of programmes (项目): what may be done, and what follows.

use super::{CloseProgramme, CreateProgramme, Event, Programme, ProgrammeDetails, Refusal, UpdateProgramme};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{ProgrammeId, UnitId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// An operator who answers for the unit creates its programmes.
pub fn decide_create(ctx: &Ctx, cmd: &CreateProgramme) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    Ok(Decision::of(Event::ProgrammeCreated { unit: cmd.unit, details: cmd.details.clone() }))
}

/// A closed programme is not changed any more.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateProgramme) -> Result<Decision, Stop> {
    let programme = open_programme(ctx, cmd.programme)?;
    must_be_current(cmd.expected, programme.version)?;
    if cmd.details == programme.details {
        return Ok(Decision::as_it_is(programme.version, programme.clone()));
    }
    Ok(Decision::of(Event::ProgrammeUpdated { programme: programme.id, details: cmd.details.clone() }))
}

/// Ending what has ended is refused.
pub fn decide_close(ctx: &Ctx, cmd: &CloseProgramme) -> Result<Decision, Stop> {
    let programme = open_programme(ctx, cmd.programme)?;
    Ok(Decision::of(Event::ProgrammeClosed { programme: programme.id }))
}

fn open_programme<'w>(ctx: &Ctx<'w>, id: ProgrammeId) -> Result<&'w Programme, Stop> {
    let programme = ctx.world.programme(id)?;
    ctx.must_answer_for(ctx.world.unit(programme.unit)?)?;
    if programme.closed { Err(Refusal::ProgrammeClosed.into()) } else { Ok(programme) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ProgrammeCreated { .. } => Vec::new(),
            Self::ProgrammeUpdated { programme, .. } | Self::ProgrammeClosed { programme } => {
                vec![Key::Programme(*programme)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::ProgrammeCreated { unit, details } => evolve_created(world, unsealed, *unit, details),
            Self::ProgrammeUpdated { programme, details } => {
                evolve_changed(world, unsealed, *programme, |programme| {
                    programme.details.clone_from(details);
                })?;
            }
            Self::ProgrammeClosed { programme } => {
                evolve_changed(world, unsealed, *programme, |programme| programme.closed = true)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::ProgrammeCreated { .. } => ProgrammeId::new(unsealed.seq),
            Self::ProgrammeUpdated { programme, .. } | Self::ProgrammeClosed { programme } => *programme,
        };
        Ok(world.programme(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    unsealed: &UnsealedEntry,
    unit: UnitId,
    details: &ProgrammeDetails,
) {
    world.put(Programme {
        id: ProgrammeId::new(unsealed.seq),
        unit,
        details: details.clone(),
        closed: false,
        version: unsealed.seq,
    });
}

pub(in crate::domain) fn evolve_changed(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: ProgrammeId,
    change: impl FnOnce(&mut Programme),
) -> Result<(), Stop> {
    let mut programme = world.programme(id)?.clone();
    change(&mut programme);
    programme.version = unsealed.seq;
    world.put(programme);
    Ok(())
}
