//! Rules of service records (服务记录): what may be done, and what follows.

use super::{
    Award, CreditRecord, Crediting, Deduct, Deduction, Event, LONGEST_SERVICE_MICROS, MOST_OCCASIONS,
    RecordStatus, Refusal, RejectRecord, ServiceRecord, SubmitRecord, VoidRecord, breaks_fit, last_day,
    local_days, minutes_by_day, whole_minutes,
};
use crate::domain::account::{Account, Postings};
use crate::domain::activity;
use crate::domain::activity::{Activity, Measure};
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::calendar;
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::Draft;
use crate::domain::evidence::Evidence;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::{LotId, RecordId, VolunteerId};
use crate::domain::lot;
use crate::domain::lot::{Draw, Lot};
use crate::domain::notice;
use crate::domain::objection;
use crate::domain::outcome::Outcome;
use crate::domain::policy;
use crate::domain::rules::Rules;
use crate::domain::time::{Interval, Timestamp, year_month};
use crate::domain::unit::Unit;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop, World};
use chrono::NaiveDate;

/// A person serves one place at a time, within the activity's window, and not in the future.
pub fn decide_submit(ctx: &Ctx, cmd: &SubmitRecord) -> Result<Decision, Stop> {
    ctx.world.want([Key::Activity(cmd.activity), Key::Volunteer(cmd.volunteer)])?;
    let activity = ctx.world.activity(cmd.activity)?;
    let volunteer = ctx.world.volunteer(cmd.volunteer)?;
    let unit = ctx.world.unit(activity.unit)?;
    must_be_allowed_to_submit(ctx, cmd, unit)?;
    volunteer.must_be_active()?;
    let claimed = check_service(ctx, cmd, activity)?;
    let ended_on = last_day(activity.details.window, ctx.rules.zone);
    let others = local_days(cmd.interval, ctx.rules.zone).into_iter();
    let others = others.map(|day| Key::RecordsOn(cmd.volunteer, day));
    ctx.world
        .want_all(others.chain(notice::rules::keys(unit)).chain(calendar::rules::keys_from(ended_on)))?;
    check_overlap(ctx, cmd)?;
    let notice_ends_at = notice::rules::ends_at(ctx, unit)?;

    let mut postings = Postings::default();
    let crediting = if cmd.credit {
        let record = PendingRecord { activity, volunteer, cmd, claimed };
        must_be_allowed_to_credit(ctx, unit, volunteer.id, cmd.evidence, ctx.actor)?;
        notice::rules::must_be_over(ctx, notice_ends_at)?;
        Some(record.credit(ctx, unit, &mut postings)?)
    } else {
        None
    };
    let record_by = calendar::rules::in_working_days(ctx.world, ended_on, ctx.rules.timely_working_days)?;
    Ok(Decision::of(Event::RecordSubmitted {
        activity: cmd.activity,
        volunteer: cmd.volunteer,
        service: cmd.interval,
        breaks: cmd.breaks.clone(),
        evidence: cmd.evidence,
        count: cmd.count.unwrap_or(0),
        claimed_minutes: claimed,
        service_date: ctx.rules.zone.date_of(cmd.interval.start),
        late: ctx.today() > record_by,
        record_by: Some(record_by),
        notice_ends_at,
        reason: cmd.reason.as_ref().map(|reason| reason.commitment),
        crediting,
    })
    .effective(ctx.rules.zone.date_of(cmd.interval.start))
    .posting(postings)
    .with_note(cmd.reason.as_ref()))
}

