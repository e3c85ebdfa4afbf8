//! The chart of accounts and the posting: double entry in two assets.
//!
//! Every entry's postings sum to zero in each asset. In points each unit's own books sum to
//! zero too: what crosses from one unit's books to another's passes through `transferred` of both.

use super::choice::choice;
use super::evidence::Evidence;
use super::ids::{ActivityId, UnitId, VolunteerId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

choice! {
    /// What an amount is counted in.
    pub enum Asset {
        /// Whole minutes.
        Minutes,
        /// Points, as exact decimals.
        Points,
    }
}

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "account", rename_all = "snake_case", deny_unknown_fields)]
pub enum Account {
    /// Minutes: where the service was given. Falls (is credited) as service is credited, so that
    /// its negative is the activity's total for an evidence and a day.
    Served {
        activity: ActivityId,
        #[serde(rename = "grade")]
        evidence: Evidence,
        date: NaiveDate,
    },
    /// Minutes: what a volunteer has been credited with, by evidence.
    Credited {
        volunteer: VolunteerId,
        #[serde(rename = "grade")]
        evidence: Evidence,
    },
    /// Points: the source of all points of a unit's books.
    Issued { unit: UnitId },
    /// Points: free to spend.
    Available { unit: UnitId, volunteer: VolunteerId },
    /// Points: set aside for an open redemption, in the books of the unit that holds the gift.
    Held { unit: UnitId, volunteer: VolunteerId },
    /// Points: spent on gifts that were handed over.
    Redeemed { unit: UnitId },
    /// Points: lapsed by their validity or with the closing of a registration.
    Expired { unit: UnitId },
    /// Points: what a volunteer spent of hours that were voided afterwards (negative).
    Debt { unit: UnitId, volunteer: VolunteerId },
    /// Points: the way between two units' books.
    Transferred { unit: UnitId },
}

impl Account {
    /// The asset that the account holds.
    #[must_use]
    pub const fn asset(self) -> Asset {
        match self {
            Self::Served { .. } | Self::Credited { .. } => Asset::Minutes,
            _ => Asset::Points,
        }
    }

    /// The account's name on the wire and in the store.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Served { .. } => "served",
            Self::Credited { .. } => "credited",
            Self::Issued { .. } => "issued",
            Self::Available { .. } => "available",
            Self::Held { .. } => "held",
            Self::Redeemed { .. } => "redeemed",
            Self::Expired { .. } => "expired",
            Self::Debt { .. } => "debt",
            Self::Transferred { .. } => "transferred",
        }
    }

    /// The unit whose books hold the account; none for minutes.
    #[must_use]
    pub const fn unit(self) -> Option<UnitId> {
        match self {
            Self::Served { .. } | Self::Credited { .. } => None,
            Self::Issued { unit }
            | Self::Available { unit, .. }
            | Self::Held { unit, .. }
            | Self::Redeemed { unit }
            | Self::Expired { unit }
            | Self::Debt { unit, .. }
            | Self::Transferred { unit } => Some(unit),
        }
    }

    /// The volunteer to whom the account belongs, if it is a person's.
    #[must_use]
    pub const fn volunteer(self) -> Option<VolunteerId> {
        match self {
            Self::Credited { volunteer, .. }
            | Self::Available { volunteer, .. }
            | Self::Held { volunteer, .. }
            | Self::Debt { volunteer, .. } => Some(volunteer),
            _ => None,
        }
    }
}

/// One line of an entry: `amount` more (or, negative, less) on `account`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Where.
    #[serde(flatten)]
    pub account: Account,
    /// How much: whole minutes or hundredths of points, by the account's asset; never 0.
    pub amount: i64,
}

/// The postings of one entry while it is being decided: one line an account, in order.
#[derive(Clone, Debug, Default)]
pub struct Postings(BTreeMap<Account, i64>);

impl Postings {
    /// Moves `amount` from one account to another, across the books of two units where they differ.
    pub fn transfer(&mut self, from: Account, to: Account, amount: i64) {
        self.add(from, -amount);
        self.add(to, amount);
        if let (Some(source), Some(target)) = (from.unit(), to.unit())
            && source != target
        {
            self.add(Account::Transferred { unit: source }, amount);
            self.add(Account::Transferred { unit: target }, -amount);
        }
    }

    fn add(&mut self, account: Account, amount: i64) {
        *self.0.entry(account).or_default() += amount;
    }

    /// The lines, without those that sum to zero.
    #[must_use]
    pub fn into_lines(self) -> Vec<Posting> {
        let line = |(account, amount)| Posting { account, amount };
        self.0.into_iter().filter(|(_, amount)| *amount != 0).map(line).collect()
    }
}

/// Whether the lines sum to zero in each asset, and in points within each unit's books.
#[must_use]
pub fn is_balanced(lines: &[Posting]) -> bool {
    let mut sums: BTreeMap<(Asset, Option<UnitId>), i64> = BTreeMap::new();
    for line in lines {
        *sums.entry((line.account.asset(), line.account.unit())).or_default() += line.amount;
    }
    sums.values().all(|sum| *sum == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::Seq;

    #[test]
    fn a_move_between_two_units_leaves_both_books_balanced() {
        let [school, bureau] = [1, 2].map(|n| UnitId::new(Seq(n)));
        let volunteer = VolunteerId::new(Seq(3));
        let mut postings = Postings::default();
        postings.transfer(
            Account::Available { unit: school, volunteer },
            Account::Held { unit: bureau, volunteer },
            250,
        );
        let lines = postings.into_lines();
        assert_eq!(lines.len(), 4);
        assert!(is_balanced(&lines));
    }

    #[test]
    fn a_lone_line_is_not_balanced() {
        let account = Account::Issued { unit: UnitId::new(Seq(1)) };
        assert!(!is_balanced(&[Posting { account, amount: -1 }]));
    }
}
