//! Rules of programmes (项目): what may be done, and what follows.

use super::{CloseProgramme, CreateProgramme, Event, Programme, ProgrammeDetails, Refusal, UpdateProgramme};
use crate::domain::context::{Ctx, must_be_current};
use crate::domain::decision::Decision;
use crate::domain::event::Draft;
use crate::domain::happening::Happening;
use crate::domain::ids::{ProgrammeId, UnitId};
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// Whoever answers for the unit opens its programmes.
pub fn decide_create(ctx: &Ctx, cmd: &CreateProgramme) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    Ok(Decision::of(Event::ProgrammeCreated { unit: cmd.unit, details: cmd.details.clone() }))
}

/// A closed programme is not changed any more.
pub fn decide_update(ctx: &Ctx, cmd: &UpdateProgramme) -> Result<Decision, Stop> {
    let programme = open_programme(ctx, cmd.programme)?;
    must_be_current(cmd.expected, programme.version)?;
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
    fn keys(&self, _: &World, _: &Draft) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::ProgrammeCreated { .. } => Vec::new(),
            Self::ProgrammeUpdated { programme, .. } | Self::ProgrammeClosed { programme } => {
                vec![Key::Programme(*programme)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, draft: &Draft) -> Result<(), Stop> {
        match self {
            Self::ProgrammeCreated { unit, details } => evolve_created(world, draft, *unit, details),
            Self::ProgrammeUpdated { programme, details } => {
                evolve_changed(world, draft, *programme, |programme| programme.details.clone_from(details))?;
            }
            Self::ProgrammeClosed { programme } => {
                evolve_changed(world, draft, *programme, |programme| programme.closed = true)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, draft: &Draft) -> Result<Outcome, Stop> {
        let id = match self {
            Self::ProgrammeCreated { .. } => ProgrammeId::new(draft.seq),
            Self::ProgrammeUpdated { programme, .. } | Self::ProgrammeClosed { programme } => *programme,
        };
        Ok(world.programme(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_created(
    world: &mut World,
    draft: &Draft,
    unit: UnitId,
    details: &ProgrammeDetails,
) {
    world.put(Programme {
        id: ProgrammeId::new(draft.seq),
        unit,
        details: details.clone(),
        closed: false,
        version: draft.seq,
    });
}

pub(in crate::domain) fn evolve_changed(
    world: &mut World,
    draft: &Draft,
    id: ProgrammeId,
    change: impl FnOnce(&mut Programme),
) -> Result<(), Stop> {
    let mut programme = world.programme(id)?.clone();
    change(&mut programme);
    programme.version = draft.seq;
    world.put(programme);
    Ok(())
}
