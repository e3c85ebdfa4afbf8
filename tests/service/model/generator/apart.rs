//! Commands on what is recorded apart from service.

use super::{Asked, Generator, NOWHERE, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::Minutes;
use hourbook::domain::honour::{CorrectHonour, EnterHonour, HonourTerms, VoidHonour};
use hourbook::domain::ids::{ActivityId, HonourId, RecordId, TrainingId, VolunteerId};
use hourbook::domain::rating::{RateActivity, RateService, Score};
use hourbook::domain::training::{CorrectTraining, EnterTraining, TrainingTerms, VoidTraining};

impl Generator {
    pub(super) fn rate_activity(&mut self, sight: Sight) -> Asked {
        let (activity, volunteer) = self.service_to_rate(sight);
        let actor = if self.random.percent(90) { Actor::Volunteer(volunteer) } else { self.anybody() };
        let words = self.random.percent(50).then(|| self.note());
        (actor, Command::RateActivity(RateActivity { activity, score: self.score(), words }))
    }

    pub(super) fn rate_service(&mut self, sight: Sight) -> Asked {
        let (activity, volunteer) = self.service_to_rate(sight);
        let unit = sight.pure.world.activity(activity).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        let words = self.random.percent(50).then(|| self.note());
        (actor, Command::RateService(RateService { activity, volunteer, score: self.score(), words }))
    }

    fn score(&mut self) -> Score {
        Score::new(self.random.between(1..=5)).unwrap()
    }

    /// Mostly somebody's live record.
    fn service_to_rate(&mut self, sight: Sight) -> (ActivityId, VolunteerId) {
        let world = &sight.pure.world;
        let is_live = |id| world.record(id).is_ok_and(|row| row.status.is_live());
        let record = self.suitable(|known| &known.records, RecordId::new(NOWHERE), is_live);
        match world.record(record) {
            Ok(record) => (record.activity, record.volunteer),
            Err(_) => (ActivityId::new(NOWHERE), self.volunteer(sight)),
        }
    }

    pub(super) fn enter_training(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let terms = self.training_terms(sight);
        let actor = self.actor_for_volunteer(sight, volunteer);
        (actor, Command::EnterTraining(EnterTraining { volunteer, terms }))
    }

    pub(super) fn correct_training(&mut self, sight: Sight) -> Asked {
        let (training, actor) = self.standing_training(sight);
        let version = sight.pure.world.training(training).map(|row| row.version).ok();
        let expected = version.filter(|_| self.random.percent(50));
        let (terms, reason) = (self.training_terms(sight), self.note());
        (actor, Command::CorrectTraining(CorrectTraining { training, expected, terms, reason }))
    }

    pub(super) fn void_training(&mut self, sight: Sight) -> Asked {
        let (training, actor) = self.standing_training(sight);
        (actor, Command::VoidTraining(VoidTraining { training, reason: self.note() }))
    }

    fn training_terms(&mut self, sight: Sight) -> TrainingTerms {
        TrainingTerms {
            course: self.note(),
            organiser: self.note(),
            result: self.random.percent(50).then(|| self.note()),
            first_day: self.day(sight, -30, -5),
            last_day: self.day(sight, -10, 1),
            minutes: Minutes(self.random.between(0..=2_000)),
        }
    }

    fn standing_training(&mut self, sight: Sight) -> (TrainingId, Actor) {
        let world = &sight.pure.world;
        let training = self.suitable(
            |known| &known.trainings,
            TrainingId::new(NOWHERE),
            |id| world.training(id).is_ok_and(|row| row.voided_at.is_none()),
        );
        let unit = world.training(training).map(|row| row.unit).ok();
        (training, unit.map_or(Actor::System, |unit| self.actor_for(sight, unit)))
    }

    pub(super) fn enter_honour(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let terms = self.honour_terms(sight);
        let actor = self.actor_for_volunteer(sight, volunteer);
        (actor, Command::EnterHonour(EnterHonour { volunteer, terms }))
    }

    pub(super) fn correct_honour(&mut self, sight: Sight) -> Asked {
        let (honour, actor) = self.standing_honour(sight);
        let version = sight.pure.world.honour(honour).map(|row| row.version).ok();
        let expected = version.filter(|_| self.random.percent(50));
        let (terms, reason) = (self.honour_terms(sight), self.note());
        (actor, Command::CorrectHonour(CorrectHonour { honour, expected, terms, reason }))
    }

    pub(super) fn void_honour(&mut self, sight: Sight) -> Asked {
        let (honour, actor) = self.standing_honour(sight);
        (actor, Command::VoidHonour(VoidHonour { honour, reason: self.note() }))
    }

    fn honour_terms(&mut self, sight: Sight) -> HonourTerms {
        HonourTerms { title: self.note(), giver: self.note(), day: self.day(sight, -10, 1) }
    }

    fn standing_honour(&mut self, sight: Sight) -> (HonourId, Actor) {
        let world = &sight.pure.world;
        let honour = self.suitable(
            |known| &known.honours,
            HonourId::new(NOWHERE),
            |id| world.honour(id).is_ok_and(|row| row.voided_at.is_none()),
        );
        let unit = world.honour(honour).map(|row| row.unit).ok();
        (honour, unit.map_or(Actor::System, |unit| self.actor_for(sight, unit)))
    }
}
