//! Figures that are not what the journal says. No pattern in service: somebody, or a fault, changed the tables past the
//! service.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::ids::{RecordId, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason() -> String {
    "The service recomputed its tables from the journal and found rows that say otherwise: totals and accounts that rest \
     on them are wrong. Somebody changed the database past the service, or a disk or a restored backup did. It \
     cannot be dismissed; hourbook verify names each row."
        .to_owned()
}

/// A row of a table that is not what the journal says, and what it concerns, as far as the row tells; of an entry, a
/// seal or a sum of many nothing is told but that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DifferingRow {
    pub table: &'static str,
    pub record: Option<RecordId>,
    pub unit: Option<UnitId>,
    pub volunteer: Option<VolunteerId>,
}

/// A row that differs, and the unit whose auditors are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differing {
    pub unit: UnitId,
    pub volunteer: Option<VolunteerId>,
    pub record: Option<RecordId>,
}

/// One finding a unit and person.
#[must_use]
pub fn find_differing(rows: &[Differing]) -> Vec<Finding> {
    grouped(rows, |row| (row.unit, row.volunteer))
        .into_iter()
        .map(|((unit, volunteer), own)| Finding {
            rule: FindingRule::DiffersFromJournal,
            unit,
            subject: Subject { volunteer, ..Subject::default() },
            figures: BTreeMap::from([("rows", count(own.len()))]),
            records: own.iter().filter_map(|row| row.record).collect(),
            entries: BTreeSet::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    #[test]
    fn each_unit_is_told_of_its_own_rows() {
        let row = |unit, record| Differing {
            unit: UnitId::new(Seq(unit)),
            volunteer: None,
            record: Some(RecordId::new(Seq(record))),
        };
        let findings = find_differing(&[row(1, 10), row(2, 20), row(1, 30)]);
        assert_eq!(findings.len(), 2);
        assert_eq!((findings[0].figures["rows"], findings[0].records.len()), (2, 2));
        assert_eq!(find_differing(&[]), vec![]);
    }
}
