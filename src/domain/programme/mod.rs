//! Programmes (项目): a unit's lasting service projects, tagged with brands (品牌).

mod kept;
pub mod rules;

use super::ids::{ProgrammeId, Seq, UnitId};
use super::noun::{Row, Thing, events, refusals};
use super::text::{Label, Name};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a programme is called and how it is tagged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeDetails {
    pub name: Name,
    /// Brands that the programme carries; many to many.
    pub brands: BTreeSet<Label>,
    /// A service category (服务类别), by which a points policy may set a coefficient.
    pub category: Option<Label>,
}

/// A lasting service project of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    pub id: ProgrammeId,
    pub unit: UnitId,
    pub details: ProgrammeDetails,
    /// Closed programmes take no new activities.
    pub closed: bool,
    pub version: Seq,
}

impl Row for Programme {
    type Key = ProgrammeId;

    const IS_REFERENCE: bool = true;

    fn key(&self) -> ProgrammeId {
        self.id
    }
}

impl Thing for Programme {
    fn unit(&self) -> Option<UnitId> {
        Some(self.unit)
    }
}

/// Opens a programme of a unit.
#[derive(Clone, Debug)]
pub struct CreateProgramme {
    pub unit: UnitId,
    pub details: ProgrammeDetails,
}

/// Replaces a programme's name and tags.
#[derive(Clone, Debug)]
pub struct UpdateProgramme {
    pub programme: ProgrammeId,
    pub expected: Option<Seq>,
    pub details: ProgrammeDetails,
}

/// Ends a programme: no new activities.
#[derive(Clone, Debug)]
pub struct CloseProgramme {
    pub programme: ProgrammeId,
}

events! {
    ProgrammeCreated = "programme_created" {
        unit: UnitId,
        details: ProgrammeDetails,
    }
    ProgrammeUpdated = "programme_updated" {
        programme: ProgrammeId,
        details: ProgrammeDetails,
    }
    ProgrammeClosed = "programme_closed" {
        programme: ProgrammeId,
    }
}

refusals! {
    /// No such programme.
    ProgrammeNotFound = NotFound "programme_not_found" "there is no such programme";
    /// The programme is closed.
    ProgrammeClosed = Conflict "programme_closed" "the programme is closed";
}
