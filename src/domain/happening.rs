//! What follows from an entry: each noun says it of its own events, in its `rules.rs`.

use super::account::Postings;
use super::event::UnsealedEntry;
use super::outcome::Outcome;
use super::rules::Rules;
use super::world::{Key, Stop, World};

/// How an event is carried into the world.
pub trait Happening {
    /// Everything that [`Happening::evolve`] reads, so that it cannot stop half-way.
    fn keys(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Vec<Key>, Stop>;

    /// What the entry posts, in the world before it. The way in posts that and nothing else, and `verify`
    /// asks for it again: most events post nothing.
    fn postings(&self, _world: &World) -> Result<Postings, Stop> {
        Ok(Postings::default())
    }

    /// Changes the rows that follow from it. Is called once its keys are loaded.
    fn evolve(&self, world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop>;

    /// The thing that it made or changed, once it has been carried into the world.
    fn outcome(&self, world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop>;
}
