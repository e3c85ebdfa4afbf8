//! The one definition of what counts.

use super::column::Column;
use super::sql::Sql;
use crate::domain::ids::Seq;

/// A service record `t` counts at a position of the journal if it was credited by then and not voided
/// by then. Lists and totals both ask by this, and so agree; entries are never changed, so that the
/// answer for a position stays the same for ever.
///
/// Half of all records and more count: neither database should gather them by an index of what is behind
/// a sign.
const COUNTED: &str = "+t.credited_entry <= ? AND (t.voided_entry IS NULL OR t.voided_entry > ?)";

/// The same from one position to a later one: what counts at the later is what counted at the earlier,
/// with the records that began to count and without those that ceased to. Both are found by index.
const BEGAN: &str = "t.credited_entry > ? AND t.credited_entry <= ?";
const CEASED: &str = "t.voided_entry > ? AND t.voided_entry <= ?";

/// Only records that count as of an entry.
pub(super) fn counted_as_of(seq: Seq) -> Sql {
    between(COUNTED, seq, seq)
}

/// Only records that an entry after `after`, up to `until`, credited.
pub(super) fn began_to_count(after: Seq, until: Seq) -> Sql {
    between(BEGAN, after, until)
}

/// Only records that an entry after `after`, up to `until`, voided. None is voided that was not credited.
pub(super) fn ceased_to_count(after: Seq, until: Seq) -> Sql {
    between(CEASED, after, until)
}

fn between(condition: &'static str, one: Seq, other: Seq) -> Sql {
    Sql::new(condition).bind(one.to_cell()).bind(other.to_cell())
}
