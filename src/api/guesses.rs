//! How often somebody may guess at a person: whole numbers that nobody has, and newcomers who look like somebody.
//!
//! A mobile number that is partly known, and what stands in a document, could be found by trying. Who finds somebody has
//! not guessed; who finds nobody has, and does so only so many times an hour. Of this process: replicas count each by
//! themselves.

use super::limit::Counter;
use super::problem::ApiError;
use crate::domain::actor::Actor;
use crate::engine::Clock;
use governor::Quota;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

/// Wrong guesses an hour where nothing else is said.
pub const GUESSES_AN_HOUR: NonZeroU32 = NonZeroU32::new(100).unwrap();
/// Actors that are told apart.
const MOST_ACTORS: usize = 20_000;

/// What is guessed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guessed {
    /// Whose a mobile or volunteer number is.
    Number,
    /// Whose a document is, by registering or changing somebody with it.
    Document,
}

/// Counts wrong guesses by actor.
pub struct Guesses(Counter<(Actor, Guessed)>);

/// A guess that was admitted: wrong unless it is said to be none.
#[must_use]
pub struct Guess<'g> {
    guesses: &'g Guesses,
    key: (Actor, Guessed),
}

impl Guesses {
    /// So many at once, and as many an hour in the long run.
    #[must_use]
    pub fn new(an_hour: NonZeroU32, clock: Arc<dyn Clock>) -> Self {
        Self(Counter::new(Quota::per_hour(an_hour), MOST_ACTORS, clock))
    }

    /// Begins a guess, or says that there were too many.
    pub fn begin(&self, actor: Actor, guessed: Guessed) -> Result<Guess<'_>, ApiError> {
        let key = (actor, guessed);
        match self.0.take(&key) {
            Ok(()) => Ok(Guess { guesses: self, key }),
            Err(retry_after_seconds) => Err(ApiError::TooManyRequests { retry_after_seconds }),
        }
    }
}

impl Guess<'_> {
    /// It was none: it is not counted.
    pub fn was_none(self) {
        self.guesses.0.give_back(&self.key);
    }
}

impl fmt::Debug for Guesses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guesses").finish_non_exhaustive()
    }
}

impl fmt::Debug for Guess<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Guess").field(&self.key).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{OperatorId, Seq};
    use crate::engine::test_clock::Seconds;

    #[test]
    fn wrong_guesses_are_counted_and_others_are_not() {
        let clock = Arc::new(Seconds::default());
        let guesses = Guesses::new(NonZeroU32::new(60).unwrap(), clock.clone());
        let actor = |number| Actor::Operator(OperatorId::new(Seq(number)));
        let guess = |number| guesses.begin(actor(number), Guessed::Number);
        for _ in 0..1_000 {
            guess(1).unwrap().was_none();
        }
        let wrong = (0..100).filter(|_| guess(1).is_ok()).count();
        assert_eq!(wrong, 60);
        let refused = guess(1).unwrap_err();
        assert!(matches!(refused, ApiError::TooManyRequests { retry_after_seconds: 60 }), "{refused}");
        assert!(guess(2).is_ok(), "another has their own");
        assert!(guesses.begin(actor(1), Guessed::Document).is_ok(), "and so has what else is guessed at");
        clock.set(60);
        guess(1).unwrap().was_none();
        assert!(guess(1).is_ok());
        assert!(guess(1).is_err(), "one a minute in the long run");
    }
}
