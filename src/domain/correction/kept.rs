//! Corrections as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Complaint, Correction, CorrectionStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{CorrectionId, RecordId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Correction")]
struct KeptCorrection {
    id: CorrectionId,
    volunteer: VolunteerId,
    unit: UnitId,
    complaint: Complaint,
    status: CorrectionStatus,
    asked_at: Timestamp,
    decided_by: Option<Actor>,
    decided_at: Option<Timestamp>,
    decided_entry: Option<Seq>,
    led_to: Option<RecordId>,
}
kept!(Correction as KeptCorrection);
