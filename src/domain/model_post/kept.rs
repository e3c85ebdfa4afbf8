//! Model posts as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::ModelPost;
use crate::domain::commitment::Commitment;
use crate::domain::ids::{ModelPostId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "ModelPost")]
struct KeptModelPost {
    id: ModelPostId,
    unit: UnitId,
    volunteer: Option<VolunteerId>,
    title: Commitment,
    starts_on: NaiveDate,
    ends_on: Option<NaiveDate>,
}
kept!(ModelPost as KeptModelPost);
