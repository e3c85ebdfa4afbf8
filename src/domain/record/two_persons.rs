//! Two persons answer for what the server did not see: who enters a record is another than who credits it, or the
//! volunteer says in the app that it is true. A unit's policy may let one person alone credit some minutes.

use super::{ConfirmRecord, Event, Refusal, ServiceRecord};
use crate::domain::activity::Activity;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::context::Ctx;
use crate::domain::crediting_policy;
use crate::domain::decision::Decision;
use crate::domain::evidence::Evidence;
use crate::domain::general;
use crate::domain::ids::VolunteerId;
use crate::domain::time::YearMonth;
use crate::domain::unit::Unit;
use crate::domain::world::Stop;

/// By the volunteer whose service it is, of what somebody else entered and nobody has decided yet.
pub fn decide_confirm(ctx: &Ctx, cmd: &ConfirmRecord) -> Result<Decision, Stop> {
    let Actor::Volunteer(volunteer) = ctx.actor else { return Err(general::Refusal::NotPermitted.into()) };
    let record = ctx.world.record(cmd.record)?;
    if record.volunteer != volunteer {
        return Err(Refusal::RecordNotFound.into());
    }
    record.must_be_submitted()?;
    if ctx.is_person(record.submitted_by)? {
        return Err(Refusal::ConfirmationOfOwnEntry.into());
    }
    if record.confirmed_at.is_some() {
        return Err(Refusal::RecordConfirmedBefore.into());
    }
    Ok(Decision::of(Event::RecordConfirmed { record: record.id }).effective(record.service_date))
}

/// A volunteer's own word is credited by who was there to know: the activity's leader may, as may who answers for its
/// unit. All else is for the latter alone.
pub(super) fn must_know_of_it(
    ctx: &Ctx,
    unit: &Unit,
    activity: &Activity,
    record: &ServiceRecord,
) -> Result<(), Stop> {
    if ctx.leads(activity)? && record.is_own_word() { Ok(()) } else { ctx.must_answer_for(unit) }
}

/// What was entered, by whom, and who else stands for it.
#[derive(Clone, Copy)]
pub(super) struct Entered {
    pub(super) by: Actor,
    pub(super) volunteer: VolunteerId,
    pub(super) evidence: Evidence,
    pub(super) late: bool,
    /// The volunteer said that it is true.
    pub(super) confirmed: bool,
}

impl Entered {
    /// Nobody approves their own hours, nor a back-fill that they entered: whatever log-in they use for it.
    pub(super) fn must_be_of_others(&self, ctx: &Ctx) -> Result<(), Stop> {
        if ctx.is_person(Actor::Volunteer(self.volunteer))? {
            Err(Refusal::ApprovalOfOwnHours.into())
        } else if self.evidence == Evidence::Backfill && ctx.is_person(self.by)? {
            Err(Refusal::ApprovalOfOwnBackfill.into())
        } else {
            Ok(())
        }
    }

    /// Whether the actor alone answers for these minutes, as the unit's policy lets them; refuses where it takes a
    /// second person. What is late takes another operator: the volunteer's word is not enough.
    pub(super) fn is_alone(
        &self,
        ctx: &Ctx,
        unit: &Unit,
        (minutes, month): (Minutes, YearMonth),
    ) -> Result<bool, Stop> {
        let has_second_person = self.confirmed && !self.late;
        if self.evidence.was_seen(self.by) || has_second_person || !ctx.is_person(self.by)? {
            return Ok(false);
        }
        let limits = crediting_policy::rules::one_person_minutes(ctx, unit)?;
        let before = ctx.world.minutes_credited_alone_in(self.volunteer, month)?;
        let can_be_one_persons = matches!(self.evidence, Evidence::Leader | Evidence::Import) && !self.late;
        if can_be_one_persons && limits.allow(minutes, before) {
            Ok(true)
        } else {
            Err(Refusal::SecondPersonNeeded.into())
        }
    }

    pub(super) fn can_earn(&self) -> bool {
        can_earn(self.evidence, self.late, self.by)
    }
}

/// Whether points may be earned at all: not by one's own word, nor by a check-in that nobody saw, nor by what is entered
/// late.
pub(super) fn can_earn(evidence: Evidence, late: bool, entered_by: Actor) -> bool {
    !late && evidence != Evidence::Claimed && !evidence.is_self_declared(entered_by)
}
