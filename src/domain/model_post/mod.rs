//! Model posts (示范岗): a dated tag on a unit as a whole, or on one of its volunteers.
//!
//! The post's title stands beside the journal: on a volunteer it can tell of political affiliation.

mod kept;
pub mod rules;

use super::commitment::{Commitment, Committed};
use super::ids::{ModelPostId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use chrono::NaiveDate;

/// A model post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPost {
    pub id: ModelPostId,
    /// The unit that awards it.
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

impl Thing for ModelPost {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
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

events! {
    ModelPostAwarded = "model_post_awarded" {
        unit: UnitId,
        volunteer: Option<VolunteerId>,
        title: Commitment,
        starts_on: NaiveDate,
    }
    ModelPostEnded = "model_post_ended" {
        post: ModelPostId,
        ends_on: NaiveDate,
    }
}

refusals! {
    /// No such model post.
    ModelPostNotFound = NotFound "model_post_not_found" "there is no such model post";
    /// The holder of a model post belongs to its unit or one under it.
    ModelPostHolderElsewhere = Invalid "model_post_holder_elsewhere" "the volunteer belongs neither to this unit nor to one under it";
    /// The model post was ended.
    ModelPostEnded = Conflict "model_post_ended" "the model post has ended";
    /// A model post does not end before it begins.
    ModelPostDatesInvalid = Invalid "model_post_dates_invalid" "a model post does not end before it begins";
}
