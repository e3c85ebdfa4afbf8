//! The journal's form: what an entry is, its canonical bytes, the chain of hashes. Pure.

mod canonical;
mod commitment;
mod entry;

pub use canonical::to_canonical_json;
pub use commitment::{commit, is_bound};
pub use entry::{Entry, EntryHash, Hashing};
