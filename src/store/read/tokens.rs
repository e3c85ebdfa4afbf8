//! From which entry on tokens are good.

use super::{operators, volunteers};
use crate::domain::actor::Actor;
use crate::domain::ids::Seq;
use crate::store::{Db, StoreError};

/// From which entry on tokens of this holder are good; from the first on where nothing was ever ended.
pub fn valid_from(db: &mut Db, holder: Actor) -> Result<Seq, StoreError> {
    Ok(match holder {
        Actor::System => None,
        Actor::Operator(id) => operators::current(db, id)?.map(|operator| operator.valid_from),
        Actor::Volunteer(id) => volunteers::current(db, id)?.map(|volunteer| volunteer.valid_from),
    }
    .unwrap_or_default())
}
