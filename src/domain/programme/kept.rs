//! Programmes as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Programme, ProgrammeDetails};
use crate::domain::ids::{ProgrammeId, Seq, UnitId};
use crate::domain::noun::kept;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Programme")]
struct KeptProgramme {
    id: ProgrammeId,
    unit: UnitId,
    details: ProgrammeDetails,
    closed: bool,
    version: Seq,
}
kept!(Programme as KeptProgramme);