/// Posts the minutes and awards the points in one step.
pub fn decide_credit(ctx: &Ctx, cmd: &CreditRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    ctx.world.want([
        Key::Volunteer(record.volunteer),
        Key::Activity(record.activity),
        Key::Unit(record.unit),
    ])?;
    let volunteer = ctx.world.volunteer(record.volunteer)?;
    let unit = ctx.world.unit(record.unit)?;
    ctx.must_answer_for(unit)?;
    must_be_submitted(record)?;
    must_be_allowed_to_credit(ctx, unit, record.volunteer, record.evidence, record.submitted_by)?;
    notice::rules::must_be_over(ctx, record.notice_ends_at)?;
    if record.open_objections > 0 {
        return Err(objection::Refusal::ObjectionOpen.into());
    }
    volunteer.must_be_active()?;

    let mut postings = Postings::default();
    let crediting = Crediter {
        activity: ctx.world.activity(record.activity)?,
        volunteer,
        record: record.id,
        interval: record.interval(),
        breaks: &record.breaks,
        evidence: record.evidence,
        count: record.count,
        claimed: record.claimed_minutes,
    }
    .credit(ctx, unit, &cmd.deductions, &mut postings)?;
    let decision = Decision::of(Event::RecordCredited { record: record.id, crediting })
        .effective(record.service_date)
        .posting(postings);
    Ok(cmd.deductions.iter().fold(decision, |decision, deduct| decision.with_note(Some(&deduct.reason))))
}

/// A refused record frees the person's time, and is never counted.
pub fn decide_reject(ctx: &Ctx, cmd: &RejectRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    ctx.must_answer_for(ctx.world.unit(record.unit)?)?;
    must_be_submitted(record)?;
    Ok(Decision::of(Event::RecordRejected { record: record.id, reason: cmd.reason.commitment })
        .effective(record.service_date)
        .with_note(Some(&cmd.reason)))
}

/// Takes minutes and points back: unspent lots first, this record's before others; the rest is owed.
pub fn decide_void(ctx: &Ctx, cmd: &VoidRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    let unit = ctx.world.unit(record.unit)?;
    ctx.must_answer_for(unit)?;
    let (Some(credited_entry), RecordStatus::Credited) = (record.credited_entry, record.status) else {
        return Err(Refusal::RecordNotCredited { status: record.status }.into());
    };
    ctx.world.want([Key::Volunteer(record.volunteer), Key::LotsOf(record.volunteer)])?;
    let volunteer = ctx.world.volunteer(record.volunteer)?;
    let lot = record.lot.map(|id| ctx.world.lot(id)).transpose()?;

    let mut postings = Postings::default();
    post_minutes(&mut postings, record, -record.credited_minutes.0);
    let (taken, owed) = match lot {
        Some(lot) => take_back(ctx, volunteer, lot, &mut postings)?,
        None => (Vec::new(), Points::ZERO),
    };
    let event = Event::RecordVoided { record: record.id, reason: cmd.reason.commitment, taken, owed };
    Ok(Decision::of(event)
        .effective(record.service_date)
        .reversing(credited_entry)
        .posting(postings)
        .with_note(Some(&cmd.reason)))
}

pub(in crate::domain) fn must_be_submitted(record: &ServiceRecord) -> Result<(), Refusal> {
    match record.status {
        RecordStatus::Submitted => Ok(()),
        status => Err(Refusal::RecordNotSubmitted { status }),
    }
}

/// Volunteers check themselves in and out; everything else is for whoever answers for the unit.
fn must_be_allowed_to_submit(ctx: &Ctx, cmd: &SubmitRecord, unit: &Unit) -> Result<(), Stop> {
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        ctx.must_answer_for(unit)?;
    } else if cmd.credit {
        return Err(general::Refusal::NotPermitted.into());
    } else if !matches!(cmd.evidence, Evidence::Scan | Evidence::Geo) {
        return Err(Refusal::EvidenceNotPermitted.into());
    }
    if cmd.evidence == Evidence::Backfill && cmd.reason.is_none() {
        return Err(Refusal::ReasonMissing.into());
    }
    Ok(())
}

