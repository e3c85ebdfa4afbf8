//! Service records (服务记录): one volunteer, one interval, one activity, one evidence.
//!
//! Life: submitted, perhaps confirmed by the volunteer, then credited, rejected or withdrawn; credited, then perhaps
//! voided by a linked reversal. Nothing is edited in place.

mod along;
mod award;
mod credit;
mod kept;
pub mod rules;
mod submit;
mod two_persons;
mod void;
mod withdraw;

use super::actor::Actor;
use super::amounts::{Minutes, Points};
use super::calendar;
use super::calendar::DayKind;
use super::commitment::{Commitment, Committed};
use super::evidence::Evidence;
use super::ids::{ActivityId, LotId, ObjectionId, PolicyId, ProgrammeId, RecordId, Seq, UnitId, VolunteerId};
use super::lot::{Draw, Repayment};
use super::noun::{Row, Thing, events, refusals};
use super::rules::Rules;
use super::text::Note;
use super::time::{Interval, LocalZone, Timestamp, YearMonth};
use crate::domain::choice::choice;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::ops::Not;

choice! {
    /// Where a record stands.
    pub enum RecordStatus {
        /// Waiting for a decision.
        Submitted,
        /// Approved: it counts.
        Credited,
        /// Refused: it never counted.
        Rejected,
        /// Taken back by who entered it, before it counted.
        Withdrawn,
        /// It counted, and no longer does.
        Voided,
    }
}

impl RecordStatus {
    /// Whether the person's time is taken by it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Submitted | Self::Credited)
    }
}

choice! {
    /// Within what occasions of a person are counted.
    pub enum CountSpan {
        /// A local day, whatever the activity.
        Day,
        /// An activity.
        Activity,
    }
}

/// One volunteer's service at one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Whether it was entered more than ten working days after the service's end; formerly, the activity's.
    pub late: bool,
    /// The last day on which it would have been in time, by the calendar of the day on which it was
    /// entered; none where that was before there was a calendar.
    pub record_by: Option<NaiveDate>,
    /// Until when it is on public notice (公示); none: it never was. Frozen when it was submitted.
    pub notice_ends_at: Option<Timestamp>,
    /// Objections that are not resolved.
    pub open_objections: i64,
    /// The local day on which the service started: the day that totals count it on.
    pub service_date: NaiveDate,
    pub submitted_by: Actor,
    pub submitted_at: Timestamp,
    /// When the volunteer said that it is true, which somebody else had entered.
    pub confirmed_at: Option<Timestamp>,
    pub decided_by: Option<Actor>,
    pub decided_at: Option<Timestamp>,
    /// Whether one person alone entered and credited it, as the unit's policy lets them.
    pub credited_alone: bool,
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

impl Thing for ServiceRecord {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl ServiceRecord {
    /// Whether both say the same service: at one time, or at one activity on one day.
    #[must_use]
    pub fn is_like(&self, activity: ActivityId, interval: Interval, service_date: NaiveDate) -> bool {
        self.interval().overlaps(interval) || (self.activity == activity && self.service_date == service_date)
    }

    /// Whether it is the volunteer's own word: a claim, or what was called a check-in before the service saw them itself.
    #[must_use]
    pub fn is_own_word(&self) -> bool {
        let declared = self.evidence.is_self_declared(self.submitted_by);
        self.evidence == Evidence::Claimed
            || (declared && self.submitted_by == Actor::Volunteer(self.volunteer))
    }

    /// From check-in to check-out, breaks included.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        Interval { start: self.started_at, end: self.ended_at }
    }

    /// Refuses unless it waits for a decision.
    pub fn must_be_submitted(&self) -> Result<(), Refusal> {
        match self.status {
            RecordStatus::Submitted => Ok(()),
            status => Err(Refusal::RecordNotSubmitted { status }),
        }
    }

