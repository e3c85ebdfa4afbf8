//! Commands on service records.

use super::{Asked, Generator, NOWHERE, Sight};
use crate::support::random::Random;
use chrono::Duration;
use hourbook::domain::Command;
use hourbook::domain::activity::Measure;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Minutes;
use hourbook::domain::crediting_policy::{LeaderHours, OnePersonMinutes, SetCreditingPolicy};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{ActivityId, RecordId, VolunteerId};
use hourbook::domain::record::{
    ConfirmRecord, CreditRecord, CreditSeen, Deduct, RecordStatus, RejectRecord, ServiceRecord, SubmitRecord,
    VoidRecord, WithdrawRecord,
};
use hourbook::domain::time::{Interval, Timestamp};
use strum::VariantArray;

impl Generator {
    pub(super) fn submit_record(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let activity = self.suitable(
            |known| &known.activities,
            ActivityId::new(NOWHERE),
            |id| world.activity(id).is_ok_and(|row| !row.cancelled && row.details.window.start < sight.now),
        );
        let row = world.activity(activity).ok();
        let by_themselves = self.random.percent(30);
        let volunteer = self.volunteer(sight);
        let actor = match row {
            Some(row) if !by_themselves => self.actor_for(sight, row.unit),
            _ => Actor::Volunteer(volunteer),
        };
        // Now and then the hours of the one who asks.
        let own = match actor {
            Actor::Operator(id) if self.random.percent(15) => {
                world.operator(id).ok().and_then(|row| row.volunteer)
            }
            _ => None,
        };
        let evidence = self.evidence(actor);
        let counts = row.is_some_and(|row| row.measure == Measure::Count) != self.random.percent(4);
        let interval = self.service(sight.now, row.map(|row| row.details.window));
        let reason_likely = if evidence == Evidence::Backfill { 90 } else { 30 };
        let most = if self.random.percent(80) { 3 } else { 20 };
        let command = SubmitRecord {
            activity,
            volunteer: own.unwrap_or(volunteer),
            interval,
            breaks: self.breaks(interval),
            evidence,
            count: counts.then(|| self.random.between(0..=most)),
            reason: self.note_in(reason_likely),
            credit: self.random.percent(if matches!(actor, Actor::Volunteer(_)) { 4 } else { 55 }),
        };
        (actor, Command::SubmitRecord(command))
    }

    /// Mostly by the volunteer, of what somebody else entered.
    pub(super) fn confirm_record(&mut self, sight: Sight) -> Asked {
        let record = self.record_that_is(sight, RecordStatus::Submitted);
        let own = sight.pure.world.record(record).map(|row| Actor::Volunteer(row.volunteer));
        let actor = match own {
            Ok(own) if self.random.percent(85) => own,
            _ => self.anybody(),
        };
        (actor, Command::ConfirmRecord(ConfirmRecord { record }))
    }

    /// Mostly by who answers for the unit above.
    pub(super) fn set_crediting_policy(&mut self, sight: Sight) -> Asked {
        let unit = self.unit();
        let above = sight.pure.world.unit(unit).ok().and_then(|row| row.parent);
        let actor = match above {
            Some(above) if self.random.percent(80) => self.actor_for(sight, above),
            _ => self.actor_for(sight, unit),
        };
        let minutes = |random: &mut Random| {
            let (a_record, a_month) = (random.between(0..=900), random.between(0..=3_000));
            OnePersonMinutes::new(Minutes(a_record), Minutes(a_month)).unwrap()
        };
        let command = SetCreditingPolicy {
            unit,
            one_person_minutes: self.random.percent(80).then(|| minutes(&mut self.random)),
            leader_hours: self
                .random
                .percent(50)
                .then(|| LeaderHours::try_from(self.random.between(1..=240)).unwrap()),
            credits_seen: self.random.percent(60).then(|| self.random.percent(80)),
        };
        (actor, Command::SetCreditingPolicy(command))
    }

    pub(super) fn credit_seen(&mut self, sight: Sight) -> Asked {
        let was_seen = |row: &ServiceRecord| {
            row.status == RecordStatus::Submitted && row.evidence.was_seen(row.submitted_by)
        };
        let record = self.any_that(
            |known| &known.records,
            RecordId::new(NOWHERE),
            |id| sight.pure.world.record(id).is_ok_and(was_seen),
        );
        let actor = if self.random.percent(95) { Actor::System } else { self.anybody() };
        (actor, Command::CreditSeen(CreditSeen { record }))
    }