/// Nobody approves their own hours, nor a back-fill that they entered.
fn must_be_allowed_to_credit(
    ctx: &Ctx,
    unit: &Unit,
    volunteer: VolunteerId,
    evidence: Evidence,
    submitted_by: Actor,
) -> Result<(), Stop> {
    ctx.must_answer_for(unit)?;
    if ctx.operator()?.is_some_and(|operator| operator.volunteer == Some(volunteer)) {
        Err(Refusal::ApprovalOfOwnHours.into())
    } else if evidence == Evidence::Backfill && submitted_by == ctx.actor {
        Err(Refusal::ApprovalOfOwnBackfill.into())
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

fn check_overlap(ctx: &Ctx, cmd: &SubmitRecord) -> Result<(), Stop> {
    let days = local_days(cmd.interval, ctx.rules.zone);
    let live = ctx.world.live_records_on(cmd.volunteer, &days)?;
    match live.into_iter().find(|record| record.interval().overlaps(cmd.interval)) {
        Some(other) => Err(Refusal::RecordOverlaps { record: other.id }.into()),
        None => Ok(()),
    }
}

/// A record that is submitted and credited in one step.
struct PendingRecord<'a> {
    activity: &'a Activity,
    volunteer: &'a Volunteer,
    cmd: &'a SubmitRecord,
    claimed: Minutes,
}

impl PendingRecord<'_> {
    fn credit(&self, ctx: &Ctx, unit: &Unit, postings: &mut Postings) -> Result<Crediting, Stop> {
        Crediter {
            activity: self.activity,
            volunteer: self.volunteer,
            record: RecordId::new(ctx.seq),
            interval: self.cmd.interval,
            breaks: &self.cmd.breaks,
            evidence: self.cmd.evidence,
            count: self.cmd.count.unwrap_or(0),
            claimed: self.claimed,
        }
        .credit(ctx, unit, &[], postings)
    }
}

/// What crediting looks at.
struct Crediter<'a> {
    activity: &'a Activity,
    volunteer: &'a Volunteer,
    record: RecordId,
    interval: Interval,
    breaks: &'a [Interval],
    evidence: Evidence,
    count: i64,
    claimed: Minutes,
}

