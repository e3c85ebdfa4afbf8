//! Crediting policies (时长认定规则): how many minutes one person alone may credit, how long a leader was there, and whether
//! what the service saw is credited by itself.

use super::extract::{Anyone, Coordinator, PathId, Strict};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Shown, View};
use super::wire::BoundedInt;
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::amounts::Minutes;
use crate::domain::crediting_policy::{
    CreditingPolicy, LeaderHours, MOST_LEADER_HOURS, MOST_MINUTES_A_MONTH, MOST_MINUTES_A_RECORD,
    OnePersonMinutes, SetCreditingPolicy,
};
use crate::domain::ids::UnitId;
use crate::domain::time::LocalZone;
use crate::store::read::crediting_policies::{self, CreditingPolicyInForce};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(set_crediting_policy).service(get_crediting_policy);
}

/// Minutes of one record.
pub type MinutesOfRecord = BoundedInt<0, MOST_MINUTES_A_RECORD>;
/// Minutes of one month.
pub type MinutesOfMonth = BoundedInt<0, MOST_MINUTES_A_MONTH>;
/// Hours after service.
pub type HoursAfterService = BoundedInt<1, MOST_LEADER_HOURS>;

/// How many minutes one person alone may enter and credit, of `leader` and `import` evidence that is not late.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OnePersonMinutes)]
pub struct OnePersonMinutesView {
    /// Most minutes of one record; 0 for none.
    #[schema(inline)]
    pub a_record: MinutesOfRecord,
    /// Most minutes of one volunteer's service in a calendar month, with whatever unit.
    #[schema(inline)]
    pub a_month: MinutesOfMonth,
}

impl From<OnePersonMinutes> for OnePersonMinutesView {
    fn from(minutes: OnePersonMinutes) -> Self {
        Self { a_record: BoundedInt(minutes.a_record().0), a_month: BoundedInt(minutes.a_month().0) }
    }
}

/// What a unit may credit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "one_person_minutes": { "a_record": 120, "a_month": 600 }, "leader_hours": 72, "credits_seen": true }))]
pub struct CreditingPolicyInput {
    /// Null, or left out, to follow the unit above.
    #[serde(default)]
    pub one_person_minutes: Option<OnePersonMinutesView>,
    /// For how many hours after its end service is entered as `leader`. Null, or left out, to follow the unit above.
    #[serde(default)]
    #[schema(inline)]
    pub leader_hours: Option<HoursAfterService>,
    /// Whether the service credits by itself what it saw itself (`scan`, `geo`), once its public notice is over and nobody objects;
    /// a day of more than eight hours waits for who approves it. Null, or left out, to follow the unit above.
    #[serde(default)]
    pub credits_seen: Option<bool>,
}

/// A unit's own crediting policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditingPolicy)]
pub struct CreditingPolicyView {
    pub unit: UnitId,
    /// Null if the unit follows the one above.
    pub one_person_minutes: Option<OnePersonMinutesView>,
    /// Null if the unit follows the one above.
    #[schema(inline)]
    pub leader_hours: Option<HoursAfterService>,
    /// Null if the unit follows the one above.
    pub credits_seen: Option<bool>,
    /// Who set it credits nothing alone by it.
    pub set_by: Actor,
}

impl View for CreditingPolicyView {
    type Thing = CreditingPolicy;

    fn of(policy: CreditingPolicy, _: LocalZone) -> Self {
        Self {
            unit: policy.unit,
            one_person_minutes: policy.one_person_minutes.map(Into::into),
            leader_hours: policy.leader_hours.map(|hours| BoundedInt(hours.into())),
            credits_seen: policy.credits_seen,
            set_by: policy.set_by,
        }
    }

    fn location(&self) -> String {
        format!("/v1/units/{}/crediting-policy", self.unit)
    }
}

