//! How much readers see of who a volunteer is: less, the less they answer for the person.
//!
//! The whole numbers are shown to the volunteer alone, and to others once they have said what for.

use crate::api::wire::Day;
use crate::domain::actor::Role;
use crate::domain::identity::{hide, mask, mask_mobile};
use chrono::{Datelike, NaiveDate};

/// How much a reader sees of numbers and birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::api) enum Sight {
    /// The birth date, and an end of each number, by which two documents are told apart.
    Ends,
    /// The year of birth, and nothing of the numbers: who audits needs no more.
    Years,
}

impl Sight {
    /// What those of a role see of others.
    pub(in crate::api) const fn of(role: Role) -> Self {
        match role {
            Role::Auditor => Self::Years,
            Role::Volunteer | Role::Coordinator | Role::Admin => Self::Ends,
        }
    }

    /// A document's number, whole or masked before.
    pub(in crate::api) fn document_number(self, number: &str) -> String {
        match self {
            Self::Ends => mask(number),
            Self::Years => hide(number),
        }
    }

    /// A mobile number, whole or masked before.
    pub(super) fn mobile(self, number: &str) -> String {
        match self {
            Self::Ends => mask_mobile(number),
            Self::Years => hide(number),
        }
    }

    /// The birth date, or the year alone.
    pub(super) fn birth(self, date: NaiveDate) -> (Option<Day>, Option<i32>) {
        match self {
            Self::Ends => (Some(Day(date)), None),
            Self::Years => (None, Some(date.year())),
        }
    }
}
