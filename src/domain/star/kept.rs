//! Star schemes as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{StarScheme, StarTerms};
use crate::domain::ids::StarSchemeId;
use crate::domain::noun::kept;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "StarScheme")]
struct KeptStarScheme {
    id: StarSchemeId,
    effective_from: NaiveDate,
    terms: StarTerms,
}
kept!(StarScheme as KeptStarScheme);
