//! Expiry by itself: what time has brought to its end is put to the ledger like any other change.
//!
//! Rules look at the clock too, so that nothing overdue is used before the sweeper comes. Several
//! replicas may sweep at once: the second is told that nothing is due.

use super::request::{Refusal, Request, Work};
use super::writer::{Clock, Ledger};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::redemption::{ExpirePoints, ExpireRedemption};
use crate::domain::transfer::{Step, StepTransfer};
use crate::store::read::due;
use crate::store::{Pool, StoreError};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Most of each kind that one sweep takes on.
const SWEEP_LIMIT: u32 = 500;

/// Sweeps at an interval until it is stopped.
#[derive(Debug)]
pub struct Sweeper {
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Sweeper {
    /// Starts sweeping, at once and then every `interval`.
    pub fn start(
        readers: Pool,
        ledger: Ledger,
        clock: Arc<dyn Clock>,
        interval: Duration,
    ) -> Result<Self, StoreError> {
        let (stop, stopped) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("sweeper".to_owned())
            .spawn(move || {
                loop {
                    if let Err(error) = sweep(&readers, &ledger, clock.as_ref()) {
                        tracing::warn!(%error, "a sweep could not read what is due");
                    }
                    match stopped.recv_timeout(interval) {
                        Err(RecvTimeoutError::Timeout) => {}
                        Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            })
            .map_err(|error| StoreError::Unusable(error.to_string()))?;
        Ok(Self { stop, thread })
    }

    /// Ends after the sweep at hand.
    pub fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!("the sweeper ended in a panic");
        }
    }
}

/// Expires what is due; how many changes that made.
pub fn sweep(readers: &Pool, ledger: &Ledger, clock: &dyn Clock) -> Result<usize, StoreError> {
    let now = clock.now();
    let commands = readers.read(|db| {
        let redemptions = due::redemptions(db, now, SWEEP_LIMIT)?.into_iter();
        let transfers = due::transfers(db, now, SWEEP_LIMIT)?.into_iter();
        let volunteers = due::volunteers_with_lapsed_lots(db, now, SWEEP_LIMIT)?.into_iter();
        let redemptions =
            redemptions.map(|redemption| Command::ExpireRedemption(ExpireRedemption { redemption }));
        let transfers =
            transfers.map(|transfer| Command::StepTransfer(StepTransfer { transfer, step: Step::Expire }));
        let points = volunteers.map(|volunteer| Command::ExpirePoints(ExpirePoints { volunteer }));
        Ok(redemptions.chain(transfers).chain(points).collect::<Vec<_>>())
    })?;
    let mut changed = 0;
    for command in commands {
        let work = Work::Single(Box::new(command));
        match ledger.submit_blocking(Request { actor: Actor::System, key: None, work }) {
            Ok(_) => changed += 1,
            // Another replica was first, or a person was.
            Err(Refusal::Rejected(_)) => {}
            Err(refusal) => {
                tracing::warn!(%refusal, "a sweep was cut short");
                break;
            }
        }
    }
    Ok(changed)
}
