//! The one definition of what counts.

use super::column::Stored;
use super::expression::{Hinted, no_index};
use super::schema::service_records as t;
use crate::domain::ids::Seq;
use diesel::dsl::auto_type;
use diesel::prelude::*;

/// A service record counts at a position of the journal if it was credited by then and not voided
/// by then. Lists and totals both ask by this, and so agree; entries are never changed, so that the
/// answer for a position always stays the same.
///
/// Half of all records and more count: neither database should go to them by an index.
#[auto_type(type_case = "PascalCase")]
pub(super) fn counted_as_of(seq: Seq) -> _ {
    let credited_entry: Hinted<t::credited_entry> = no_index(t::credited_entry);
    let not_voided = t::voided_entry.is_null().or(t::voided_entry.gt(Stored(seq)));
    credited_entry.le(Stored(seq)).and(not_voided)
}

/// The same of a record `s` at the position `:as_of`, for what is summed up.
pub(super) const COUNTED: &str =
    "+s.credited_entry <= :as_of AND (s.voided_entry IS NULL OR s.voided_entry > :as_of)";

/// A record `s` that says a check-in which somebody declared and the service did not see. There is an index of them, and
/// they get no more.
pub(super) const SELF_DECLARED: &str = "s.evidence IN ('scan', 'geo') AND s.submitted_by <> 0";

/// A record `s` that an entry after `:before`, up to `:until`, credited: found by index.
pub(super) const BEGAN_TO_COUNT: &str = "s.credited_entry > :before AND s.credited_entry <= :until";