impl Crediter<'_> {
    fn credit(
        &self,
        ctx: &Ctx,
        unit: &Unit,
        deductions: &[Deduct],
        postings: &mut Postings,
    ) -> Result<Crediting, Stop> {
        let credited = credited_minutes(self.claimed, deductions)?;
        self.check_daily_caps(ctx, unit, credited)?;
        let service_date = ctx.rules.zone.date_of(self.interval.start);
        let served = Account::Served { activity: self.activity.id, grade: self.evidence, date: service_date };
        let volunteer = Account::Credited { volunteer: self.volunteer.id, grade: self.evidence };
        postings.transfer(served, volunteer, credited.0);
        Ok(Crediting {
            credited_minutes: credited,
            deductions: deductions
                .iter()
                .map(|deduct| Deduction { minutes: deduct.minutes, reason: deduct.reason.commitment })
                .collect(),
            award: self.award(ctx, credited, service_date, postings)?,
        })
    }

    /// Up to 8 hours a day the unit approves, above that its parent, above 12 the top; 24 never.
    fn check_daily_caps(&self, ctx: &Ctx, unit: &Unit, credited: Minutes) -> Result<(), Stop> {
        let zone = ctx.rules.zone;
        let days = local_days(self.interval, zone);
        let others = ctx.world.live_records_on(self.volunteer.id, &days)?;
        for (day, minutes) in minutes_by_day(self.interval, self.breaks, credited, zone) {
            let before: Minutes = others
                .iter()
                .filter(|other| other.id != self.record && other.status == RecordStatus::Credited)
                .map(|other| other.minutes_on(day, zone))
                .sum();
            must_be_high_enough(ctx, unit, before + minutes)?;
        }
        Ok(())
    }

    fn award(
        &self,
        ctx: &Ctx,
        credited: Minutes,
        service_date: NaiveDate,
        postings: &mut Postings,
    ) -> Result<Option<Award>, Stop> {
        let (volunteer, unit) = (self.volunteer.id, self.volunteer.unit);
        let month = year_month(service_date);
        ctx.world.want([Key::Policies, Key::Programme(self.activity.programme)])?;
        let Some(policy) = policy::in_force(ctx.world.policies()?, service_date) else { return Ok(None) };
        let programme = ctx.world.programme(self.activity.programme)?;
        let earned = policy.terms.points_for(self.evidence, credited, self.count, programme);
        let points = match policy.terms.monthly_quota {
            Some(quota) => earned.min(quota - ctx.world.points_earned_in(volunteer, month)?),
            None => earned,
        };
        if !points.is_positive() {
            return Ok(None);
        }
        let expires_at = policy.terms.expires_at(ctx.now, ctx.rules.zone);
        let new = Draw { lot: LotId::new(ctx.seq), points };
        let settled = self.settle(ctx, new, expires_at)?;
        let available = Account::Available { unit, volunteer };
        postings.transfer(Account::Issued { unit }, available, points.0);
        postings.transfer(available, Account::Debt { unit, volunteer }, lot::total(&settled).0);
        Ok(Some(Award {
            policy: policy.id,
            points,
            issued_by: unit,
            service_month: month,
            expires_at,
            settled,
        }))
    }

    /// What of the volunteer's lots, the new one among them, goes to pay a debt.
    fn settle(&self, ctx: &Ctx, new: Draw, expires_at: Option<Timestamp>) -> Result<Vec<Draw>, Stop> {
        let debt = self.volunteer.debt;
        if !debt.is_positive() {
            return Ok(Vec::new());
        }
        let mut settled = lot::draw_up_to(ctx.world.open_lots(self.volunteer.id)?, debt, ctx.now);
        let points = new.points.min(debt - lot::total(&settled));
        if points.is_positive() && expires_at.is_none_or(|expires_at| ctx.now < expires_at) {
            settled.push(Draw { points, ..new });
        }
        Ok(settled)
    }
}

fn credited_minutes(claimed: Minutes, deductions: &[Deduct]) -> Result<Minutes, Refusal> {
    let whole = deductions.iter().all(|deduct| (1..=claimed.0).contains(&deduct.minutes.0));
    let credited = claimed - deductions.iter().map(|deduct| deduct.minutes).sum();
    let fits = deductions.is_empty() || (whole && credited.is_positive());
    fits.then_some(credited).ok_or(Refusal::DeductionsInvalid)
}

fn must_be_high_enough(ctx: &Ctx, unit: &Unit, day_total: Minutes) -> Result<(), Stop> {
    let Rules { unit_daily_minutes, parent_daily_minutes, never_daily_minutes, .. } = ctx.rules;
    if day_total.0 >= *never_daily_minutes {
        return Err(Refusal::DailyCapReached.into());
    }
    let Some(operator) = ctx.operator()? else { return Ok(()) };
    let (Role::Coordinator, Some(own)) = (operator.role, operator.unit) else { return Ok(()) };
    if day_total.0 > *parent_daily_minutes && own != unit.top() {
        Err(Refusal::ApprovalNeedsTopUnit.into())
    } else if day_total.0 > *unit_daily_minutes && own == unit.id && unit.parent.is_some() {
        Err(Refusal::ApprovalNeedsParentUnit.into())
    } else {
        Ok(())
    }
}

fn post_minutes(postings: &mut Postings, record: &ServiceRecord, minutes: i64) {
    let grade = record.evidence;
    postings.transfer(
        Account::Served { activity: record.activity, grade, date: record.service_date },
        Account::Credited { volunteer: record.volunteer, grade },
        minutes,
    );
}

