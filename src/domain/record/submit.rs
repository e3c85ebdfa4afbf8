//! Submitting service: by whom, when, within what, and never in two places at once.

use super::along;
use super::credit::PendingRecord;
use super::{
    CountSpan, Crediting, Event, LONGEST_SERVICE_MICROS, MOST_OCCASIONS, MOST_OPEN_CLAIMS, Refusal,
    SubmitRecord, breaks_fit, last_day, local_days, whole_minutes,
};
use crate::domain::activity;
use crate::domain::activity::{Activity, Measure};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::calendar;
use crate::domain::context::Ctx;
use crate::domain::crediting_policy;
use crate::domain::decision::Decision;
use crate::domain::evidence::Evidence;
use crate::domain::general;
use crate::domain::ids::ObjectionId;
use crate::domain::notice;
use crate::domain::objection;
use crate::domain::policy;
use crate::domain::time::{Interval, Timestamp};
use crate::domain::unit::Unit;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop};
use chrono::{Duration, NaiveDate};

/// A person serves one place at a time, within the activity's window, and not in the future.
pub fn decide_submit(ctx: &Ctx, cmd: &SubmitRecord) -> Result<Decision, Stop> {
    ctx.world.want([Key::Activity(cmd.activity), Key::Volunteer(cmd.volunteer)])?;
    let unit = ctx.world.unit(ctx.world.activity(cmd.activity)?.unit)?;
    must_be_allowed_to_submit(ctx, cmd, unit)?;
    let service = Service::check(ctx, cmd)?;
    must_be_entered_in_time(ctx, cmd, unit, service.late)?;
    let crediting = if cmd.credit { Some(service.credit(ctx)?) } else { None };
    Ok(Decision::of(service.submitted(ctx, crediting))
        .effective(ctx.rules.zone.date_of(cmd.interval.start))
        .with_words_about(cmd.volunteer, cmd.reason.as_ref()))
}

/// What an attendance comes to: who may enter it, and when, its own rules say.
pub(in crate::domain) fn submission(ctx: &Ctx, cmd: &SubmitRecord) -> Result<Event, Stop> {
    Ok(Service::check(ctx, cmd)?.submitted(ctx, None))
}

/// Service that nothing stands against.
struct Service<'c> {
    cmd: &'c SubmitRecord,
    activity: &'c Activity,
    volunteer: &'c Volunteer,
    unit: &'c Unit,
    claimed: Minutes,
    late: bool,
    record_by: NaiveDate,
    notice_ends_at: Option<Timestamp>,
    objections: Vec<ObjectionId>,
}

impl<'c> Service<'c> {
    fn check(ctx: &Ctx<'c>, cmd: &'c SubmitRecord) -> Result<Self, Stop> {
        ctx.world.want([Key::Activity(cmd.activity), Key::Volunteer(cmd.volunteer)])?;
        let activity = ctx.world.activity(cmd.activity)?;
        let volunteer = ctx.world.volunteer(cmd.volunteer)?;
        let unit = ctx.world.unit(activity.unit)?;
        ctx.must_be_active(volunteer)?;
        let claimed = check_service(ctx, cmd, activity)?;
        let ended_on = last_day(cmd.interval, ctx.rules.zone);
        let others = local_days(cmd.interval, ctx.rules.zone).into_iter();
        let others = others.map(|day| Key::RecordsOn(cmd.volunteer, day));
        let others = others.chain([Key::ObjectionsOf(cmd.volunteer)]);
        ctx.world.want_all(
            others
                .chain(notice::rules::keys(unit))
                .chain(crediting_policy::rules::keys(unit))
                .chain(calendar::rules::keys_from(ended_on)),
        )?;
        check_overlap(ctx, cmd)?;
        check_counts(ctx, cmd)?;
        check_claims(ctx, cmd)?;
        let objections = along::standing(ctx, cmd)?;
        let days = ctx.rules.timely_working_days;
        let record_by = calendar::rules::in_working_days(ctx.world, ended_on, days)?;
        // The service itself enters what it saw at once.
        let late = ctx.actor != Actor::System && ctx.today() > record_by;
        let notice_ends_at = notice::rules::ends_at(ctx, unit)?;
        Ok(Self { cmd, activity, volunteer, unit, claimed, late, record_by, notice_ends_at, objections })
    }

