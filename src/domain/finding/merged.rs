//! Two numbers that turned out to be one person's: who said so, and where that person had been in two places at once.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{RecordId, Seq, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason_of_merge() -> String {
    "Two volunteer numbers were merged into one: the hours and points of both are one person's now. The entries are who \
     asked for it and who confirmed it. Possible honest cause: somebody was registered under a passport beside the \
     identity card."
        .to_owned()
}

/// Two numbers that were merged within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergedPair {
    /// The earlier number's.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub earlier: VolunteerId,
    pub asked_by: Actor,
    pub asked_entry: Seq,
    pub merged_entry: Seq,
    /// Of the later number, when it was merged.
    pub credited_minutes: Minutes,
}

/// Each merge.
pub(super) fn find_merged(merged: &[MergedPair]) -> Vec<Finding> {
    let finding = |pair: &MergedPair| Finding {
        rule: FindingRule::NumbersMerged,
        unit: pair.unit,
        subject: Subject {
            actor: Some(pair.asked_by),
            volunteer: Some(pair.volunteer),
            other_volunteer: Some(pair.earlier),
            ..Subject::default()
        },
        figures: BTreeMap::from([("credited_minutes", pair.credited_minutes.0)]),
        records: BTreeSet::new(),
        entries: BTreeSet::from([pair.asked_entry, pair.merged_entry]),
    };
    merged.iter().map(finding).collect()
}

pub(super) fn reason_of_overlap() -> String {
    "Service of two volunteer numbers that were merged lies at one time: one person was entered in two places at once. \
     Possible honest cause: one of the two was entered for the wrong number. Void the one that was not given."
        .to_owned()
}

/// Two records that count, of two numbers of one person, at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergedOverlap {
    /// The earlier number's.
    pub unit: UnitId,
    /// The person's number.
    pub earlier: VolunteerId,
    pub volunteer: VolunteerId,
    pub merged_entry: Seq,
    pub record: RecordId,
    pub other_record: RecordId,
}

/// What has to be voided of each merge.
pub(super) fn find_overlaps(overlaps: &[MergedOverlap]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((unit, volunteer, earlier, merged_entry), own) in
        grouped(overlaps, |one| (one.unit, one.volunteer, one.earlier, one.merged_entry))
    {
        findings.push(Finding {
            rule: FindingRule::MergedOverlap,
            unit,
            subject: Subject {
                volunteer: Some(volunteer),
                other_volunteer: Some(earlier),
                ..Subject::default()
            },
            figures: BTreeMap::from([("overlaps", count(own.len()))]),
            records: own.iter().flat_map(|one| [one.record, one.other_record]).collect(),
            entries: BTreeSet::from([merged_entry]),
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merge_has_one_finding_with_all_that_lies_at_one_time() {
        let overlap = |volunteer: i64, record: i64| MergedOverlap {
            unit: UnitId::new(Seq(1)),
            earlier: VolunteerId::new(Seq(5)),
            volunteer: VolunteerId::new(Seq(volunteer)),
            merged_entry: Seq(90),
            record: RecordId::new(Seq(record)),
            other_record: RecordId::new(Seq(20)),
        };
        let findings = find_overlaps(&[overlap(6, 30), overlap(6, 31), overlap(7, 32)]);
        assert_eq!(findings.len(), 2);
        assert_eq!((findings[0].figures["overlaps"], findings[0].records.len()), (2, 3));
        assert_eq!(find_overlaps(&[]), vec![]);
    }
}
