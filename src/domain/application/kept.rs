//! Applications as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Application, ApplicationStatus};
use crate::domain::actor::Actor;
use crate::domain::ids::{ApplicationId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Application")]
struct KeptApplication {
    id: ApplicationId,
    unit: UnitId,
    status: ApplicationStatus,
    made_at: Timestamp,
    decided_by: Option<Actor>,
    decided_at: Option<Timestamp>,
    decided_entry: Option<Seq>,
    volunteer: Option<VolunteerId>,
    forget_at: Option<Timestamp>,
}
kept!(Application as KeptApplication);
