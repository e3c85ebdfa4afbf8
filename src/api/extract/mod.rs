//! What a handler can ask of a request, as the types of its arguments.
//!
//! A handler's signature says who may call it ([`caller`]), what it takes ([`body`], [`path`],
//! [`query`]) and which version it changes ([`if_match`]). The caller comes first, so that nobody
//! learns anything from a refused body who may not call at all.

pub mod body;
pub mod caller;
mod exact;
pub mod format;
pub mod if_match;
pub mod path;
pub mod peer;
pub mod query;
mod words;

pub use body::{IdempotencyHeader, Lenient, NoBody, Strict};
pub use caller::{AdminOnly, AnyOperator, Anyone, Auditor, Changer, Coordinator, VolunteerOnly};
pub use format::{Accepted, Format};
pub use if_match::{IfMatch, MaybeIfMatch};
pub use path::{PathId, PathSeq};
pub use peer::Peer;
pub use query::{Queries, Query};
