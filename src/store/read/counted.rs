//! The one definition of what counts.

use crate::domain::ids::Seq;
use crate::store::column::Column;
use crate::store::sql::Sql;

/// A service record `t` counts at a position of the journal if it was credited by then and not voided
/// by then. Lists and totals both ask by this, and so agree; entries are never changed, so that the
/// answer for a position stays the same for ever.
const COUNTED: &str = "t.credited_entry <= ? AND (t.voided_entry IS NULL OR t.voided_entry > ?)";

/// Only records that count as of an entry.
pub(super) fn counted_as_of(seq: Seq) -> Sql {
    Sql::new(COUNTED).bind(seq.to_cell()).bind(seq.to_cell())
}
