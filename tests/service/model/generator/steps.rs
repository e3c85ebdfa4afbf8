//! Commands on the statutory steps: the calendar, public notice, objections, corrections.

use super::{Asked, Generator, NOWHERE, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::calendar::{DayKind, MarkDays, MarkedDay};
use hourbook::domain::correction::{
    AcceptCorrection, AskCorrection, Complaint, CorrectionStatus, DeclineCorrection,
};
use hourbook::domain::ids::{ActivityId, CorrectionId, ObjectionId, RecordId, UnitId, VolunteerId};
use hourbook::domain::notice::{NoticeDays, SetNoticePolicy};
use hourbook::domain::objection::{ObjectionStatus, RaiseObjection, ResolveObjection};
use hourbook::domain::record::RecordStatus;

impl Generator {
    /// Some days around now; now and then one twice.
    pub(super) fn mark_days(&mut self, sight: Sight) -> Asked {
        let count = self.random.between(1..=5);
        let mark = |generator: &mut Self| MarkedDay {
            day: generator.day(sight, -20, 40),
            kind: if generator.random.percent(60) { DayKind::Rest } else { DayKind::Working },
        };
        let days = (0..count).map(|_| mark(self)).collect();
        (self.admin(sight), Command::MarkDays(MarkDays { days }))
    }

    /// Mostly none or a short one, so that records are credited, too.
    pub(super) fn set_notice_policy(&mut self, sight: Sight) -> Asked {
        let unit = self.unit();
        let working_days = match self.random.below(20) {
            0..6 => None,
            6..12 => Some(0),
            _ => Some(self.random.between(1..=2)),
        };
        let working_days = working_days.map(|days| NoticeDays::try_from(days).unwrap());
        (self.actor_for(sight, unit), Command::SetNoticePolicy(SetNoticePolicy { unit, working_days }))
    }

    /// Mostly to a record whose notice runs, by a volunteer of its unit or an operator who answers for it.
    pub(super) fn raise_objection(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let runs = |id| {
            world.record(id).is_ok_and(|row| {
                row.status == RecordStatus::Submitted
                    && row.notice_ends_at.is_some_and(|ends_at| sight.now < ends_at)
            })
        };
        let record = self.suitable(|known| &known.records, RecordId::new(NOWHERE), runs);
        let unit = world.record(record).map_or(UnitId::new(NOWHERE), |row| row.unit);
        let actor = if self.random.percent(40) {
            self.actor_for(sight, unit)
        } else {
            let is_member = |id| {
                let own = world.volunteer(id).and_then(|row| world.unit(row.unit));
                own.is_ok_and(|own| own.is_within(unit))
            };
            Actor::Volunteer(self.suitable(|known| &known.volunteers, VolunteerId::new(NOWHERE), is_member))
        };
        let reason = self.note();
        (actor, Command::RaiseObjection(RaiseObjection { record, reason }))
    }

    /// Mostly one that is open; now and then by the objector.
    pub(super) fn resolve_objection(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let is_open = |id| world.objection(id).is_ok_and(|row| row.status == ObjectionStatus::Open);
        let objection = self.suitable(|known| &known.objections, ObjectionId::new(NOWHERE), is_open);
        let row = world.objection(objection).ok();
        let actor = match row {
            Some(row) if self.random.percent(10) => row.raised_by,
            Some(row) => self.actor_for(sight, row.unit),
            None => self.anybody(),
        };
        let upheld = self.random.percent(35);
        let reason = self.note();
        (actor, Command::ResolveObjection(ResolveObjection { objection, upheld, reason }))
    }

    /// Of a record of the volunteer's, or of hours that none tells of; now and then by somebody else.
    pub(super) fn ask_correction(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let record = self.some(|known| &known.records, RecordId::new(NOWHERE));
        let owner = world.record(record).map(|row| row.volunteer).ok();
        let (volunteer, complaint) = match owner {
            Some(owner) if self.random.percent(60) => (owner, Complaint::Wrong { record }),
            _ => {
                let activity = self.some(|known| &known.activities, ActivityId::new(NOWHERE));
                let window = world.activity(activity).map(|row| row.details.window).ok();
                let service = self.service(sight.now, window);
                (self.volunteer(sight), Complaint::Missing { activity, service })
            }
        };
        let actor = if self.random.percent(90) { Actor::Volunteer(volunteer) } else { self.anybody() };
        let words = self.note();
        (actor, Command::AskCorrection(AskCorrection { volunteer, complaint, words }))
    }

    /// Mostly with a record of the same volunteer, which now and then is the right one.
    pub(super) fn accept_correction(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let (correction, actor) = self.correction_and_decider(sight);
        let row = world.correction(correction).ok();
        let is_hers = |id| {
            let record = world.record(id).ok();
            record
                .zip(row)
                .is_some_and(|(record, row)| record.volunteer == row.volunteer && record.status.is_live())
        };
        let led_to = self
            .random
            .percent(70)
            .then(|| self.suitable(|known| &known.records, RecordId::new(NOWHERE), is_hers));
        let words = self.note_in(50);
        (actor, Command::AcceptCorrection(AcceptCorrection { correction, led_to, words }))
    }

    pub(super) fn decline_correction(&mut self, sight: Sight) -> Asked {
        let (correction, actor) = self.correction_and_decider(sight);
        let words = self.note();
        (actor, Command::DeclineCorrection(DeclineCorrection { correction, words }))
    }

    fn correction_and_decider(&mut self, sight: Sight) -> (CorrectionId, Actor) {
        let world = &sight.pure.world;
        let is_open = |id| world.correction(id).is_ok_and(|row| row.status == CorrectionStatus::Open);
        let correction = self.suitable(|known| &known.corrections, CorrectionId::new(NOWHERE), is_open);
        let actor = match world.correction(correction) {
            Ok(row) => self.actor_for(sight, row.unit),
            Err(_) => self.anybody(),
        };
        (correction, actor)
    }
}
