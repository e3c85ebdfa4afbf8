//! How many exports may be under way at once: one an actor, and one place is kept for auditors.

use super::problem::ApiError;
use crate::auth::Identity;
use crate::domain::actor::{Actor, Role};
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// Exports under way at once. Each holds a connection of the readers, and a snapshot.
const AT_ONCE: usize = 3;
/// Of these, so many are under way for others than auditors, at most: who is to look at what others do does not wait for
/// them.
const OF_OTHERS: usize = 2;

/// How long one waits for a place: an export that has just been heard to its end, refused or left may take a moment to
/// give its own back.
const PATIENCE: Duration = Duration::from_secs(2);

/// Counts the exports under way.
#[derive(Clone, Debug, Default)]
pub struct Downloads(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    under_way: Mutex<UnderWay>,
    left: Notify,
}

/// Whose exports are under way, and as what they ask.
type UnderWay = BTreeMap<Actor, Role>;

/// A place among the exports under way, until it is dropped.
#[derive(Debug)]
pub struct Place {
    downloads: Downloads,
    actor: Actor,
}

impl Downloads {
    /// Lets one more begin, as soon as there is room for this actor; it ends when what is returned is dropped.
    pub async fn admit(&self, reader: Identity) -> Result<Place, ApiError> {
        timeout(PATIENCE, self.wait(reader)).await.map_err(|_| ApiError::Busy)
    }

    async fn wait(&self, reader: Identity) -> Place {
        loop {
            let mut left = pin!(self.0.left.notified());
            // From here on nobody's leaving is missed.
            left.as_mut().enable();
            if let Some(place) = self.admit_now(reader) {
                return place;
            }
            left.await;
        }
    }

    fn admit_now(&self, reader: Identity) -> Option<Place> {
        let mut under_way = self.lock();
        let others = under_way.values().filter(|role| **role != Role::Auditor).count();
        let is_open = under_way.len() < AT_ONCE && (reader.role == Role::Auditor || others < OF_OTHERS);
        if !is_open || under_way.contains_key(&reader.actor) {
            return None;
        }
        under_way.insert(reader.actor, reader.role);
        Some(Place { downloads: self.clone(), actor: reader.actor })
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // A thread that panicked has left whole entries behind.
        self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.downloads.lock().remove(&self.actor);
        self.downloads.0.left.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, Seq};
    use crate::domain::time::Timestamp;

    fn reader(number: i64, role: Role) -> Identity {
        Identity {
            actor: Actor::Operator(OperatorId::new(Seq(number))),
            role,
            unit: None,
            valid_from: Seq::default(),
            session: None,
            expires_at: Timestamp::default(),
        }
    }

    #[test]
    fn one_an_actor_and_one_place_for_auditors() {
        let downloads = Downloads::default();
        let admit = |number, role| downloads.admit_now(reader(number, role));
        let first = admit(1, Role::Admin).unwrap();
        assert!(admit(1, Role::Admin).is_none(), "one an actor");
        let _second = admit(2, Role::Coordinator).unwrap();
        assert!(admit(3, Role::Coordinator).is_none(), "the last place is an auditor's");
        let audit = admit(4, Role::Auditor).unwrap();
        assert!(admit(5, Role::Auditor).is_none(), "there is no room at all");
        drop(first);
        let _of_auditor = admit(5, Role::Auditor).unwrap();
        assert!(admit(1, Role::Admin).is_none());
        drop(audit);
        assert!(admit(1, Role::Admin).is_some());
    }
}
