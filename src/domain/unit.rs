//! Units (单位): the tree from the bureau down to school teams, and how many people each has.

use super::command::{Ctx, Decision};
use super::event::{Draft, Event};
use super::ids::{Seq, UnitId};
use super::rejection::Rejection;
use super::text::{Name, UnitCode};
use super::world::{Key, Row, Stop, World};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What sort of body a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 局: the top of a tree.
    Bureau,
    /// 科室: a department of the bureau.
    Department,
    /// 学校: a school.
    School,
    /// 队伍: a team within a school or department.
    Team,
}

/// A node of the tree of units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub id: UnitId,
    pub code: UnitCode,
    pub name: Name,
    pub kind: UnitKind,
    pub parent: Option<UnitId>,
    /// The way from the top of the tree down to this unit, both included.
    pub path: Vec<UnitId>,
}

impl Row for Unit {
    type Key = UnitId;
    fn key(&self) -> UnitId {
        self.id
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headcount {
    pub unit: UnitId,
    /// First day for which the figures hold.
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

/// A coordinator opens units under their own; only an admin opens the top of a tree.
pub fn decide_create(ctx: &Ctx, cmd: &CreateUnit) -> Result<Decision, Stop> {
    match cmd.parent {
        Some(parent) => ctx.must_answer_for(ctx.world.unit(parent)?)?,
        None => ctx.must_be_admin()?,
    }
    if let Some(unit) = ctx.world.unit_with_code(&cmd.code)? {
        return Err(Rejection::UnitCodeTaken { unit }.into());
    }
    Ok(Decision::of(Event::UnitCreated {
        code: cmd.code.clone(),
        name: cmd.name.clone(),
        unit_kind: cmd.kind,
        parent: cmd.parent,
    }))
}

/// Whoever answers for the unit states its headcount.
pub fn decide_headcount(ctx: &Ctx, cmd: &SetHeadcount) -> Result<Decision, Stop> {
    ctx.must_answer_for(ctx.world.unit(cmd.unit)?)?;
    Ok(Decision::of(Event::HeadcountSet {
        unit: cmd.unit,
        effective_from: cmd.effective_from,
        staff: cmd.staff,
        party_members: cmd.party_members,
    })
    .effective(cmd.effective_from))
}

pub(super) fn evolve_created(
    world: &mut World,
    draft: &Draft,
    (code, name, kind): (&UnitCode, &Name, UnitKind),
    parent: Option<UnitId>,
) -> Result<(), Stop> {
    let id = UnitId::new(draft.seq);
    let mut path = match parent {
        Some(parent) => world.unit(parent)?.path.clone(),
        None => Vec::new(),
    };
    path.push(id);
    world.put_unit(Unit { id, code: code.clone(), name: name.clone(), kind, parent, path });
    Ok(())
}

pub(super) fn keys_of_parent(parent: Option<UnitId>) -> Vec<Key> {
    parent.into_iter().map(Key::Unit).collect()
}
