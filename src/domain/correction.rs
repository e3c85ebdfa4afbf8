//! Corrections (更正): a volunteer says that a record is missing or wrong, and gets a decision (民政部令
//! 第67号: who finds errors or gaps in their own records may say so, and they are checked and mended).
//!
//! A correction changes no record itself. Whoever accepts one has done first what it asks for, by the
//! rules for records, and names what came of it.

use super::actor::Actor;
use super::command::{Committed, Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{ActivityId, CorrectionId, RecordId, Seq, UnitId, VolunteerId};
use super::record::{self, ServiceRecord};
use super::rejection::Rejection;
use super::text::Note;
use super::time::{Interval, Timestamp};
use super::world::{Key, Row, Stop, World};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Complaint {
    /// Service that no record tells of.
    Missing { activity: ActivityId, service: Interval },
    /// A record that says something else than what was.
    Wrong { record: RecordId },
}

impl Complaint {
    /// Whether the two ask for the same.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing { activity, service }, Self::Missing { activity: others, service: theirs }) => {
                activity == others && service.overlaps(*theirs)
            }
            (Self::Wrong { record }, Self::Wrong { record: others }) => record == others,
            _ => false,
        }
    }
}

/// Where a correction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionStatus {
    /// To be decided.
    Open,
    /// Done.
    Accepted,
    /// Not done, for the reason that was given.
    Declined,
}

impl CorrectionStatus {
    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }
}

impl fmt::Display for CorrectionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a volunteer asked to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub id: CorrectionId,
    pub volunteer: VolunteerId,
    /// Of the activity, or of the record: whose coordinators decide.
    pub unit: UnitId,
    pub complaint: Complaint,
    pub status: CorrectionStatus,
    pub asked_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    /// The entry beside which the words of the decision are kept.
    pub decided_entry: Option<Seq>,
    /// The record that it led to.
    pub led_to: Option<RecordId>,
}

impl Row for Correction {
    type Key = CorrectionId;
    fn key(&self) -> CorrectionId {
        self.id
    }
}

/// Says that a record is missing or wrong.
#[derive(Clone, Debug)]
pub struct AskCorrection {
    pub volunteer: VolunteerId,
    pub complaint: Complaint,
    pub words: Committed<Note>,
}

/// Says that it was done: the record that it led to, where there is one.
#[derive(Clone, Debug)]
pub struct AcceptCorrection {
    pub correction: CorrectionId,
    pub led_to: Option<RecordId>,
    pub words: Option<Committed<Note>>,
}

/// Says why it is not done.
#[derive(Clone, Debug)]
pub struct DeclineCorrection {
    pub correction: CorrectionId,
    pub words: Committed<Note>,
}

/// Most corrections of one volunteer that are open at a time.
pub const MOST_OPEN_CORRECTIONS: usize = 20;

/// Volunteers ask for themselves, about each thing once at a time.
pub fn decide_ask(ctx: &Ctx, cmd: &AskCorrection) -> Result<Decision, Stop> {
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        return Err(Rejection::NotPermitted.into());
    }
    let unit = check_complaint(ctx, cmd)?;
    let open = ctx.world.open_corrections(cmd.volunteer)?;
    if let Some(same) = open.iter().find(|other| other.complaint.is_like(&cmd.complaint)) {
        return Err(Rejection::CorrectionAlreadyOpen { correction: same.id }.into());
    }
    if open.len() >= MOST_OPEN_CORRECTIONS {
        return Err(Rejection::CorrectionsTooMany.into());
    }
    Ok(Decision::of(Event::CorrectionAsked {
        volunteer: cmd.volunteer,
        unit,
        complaint: cmd.complaint,
        words: cmd.words.commitment,
    })
    .with_note(Some(&cmd.words)))
}

