//! How long sessions last, as the service is told.

/// How long log-ins last.
#[derive(Clone, Copy, Debug)]
pub struct SessionTerms {
    /// From the log-in on, however often it is refreshed.
    pub days: u16,
}

impl Default for SessionTerms {
    fn default() -> Self {
        Self { days: 30 }
    }
}
