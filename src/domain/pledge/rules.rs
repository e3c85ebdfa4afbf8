//! Rules of pledges (承诺践诺): what may be done, and what follows.

use super::{EndPledge, Event, FulfilPledge, MOST_OPEN_PLEDGES, MOST_RECORDS, MakePledge, Pledge, Refusal};
use crate::domain::commitment::Commitment;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::happening::Happening;
use crate::domain::ids::{PledgeId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::record;
use crate::domain::record::RecordStatus;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

/// The volunteer, or an operator who answers for the unit, makes it, for today or later.
pub fn decide_make(ctx: &Ctx, cmd: &MakePledge) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_active(volunteer)?;
    if cmd.due < ctx.today() {
        return Err(Refusal::PledgeDueInPast.into());
    }
    let open = ctx.world.open_pledges(cmd.volunteer)?;
    let is_same = |it: &&&Pledge| Some(it.id) == cmd.same && it.due == cmd.due;
    if let Some(same) = open.iter().find(is_same) {
        return Ok(Decision::as_it_is(same.id.seq(), (*same).clone()));
    }
    if open.len() >= MOST_OPEN_PLEDGES {
        return Err(Refusal::PledgesTooMany.into());
    }
    Ok(Decision::of(Event::PledgeMade {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        title: cmd.title.commitment,
        due: cmd.due,
    })
    .with_words_about(volunteer.id, [&cmd.title]))
}

/// A pledge is kept by the volunteer's own credited records, each named once.
pub fn decide_fulfil(ctx: &Ctx, cmd: &FulfilPledge) -> Result<Decision, Stop> {
    ctx.world.want([Key::Pledge(cmd.pledge), Key::Record(cmd.record)])?;
    let pledge = open_pledge(ctx, cmd.pledge)?;
    let record = ctx.world.record(cmd.record)?;
    if ctx.world.person_of(record.volunteer)? != ctx.world.person_of(pledge.volunteer)? {
        return Err(Refusal::PledgeRecordOfAnother.into());
    }
    if record.status != RecordStatus::Credited {
        return Err(record::Refusal::RecordNotCredited { status: record.status }.into());
    }
    if pledge.records.contains(&record.id) {
        return Err(Refusal::PledgeRecordNamed.into());
    }
    if pledge.records.len() >= MOST_RECORDS {
        return Err(Refusal::PledgeRecordsFull.into());
    }
    Ok(Decision::of(Event::PledgeFulfilled { pledge: pledge.id, record: record.id })
        .effective(record.service_date))
}

/// What is ended stays as it is.
pub fn decide_end(ctx: &Ctx, cmd: &EndPledge) -> Result<Decision, Stop> {
    let pledge = open_pledge(ctx, cmd.pledge)?;
    Ok(Decision::of(Event::PledgeEnded { pledge: pledge.id }))
}

fn open_pledge<'w>(ctx: &Ctx<'w>, id: PledgeId) -> Result<&'w Pledge, Stop> {
    let pledge = ctx.world.pledge(id)?;
    let volunteer = ctx.world.volunteer(ctx.world.person_of(pledge.volunteer)?)?;
    ctx.must_be_or_answer_for(volunteer)?;
    ctx.must_be_active(volunteer)?;
    if pledge.ended_at.is_some() { Err(Refusal::PledgeEnded.into()) } else { Ok(pledge) }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::PledgeMade { .. } => Vec::new(),
            Self::PledgeFulfilled { pledge, .. } | Self::PledgeEnded { pledge } => vec![Key::Pledge(*pledge)],
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::PledgeMade { volunteer, unit, title, due } => {
                evolve_made(world, unsealed, (*volunteer, *unit), *title, *due);
            }
            Self::PledgeFulfilled { pledge, record } => {
                evolve_changed(world, *pledge, |pledge| pledge.records.push(*record))?;
            }
            Self::PledgeEnded { pledge } => {
                evolve_changed(world, *pledge, |pledge| pledge.ended_at = Some(unsealed.recorded_at))?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::PledgeMade { .. } => PledgeId::new(unsealed.seq),
            Self::PledgeFulfilled { pledge, .. } | Self::PledgeEnded { pledge } => *pledge,
        };
        Ok(world.pledge(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_made(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (volunteer, unit): (VolunteerId, UnitId),
    title: Commitment,
    due: NaiveDate,
) {
    world.put_pledge(Pledge {
        id: PledgeId::new(unsealed.seq),
        volunteer,
        unit,
        title,
        due,
        records: Vec::new(),
        made_at: unsealed.recorded_at,
        ended_at: None,
    });
}

pub(in crate::domain) fn evolve_changed(
    world: &mut World,
    id: PledgeId,
    change: impl FnOnce(&mut Pledge),
) -> Result<(), Stop> {
    let mut pledge = world.pledge(id)?.clone();
    change(&mut pledge);
    world.put_pledge(pledge);
    Ok(())
}