/// The unit whose coordinators decide, if there is something to decide.
fn check_complaint(ctx: &Ctx, cmd: &AskCorrection) -> Result<UnitId, Stop> {
    match cmd.complaint {
        Complaint::Missing { activity, service } => {
            let activity = ctx.world.activity(activity)?;
            record::check_time(ctx, service, activity)?;
            Ok(activity.unit)
        }
        Complaint::Wrong { record } => {
            let record = ctx.world.record(record)?;
            if record.volunteer != cmd.volunteer {
                return Err(Rejection::NotPermitted.into());
            }
            if !record.status.is_live() {
                return Err(Rejection::RecordNotLive { status: record.status }.into());
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
    .with_note(cmd.words.as_ref()))
}

/// Declining says why.
pub fn decide_decline(ctx: &Ctx, cmd: &DeclineCorrection) -> Result<Decision, Stop> {
    let correction = open_correction(ctx, cmd.correction)?;
    Ok(Decision::of(Event::CorrectionDeclined { correction: correction.id, words: cmd.words.commitment })
        .with_note(Some(&cmd.words)))
}

/// The correction, if the actor may decide it: nobody decides their own.
fn open_correction<'w>(ctx: &Ctx<'w>, id: CorrectionId) -> Result<&'w Correction, Stop> {
    let correction = ctx.world.correction(id)?;
    ctx.must_answer_for(ctx.world.unit(correction.unit)?)?;
    if correction.status != CorrectionStatus::Open {
        return Err(Rejection::CorrectionNotOpen { status: correction.status }.into());
    }
    if ctx.is_person(Actor::Volunteer(correction.volunteer))? {
        return Err(Rejection::CorrectionOfOwn.into());
    }
    Ok(correction)
}

/// The record that it led to is a live one of the volunteer's, for what was missing at that activity;
/// and what was wrong is rejected or voided.
fn must_be_done(
    correction: &Correction,
    wrong: Option<&ServiceRecord>,
    led_to: Option<&ServiceRecord>,
) -> Result<(), Rejection> {
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
        Err(Rejection::CorrectionNotDone)
    } else if led_to.is_none_or(fits) {
        Ok(())
    } else {
        Err(Rejection::CorrectionRecordUnfit)
    }
}

pub(super) fn evolve_asked(
    world: &mut World,
    draft: &Draft,
    (volunteer, unit): (VolunteerId, UnitId),
    complaint: Complaint,
) {
    world.put_correction(Correction {
        id: CorrectionId::new(draft.seq),
        volunteer,
        unit,
        complaint,
        status: CorrectionStatus::Open,
        asked_at: draft.recorded_at,
        decided_by: None,
        decided_at: None,
        decided_entry: None,
        led_to: None,
    });
}

pub(super) fn evolve_decided(
    world: &mut World,
    draft: &Draft,
    id: CorrectionId,
    status: CorrectionStatus,
    led_to: Option<RecordId>,
) -> Result<(), Stop> {
    let mut correction = world.correction(id)?.clone();
    correction.status = status;
    correction.decided_by = Some(draft.actor);
    correction.decided_at = Some(draft.recorded_at);
    correction.decided_entry = Some(draft.seq);
    correction.led_to = led_to;
    world.put_correction(correction);
    Ok(())
}

/// What a decision reads.
pub(super) fn keys_of_decision(id: CorrectionId) -> Vec<Key> {
    vec![Key::Correction(id)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: &str, end: &str) -> Interval {
        let at = |text: &str| serde_json::from_value(format!("2026-11-18T{text}:00+08:00").into()).unwrap();
        Interval { start: at(start), end: at(end) }
    }

    #[test]
    fn two_complaints_are_alike_if_they_tell_of_one_record_or_of_one_time_at_one_activity() {
        let [here, there] = [1, 2].map(|seq| ActivityId::new(Seq(seq)));
        let missing = |activity, start, end| Complaint::Missing { activity, service: interval(start, end) };
        let wrong = |seq| Complaint::Wrong { record: RecordId::new(Seq(seq)) };
        assert!(missing(here, "09:00", "10:00").is_like(&missing(here, "09:30", "11:00")));
        assert!(!missing(here, "09:00", "10:00").is_like(&missing(here, "10:00", "11:00")));
        assert!(!missing(here, "09:00", "10:00").is_like(&missing(there, "09:00", "10:00")));
        assert!(wrong(3).is_like(&wrong(3)) && !wrong(3).is_like(&wrong(4)));
        assert!(!wrong(1).is_like(&missing(here, "09:00", "10:00")));
    }
}
