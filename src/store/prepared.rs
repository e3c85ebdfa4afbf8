//! How many prepared statements a connection keeps.
//!
//! diesel keeps each statement that it has prepared, found again by its text, for as long as the connection
//! stands. A list's text depends on which filters are given: a connection that answers for months comes by
//! thousands of texts, each of which takes memory here or in PostgreSQL's server. So a connection that has
//! more than [`MOST_KEPT`] forgets all of them before it is used again; those in use are prepared again.

use diesel::Connection;
use diesel::connection::{CacheSize, Instrumentation, InstrumentationEvent};

/// Statements that a connection keeps from one use to the next. Each operation has a few, and most lists
/// are asked for with the same few filters.
pub const MOST_KEPT: usize = 256;

/// Statements that were prepared since all were forgotten.
#[derive(Debug, Default)]
pub(super) struct Prepared(pub(super) usize);

impl Instrumentation for Prepared {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::CacheQuery { .. } = event {
            self.0 += 1;
        }
    }
}

/// Has the connection count what it prepares.
pub(super) fn count(connection: &mut impl Connection) {
    connection.set_instrumentation(Prepared::default());
}

/// What the connection has counted.
pub(super) fn counted(connection: &mut impl Connection) -> Option<&mut Prepared> {
    connection.instrumentation().downcast_mut()
}

/// Has the connection forget its prepared statements.
pub(super) fn forget(connection: &mut impl Connection) {
    connection.set_prepared_statement_cache_size(CacheSize::Disabled);
    connection.set_prepared_statement_cache_size(CacheSize::Unbounded);
    if let Some(prepared) = counted(connection) {
        prepared.0 = 0;
    }
}
