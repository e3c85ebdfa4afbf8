//! Pledges (承诺践诺): what a volunteer promises to do by a day, and the credited records that keep it.
//!
//! The words of the pledge are the volunteer's and stand beside the journal. Whether a named record
//! still counts is asked when the pledge is read: voiding a record changes no pledge.

use super::command::{Committed, Ctx, Decision};
use super::event::{Commitment, Draft, Event};
use super::ids::{PledgeId, RecordId, UnitId, VolunteerId};
use super::record::RecordStatus;
use super::rejection::Rejection;
use super::text::Note;
use super::time::Timestamp;
use super::world::{Key, Row, Stop, World};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A volunteer's pledge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pledge {
    pub id: PledgeId,
    pub volunteer: VolunteerId,
    /// The unit that the volunteer belonged to when it was made.
    pub unit: UnitId,
    /// Binds the words, which stand beside the journal.
    pub title: Commitment,
    /// The day by which it is to be kept.
    pub due: NaiveDate,
    /// The records that keep it, in the order in which they were named.
    pub records: Vec<RecordId>,
    pub made_at: Timestamp,
    /// When it was ended: nothing is added any more.
    pub ended_at: Option<Timestamp>,
}

impl Row for Pledge {
    type Key = PledgeId;
    fn key(&self) -> PledgeId {
        self.id
    }
}

/// Most records that keep one pledge.
pub const MOST_RECORDS: usize = 20;

/// Makes a pledge.
#[derive(Clone, Debug)]
pub struct MakePledge {
    pub volunteer: VolunteerId,
    pub title: Committed<Note>,
    pub due: NaiveDate,
}

/// Names a credited record that keeps a pledge.
#[derive(Clone, Debug)]
pub struct FulfilPledge {
    pub pledge: PledgeId,
    pub record: RecordId,
}

/// Ends a pledge.
#[derive(Clone, Debug)]
pub struct EndPledge {
    pub pledge: PledgeId,
}

/// The volunteer, or whoever answers for the unit, makes it, for today or later.
pub fn decide_make(ctx: &Ctx, cmd: &MakePledge) -> Result<Decision, Stop> {
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    if cmd.due < ctx.today() {
        return Err(Rejection::PledgeDueInPast.into());
    }
    Ok(Decision::of(Event::PledgeMade {
        volunteer: volunteer.id,
        unit: volunteer.unit,
        title: cmd.title.commitment,
        due: cmd.due,
    })
    .with_note(Some(&cmd.title)))
}

/// A pledge is kept by the volunteer's own credited records, each named once.
pub fn decide_fulfil(ctx: &Ctx, cmd: &FulfilPledge) -> Result<Decision, Stop> {
    ctx.world.want([Key::Pledge(cmd.pledge), Key::Record(cmd.record)])?;
    let pledge = open_pledge(ctx, cmd.pledge)?;
    let record = ctx.world.record(cmd.record)?;
    if record.volunteer != pledge.volunteer {
        return Err(Rejection::PledgeRecordOfAnother.into());
    }
    if record.status != RecordStatus::Credited {
        return Err(Rejection::RecordNotCredited { status: record.status }.into());
    }
    if pledge.records.contains(&record.id) {
        return Err(Rejection::PledgeRecordNamed.into());
    }
    if pledge.records.len() >= MOST_RECORDS {
        return Err(Rejection::PledgeRecordsFull.into());
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
    let volunteer = ctx.world.volunteer(pledge.volunteer)?;
    ctx.must_be_or_answer_for(volunteer)?;
    volunteer.must_be_active()?;
    if pledge.ended_at.is_some() { Err(Rejection::PledgeEnded.into()) } else { Ok(pledge) }
}

pub(super) fn evolve_made(
    world: &mut World,
    draft: &Draft,
    (volunteer, unit): (VolunteerId, UnitId),
    title: Commitment,
    due: NaiveDate,
) {
    world.put_pledge(Pledge {
        id: PledgeId::new(draft.seq),
        volunteer,
        unit,
        title,
        due,
        records: Vec::new(),
        made_at: draft.recorded_at,
        ended_at: None,
    });
}

pub(super) fn evolve_changed(
    world: &mut World,
    id: PledgeId,
    change: impl FnOnce(&mut Pledge),
) -> Result<(), Stop> {
    let mut pledge = world.pledge(id)?.clone();
    change(&mut pledge);
    world.put_pledge(pledge);
    Ok(())
}
