//! Rules of the assessment of units (量化考核): what may be done, and what follows.

use super::{AssessmentScheme, CreateAssessmentScheme, Event, Refusal};
use crate::domain::context::Ctx;
use crate::domain::decision::Decision;
use crate::domain::event::UnsealedEntry;
use crate::domain::general;
use crate::domain::happening::Happening;
use crate::domain::ids::AssessmentSchemeId;
use crate::domain::outcome::Outcome;
use crate::domain::rules::Rules;
use crate::domain::world::{Key, Stop, World};

/// Schemes are an admin's: all units are measured alike. One version takes the place of another, and no second does.
pub fn decide_create(ctx: &Ctx, cmd: &CreateAssessmentScheme) -> Result<Decision, Stop> {
    ctx.must_be_admin()?;
    if !cmd.terms.are_sound() {
        return Err(Refusal::AssessmentTermsInvalid.into());
    }
    let version = match cmd.terms.replaces {
        Some(former) => {
            ctx.world.want([Key::AssessmentScheme(former), Key::AssessmentSchemes])?;
            let mut others = ctx.world.assessment_schemes()?;
            if let Some(other) = others.find(|other| other.terms.replaces == Some(former)) {
                return Err(general::Refusal::SchemeAlreadyReplaced { entry: other.id.seq() }.into());
            }
            ctx.world.assessment(former)?.version + 1
        }
        None => 1,
    };
    Ok(Decision::of(Event::AssessmentSchemeCreated { version, terms: cmd.terms.clone() }))
}

impl Happening for Event {
    fn keys(&self, _: &World, _: &UnsealedEntry) -> Result<Vec<Key>, Stop> {
        Ok(Vec::new())
    }

    fn evolve(&self, world: &mut World, _: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
        world.put(self.scheme(unsealed));
        Ok(())
    }

    fn outcome(&self, _: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
        Ok(self.scheme(unsealed).into())
    }
}

impl Event {
    /// The version that the entry made.
    fn scheme(&self, unsealed: &UnsealedEntry) -> AssessmentScheme {
        let Self::AssessmentSchemeCreated { version, terms } = self;
        AssessmentScheme {
            id: AssessmentSchemeId::new(unsealed.seq),
            version: *version,
            terms: terms.clone(),
        }
    }
}
