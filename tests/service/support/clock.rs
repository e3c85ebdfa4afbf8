//! A clock that stands until it is set; and waiting, for what no clock of a test brings about.

use chrono::Duration;
use hourbook::domain::time::Timestamp;
use hourbook::engine::Clock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Instant;

/// What has not come about by then has failed, however busy the machine is.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

/// What time it is, in microseconds since 1970 UTC, as the test says.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Stands at an RFC 3339 instant.
    pub fn at(instant: &str) -> Self {
        Self(AtomicI64::new(timestamp(instant).as_micros()))
    }

    /// Stands at another RFC 3339 instant from now on.
    pub fn set(&self, instant: &str) {
        self.0.store(timestamp(instant).as_micros(), Ordering::SeqCst);
    }

    /// Panics from now on whenever somebody looks at it.
    pub fn break_down(&self) {
        self.0.store(i64::MAX, Ordering::SeqCst);
    }

    /// Moves on; back, where negative.
    pub fn advance(&self, by: Duration) {
        self.0.fetch_add(by.num_microseconds().unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Waits until something holds that others bring about; `otherwise` says what is wrong if it never does.
#[track_caller]
pub fn within_a_while(otherwise: &str, mut holds: impl FnMut() -> bool) {
    let given_up = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < given_up, "{otherwise}");
        thread::sleep(std::time::Duration::from_millis(10));
    }
}

/// The instant of an RFC 3339 text.
pub fn timestamp(instant: &str) -> Timestamp {
    serde_json::from_value(instant.into()).unwrap()
}
