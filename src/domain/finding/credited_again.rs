//! Service that was voided and credited again.
//!
//! Voiding and crediting anew once gave points that had lapsed a new life. They keep their first validity now
//! ([`record`](crate::domain::record)); that somebody tries is still worth a look.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{RecordId, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason() -> String {
    "Service was voided, and service of the same person at the same time, or at the same activity on the same day, was \
     credited again. Possible honest cause: a wrong time or activity was put right."
        .to_owned()
}

/// A record that was credited within the window, and one that says the same service and had been voided before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceAgain {
    /// The unit of the record that counts.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub credited_by: Actor,
    pub record: RecordId,
    pub credited_minutes: Minutes,
    pub voided_record: RecordId,
}

/// Who credited whose voided service again.
pub(super) fn find(again: &[ServiceAgain]) -> Vec<Finding> {
    let groups = grouped(again, |one| (one.unit, one.credited_by, one.volunteer));
    let finding = |((unit, actor, volunteer), own): ((UnitId, Actor, VolunteerId), Vec<&ServiceAgain>)| {
        let minutes: BTreeMap<RecordId, i64> =
            own.iter().map(|one| (one.record, one.credited_minutes.0)).collect();
        let voided: BTreeSet<RecordId> = own.iter().map(|one| one.voided_record).collect();
        Finding {
            rule: FindingRule::CreditedAgain,
            unit,
            subject: Subject { actor: Some(actor), volunteer: Some(volunteer), ..Subject::default() },
            figures: BTreeMap::from([
                ("credited_minutes", minutes.values().sum()),
                ("credited_records", count(minutes.len())),
                ("voided_records", count(voided.len())),
            ]),
            records: minutes.into_keys().chain(voided).collect(),
            entries: BTreeSet::new(),
        }
    };
    groups.into_iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    #[test]
    fn each_person_and_crediter_gives_one_with_all_records() {
        let again = |volunteer, record, voided| ServiceAgain {
            unit: UnitId::new(Seq(1)),
            volunteer: VolunteerId::new(Seq(volunteer)),
            credited_by: Actor::System,
            record: RecordId::new(Seq(record)),
            credited_minutes: Minutes(60),
            voided_record: RecordId::new(Seq(voided)),
        };
        let findings = find(&[again(5, 30, 10), again(5, 30, 20), again(6, 40, 11)]);
        assert_eq!(findings.len(), 2);
        let figures = [("credited_minutes", 60), ("credited_records", 1), ("voided_records", 2)];
        assert_eq!((&findings[0].figures, findings[0].records.len()), (&BTreeMap::from(figures), 3));
    }
}
