//! Who may take a position (报名条件): by age, star, training and unit; and what a hazard asks for.

use crate::domain::amounts::Minutes;
use crate::domain::choice::choice;
use crate::domain::ids::UnitId;
use crate::domain::text::Name;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// From this age on nobody is a minor.
const ADULT_YEARS: i64 = 18;
const AGES: RangeInclusive<i64> = 0..=120;
const MOST_UNITS: usize = 20;

/// What who takes a position has to be. Ages are those of the day on which the activity starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_age: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_age: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_star: Option<i64>,
    /// Recorded training of at least so many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_training: Option<Minutes>,
    /// Volunteers of one of these units, or of a unit under one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hazard: Option<Hazard>,
}

/// What may endanger who does it: adults only (Shandong, article 10), insured before they begin (Ordinance 685,
/// article 17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hazard {
    /// The insurance that covers them.
    pub insurance: Name,
}

choice! {
    /// Which condition somebody does not meet.
    pub enum Condition {
        /// Too young, or a minor where there is a hazard.
        LeastAge,
        /// Too old.
        MostAge,
        /// Too few stars.
        LeastStar,
        /// Too little recorded training.
        LeastTraining,
        /// Of another unit.
        Unit,
    }
}

impl Conditions {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether each is within what there can be.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        let ages = [self.least_age, self.most_age].into_iter().flatten().all(|age| AGES.contains(&age));
        let in_order = !matches!((self.least_age, self.most_age), (Some(least), Some(most)) if least > most);
        let star = self.least_star.is_none_or(|star| (1..=10).contains(&star));
        let training = self.least_training.is_none_or(Minutes::is_positive);
        ages && in_order && star && training && self.units.len() <= MOST_UNITS
    }

    /// The least age, with what a hazard asks for.
    #[must_use]
    pub fn least_age(&self) -> Option<i64> {
        self.least_age.max(self.hazard.as_ref().map(|_| ADULT_YEARS))
    }

    /// The first condition of age that somebody who was born then does not meet on a day.
    #[must_use]
    pub fn unmet_by_age(&self, born: NaiveDate, day: NaiveDate) -> Option<Condition> {
        let age = years_between(born, day);
        if self.least_age().is_some_and(|least| age < least) {
            Some(Condition::LeastAge)
        } else if self.most_age.is_some_and(|most| age > most) {
            Some(Condition::MostAge)
        } else {
            None
        }
    }
}

/// What conditions look at besides age, of one volunteer. Each is asked for only where a condition does.
pub trait Qualifications {
    /// Why it could not be found out.
    type Unknown;

    /// Whether the volunteer belongs to one of these units, or to a unit under one.
    fn is_of(&self, units: &[UnitId]) -> Result<bool, Self::Unknown>;
    /// How many stars the volunteer has today.
    fn star(&self) -> Result<i64, Self::Unknown>;
    /// Recorded training.
    fn training(&self) -> Result<Minutes, Self::Unknown>;
}

impl Conditions {
    /// The first condition besides age that a volunteer does not meet.
    pub fn unmet_by<Q: Qualifications>(&self, volunteer: &Q) -> Result<Option<Condition>, Q::Unknown> {
        if !self.units.is_empty() && !volunteer.is_of(&self.units)? {
            return Ok(Some(Condition::Unit));
        }
        if let Some(least) = self.least_star
            && volunteer.star()? < least
        {
            return Ok(Some(Condition::LeastStar));
        }
        if let Some(least) = self.least_training
            && volunteer.training()? < least
        {
            return Ok(Some(Condition::LeastTraining));
        }
        Ok(None)
    }
}

/// Whole years from a birth to a day; who was born on the 29th of February is a year older on the 1st of March (Civil
/// Code, article 202).
fn years_between(born: NaiveDate, day: NaiveDate) -> i64 {
    let is_before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    i64::from(day.year() - born.year()) - i64::from(is_before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn age_is_that_of_the_day_on_which_the_activity_starts() {
        let conditions = Conditions { least_age: Some(14), most_age: Some(60), ..Conditions::default() };
        let unmet = |born| conditions.unmet_by_age(born, day(2026, 12, 1));
        assert_eq!(unmet(day(2012, 12, 1)), None, "fourteen on that day");
        assert_eq!(unmet(day(2012, 12, 2)), Some(Condition::LeastAge));
        assert_eq!(unmet(day(1965, 12, 2)), None, "sixty for one more day");
        assert_eq!(unmet(day(1965, 12, 1)), Some(Condition::MostAge));
        assert_eq!(years_between(day(2008, 2, 29), day(2026, 2, 28)), 17);
        assert_eq!(years_between(day(2008, 2, 29), day(2026, 3, 1)), 18);
    }

    #[test]
    fn a_hazard_is_for_adults_whatever_age_is_asked_for() {
        let insured = Some(Hazard { insurance: "志愿者意外险".parse().unwrap() });
        let young = Conditions { least_age: Some(16), hazard: insured.clone(), ..Conditions::default() };
        assert_eq!(young.unmet_by_age(day(2009, 1, 1), day(2026, 12, 1)), Some(Condition::LeastAge));
        let old = Conditions { least_age: Some(21), hazard: insured, ..Conditions::default() };
        assert_eq!(old.least_age(), Some(21));
    }

    #[test]
    fn conditions_are_what_there_can_be() {
        let sound = |conditions: Conditions| conditions.are_sound();
        assert!(sound(Conditions { least_age: Some(18), most_age: Some(18), ..Conditions::default() }));
        assert!(!sound(Conditions { least_age: Some(19), most_age: Some(18), ..Conditions::default() }));
        assert!(!sound(Conditions { most_age: Some(121), ..Conditions::default() }));
        assert!(!sound(Conditions { least_star: Some(0), ..Conditions::default() }));
        assert!(!sound(Conditions { least_training: Some(Minutes::ZERO), ..Conditions::default() }));
    }
}