/// What applies to a unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditingPolicyInForce)]
pub struct CreditingPolicyInForceView {
    pub unit: UnitId,
    pub one_person_minutes: OnePersonMinutesView,
    /// The unit whose policy says so: this one or the nearest above; null if there is none.
    pub one_person_minutes_set_for: Option<UnitId>,
    /// For how many hours after its end service is entered as `leader`.
    #[schema(inline)]
    pub leader_hours: HoursAfterService,
    /// The unit whose policy says so: this one or the nearest above; null if there is none.
    pub leader_hours_set_for: Option<UnitId>,
    /// Whether the service credits by itself what it saw itself.
    pub credits_seen: bool,
    /// The unit whose policy says so: this one or the nearest above; null if there is none.
    pub credits_seen_set_for: Option<UnitId>,
}

/// Sets how much one person alone may credit, and how long a leader was there
///
/// Two persons answer for what the service did not see: who enters a record does not credit it. A unit that cannot do
/// so may be let off some minutes, by who answers for the unit above it; who sets it does not credit by it. What
/// one person credited is marked `credited_alone`. What the service saw needs nobody else's word, and may be credited
/// by itself. Applies to units under it that have no policy of their own.
#[utoipa::path(
    tag = "service-records",
    params(("id" = UnitId, Path, description = "The unit")),
    request_body = CreditingPolicyInput,
    responses((status = 200, description = "The policy", body = Changed<CreditingPolicyView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found", "outside_unit", "crediting_policy_from_above"]))),
)]
#[post("/units/{id}/crediting-policy")]
pub async fn set_crediting_policy(
    state: State,
    caller: Coordinator,
    unit: PathId<UnitId>,
    body: Strict<CreditingPolicyInput>,
) -> Result<Changed<CreditingPolicyView>, ApiError> {
    let CreditingPolicyInput { one_person_minutes, leader_hours, credits_seen } = body.value;
    let minutes = one_person_minutes.map(|OnePersonMinutesView { a_record, a_month }| {
        OnePersonMinutes::new(Minutes(a_record.0), Minutes(a_month.0)).map_err(ApiError::internal)
    });
    let hours = leader_hours.map(|hours| LeaderHours::try_from(hours.0).map_err(ApiError::internal));
    let command = Command::SetCreditingPolicy(SetCreditingPolicy {
        unit: unit.0,
        one_person_minutes: minutes.transpose()?,
        leader_hours: hours.transpose()?,
        credits_seen,
    });
    state.change(caller.asker(), body.idempotency, command).await
}

/// Shows how much one person alone may credit, and how long a leader was there
///
/// Each as the unit's own policy has it, or that of the nearest unit above that says so.
#[utoipa::path(
    tag = "service-records",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 200, description = "The crediting policy that applies", body = CreditingPolicyInForceView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/units/{id}/crediting-policy")]
pub async fn get_crediting_policy(
    state: State,
    caller: Anyone,
    unit: PathId<UnitId>,
) -> Result<Shown<CreditingPolicyInForceView>, ApiError> {
    let read = state.read_as(caller.0, move |db, scope| crediting_policies::in_force(db, scope, unit.0));
    let CreditingPolicyInForce { one_person_minutes, leader_hours, credits_seen } =
        unit.found(read.await?)?;
    let minutes = one_person_minutes.map(|(minutes, _)| minutes).unwrap_or_default();
    let hours = leader_hours.map(|(hours, _)| hours).unwrap_or_default();
    Ok(Shown::plain(CreditingPolicyInForceView {
        unit: unit.0,
        one_person_minutes: minutes.into(),
        one_person_minutes_set_for: one_person_minutes.map(|(_, unit)| unit),
        leader_hours: BoundedInt(hours.into()),
        leader_hours_set_for: leader_hours.map(|(_, unit)| unit),
        credits_seen: credits_seen.is_some_and(|(credits, _)| credits),
        credits_seen_set_for: credits_seen.map(|(_, unit)| unit),
    }))
}
