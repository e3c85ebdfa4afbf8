//! How often each kind of command was accepted and refused, and why.

use crate::support::pure::PureLedger;
use hourbook::domain::account::Posting;
use hourbook::domain::redemption::Release;
use hourbook::domain::time::LocalZone;
use hourbook::domain::{Command, Event, Rejection, UnsealedEntry};
use hourbook::domain::{certificate, record, redemption, transfer, volunteer};
use hourbook::engine::Receipt;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Duration;

/// What has happened in all worlds.
#[derive(Default)]
pub struct Tally {
    pub entries: usize,
    /// Of all writers of both databases.
    pub batches: u64,
    kinds: BTreeMap<&'static str, Count>,
    codes: BTreeMap<&'static str, usize>,
    /// Entries by their kind, and by what is rare about them.
    entry_kinds: BTreeMap<&'static str, usize>,
    rarities: BTreeMap<&'static str, usize>,
    /// Requests that were answered from a former answer, and such whose key had been used.
    pub replays: usize,
    pub keys_reused: usize,
}

#[derive(Default)]
struct Count {
    accepted: usize,
    refused: usize,
}

/// What seldom happens by chance, and must have happened nevertheless.
const RARITIES: [(&str, fn(&UnsealedEntry) -> bool); 12] = [
    ("service across midnight", |unsealed| match &unsealed.event {
        Event::Record(record::Event::RecordSubmitted { service, service_date, .. }) => {
            LocalZone::shanghai().end_of(*service_date) < service.end
        }
        _ => false,
    }),
    (
        "minutes deducted",
        |unsealed| matches!(&unsealed.event, Event::Record(record::Event::RecordCredited { crediting, .. }) if !crediting.deductions.is_empty()),
    ),
    ("debt paid by what was earned", |unsealed| match &unsealed.event {
        Event::Record(record::Event::RecordSubmitted { crediting: Some(crediting), .. })
        | Event::Record(record::Event::RecordCredited { crediting, .. }) => {
            crediting.award.as_ref().is_some_and(|award| !award.settled.is_empty())
        }
        _ => false,
    }),
    (
        "debt left by voiding",
        |unsealed| matches!(&unsealed.event, Event::Record(record::Event::RecordVoided { owed, .. }) if owed.is_positive()),
    ),
    (
        "voided hours taken from several lots",
        |unsealed| matches!(&unsealed.event, Event::Record(record::Event::RecordVoided { taken, .. }) if taken.len() > 1),
    ),
    (
        "gift paid from several lots",
        |unsealed| matches!(&unsealed.event, Event::Redemption(redemption::Event::RedemptionPlaced { draws, .. }) if draws.len() > 1),
    ),
    ("points lapsed while they were held", |unsealed| {
        release(unsealed).is_some_and(|one| !one.lapsed.is_empty())
    }),
    ("debt paid by what was released", |unsealed| {
        release(unsealed).is_some_and(|one| !one.settled.is_empty())
    }),
    (
        "points lapsed with a registration",
        |unsealed| matches!(&unsealed.event, Event::Volunteer(volunteer::Event::VolunteerClosed { lapsed, .. }) if !lapsed.is_empty()),
    ),
    ("certificate in place of another", |unsealed| {
        matches!(
            &unsealed.event,
            Event::Certificate(certificate::Event::CertificateIssued { replaces: Some(_), .. })
        )
    }),
    ("certificate for some days", |unsealed| {
        matches!(
            &unsealed.event,
            Event::Certificate(certificate::Event::CertificateIssued { period: Some(_), .. })
        )
    }),
    ("debt moved to another unit", |unsealed| {
        let of_debt = |posting: &Posting| posting.account.kind() == "debt";
        matches!(unsealed.event, Event::Transfer(transfer::Event::TransferAccepted { .. }))
            && unsealed.postings.iter().any(of_debt)
    }),
];

fn release(unsealed: &UnsealedEntry) -> Option<&Release> {
    match &unsealed.event {
        Event::Redemption(redemption::Event::RedemptionCancelled { release, .. })
        | Event::Redemption(redemption::Event::RedemptionExpired { release, .. }) => Some(release),
        _ => None,
    }
}