/// What is taken from which lots, and what remains owed. What lapsed unspent is gone already.
fn take_back(
    ctx: &Ctx,
    volunteer: &Volunteer,
    lot: &Lot,
    postings: &mut Postings,
) -> Result<(Vec<Draw>, Points), Stop> {
    let due = lot.points - lot.lapsed;
    let own = Draw { lot: lot.id, points: lot.remaining };
    let others = ctx.world.open_lots(volunteer.id)?.into_iter().filter(|other| other.id != lot.id);
    let mut taken = lot::draw_up_to(others, due - own.points, ctx.now);
    if own.points.is_positive() {
        taken.insert(0, own);
    }
    let owed = due - lot::total(&taken);
    let (unit, id) = (volunteer.unit, volunteer.id);
    let issued = Account::Issued { unit: lot.issued_by };
    postings.transfer(Account::Available { unit, volunteer: id }, issued, lot::total(&taken).0);
    postings.transfer(Account::Debt { unit, volunteer: id }, issued, owed.0);
    Ok((taken, owed))
}

impl Happening for Event {
    fn keys(&self, world: &World, draft: &Draft) -> Result<Vec<Key>, Stop> {
        Ok(match self {
            Self::RecordSubmitted { activity, volunteer, crediting, .. } => {
                let fixed = [Key::Activity(*activity), Key::Volunteer(*volunteer)];
                let settled = crediting.iter().flat_map(|crediting| keys_of_crediting(draft, crediting));
                fixed.into_iter().chain(settled).collect()
            }
            Self::RecordCredited { record, crediting } => {
                let volunteer = world.record(*record)?.volunteer;
                [Key::Volunteer(volunteer)].into_iter().chain(keys_of_crediting(draft, crediting)).collect()
            }
            Self::RecordRejected { record, .. } => vec![Key::Activity(world.record(*record)?.activity)],
            Self::RecordVoided { record, taken, .. } => {
                let record = world.record(*record)?;
                let fixed = [Key::Activity(record.activity), Key::Volunteer(record.volunteer)];
                fixed.into_iter().chain(record.lot.map(Key::Lot)).chain(lot::rules::keys(taken)).collect()
            }
        })
    }

    fn evolve(&self, world: &mut World, rules: &Rules, draft: &Draft) -> Result<(), Stop> {
        match self {
            Self::RecordSubmitted { .. } => evolve_submitted(world, rules, draft, self),
            Self::RecordCredited { record, crediting } => {
                evolve_credited(world, rules, draft, *record, crediting)
            }
            Self::RecordRejected { record, .. } => evolve_rejected(world, rules, draft, *record),
            Self::RecordVoided { record, taken, owed, .. } => {
                evolve_voided(world, rules, draft, *record, (taken, *owed))
            }
        }
    }

    fn outcome(&self, world: &World, draft: &Draft) -> Result<Outcome, Stop> {
        let id = match self {
            Self::RecordSubmitted { .. } => RecordId::new(draft.seq),
            Self::RecordCredited { record, .. }
            | Self::RecordRejected { record, .. }
            | Self::RecordVoided { record, .. } => *record,
        };
        Ok(world.record(id)?.clone().into())
    }
}

/// The lots that settle a debt, but for the new one, which the entry itself makes.
fn keys_of_crediting(draft: &Draft, crediting: &Crediting) -> impl Iterator<Item = Key> {
    let settled = crediting.award.as_ref().map(|award| award.settled.as_slice()).unwrap_or_default();
    lot::rules::keys(settled).filter(|key| *key != Key::Lot(LotId::new(draft.seq)))
}

