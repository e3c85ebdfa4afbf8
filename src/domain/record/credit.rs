//! Crediting a record: who may, up to how much of a day, and what it earns.

use super::award::Earning;
use super::two_persons::{Entered, must_know_of_it};
use super::{
    CreditRecord, CreditSeen, Crediting, Deduct, Deduction, Event, RecordStatus, Refusal, ServiceRecord,
    SubmitRecord, local_days, minutes_by_day,
};
use crate::domain::account::{Account, Postings};
use crate::domain::activity::Activity;
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::Minutes;
use crate::domain::context::Ctx;
use crate::domain::crediting_policy;
use crate::domain::decision::Decision;
use crate::domain::evidence::Evidence;
use crate::domain::general;
use crate::domain::ids::{ActivityId, RecordId, VolunteerId};
use crate::domain::lot;
use crate::domain::notice;
use crate::domain::objection;
use crate::domain::operator::Operator;
use crate::domain::rules::Rules;
use crate::domain::time::{Interval, year_month};
use crate::domain::unit::Unit;
use crate::domain::unit::rules::tier_of;
use crate::domain::volunteer::Volunteer;
use crate::domain::world::{Key, Stop};
use chrono::NaiveDate;

/// Posts the minutes and awards the points in one step.
pub fn decide_credit(ctx: &Ctx, cmd: &CreditRecord) -> Result<Decision, Stop> {
    let record = ctx.world.record(cmd.record)?;
    ctx.world.want([
        Key::Volunteer(record.volunteer),
        Key::Activity(record.activity),
        Key::Unit(record.unit),
    ])?;
    let volunteer = ctx.world.volunteer(record.volunteer)?;
    let activity = ctx.world.activity(record.activity)?;
    let unit = ctx.world.unit(record.unit)?;
    must_know_of_it(ctx, unit, activity, record)?;
    record.must_be_submitted()?;
    let entered = Entered {
        by: record.submitted_by,
        volunteer: record.volunteer,
        evidence: record.evidence,
        late: record.late,
        confirmed: record.confirmed_at.is_some(),
    };
    entered.must_be_of_others(ctx)?;
    notice::rules::must_be_over(ctx, record.notice_ends_at)?;
    if record.open_objections > 0 {
        return Err(objection::Refusal::ObjectionOpen.into());
    }
    ctx.must_be_active(volunteer)?;

    let crediting = Crediter {
        activity,
        volunteer,
        record: record.id,
        interval: record.interval(),
        breaks: &record.breaks,
        entered,
        count: record.count,
        claimed: record.claimed_minutes,
        submitted_by: record.submitted_by,
    }
    .credit(ctx, unit, &cmd.deductions)?;
    let decision =
        Decision::of(Event::RecordCredited { record: record.id, crediting }).effective(record.service_date);
    let reasons = cmd.deductions.iter().map(|deduct| &deduct.reason);
    Ok(decision.with_words_about(volunteer.id, reasons))
}

/// A record that is submitted and credited in one step.
pub(super) struct PendingRecord<'a> {
    pub(super) activity: &'a Activity,
    pub(super) volunteer: &'a Volunteer,
    pub(super) cmd: &'a SubmitRecord,
    pub(super) claimed: Minutes,
    pub(super) late: bool,
}

impl PendingRecord<'_> {
    /// Who enters it credits it, too, if that needs nobody else.
    pub(super) fn entered(&self, ctx: &Ctx) -> Entered {
        Entered {
            by: ctx.actor,
            volunteer: self.volunteer.id,
            evidence: self.cmd.evidence,
            late: self.late,
            confirmed: false,
        }
    }

    pub(super) fn credit(&self, ctx: &Ctx, unit: &Unit) -> Result<Crediting, Stop> {
        Crediter {
            activity: self.activity,
            volunteer: self.volunteer,
            record: RecordId::new(ctx.seq),
            interval: self.cmd.interval,
            breaks: &self.cmd.breaks,
            entered: self.entered(ctx),
            count: self.cmd.count.unwrap_or(0),
            claimed: self.claimed,
            submitted_by: ctx.actor,
        }
        .credit(ctx, unit, &[])
    }
}