impl Tally {
    pub fn count(&mut self, command: &Command, judged: &Result<Receipt, Rejection>) {
        let count = self.kinds.entry(command.name()).or_default();
        match judged {
            Ok(_) => count.accepted += 1,
            Err(rejection) => {
                count.refused += 1;
                *self.codes.entry(rejection.code()).or_default() += 1;
            }
        }
    }

    /// Counts the entries of a whole journal.
    pub fn count_journal(&mut self, ledger: &PureLedger) {
        for kept in &ledger.journal {
            let unsealed = &kept.entry.unsealed;
            *self.entry_kinds.entry(unsealed.event.kind()).or_default() += 1;
            for (name, is_so) in RARITIES {
                *self.rarities.entry(name).or_default() += usize::from(is_so(unsealed));
            }
        }
        self.entries += ledger.journal.len();
    }

    /// Writes the figures where the test harness does not catch them.
    pub fn print(&self, took: Duration) {
        let mut text = String::from("\nThe model-based test\n\n");
        writeln!(text, "{:<22} {:>9} {:>9}", "command", "accepted", "refused").unwrap();
        for kind in Command::NAMES {
            let Count { accepted, refused } = self.kinds.get(kind).unwrap_or(&Count::NONE);
            writeln!(text, "{kind:<22} {accepted:>9} {refused:>9}").unwrap();
        }
        let (accepted, refused) = self.totals();
        writeln!(text, "{:<22} {accepted:>9} {refused:>9}\n", "total").unwrap();
        for (code, count) in &self.codes {
            writeln!(text, "{code:<30} {count:>9}").unwrap();
        }
        writeln!(text, "never seen: {}\n", self.codes_never_seen().join(", ")).unwrap();
        for (what, count) in self.entry_kinds.iter().chain(&self.rarities) {
            writeln!(text, "{what:<42} {count:>9}").unwrap();
        }
        writeln!(text, "\n{} answers replayed, {} keys used again", self.replays, self.keys_reused).unwrap();
        writeln!(
            text,
            "{} entries in the pure core and on each database, {} batches on the two, {:.1} s",
            self.entries,
            self.batches,
            took.as_secs_f64()
        )
        .unwrap();
        std::io::stderr().write_all(text.as_bytes()).unwrap();
    }

    /// No kind of command stayed at 0, neither accepted nor refused; as many as there should be.
    pub fn assert_everything_happened(&self) {
        for kind in Command::NAMES {
            let Count { accepted, refused } = self.kinds.get(kind).unwrap_or(&Count::NONE);
            let is_rare = [TAKES_TEN_YEARS, AFTER_A_CLOSING].contains(kind);
            assert!(*accepted > 0 || is_rare, "{kind} was never accepted");
            assert!(*refused > 0, "{kind} was never refused");
        }
        let made = |kind: &&str| self.entry_kinds.contains_key(kind) || NEVER_MADE.contains(kind);
        let never: Vec<_> = Event::kinds().filter(|kind| !made(kind)).collect();
        assert_eq!(never, Vec::<&str>::new(), "kinds of entry that were never made");
        assert!(self.rarities.values().all(|count| *count > 0), "{:?}", self.rarities);
        assert!(self.replays > 0 && self.keys_reused > 0);
        let (accepted, refused) = self.totals();
        assert!(accepted + refused >= 50_000, "{accepted} + {refused} commands");
    }

    fn totals(&self) -> (usize, usize) {
        let counts = self.kinds.values();
        counts.fold((0, 0), |(accepted, refused), count| (accepted + count.accepted, refused + count.refused))
    }

    fn codes_never_seen(&self) -> Vec<&'static str> {
        Rejection::codes().map(|refusal| refusal.code).filter(|code| !self.codes.contains_key(code)).collect()
    }
}

/// Stories are of weeks.
const TAKES_TEN_YEARS: &str = "ForgetVolunteer";
/// Somebody has to leave for good whose place somebody else waits for: too seldom. `enrolments::who_leaves_for_good_…` shows it.
const AFTER_A_CLOSING: &str = "FillPosition";
/// Kinds of entry that old ledgers hold and no command makes any more, that take ten years, or that are too seldom.
const NEVER_MADE: [&str; 3] = ["volunteer_updated", "volunteer_forgotten", "position_filled"];

impl Count {
    const NONE: Self = Self { accepted: 0, refused: 0 };
}
