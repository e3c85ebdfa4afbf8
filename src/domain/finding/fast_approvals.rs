//! Approvals that follow each other faster than anybody reads.
//!
//! The approver is responsible for what was read. What was submitted and credited in one step was never
//! put before anybody, and is left out here (see `quick_crediting`); so is a check-in that the
//! service saw, which is evidence of its own. A script that approves what was checked in another system
//! cannot be told apart: it is found, and dismissed with that reason.

use super::{ExaminedService, Finding, FindingRule, Subject, count, grouped};
use std::collections::{BTreeMap, BTreeSet};

/// Less than this from one approval to the next: a record with its reason takes longer to read.
const GAP_MICROS: i64 = 3_000_000;
/// Approvals in such a row: a handful can be read beforehand and then clicked through.
const FEWEST_IN_A_ROW: usize = 20;

pub(super) fn reason() -> String {
    format!(
        "At least {FEWEST_IN_A_ROW} records without a check-in were approved in a row by one person, each less \
         than {} seconds after the one before: faster than anybody can read. Possible honest cause: a script \
         credits what was checked elsewhere.",
        GAP_MICROS / 1_000_000
    )
}

pub(super) fn find(credited: &[ExaminedService]) -> Vec<Finding> {
    let approved = credited.iter().filter(|one| one.is_by_hand() && !one.is_in_one_step());
    let mut findings = Vec::new();
    for ((unit, actor), mut own) in grouped(approved, |one| (one.unit, one.credited_by)) {
        own.sort_by_key(|one| one.credited_entry);
        let follows = |a: &&ExaminedService, b: &&ExaminedService| {
            b.credited_at.as_micros() - a.credited_at.as_micros() < GAP_MICROS
        };
        for row in own.chunk_by(follows).filter(|row| row.len() >= FEWEST_IN_A_ROW) {
            findings.push(Finding {
                rule: FindingRule::FastApprovals,
                unit,
                subject: Subject { actor: Some(actor), ..Subject::default() },
                figures: BTreeMap::from([
                    ("approvals_in_a_row", count(row.len())),
                    ("row_milliseconds", duration_milliseconds(row)),
                ]),
                records: row.iter().map(|one| one.record).collect(),
                entries: BTreeSet::new(),
            });
        }
    }
    findings
}

/// From the first approval to the last.
fn duration_milliseconds(row: &[&ExaminedService]) -> i64 {
    let at = |one: Option<&&ExaminedService>| one.map_or(0, |one| one.credited_at.as_micros());
    (at(row.last()) - at(row.first())) / 1_000
}

#[cfg(test)]
mod tests {
    use super::super::tests::service;
    use super::*;
    use crate::domain::actor::Actor;
    use crate::domain::evidence::Evidence;
    use crate::domain::time::Timestamp;

    fn approved(number: i64, gap_micros: i64) -> Vec<ExaminedService> {
        let at =
            |number: i64| Timestamp::from_micros(service(0).credited_at.as_micros() + number * gap_micros);
        (0..number)
            .map(|number| ExaminedService { credited_at: at(number).unwrap(), ..service(number) })
            .collect()
    }

    #[test]
    fn a_row_of_fast_approvals_is_found() {
        let findings = find(&approved(20, 2_999_999));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].figures["approvals_in_a_row"], 20);
        assert_eq!(findings[0].figures["row_milliseconds"], 56_999);
        assert_eq!(find(&approved(19, 1)), vec![], "a handful");
        assert_eq!(find(&approved(40, 3_000_000)), vec![], "time to read");
    }

    #[test]
    fn a_pause_ends_a_row() {
        let mut paused = approved(40, 1_000_000);
        for one in &mut paused[15..] {
            one.credited_at = Timestamp::from_micros(one.credited_at.as_micros() + 10_000_000).unwrap();
        }
        let findings = find(&paused);
        assert_eq!(findings.iter().map(|finding| finding.records.len()).collect::<Vec<_>>(), [25]);
    }

    #[test]
    fn what_was_never_put_before_anybody_is_no_approval() {
        let scripted: Vec<_> = approved(40, 1)
            .into_iter()
            .map(|one| ExaminedService { credited_entry: one.record.seq(), ..one })
            .collect();
        assert_eq!(find(&scripted), vec![]);
        let scanned: Vec<_> = approved(40, 1)
            .into_iter()
            .map(|one| ExaminedService { evidence: Evidence::Scan, submitted_by: Actor::System, ..one })
            .collect();
        assert_eq!(find(&scanned), vec![]);
    }
}
