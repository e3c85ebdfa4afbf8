//! Signing in (登录) by who vouches for somebody outside, and binding who was never here.

use super::activation;
use super::application::OwnApplication;
use super::extract::{Peer, Strict};
use super::problem::ApiError;
use super::routing::Routes;
use super::session;
use super::state::State;
use super::ticket::{self, TicketText};
use super::tokens::Tokens;
use super::wire::{LocalTime, SecretText, VolunteerNumber};
use crate::channels::wechat::{AppKind, WechatError};
use crate::domain::Command;
use crate::domain::actor::Actor;
use crate::domain::binding::{AppId, Bind, Binding, BindingProof, OutsideIdentity, Provider, Refusal};
use crate::domain::ids::VolunteerId;
use crate::domain::volunteer::Volunteer;
use crate::store::read::{applications, bindings, volunteers};
use actix_web::{post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config.service(sign_in_with_wechat).service(bind);
}

/// A code as WeChat gave it out.
pub type WechatCode = SecretText<1, 128>;

/// What WeChat gave an app.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "app": "wx0123456789abcdef", "code": "ok-oGZUI0egBJY1zhBYw2KhdUfwVJJE" }))]
pub struct WechatSignIn {
    /// The app's `appid`.
    pub app: AppId,
    /// A mini-program's: the code of `wx.login`. An official account's: the code that OAuth brought to the page. Good once.
    #[schema(inline)]
    pub code: WechatCode,
}

/// What a sign-in comes to: tokens, or a ticket for who is bound to nobody.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum SignedIn {
    Tokens(Tokens),
    Ticket(Ticket),
}

/// That somebody has shown who they are outside.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ticket {
    /// For `POST /v1/auth/bindings` and `POST /v1/applications`.
    #[schema(example = "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ")]
    pub ticket: String,
    /// Until when it is good.
    pub expires_at: LocalTime,
    /// The last application of who signed in, as long as it is kept; null if there is none.
    pub application: Option<OwnApplication>,
}

/// A ticket, and what shows which volunteer that is: a phone code, or a volunteer number and its activation code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ticket": "q83vASNFZ4mrze8BI0VniavN7wEjRWeJ", "phone_code": "phone-13800138000" }))]
pub struct NewBinding {
    #[schema(inline)]
    pub ticket: TicketText,
    /// The code of a mini-program's phone button. It is another one than that of `wx.login`, and good once, too.
    #[schema(inline)]
    pub phone_code: Option<WechatCode>,
    #[schema(value_type = Option<String>, pattern = "^[0-9]{12}$", example = "000000000009")]
    pub number: Option<VolunteerNumber>,
    /// As it was given; hyphens, spaces and case are ignored.
    #[schema(inline)]
    pub activation_code: Option<SecretText<1, 64>>,
}

/// By what somebody shows that they are a volunteer.
enum Shown {
    PhoneCode(String),
    ActivationCode(VolunteerId, String),
}

impl NewBinding {
    fn shown(self) -> Result<(TicketText, Shown), ApiError> {
        let missing = |field: &str| {
            let detail = "say phone_code, or number and activation_code".to_owned();
            ApiError::MissingField { field: field.to_owned(), detail }
        };
        let shown = match (self.phone_code, self.number, self.activation_code) {
            (Some(code), None, None) => Shown::PhoneCode(code.0),
            (None, Some(VolunteerNumber(volunteer)), Some(code)) => Shown::ActivationCode(volunteer, code.0),
            (None, None, None) => return Err(missing("/phone_code")),
            (None, Some(_), None) => return Err(missing("/activation_code")),
            (None, None, Some(_)) => return Err(missing("/number")),
            (Some(_), ..) => {
                let (field, detail) =
                    ("/phone_code".to_owned(), "not beside number or activation_code".to_owned());
                return Err(ApiError::InvalidField { field, detail });
            }
        };
        Ok((self.ticket, shown))
    }
}

/// Signs somebody in by WeChat
///
/// Who is bound gets tokens, as a volunteer. Who is bound to nobody gets a ticket for ten minutes, with which they bind
/// themselves or apply to be registered. If the answer is lost, sign in with another code.
#[utoipa::path(
    tag = "auth",
    request_body = WechatSignIn,
    responses((status = 200, description = "Tokens, or a ticket", body = SignedIn)),
    extensions(("x-refusals" = json!([
        "wechat_code_invalid", "wechat_user_blocked", "wechat_too_often", "wechat_unavailable", "too_many_requests"
    ]))),
)]
#[post("/auth/wechat")]
pub async fn sign_in_with_wechat(
    state: State,
    peer: Peer,
    body: Strict<WechatSignIn>,
) -> Result<web::Json<SignedIn>, ApiError> {
    let WechatSignIn { app, code } = body.value;
    state.admit_stranger(peer.0)?;
    let subject = state.wechat.identify(app.clone(), code.0).await;
    let subject = subject.map_err(|error| refused(error, &app, peer))?;
    let identity = OutsideIdentity { provider: Provider::Wechat, app, subject };
    let index = state.vault.subject_index(&identity);
    let bound = state.read(move |db| bindings::of_subject(db, index)).await?;
    if let Some((binding, person)) = bound.filter(|(_, person)| person.must_be_registered().is_ok()) {
        let tokens = session::start_by(&state, session::of_volunteer(&person), binding.id).await?;
        return Ok(web::Json(SignedIn::Tokens(tokens)));
    }
    let (ticket, expires_at) = ticket::give(&state, identity)?;
    let zone = state.rules.zone;
    let application = state.read(move |db| applications::last_of(db, index)).await?;
    let application = application.map(|found| OwnApplication::of(found, zone));
    Ok(web::Json(SignedIn::Ticket(Ticket {
        ticket,
        expires_at: LocalTime::new(expires_at, zone),
        application,
    })))
}