    /// Who enters it credits it, too, if that needs nobody else and no time.
    fn credit(&self, ctx: &Ctx) -> Result<Crediting, Stop> {
        if !self.objections.is_empty() {
            return Err(objection::Refusal::ObjectionOpen.into());
        }
        let Self { activity, volunteer, cmd, claimed, late, .. } = *self;
        let record = PendingRecord { activity, volunteer, cmd, claimed, late };
        ctx.must_answer_for(self.unit)?;
        record.entered(ctx).must_be_of_others(ctx)?;
        notice::rules::must_be_over(ctx, self.notice_ends_at)?;
        record.credit(ctx, self.unit)
    }

    fn submitted(self, ctx: &Ctx, crediting: Option<Crediting>) -> Event {
        let cmd = self.cmd;
        Event::RecordSubmitted {
            activity: cmd.activity,
            volunteer: cmd.volunteer,
            service: cmd.interval,
            breaks: cmd.breaks.clone(),
            evidence: cmd.evidence,
            count: cmd.count.unwrap_or(0),
            claimed_minutes: self.claimed,
            service_date: ctx.rules.zone.date_of(cmd.interval.start),
            late: self.late,
            record_by: Some(self.record_by),
            notice_ends_at: self.notice_ends_at,
            reason: cmd.reason.as_ref().map(|reason| reason.commitment),
            crediting,
            objections: self.objections,
        }
    }
}

/// A check-in is nobody's to say. Volunteers claim for themselves, which others credit; everything else is for
/// operators who answer for the unit.
fn must_be_allowed_to_submit(ctx: &Ctx, cmd: &SubmitRecord, unit: &Unit) -> Result<(), Stop> {
    let is_own = ctx.actor == Actor::Volunteer(cmd.volunteer);
    if !is_own {
        ctx.must_answer_for(unit)?;
    } else if cmd.credit {
        return Err(general::Refusal::NotPermitted.into());
    }
    if cmd.evidence.is_self_declared(ctx.actor) {
        Err(Refusal::EvidenceNotSeen.into())
    } else if is_own != (cmd.evidence == Evidence::Claimed) {
        Err(Refusal::EvidenceNotPermitted.into())
    } else {
        Ok(())
    }
}

/// Who was there enters it soon; who enters it late says why.
fn must_be_entered_in_time(ctx: &Ctx, cmd: &SubmitRecord, unit: &Unit, late: bool) -> Result<(), Stop> {
    let hours = crediting_policy::rules::leader_hours(ctx, unit)?.into();
    let was_there = ctx.now <= cmd.interval.end.plus(Duration::hours(hours));
    if cmd.evidence == Evidence::Leader && !was_there {
        Err(Refusal::EvidenceNotOnTheSpot { hours }.into())
    } else if (late || cmd.evidence == Evidence::Backfill) && cmd.reason.is_none() {
        Err(Refusal::ReasonMissing.into())
    } else {
        Ok(())
    }
}

/// Service ends after it starts, not in the future, lasts less than a day, and lies within the window of
/// an activity that was not called off.
pub(in crate::domain) fn check_time(ctx: &Ctx, service: Interval, activity: &Activity) -> Result<(), Stop> {
    if activity.cancelled {
        return Err(activity::Refusal::ActivityCancelled.into());
    }
    let window = activity.details.window;
    let tolerated = Interval {
        start: window.start.plus(-ctx.rules.window_tolerance),
        end: window.end.plus(ctx.rules.window_tolerance),
    };
    if service.micros() <= 0 {
        return Err(Refusal::EndNotAfterStart.into());
    }
    if service.end > ctx.now {
        return Err(Refusal::ServiceInFuture.into());
    }
    if !tolerated.contains(service) {
        return Err(Refusal::OutsideWindow.into());
    }
    if service.micros() >= LONGEST_SERVICE_MICROS {
        return Err(Refusal::DailyCapReached.into());
    }
    Ok(())
}

