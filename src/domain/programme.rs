//! Programmes (项目): a unit's lasting service projects, tagged with brands (品牌).

use super::command::{Ctx, Decision, must_be_current};
use super::event::{Draft, Event};
use super::ids::{ProgrammeId, Seq, UnitId};
use super::rejection::Rejection;
use super::text::{Label, Name};
use super::world::{Row, Stop, World};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a programme is called and how it is tagged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeDetails {
    pub name: Name,
    /// Brands that the programme carries; many to many.
    pub brands: BTreeSet<Label>,
    /// A service category (服务类别), by which a points policy may set a coefficient.
    pub category: Option<Label>,
}

/// A lasting service project of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    pub id: ProgrammeId,
    pub unit: UnitId,
    pub details: ProgrammeDetails,
    /// Closed programmes take no new activities.
    pub closed: bool,
    pub version: Seq,
}

impl Row for Programme {
    type Key = ProgrammeId;
    fn key(&self) -> ProgrammeId {
        self.id
    }
}

/// Opens a programme of a unit.
#[derive(Clone, Debug)]
pub struct CreateProgramme {
    pub unit: UnitId,
    pub details: ProgrammeDetails,
}

/// Replaces a programme's name and tags.
#[derive(Clone, Debug)]
pub struct UpdateProgramme {
    pub programme: ProgrammeId,
    pub expected: Option<Seq>,
    pub details: ProgrammeDetails,
}

/// Ends a programme: no new activities.
#[derive(Clone, Debug)]
pub struct CloseProgramme {
    pub programme: ProgrammeId,
}

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
    if programme.closed { Err(Rejection::ProgrammeClosed.into()) } else { Ok(programme) }
}

pub(super) fn evolve_created(world: &mut World, draft: &Draft, unit: UnitId, details: &ProgrammeDetails) {
    world.put_programme(Programme {
        id: ProgrammeId::new(draft.seq),
        unit,
        details: details.clone(),
        closed: false,
        version: draft.seq,
    });
}

pub(super) fn evolve_changed(
    world: &mut World,
    draft: &Draft,
    id: ProgrammeId,
    change: impl FnOnce(&mut Programme),
) -> Result<(), Stop> {
    let mut programme = world.programme(id)?.clone();
    change(&mut programme);
    programme.version = draft.seq;
    world.put_programme(programme);
    Ok(())
}
