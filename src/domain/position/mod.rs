//! Positions (岗位): the kinds of place in an activity, each with its number of people and its conditions.

pub mod conditions;
mod kept;
pub mod rules;

use super::enrolment::Promotion;
use super::ids::{ActivityId, PositionId, Seq, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Name;
use crate::domain::choice::choice;
use conditions::Conditions;
use serde::{Deserialize, Serialize};

/// Most people that a position can be for.
pub const MOST_PLACES: i64 = 100_000;
/// Most positions of an activity.
pub const MOST_POSITIONS: usize = 100;

choice! {
    /// How places are given.
    pub enum Selection {
        /// To who comes first.
        FirstCome,
        /// By the leader, among those who apply.
        Selected,
    }
}

/// What is said of a position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionTerms {
    pub name: Name,
    /// How many people it is for: from none, while nobody more is wanted, to [`MOST_PLACES`].
    pub places: i64,
    pub selection: Selection,
    #[serde(default, skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
}

/// A kind of place in an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub id: PositionId,
    pub activity: ActivityId,
    /// The activity's unit.
    pub unit: UnitId,
    pub terms: PositionTerms,
    /// Places that somebody has.
    pub taken: i64,
    /// Places that are kept for who was offered them.
    pub offered: i64,
    /// How many wait for one.
    pub waiting: i64,
    /// The entry that changed its terms last.
    pub version: Seq,
}

impl Row for Position {
    type Key = PositionId;

    fn key(&self) -> PositionId {
        self.id
    }
}

impl Thing for Position {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

impl Position {
    /// Places that nobody has or was offered: none where there are more people than places, once their number was
    /// lowered.
    #[must_use]
    pub fn free(&self) -> i64 {
        (self.terms.places - self.taken - self.offered).max(0)
    }
}

/// Adds a position to an activity.
#[derive(Clone, Debug)]
pub struct CreatePosition {
    pub activity: ActivityId,
    pub terms: PositionTerms,
}

/// Replaces what is said of a position.
#[derive(Clone, Debug)]
pub struct UpdatePosition {
    pub position: PositionId,
    pub expected: Option<Seq>,
    pub terms: PositionTerms,
}

/// Gives free places to those who wait, where something else than a change of the position had freed them.
#[derive(Clone, Copy, Debug)]
pub struct FillPosition {
    pub position: PositionId,
}

events! {
    PositionCreated = "position_created" {
        activity: ActivityId,
        terms: PositionTerms,
    }
    PositionUpdated = "position_updated" {
        position: PositionId,
        terms: PositionTerms,
        /// Who gets the places that there are more of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promotions: Vec<Promotion>,
    }
    PositionFilled = "position_filled" {
        position: PositionId,
        promotions: Vec<Promotion>,
    }
}

refusals! {
    /// No such position.
    PositionNotFound = NotFound "position_not_found" "there is no such position";
    /// An activity has at most 100 positions.
    PositionsTooMany = Conflict "positions_too_many" "an activity has at most 100 positions";
    /// A position is for up to 100,000 people; ages are from 0 to 120, the least not above the most; a star from 1 to 10; at most 20 units.
    PositionTermsInvalid = Invalid "position_terms_invalid" "places, ages, stars or units are out of range";
    /// The activity is over.
    ActivityOver = Conflict "activity_over" "the activity is over";
    /// Nobody who waits can be given a place.
    NobodyToPromote = Conflict "nobody_to_promote" "nobody who waits can be given a place";
}
