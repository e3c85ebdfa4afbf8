//! Units (单位): the tree from the bureau down to school teams, and how many people each has.

mod kept;
pub mod rules;

use super::ids::{Seq, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::text::{Name, UnitCode};
use crate::domain::choice::choice;
use chrono::NaiveDate;

choice! {
    /// What sort of body a unit is.
    pub enum UnitKind {
        /// 局: the top of a tree.
        Bureau,
        /// 科室.
        Department,
        /// 学校.
        School,
        /// 队伍.
        Team,
    }
}

impl UnitKind {
    /// Whether units of this kind are opened under units of another: from the bureau down to its teams.
    #[must_use]
    pub fn is_below(self, above: Self) -> bool {
        self > above
    }
}

/// A node of the tree of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
    /// The units from the top of the tree down to this one, both included.
    pub path: Vec<UnitId>,
}

impl Row for Unit {
    type Key = UnitId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> UnitId {
        self.id
    }
}

impl Thing for Unit {
    fn unit(&self) -> Option<UnitId> {
        Some(self.id)
    }
}

impl Unit {
    /// Whether this unit is `other` or lies under it.
    #[must_use]
    pub fn is_within(&self, other: UnitId) -> bool {
        self.path.contains(&other)
    }

    /// The top of the tree that the unit belongs to.
    #[must_use]
    pub fn top(&self) -> UnitId {
        self.path.first().copied().unwrap_or(self.id)
    }
}

/// How many people a unit has from a day on (编制人数); an input of its assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headcount {
    pub unit: UnitId,
    /// First day for which the figures are valid.
    pub effective_from: NaiveDate,
    /// People who work there.
    pub staff: i64,
    /// Party members among them.
    pub party_members: i64,
    /// The entry that set the figures last.
    pub version: Seq,
}

impl Row for Headcount {
    type Key = (UnitId, NaiveDate);

    const IS_REFERENCE: bool = true;

    fn key(&self) -> Self::Key {
        (self.unit, self.effective_from)
    }
}

/// Opens a unit under `parent`, or the top of a new tree.
#[derive(Clone, Debug)]
pub struct CreateUnit {
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
}

/// Sets a unit's headcount from a day on; the same day again replaces it.
#[derive(Clone, Debug)]
pub struct SetHeadcount {
    pub unit: UnitId,
    pub effective_from: NaiveDate,
    pub staff: i64,
    pub party_members: i64,
}

events! {
    UnitCreated = "unit_created" {
        code: UnitCode,
        name: Name,
        unit_kind: UnitKind,
        parent: Option<UnitId>,
    }
    HeadcountSet = "headcount_set" {
        unit: UnitId,
        effective_from: NaiveDate,
        staff: i64,
        party_members: i64,
    }
}

refusals! {
    /// No such unit.
    UnitNotFound = NotFound "unit_not_found" "there is no such unit";
    /// A unit is of a kind below its parent's: bureau, department, school, team.
    UnitKindNotBelow { unit_kind: UnitKind, parent_kind: UnitKind } = Invalid "unit_kind_not_below" at "/kind" "no {unit_kind} is opened under a {parent_kind}";
    /// Another unit has this code.
    UnitCodeTaken { unit: UnitId } = Conflict "unit_code_taken" "unit {unit} has this code already";
}
