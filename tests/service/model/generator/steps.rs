//! Commands on the statutory steps: the calendar, public notice, objections.

use super::{Asked, Generator, NOWHERE, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::calendar::{DayKind, MarkDays, MarkedDay};
use hourbook::domain::ids::{ObjectionId, RecordId, UnitId, VolunteerId};
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

    /// Mostly to a record whose notice runs, by a volunteer of its unit or whoever answers for it.
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
}
