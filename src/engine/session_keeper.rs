//! Sessions that are over are forgotten, and what another replica has ended is heard of.

use super::ended_sessions::EndedSessions;
use super::health::{Health, Part};
use super::periodic_task::PeriodicTask;
use super::writer::Clock;
use crate::domain::time::Timestamp;
use crate::store::session;
use crate::store::{Db, Pool, StoreError};
use chrono::Duration;
use std::sync::Arc;

/// How often.
const EVERY: std::time::Duration = std::time::Duration::from_secs(2);
/// How long an access token of a session that is over may live, and some more for clocks that differ.
const TOKENS_LIVE: Duration = Duration::minutes(20);
/// From when on nobody is given a successor once more.
const GRACE: Duration = Duration::seconds(60);
/// Statements that one round takes for what is over: each forgets a few hundred.
const STATEMENTS_A_ROUND: usize = 10;

/// Keeps them in order at once, and then every two seconds.
pub fn start_keeping_sessions(
    sessions: Pool,
    ended: Arc<EndedSessions>,
    clock: Arc<dyn Clock>,
    health: Arc<Health>,
) -> Result<PeriodicTask, StoreError> {
    PeriodicTask::start((Part::Sessions, health), EVERY, move || {
        if let Err(error) = keep_sessions(&sessions, &ended, clock.as_ref()) {
            tracing::warn!(%error, "sessions that are over could not be forgotten");
        }
    })
}

/// Forgets what is over, and notes what was ended; how many sessions it forgot.
pub fn keep_sessions(sessions: &Pool, ended: &EndedSessions, clock: &dyn Clock) -> Result<usize, StoreError> {
    let now = clock.now();
    let alive = now.plus(-TOKENS_LIVE);
    for (family, ended_at) in sessions.read(|db| session::ended_since(db, alive))? {
        ended.note(family, ended_at);
    }
    ended.forget(alive);
    sessions.read(|db| {
        repeat_while_some(|| session::forget_successors(db, now.plus(-GRACE)))?;
        forget(db, alive)
    })
}

fn forget(db: &mut Db, before: Timestamp) -> Result<usize, StoreError> {
    repeat_while_some(|| session::forget(db, before))
}

/// A few hundred rows a statement, so that nobody waits long for the lock.
fn repeat_while_some(mut statement: impl FnMut() -> Result<usize, StoreError>) -> Result<usize, StoreError> {
    let mut all = 0;
    for _ in 0..STATEMENTS_A_ROUND {
        let some = statement()?;
        all += some;
        if some == 0 {
            break;
        }
    }
    Ok(all)
}
