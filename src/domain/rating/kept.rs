//! Ratings as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Rating, RatingSide, Score};
use crate::domain::actor::Actor;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{ActivityId, RatingId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rating")]
struct KeptRating {
    id: RatingId,
    side: RatingSide,
    activity: ActivityId,
    volunteer: VolunteerId,
    unit: UnitId,
    score: Score,
    words: Option<Commitment>,
    rated_by: Actor,
    rated_at: Timestamp,
}
kept!(Rating as KeptRating);
