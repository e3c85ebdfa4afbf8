//! Commands on positions, enrolments and attendances.

use super::{Asked, Generator, NOWHERE, Sight};
use chrono::Duration;
use hourbook::domain::Command;
use hourbook::domain::activity::recruitment::Recruitment;
use hourbook::domain::activity::{Activity, PublishActivity};
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Minutes;
use hourbook::domain::attendance::{
    AttendanceStatus, CheckIn, CheckOut, CompleteAttendance, LeaveUnfinished, Seen, Sighting,
};
use hourbook::domain::enrolment::{
    AcceptOffer, ContestAbsence, DeclineApplicant, Enrol, EnrolmentStatus, ExcuseAbsence, LapseOffer,
    MarkAbsent, SelectApplicant, WithdrawEnrolment,
};
use hourbook::domain::fence::{ClaimedPosition, Fence, Point};
use hourbook::domain::ids::{ActivityId, AttendanceId, EnrolmentId, PositionId, VolunteerId};
use hourbook::domain::position::conditions::{Conditions, Hazard};
use hourbook::domain::position::{CreatePosition, FillPosition, PositionTerms, Selection, UpdatePosition};
use hourbook::domain::unit::Unit;
use hourbook::domain::volunteer::VolunteerStatus;

const LAKE: (f64, f64) = (33.757, 113.2);

impl Generator {
    /// Mostly all that recruitment has to tell.
    pub(super) fn recruitment(&mut self, sight: Sight) -> Recruitment {
        if self.random.percent(30) {
            return Recruitment::default();
        }
        let tells = self.random.percent(90);
        let note = |text: &str| text.parse().ok();
        let centre = Point::new(LAKE.0, LAKE.1).unwrap();
        let fence = self.random.percent(30).then_some(Fence { centre, radius_metres: 200 });
        Recruitment {
            content: note("捡拾垃圾"),
            risks: note("湖边湿滑"),
            safeguards: if tells { note("统一投保") } else { None },
            contact: "团委办公室 0375-2900000".parse().ok(),
            opens_at: None,
            closes_at: None,
            withdraw_by: self.random.percent(30).then_some(sight.now),
            position_is_enough: fence.is_some() && self.random.percent(50),
            fence,
        }
    }

    pub(super) fn publish_activity(&mut self, sight: Sight) -> Asked {
        let is_draft = |id| sight.pure.world.activity(id).is_ok_and(|row| row.draft);
        let activity = self.suitable(|known| &known.activities, ActivityId::new(NOWHERE), is_draft);
        (self.actor_for_activity(sight, activity), Command::PublishActivity(PublishActivity { activity }))
    }

    pub(super) fn create_position(&mut self, sight: Sight) -> Asked {
        let recruits = |row: &Activity| {
            !row.cancelled
                && row.details.window.end > sight.now
                && row.details.recruitment.safeguards.is_some()
        };
        let begins_later = self.random.percent(80);
        let suits = |id| {
            let row = sight.pure.world.activity(id).ok().filter(|row| recruits(row));
            row.is_some_and(|row| !begins_later || row.details.window.start > sight.now)
        };
        let activity = self.any_that(|known| &known.activities, ActivityId::new(NOWHERE), suits);
        let command = CreatePosition { activity, terms: self.position_terms() };
        (self.actor_for_activity(sight, activity), Command::CreatePosition(command))
    }

    pub(super) fn update_position(&mut self, sight: Sight) -> Asked {
        let position = self.position(sight);
        let row = sight.pure.world.position(position).ok();
        let expected = self.expected(row.map(|row| row.version));
        let mut terms = row.map_or_else(|| self.position_terms(), |row| row.terms.clone());
        terms.places = self.random.between(0..=6);
        let command = UpdatePosition { position, expected, terms };
        (self.actor_for_position(sight, position), Command::UpdatePosition(command))
    }

    pub(super) fn fill_position(&mut self, sight: Sight) -> Asked {
        let is_waited_for =
            |id| sight.pure.world.position(id).is_ok_and(|row| row.waiting > 0 && row.free() > 0);
        let position = self.any_that(|known| &known.positions, PositionId::new(NOWHERE), is_waited_for);
        (self.mostly_system(), Command::FillPosition(FillPosition { position }))
    }

    pub(super) fn enrol(&mut self, sight: Sight) -> Asked {
        let position = self.position(sight);
        let volunteer = self.volunteer_in_the_tree_of(sight, position);
        let born = sight.pure.people.get(&volunteer).map(|known| known.person.content.birth_date);
        let enrols_self = self.random.percent(75);
        let consent = self.note_in(if enrols_self { 5 } else { 90 });
        let (wait, at_once) = (self.random.percent(70), self.random.percent(40));
        let actor =
            if enrols_self { Actor::Volunteer(volunteer) } else { self.actor_for_position(sight, position) };
        (actor, Command::Enrol(Enrol { position, volunteer, born, wait, at_once, consent }))
    }

