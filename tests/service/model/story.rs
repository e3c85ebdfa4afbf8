//! What happens to a world: a strategy that proptest makes stories of, and shrinks those that fail.
//!
//! A story says when something is asked, how many ask at once, and which writer is asked. What is asked, an
//! [`Ask`] says by a seed: the generator makes the request of it, with the world as it stands in view. So a
//! story that loses a part is still a story, and what is left asks for much the same.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

const MOST_CHAPTERS: usize = 100;
const MOST_GROUPS: usize = 6;
/// Most requests that wait together.
const MOST_ASKS: usize = 24;
const MINUTES_A_DAY: i64 = 24 * 60;

/// Chapters, after each of which everything must hold that always does.
pub type Story = Vec<Vec<Group>>;

/// Requests that wait together, so that the commands of a batch build on one another.
#[derive(Clone, Debug)]
pub struct Group {
    /// How far the clock goes before; back, where negative.
    pub minutes: i64,
    /// Which of the two writers of each database is asked.
    pub writer: usize,
    pub asks: Vec<Ask>,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// What is asked follows from it.
    pub seed: u64,
    /// How many commands more than one the request has.
    pub more: usize,
}

pub fn stories() -> impl Strategy<Value = Story> {
    vec(vec(groups(), 1..=MOST_GROUPS), 1..=MOST_CHAPTERS)
}

fn groups() -> impl Strategy<Value = Group> {
    // Mostly minutes, sometimes days, rarely weeks; now and then the clock is set back.
    let minutes = prop_oneof![
        57 => 0..=90_i64,
        33 => 60..=600_i64,
        6 => (1..=4_i64).prop_map(|days| days * MINUTES_A_DAY),
        1 => (8..=35_i64).prop_map(|days| days * MINUTES_A_DAY),
        3 => (1..=90_i64).prop_map(|back| -back),
    ];
    let group = (minutes, 0..2_usize, vec(asks(), 1..=MOST_ASKS));
    group.prop_map(|(minutes, writer, asks)| Group { minutes, writer, asks })
}

/// Mostly a single command; some in bulk.
pub fn asks() -> impl Strategy<Value = Ask> {
    let more = prop_oneof![94 => Just(0_usize), 6 => 1..=8_usize];
    // One seed is no simpler than another.
    (any::<u64>().no_shrink(), more).prop_map(|(seed, more)| Ask { seed, more })
}
