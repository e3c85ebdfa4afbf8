//! What the API asks: read models, one file a noun.
//!
//! Every function takes a [`Scope`], and the permission stands in the query itself.

pub mod journal;
mod list;
mod row;
mod scope;

pub use list::{PageOf, PageRequest};
pub use scope::Scope;
