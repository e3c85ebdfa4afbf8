//! Rules of exports (导出): what may be done, and what follows.

use super::{Event, Export, RecordExport};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::UnitId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// People take data out, auditors among them; volunteers their own.
pub fn decide_record(ctx: &Ctx, cmd: &RecordExport) -> Result<Decision, Stop> {
    let unit = match ctx.actor {
        Actor::System => return Err(general::Refusal::NotPermitted.into()),
        Actor::Volunteer(id) if cmd.exported.is_for_volunteers() => Some(ctx.world.volunteer(id)?.unit),
        Actor::Volunteer(_) => return Err(general::Refusal::NotPermitted.into()),
        Actor::Operator(_) => unit_concerned(ctx, cmd.filter.unit)?,
    };
    Ok(Decision::of(Event::ExportMade {
        export: Export {
            exported: cmd.exported,
            format: cmd.format,
            filter: cmd.filter.clone(),
            as_of: cmd.as_of,
            rows: cmd.rows,
            unit,
        },
    }))
}

/// The unit that was asked for, as far as it is the operator's to read; else the operator's own.
fn unit_concerned(ctx: &Ctx, asked: Option<UnitId>) -> Result<Option<UnitId>, Stop> {
    let own = ctx.operator()?.and_then(|operator| operator.unit);
    let Some(asked) = asked else { return Ok(own) };
    match ctx.world.unit(asked) {
        Ok(unit) if own.is_none_or(|own| unit.is_within(own)) => Ok(Some(asked)),
        Ok(_) | Err(Stop::Rejected(_)) => Ok(own),
        Err(Stop::Miss) => Err(Stop::Miss),
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, _: &mut World, _: &Rules, _: &UnsealedEntry) -> Result<(), Stop> {
        // That data were taken out is a fact of the journal; nothing follows from it.
        Ok(())
    }

    fn outcome(&self, _: &World, _: &UnsealedEntry) -> Result<Outcome, Stop> {
        let Self::ExportMade { export } = self;
        Ok(Outcome::Export(export.clone()))
    }
}
