//! What recruitment tells of an activity (招募公告), as requests and answers have it.

use super::ground::{Latitude, Longitude, point};
use super::wire::{BoundedInt, LocalTime};
use crate::domain::activity::recruitment::Recruitment;
use crate::domain::fence::Fence;
use crate::domain::text::{Name, Note};
use crate::domain::time::{LocalZone, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What recruitment tells of an activity, for ever and to everybody: no person's own number.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRecruitment)]
pub struct RecruitmentInput {
    /// What is done.
    pub content: Option<Note>,
    /// What may happen to who takes part.
    pub risks: Option<Note>,
    /// What is done against that.
    pub safeguards: Option<Note>,
    /// An office and its number.
    pub contact: Option<Name>,
    /// From when on one may sign up; once it is published, by default.
    pub opens_at: Option<Timestamp>,
    /// Until when; until it starts, by default.
    pub closes_at: Option<Timestamp>,
    /// Who withdraws after this does so late; nobody is late by default.
    pub withdraw_by: Option<Timestamp>,
    /// Where one has to be to check in by oneself.
    pub fence: Option<FenceBody>,
    /// Whether being within the fence is enough to check in, without a code. `false` by default.
    pub position_is_enough: Option<bool>,
}

/// A circle on the ground (GCJ-02).
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Fence)]
pub struct FenceBody {
    pub latitude: Latitude,
    pub longitude: Longitude,
    #[schema(inline)]
    pub radius_metres: BoundedInt<100, 5_000>,
}

impl From<RecruitmentInput> for Recruitment {
    fn from(input: RecruitmentInput) -> Self {
        Self {
            content: input.content,
            risks: input.risks,
            safeguards: input.safeguards,
            contact: input.contact,
            opens_at: input.opens_at,
            closes_at: input.closes_at,
            withdraw_by: input.withdraw_by,
            fence: input.fence.map(Into::into),
            position_is_enough: input.position_is_enough.unwrap_or(false),
        }
    }
}

impl From<FenceBody> for Fence {
    fn from(FenceBody { latitude, longitude, radius_metres }: FenceBody) -> Self {
        Self { centre: point(latitude, longitude), radius_metres: radius_metres.0 }
    }
}

impl From<Fence> for FenceBody {
    fn from(Fence { centre, radius_metres }: Fence) -> Self {
        Self {
            latitude: Latitude(centre.latitude()),
            longitude: Longitude(centre.longitude()),
            radius_metres: BoundedInt(radius_metres),
        }
    }
}

/// What recruitment tells.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Recruitment)]
pub struct RecruitmentView {
    pub content: Option<Note>,
    pub risks: Option<Note>,
    pub safeguards: Option<Note>,
    pub contact: Option<Name>,
    pub opens_at: Option<LocalTime>,
    pub closes_at: Option<LocalTime>,
    pub withdraw_by: Option<LocalTime>,
    pub fence: Option<FenceBody>,
    pub position_is_enough: bool,
}

impl RecruitmentView {
    /// What is told, by the clocks of the zone.
    #[must_use]
    pub fn of(told: Recruitment, zone: LocalZone) -> Self {
        let local = |at: Option<Timestamp>| at.map(|at| LocalTime::new(at, zone));
        Self {
            content: told.content,
            risks: told.risks,
            safeguards: told.safeguards,
            contact: told.contact,
            opens_at: local(told.opens_at),
            closes_at: local(told.closes_at),
            withdraw_by: local(told.withdraw_by),
            fence: told.fence.map(Into::into),
            position_is_enough: told.position_is_enough,
        }
    }
}