/// By the service itself, of what it saw: where the unit's policy says so, once the public notice is over and nobody objects
/// any more. A day on which somebody above has to approve waits for them.
pub fn decide_credit_seen(ctx: &Ctx, cmd: &CreditSeen) -> Result<Decision, Stop> {
    ctx.must_be_system()?;
    let record = ctx.world.record(cmd.record)?;
    let unit = ctx.world.unit(record.unit)?;
    let was_seen = record.evidence.was_seen(record.submitted_by);
    if !was_seen || !crediting_policy::rules::credits_seen(ctx, unit)? {
        return Err(general::Refusal::NothingDue.into());
    }
    let (interval, breaks) = (record.interval(), &record.breaks);
    let days = day_totals(ctx, (record.volunteer, record.id), (interval, breaks), record.claimed_minutes)?;
    if days.iter().any(|day| day.0 > ctx.rules.unit_daily_minutes) {
        return Err(Refusal::ApprovalNeedsParentUnit.into());
    }
    decide_credit(ctx, &CreditRecord { record: record.id, deductions: Vec::new() })
}

/// What crediting looks at.
struct Crediter<'a> {
    activity: &'a Activity,
    volunteer: &'a Volunteer,
    record: RecordId,
    interval: Interval,
    breaks: &'a [Interval],
    entered: Entered,
    count: i64,
    claimed: Minutes,
    submitted_by: Actor,
}

impl Crediter<'_> {
    fn credit(&self, ctx: &Ctx, unit: &Unit, deductions: &[Deduct]) -> Result<Crediting, Stop> {
        let credited = credited_minutes(self.claimed, deductions)?;
        self.check_daily_caps(ctx, unit, credited)?;
        let service_date = ctx.rules.zone.date_of(self.interval.start);
        let alone = self.entered.is_alone(ctx, unit, (credited, year_month(service_date)))?;
        Ok(Crediting {
            credited_minutes: credited,
            deductions: deductions
                .iter()
                .map(|deduct| Deduction { minutes: deduct.minutes, reason: deduct.reason.commitment })
                .collect(),
            award: if self.entered.can_earn() {
                self.earning(service_date).award(ctx, credited)?
            } else {
                None
            },
            alone,
        })
    }

    /// What the points are earned by.
    fn earning(&self, service_date: NaiveDate) -> Earning<'_> {
        Earning {
            activity: self.activity,
            volunteer: self.volunteer,
            record: self.record,
            interval: self.interval,
            service_date,
            evidence: self.entered.evidence,
            count: self.count,
        }
    }

    /// Up to 8 hours a day the unit approves, above that its parent, above 12 the top; 24 never. A team counts as what
    /// it belongs to (DESIGN 1.5).
    fn check_daily_caps(&self, ctx: &Ctx, unit: &Unit, credited: Minutes) -> Result<(), Stop> {
        let service = (self.interval, self.breaks);
        for day in day_totals(ctx, (self.volunteer.id, self.record), service, credited)? {
            must_be_high_enough(ctx, unit, self.submitted_by, day)?;
        }
        Ok(())
    }
}

/// What a person's days come to, each, with so many minutes of a record.
fn day_totals(
    ctx: &Ctx,
    (volunteer, record): (VolunteerId, RecordId),
    (interval, breaks): (Interval, &[Interval]),
    credited: Minutes,
) -> Result<Vec<Minutes>, Stop> {
    let zone = ctx.rules.zone;
    let others = ctx.world.live_records_on(volunteer, &local_days(interval, zone))?;
    let before = |day| -> Minutes {
        let credited = others.iter().filter(|other| other.status == RecordStatus::Credited);
        credited.filter(|other| other.id != record).map(|other| other.minutes_on(day, zone)).sum()
    };
    let days = minutes_by_day(interval, breaks, credited, zone).into_iter();
    Ok(days.map(|(day, minutes)| before(day) + minutes).collect())
}

