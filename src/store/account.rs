//! How an account of the ledger stands in the columns of `postings` and `balances`.

use super::StoreError;
use super::column::Column;
use super::schema::postings as p;
use super::sql::SqlValue;
use crate::domain::account::Account;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, Seq, UnitId, VolunteerId};
use chrono::NaiveDate;
use diesel::Queryable;

/// An account as its columns have it; 0 or the empty text where it has no such part.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct AccountColumns {
    kind: String,
    volunteer: i64,
    activity: i64,
    unit: i64,
    evidence: String,
    service_date: i64,
}

/// The columns of a posting's account.
pub(super) const OF_POSTING: (p::account, p::volunteer, p::activity, p::unit, p::grade, p::service_date) =
    (p::account, p::volunteer, p::activity, p::unit, p::grade, p::service_date);

impl From<Account> for AccountColumns {
    fn from(account: Account) -> Self {
        let (activity, evidence, service_date) = match account {
            Account::Served { activity, evidence, date } => {
                (activity.seq().0, evidence.into_str(), date.to_primitive())
            }
            Account::Credited { evidence, .. } => (0, evidence.into_str(), 0),
            _ => (0, "", 0),
        };
        Self {
            kind: account.kind().to_owned(),
            volunteer: account.volunteer().map_or(0, |volunteer| volunteer.seq().0),
            activity,
            unit: account.unit().map_or(0, |unit| unit.seq().0),
            evidence: evidence.to_owned(),
            service_date,
        }
    }
}

impl TryFrom<AccountColumns> for Account {
    type Error = StoreError;

    /// A part that the account does not have must be 0 or empty: a figure there was never written
    /// by this program.
    fn try_from(columns: AccountColumns) -> Result<Self, StoreError> {
        let unit = UnitId::new(Seq(columns.unit));
        let volunteer = VolunteerId::new(Seq(columns.volunteer));
        let evidence = || Evidence::from_primitive(columns.evidence.clone());
        let account = match columns.kind.as_str() {
            "served" => Self::Served {
                activity: ActivityId::new(Seq(columns.activity)),
                evidence: evidence()?,
                date: NaiveDate::from_primitive(columns.service_date)?,
            },
            "credited" => Self::Credited { volunteer, evidence: evidence()? },
            "issued" => Self::Issued { unit },
            "available" => Self::Available { unit, volunteer },
            "held" => Self::Held { unit, volunteer },
            "redeemed" => Self::Redeemed { unit },
            "expired" => Self::Expired { unit },
            "debt" => Self::Debt { unit, volunteer },
            "transferred" => Self::Transferred { unit },
            other => return Err(StoreError::corrupt(format!("{other:?} is no account"))),
        };
        if AccountColumns::from(account) == columns {
            Ok(account)
        } else {
            Err(StoreError::corrupt(format!(
                "{account:?} stands in columns that it does not have: {columns:?}"
            )))
        }
    }
}

/// An account as cells, in the order in which postings are written.
#[must_use]
pub fn to_sql_values(account: Account) -> [SqlValue; 6] {
    let AccountColumns { kind, volunteer, activity, unit, evidence, service_date } = account.into();
    [
        kind.to_sql_value(),
        volunteer.to_sql_value(),
        activity.to_sql_value(),
        unit.to_sql_value(),
        evidence.to_sql_value(),
        service_date.to_sql_value(),
    ]
}

/// The columns of a person's account in `balances`, in the order of the cells.
pub const PERSONAL_COLUMNS: [&str; 4] = ["volunteer", "account", "unit", "grade"];

/// A person's account as columns; none where it is nobody's. Nobody asks for the balance of the other
/// accounts, and one for each activity and day would be a row for almost each record.
#[must_use]
pub fn to_personal_sql_values(account: Account) -> Option<[SqlValue; 4]> {
    account.volunteer()?;
    let [kind, volunteer, _, unit, evidence, _] = to_sql_values(account);
    Some([volunteer, kind, unit, evidence])
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    fn every_account() -> Vec<Account> {
        let (unit, volunteer) = (UnitId::new(Seq(1)), VolunteerId::new(Seq(2)));
        let (activity, date) = (ActivityId::new(Seq(3)), "2026-11-22".parse().unwrap());
        let by_evidence = Evidence::VARIANTS.iter().flat_map(|&evidence| {
            [Account::Served { activity, evidence, date }, Account::Credited { volunteer, evidence }]
        });
        let of_points = [
            Account::Issued { unit },
            Account::Available { unit, volunteer },
            Account::Held { unit, volunteer },
            Account::Redeemed { unit },
            Account::Expired { unit },
            Account::Debt { unit, volunteer },
            Account::Transferred { unit },
        ];
        by_evidence.chain(of_points).collect()
    }

    #[test]
    fn every_account_survives_its_columns() {
        for account in every_account() {
            assert_eq!(Account::try_from(AccountColumns::from(account)).unwrap(), account);
        }
    }

    #[test]
    fn columns_that_no_account_has_are_refused() {
        let issued = AccountColumns::from(Account::Issued { unit: UnitId::new(Seq(1)) });
        for forged in [
            AccountColumns { kind: "lost".to_owned(), ..issued.clone() },
            AccountColumns { volunteer: 7, ..issued.clone() },
            AccountColumns { evidence: "scan".to_owned(), ..issued.clone() },
        ] {
            let read = Account::try_from(forged.clone());
            assert!(matches!(read, Err(StoreError::Corrupt(_))), "{forged:?}");
        }
    }
}
