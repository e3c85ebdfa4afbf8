//! Activation codes: given by the office, and shown by who signs in for the first time.

use super::extract::{Coordinator, NoBody, PathId, Peer, Strict};
use super::log_ins::{Fault, NotLetIn, Shown};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::tokens::Tokens;
use super::view::{Changed, View};
use super::wire::{LocalTime, SecretText, VolunteerNumber};
use crate::domain::activation::{GiveActivation, Refusal, TryActivation};
use crate::domain::actor::Actor;
use crate::domain::ids::{Seq, VolunteerId};
use crate::domain::text::Name;
use crate::domain::time::LocalZone;
use crate::domain::volunteer::{Volunteer, number_of};
use crate::domain::{Command, Rejection};
use crate::store::read::volunteers;
use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(give_activation_code).service(sign_in_with_code);
}

/// A code with which a volunteer signs in for the first time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activation)]
pub struct ActivationView {
    pub volunteer: VolunteerId,
    /// The volunteer number, which goes with the code.
    #[schema(example = "000000000009")]
    pub number: String,
    /// To be handed to the volunteer; only in the answer to who had it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, nullable = false, example = "7K3F-9QXA-52MD")]
    pub code: Option<String>,
    /// Until when it is good, unless it is used or tried in vain five times before.
    pub expires_at: Option<LocalTime>,
}

impl View for ActivationView {
    type Thing = Volunteer;

    fn of(volunteer: Volunteer, zone: LocalZone) -> Self {
        Self {
            volunteer: volunteer.id,
            number: number_of(volunteer.id),
            code: None,
            expires_at: volunteer.activation_until.map(|until| LocalTime::new(until, zone)),
        }
    }

    fn location(&self) -> String {
        format!("/v1/volunteers/{}", self.volunteer)
    }
}

/// A volunteer number, and the code that was given for it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "number": "000000000009", "code": "7K3F-9QXA-52MD" }))]
pub struct ActivationProof {
    #[schema(value_type = String, pattern = "^[0-9]{12}$", example = "000000000009")]
    pub number: VolunteerNumber,
    /// As it was given; hyphens, spaces and case are ignored.
    #[schema(inline)]
    pub code: SecretText<1, 64>,
}

/// Gives a volunteer an activation code
///
/// By a coordinator of the unit, to be printed or shown: `POST /v1/auth/activation` takes it. It is good for seven days,
/// once, and dead after five wrong tries; one that was given before is good no more.
#[utoipa::path(
    tag = "volunteers",
    params(("id" = VolunteerId, Path, description = "The volunteer")),
    responses((status = 200, description = "The code", body = Changed<ActivationView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["volunteer_not_found", "outside_unit", "volunteer_closed"]))),
)]
#[post("/volunteers/{id}/activation")]
pub async fn give_activation_code(
    state: State,
    caller: Coordinator,
    volunteer: PathId<VolunteerId>,
    request: NoBody,
) -> Result<Changed<ActivationView>, ApiError> {
    let command = Command::GiveActivation(GiveActivation { volunteer: volunteer.0 });
    let given = state.change(caller.asker(), request.idempotency, command).await?;
    let Changed { thing, receipt }: Changed<ActivationView> = given;
    let code = state.vault.activation_code(thing.volunteer, receipt.receipt.seq);
    Ok(Changed { thing: ActivationView { code: Some(code), ..thing }, receipt })
}

/// Signs a volunteer in with an activation code
///
/// The code is spent by it; if the answer is lost, it is taken once more for 30 seconds. A wrong try is counted: after five
/// the code is dead. Codes that fail are delayed as passwords are.
#[utoipa::path(
    tag = "auth",
    request_body = ActivationProof,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!(["activation_invalid", "too_many_requests"]))),
)]
#[post("/auth/activation")]
pub async fn sign_in_with_code(
    state: State,
    peer: Peer,
    body: Strict<ActivationProof>,
) -> Result<web::Json<Tokens>, ApiError> {
    let ActivationProof { number: VolunteerNumber(volunteer), code } = body.value;
    let spend = async |entry| tried(&state, TryActivation { volunteer, entry, is_right: true }).await;
    let volunteer = by_code(&state, peer, (volunteer, &code.0), spend).await?;
    session::start(&state, session::of_volunteer(&volunteer)).await.map(web::Json)
}

/// Has something done for who shows a volunteer's code, by which it is spent. A wrong code is counted, and delayed as
/// passwords are.
pub(super) async fn by_code<T>(
    state: &State,
    peer: Peer,
    (volunteer, code): (VolunteerId, &str),
    spend: impl AsyncFnOnce(Seq) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let number: Name = number_of(volunteer).parse().map_err(ApiError::internal)?;
    let tried = state.log_ins.admit(Shown::Activation, &number, peer.0)?;
    let recognised = recognise(state, (volunteer, code), spend).await;
    Ok(tried.ended(recognised)?.ok_or(Refusal::ActivationInvalid)?)
}

/// What comes of the right code. The ledger counts the try, and says whether the code is good.
async fn recognise<T>(
    state: &State,
    (volunteer, code): (VolunteerId, &str),
    spend: impl AsyncFnOnce(Seq) -> Result<T, ApiError>,
) -> Result<Result<T, NotLetIn>, ApiError> {
    let not_let_in = |fault| Ok(Err(NotLetIn { operator: None, fault }));
    let found = state.read(move |db| volunteers::current(db, volunteer)).await?;
    let Some(entry) = found.and_then(|found| found.activation_entry) else {
        return not_let_in(Fault::UnknownLogin);
    };
    let judged = if state.vault.activation_code_matches(volunteer, entry, code) {
        spend(entry).await.map(Some)
    } else {
        tried(state, TryActivation { volunteer, entry, is_right: false }).await.map(|_| None)
    };
    match judged {
        Ok(Some(recognised)) => Ok(Ok(recognised)),
        Ok(None) | Err(ApiError::Rejected(Rejection::Activation(_))) => not_let_in(Fault::Wrong),
        Err(error) => Err(error),
    }
}

async fn tried(state: &State, shown: TryActivation) -> Result<Volunteer, ApiError> {
    state.single((Actor::System, None), Command::TryActivation(shown)).await
}
