//! Assessment schemes as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{AssessmentScheme, AssessmentTerms};
use crate::domain::ids::AssessmentSchemeId;
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "AssessmentScheme")]
struct KeptAssessmentScheme {
    id: AssessmentSchemeId,
    version: i64,
    terms: AssessmentTerms,
}
kept!(AssessmentScheme as KeptAssessmentScheme);
