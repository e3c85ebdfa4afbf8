//! How each type of the domain stands in a column.

use super::StoreError;
use super::sql::{Cell, CellType};
use crate::domain::activity::{ActivityDetails, Measure};
use crate::domain::actor::{Actor, Role};
use crate::domain::amounts::{Minutes, Points};
use crate::domain::assessment::AssessmentTerms;
use crate::domain::calendar::DayKind;
use crate::domain::commitment::Commitment;
use crate::domain::correction::{Complaint, CorrectionStatus};
use crate::domain::dismissal::FindingId;
use crate::domain::evidence::Evidence;
use crate::domain::finding::FindingRule;
use crate::domain::ids::{Id, OperatorId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::lot::Draw;
use crate::domain::notice::NoticeDays;
use crate::domain::objection::ObjectionStatus;
use crate::domain::policy::PolicyTerms;
use crate::domain::programme::ProgrammeDetails;
use crate::domain::record::Deduction;
use crate::domain::record::RecordStatus;
use crate::domain::redemption::RedemptionStatus;
use crate::domain::star::StarTerms;
use crate::domain::text::{Text, UnitCode};
use crate::domain::time::{Interval, Timestamp};
use crate::domain::transfer::TransferStatus;
use crate::domain::unit::UnitKind;
use crate::domain::volunteer::VolunteerStatus;
use crate::journal::TreeHash;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that stands in one column.
pub trait Column: Sized {
    /// What the column holds.
    const TYPE: CellType;
    /// The value as it is stored.
    fn to_cell(&self) -> Cell;
    /// The value as it was stored; fails if the store holds what this program never writes.
    fn from_cell(cell: Cell) -> Result<Self, StoreError>;
}

fn int(cell: &Cell) -> Result<i64, StoreError> {
    match cell {
        Cell::Int(Some(value)) => Ok(*value),
        other => Err(StoreError::corrupt(format!("expected a number, found {other:?}"))),
    }
}

fn text(cell: Cell) -> Result<String, StoreError> {
    match cell {
        Cell::Text(Some(value)) => Ok(value),
        other => Err(StoreError::corrupt(format!("expected a text, found {other:?}"))),
    }
}

fn bytes<const N: usize>(cell: Cell) -> Result<[u8; N], StoreError> {
    match cell {
        Cell::Bytes(Some(value)) => {
            value.try_into().map_err(|_| StoreError::corrupt(format!("expected {N} bytes")))
        }
        other => Err(StoreError::corrupt(format!("expected bytes, found {other:?}"))),
    }
}

impl<C: Column> Column for Option<C> {
    const TYPE: CellType = C::TYPE;

    fn to_cell(&self) -> Cell {
        match (self, C::TYPE) {
            (Some(value), _) => value.to_cell(),
            (None, CellType::Int) => Cell::Int(None),
            (None, CellType::Text) => Cell::Text(None),
            (None, CellType::Bytes) => Cell::Bytes(None),
        }
    }

    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        match cell {
            Cell::Int(None) | Cell::Text(None) | Cell::Bytes(None) => Ok(None),
            some => C::from_cell(some).map(Some),
        }
    }
}

impl Column for i64 {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some(*self))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        int(&cell)
    }
}

impl Column for i32 {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some((*self).into()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Self::try_from(int(&cell)?).map_err(|_| StoreError::corrupt("a number is too large"))
    }
}

impl Column for bool {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some((*self).into()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Ok(int(&cell)? != 0)
    }
}

