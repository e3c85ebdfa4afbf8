//! Who hands gifts over, and to whom.
//!
//! Two persons stand behind each gift. Before that was a rule one could place a redemption in a volunteer's name and hand
//! the gift over to oneself. And hours that are bought are paid with gifts: then one pair meets again and again.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::ids::{RedemptionId, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

/// Gifts from one hand to another within the window: four in a quarter are more than a keen volunteer saves up for.
const GIFTS_OF_A_PAIR: usize = 4;

pub(super) fn reason_of_one_person() -> String {
    "Redemptions were placed and their gifts handed over by one person: nobody else saw that the volunteer wanted or \
     got them. Possible honest cause: an entry of before two persons were needed."
        .to_owned()
}

pub(super) fn reason_of_one_pair() -> String {
    format!(
        "At least {GIFTS_OF_A_PAIR} gifts were handed over by one person to one volunteer. Possible honest cause: a small \
         unit where one person gives out all gifts, and a keen volunteer."
    )
}

/// A gift that was handed over within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftHandedOver {
    pub redemption: RedemptionId,
    /// The unit that held it.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub points: Points,
    pub placed_by: Actor,
    /// The volunteer that stands behind who placed it, where that is known.
    pub placed_by_volunteer: Option<VolunteerId>,
    pub handed_over_by: Actor,
    /// The volunteer that stands behind who handed it over, where that is known.
    pub handed_over_by_volunteer: Option<VolunteerId>,
}

impl GiftHandedOver {
    /// Whether one person placed the redemption, or receives the gift, and handed it over.
    fn is_by_one_person(&self) -> bool {
        let hand = self.handed_over_by_volunteer;
        self.placed_by == self.handed_over_by
            || (hand.is_some() && (hand == self.placed_by_volunteer || hand == Some(self.volunteer)))
    }
}

/// Who placed and handed over, or received and handed over.
pub(super) fn find_by_one_person(gifts: &[GiftHandedOver]) -> Vec<Finding> {
    let alone = gifts.iter().filter(|gift| gift.is_by_one_person());
    let groups = grouped(alone, |gift| (gift.unit, gift.handed_over_by));
    let finding = |((unit, actor), gifts): ((UnitId, Actor), Vec<&GiftHandedOver>)| {
        let subject = Subject { actor: Some(actor), ..Subject::default() };
        finding(FindingRule::PlacedAndFulfilled, unit, subject, &gifts)
    };
    groups.into_iter().map(finding).collect()
}

/// Who handed over to whom again and again.
pub(super) fn find_of_one_pair(gifts: &[GiftHandedOver]) -> Vec<Finding> {
    let groups = grouped(gifts, |gift| (gift.unit, gift.handed_over_by, gift.volunteer));
    let often = groups.into_iter().filter(|(_, gifts)| gifts.len() >= GIFTS_OF_A_PAIR);
    let finding =
        |((unit, actor, volunteer), gifts): ((UnitId, Actor, VolunteerId), Vec<&GiftHandedOver>)| {
            let subject = Subject { actor: Some(actor), volunteer: Some(volunteer), ..Subject::default() };
            finding(FindingRule::GiftsOfOnePair, unit, subject, &gifts)
        };
    often.map(finding).collect()
}

fn finding(rule: FindingRule, unit: UnitId, subject: Subject, gifts: &[&GiftHandedOver]) -> Finding {
    let figures = BTreeMap::from([
        ("gifts", count(gifts.len())),
        ("points_hundredths", gifts.iter().map(|gift| gift.points.0).sum()),
    ]);
    let entries = gifts.iter().map(|gift| gift.redemption.seq()).collect();
    Finding { rule, unit, subject, figures, records: BTreeSet::new(), entries }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, Seq};

    fn gift(number: i64) -> GiftHandedOver {
        let volunteer = VolunteerId::new(Seq(50));
        GiftHandedOver {
            redemption: RedemptionId::new(Seq(100 + number)),
            unit: UnitId::new(Seq(1)),
            volunteer,
            points: Points(150),
            placed_by: Actor::Volunteer(volunteer),
            placed_by_volunteer: Some(volunteer),
            handed_over_by: Actor::Operator(OperatorId::new(Seq(2))),
            handed_over_by_volunteer: None,
        }
    }

    #[test]
    fn one_person_is_found_by_account_and_by_person() {
        assert_eq!(find_by_one_person(&[gift(1), gift(2)]), vec![], "placed by the volunteer");
        let operator = |seq| Actor::Operator(OperatorId::new(Seq(seq)));
        let by_account = GiftHandedOver { placed_by: operator(2), placed_by_volunteer: None, ..gift(1) };
        let person = Some(VolunteerId::new(Seq(60)));
        let by_person = GiftHandedOver {
            placed_by: operator(3),
            placed_by_volunteer: person,
            handed_over_by_volunteer: person,
            ..gift(2)
        };
        let to_oneself = GiftHandedOver { handed_over_by_volunteer: Some(gift(3).volunteer), ..gift(3) };
        let found = find_by_one_person(&[by_account, by_person, to_oneself]);
        assert_eq!((found.len(), found[0].entries.len()), (1, 3));
        assert_eq!(found[0].figures["points_hundredths"], 450);
    }

    #[test]
    fn a_pair_is_found_from_the_fourth_gift_on() {
        let gifts: Vec<_> = (0..4).map(gift).collect();
        assert_eq!(find_of_one_pair(&gifts[..3]), vec![]);
        assert_eq!(find_of_one_pair(&gifts)[0].figures["gifts"], 4);
    }
}
