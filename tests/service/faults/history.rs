//! Whether what several clients saw can have happened in one order: linearizability (Herlihy, Wing 1990),
//! found by the search of Wing and Gong (1993) that remembers where it has been (Lowe 2017). Pure.

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;

/// A thing as it would behave if it were asked one question after the other.
pub trait Model {
    type State: Clone + Eq + Hash;
    type Question: Debug;
    type Answer: Debug;

    /// Where the question leads from here, if this can be the answer to it.
    fn step(state: &Self::State, asked: &Self::Question, answer: &Self::Answer) -> Option<Self::State>;
}

/// A question of one client, and when it was asked and answered on the clock of all clients.
#[derive(Debug)]
pub struct Event<M: Model> {
    pub asked_at: u64,
    pub answered_at: u64,
    pub asked: M::Question,
    pub answer: M::Answer,
}

/// Whether there is one order of all events that keeps to time: who was answered before another asked
/// comes first; and in which each answer is the right one.
pub fn is_linearizable<M: Model>(start: &M::State, events: &mut [Event<M>]) -> bool {
    events.sort_by_key(|event| event.asked_at);
    let mut search = Search::<M> { events, seen: HashSet::new() };
    let nothing = Placed(vec![0; search.events.len().div_ceil(64)]);
    search.leads_on(&nothing, start)
}

/// Which events have their place in the order.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Placed(Vec<u64>);

impl Placed {
    fn has(&self, event: usize) -> bool {
        self.0[event / 64] >> (event % 64) & 1 == 1
    }

    fn with(&self, event: usize) -> Self {
        let mut more = self.clone();
        more.0[event / 64] |= 1 << (event % 64);
        more
    }
}

struct Search<'e, M: Model> {
    events: &'e [Event<M>],
    seen: HashSet<(Placed, M::State)>,
}

impl<M: Model> Search<'_, M> {
    /// Whether the events without a place can have theirs from this state on.
    fn leads_on(&mut self, placed: &Placed, state: &M::State) -> bool {
        if !self.seen.insert((placed.clone(), state.clone())) {
            return false;
        }
        let events = self.events;
        let open = || events.iter().enumerate().filter(|(at, _)| !placed.has(*at));
        // Nobody may come after one that asked when they had been answered.
        let Some(deadline) = open().map(|(_, event)| event.answered_at).min() else { return true };
        open().take_while(|(_, event)| event.asked_at <= deadline).any(|(at, event)| {
            M::step(state, &event.asked, &event.answer)
                .is_some_and(|next| self.leads_on(&placed.with(at), &next))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One number that is written and read.
    #[derive(Debug)]
    struct Register;

    #[derive(Debug)]
    enum Asked {
        Write(u32),
        Read,
    }

    impl Model for Register {
        type State = u32;
        type Question = Asked;
        type Answer = u32;

        fn step(state: &u32, asked: &Asked, answer: &u32) -> Option<u32> {
            match asked {
                Asked::Write(value) => Some(*value),
                Asked::Read => (state == answer).then_some(*state),
            }
        }
    }

    fn write(asked_at: u64, answered_at: u64, value: u32) -> Event<Register> {
        Event { asked_at, answered_at, asked: Asked::Write(value), answer: 0 }
    }

    fn read(asked_at: u64, answered_at: u64, answer: u32) -> Event<Register> {
        Event { asked_at, answered_at, asked: Asked::Read, answer }
    }

    #[test]
    fn what_overlaps_may_come_in_any_order() {
        assert!(is_linearizable(&0, &mut [write(0, 9, 1), read(1, 2, 0), read(3, 4, 1), read(5, 6, 1)]));
        assert!(is_linearizable(&0, &mut [write(0, 9, 1), write(1, 8, 2), read(10, 11, 1)]));
        assert!(is_linearizable(&0, &mut [write(0, 9, 1), write(1, 8, 2), read(10, 11, 2)]));
    }

    #[test]
    fn who_reads_what_was_overwritten_reads_too_old() {
        assert!(!is_linearizable(&0, &mut [write(0, 1, 1), read(2, 3, 0)]));
        assert!(!is_linearizable(&0, &mut [write(0, 9, 1), read(1, 2, 1), read(3, 4, 0)]), "time went back");
        assert!(!is_linearizable(
            &0,
            &mut [write(0, 9, 1), write(0, 9, 2), read(10, 11, 1), read(12, 13, 2)]
        ));
    }

    #[test]
    fn what_nobody_wrote_cannot_be_read() {
        assert!(!is_linearizable(&0, &mut [write(0, 1, 1), read(0, 9, 7)]));
    }

    #[test]
    fn many_events_are_searched_in_bounded_time() {
        let rounds = (0..400).flat_map(|at| {
            let value = u32::try_from(at).unwrap();
            [write(at * 10, at * 10 + 8, value), read(at * 10 + 1, at * 10 + 30, value)]
        });
        assert!(is_linearizable(&0, &mut rounds.collect::<Vec<_>>()));
    }
}