fn credited_minutes(claimed: Minutes, deductions: &[Deduct]) -> Result<Minutes, Refusal> {
    let whole = deductions.iter().all(|deduct| (1..=claimed.0).contains(&deduct.minutes.0));
    let credited = claimed - deductions.iter().map(|deduct| deduct.minutes).sum();
    let fits = deductions.is_empty() || (whole && credited.is_positive());
    fits.then_some(credited).ok_or(Refusal::DeductionsInvalid)
}

fn must_be_high_enough(ctx: &Ctx, unit: &Unit, submitted_by: Actor, day_total: Minutes) -> Result<(), Stop> {
    let Rules { unit_daily_minutes, parent_daily_minutes, never_daily_minutes, .. } = ctx.rules;
    if day_total.0 >= *never_daily_minutes {
        return Err(Refusal::DailyCapReached.into());
    }
    if day_total.0 <= *unit_daily_minutes {
        return Ok(());
    }
    let own = match (ctx.actor, ctx.operator()?) {
        (_, Some(Operator { role: Role::Coordinator, unit: Some(own), .. })) => Some(*own),
        // Who is in charge on site is no unit, at the top neither.
        (Actor::Volunteer(_), _) if day_total.0 > *parent_daily_minutes => {
            return Err(Refusal::ApprovalNeedsTopUnit.into());
        }
        (Actor::Volunteer(_), _) => return Err(Refusal::ApprovalNeedsParentUnit.into()),
        (Actor::System, _) => return Ok(()),
        (Actor::Operator(_), _) => None,
    };
    if let Some(own) = own {
        let tier = tier_of(ctx.world, unit)?;
        if day_total.0 > *parent_daily_minutes && own != unit.top() {
            return Err(Refusal::ApprovalNeedsTopUnit.into());
        }
        // Above the top there is nobody: there it is the top unit itself, not a team under it.
        let is_high_enough = tier.is_within(own) && (own != tier.id || tier.parent.is_none());
        if !is_high_enough {
            return Err(Refusal::ApprovalNeedsParentUnit.into());
        }
    }
    if ctx.is_person(submitted_by)? { Err(Refusal::ApprovalOfLongDay.into()) } else { Ok(()) }
}

/// What crediting service posts: its minutes, and its points with what of them goes to pay a debt.
pub(super) fn crediting_service(served: &Served, crediting: &Crediting) -> Postings {
    let Served { activity, volunteer, evidence, date } = *served;
    let mut postings = Postings::default();
    let (from, to) =
        (Account::Served { activity, evidence, date }, Account::Credited { volunteer, evidence });
    postings.transfer(from, to, crediting.credited_minutes.0);
    if let Some(award) = &crediting.award {
        let unit = award.issued_by;
        let available = Account::Available { unit, volunteer };
        postings.transfer(Account::Issued { unit }, available, award.points.0);
        postings.transfer(available, Account::Debt { unit, volunteer }, lot::total(&award.settled).0);
    }
    postings
}

/// What minutes are booked under.
#[derive(Clone, Copy)]
pub(super) struct Served {
    pub(super) activity: ActivityId,
    pub(super) volunteer: VolunteerId,
    pub(super) evidence: Evidence,
    pub(super) date: NaiveDate,
}

/// Minutes that are credited, or taken back where they are negative.
pub(super) fn post_minutes(
    postings: &mut Postings,
    (record, volunteer): (&ServiceRecord, VolunteerId),
    minutes: i64,
) {
    let evidence = record.evidence;
    postings.transfer(
        Account::Served { activity: record.activity, evidence, date: record.service_date },
        Account::Credited { volunteer, evidence },
        minutes,
    );
}
