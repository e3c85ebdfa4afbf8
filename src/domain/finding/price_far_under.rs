//! Gifts that cost next to nothing.
//!
//! A dear thing offered for 0.01 is given away, not redeemed. What is far is told by the unit's other gifts: each unit
//! has its own scale.

use super::{Finding, FindingRule, Subject, grouped};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::ids::{RewardId, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// Of the median price of the unit's other gifts: pens and umbrellas lie within it.
const PERCENT_OF_OTHERS: i64 = 10;

pub(super) fn reason() -> String {
    format!(
        "A gift was redeemed whose price is at most {PERCENT_OF_OTHERS} % of what the unit's other gifts cost (their \
         median). Possible honest cause: a trifle among dear things."
    )
}

/// A gift that a unit has offered, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricedReward {
    pub reward: RewardId,
    pub unit: UnitId,
    pub price: Points,
    pub created_by: Actor,
    /// How often it was redeemed within the window.
    pub redemptions: i64,
}

/// Which gifts went for far less than the others.
pub(super) fn find(rewards: &[PricedReward]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, rewards) in grouped(rewards, |reward| reward.unit) {
        for reward in rewards.iter().filter(|reward| reward.redemptions > 0) {
            let others = rewards.iter().filter(|other| other.reward != reward.reward);
            let Some(median) = median(others.map(|other| other.price.0).collect()) else { continue };
            if reward.price.0 * 100 > median * PERCENT_OF_OTHERS {
                continue;
            }
            findings.push(Finding {
                rule: FindingRule::PriceFarUnder,
                unit,
                subject: Subject { actor: Some(reward.created_by), ..Subject::default() },
                figures: BTreeMap::from([
                    ("price_hundredths", reward.price.0),
                    ("median_price_of_others_hundredths", median),
                    ("redemptions", reward.redemptions),
                ]),
                records: BTreeSet::new(),
                entries: [reward.reward.seq()].into(),
            });
        }
    }
    findings
}

/// The lower of the two in the middle.
fn median(mut prices: Vec<i64>) -> Option<i64> {
    prices.sort_unstable();
    prices.get(prices.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    fn reward(number: i64, price: i64, redemptions: i64) -> PricedReward {
        PricedReward {
            reward: RewardId::new(Seq(number)),
            unit: UnitId::new(Seq(1)),
            price: Points(price),
            created_by: Actor::System,
            redemptions,
        }
    }

    #[test]
    fn what_goes_for_a_tenth_of_the_others_is_found() {
        let others = [reward(10, 500, 3), reward(11, 2_000, 1), reward(12, 3_000, 0)];
        let with = |one: PricedReward| find(&[others.as_slice(), &[one]].concat());
        assert_eq!(with(reward(13, 1, 1)).len(), 1);
        assert_eq!(with(reward(13, 200, 1))[0].figures["median_price_of_others_hundredths"], 2_000);
        assert_eq!(with(reward(13, 201, 1)), vec![]);
        assert_eq!(with(reward(13, 1, 0)), vec![], "nobody had it");
        assert_eq!(find(&[reward(13, 1, 1)]), vec![], "nothing to compare with");
    }
}