    pub(super) fn credit_record(&mut self, sight: Sight) -> Asked {
        let record = self.record_that_is(sight, RecordStatus::Submitted);
        let claimed = sight.pure.world.record(record).map_or(60, |row| row.claimed_minutes.0);
        let mut deductions = Vec::new();
        while self.random.percent(20) {
            let minutes = Minutes(self.random.between(0..=claimed));
            deductions.push(Deduct { minutes, reason: self.note() });
        }
        (self.actor_for_record(sight, record), Command::CreditRecord(CreditRecord { record, deductions }))
    }

    pub(super) fn reject_record(&mut self, sight: Sight) -> Asked {
        let record = self.record_that_is(sight, RecordStatus::Submitted);
        let reason = self.note();
        (self.actor_for_record(sight, record), Command::RejectRecord(RejectRecord { record, reason }))
    }

    /// Mostly by who entered it.
    pub(super) fn withdraw_record(&mut self, sight: Sight) -> Asked {
        let record = self.record_that_is(sight, RecordStatus::Submitted);
        let actor = match sight.pure.world.record(record) {
            Ok(row) if self.random.percent(80) => row.submitted_by,
            _ => self.actor_for_record(sight, record),
        };
        (actor, Command::WithdrawRecord(WithdrawRecord { record }))
    }

    pub(super) fn void_record(&mut self, sight: Sight) -> Asked {
        let record = self.record_that_is(sight, RecordStatus::Credited);
        let reason = self.note();
        (self.actor_for_record(sight, record), Command::VoidRecord(VoidRecord { record, reason }))
    }

    fn record_that_is(&mut self, sight: Sight, status: RecordStatus) -> RecordId {
        let suits = |id| sight.pure.world.record(id).is_ok_and(|row| row.status == status);
        self.suitable(|known| &known.records, RecordId::new(NOWHERE), suits)
    }

    /// An operator who answers for the record's unit; now and then the one whose own hours they are.
    fn actor_for_record(&mut self, sight: Sight, record: RecordId) -> Actor {
        let world = &sight.pure.world;
        let Ok(row) = world.record(record) else { return self.anybody() };
        if self.random.percent(10) {
            let own = |volunteer: Option<VolunteerId>| volunteer == Some(row.volunteer);
            return self.actor_who(sight, |operator| own(operator.volunteer));
        }
        let leader = world.activity(row.activity).ok().and_then(|activity| activity.details.leader);
        match leader {
            Some(leader) if self.random.percent(20) => Actor::Volunteer(leader),
            _ => self.actor_for(sight, row.unit),
        }
    }

    fn evidence(&mut self, actor: Actor) -> Evidence {
        let may = match actor {
            Actor::Volunteer(_) if self.random.percent(93) => &[Evidence::Claimed][..],
            Actor::Operator(_) if self.random.percent(93) => {
                &[Evidence::Leader, Evidence::Import, Evidence::Backfill][..]
            }
            _ => Evidence::VARIANTS,
        };
        self.random.pick(may).unwrap_or(Evidence::Leader)
    }

    /// Mostly some hours within the window and before now; to the minute, or not quite.
    pub(super) fn service(&mut self, now: Timestamp, window: Option<Interval>) -> Interval {
        let day_before = Interval { start: now.plus(Duration::days(-1)), end: now };
        let window = window.unwrap_or(day_before);
        let latest = window.end.min(now);
        let minutes = match self.random.below(100) {
            0..2 => 0,
            2..3 => 1,
            3..4 => -self.random.between(1..=300),
            4..75 => self.random.between(5..=300),
            75..97 => self.random.between(300..=900),
            _ => self.random.between(1400..=1500),
        };
        let room = (latest.as_micros() - window.start.as_micros()) / 60_000_000;
        let ago = match self.random.below(100) {
            0..3 => -self.random.between(1..=120),
            3..6 => room,
            _ => self.random.between(0..=(room - minutes).max(0)),
        };
        let blur_micros = if self.random.percent(20) { self.random.between(1..=59_999_999) } else { 0 };
        let end = latest.plus(Duration::minutes(-ago));
        let start = end.plus(Duration::minutes(-minutes)).plus(Duration::microseconds(blur_micros));
        Interval { start, end }
    }

    /// Mostly none, sometimes one or two in order, rarely outside or out of order.
    fn breaks(&mut self, service: Interval) -> Vec<Interval> {
        let length = service.micros() / 60_000_000;
        if length < 30 || self.random.percent(75) {
            return Vec::new();
        }
        let at = |minutes: i64| service.start.plus(Duration::minutes(minutes));
        let first = Interval { start: at(length / 4), end: at(length / 3) };
        let second = Interval { start: at(length / 2), end: at(length / 2 + 3) };
        match self.random.below(10) {
            0 => vec![second, first],
            1 => vec![Interval { start: at(-5), end: at(5) }],
            2..6 => vec![first, second],
            _ => vec![first],
        }
    }
}
