//! As of when a question is asked. It comes down to one entry of the journal, which the answer names: asked again as of
//! that entry, the same question has the same answer for ever.

use super::problem::ApiError;
use super::state::AppState;
use crate::domain::as_of::{AsOf, Present, StillToCome};
use crate::domain::ids::Seq;
use crate::store::read::journal;
use crate::store::{Db, StoreError};
use serde::Deserialize;
use utoipa::IntoParams;

/// As of when it is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOfQuery {
    /// As of this journal entry, instant or day; as of now by default.
    pub(super) as_of: Option<AsOf>,
}

impl AppState {
    /// What time it is, and where.
    pub(super) fn present(&self) -> Present {
        Present { now: self.clock.now(), zone: self.rules.zone }
    }
}

/// The entry that the question stands on; the last, where none is asked for.
pub(super) fn entry_asked(
    db: &mut Db,
    as_of: Option<AsOf>,
    present: Present,
) -> Result<Result<Seq, ApiError>, StoreError> {
    let entry = journal::entry_as_of(db, as_of, present)?;
    Ok(entry.map_err(|why| still_to_come("as_of", why)))
}

/// A parameter names what is still to come: the answer would not stay the same.
fn still_to_come(parameter: &str, why: StillToCome) -> ApiError {
    ApiError::InvalidParameter { name: parameter.to_owned(), detail: why.to_string() }
}

/// A parameter names an entry beyond the end of the journal.
pub(super) fn beyond_the_end(parameter: &str) -> ApiError {
    still_to_come(parameter, StillToCome::Entry)
}
