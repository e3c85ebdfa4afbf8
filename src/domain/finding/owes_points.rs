//! Who owes points: spent of service that was voided afterwards, and not earned back.

use super::{Finding, FindingRule, Subject};
use crate::domain::amounts::Points;
use crate::domain::ids::{Seq, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason() -> String {
    "Points were spent that came of service which was voided afterwards, and have not been earned back; leaving does not \
     settle them. Possible honest cause: an hour was entered by mistake, and the volunteer serves on."
        .to_owned()
}

/// What a volunteer owes in a unit's books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenDebt {
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub owed: Points,
    /// The entry that changed it last.
    pub last_entry: Seq,
}

/// Each debtor, whenever the debt began: owing is a state.
pub(super) fn find(debts: &[OpenDebt]) -> Vec<Finding> {
    let finding = |debt: &OpenDebt| Finding {
        rule: FindingRule::OwesPoints,
        unit: debt.unit,
        subject: Subject { volunteer: Some(debt.volunteer), ..Subject::default() },
        figures: BTreeMap::from([("owed_points_hundredths", debt.owed.0)]),
        records: BTreeSet::new(),
        entries: [debt.last_entry].into(),
    };
    debts.iter().filter(|debt| debt.owed.is_positive()).map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_owes_something_is_named_with_it() {
        let debt = |owed| OpenDebt {
            unit: UnitId::new(Seq(1)),
            volunteer: VolunteerId::new(Seq(5)),
            owed: Points(owed),
            last_entry: Seq(30),
        };
        let found = find(&[debt(800), debt(0)]);
        assert_eq!((found.len(), found[0].figures["owed_points_hundredths"]), (1, 800));
    }
}
