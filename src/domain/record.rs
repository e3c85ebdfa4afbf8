//! Service records (服务记录): one volunteer, one interval, one activity, one grade of evidence.
//!
//! Life: submitted, then credited or rejected; credited, then perhaps voided by a linked reversal.
//! Nothing is edited in place.

use super::account::{Account, Postings};
use super::activity::{self, Activity, Measure};
use super::actor::{Actor, Role};
use super::amounts::{Minutes, Points};
use super::calendar::{self, DayKind};
use super::command::{Committed, Ctx, Decision};
use super::event::{Award, Crediting, Deduction, Draft, Draw, Event};
use super::ids::{ActivityId, LotId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use super::notice;
use super::points::{self, Lot};
use super::policy;
use super::rejection::Rejection;
use super::rules::Rules;
use super::text::Note;
use super::time::{Interval, LocalZone, Timestamp};
use super::unit::Unit;
use super::volunteer::Volunteer;
use super::world::{Key, Row, Stop, World, YearMonth};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How well a record is evidenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The volunteer's own check-in and check-out (扫码).
    Scan,
    /// Check-in by position (定位).
    Geo,
    /// Confirmed on the spot by the person in charge (负责人确认).
    Leader,
    /// Taken over from another system (导入).
    Import,
    /// Entered later (补录).
    Backfill,
}

impl Evidence {
    /// Every grade, best evidenced first.
    pub const ALL: [Self; 5] = [Self::Scan, Self::Geo, Self::Leader, Self::Import, Self::Backfill];

    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Geo => "geo",
            Self::Leader => "leader",
            Self::Import => "import",
            Self::Backfill => "backfill",
        }
    }
}

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// Waiting for a decision.
    Submitted,
    /// Counted.
    Credited,
    /// Refused; never counted.
    Rejected,
    /// Was counted, and is no longer.
    Voided,
}

impl RecordStatus {
    /// Whether the person's time is taken by it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Submitted | Self::Credited)
    }

    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Credited => "credited",
            Self::Rejected => "rejected",
            Self::Voided => "voided",
        }
    }
}

impl fmt::Display for RecordStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One volunteer's service at one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRecord {
    pub id: RecordId,
    pub activity: ActivityId,
    pub programme: ProgrammeId,
    /// The unit of the activity: the hours stay with it wherever the volunteer moves.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub started_at: Timestamp,
    pub ended_at: Timestamp,
    pub breaks: Vec<Interval>,
    pub evidence: Evidence,
    /// Occasions, where the activity counts those.
    pub count: i64,
    pub claimed_minutes: Minutes,
    pub credited_minutes: Minutes,
    pub deductions: Vec<Deduction>,
    pub status: RecordStatus,
    /// Entered more than ten working days after the activity's end.
    pub late: bool,
    /// The last day on which it would have been in time, by the calendar of the day on which it was
    /// entered; none where that was before there was a calendar.
    #[serde(default)]
    pub record_by: Option<NaiveDate>,
    /// Until when it is on public notice (公示); none: it never was. Frozen when it was submitted.
    #[serde(default)]
    pub notice_ends_at: Option<Timestamp>,
    /// Objections that are not resolved.
    #[serde(default)]
    pub open_objections: i64,
    /// The local day on which the service started: the day that totals count it on.
    pub service_date: NaiveDate,
    pub submitted_by: Actor,
    pub submitted_at: Timestamp,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    /// The entry that credited it. Counted from here ...
    pub credited_entry: Option<Seq>,
    pub voided_by: Option<Actor>,
    pub voided_at: Option<Timestamp>,
    /// ... up to, not including, here.
    pub voided_entry: Option<Seq>,
    pub lot: Option<LotId>,
    /// The entry that changed it last.
    pub version: Seq,
}

impl Row for ServiceRecord {
    type Key = RecordId;
    fn key(&self) -> RecordId {
        self.id
    }
}

impl ServiceRecord {
    /// From check-in to check-out, breaks included.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        Interval { start: self.started_at, end: self.ended_at }
    }

    fn minutes_on(&self, day: NaiveDate, zone: LocalZone) -> Minutes {
        let slices = minutes_by_day(self.interval(), &self.breaks, self.credited_minutes, zone);
        slices.into_iter().filter(|(date, _)| *date == day).map(|(_, minutes)| minutes).sum()
    }
}

