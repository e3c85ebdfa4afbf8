//! The public look-up: the state of a certificate, for anybody who holds it, as JSON and as a page.
//!
//! A certificate's code opens it, so the code is checked before anything is read: a wrong number, a wrong
//! code, and both, are answered alike and after the same work.

use super::view::PeriodView;
use super::{HeldCertificate, page};
use crate::api::extract::Query;
use crate::api::problem::ApiError;
use crate::api::state::{AppState, State};
use crate::api::wire::{Day, SecretText};
use crate::domain::amounts::Minutes;
use crate::domain::certificate;
use crate::domain::certificate::{CertificateState, certificate_of_number, number_of_certificate};
use crate::domain::ids::{CertificateId, Seq};
use crate::domain::text::Name;
use crate::domain::time::LocalZone;
use crate::store::read::certificates;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The look-up for people: pages, and no operations of the API.
pub fn pages(config: &mut web::ServiceConfig) {
    config
        .route("/verify", web::get().to(verify_typed))
        .route("/verify/{number}", web::get().to(verify_scanned))
        .route(page::STYLE_PATH, web::get().to(style));
}

/// A certificate's number and code, as typed or scanned.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LookUpQuery {
    /// The number printed on the certificate.
    #[param(inline)]
    number: SecretText<1, 32>,
    /// The code printed beside the number; hyphens, spaces and case are ignored.
    #[param(inline)]
    code: SecretText<1, 64>,
}

/// The state of a certificate, for anybody who holds it. Once the registration is closed: number and state
/// only.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateStanding {
    #[schema(example = "C000000004711")]
    pub number: String,
    pub state: CertificateState,
    /// Masked but for the first and the last character.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name_masked: Option<String>,
    /// The recording unit's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unit_name: Option<Name>,
    /// Left out if it covers all service up to its issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub period: Option<PeriodView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub credited_minutes: Option<Minutes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub issued_on: Option<Day>,
    /// The number of the certificate that replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "C000000004712")]
    pub replaced_by: Option<String>,
}

impl CertificateStanding {
    fn of(held: &HeldCertificate, zone: LocalZone) -> Self {
        let (certificate, content) = (&held.view.certificate, held.view.content.as_ref());
        Self {
            number: certificate.number(),
            state: held.view.state,
            name_masked: held.masked_name(),
            unit_name: content.map(|content| content.unit_name.clone()),
            period: content.and_then(|content| content.period).map(Into::into),
            credited_minutes: content.map(|content| content.credited_minutes),
            issued_on: content.map(|_| Day(zone.date_of(certificate.issued_at))),
            replaced_by: certificate.replaced_by.map(number_of_certificate),
        }
    }
}

/// Looks up a certificate
///
/// For anybody who holds it; no token is needed. A wrong number and a wrong code get the same answer. Too
/// many requests from one address are refused for a while.
#[utoipa::path(
    tag = "certificates",
    params(LookUpQuery),
    responses((status = 200, description = "The state of the certificate", body = CertificateStanding)),
    extensions(("x-refusals" = json!(["certificate_not_found", "too_many_requests"]))),
)]
#[get("/certificates/lookup")]
pub async fn look_up_certificate(
    state: State,
    req: HttpRequest,
    query: Query<LookUpQuery>,
) -> Result<web::Json<CertificateStanding>, ApiError> {
    let held = look_up(&state, &req, &query.0.number.0, &query.0.code.0).await?;
    Ok(web::Json(CertificateStanding::of(&held, state.rules.zone)))
}

/// What a page is asked by: lenient, for people type it.
#[derive(Debug, Deserialize)]
struct Typing {
    number: Option<String>,
    code: Option<String>,
}

async fn verify_typed(state: State, req: HttpRequest, typed: web::Query<Typing>) -> HttpResponse {
    let Typing { number, code } = typed.into_inner();
    match (number, code) {
        (Some(number), Some(code)) => verify(&state, &req, &number, &code).await,
        _ => page::form(),
    }
}

async fn verify_scanned(
    state: State,
    req: HttpRequest,
    number: web::Path<String>,
    typed: web::Query<Typing>,
) -> HttpResponse {
    verify(&state, &req, &number, typed.code.as_deref().unwrap_or_default()).await
}

async fn verify(state: &State, req: &HttpRequest, number: &str, code: &str) -> HttpResponse {
    match look_up(state, req, number, code).await {
        Ok(held) => page::of(&held, state.rules.zone),
        Err(error) => page::refusal(&error),
    }
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(page::STYLE)
}

/// The certificate of number and code. The code is checked first, and against something in any case: who
/// guesses numbers learns nothing, not even by the time that it takes.
async fn look_up(
    state: &State,
    req: &HttpRequest,
    number: &str,
    code: &str,
) -> Result<HeldCertificate, ApiError> {
    admit(state, req)?;
    let id = certificate_of_number(number).unwrap_or(CertificateId::new(Seq(0)));
    if !state.vault.certificate_code_matches(id, code) {
        return Err(certificate::Refusal::CertificateNotFound.into());
    }
    let vault = state.vault.clone();
    let found = state.read(move |db| certificates::held(db, &vault, id)).await?;
    Ok(HeldCertificate { view: found.ok_or(certificate::Refusal::CertificateNotFound)? })
}

/// Refuses an address that looks up too often.
fn admit(state: &AppState, req: &HttpRequest) -> Result<(), ApiError> {
    let Some(address) = state.certificates.address_of(req) else { return Ok(()) };
    let admitted = state.look_ups.take(address);
    admitted.map_err(|seconds| ApiError::TooManyRequests { retry_after_seconds: seconds })
}
