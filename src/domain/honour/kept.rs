//! Honours as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::Honour;
use crate::domain::actor::Actor;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{HonourId, Seq, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Honour")]
struct KeptHonour {
    id: HonourId,
    volunteer: VolunteerId,
    unit: UnitId,
    day: NaiveDate,
    title: Commitment,
    giver: Commitment,
    words_entry: Seq,
    entered_by: Actor,
    entered_at: Timestamp,
    voided_at: Option<Timestamp>,
    version: Seq,
}
kept!(Honour as KeptHonour);
