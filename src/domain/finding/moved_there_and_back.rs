//! Volunteers who were moved to another unit for its gift, and back.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::amounts::Points;
use crate::domain::ids::{RedemptionId, Seq, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

/// Days away: a term is longer.
pub const MOST_DAYS_AWAY: i64 = 92;

pub(super) fn reason() -> String {
    format!(
        "A volunteer was moved to another unit, redeemed a gift that the own unit does not offer, and was moved back within \
         {MOST_DAYS_AWAY} days. Possible honest cause: a secondment."
    )
}

/// A gift that was redeemed between a move and the move back, which was within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TripForGift {
    /// The unit that the volunteer came back to.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    /// The entries that moved the volunteer there and back.
    pub there: Seq,
    pub back: Seq,
    pub redemption: RedemptionId,
    pub points: Points,
}

/// Each way there and back.
pub(super) fn find(trips: &[TripForGift]) -> Vec<Finding> {
    let groups = grouped(trips, |trip| (trip.unit, trip.volunteer, trip.there, trip.back));
    let finding = |((unit, volunteer, there, back), gifts): (_, Vec<&TripForGift>)| Finding {
        rule: FindingRule::MovedThereAndBack,
        unit,
        subject: Subject { volunteer: Some(volunteer), ..Subject::default() },
        figures: BTreeMap::from([
            ("gifts", count(gifts.len())),
            ("points_hundredths", gifts.iter().map(|gift| gift.points.0).sum()),
        ]),
        records: BTreeSet::new(),
        entries: gifts.iter().map(|gift| gift.redemption.seq()).chain([there, back]).collect(),
    };
    groups.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trip_names_both_moves_and_its_gifts() {
        let trip = |there, redemption| TripForGift {
            unit: UnitId::new(Seq(1)),
            volunteer: VolunteerId::new(Seq(5)),
            there: Seq(there),
            back: Seq(there + 10),
            redemption: RedemptionId::new(Seq(redemption)),
            points: Points(200),
        };
        let found = find(&[trip(20, 22), trip(20, 23), trip(40, 41)]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].figures, BTreeMap::from([("gifts", 2), ("points_hundredths", 400)]));
        assert_eq!(found[0].entries, [20, 22, 23, 30].map(Seq).into());
    }
}
