//! Points policies as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{PointsPolicy, PolicyTerms};
use crate::domain::ids::PolicyId;
use crate::domain::noun::kept;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "PointsPolicy")]
struct KeptPointsPolicy {
    id: PolicyId,
    effective_from: NaiveDate,
    terms: PolicyTerms,
}
kept!(PointsPolicy as KeptPointsPolicy);
