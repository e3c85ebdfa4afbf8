//! A clock that tests set.

use super::Clock;
use crate::domain::time::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Seconds since some instant: 0 until the test says otherwise.
#[derive(Debug, Default)]
pub struct Seconds(AtomicI64);

impl Seconds {
    pub fn set(&self, seconds: i64) {
        self.0.store(seconds, Ordering::Relaxed);
    }

    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for Seconds {
    fn now(&self) -> Timestamp {
        let second = self.0.load(Ordering::Relaxed);
        Timestamp::from_micros(1_800_000_000_000_000 + second * 1_000_000).unwrap()
    }
}