/// Enters service that was given, and credits it in the same step where `credit` says so.
#[derive(Clone, Debug)]
pub struct SubmitRecord {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub interval: Interval,
    pub breaks: Vec<Interval>,
    pub evidence: Evidence,
    pub count: Option<i64>,
    /// Why it is entered later; needed for a back-fill.
    pub reason: Option<Committed<Note>>,
    /// Credits it at once, as far as the actor may.
    pub credit: bool,
}

/// Minutes that are not credited, and why.
#[derive(Clone, Debug)]
pub struct Deduct {
    pub minutes: Minutes,
    pub reason: Committed<Note>,
}

/// Credits a submitted record.
#[derive(Clone, Debug)]
pub struct CreditRecord {
    pub record: RecordId,
    pub deductions: Vec<Deduct>,
}

/// Refuses a submitted record.
#[derive(Clone, Debug)]
pub struct RejectRecord {
    pub record: RecordId,
    pub reason: Committed<Note>,
}

/// Reverses a credited record.
#[derive(Clone, Debug)]
pub struct VoidRecord {
    pub record: RecordId,
    pub reason: Committed<Note>,
}

/// Longest service that one record may hold.
const LONGEST_SERVICE_MICROS: i64 = 24 * 3600 * 1_000_000;
const MICROS_A_MINUTE: i64 = 60 * 1_000_000;
const MOST_OCCASIONS: i64 = 1000;

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
    ctx.world.want_all(others.chain(notice::keys(unit)).chain(calendar::keys_from(ended_on)))?;
    check_overlap(ctx, cmd)?;
    let notice_ends_at = notice::ends_at(ctx, unit)?;

    let mut postings = Postings::default();
    let crediting = if cmd.credit {
        let record = PendingRecord { activity, volunteer, cmd, claimed };
        must_be_allowed_to_credit(ctx, unit, volunteer.id, cmd.evidence, ctx.actor)?;
        notice::must_be_over(ctx, notice_ends_at)?;
        Some(record.credit(ctx, unit, &mut postings)?)
    } else {
        None
    };
    let record_by = calendar::in_working_days(ctx.world, ended_on, ctx.rules.timely_working_days)?;
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
    notice::must_be_over(ctx, record.notice_ends_at)?;
    if record.open_objections > 0 {
        return Err(Rejection::ObjectionOpen.into());
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
        return Err(Rejection::RecordNotCredited { status: record.status }.into());
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

pub(super) fn must_be_submitted(record: &ServiceRecord) -> Result<(), Rejection> {
    match record.status {
        RecordStatus::Submitted => Ok(()),
        status => Err(Rejection::RecordNotSubmitted { status }),
    }
}

/// Volunteers check themselves in and out; everything else is for whoever answers for the unit.
fn must_be_allowed_to_submit(ctx: &Ctx, cmd: &SubmitRecord, unit: &Unit) -> Result<(), Stop> {
    if ctx.actor != Actor::Volunteer(cmd.volunteer) {
        ctx.must_answer_for(unit)?;
    } else if cmd.credit {
        return Err(Rejection::NotPermitted.into());
    } else if !matches!(cmd.evidence, Evidence::Scan | Evidence::Geo) {
        return Err(Rejection::EvidenceNotPermitted.into());
    }
    if cmd.evidence == Evidence::Backfill && cmd.reason.is_none() {
        return Err(Rejection::ReasonMissing.into());
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
        Err(Rejection::ApprovalOfOwnHours.into())
    } else if evidence == Evidence::Backfill && submitted_by == ctx.actor {
        Err(Rejection::ApprovalOfOwnBackfill.into())
    } else {
        Ok(())
    }
}

/// Service ends after it starts, not in the future, lasts less than a day, and lies within the window of
/// an activity that was not called off.
pub(super) fn check_time(ctx: &Ctx, service: Interval, activity: &Activity) -> Result<(), Rejection> {
    if activity.cancelled {
        return Err(Rejection::ActivityCancelled);
    }
    let window = activity.details.window;
    let tolerated = Interval {
        start: window.start.plus(-ctx.rules.window_tolerance),
        end: window.end.plus(ctx.rules.window_tolerance),
    };
    if service.micros() <= 0 {
        return Err(Rejection::EndNotAfterStart);
    }
    if service.end > ctx.now {
        return Err(Rejection::ServiceInFuture);
    }
    if !tolerated.contains(service) {
        return Err(Rejection::OutsideWindow);
    }
    if service.micros() >= LONGEST_SERVICE_MICROS {
        return Err(Rejection::DailyCapReached);
    }
    Ok(())
}

/// The claimed minutes, if the service has a possible shape.
fn check_service(ctx: &Ctx, cmd: &SubmitRecord, activity: &Activity) -> Result<Minutes, Rejection> {
    let service = cmd.interval;
    check_time(ctx, service, activity)?;
    if !breaks_fit(service, &cmd.breaks) {
        return Err(Rejection::BreaksInvalid);
    }
    match (activity.measure, cmd.count) {
        (Measure::Count, Some(count)) if (1..=MOST_OCCASIONS).contains(&count) => Ok(Minutes::ZERO),
        (Measure::Count, _) => Err(Rejection::CountMissing),
        (Measure::Minutes, Some(_)) => Err(Rejection::CountUnexpected),
        (Measure::Minutes, None) => {
            let minutes = whole_minutes(service, &cmd.breaks);
            if minutes.is_positive() { Ok(minutes) } else { Err(Rejection::NoMinutes) }
        }
    }
}

fn breaks_fit(service: Interval, breaks: &[Interval]) -> bool {
    breaks.iter().all(|pause| pause.micros() > 0 && service.contains(*pause))
        && breaks.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

fn check_overlap(ctx: &Ctx, cmd: &SubmitRecord) -> Result<(), Stop> {
    let days = local_days(cmd.interval, ctx.rules.zone);
    let live = ctx.world.live_records_on(cmd.volunteer, &days)?;
    match live.into_iter().find(|record| record.interval().overlaps(cmd.interval)) {
        Some(other) => Err(Rejection::RecordOverlaps { record: other.id }.into()),
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
        postings.transfer(available, Account::Debt { unit, volunteer }, points::total(&settled).0);
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
        let mut settled = points::draw_up_to(ctx.world.open_lots(self.volunteer.id)?, debt, ctx.now);
        let points = new.points.min(debt - points::total(&settled));
        if points.is_positive() && expires_at.is_none_or(|expires_at| ctx.now < expires_at) {
            settled.push(Draw { points, ..new });
        }
        Ok(settled)
    }
}

fn credited_minutes(claimed: Minutes, deductions: &[Deduct]) -> Result<Minutes, Rejection> {
    let whole = deductions.iter().all(|deduct| (1..=claimed.0).contains(&deduct.minutes.0));
    let credited = claimed - deductions.iter().map(|deduct| deduct.minutes).sum();
    let fits = deductions.is_empty() || (whole && credited.is_positive());
    fits.then_some(credited).ok_or(Rejection::DeductionsInvalid)
}

fn must_be_high_enough(ctx: &Ctx, unit: &Unit, day_total: Minutes) -> Result<(), Stop> {
    let Rules { unit_daily_minutes, parent_daily_minutes, never_daily_minutes, .. } = ctx.rules;
    if day_total.0 >= *never_daily_minutes {
        return Err(Rejection::DailyCapReached.into());
    }
    let Some(operator) = ctx.operator()? else { return Ok(()) };
    let (Role::Coordinator, Some(own)) = (operator.role, operator.unit) else { return Ok(()) };
    if day_total.0 > *parent_daily_minutes && own != unit.top() {
        Err(Rejection::ApprovalNeedsTopUnit.into())
    } else if day_total.0 > *unit_daily_minutes && own == unit.id && unit.parent.is_some() {
        Err(Rejection::ApprovalNeedsParentUnit.into())
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
    let mut taken = points::draw_up_to(others, due - own.points, ctx.now);
    if own.points.is_positive() {
        taken.insert(0, own);
    }
    let owed = due - points::total(&taken);
    let (unit, id) = (volunteer.unit, volunteer.id);
    let issued = Account::Issued { unit: lot.issued_by };
    postings.transfer(Account::Available { unit, volunteer: id }, issued, points::total(&taken).0);
    postings.transfer(Account::Debt { unit, volunteer: id }, issued, owed.0);
    Ok((taken, owed))
}

/// Whole minutes served within an interval, breaks apart: rounded down, never up.
#[must_use]
pub fn whole_minutes(service: Interval, breaks: &[Interval]) -> Minutes {
    let paused: i64 = breaks.iter().map(|pause| pause.micros()).sum();
    Minutes((service.micros() - paused) / MICROS_A_MINUTE)
}

/// The local days that an interval touches, in order.
#[must_use]
pub fn local_days(service: Interval, zone: LocalZone) -> Vec<NaiveDate> {
    let last = last_day(service, zone);
    let first = zone.date_of(service.start);
    first.iter_days().take_while(|day| *day <= last).take(3).collect()
}

/// The last day on which service within an activity's window is recorded in time: ten working days after
/// the window's last day, as the law has it.
#[must_use]
pub fn record_by(
    window: Interval,
    rules: &Rules,
    marked: impl Fn(NaiveDate) -> Option<DayKind>,
) -> NaiveDate {
    calendar::nth_working_day_after(last_day(window, rules.zone), rules.timely_working_days, marked)
}

/// The local day of the last instant within: what ends at midnight ends on the day before.
#[must_use]
pub fn last_day(interval: Interval, zone: LocalZone) -> NaiveDate {
    zone.date_of(interval.end.plus(-chrono::Duration::microseconds(1)))
}

/// How many of the credited minutes fall on each local day. Deducted minutes come off the end.
#[must_use]
pub fn minutes_by_day(
    service: Interval,
    breaks: &[Interval],
    credited: Minutes,
    zone: LocalZone,
) -> Vec<(NaiveDate, Minutes)> {
    let mut counted = Minutes::ZERO;
    let mut slices = Vec::new();
    for day in local_days(service, zone) {
        let midnight = zone.end_of(day);
        let served = service.before(midnight);
        let pauses: Vec<Interval> = breaks.iter().map(|pause| pause.before(midnight)).collect();
        let up_to_here = whole_minutes(served, &pauses).min(credited);
        slices.push((day, up_to_here - counted));
        counted = up_to_here;
    }
    slices
}

/// The calendar month of a date.
#[must_use]
pub fn year_month(date: NaiveDate) -> YearMonth {
    date.year() * 100 + i32::try_from(date.month()).unwrap_or_default()
}

/// What the entry says of a submission.
pub(super) struct Submission<'e> {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub service: Interval,
    pub breaks: &'e [Interval],
    pub evidence: Evidence,
    pub count: i64,
    pub claimed_minutes: Minutes,
    pub service_date: NaiveDate,
    pub late: bool,
    pub record_by: Option<NaiveDate>,
    pub notice_ends_at: Option<Timestamp>,
    pub crediting: Option<&'e Crediting>,
}

pub(super) fn evolve_submitted(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    entry: &Submission,
) -> Result<(), Stop> {
    let activity = world.activity(entry.activity)?;
    let (programme, unit) = (activity.programme, activity.unit);
    activity::count_record(world, entry.activity, 1)?;
    let mut record = ServiceRecord {
        id: RecordId::new(draft.seq),
        activity: entry.activity,
        programme,
        unit,
        volunteer: entry.volunteer,
        started_at: entry.service.start,
        ended_at: entry.service.end,
        breaks: entry.breaks.to_vec(),
        evidence: entry.evidence,
        count: entry.count,
        claimed_minutes: entry.claimed_minutes,
        credited_minutes: Minutes::ZERO,
        deductions: Vec::new(),
        status: RecordStatus::Submitted,
        late: entry.late,
        record_by: entry.record_by,
        notice_ends_at: entry.notice_ends_at,
        open_objections: 0,
        service_date: entry.service_date,
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
    if let Some(crediting) = entry.crediting {
        apply_crediting(world, draft, &mut record, crediting)?;
    }
    put(world, rules, record);
    Ok(())
}

pub(super) fn evolve_credited(
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
pub(super) fn settle(world: &mut World, volunteer: VolunteerId, settled: &[Draw]) -> Result<(), Stop> {
    if settled.is_empty() {
        return Ok(());
    }
    points::take(world, settled)?;
    let mut volunteer = world.volunteer(volunteer)?.clone();
    volunteer.debt -= points::total(settled);
    world.put_volunteer(volunteer);
    Ok(())
}

pub(super) fn evolve_rejected(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::count_record(world, record.activity, -1)?;
    record.status = RecordStatus::Rejected;
    record.decided_by = Some(draft.actor);
    record.decided_at = Some(draft.recorded_at);
    record.version = draft.seq;
    put(world, rules, record);
    Ok(())
}

pub(super) fn evolve_voided(
    world: &mut World,
    rules: &Rules,
    draft: &Draft,
    id: RecordId,
    (taken, owed): (&[Draw], Points),
) -> Result<(), Stop> {
    let mut record = world.record(id)?.clone();
    activity::count_record(world, record.activity, -1)?;
    points::take(world, taken)?;
    if let Some(lot) = record.lot {
        let mut lot = world.lot(lot)?.clone();
        lot.voided = true;
        world.add_earned(lot.volunteer, lot.service_month, -lot.points);
        world.put_lot(lot);
        let mut volunteer = world.volunteer(record.volunteer)?.clone();
        volunteer.debt += owed;
        world.put_volunteer(volunteer);
    }
    record.status = RecordStatus::Voided;
    record.voided_by = Some(draft.actor);
    record.voided_at = Some(draft.recorded_at);
    record.voided_entry = Some(draft.seq);
    record.version = draft.seq;
    put(world, rules, record);
    Ok(())
}

pub(super) fn put(world: &mut World, rules: &Rules, record: ServiceRecord) {
    let days = local_days(record.interval(), rules.zone);
    world.put_record(record, &days);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: &str, end: &str) -> Interval {
        let at = |text: &str| serde_json::from_value(format!("{text}+08:00").into()).unwrap();
        Interval { start: at(start), end: at(end) }
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn minutes_are_rounded_down_and_breaks_are_not_served() {
        let service = interval("2026-11-22T08:00:00", "2026-11-22T10:00:59");
        assert_eq!(whole_minutes(service, &[]), Minutes(120));
        let pause = interval("2026-11-22T09:00:00", "2026-11-22T09:15:00");
        assert_eq!(whole_minutes(service, &[pause]), Minutes(105));
    }

    #[test]
    fn a_record_across_midnight_counts_on_both_days_and_loses_deducted_minutes_at_the_end() {
        let zone = LocalZone::shanghai();
        let service = interval("2026-11-22T22:30:00", "2026-11-23T01:00:00");
        let days = |credited| minutes_by_day(service, &[], Minutes(credited), zone);
        assert_eq!(days(150), [(date("2026-11-22"), Minutes(90)), (date("2026-11-23"), Minutes(60))]);
        assert_eq!(days(100), [(date("2026-11-22"), Minutes(90)), (date("2026-11-23"), Minutes(10))]);
        assert_eq!(days(60), [(date("2026-11-22"), Minutes(60)), (date("2026-11-23"), Minutes(0))]);
    }

    #[test]
    fn a_record_that_ends_at_midnight_touches_one_day() {
        let service = interval("2026-11-22T22:00:00", "2026-11-23T00:00:00");
        assert_eq!(local_days(service, LocalZone::shanghai()), [date("2026-11-22")]);
    }

    #[test]
    fn breaks_lie_within_in_order_without_overlap() {
        let service = interval("2026-11-22T08:00:00", "2026-11-22T12:00:00");
        let first = interval("2026-11-22T09:00:00", "2026-11-22T09:10:00");
        let second = interval("2026-11-22T09:10:00", "2026-11-22T09:20:00");
        assert!(breaks_fit(service, &[first, second]));
        assert!(!breaks_fit(service, &[second, first]));
        assert!(!breaks_fit(service, &[interval("2026-11-22T07:59:00", "2026-11-22T08:10:00")]));
        assert!(!breaks_fit(service, &[interval("2026-11-22T09:00:00", "2026-11-22T09:00:00")]));
    }
}
