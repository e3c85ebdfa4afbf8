//! Commands on stars, assessment schemes, pledges and model posts.

use super::{Asked, Generator, NOWHERE, Sight};
use hourbook::domain::Command;
use hourbook::domain::actor::Actor;
use hourbook::domain::amounts::{Coefficient, Minutes};
use hourbook::domain::assessment::{
    AssessmentTerms, Comparison, CreateAssessmentScheme, Figure, Indicator, Threshold,
};
use hourbook::domain::evidence::Evidence;
use hourbook::domain::ids::{AssessmentSchemeId, ModelPostId, PledgeId, RecordId};
use hourbook::domain::model_post::{AwardModelPost, EndModelPost};
use hourbook::domain::pledge::{EndPledge, FulfilPledge, MakePledge};
use hourbook::domain::record::RecordStatus;
use hourbook::domain::star::{CreateStarScheme, StarTerms};
use strum::VariantArray;

impl Generator {
    pub(super) fn create_star_scheme(&mut self, sight: Sight) -> Asked {
        let is_first = sight.pure.world.star_schemes().map_or(true, |mut schemes| schemes.next().is_none());
        let effective_from = self.day(sight, if is_first { -30 } else { -3 }, 10);
        let step = if self.random.percent(10) { 0 } else { self.random.between(30..=120) };
        let newest = sight.pure.world.star_schemes.iter().map(|scheme| scheme.id).max();
        let terms = StarTerms {
            effective_from,
            thresholds: (1..=self.random.between(1..=5)).map(|star| Minutes(star * step)).collect(),
            counting_evidence: Evidence::VARIANTS
                .iter()
                .copied()
                .filter(|_| self.random.percent(80))
                .collect(),
            replaces: newest.filter(|_| self.random.percent(30)),
        };
        (self.admin(sight), Command::CreateStarScheme(CreateStarScheme { terms }))
    }

    pub(super) fn create_assessment_scheme(&mut self, sight: Sight) -> Asked {
        let replaces = self
            .random
            .percent(50)
            .then(|| self.some(|known| &known.assessment_schemes, AssessmentSchemeId::new(NOWHERE)));
        let figures = [
            Figure::RegistrationRate,
            Figure::PartyShare { minutes: Minutes(600) },
            Figure::StarShare { star: 1 },
            Figure::EventsHeld,
        ];
        let indicators = (0..self.random.between(1..=3)).map(|number| Indicator {
            code: format!("指标 {number}").parse().unwrap(),
            figure: self.random.pick(&figures).unwrap(),
            comparison: if self.random.percent(50) { Comparison::AtLeast } else { Comparison::AtMost },
            threshold: Threshold(self.random.between(0..=10_000)),
            weight: Coefficient(self.random.between(if number == 0 { 1 } else { 0 }..=2_000)),
        });
        let indicators = indicators.collect();
        let terms = AssessmentTerms { name: "量化考核".parse().unwrap(), indicators, replaces };
        (self.admin(sight), Command::CreateAssessmentScheme(CreateAssessmentScheme { terms }))
    }

    pub(super) fn make_pledge(&mut self, sight: Sight) -> Asked {
        let volunteer = self.volunteer(sight);
        let command = MakePledge { volunteer, title: self.note(), due: self.day(sight, -1, 20), same: None };
        (self.actor_for_volunteer(sight, volunteer), Command::MakePledge(command))
    }

    /// Mostly by a credited record of the volunteer, where one is known.
    pub(super) fn fulfil_pledge(&mut self, sight: Sight) -> Asked {
        let (pledge, actor) = self.open_pledge(sight);
        let world = &sight.pure.world;
        let owner = world.pledge(pledge).map(|row| row.volunteer).ok();
        let record = if self.random.percent(85) {
            let records = self.known.records.iter().rev();
            let fits = |id: &&RecordId| {
                world
                    .record(**id)
                    .is_ok_and(|row| Some(row.volunteer) == owner && row.status == RecordStatus::Credited)
            };
            records.take(200).find(fits).copied()
        } else {
            None
        };
        let record = record.unwrap_or_else(|| self.some(|known| &known.records, RecordId::new(NOWHERE)));
        (actor, Command::FulfilPledge(FulfilPledge { pledge, record }))
    }

    pub(super) fn end_pledge(&mut self, sight: Sight) -> Asked {
        let (pledge, actor) = self.open_pledge(sight);
        (actor, Command::EndPledge(EndPledge { pledge }))
    }

    fn open_pledge(&mut self, sight: Sight) -> (PledgeId, Actor) {
        let world = &sight.pure.world;
        let pledge = self.suitable(
            |known| &known.pledges,
            PledgeId::new(NOWHERE),
            |id| world.pledge(id).is_ok_and(|row| row.ended_at.is_none()),
        );
        let owner = world.pledge(pledge).map(|row| row.volunteer).ok();
        (pledge, owner.map_or(Actor::System, |owner| self.actor_for_volunteer(sight, owner)))
    }

    pub(super) fn award_model_post(&mut self, sight: Sight) -> Asked {
        let volunteer = self.random.percent(60).then(|| self.volunteer(sight));
        let home = volunteer.and_then(|id| sight.pure.world.volunteer(id).ok()).map(|row| row.unit);
        let unit = home.filter(|_| self.random.percent(75)).unwrap_or_else(|| self.unit());
        let command =
            AwardModelPost { unit, volunteer, title: self.note(), starts_on: self.day(sight, -10, 10) };
        (self.actor_for(sight, unit), Command::AwardModelPost(command))
    }

    pub(super) fn end_model_post(&mut self, sight: Sight) -> Asked {
        let world = &sight.pure.world;
        let post = self.suitable(
            |known| &known.model_posts,
            ModelPostId::new(NOWHERE),
            |id| world.model_post(id).is_ok_and(|row| row.ends_on.is_none()),
        );
        let unit = world.model_post(post).map(|row| row.unit).ok();
        let actor = unit.map_or(Actor::System, |unit| self.actor_for(sight, unit));
        (actor, Command::EndModelPost(EndModelPost { post, ends_on: self.day(sight, -12, 20) }))
    }
}
