//! Check codes: what an activity shows at its place, and what a volunteer shows to who is in charge.

use super::extract::{Changer, PathId, Query, Strict, VolunteerOnly};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::Shown;
use super::wire::{LocalTime, SecretText};
use crate::domain::actor::Actor;
use crate::domain::attendance::{Direction, Refusal, SHOWN_SECONDS};
use crate::domain::general;
use crate::domain::ids::ActivityId;
use crate::domain::text::Name;
use crate::domain::time::Timestamp;
use crate::store::read::{Scope, activities};
use crate::store::vault::check_code::{CheckCode, CodeFault, CodeOf};
use actix_web::{get, post};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(get_wall_code).service(get_own_code).service(note_shown_code);
}

impl From<CodeFault> for ApiError {
    fn from(fault: CodeFault) -> Self {
        match fault {
            CodeFault::Wrong => Refusal::CheckCodeWrong,
            CodeFault::Expired => Refusal::CheckCodeExpired,
            CodeFault::OtherDirection => Refusal::CheckCodeOfOtherDirection,
        }
        .into()
    }
}

/// A code as a front end sends it.
pub type CodeText = SecretText<1, 128>;

/// A code, and until when it is good.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckCode)]
pub struct CheckCodeView {
    /// 31 characters of base64url: to be shown as a QR code. It fits the scene of a mini-program code.
    #[schema(min_length = 31, max_length = 31, example = "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo")]
    pub code: String,
    /// When the next code is to be shown.
    pub next_at: LocalTime,
    /// Until when this one is taken.
    pub good_until: LocalTime,
    /// The service's clock, which counts.
    pub now: LocalTime,
}

/// Which code.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WallCodeQuery {
    /// For coming or for going.
    direction: Direction,
}

/// Shows the wall code of an activity
///
/// For who is in charge of the activity, who alone finds it here, to be shown at the place: it changes every thirty seconds, and the one before is taken, too.
#[utoipa::path(
    tag = "attendance",
    params(("id" = ActivityId, Path, description = "The activity"), WallCodeQuery),
    responses((status = 200, description = "The code", body = CheckCodeView)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!(["activity_not_found"]))),
)]
#[get("/activities/{id}/check-code")]
pub async fn get_wall_code(
    state: State,
    caller: Changer,
    activity: PathId<ActivityId>,
    query: Query<WallCodeQuery>,
) -> Result<Shown<CheckCodeView>, ApiError> {
    let led = state.read_as(caller.0, move |db, scope| activities::led(db, scope, activity.0)).await?;
    activity.found(led)?;
    let now = state.clock.now();
    let code = state.vault.wall_code(activity.0, query.0.direction, now);
    Ok(Shown::plain(CheckCodeView::of(code, now, &state)))
}

/// Shows one's own code
///
/// For who is in charge to scan: it changes every thirty seconds. What is scanned so cannot be passed on.
#[utoipa::path(
    tag = "attendance",
    responses((status = 200, description = "The code", body = CheckCodeView)),
    security(("bearer" = ["volunteer"])),
)]
#[get("/me/check-code")]
pub async fn get_own_code(state: State, caller: VolunteerOnly) -> Result<Shown<CheckCodeView>, ApiError> {
    let Actor::Volunteer(volunteer) = caller.actor() else {
        return Err(general::Refusal::NotPermitted.into());
    };
    // Who is out shows nothing.
    state.read_as(caller.0, |_, _| Ok(())).await?;
    let now = state.clock.now();
    Ok(Shown::plain(CheckCodeView::of(state.vault.volunteer_code(volunteer, now), now, &state)))
}

impl CheckCodeView {
    fn of(code: CheckCode, now: Timestamp, state: &State) -> Self {
        let local = |at| LocalTime::new(at, state.rules.zone);
        let next_at = code.step.ends_at();
        Self {
            code: code.to_string(),
            next_at: local(next_at),
            good_until: local(next_at.plus(Duration::seconds(crate::store::vault::check_code::STEP_SECONDS))),
            now: local(now),
        }
    }
}

/// A wall code that was scanned.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "AQAAAAAAAAAJA5-UQKmqqqqqqqqqqqo" }))]
pub struct ScannedCode {
    #[schema(inline)]
    pub code: CodeText,
}

/// What a wall code is of, and what is sent instead of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShownCode)]
pub struct ShownCodeView {
    pub activity: ActivityId,
    pub name: Name,
    /// Whether it is for coming or for going.
    pub direction: Direction,
    /// Sent to check-ins or check-outs as `code` once one has signed in.
    pub code: String,
    pub good_until: LocalTime,
}

/// Notes that a wall code was scanned, before one signs in
///
/// A scan that was good stays good for five minutes: the service notes when it saw it, and answers what to send later.
#[utoipa::path(
    tag = "attendance",
    request_body = ScannedCode,
    responses((status = 200, description = "What the code is of", body = ShownCodeView)),
    extensions(("x-refusals" = json!(["check_code_wrong", "check_code_expired"]))),
)]
#[post("/check-codes/shown")]
pub async fn note_shown_code(
    state: State,
    body: Strict<ScannedCode>,
) -> Result<Shown<ShownCodeView>, ApiError> {
    let now = state.clock.now();
    let (good, direction, code) = state.vault.note_shown(&body.value.code.0, now)?;
    let CodeOf::Activity(activity) = good.of else { return Err(Refusal::CheckCodeWrong.into()) };
    let found = state.read(move |db| activities::get(db, Scope::All, activity)).await?;
    let name = found.ok_or(Refusal::CheckCodeWrong)?.details.name;
    let good_until = LocalTime::new(now.plus(Duration::seconds(SHOWN_SECONDS)), state.rules.zone);
    Ok(Shown::plain(ShownCodeView { activity, name, direction, code, good_until }))
}
