//! Units and headcounts as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Headcount, Unit, UnitKind};
use crate::domain::ids::{Seq, UnitId};
use crate::domain::noun::kept;
use crate::domain::text::{Name, UnitCode};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Unit")]
struct KeptUnit {
    id: UnitId,
    code: UnitCode,
    name: Name,
    kind: UnitKind,
    parent: Option<UnitId>,
    path: Vec<UnitId>,
}
kept!(Unit as KeptUnit);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Headcount")]
struct KeptHeadcount {
    unit: UnitId,
    effective_from: NaiveDate,
    staff: i64,
    party_members: i64,
    version: Seq,
}
kept!(Headcount as KeptHeadcount);
