//! Operators who became somebody else.
//!
//! Who somebody is decides who is a second person: one admin alone, who says that an operator is another, makes two
//! persons of one.

use super::{Finding, FindingRule, Subject};
use crate::domain::actor::Actor;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{OperatorId, Seq, UnitId, VolunteerId};
use crate::domain::operator::Event;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason() -> String {
    "An admin said of an operator that they are another person than was said before: what takes two persons is judged \
     by that. Possible honest cause: a mistake was put right, a document was renewed, or an operator who had named a \
     document was registered as a volunteer."
        .to_owned()
}

/// What an entry says of an operator: appointed or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedOperator {
    pub entry: Seq,
    pub stated_by: Actor,
    pub event: Event,
    /// The unit whose auditors look at it, where it was stated within the window; the others are what it is compared
    /// with.
    pub looked_at_by: Option<UnitId>,
}

/// By what an operator is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Person {
    Volunteer(VolunteerId),
    Document(Commitment),
}

impl Person {
    fn said(volunteer: Option<VolunteerId>, document: Option<Commitment>) -> Option<Self> {
        volunteer.map(Self::Volunteer).or(document.map(Self::Document))
    }

    const fn volunteer(self) -> Option<VolunteerId> {
        match self {
            Self::Volunteer(id) => Some(id),
            Self::Document(_) => None,
        }
    }
}

/// Which operators are others than before. `stated` is in the order of entries. Of two documents nobody can tell whether
/// they are one: a document that is named anew is another.
pub(super) fn find(stated: &[StatedOperator]) -> Vec<Finding> {
    let mut known: BTreeMap<OperatorId, (Seq, Person)> = BTreeMap::new();
    let mut findings = Vec::new();
    for one in stated {
        let (operator, said) = match one.event {
            Event::OperatorCreated { volunteer, document, .. } => {
                (OperatorId::new(one.entry), Person::said(volunteer, document))
            }
            Event::OperatorUpdated { operator, volunteer, document, .. } => {
                (operator, Person::said(volunteer, document))
            }
            Event::OperatorDisabled { .. }
            | Event::OperatorEnabled { .. }
            | Event::PasswordSet { .. }
            | Event::PasswordReset { .. } => continue,
        };
        // Who is not said anew is who they were.
        let Some(person) = said else { continue };
        let former = known.insert(operator, (one.entry, person));
        let (Some((former_entry, former)), Some(unit)) = (former, one.looked_at_by) else { continue };
        if former == person {
            // The entry that said it first stays the one that it is compared with.
            known.insert(operator, (former_entry, person));
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::OperatorRelinked,
            unit,
            subject: Subject {
                actor: Some(one.stated_by),
                volunteer: person.volunteer(),
                other_volunteer: former.volunteer(),
                operator: Some(operator),
                ..Subject::default()
            },
            figures: BTreeMap::new(),
            records: BTreeSet::new(),
            entries: BTreeSet::from([former_entry, one.entry]),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::actor::Role;

    const OPERATOR: OperatorId = OperatorId::new(Seq(10));

    fn stated(entry: i64, volunteer: Option<i64>, document: Option<u8>) -> StatedOperator {
        let volunteer = volunteer.map(|number| VolunteerId::new(Seq(number)));
        let document = document.map(|byte| Commitment([byte; 32]));
        let (role, unit, login) = (Role::Auditor, None, Commitment([0; 32]));
        let event = if entry == 10 {
            Event::OperatorCreated { role, unit, volunteer, login, document }
        } else {
            Event::OperatorUpdated { operator: OPERATOR, role, unit, volunteer, document }
        };
        StatedOperator {
            entry: Seq(entry),
            stated_by: Actor::System,
            event,
            looked_at_by: Some(UnitId::new(Seq(1))),
        }
    }

    fn entries(stated: &[StatedOperator]) -> Vec<Vec<i64>> {
        find(stated).iter().map(|found| found.entries.iter().map(|entry| entry.0).collect()).collect()
    }

    #[test]
    fn who_is_another_is_found_and_who_stays_or_says_it_for_the_first_time_is_not() {
        let nobody = stated(10, None, None);
        assert!(entries(&[nobody.clone(), stated(11, Some(5), None)]).is_empty());
        assert!(entries(&[stated(10, Some(5), None), stated(11, Some(5), None)]).is_empty());
        assert!(entries(&[stated(10, None, Some(1)), stated(11, None, None)]).is_empty());
        assert_eq!(entries(&[stated(10, Some(5), None), stated(11, Some(6), None)]), [[10, 11]]);
        assert_eq!(entries(&[stated(10, Some(5), None), stated(11, None, Some(1))]), [[10, 11]]);
        assert_eq!(entries(&[stated(10, None, Some(1)), stated(11, None, Some(2))]), [[10, 11]]);
        let there_and_back =
            [nobody, stated(11, Some(5), None), stated(12, Some(6), None), stated(13, Some(5), None)];
        assert_eq!(entries(&there_and_back), [[11, 12], [12, 13]]);
        let before = StatedOperator { looked_at_by: None, ..stated(11, Some(6), None) };
        assert!(entries(&[stated(10, Some(5), None), before]).is_empty(), "it is not of the window");
    }
}
