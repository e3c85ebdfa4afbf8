//! Who calls, once their token was taken.

use super::error::AuthError;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::UnitId;
use crate::domain::time::Timestamp;

/// The holder of a token that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who acts; never [`Actor::System`].
    pub actor: Actor,
    /// What the holder may do.
    pub role: Role,
    /// Where: this unit and all under it.
    pub unit: Option<UnitId>,
    /// From when on the token is worth nothing.
    pub expires_at: Timestamp,
}

impl Identity {
    /// The same, unless its time is over.
    pub(super) fn live_at(self, now: Timestamp) -> Result<Self, AuthError> {
        if now < self.expires_at { Ok(self) } else { Err(AuthError::Expired) }
    }
}
