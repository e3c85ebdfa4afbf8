//! Who acts: the system itself, an operator, or a volunteer on their own behalf.

use super::ids::{OperatorId, VolunteerId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a token's holder may do in general; the unit says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 志愿者: acts for herself or himself only.
    Volunteer,
    /// 管理员: acts for a unit and all under it.
    Coordinator,
    /// 审计员: reads a unit and all under it, changes nothing.
    Auditor,
    /// 系统管理员: acts everywhere, appoints operators.
    Admin,
}

impl Role {
    /// The name on the wire and in the store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Volunteer => "volunteer",
            Self::Coordinator => "coordinator",
            Self::Auditor => "auditor",
            Self::Admin => "admin",
        }
    }

    /// Whether operators of this role change anything at all.
    #[must_use]
    pub const fn changes_things(self) -> bool {
        matches!(self, Self::Coordinator | Self::Admin)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected volunteer, coordinator, auditor or admin")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        [Self::Volunteer, Self::Coordinator, Self::Auditor, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(UnknownRole)
    }
}

/// Who an entry is by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// The service: expiries, first set-up, import at the console.
    System,
    /// An operator, within role and unit.
    Operator(OperatorId),
    /// A volunteer, for herself or himself.
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