/// Binds whom a ticket stands for to a volunteer, and signs them in
///
/// By the mobile number that WeChat vouches for, if exactly one registered volunteer has it; or by a volunteer number and
/// its activation code, which is spent. If the answer is lost, sign in: it may be bound already.
#[utoipa::path(
    tag = "auth",
    request_body = NewBinding,
    responses((status = 200, description = "The tokens", body = Tokens)),
    extensions(("x-refusals" = json!([
        "ticket_invalid", "wechat_code_invalid", "wechat_user_blocked", "wechat_too_often", "wechat_unavailable",
        "activation_invalid", "binding_refused", "binding_taken", "too_many_bindings", "person_stale", "too_many_requests"
    ]))),
)]
#[post("/auth/bindings")]
pub async fn bind(state: State, peer: Peer, body: Strict<NewBinding>) -> Result<web::Json<Tokens>, ApiError> {
    let (ticket, shown) = body.value.shown()?;
    state.admit_stranger(peer.0)?;
    let identity = ticket::take(&state, &ticket)?;
    let binding = match shown {
        Shown::PhoneCode(code) => {
            let found = only_one_with_mobile(&state, &identity, code, peer).await?;
            let proof = BindingProof::Mobile { read: found.version };
            made(&state, identity, found.id, proof).await?
        }
        Shown::ActivationCode(volunteer, code) => {
            let spend =
                async |entry| made(&state, identity, volunteer, BindingProof::Activation { entry }).await;
            activation::by_code(&state, peer, (volunteer, &code), spend).await?
        }
    };
    let volunteer = state.read(move |db| volunteers::current(db, binding.volunteer)).await?;
    let holder = session::of_volunteer(&volunteer.ok_or_else(|| ApiError::internal("nobody was bound"))?);
    session::start_by(&state, holder, binding.id).await.map(web::Json)
}

/// The one volunteer who has the mobile that WeChat vouches for. Whether there is none, or several, is not told.
async fn only_one_with_mobile(
    state: &State,
    identity: &OutsideIdentity,
    code: String,
    peer: Peer,
) -> Result<Volunteer, ApiError> {
    let OutsideIdentity { app, subject, .. } = identity.clone();
    if state.wechat.kind_of(&app) == Some(AppKind::OfficialAccount) {
        let (field, detail) =
            ("/phone_code".to_owned(), "an official account knows no mobile number".to_owned());
        return Err(ApiError::InvalidField { field, detail });
    }
    let mobile = state.wechat.mobile(app.clone(), subject, code).await;
    let mobile = mobile.map_err(|error| refused(error, &app, peer))?;
    let index = state.vault.mobile_index(&mobile);
    let found = state.read(move |db| bindings::only_one_with_mobile(db, index)).await?;
    found.ok_or_else(|| Refusal::BindingRefused.into())
}

async fn made(
    state: &State,
    identity: OutsideIdentity,
    volunteer: VolunteerId,
    proof: BindingProof,
) -> Result<Binding, ApiError> {
    let index = state.vault.subject_index(&identity);
    let command = Command::Bind(Bind { volunteer, identity: state.commit(identity)?, index, proof });
    state.single((Actor::System, None), command).await
}

/// What is told of WeChat's refusal. Neither code nor user is logged.
fn refused(error: WechatError, app: &AppId, Peer(address): Peer) -> ApiError {
    let refusal = match error {
        WechatError::UnknownApp => {
            let (field, detail) = ("/app".to_owned(), "unknown app".to_owned());
            return ApiError::InvalidField { field, detail };
        }
        WechatError::CodeInvalid => ApiError::WechatCodeInvalid,
        WechatError::UserBlocked => ApiError::WechatUserBlocked,
        WechatError::TooOften => ApiError::WechatTooOften,
        WechatError::Busy => ApiError::Busy,
        WechatError::Refused { errcode } => {
            tracing::error!(%app, errcode, "WeChat refuses this service: see to the app's secret, rights and list of addresses");
            return ApiError::WechatUnavailable;
        }
        WechatError::NoAnswer(_) => ApiError::WechatUnavailable,
    };
    tracing::warn!(%app, %address, %error, "a sign-in failed");
    refusal
}
