//! A thread that does one thing at an interval until it is stopped.

use crate::store::StoreError;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// Does its work at once and then every interval, until it is stopped.
#[derive(Debug)]
pub struct PeriodicTask {
    name: &'static str,
    stop: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl PeriodicTask {
    /// Starts the thread; `name` is what it is called in the log.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unusable`] where the machine gives no thread.
    pub(super) fn start(
        name: &'static str,
        every: Duration,
        mut work: impl FnMut() + Send + 'static,
    ) -> Result<Self, StoreError> {
        let (stop, stopped) = mpsc::channel();
        let repeat = move || {
            loop {
                work();
                match stopped.recv_timeout(every) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        };
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(repeat);
        let thread = thread.map_err(|error| StoreError::Unusable(error.to_string()))?;
        Ok(Self { name, stop, thread })
    }

    /// Ends after the current round of work.
    pub fn stop(self) {
        drop(self.stop);
        if self.thread.join().is_err() {
            tracing::error!(thread = self.name, "a thread ended in a panic");
        }
    }
}
