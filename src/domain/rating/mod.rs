//! Ratings (评价): a volunteer's of an activity, and a unit's of a volunteer's service there; 1 to 5, with a few words.
//!
//! Who has served there says it, once, until thirty days after the activity. What nobody rates stays unrated: a rating
//! that is good because nobody gave one would say what nobody said. The words stand beside the journal and are erased
//! with the volunteer.

mod kept;
pub mod rules;

use super::actor::Actor;
use super::commitment::{Commitment, Committed};
use super::ids::{ActivityId, RatingId, UnitId, VolunteerId};
use super::noun::{Row, Thing, events, refusals};
use super::text::Note;
use super::time::Timestamp;
use crate::domain::choice::choice;
use serde::{Deserialize, Serialize};

choice! {
    /// Who rates what.
    pub enum RatingSide {
        /// 志愿者评价活动: a volunteer rates the activity.
        Volunteer,
        /// 单位评价服务: the activity's unit rates the volunteer's service.
        Unit,
    }
}

/// How good something was, from 1 to 5, the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Score(i64);

impl Score {
    /// The score of this number, from 1 to 5.
    #[must_use]
    pub fn new(number: i64) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// The number, from 1 to 5.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

/// What one side says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    pub id: RatingId,
    pub side: RatingSide,
    pub activity: ActivityId,
    /// Who rates the activity, or whose service is rated.
    pub volunteer: VolunteerId,
    /// The activity's.
    pub unit: UnitId,
    pub score: Score,
    /// Binds the words, which stand beside the entry.
    pub words: Option<Commitment>,
    pub rated_by: Actor,
    pub rated_at: Timestamp,
}

impl Row for Rating {
    type Key = RatingId;

    fn key(&self) -> RatingId {
        self.id
    }
}

impl Thing for Rating {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// All that volunteers say of one activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingSum {
    /// How many ratings.
    pub ratings: i64,
    /// Their scores, added up.
    pub scores: i64,
}

/// So many ratings have a mean that everybody may know. Of one, the mean is what one person said; of two, each of them
/// knows from it what the other said.
pub const FEWEST_FOR_A_MEAN: i64 = 3;

impl RatingSum {
    /// The mean in hundredths, rounded down; none without ratings.
    #[must_use]
    pub fn mean_hundredths(self) -> Option<i64> {
        (self.scores * 100).checked_div(self.ratings)
    }

    /// The mean as who does not answer for the activity's unit may know it.
    #[must_use]
    pub fn mean_hundredths_for_all(self) -> Option<i64> {
        self.mean_hundredths().filter(|_| self.ratings >= FEWEST_FOR_A_MEAN)
    }
}

/// A volunteer says how an activity was.
#[derive(Clone, Debug)]
pub struct RateActivity {
    pub activity: ActivityId,
    pub score: Score,
    pub words: Option<Committed<Note>>,
}

/// The activity's unit says how a volunteer served there.
#[derive(Clone, Debug)]
pub struct RateService {
    pub activity: ActivityId,
    pub volunteer: VolunteerId,
    pub score: Score,
    pub words: Option<Committed<Note>>,
}

/// How many days after its end an activity can be rated, and service there.
pub const RATING_DAYS: i64 = 30;

events! {
    ActivityRated = "activity_rated" {
        activity: ActivityId,
        volunteer: VolunteerId,
        score: Score,
        words: Option<Commitment>,
    }
    ServiceRated = "service_rated" {
        activity: ActivityId,
        volunteer: VolunteerId,
        score: Score,
        words: Option<Commitment>,
    }
}

refusals! {
    /// No such rating.
    RatingNotFound = NotFound "rating_not_found" "there is no such rating";
    /// Ratings are for who has a record at the activity, credited or to be decided.
    RatingWithoutService = Conflict "rating_without_service" "the volunteer has no live service record at this activity";
    /// An activity, and service there, is rated until thirty days after the activity's end.
    RatingTooLate = Conflict "rating_too_late" "it was to be rated within 30 days after the activity";
    /// Each side rates once.
    RatingRepeated { rating: RatingId } = Conflict "rating_repeated" "this was rated already: rating {rating}";
    /// Nobody rates their own service.
    RatingOfOwn = Invalid "rating_of_own" "nobody rates their own service";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_one_of_five() {
        assert_eq!(
            [0, 1, 5, 6, -1].map(|number| Score::new(number).is_some()),
            [false, true, true, false, false]
        );
    }

    #[test]
    fn a_mean_is_rounded_down_and_for_all_from_three_ratings_on() {
        let sum = |ratings, scores| RatingSum { ratings, scores };
        assert_eq!(sum(3, 14).mean_hundredths(), Some(466));
        assert_eq!(sum(0, 0).mean_hundredths(), None);
        let for_all = [sum(1, 5), sum(2, 9), sum(3, 14)].map(RatingSum::mean_hundredths_for_all);
        assert_eq!(for_all, [None, None, Some(466)]);
    }
}