    /// As it stood after an entry, if that is not before it was entered: what was decided later had not been. What is
    /// told of objections is not of the record, and is asked of them.
    #[must_use]
    pub fn as_of(self, entry: Seq) -> Self {
        let is_to_come = |decided: Option<Seq>| decided.is_some_and(|decided| decided > entry);
        let unvoided = if is_to_come(self.voided_entry) {
            let (version, status) = (self.credited_entry.unwrap_or(self.version), RecordStatus::Credited);
            Self { status, voided_by: None, voided_at: None, voided_entry: None, version, ..self }
        } else {
            self
        };
        let was_decided = match unvoided.status {
            RecordStatus::Submitted => true,
            RecordStatus::Credited | RecordStatus::Voided => !is_to_come(unvoided.credited_entry),
            // Nothing follows either.
            RecordStatus::Rejected | RecordStatus::Withdrawn => unvoided.version <= entry,
        };
        if was_decided {
            return unvoided;
        }
        Self {
            status: RecordStatus::Submitted,
            credited_minutes: Minutes::ZERO,
            deductions: Vec::new(),
            decided_by: None,
            decided_at: None,
            credited_alone: false,
            credited_entry: None,
            lot: None,
            version: unvoided.id.seq(),
            ..unvoided
        }
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
    /// Why it is entered later; needed for a back-fill, and for all that is late.
    pub reason: Option<Committed<Note>>,
    /// Credits it at once, as far as the actor may.
    pub credit: bool,
}

/// The volunteer says that what somebody else entered is true.
#[derive(Clone, Debug)]
pub struct ConfirmRecord {
    pub record: RecordId,
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

/// The service credits what it saw itself, where the unit's policy says so.
#[derive(Clone, Copy, Debug)]
pub struct CreditSeen {
    pub record: RecordId,
}

/// Refuses a submitted record.
#[derive(Clone, Debug)]
pub struct RejectRecord {
    pub record: RecordId,
    pub reason: Committed<Note>,
}

/// Takes a submitted record back.
#[derive(Clone, Debug)]
pub struct WithdrawRecord {
    pub record: RecordId,
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

fn breaks_fit(service: Interval, breaks: &[Interval]) -> bool {
    breaks.iter().all(|pause| pause.micros() > 0 && service.contains(*pause))
        && breaks.windows(2).all(|pair| pair[0].end <= pair[1].start)
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

/// What makes a record one that no rule lets in, whatever else it says.
#[must_use]
pub fn impossibility(record: &ServiceRecord, zone: LocalZone) -> Option<&'static str> {
    let service = record.interval();
    if service.micros() <= 0 {
        Some("ends before it starts")
    } else if service.micros() >= LONGEST_SERVICE_MICROS {
        Some("lasts a day or longer")
    } else if !breaks_fit(service, &record.breaks) {
        Some("its breaks do not lie within it")
    } else if record.claimed_minutes > whole_minutes(service, &record.breaks) {
        Some("claims more minutes than its interval gives")
    } else if record.credited_minutes > record.claimed_minutes || record.credited_minutes < Minutes::ZERO {
        Some("is credited with other minutes than it claims")
    } else if record.service_date != zone.date_of(service.start) {
        Some("counts on another day than it began")
    } else if !(0..=MOST_OCCASIONS).contains(&record.count) {
        Some("counts too many occasions")
    } else {
        None
    }
}

/// The last day on which service is recorded in time: ten working days after its last day, as the law has it.
#[must_use]
pub fn record_by(
    service: Interval,
    rules: &Rules,
    marked: impl Fn(NaiveDate) -> Option<DayKind>,
) -> NaiveDate {
    calendar::nth_working_day_after(last_day(service, rules.zone), rules.timely_working_days, marked)
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

/// Minutes not credited, with a commitment to the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deduction {
    pub minutes: Minutes,
    pub reason: Commitment,
}

/// What crediting a record came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crediting {
    pub credited_minutes: Minutes,
    pub deductions: Vec<Deduction>,
    pub award: Option<Award>,
    /// Whether one person alone entered and credited it. Said only where it is so.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub alone: bool,
}

/// The lot of points that a crediting gave, and what of it went to settle a debt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    pub policy: PolicyId,
    pub points: Points,
    pub issued_by: UnitId,
    pub service_month: YearMonth,
    pub expires_at: Option<Timestamp>,
    pub settled: Vec<Draw>,
    /// Which voided lots the settled points pay for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repaid: Vec<Repayment>,
}

events! {
    RecordSubmitted = "record_submitted" {
        activity: ActivityId,
        volunteer: VolunteerId,
        service: Interval,
        breaks: Vec<Interval>,
        evidence: Evidence,
        count: i64,
        claimed_minutes: Minutes,
        service_date: NaiveDate,
        late: bool,
        /// The last day on which it would have been in time. Entries from before there was a calendar
        /// say nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        record_by: Option<NaiveDate>,
        /// Until when it is on public notice, if it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        notice_ends_at: Option<Timestamp>,
        reason: Option<Commitment>,
        crediting: Option<Crediting>,
        /// Objections to an earlier entry of the same service, which stand against this one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        objections: Vec<ObjectionId>,
    }
    RecordConfirmed = "record_confirmed" {
        record: RecordId,
    }
    RecordCredited = "record_credited" {
        record: RecordId,
        crediting: Crediting,
    }
    RecordRejected = "record_rejected" {
        record: RecordId,
        reason: Commitment,
    }
    RecordWithdrawn = "record_withdrawn" {
        record: RecordId,
    }
    RecordVoided = "record_voided" {
        record: RecordId,
        reason: Commitment,
        taken: Vec<Draw>,
        owed: Points,
        /// Whether the lot keeps what it owes and which lots gave for it. Entries of before did not.
        #[serde(default, skip_serializing_if = "Not::not")]
        kept_by_lot: bool,
    }
}

/// Most claims (自报) of one volunteer that wait to be decided: a month of days, and more.
pub const MOST_OPEN_CLAIMS: usize = 50;

refusals! {
    /// At most 50 claims of one volunteer wait to be decided.
    ClaimsTooMany = Conflict "claims_too_many" "at most 50 claims wait to be decided at a time";
    /// No such service record.
    RecordNotFound = NotFound "record_not_found" "there is no such service record";
    /// The service must end after it starts.
    EndNotAfterStart = Invalid "end_not_after_start" "the service must end after it starts";
    /// The service lies in the future.
    ServiceInFuture = Invalid "service_in_future" "the service has not ended yet";
    /// The service lies outside the activity's window and its tolerance.
    OutsideWindow = Invalid "outside_window" "the service lies outside the activity's window";
    /// A break lies outside the service, overlaps another, or is out of order.
    BreaksInvalid = Invalid "breaks_invalid" "breaks must lie within the service, in order, without overlap";
    /// Less than one whole minute was served.
    NoMinutes = Invalid "no_minutes" "less than one whole minute was served";
    /// A person serves one place at a time.
    RecordOverlaps { record: RecordId } = Conflict "record_overlaps" "the person was serving elsewhere: record {record}";
    /// The actor may not give this evidence.
    EvidenceNotPermitted = Invalid "evidence_not_permitted" "you may not give this evidence";
    /// Only the service itself says that somebody checked in: nobody else enters `scan` or `geo`.
    EvidenceNotSeen = Invalid "evidence_not_seen" "the service saw no check-in: volunteers enter what they did as claimed, operators what they saw as leader";
    /// What a leader saw on the spot is entered within the hours that the unit's crediting policy says; later it is a back-fill.
    EvidenceNotOnTheSpot { hours: i64 } = Invalid "evidence_not_on_the_spot" "leader is for what is entered within {hours} hours of the service's end: later it is a backfill";
    /// What is entered late, and a back-fill, needs a reason.
    ReasonMissing = Invalid "reason_missing" "what is entered late needs a reason, as a back-fill does";
    /// The activity counts occasions: a count from 1 to 1000 is needed.
    CountMissing = Invalid "count_missing" "this activity counts occasions: give a count from 1 to 1000";
    /// A person is entered with so many occasions a day and an activity at most, as the points policy says.
    CountCapReached { most: i64, within: CountSpan } = Conflict "count_cap_reached" "a person is entered with {most} occasions a {within} at most";
    /// The activity counts minutes: no count is taken.
    CountUnexpected = Invalid "count_unexpected" "this activity counts minutes, not occasions";
    /// The record is not waiting for a decision.
    RecordNotSubmitted { status: RecordStatus } = Conflict "record_not_submitted" "the record is {status}, not submitted";
    /// Who entered a record withdraws it, and nobody else: others reject it.
    WithdrawalByAnother = Invalid "withdrawal_by_another" "only who entered the record withdraws it: others reject it";
    /// The record is not credited.
    RecordNotCredited { status: RecordStatus } = Conflict "record_not_credited" "the record is {status}, not credited";
    /// No coordinator approves their own hours.
    ApprovalOfOwnHours = Invalid "approval_of_own_hours" "nobody approves their own hours";
    /// Nobody approves a back-fill that they submitted.
    ApprovalOfOwnBackfill = Invalid "approval_of_own_backfill" "nobody approves a back-fill that they submitted";
    /// Who entered a record does not credit it: it takes another person, or the volunteer's confirmation where it is not late.
    SecondPersonNeeded = Invalid "second_person_needed" "who entered the record does not credit it: another person must, or the volunteer confirms it";
    /// The volunteer entered it themselves: their word is in it already.
    ConfirmationOfOwnEntry = Invalid "confirmation_of_own_entry" "you entered this record yourself";
    /// The volunteer confirmed it before.
    RecordConfirmedBefore = Conflict "record_confirmed_before" "you confirmed this record before";
    /// Above 8 hours on a person's day, the parent unit must approve.
    ApprovalNeedsParentUnit = Invalid "approval_needs_parent_unit" "the person's day exceeds 8 hours: the parent unit must approve";
    /// Above 12 hours on a person's day, the top unit must approve.
    ApprovalNeedsTopUnit = Invalid "approval_needs_top_unit" "the person's day exceeds 12 hours: the top unit must approve";
    /// Above 8 hours on a person's day, another person than who entered the record approves.
    ApprovalOfLongDay = Invalid "approval_of_long_day" "the person's day exceeds 8 hours: another person than who entered the record must approve";
    /// A person's day never reaches 24 hours.
    DailyCapReached = Conflict "daily_cap_reached" "nobody serves 24 hours in a day";
    /// Deductions must leave at least one minute.
    DeductionsInvalid = Invalid "deductions_invalid" "each deduction must be at least one minute, and at least one minute must remain";
    /// The record is neither submitted nor credited: there is nothing to correct.
    RecordNotLive { status: RecordStatus } = Conflict "record_not_live" "the record is {status}: there is nothing to correct";
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
    fn a_record_that_no_rule_lets_in_is_known_by_itself() {
        let honest = ServiceRecord {
            id: RecordId::new(Seq(9)),
            activity: ActivityId::new(Seq(4)),
            programme: ProgrammeId::new(Seq(3)),
            unit: UnitId::new(Seq(2)),
            volunteer: VolunteerId::new(Seq(5)),
            started_at: interval("2026-11-22T08:00:00", "2026-11-22T10:00:00").start,
            ended_at: interval("2026-11-22T08:00:00", "2026-11-22T10:00:00").end,
            breaks: vec![],
            evidence: Evidence::Leader,
            count: 0,
            claimed_minutes: Minutes(120),
            credited_minutes: Minutes(120),
            deductions: vec![],
            status: RecordStatus::Credited,
            late: false,
            record_by: None,
            notice_ends_at: None,
            open_objections: 0,
            service_date: date("2026-11-22"),
            submitted_by: Actor::System,
            submitted_at: Timestamp::default(),
            confirmed_at: None,
            decided_by: None,
            decided_at: None,
            credited_alone: false,
            credited_entry: None,
            voided_by: None,
            voided_at: None,
            voided_entry: None,
            lot: None,
            version: Seq(9),
        };
        let zone = LocalZone::shanghai();
        assert_eq!(impossibility(&honest, zone), None);
        let long = interval("2026-11-22T08:00:00", "2026-11-24T07:00:00");
        for (forged, why) in [
            (ServiceRecord { ended_at: long.end, ..honest.clone() }, "lasts a day or longer"),
            (ServiceRecord { ended_at: honest.started_at, ..honest.clone() }, "ends before it starts"),
            (
                ServiceRecord { claimed_minutes: Minutes(121), ..honest.clone() },
                "claims more minutes than its interval gives",
            ),
            (
                ServiceRecord { credited_minutes: Minutes(121), ..honest.clone() },
                "is credited with other minutes than it claims",
            ),
            (
                ServiceRecord { service_date: date("2026-11-21"), ..honest.clone() },
                "counts on another day than it began",
            ),
            (ServiceRecord { count: 1001, ..honest.clone() }, "counts too many occasions"),
        ] {
            assert_eq!(impossibility(&forged, zone), Some(why));
        }
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
