//! Trainings as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Training;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{Seq, TrainingId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Training")]
struct KeptTraining {
    id: TrainingId,
    volunteer: VolunteerId,
    unit: UnitId,
    first_day: NaiveDate,
    last_day: NaiveDate,
    minutes: Minutes,
    course: Commitment,
    organiser: Commitment,
    result: Option<Commitment>,
    words_entry: Seq,
    entered_by: Actor,
    entered_at: Timestamp,
    voided_at: Option<Timestamp>,
    version: Seq,
}
kept!(Training as KeptTraining);