    pub(super) fn accept_offer(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Offered);
        (self.volunteer_of(sight, enrolment), Command::AcceptOffer(AcceptOffer { enrolment }))
    }

    pub(super) fn withdraw_enrolment(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let gives_on = self.random.percent(60);
        let is_waited_for = |position| world.position(position).is_ok_and(|row| row.waiting > 0);
        let suits = |id| {
            let row = world.enrolment(id).ok().filter(|row| row.status.stands());
            row.is_some_and(|row| {
                !gives_on || row.status == EnrolmentStatus::Enrolled && is_waited_for(row.position)
            })
        };
        let enrolment = self.any_that(|known| &known.enrolments, EnrolmentId::new(NOWHERE), suits);
        let is_own = self.random.percent(80);
        let reason = self.note_in(if is_own { 20 } else { 90 });
        let actor = if is_own {
            self.volunteer_of(sight, enrolment)
        } else {
            self.actor_for_enrolment(sight, enrolment)
        };
        (actor, Command::WithdrawEnrolment(WithdrawEnrolment { enrolment, reason }))
    }

    pub(super) fn select_applicant(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Applied);
        let command = Command::SelectApplicant(SelectApplicant { enrolment });
        (self.actor_for_enrolment(sight, enrolment), command)
    }

    pub(super) fn decline_applicant(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Applied);
        let command = Command::DeclineApplicant(DeclineApplicant { enrolment, reason: self.note() });
        (self.actor_for_enrolment(sight, enrolment), command)
    }

    pub(super) fn lapse_offer(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Offered);
        (self.mostly_system(), Command::LapseOffer(LapseOffer { enrolment }))
    }

    pub(super) fn mark_absent(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Enrolled);
        (self.actor_for_enrolment(sight, enrolment), Command::MarkAbsent(MarkAbsent { enrolment }))
    }

    pub(super) fn excuse_absence(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Absent);
        let command = Command::ExcuseAbsence(ExcuseAbsence { enrolment, reason: self.note() });
        (self.actor_for_enrolment(sight, enrolment), command)
    }

    pub(super) fn contest_absence(&mut self, sight: Sight) -> Asked {
        let enrolment = self.enrolment_that_is(sight, EnrolmentStatus::Absent);
        let command = Command::ContestAbsence(ContestAbsence { enrolment, reason: self.note() });
        (self.volunteer_of(sight, enrolment), command)
    }

    pub(super) fn check_in(&mut self, sight: Sight) -> Asked {
        let is_on = |row: &Activity| {
            !row.cancelled && row.details.window.end > sight.now && row.details.window.start <= sight.now
        };
        let suits = |id| sight.pure.world.activity(id).is_ok_and(is_on);
        let activity = self.any_that(|known| &known.activities, ActivityId::new(NOWHERE), suits);
        let volunteer = self.volunteer(sight);
        let seen = self.seen(sight);
        (
            self.actor_of(sight, activity, volunteer, seen),
            Command::CheckIn(CheckIn { activity, volunteer, seen }),
        )
    }

    pub(super) fn check_out(&mut self, sight: Sight) -> Asked {
        let attendance = self.attendance_that_is(sight, AttendanceStatus::Open);
        let open = sight.pure.world.attendance(attendance).ok();
        let activity = open.map_or(ActivityId::new(NOWHERE), |open| open.activity);
        let volunteer = open.map_or(VolunteerId::new(NOWHERE), |open| open.volunteer);
        let seen = self.seen(sight);
        (
            self.actor_of(sight, activity, volunteer, seen),
            Command::CheckOut(CheckOut { activity, volunteer, seen }),
        )
    }

    pub(super) fn leave_unfinished(&mut self, sight: Sight) -> Asked {
        let attendance = self.attendance_that_is(sight, AttendanceStatus::Open);
        (self.mostly_system(), Command::LeaveUnfinished(LeaveUnfinished { attendance }))
    }

    pub(super) fn complete_attendance(&mut self, sight: Sight) -> Asked {
        let attendance = self.attendance_that_is(sight, AttendanceStatus::Unfinished);
        let row = sight.pure.world.attendance(attendance).ok();
        let began = row.map_or(sight.now, |row| row.checked_in_at);
        let ended_at = began.plus(Duration::minutes(self.random.between(-10..=300)));
        let activity = row.map_or(ActivityId::new(NOWHERE), |row| row.activity);
        let command = CompleteAttendance { attendance, ended_at };
        (self.actor_for_activity(sight, activity), Command::CompleteAttendance(command))
    }

    fn seen(&mut self, sight: Sight) -> Seen {
        let by = match self.random.below(10) {
            0..4 => Sighting::WallCode,
            4..7 => Sighting::LeaderScan,
            7..8 => Sighting::Position,
            _ => Sighting::RollCall,
        };
        let at = sight.now.plus(-Duration::seconds(self.random.between(-1..=320) / 2));
        let here = ClaimedPosition {
            point: Point::new(LAKE.0, LAKE.1).unwrap(),
            accuracy_metres: self.random.between(0..=120),
        };
        let position = self.random.percent(80).then_some(here);
        Seen { by, at, position }
    }

    /// Mostly whose doing it can be.
    fn actor_of(&mut self, sight: Sight, activity: ActivityId, volunteer: VolunteerId, seen: Seen) -> Actor {
        if seen.by.is_by_oneself() && self.random.percent(95) {
            Actor::Volunteer(volunteer)
        } else {
            self.actor_for_activity(sight, activity)
        }
    }

    fn position_terms(&mut self) -> PositionTerms {
        let hazard = Hazard { insurance: "志愿者意外险".parse().unwrap() };
        let conditions = Conditions {
            least_age: self.random.percent(10).then_some(16),
            most_age: self.random.percent(5).then_some(60),
            least_star: self.random.percent(5).then_some(1),
            least_training: self.random.percent(5).then_some(Minutes(30)),
            units: Vec::new(),
            hazard: self.random.percent(10).then_some(hazard),
        };
        let selection = if self.random.percent(75) { Selection::FirstCome } else { Selection::Selected };
        PositionTerms {
            name: "捡拾组".parse().unwrap(),
            places: self.random.between(0..=2),
            selection,
            conditions,
        }
    }

    /// Mostly of an activity that is to come, and rather one whose places are taken.
    fn position(&mut self, sight: Sight) -> PositionId {
        let world = &sight.pure.world;
        let is_to_come =
            |activity: &Activity| !activity.cancelled && activity.details.window.start > sight.now;
        let wants_full = self.random.percent(60);
        let suits = |id| {
            let row = world.position(id).ok().filter(|row| !wants_full || row.free() == 0);
            row.is_some_and(|row| world.activity(row.activity).is_ok_and(is_to_come))
        };
        self.any_that(|known| &known.positions, PositionId::new(NOWHERE), suits)
    }

    /// Mostly one who sees the position.
    fn volunteer_in_the_tree_of(&mut self, sight: Sight, position: PositionId) -> VolunteerId {
        let world = &sight.pure.world;
        let top_of = |unit| world.unit(unit).map(Unit::top).ok();
        let top = world.position(position).ok().and_then(|row| top_of(row.unit));
        let suits = |id| {
            let row = world.volunteer(id).ok().filter(|row| row.status == VolunteerStatus::Active);
            row.is_some_and(|row| top_of(row.unit) == top)
        };
        self.any_that(|known| &known.volunteers, VolunteerId::new(NOWHERE), suits)
    }

    fn enrolment_that_is(&mut self, sight: Sight, status: EnrolmentStatus) -> EnrolmentId {
        let suits = |id| sight.pure.world.enrolment(id).is_ok_and(|row| row.status == status);
        self.any_that(|known| &known.enrolments, EnrolmentId::new(NOWHERE), suits)
    }

    fn attendance_that_is(&mut self, sight: Sight, status: AttendanceStatus) -> AttendanceId {
        let suits = |id| sight.pure.world.attendance(id).is_ok_and(|row| row.status == status);
        self.any_that(|known| &known.attendances, AttendanceId::new(NOWHERE), suits)
    }

    fn mostly_system(&mut self) -> Actor {
        if self.random.percent(95) { Actor::System } else { self.anybody() }
    }

    fn volunteer_of(&mut self, sight: Sight, enrolment: EnrolmentId) -> Actor {
        match sight.pure.world.enrolment(enrolment) {
            Ok(row) if self.random.percent(95) => Actor::Volunteer(row.volunteer),
            _ => self.anybody(),
        }
    }

    fn actor_for_position(&mut self, sight: Sight, position: PositionId) -> Actor {
        match sight.pure.world.position(position) {
            Ok(row) => self.actor_for_activity(sight, row.activity),
            Err(_) => self.anybody(),
        }
    }

    fn actor_for_enrolment(&mut self, sight: Sight, enrolment: EnrolmentId) -> Actor {
        match sight.pure.world.enrolment(enrolment) {
            Ok(row) => self.actor_for_activity(sight, row.activity),
            Err(_) => self.anybody(),
        }
    }

    /// The leader now and then, mostly who answers for the unit.
    fn actor_for_activity(&mut self, sight: Sight, activity: ActivityId) -> Actor {
        match sight.pure.world.activity(activity) {
            Ok(row) => match row.details.leader {
                Some(leader) if self.random.percent(40) => Actor::Volunteer(leader),
                _ => self.actor_for(sight, row.unit),
            },
            Err(_) => self.anybody(),
        }
    }
}
