//! From an entry to the state that follows from it: given the entries in order, [`evolve`] makes all derived
//! state, which is how `verify` recomputes it.

use super::account::{Posting, Postings};
use super::event::{Event, UnsealedEntry};
use super::happening::Happening;
use super::message::told::messages;
use super::outcome::Outcome;
use super::rules::Rules;
use super::world::{Stop, World};

/// Carries an entry into the world: derived rows, balances, what people are told. Changes nothing if it stops.
pub fn evolve(world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<(), Stop> {
    let happening = happening(&unsealed.event);
    world.want_all(happening.keys(world, unsealed)?)?;
    let messages = messages(world, unsealed)?;
    happening.evolve(world, rules, unsealed)?;
    world.post(&unsealed.postings);
    world.tell(messages);
    Ok(())
}

/// Stops where [`evolve`] would for what is not loaded.
pub fn must_have(world: &World, unsealed: &UnsealedEntry) -> Result<(), Stop> {
    world.want_all(happening(&unsealed.event).keys(world, unsealed)?)?;
    match messages(world, unsealed) {
        Err(Stop::Miss) => Err(Stop::Miss),
        // Whom it tells may be made by an entry that goes before it.
        Ok(_) | Err(Stop::Rejected(_)) => Ok(()),
    }
}

/// [`evolve`] of an entry that may not be what the service made; whether it posts what follows from its event.
pub fn replay(world: &mut World, rules: &Rules, unsealed: &UnsealedEntry) -> Result<bool, Stop> {
    let happening = happening(&unsealed.event);
    world.want_all(happening.keys(world, unsealed)?)?;
    let follows = happening.postings(world)?.into_lines() == unsealed.postings;
    evolve(world, rules, unsealed)?;
    Ok(follows)
}

/// What an event posts, in the world before it.
pub fn postings(world: &World, event: &Event) -> Result<Vec<Posting>, Stop> {
    happening(event).postings(world).map(Postings::into_lines)
}

/// The thing that the entry made or changed, once the entry has been carried into the world.
pub fn outcome(world: &World, unsealed: &UnsealedEntry) -> Result<Outcome, Stop> {
    happening(&unsealed.event).outcome(world, unsealed)
}

macro_rules! happening {
    (things { $($module:ident: $Noun:ident($($row:tt)*) in $table:ident else $Absent:ident $commands:tt;)* }
     others { $($other:ident: $Other:ident $other_commands:tt;)* } $($rows:tt)*) => {
        fn happening(event: &Event) -> &dyn Happening {
            match event {
                $(Event::$Noun(event) => event,)*
                $(Event::$Other(event) => event,)*
            }
        }
    };
}
crate::nouns!(happening);
