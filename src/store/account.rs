//! How an account of the ledger stands in the columns of `postings` and `balances`.

use super::StoreError;
use super::column::Column;
use super::sql::{Cell, CellType};
use crate::domain::account::Account;
use crate::domain::evidence::Evidence;
use crate::domain::ids::{ActivityId, Seq, UnitId, VolunteerId};
use chrono::NaiveDate;

/// The columns of an account, in the order of the cells.
pub const COLUMNS: [(&str, CellType); 6] = [
    ("account", CellType::Text),
    ("volunteer", CellType::Int),
    ("activity", CellType::Int),
    ("unit", CellType::Int),
    ("grade", CellType::Text),
    ("service_date", CellType::Int),
];

/// An account as columns; nought and the empty text where it has no such part.
#[must_use]
pub fn to_cells(account: Account) -> [Cell; 6] {
    let (activity, grade, service_date) = match account {
        Account::Served { activity, grade, date } => (activity.seq().0, grade.as_str(), date.to_cell()),
        Account::Credited { grade, .. } => (0, grade.as_str(), 0.to_cell()),
        _ => (0, "", 0.to_cell()),
    };
    let unit = account.unit().map_or(0, |unit| unit.seq().0);
    let volunteer = account.volunteer().map_or(0, |volunteer| volunteer.seq().0);
    [
        account.kind().to_owned().to_cell(),
        volunteer.to_cell(),
        activity.to_cell(),
        unit.to_cell(),
        grade.to_owned().to_cell(),
        service_date,
    ]
}

/// The columns of a person's account in `balances`, in the order of the cells.
pub const PERSONAL_COLUMNS: [&str; 4] = ["volunteer", "account", "unit", "grade"];

/// A person's account as columns; none where it is nobody's. Nobody asks what an account of the house
/// stands at, and one for each activity and day would be a row for almost each record.
#[must_use]
pub fn to_personal_cells(account: Account) -> Option<[Cell; 4]> {
    account.volunteer()?;
    let [kind, volunteer, _, unit, grade, _] = to_cells(account);
    Some([volunteer, kind, unit, grade])
}

/// The account that stands in these columns; the inverse of [`to_cells`].
///
/// A part that the account does not have must be nought or empty: a figure there was never written
/// by this program.
pub fn from_cells(cells: [Cell; 6]) -> Result<Account, StoreError> {
    let given = cells.clone();
    let [kind, volunteer, activity, unit, grade, date] = cells;
    let unit = || Column::from_cell(unit).map(UnitId::new);
    let volunteer = || Column::from_cell(volunteer).map(VolunteerId::new);
    let grade = || Evidence::from_cell(grade);
    let account = match String::from_cell(kind)?.as_str() {
        "served" => Account::Served {
            activity: ActivityId::new(Seq::from_cell(activity)?),
            grade: grade()?,
            date: NaiveDate::from_cell(date)?,
        },
        "credited" => Account::Credited { volunteer: volunteer()?, grade: grade()? },
        "issued" => Account::Issued { unit: unit()? },
        "available" => Account::Available { unit: unit()?, volunteer: volunteer()? },
        "held" => Account::Held { unit: unit()?, volunteer: volunteer()? },
        "redeemed" => Account::Redeemed { unit: unit()? },
        "expired" => Account::Expired { unit: unit()? },
        "debt" => Account::Debt { unit: unit()?, volunteer: volunteer()? },
        "transferred" => Account::Transferred { unit: unit()? },
        other => return Err(StoreError::corrupt(format!("{other:?} is no account"))),
    };
    if to_cells(account) == given {
        Ok(account)
    } else {
        Err(StoreError::corrupt(format!("{account:?} stands in columns that it does not have: {given:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_account() -> Vec<Account> {
        let (unit, volunteer) = (UnitId::new(Seq(1)), VolunteerId::new(Seq(2)));
        let (activity, date) = (ActivityId::new(Seq(3)), "2026-11-22".parse().unwrap());
        let by_grade = Evidence::ALL.into_iter().flat_map(|grade| {
            [Account::Served { activity, grade, date }, Account::Credited { volunteer, grade }]
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
        by_grade.chain(of_points).collect()
    }

    #[test]
    fn every_account_survives_its_columns() {
        for account in every_account() {
            assert_eq!(from_cells(to_cells(account)).unwrap(), account);
        }
    }

    #[test]
    fn columns_that_no_account_has_are_refused() {
        let issued = to_cells(Account::Issued { unit: UnitId::new(Seq(1)) });
        for (at, forged) in
            [(0, "lost".to_owned().to_cell()), (1, 7.to_cell()), (4, "scan".to_owned().to_cell())]
        {
            let mut cells = issued.clone();
            cells[at] = forged;
            assert!(matches!(from_cells(cells), Err(StoreError::Corrupt(_))), "column {at}");
        }
    }
}
