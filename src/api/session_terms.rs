//! How long sessions last, as the service is told.

use crate::domain::actor::Role;

/// How long log-ins last, from the log-in on, however often they are refreshed.
#[derive(Clone, Copy, Debug)]
pub struct SessionTerms {
    /// Operators'.
    pub operator_days: u16,
    /// Volunteers'.
    pub volunteer_days: u16,
}

impl SessionTerms {
    /// The days of somebody of this role.
    #[must_use]
    pub const fn days_of(self, role: Role) -> u16 {
        match role {
            Role::Volunteer => self.volunteer_days,
            Role::Coordinator | Role::Auditor | Role::Admin => self.operator_days,
        }
    }
}

impl Default for SessionTerms {
    fn default() -> Self {
        Self { operator_days: 30, volunteer_days: 90 }
    }
}
