//! Who acts: the system itself, an operator, or a volunteer on their own behalf.

use super::choice::choice;
use super::ids::{OperatorId, VolunteerId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use strum::VariantArray;

choice! {
    /// What a token's holder may do in general; the unit says where.
    pub enum Role {
        /// 志愿者: acts for themselves only.
        Volunteer,
        /// 管理员: acts for a unit and all units under it.
        Coordinator,
        /// 审计员: reads a unit and all units under it; changes nothing but dismisses findings.
        Auditor,
        /// 系统管理员: acts everywhere and appoints operators.
        Admin,
    }
}

impl Role {
    /// Whether operators of this role change anything at all.
    #[must_use]
    pub const fn changes_things(self) -> bool {
        matches!(self, Self::Coordinator | Self::Admin)
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected volunteer, coordinator, auditor or admin")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::VARIANTS.iter().copied().find(|role| role.into_str() == text).ok_or(UnknownRole)
    }
}

/// Who an entry is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The service: expiries, first set-up, import at the console.
    System,
    /// An operator, within role and unit.
    Operator(OperatorId),
    /// A volunteer, for themselves.
    Volunteer(VolunteerId),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Operator(id) => write!(f, "operator:{id}"),
            Self::Volunteer(id) => write!(f, "volunteer:{id}"),
        }
    }
}

/// The text names no actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected system, operator:ID or volunteer:ID")]
pub struct UnknownActor;

impl FromStr for Actor {
    type Err = UnknownActor;

    fn from_str(text: &str) -> Result<Self, UnknownActor> {
        match text.split_once(':') {
            None if text == "system" => Ok(Self::System),
            Some(("operator", id)) => id.parse().map(Self::Operator).map_err(|_| UnknownActor),
            Some(("volunteer", id)) => id.parse().map(Self::Volunteer).map_err(|_| UnknownActor),
            _ => Err(UnknownActor),
        }
    }
}

impl Serialize for Actor {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Actor {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input)?.parse().map_err(serde::de::Error::custom)
    }
}