impl Column for String {
    const TYPE: CellType = CellType::Text;
    fn to_cell(&self) -> Cell {
        Cell::Text(Some(self.clone()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        text(cell)
    }
}

impl Column for Vec<u8> {
    const TYPE: CellType = CellType::Bytes;
    fn to_cell(&self) -> Cell {
        Cell::Bytes(Some(self.clone()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        match cell {
            Cell::Bytes(Some(value)) => Ok(value),
            other => Err(StoreError::corrupt(format!("expected bytes, found {other:?}"))),
        }
    }
}

impl<const N: usize> Column for [u8; N] {
    const TYPE: CellType = CellType::Bytes;
    fn to_cell(&self) -> Cell {
        Cell::Bytes(Some(self.to_vec()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        bytes(cell)
    }
}

impl Column for Commitment {
    const TYPE: CellType = CellType::Bytes;
    fn to_cell(&self) -> Cell {
        self.0.to_cell()
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        bytes(cell).map(Self)
    }
}

impl Column for TreeHash {
    const TYPE: CellType = CellType::Bytes;
    fn to_cell(&self) -> Cell {
        self.0.to_cell()
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        bytes(cell).map(Self)
    }
}

/// A day as `year * 10,000 + month * 100 + day`: sorts and reads well in either database.
impl Column for NaiveDate {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some(
            i64::from(self.year()) * 10_000 + i64::from(self.month()) * 100 + i64::from(self.day()),
        ))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        let value = int(&cell)?;
        let part = |n: i64| u32::try_from(n % 100).ok();
        i32::try_from(value / 10_000)
            .ok()
            .zip(part(value / 100).zip(part(value)))
            .and_then(|(year, (month, day))| Self::from_ymd_opt(year, month, day))
            .ok_or_else(|| StoreError::corrupt(format!("{value} is no day")))
    }
}

impl Column for NoticeDays {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some((*self).into()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Self::try_from(int(&cell)?).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

impl Column for Timestamp {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some(self.as_micros()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        Self::from_micros(int(&cell)?).map_err(|error| StoreError::corrupt(error.to_string()))
    }
}

/// The system as nought, an operator by the positive entry, a volunteer by the negative.
impl Column for Actor {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some(match self {
            Self::System => 0,
            Self::Operator(id) => id.seq().0,
            Self::Volunteer(id) => -id.seq().0,
        }))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        let value = int(&cell)?;
        Ok(match value {
            0 => Self::System,
            1.. => Self::Operator(OperatorId::new(Seq(value))),
            _ => Self::Volunteer(VolunteerId::new(Seq(-value))),
        })
    }
}

impl<I: Id> Column for I {
    const TYPE: CellType = CellType::Int;
    fn to_cell(&self) -> Cell {
        Cell::Int(Some(self.entry().0))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        int(&cell).map(|seq| I::of(Seq(seq)))
    }
}

macro_rules! numbers {
    ($($name:ident)*) => {$(
        impl Column for $name {
            const TYPE: CellType = CellType::Int;
            fn to_cell(&self) -> Cell { Cell::Int(Some(self.0)) }
            fn from_cell(cell: Cell) -> Result<Self, StoreError> { int(&cell).map(Self) }
        }
    )*};
}
numbers!(Seq Minutes Points);

/// Words that are texts on the wire, too.
macro_rules! words {
    ($($name:ty),*) => {$(
        impl Column for $name {
            const TYPE: CellType = CellType::Text;
            fn to_cell(&self) -> Cell {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => Cell::Text(Some(word)),
                    _ => Cell::Text(None),
                }
            }
            fn from_cell(cell: Cell) -> Result<Self, StoreError> {
                from_json(serde_json::Value::String(text(cell)?))
            }
        }
    )*};
}
words!(
    UnitCode,
    UnitKind,
    VolunteerStatus,
    Measure,
    Evidence,
    RecordStatus,
    TransferStatus,
    RedemptionStatus,
    Role,
    DayKind,
    ObjectionStatus,
    CorrectionStatus,
    FindingRule,
    FindingId
);

impl<const MAX: usize> Column for Text<MAX> {
    const TYPE: CellType = CellType::Text;
    fn to_cell(&self) -> Cell {
        Cell::Text(Some(self.as_str().to_owned()))
    }
    fn from_cell(cell: Cell) -> Result<Self, StoreError> {
        text(cell)?.parse().map_err(|error| StoreError::corrupt(format!("{error}")))
    }
}

/// What is kept whole, as JSON.
macro_rules! documents {
    ($($name:ty),*) => {$(
        impl Column for $name {
            const TYPE: CellType = CellType::Text;
            fn to_cell(&self) -> Cell { Cell::Text(to_json(self)) }
            fn from_cell(cell: Cell) -> Result<Self, StoreError> {
                serde_json::from_str(&text(cell)?).map_err(|error| StoreError::corrupt(error.to_string()))
            }
        }
    )*};
}
documents!(
    Vec<UnitId>,
    Vec<Interval>,
    Vec<Deduction>,
    Vec<Draw>,
    ProgrammeDetails,
    ActivityDetails,
    PolicyTerms,
    Complaint,
    StarTerms,
    AssessmentTerms,
    Vec<RecordId>
);

fn to_json<T: Serialize>(value: &T) -> Option<String> {
    serde_json::to_string(value).ok()
}

fn from_json<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, StoreError> {
    serde_json::from_value(value).map_err(|error| StoreError::corrupt(error.to_string()))
}
