//! Rules of corrections (更正): what may be done, and what follows.

use super::{
    AcceptCorrection, AskCorrection, Complaint, Correction, CorrectionStatus, DeclineCorrection, Event,
    MOST_OPEN_CORRECTIONS, Refusal,
};
use crate::domain::actor::Actor;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{CorrectionId, RecordId, UnitId, VolunteerId};
use crate::domain::outcome::Outcome;
use crate::domain::record;
use crate::domain::record::ServiceRecord;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// Volunteers ask for themselves, about each thing once at a time.
pub fn decide_ask(ctx: &Ctx, cmd: &AskCorrection) -> Result<Decision, Stop> {
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        return Err(general::Refusal::NotPermitted.into());
    }
    let unit = check_complaint(ctx, cmd)?;
    let open = ctx.world.open_corrections(cmd.volunteer)?;
    if let Some(same) = open.iter().find(|other| other.complaint.is_like(&cmd.complaint)) {
        return Err(Refusal::CorrectionAlreadyOpen { correction: same.id }.into());
    }
    if open.len() >= MOST_OPEN_CORRECTIONS {
        return Err(Refusal::CorrectionsTooMany.into());
    }
    Ok(Decision::of(Event::CorrectionAsked {
        volunteer: cmd.volunteer,
        unit,
        complaint: cmd.complaint,
        words: cmd.words.commitment,
    })
    .with_words_about(cmd.volunteer, [&cmd.words]))
}

/// The unit whose coordinators decide, if there is something to decide.
fn check_complaint(ctx: &Ctx, cmd: &AskCorrection) -> Result<UnitId, Stop> {
    match cmd.complaint {
        Complaint::Missing { activity, service } => {
            let activity = ctx.world.activity(activity)?;
            record::rules::check_time(ctx, service, activity)?;
            Ok(activity.unit)
        }
        Complaint::Wrong { record } => {
            let record = ctx.world.record(record)?;
            if ctx.world.person_of(record.volunteer)? != cmd.volunteer {
                return Err(general::Refusal::NotPermitted.into());
            }
            if !record.status.is_live() {
                return Err(record::Refusal::RecordNotLive { status: record.status }.into());
            }
            Ok(record.unit)
        }
    }
}

/// Accepting says that it was done: what was missing is recorded, what was wrong does not count any more.
pub fn decide_accept(ctx: &Ctx, cmd: &AcceptCorrection) -> Result<Decision, Stop> {
    let correction = open_correction(ctx, cmd.correction)?;
    let led_to = cmd.led_to.map(|record| ctx.world.record(record)).transpose()?;
    let wrong = match correction.complaint {
        Complaint::Missing { .. } => None,
        Complaint::Wrong { record } => Some(ctx.world.record(record)?),
    };
    must_be_done(correction, wrong, led_to)?;
    Ok(Decision::of(Event::CorrectionAccepted {
        correction: correction.id,
        led_to: cmd.led_to,
        words: cmd.words.as_ref().map(|words| words.commitment),
    })
    .with_words_about(correction.volunteer, cmd.words.as_ref()))
}

/// Declining says why.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineCorrection) -> Result<Decision, Stop> {
    let correction = open_correction(ctx, cmd.correction)?;
    Ok(Decision::of(Event::CorrectionDeclined { correction: correction.id, words: cmd.words.commitment })
        .with_words_about(correction.volunteer, [&cmd.words]))
}

/// The correction, if the actor may decide it: nobody decides their own.
fn open_correction<'w>(ctx: &Ctx<'w>, id: CorrectionId) -> Result<&'w Correction, Stop> {
    let correction = ctx.world.correction(id)?;
    ctx.must_answer_for(ctx.world.unit(correction.unit)?)?;
    if correction.status != CorrectionStatus::Open {
        return Err(Refusal::CorrectionNotOpen { status: correction.status }.into());
    }
    if ctx.is_person(Actor::Volunteer(correction.volunteer))? {
        return Err(Refusal::CorrectionOfOwn.into());
    }
    Ok(correction)
}

/// The record that it led to is a live one of the volunteer's, for what was missing at that activity;
/// and what was wrong is rejected or voided.
fn must_be_done(
    correction: &Correction,
    wrong: Option<&ServiceRecord>,
    led_to: Option<&ServiceRecord>,
) -> Result<(), Refusal> {
    let fits = |record: &ServiceRecord| {
        let at_the_activity = match correction.complaint {
            Complaint::Missing { activity, service } => {
                record.activity == activity && record.interval().overlaps(service)
            }
            Complaint::Wrong { record: wrong } => record.id != wrong,
        };
        record.volunteer == correction.volunteer && record.status.is_live() && at_the_activity
    };
    let still_counts = wrong.is_some_and(|wrong| wrong.status.is_live());
    let lacks_record = wrong.is_none() && led_to.is_none();
    if still_counts || lacks_record {
        Err(Refusal::CorrectionNotDone)
    } else if led_to.is_none_or(fits) {
        Ok(())
    } else {
        Err(Refusal::CorrectionRecordUnfit)
    }
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::CorrectionAsked { .. } => Vec::new(),
            Self::CorrectionAccepted { correction, .. } | Self::CorrectionDeclined { correction, .. } => {
                vec![Key::Correction(*correction)]
            }
        })
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        match self {
            Self::CorrectionAsked { volunteer, unit, complaint, .. } => {
                evolve_asked(world, unsealed, (*volunteer, *unit), *complaint);
            }
            Self::CorrectionAccepted { correction, led_to, .. } => {
                evolve_decided(world, unsealed, *correction, CorrectionStatus::Accepted, *led_to)?;
            }
            Self::CorrectionDeclined { correction, .. } => {
                evolve_decided(world, unsealed, *correction, CorrectionStatus::Declined, None)?;
            }
        }
        Ok(())
    }

    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        let id = match self {
            Self::CorrectionAsked { .. } => CorrectionId::new(unsealed.seq),
            Self::CorrectionAccepted { correction, .. } | Self::CorrectionDeclined { correction, .. } => {
                *correction
            }
        };
        Ok(world.correction(id)?.clone().into())
    }
}

pub(in crate::domain) fn evolve_asked(
    world: &mut World,
    unsealed: &UnsealedEntry,
    (volunteer, unit): (VolunteerId, UnitId),
    complaint: Complaint,
) {
    world.put_correction(Correction {
        id: CorrectionId::new(unsealed.seq),
        volunteer,
        unit,
        complaint,
        status: CorrectionStatus::Open,
        asked_at: unsealed.recorded_at,
        decided_by: None,
        decided_at: None,
        decided_entry: None,
        led_to: None,
    });
}

pub(in crate::domain) fn evolve_decided(
    world: &mut World,
    unsealed: &UnsealedEntry,
    id: CorrectionId,
    status: CorrectionStatus,
    led_to: Option<RecordId>,
) -> Result<(), Stop> {
    let mut correction = world.correction(id)?.clone();
    correction.status = status;
    correction.decided_by = Some(unsealed.actor);
    correction.decided_at = Some(unsealed.recorded_at);
    correction.decided_entry = Some(unsealed.seq);
    correction.led_to = led_to;
    world.put_correction(correction);
    Ok(())
}
