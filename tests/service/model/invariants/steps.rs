//! The statutory steps, followed along the journal: nothing is credited while its notice runs or an
//! objection is open, and no objection is resolved by who entered the record, objected, or served.

use crate::support::pure::PureLedger;
use hourbook::domain::UnsealedEntry;
use hourbook::domain::actor::Actor;
use hourbook::domain::event::Event;
use hourbook::domain::ids::{ObjectionId, RecordId, Seq};
use hourbook::domain::time::Timestamp;
use hourbook::domain::{objection, record};
use std::collections::{BTreeMap, BTreeSet};

/// What the journal has said so far of notices and objections.
#[derive(Default)]
pub struct Steps {
    notice_ends_at: BTreeMap<RecordId, Timestamp>,
    /// To which record, and by whom.
    open: BTreeMap<ObjectionId, (RecordId, Actor)>,
    /// Who has objected to what: each once.
    objectors: BTreeSet<(RecordId, Actor)>,
}

impl Steps {
    /// Demands that the entry takes no step before its time.
    pub fn follow(&mut self, ledger: &PureLedger, unsealed: &UnsealedEntry) {
        match &unsealed.event {
            Event::Record(record::Event::RecordSubmitted {
                notice_ends_at, crediting, objections, ..
            }) => {
                let record = RecordId::new(unsealed.seq);
                if let Some(ends_at) = notice_ends_at {
                    assert!(crediting.is_none() && *ends_at > unsealed.recorded_at, "{unsealed:?}");
                    self.notice_ends_at.insert(record, *ends_at);
                }
                // What was said of the same service before stands against this one, and is open again.
                for objection in objections {
                    let raised_by = ledger.world.objection(*objection).unwrap().raised_by;
                    self.open.insert(*objection, (record, raised_by));
                }
            }
            Event::Record(record::Event::RecordCredited { record, .. }) => {
                let ends_at = self.notice_ends_at.get(record);
                assert!(ends_at.is_none_or(|ends_at| unsealed.recorded_at >= *ends_at), "{unsealed:?}");
                assert!(self.open.values().all(|(held, _)| held != record), "{unsealed:?}");
            }
            Event::Objection(objection::Event::ObjectionRaised { record, .. }) => {
                assert!(unsealed.recorded_at < self.notice_ends_at[record], "{unsealed:?}");
                assert!(self.objectors.insert((*record, unsealed.actor)), "{unsealed:?}");
                self.open.insert(ObjectionId::new(unsealed.seq), (*record, unsealed.actor));
            }
            Event::Objection(objection::Event::ObjectionUpheld { objection, .. })
            | Event::Objection(objection::Event::ObjectionDismissed { objection, .. }) => {
                let (record, objector) = self.open.remove(objection).unwrap();
                let recorder = recorder(ledger, record.seq());
                assert!(unsealed.actor != objector && unsealed.actor != recorder, "{unsealed:?}");
            }
            _ => {}
        }
    }
}

fn recorder(ledger: &PureLedger, entry: Seq) -> Actor {
    ledger.journal[usize::try_from(entry.0).unwrap() - 1].entry.unsealed.actor
}
