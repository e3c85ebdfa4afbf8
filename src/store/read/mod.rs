//! What the API asks: read models, one file a noun.
//!
//! A function takes a connection and a [`Scope`]: what its reader may see stands in the query itself,
//! and what lies outside is not found. Lists go by key, see [`PageRequest`].
//!
//! Beside the nouns: [`tokens`] says which are good, [`journal`] is the ledger's own book, [`totals`] sums it up, and [`due`] is what the
//! sweeper and the due lists ask.

mod about;
pub mod accesses;
pub mod accounts;
pub mod activities;
pub mod applications;
pub mod assessments;
pub mod attendances;
pub mod bindings;
pub mod calendar;
pub mod certificates;
pub mod corrections;
pub mod crediting_policies;
pub mod due;
pub mod enrolments;
pub mod findings;
pub mod home;
pub mod honours;
pub mod identity_changes;
pub mod journal;
mod list;
pub mod lookup;
pub mod lots;
pub mod merges;
pub mod messages;
pub mod model_posts;
pub mod notices;
pub mod objections;
pub mod operators;
pub mod opportunities;
mod past;
pub mod pledges;
pub mod policies;
pub mod positions;
pub mod programmes;
pub mod ratings;
pub mod records;
pub mod redemptions;
pub mod rewards;
mod scope;
pub mod stars;
pub mod statements;
pub mod tokens;
pub mod totals;
pub mod trainings;
pub mod transfers;
pub mod units;
pub mod volunteers;
pub mod work;

pub use about::{About, Openness, Unseen};
pub use list::{PageOf, PageRequest};
pub use scope::Scope;

#[cfg(test)]
mod tests;
