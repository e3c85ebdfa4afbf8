//! Volunteers as kept answers hold them: stored for ever, and apart from the rows that rules work with.

use super::{Volunteer, VolunteerStatus};
use crate::domain::actor::Actor;
use crate::domain::amounts::Points;
use crate::domain::ids::{IdentityChangeId, Seq, TransferId, UnitId, VolunteerId};
use crate::domain::noun::kept;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Volunteer")]
struct KeptVolunteer {
    id: VolunteerId,
    unit: UnitId,
    status: VolunteerStatus,
    member_entry: Seq,
    member_since: Timestamp,
    open_transfer: Option<TransferId>,
    open_redemptions: i64,
    debt: Points,
    registered_at: Timestamp,
    version: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity_change: Option<IdentityChangeId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity_entry: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closing_asked_by: Option<Actor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closing_asked_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forget_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merged_into: Option<VolunteerId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    merged_numbers: Vec<VolunteerId>,
    #[serde(default, skip_serializing_if = "Seq::is_zero")]
    valid_from: Seq,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    activation_entry: Option<Seq>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    activation_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "is_zero")]
    activation_tries: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde hands it over")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}
kept!(Volunteer as KeptVolunteer);
