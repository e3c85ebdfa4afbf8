//! A thread that does one thing at an interval until it is stopped.

use super::health::{Health, Part};
use crate::store::StoreError;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Where a task waits, and hears that it is to end.
#[derive(Debug)]
pub(super) struct Pause(mpsc::Receiver<()>);

impl Pause {
    /// Waits so long; breaks off where the task is stopped.
    pub(super) fn wait(&self, time: Duration) -> ControlFlow<()> {
        match self.0.recv_timeout(time) {
            Err(RecvTimeoutError::Timeout) => ControlFlow::Continue(()),
            Ok(()) | Err(RecvTimeoutError::Disconnected) => ControlFlow::Break(()),
        }
    }
}

/// Does its work at once and then every interval, until it is stopped.
#[derive(Debug)]
pub struct PeriodicTask {
    part: Part,
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl PeriodicTask {
    /// Starts the thread of a part. One that ends in a panic leaves the part unwell.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the machine gives no thread.
    pub(super) fn start(
        (part, health): (Part, Arc<Health>),
        every: Duration,
        mut work: impl FnMut() + Send + 'static,
    ) -> Result<Self, StoreError> {
        Self::start_with_pauses((part, health), move |pause| {
            loop {
                work();
                if pause.wait(every).is_break() {
                    return;
                }
            }
        })
    }

    /// Starts a thread that pauses where it likes, and ends when a pause says so.
    ///
    /// # Errors
    ///
    /// As [`PeriodicTask::start`].
    pub(super) fn start_with_pauses(
        (part, health): (Part, Arc<Health>),
        work: impl FnOnce(&Pause) + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (stop, stopped) = mpsc::channel();
        let name: &str = part.into();
        let watched = move || {
            if catch_unwind(AssertUnwindSafe(|| work(&Pause(stopped)))).is_err() {
                tracing::error!(thread = name, "a thread ended in a panic");
                health.is_unwell(part, format!("the {name} ended in a panic: start the service again"));
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(watched);
        let thread = thread.map_err(|error| StoreError::Unusable(error.to_string()))?;
        Ok(Self { part, stop, thread })
    }

    /// Ends after the current round of work.
    pub fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!(part = ?self.part, "a thread ended in a panic");
        }
    }
}
