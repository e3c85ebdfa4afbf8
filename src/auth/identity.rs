//! Who calls, once their token was taken.

use super::error::AuthError;
use super::refresh::FamilyId;
use crate::domain::actor::{Actor, Role};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::time::Timestamp;

/// Whom a token is made for.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    pub actor: Actor,
    pub role: Role,
    pub unit: Option<UnitId>,
    /// From which entry on the holder's tokens are good.
    pub valid_from: Seq,
    pub session: Option<FamilyId>,
}

/// The holder of a token that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who acts; never [`Actor::System`].
    pub actor: Actor,
    /// What the holder may do.
    pub role: Role,
    /// Where: this unit and all under it.
    pub unit: Option<UnitId>,
    /// From which entry on the holder's tokens were good when this one was made.
    pub valid_from: Seq,
    /// The session that it belongs to; none for one that was made by hand.
    pub session: Option<FamilyId>,
    /// From when on the token is worth nothing.
    pub expires_at: Timestamp,
}

impl Identity {
    /// Who acts, and from which entry on their tokens were good when this one was made.
    #[must_use]
    pub const fn asker(&self) -> (Actor, Option<Seq>) {
        (self.actor, Some(self.valid_from))
    }

    /// The same, unless its time is over.
    pub(super) fn live_at(self, now: Timestamp) -> Result<Self, AuthError> {
        if now < self.expires_at { Ok(self) } else { Err(AuthError::Expired) }
    }
}
