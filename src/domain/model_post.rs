//! Model posts (示范岗): a dated tag on a unit as a whole, or on one of its volunteers.
//!
//! The post's title stands beside the journal: on a volunteer it can tell of political affiliation.

use super::command::{Committed, Ctx, Decision};
use super::event::{Commitment, Draft, Event};
use super::ids::{ModelPostId, UnitId, VolunteerId};
use super::rejection::Rejection;
use super::text::Note;
use super::world::{Row, Stop, World};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A model post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelPost {
    pub id: ModelPostId,
    /// Whose post it is.
    pub unit: UnitId,
    /// Who holds it; none: the unit as a whole.
    pub volunteer: Option<VolunteerId>,
    /// Binds the title, which stands beside the journal.
    pub title: Commitment,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day; none while it lasts.
    pub ends_on: Option<NaiveDate>,
}

impl Row for ModelPost {
    type Key = ModelPostId;
    fn key(&self) -> ModelPostId {
        self.id
    }
}

/// Gives a unit, or a volunteer of it, a model post from a day on.
#[derive(Clone, Debug)]
pub struct AwardModelPost {
    pub unit: UnitId,
    pub volunteer: Option<VolunteerId>,
    pub title: Committed<Note>,
    pub starts_on: NaiveDate,
}

/// Says which day is a model post's last.
#[derive(Clone, Debug)]
pub struct EndModelPost {
    pub post: ModelPostId,
    pub ends_on: NaiveDate,
}

/// Whoever answers for the unit gives it, to the unit or to somebody who belongs there or under it.
pub fn decide_award(ctx: &Ctx, cmd: &AwardModelPost) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    if let Some(id) = cmd.volunteer {
        let volunteer = ctx.world.volunteer(id)?;
        volunteer.must_be_active()?;
        if !ctx.world.unit(volunteer.unit)?.is_within(cmd.unit) {
            return Err(Rejection::ModelPostHolderElsewhere.into());
        }
    }
    Ok(Decision::of(Event::ModelPostAwarded {
        unit: cmd.unit,
        volunteer: cmd.volunteer,
        title: cmd.title.commitment,
        starts_on: cmd.starts_on,
    })
    .effective(cmd.starts_on)
    .with_note(Some(&cmd.title)))
}

/// A post ends once, not before it began.
pub fn decide_end(ctx: &Ctx, cmd: &EndModelPost) -> Result<Decision, Stop> {
    let post = ctx.world.model_post(cmd.post)?;
    ctx.must_answer_for(ctx.world.unit(post.unit)?)?;
    if post.ends_on.is_some() {
        return Err(Rejection::ModelPostEnded.into());
    }
    if cmd.ends_on < post.starts_on {
        return Err(Rejection::ModelPostDatesInvalid.into());
    }
    Ok(Decision::of(Event::ModelPostEnded { post: post.id, ends_on: cmd.ends_on }).effective(cmd.ends_on))
}

pub(super) fn evolve_awarded(
    world: &mut World,
    draft: &Draft,
    (unit, volunteer): (UnitId, Option<VolunteerId>),
    title: Commitment,
    starts_on: NaiveDate,
) {
    let id = ModelPostId::new(draft.seq);
    world.put_model_post(ModelPost { id, unit, volunteer, title, starts_on, ends_on: None });
}

pub(super) fn evolve_ended(world: &mut World, id: ModelPostId, ends_on: NaiveDate) -> Result<(), Stop> {
    let mut post = world.model_post(id)?.clone();
    post.ends_on = Some(ends_on);
    world.put_model_post(post);
    Ok(())
}