fn evolve_submitted(world: &mut World, rules: &Rules, draft: &Draft, event: &Event) -> Result<(), Stop> {
    let Event::RecordSubmitted {
        activity: activity_id,
        volunteer,
        service,
        breaks,
        evidence,
        count,
        claimed_minutes,
        service_date,
        late,
        record_by,
        notice_ends_at,
        crediting,
        ..
    } = event
    else {
        return Ok(());
    };
    let activity = world.activity(*activity_id)?;
    let (programme, unit) = (activity.programme, activity.unit);
    activity::rules::count_record(world, *activity_id, 1)?;
    let mut record = ServiceRecord {
        id: RecordId::new(draft.seq),
        activity: *activity_id,
        programme,
        unit,
        volunteer: *volunteer,
        started_at: service.start,
        ended_at: service.end,
        breaks: breaks.clone(),
        evidence: *evidence,
        count: *count,
        claimed_minutes: *claimed_minutes,
        credited_minutes: Minutes::ZERO,
        deductions: Vec::new(),
        status: RecordStatus::Submitted,
        late: *late,
        record_by: *record_by,
        notice_ends_at: *notice_ends_at,
        open_objections: 0,
        service_date: *service_date,
        submitted_by: draft.actor,
        submitted_at: draft.recorded_at,
        decided_by: None,
        decided_at: None,
        credited_entry: None,
        voided_by: None,
        voided_at: None,
        voided_entry: None,
        lot: None,
        version: draft.seq,
    };
    if let Some(crediting) = crediting {
        apply_crediting(world, draft, &mut record, crediting)?;
    }
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn evolve_credited(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
    crediting: &Crediting,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    apply_crediting(world, draft, &mut record, crediting)?;
    put(world, rules, record);
    Ok(())
}

fn apply_crediting(
    world: &mut World,
    draft: &Draft,
    record: &mut ServiceRecord,
    crediting: &Crediting,
) -> Result<(), Stop> {
    record.status = RecordStatus::Credited;
    record.credited_minutes = crediting.credited_minutes;
    record.deductions.clone_from(&crediting.deductions);
    record.decided_by = Some(draft.actor);
    record.decided_at = Some(draft.recorded_at);
    record.credited_entry = Some(draft.seq);
    record.version = draft.seq;
    if let Some(award) = &crediting.award {
        let id = LotId::new(draft.seq);
        record.lot = Some(id);
        world.put_lot(Lot {
            id,
            volunteer: record.volunteer,
            record: record.id,
            policy: award.policy,
            issued_by: award.issued_by,
            service_month: award.service_month,
            points: award.points,
            remaining: award.points,
            lapsed: Points::ZERO,
            expires_at: award.expires_at,
            voided: false,
        });
        world.add_earned(record.volunteer, award.service_month, award.points);
        settle(world, record.volunteer, &award.settled)?;
    }
    Ok(())
}

/// Pays a debt off with the draws.
pub(in crate::domain) fn settle(
    world: &mut World,
    volunteer: VolunteerId,
    settled: &[Draw],
) -> Result<(), Stop> {
    if settled.is_empty() {
        return Ok(());
    }
    lot::rules::take(world, settled)?;
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.debt -= lot::total(settled);
    world.put(volunteer);
    Ok(())
}

pub(in crate::domain) fn evolve_rejected(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::rules::count_record(world, record.activity, -1)?;
    record.status = RecordStatus::Rejected;
    record.decided_by = Some(draft.actor);
    record.decided_at = Some(draft.recorded_at);
    record.version = draft.seq;
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn evolve_voided(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
    (taken, owed): (&[Draw], Points),
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::rules::count_record(world, record.activity, -1)?;
    lot::rules::take(world, taken)?;
    if let Some(lot) = record.lot {
        let mut lot = world.lot(lot)?.clone();
        lot.voided = true;
        world.add_earned(lot.volunteer, lot.service_month, -lot.points);
        world.put_lot(lot);
        let mut volunteer = world.volunteer(record.volunteer)?.clone();
        volunteer.debt += owed;
        world.put(volunteer);
    }
    record.status = RecordStatus::Voided;
    record.voided_by = Some(draft.actor);
    record.voided_at = Some(draft.recorded_at);
    record.voided_entry = Some(draft.seq);
    record.version = draft.seq;
    put(world, rules, record);
    Ok(())
}

pub(in crate::domain) fn put(world: &mut World, rules: &Rules, record: ServiceRecord) {
    let days = local_days(record.interval(), rules.zone);
    world.put_record(record, &days);
}
