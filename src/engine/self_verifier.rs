//! The running service recomputes what it serves: pass after pass over the whole journal, a small piece at a time.
//!
//! What differs makes the service not ready and is a finding for auditors; nothing is mended by itself. Replicas may
//! verify at the same time: each reads, and keeps what it found to itself. Those that share a data folder take turns.

use super::health::{Health, Part};
use super::periodic_task::PeriodicTask;
use crate::domain::ids::Seq;
use crate::domain::rules::Rules;
use crate::journal::LogVerifier;
use crate::store::vault::Vault;
use crate::store::verify::{Evidence, PieceSize, Report, Shadow, verify_in_pieces};
use crate::store::{Pool, StoreError};
use std::collections::BTreeSet;
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Verifies the ledger that it serves.
#[derive(Debug)]
pub struct SelfVerifier {
    /// A connection of its own, for reading.
    pub database: Pool,
    pub rules: Rules,
    pub vault: Arc<Vault>,
    /// The public keys that must have signed each checkpoint.
    pub log_keys: Vec<LogVerifier>,
    pub health: Arc<Health>,
    /// Where the shadow grows, to about the size of the ledger.
    pub folder: PathBuf,
    pub size: PieceSize,
}

/// The shadow's file, and the lock that is held by who fills it.
const SHADOW: &str = "self-verification.db";
const SHADOW_LOCK: &str = "self-verification.lock";

impl SelfVerifier {
    /// One pass; `pause` is called between pieces, and may end it early. Whether it came to its end.
    pub fn pass(&self, mut pause: impl FnMut() -> ControlFlow<()>) -> bool {
        // Held until the end.
        let Some(_lock) = self.lock() else { return false };
        let verified = Shadow::at(&self.folder.join(SHADOW)).and_then(|shadow| {
            let evidence = Evidence { keys: &self.log_keys, vault: Some(&self.vault), kept: &[] };
            verify_in_pieces(&self.database, &self.rules, evidence, shadow, self.size, |report, up_to| {
                self.tell(report, up_to);
                pause()
            })
        });
        match verified {
            Ok(Some((report, up_to))) => {
                self.tell(&report, up_to);
                if report.differences == 0 {
                    self.health.is_well(Part::Verifier);
                }
                self.health.tell(|told| {
                    told.passes += 1;
                    told.differences = report.differences;
                    told.rows = report.concerned;
                });
                true
            }
            Ok(None) => false,
            Err(error) => {
                tracing::error!(%error, "the service could not verify itself");
                self.health.note_error(&error);
                // Others come back by themselves.
                if let StoreError::Corrupt(_) = error {
                    self.health
                        .is_unwell(Part::Verifier, "something in the ledger cannot be read".to_owned());
                    self.health.tell(|told| told.differences = told.differences.max(1));
                }
                false
            }
        }
    }

    fn lock(&self) -> Option<File> {
        let path = self.folder.join(SHADOW_LOCK);
        match File::create(&path) {
            Ok(file) => file.try_lock().is_ok().then_some(file),
            Err(error) => {
                tracing::error!(%error, path = %path.display(), "the service cannot verify itself");
                None
            }
        }
    }

    /// What was found is told at once: a pass may take a day.
    fn tell(&self, report: &Report, up_to: Seq) {
        self.health.tell(|told| {
            told.up_to = up_to;
            if report.differences > 0 {
                told.differences = report.differences;
                told.rows.clone_from(&report.concerned);
            }
        });
        if report.differences > 0 {
            let complaint = complaint(report);
            if self.health.is_unwell(Part::Verifier, complaint.clone()) {
                tracing::error!(complaint, "the service found that it differs from its journal");
            }
        }
    }
}

/// In words that tell of no person: everybody may ask whether the service is ready.
fn complaint(report: &Report) -> String {
    let tables: BTreeSet<&str> = report.concerned.iter().map(|row| row.table).collect();
    let tables = tables.into_iter().collect::<Vec<_>>().join(", ");
    format!("{} differences from what the journal says ({tables}): run hourbook verify", report.differences)
}

/// Passes have so many pauses between them.
const PAUSES_BETWEEN_PASSES: u32 = 60;

/// Verifies pass after pass, with a pause between two pieces and a longer one before each pass.
///
/// # Errors
///
/// Where the machine gives no thread.
pub fn start_verifying(verifier: SelfVerifier, pause: Duration) -> Result<PeriodicTask, StoreError> {
    let health = verifier.health.clone();
    PeriodicTask::start_with_pauses((Part::Verifier, health), move |pauses| {
        while pauses.wait(pause * PAUSES_BETWEEN_PASSES).is_continue() {
            verifier.pass(|| pauses.wait(pause));
        }
    })
}