/// The claimed minutes, if the service has a possible shape.
fn check_service(ctx: &Ctx, cmd: &SubmitRecord, activity: &Activity) -> Result<Minutes, Stop> {
    let service = cmd.interval;
    check_time(ctx, service, activity)?;
    if !breaks_fit(service, &cmd.breaks) {
        return Err(Refusal::BreaksInvalid.into());
    }
    match (activity.measure, cmd.count) {
        (Measure::Count, Some(count)) if (1..=MOST_OCCASIONS).contains(&count) => Ok(Minutes::ZERO),
        (Measure::Count, _) => Err(Refusal::CountMissing.into()),
        (Measure::Minutes, Some(_)) => Err(Refusal::CountUnexpected.into()),
        (Measure::Minutes, None) => {
            let minutes = whole_minutes(service, &cmd.breaks);
            if minutes.is_positive() { Ok(minutes) } else { Err(Refusal::NoMinutes.into()) }
        }
    }
}

/// What one says of oneself waits for others: only so much of it at a time.
fn check_claims(ctx: &Ctx, cmd: &SubmitRecord) -> Result<(), Stop> {
    if cmd.evidence != Evidence::Claimed {
        return Ok(());
    }
    let pending = ctx.world.pending_records(cmd.volunteer)?;
    ctx.world.want_all(pending.iter().copied().map(Key::Record))?;
    let mut claims = 0;
    for record in pending {
        claims += usize::from(ctx.world.record(*record)?.evidence == Evidence::Claimed);
    }
    if claims < MOST_OPEN_CLAIMS { Ok(()) } else { Err(Refusal::ClaimsTooMany.into()) }
}

/// What is counted is bounded a person's day and a person's part in an activity, as the policy of the day says.
fn check_counts(ctx: &Ctx, cmd: &SubmitRecord) -> Result<(), Stop> {
    let Some(count) = cmd.count else { return Ok(()) };
    let (zone, volunteer) = (ctx.rules.zone, cmd.volunteer);
    ctx.world.want([Key::Policies, Key::CountsAt(volunteer, cmd.activity)])?;
    let day = zone.date_of(cmd.interval.start);
    let terms = policy::in_force(ctx.world.policies()?, day).map(|policy| &policy.terms);
    let on_day = ctx.world.live_records_on(volunteer, &local_days(cmd.interval, zone))?;
    let on_day: i64 = on_day.iter().filter(|other| other.service_date == day).map(|other| other.count).sum();
    let at_activity = ctx.world.counts_at(volunteer, cmd.activity)?;
    let (a_day, an_activity) = (
        terms.and_then(|terms| terms.most_counts_a_day).unwrap_or(ctx.rules.most_counts_a_day),
        terms.and_then(|terms| terms.most_counts_an_activity).unwrap_or(ctx.rules.most_counts_an_activity),
    );
    for (counted, most, within) in
        [(on_day, a_day, CountSpan::Day), (at_activity, an_activity, CountSpan::Activity)]
    {
        if counted + count > most {
            return Err(Refusal::CountCapReached { most, within }.into());
        }
    }
    Ok(())
}

fn check_overlap(ctx: &Ctx, cmd: &SubmitRecord) -> Result<(), Stop> {
    let days = local_days(cmd.interval, ctx.rules.zone);
    let live = ctx.world.live_records_on(cmd.volunteer, &days)?;
    match live.into_iter().find(|record| record.interval().overlaps(cmd.interval)) {
        Some(other) => Err(Refusal::RecordOverlaps { record: other.id }.into()),
        None => Ok(()),
    }
}
