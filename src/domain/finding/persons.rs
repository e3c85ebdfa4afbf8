//! Who the hours are of: people who became others after their hours were credited, and people who left with them.

use super::{Finding, FindingRule, Subject, count, grouped};
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::ids::{RecordId, Seq, UnitId, VolunteerId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn reason_of_identity() -> String {
    "A volunteer's name, document or birth date was changed after hours had been credited: they are now \
     somebody else's, or somebody's with another name. Possible honest cause: a new passport, a changed name, or a \
     mistake at registration."
        .to_owned()
}

/// A record that was credited before its volunteer's name, document or birth date changed within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InheritedService {
    /// The entry that changed the identity.
    pub changed_entry: Seq,
    /// The volunteer's unit at that time.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub asked_by: Actor,
    pub record: RecordId,
    pub credited_minutes: Minutes,
}

/// Who gained hours by a change of identity.
pub(super) fn find_changed(inherited: &[InheritedService]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((changed_entry, unit, volunteer, asked_by), own) in
        grouped(inherited, |one| (one.changed_entry, one.unit, one.volunteer, one.asked_by))
    {
        findings.push(Finding {
            rule: FindingRule::IdentityChanged,
            unit,
            subject: Subject { actor: Some(asked_by), volunteer: Some(volunteer), ..Subject::default() },
            figures: BTreeMap::from([
                ("changed_entry", changed_entry.0),
                ("credited_minutes", own.iter().map(|one| one.credited_minutes.0).sum()),
                ("credited_records", count(own.len())),
            ]),
            records: own.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

/// A record that was credited in the weeks before its volunteer's registration was closed within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftService {
    /// The entry that closed the registration.
    pub closed_entry: Seq,
    /// The volunteer's unit at that time.
    pub unit: UnitId,
    pub volunteer: VolunteerId,
    pub closed_by: Actor,
    pub record: RecordId,
    pub credited_minutes: Minutes,
}

/// How long before a closing hours are looked at: longer than a notice takes.
pub const DAYS_BEFORE_CLOSING: i64 = 28;
/// A day's worth: nobody serves a day and leaves for good often.
const FEWEST_MINUTES: i64 = 480;

pub(super) fn reason_of_closing() -> String {
    format!(
        "At least {FEWEST_MINUTES} minutes were credited to a volunteer in the {DAYS_BEFORE_CLOSING} days before the \
         registration was closed: nobody can be asked any more whose they were. Possible honest cause: somebody \
         served and moved away."
    )
}

/// Who left with many hours that had just been credited.
pub(super) fn find_closed(left: &[LeftService]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ((closed_entry, unit, volunteer, closed_by), own) in
        grouped(left, |one| (one.closed_entry, one.unit, one.volunteer, one.closed_by))
    {
        let credited_minutes: i64 = own.iter().map(|one| one.credited_minutes.0).sum();
        if credited_minutes < FEWEST_MINUTES {
            continue;
        }
        findings.push(Finding {
            rule: FindingRule::ClosedWithHours,
            unit,
            subject: Subject { actor: Some(closed_by), volunteer: Some(volunteer), ..Subject::default() },
            figures: BTreeMap::from([
                ("closed_entry", closed_entry.0),
                ("credited_minutes", credited_minutes),
                ("credited_records", count(own.len())),
            ]),
            records: own.iter().map(|one| one.record).collect(),
            entries: BTreeSet::new(),
        });
    }
    findings
}

pub(super) fn reason_of_likeness() -> String {
    "Two volunteers have the same name, birth date and mobile number: one person under two documents would serve twice \
     at once. Possible honest cause: a family with one telephone, and twins of one name are rare."
        .to_owned()
}

/// Two volunteers of the same name, birth date and mobile, neither of whom has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlikeVolunteers {
    /// Who was registered first.
    pub earlier: VolunteerId,
    pub later: VolunteerId,
    /// The later one's.
    pub unit: UnitId,
}

/// Who may be one person.
pub(super) fn find_alike(alike: &[AlikeVolunteers]) -> Vec<Finding> {
    let finding = |pair: &AlikeVolunteers| Finding {
        rule: FindingRule::PossibleDuplicate,
        unit: pair.unit,
        subject: Subject {
            volunteer: Some(pair.later),
            other_volunteer: Some(pair.earlier),
            ..Subject::default()
        },
        figures: BTreeMap::new(),
        records: BTreeSet::new(),
        entries: BTreeSet::from([pair.earlier.seq(), pair.later.seq()]),
    };
    alike.iter().map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_gives_the_hours_of_before() {
        let service = |entry: i64, record: i64| InheritedService {
            changed_entry: Seq(entry),
            unit: UnitId::new(Seq(1)),
            volunteer: VolunteerId::new(Seq(5)),
            asked_by: Actor::System,
            record: RecordId::new(Seq(record)),
            credited_minutes: Minutes(60),
        };
        let findings = find_changed(&[service(30, 10), service(30, 20), service(40, 10)]);
        assert_eq!(findings.len(), 2);
        assert_eq!((findings[0].figures["credited_minutes"], findings[0].records.len()), (120, 2));
        assert_eq!(find_changed(&[]), vec![]);
    }

    #[test]
    fn a_day_of_hours_before_leaving_is_much() {
        let service = |minutes| LeftService {
            closed_entry: Seq(30),
            unit: UnitId::new(Seq(1)),
            volunteer: VolunteerId::new(Seq(5)),
            closed_by: Actor::System,
            record: RecordId::new(Seq(minutes)),
            credited_minutes: Minutes(minutes),
        };
        assert_eq!(find_closed(&[service(240), service(239)]), vec![]);
        assert_eq!(find_closed(&[service(240), service(241)])[0].figures["credited_minutes"], 481);
    }
}
