//! Certificates (志愿服务记录证明): issued, taken back, given in three forms of one content, and looked
//! up by whoever holds one.
//!
//! - [`stationery`]: what a deployment gives them; `words`: their Chinese words.
//! - [`badge`], `pdf`: the two forms beside JSON; [`page`]: the look-up for people.
//!
//! A certificate's code opens it, so that the code is checked before anything is read: a wrong number, a
//! wrong code, and both, are answered alike and after the same work.

pub mod badge;
pub mod page;
mod pdf;
pub mod stationery;
mod words;

use super::extract::{Anyone, Changer, Coordinator, PathId, Query, Stamp, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::state::{AppState, State};
use super::view::{Changed, Created, Shown, View};
use super::wire::{Day, LocalTime, Typed};
use crate::auth::{BadgeKeys, Identity};
use crate::domain::actor::Actor;
use crate::domain::certificate::{
    Certificate, CertificateContent, CertificateState, IssueCertificate, Period, RevokeCertificate,
    Signatory, certificate_of_number, number_of_certificate,
};
use crate::domain::identity::{DocumentKind, mask_name};
use crate::domain::ids::{CertificateId, ProgrammeId, Seq, UnitId, VolunteerId};
use crate::domain::text::{Name, Note};
use crate::domain::time::LocalZone;
use crate::domain::{Command, Rejection};
use crate::store::read::certificates::{self, Basis, CertificateFilter, CertificateLine};
use crate::store::read::{Scope, operators};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use stationery::Stationery;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this noun.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(issue_certificate)
        .service(list_certificates)
        .service(look_up_certificate)
        .service(certificate_jwks)
        .service(certificate_key)
        .service(get_certificate)
        .service(get_certificate_pdf)
        .service(get_certificate_badge)
        .service(reissue_certificate)
        .service(revoke_certificate);
}

/// The look-up for people: pages, and no operations of the API.
pub fn pages(config: &mut web::ServiceConfig) {
    config
        .route("/verify", web::get().to(verify_typed))
        .route("/verify/{number}", web::get().to(verify_scanned))
        .route(page::STYLE_PATH, web::get().to(style));
}

/// Service days, both included.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CertificatePeriod)]
pub struct PeriodView {
    pub first_day: Day,
    /// Today at the latest.
    pub last_day: Day,
}

impl From<PeriodView> for Period {
    fn from(period: PeriodView) -> Self {
        Self { first_day: period.first_day.0, last_day: period.last_day.0 }
    }
}

impl From<Period> for PeriodView {
    fn from(period: Period) -> Self {
        Self { first_day: Day(period.first_day), last_day: Day(period.last_day) }
    }
}

/// A certificate to be issued.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCertificate {
    pub volunteer: VolunteerId,
    /// The whole life where nothing is said.
    pub period: Option<PeriodView>,
    /// Who handles it (经办人); the operator who issues it where nothing is said. Not a volunteer's to say.
    pub handler: Option<Name>,
    /// How the recording unit is reached. Not a volunteer's to say.
    pub contact: Option<Name>,
}

/// Who stands for the recording unit on a certificate that is issued in another's place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reissue {
    /// Who handles it (经办人); the operator who issues it where nothing is said. Not a volunteer's to say.
    pub handler: Option<Name>,
    /// How the recording unit is reached. Not a volunteer's to say.
    pub contact: Option<Name>,
}

/// Why a certificate is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    pub reason: Note,
}

/// A certificate.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct CertificateView {
    pub id: CertificateId,
    /// The number that is printed.
    #[schema(example = "C000000004711")]
    pub number: String,
    pub volunteer: VolunteerId,
    /// The recording unit.
    pub unit: UnitId,
    /// None for the whole life.
    pub period: Option<PeriodView>,
    /// The entry of the journal up to which was counted.
    #[schema(minimum = 0, example = 4710)]
    pub as_of: i64,
    #[schema(minimum = 1)]
    pub credited_minutes: i64,
    /// How many service records it rests on.
    #[schema(minimum = 1)]
    pub records: i64,
    pub state: CertificateState,
    pub issued_by: Actor,
    pub issued_at: LocalTime,
    /// The one that it was issued in place of.
    pub replaces: Option<CertificateId>,
    /// The one that was issued in its place.
    pub replaced_by: Option<CertificateId>,
    pub revoked_by: Option<Actor>,
    pub revoked_at: Option<LocalTime>,
    /// Why it was revoked; where the certificate is shown by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked_reason: Option<Note>,
    /// What it says; where it is shown by itself, and until the registration is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<ContentView>,
    /// The code that opens the look-up; where it is issued, and where it is shown by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7K3F-9QXA-2M4T-08WD")]
    pub code: Option<String>,
    /// The page that tells where it stands, whose address the QR code holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// What a certificate says, frozen when it was issued.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertificateContent)]
pub struct ContentView {
    pub name: Name,
    pub document_kind: DocumentKind,
    /// All but the ends hidden.
    pub document_number_masked: String,
    pub volunteer_number: String,
    pub programmes: Vec<ProgrammeLine>,
    /// The recording unit's name.
    pub unit_name: Name,
    /// Who handled it; none where the volunteer issued it.
    pub handler: Option<Name>,
    pub contact: Option<Name>,
}

/// What was served in one programme.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CertifiedProgramme)]
pub struct ProgrammeLine {
    pub programme: ProgrammeId,
    pub name: Name,
    pub first_day: Day,
    pub last_day: Day,
    #[schema(minimum = 0)]
    pub credited_minutes: i64,
    /// Occasions of count-type service.
    #[schema(minimum = 0)]
    pub occasions: i64,
    #[schema(minimum = 1)]
    pub records: i64,
}

impl From<CertificateContent> for ContentView {
    fn from(content: CertificateContent) -> Self {
        let line = |line: crate::domain::certificate::CertifiedProgramme| ProgrammeLine {
            programme: line.service.programme,
            name: line.name,
            first_day: Day(line.service.first_day),
            last_day: Day(line.service.last_day),
            credited_minutes: line.service.credited_minutes.0,
            occasions: line.service.occasions,
            records: line.service.records,
        };
        Self {
            name: content.name,
            document_kind: content.document_kind,
            document_number_masked: content.document_number_masked,
            volunteer_number: content.volunteer_number,
            programmes: content.programmes.into_iter().map(line).collect(),
            unit_name: content.unit_name,
            handler: content.handler,
            contact: content.contact,
        }
    }
}

impl View for CertificateView {
    type Thing = Certificate;

    /// As a change leaves it: what it rests on stands at that moment.
    fn of(certificate: Certificate, zone: LocalZone) -> Self {
        let state = certificate.state(false);
        Self::standing(&certificate, state, zone)
    }

    fn location(&self) -> String {
        format!("/v1/certificates/{}", self.id)
    }
}

impl CertificateView {
    fn standing(certificate: &Certificate, state: CertificateState, zone: LocalZone) -> Self {
        Self {
            id: certificate.id,
            number: certificate.number(),
            volunteer: certificate.volunteer,
            unit: certificate.unit,
            period: certificate.period().map(Into::into),
            as_of: certificate.as_of.0,
            credited_minutes: certificate.credited_minutes.0,
            records: certificate.records,
            state,
            issued_by: certificate.issued_by,
            issued_at: LocalTime::new(certificate.issued_at, zone),
            replaces: certificate.replaces,
            replaced_by: certificate.replaced_by,
            revoked_by: certificate.revoked_by,
            revoked_at: certificate.revoked_at.map(|at| LocalTime::new(at, zone)),
            revoked_reason: None,
            content: None,
            code: None,
            page: None,
        }
    }

    /// With what its holder needs to have it looked up.
    fn with_code(self, state: &AppState) -> Self {
        let code = state.vault.certificate_code(self.id);
        let page = state.stationery.page_of(self.id, &code);
        Self { code: Some(code), page: Some(page), ..self }
    }
}

/// A certificate in somebody's hands.
#[derive(Debug)]
pub(super) struct Holding {
    view: certificates::CertificateView,
}

impl Holding {
    fn masked_name(&self) -> Option<String> {
        self.view.content.as_ref().map(|content| mask_name(content.name.as_str()))
    }

    /// What it says, as long as there is somebody of whom it says it.
    fn content(&self) -> Result<&CertificateContent, ApiError> {
        self.view.content.as_ref().ok_or(ApiError::CertificateErased)
    }

    /// Refuses what nobody should carry about any more.
    fn must_not_be_revoked(&self) -> Result<(), Rejection> {
        match self.view.state {
            CertificateState::Revoked => Err(Rejection::CertificateRevoked),
            _ => Ok(()),
        }
    }
}

/// Issues a certificate
///
/// By the volunteer, free, or by whoever answers for the volunteer's unit.
#[utoipa::path(
    tag = "certificates",
    request_body = NewCertificate,
    responses((status = 201, description = "The certificate", body = Changed<CertificateView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "certificate_period_invalid",
        "certificate_empty", "certificate_stale"
    ]))),
)]
#[post("/certificates")]
pub async fn issue_certificate(
    state: State,
    caller: Changer,
    body: Strict<NewCertificate>,
) -> Result<Created<CertificateView>, ApiError> {
    let NewCertificate { volunteer, period, handler, contact } = body.value;
    let wish = Wish { volunteer, period: period.map(Into::into), replaces: None };
    issue(&state, caller.0, body.stamp, wish, Signatory { handler, contact }).await
}

/// Issues a certificate in another's place
///
/// For the same volunteer and the same days, as they are counted now. Each names the other.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate to be replaced")),
    request_body = Reissue,
    responses((status = 201, description = "The new certificate", body = Changed<CertificateView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "certificate_not_found", "volunteer_not_found", "outside_unit", "volunteer_closed",
        "certificate_period_invalid", "certificate_empty", "certificate_stale", "certificate_superseded"
    ]))),
)]
#[post("/certificates/{id}/reissue")]
pub async fn reissue_certificate(
    state: State,
    caller: Changer,
    certificate: PathId<CertificateId>,
    body: Strict<Reissue>,
) -> Result<Created<CertificateView>, ApiError> {
    let replaced = holding(&state, caller.0, certificate).await?.view.certificate;
    let Reissue { handler, contact } = body.value;
    let wish = Wish { volunteer: replaced.volunteer, period: replaced.period(), replaces: Some(replaced.id) };
    issue(&state, caller.0, body.stamp, wish, Signatory { handler, contact }).await
}

/// Takes a certificate back
///
/// By the recording unit: issued in error.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate")),
    request_body = Revocation,
    responses((status = 200, description = "The certificate", body = Changed<CertificateView>)),
    security(("bearer" = ["coordinator", "admin"])),
    extensions(("x-refusals" = json!(["certificate_not_found", "outside_unit", "certificate_revoked"]))),
)]
#[post("/certificates/{id}/revoke")]
pub async fn revoke_certificate(
    state: State,
    caller: Coordinator,
    certificate: PathId<CertificateId>,
    body: Strict<Revocation>,
) -> Result<Changed<CertificateView>, ApiError> {
    let reason = state.commit(body.value.reason)?;
    let command = Command::RevokeCertificate(RevokeCertificate { certificate: certificate.0, reason });
    state.change(caller.actor(), body.stamp, command).await
}

/// Which certificates.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CertificateQuery {
    volunteer: Option<VolunteerId>,
    /// Recorded by this unit or one under it.
    unit: Option<UnitId>,
    /// Most items on the page; 50 where nothing is said.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the page before.
    cursor: Option<Cursor>,
}

/// Lists certificates
///
/// Of the caller's units and volunteers, newest first; a volunteer sees her or his own.
#[utoipa::path(
    tag = "certificates",
    params(CertificateQuery),
    responses((status = 200, description = "A page", body = Page<CertificateView>)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
)]
#[get("/certificates")]
pub async fn list_certificates(
    state: State,
    caller: Anyone,
    query: Query<CertificateQuery>,
) -> Result<Shown<Page<CertificateView>>, ApiError> {
    let CertificateQuery { volunteer, unit, limit, cursor } = query.0;
    let request = page_request("certificates", limit, cursor.as_ref())?;
    let filter = CertificateFilter { volunteer, unit };
    let page =
        state.read_as(caller.0, move |db, scope| certificates::list(db, scope, &filter, request)).await?;
    let zone = state.rules.zone;
    Ok(Shown::plain(Page::new("certificates", page, |line: CertificateLine| {
        CertificateView::standing(&line.certificate, line.state, zone)
    })))
}

/// Shows a certificate
///
/// As JSON: what it says, where it stands, and the code that opens the look-up.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate")),
    responses((status = 200, description = "The certificate", body = CertificateView)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!(["certificate_not_found"]))),
)]
#[get("/certificates/{id}")]
pub async fn get_certificate(
    state: State,
    caller: Anyone,
    certificate: PathId<CertificateId>,
) -> Result<Shown<CertificateView>, ApiError> {
    let held = holding(&state, caller.0, certificate).await?;
    let certificates::CertificateView { certificate, state: standing, content, revoked_reason } = held.view;
    let shown = CertificateView::standing(&certificate, standing, state.rules.zone);
    let shown = CertificateView { content: content.map(Into::into), revoked_reason, ..shown };
    Ok(Shown::plain(shown.with_code(&state)))
}

/// A certificate to be printed
///
/// As PDF, A4, with a QR code and a place for the seal. The same certificate gives the same bytes.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate")),
    responses((status = 200, description = "The document", content_type = "application/pdf", body = String)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!([
        "certificate_not_found", "certificate_revoked", "certificate_erased", "certificate_font_missing"
    ]))),
)]
#[get("/certificates/{id}/pdf")]
pub async fn get_certificate_pdf(
    state: State,
    caller: Anyone,
    certificate: PathId<CertificateId>,
) -> Result<HttpResponse, ApiError> {
    let held = holding(&state, caller.0, certificate).await?;
    held.must_not_be_revoked()?;
    held.content()?;
    let (font, zone) = (state.stationery.font()?, state.rules.zone);
    let (code, page) = code_and_page(&state, &held);
    let look_up = format!("{}/verify", state.stationery.public_url);
    let name = held.view.certificate.number();
    let rendered = web::block(move || {
        let (certificate, content) = (&held.view.certificate, held.content()?);
        let print =
            pdf::Print { certificate, content, code: &code, page: &page, look_up: &look_up, zone, font };
        pdf::render(&print).map_err(ApiError::internal)
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")))
        .body(rendered.await.map_err(ApiError::internal)??))
}

/// A certificate to be carried in a wallet
///
/// As an Open Badges 3.0 credential, a VC-JWT signed with RS256.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate")),
    responses((status = 200, description = "The credential", content_type = "application/vc+jwt", body = String)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!([
        "certificate_not_found", "certificate_revoked", "certificate_erased", "badge_key_missing"
    ]))),
)]
#[get("/certificates/{id}/badge")]
pub async fn get_certificate_badge(
    state: State,
    caller: Anyone,
    certificate: PathId<CertificateId>,
) -> Result<HttpResponse, ApiError> {
    let held = holding(&state, caller.0, certificate).await?;
    held.must_not_be_revoked()?;
    let (code, _) = code_and_page(&state, &held);
    let signed = badge::signed(&state.stationery, &held.view.certificate, held.content()?, &code)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, badge::VC_JWT)).body(signed))
}

/// A certificate's number and code, as they were typed or scanned.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LookUpQuery {
    /// The number that is printed.
    #[param(inline)]
    number: Typed<1, 32>,
    /// The code that stands beside it: hyphens, spaces and case do not matter.
    #[param(inline)]
    code: Typed<1, 64>,
}

/// Where a certificate stands, for whoever holds it. Once the registration is closed: number and state.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateStanding {
    #[schema(example = "C000000004711")]
    pub number: String,
    pub state: CertificateState,
    /// All but the first and the last character hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_masked: Option<String>,
    /// The recording unit's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<Name>,
    /// Left out for the whole life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1)]
    pub credited_minutes: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Day>,
    /// The number of the one that was issued in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "C000000004712")]
    pub replaced_by: Option<String>,
}

impl CertificateStanding {
    fn of(held: &Holding, zone: LocalZone) -> Self {
        let (certificate, content) = (&held.view.certificate, held.view.content.as_ref());
        Self {
            number: certificate.number(),
            state: held.view.state,
            name_masked: held.masked_name(),
            unit_name: content.map(|content| content.unit_name.clone()),
            period: content.and_then(|content| content.period).map(Into::into),
            credited_minutes: content.map(|content| content.credited_minutes.0),
            issued_on: content.map(|_| Day(zone.date_of(certificate.issued_at))),
            replaced_by: certificate.replaced_by.map(number_of_certificate),
        }
    }
}

/// Looks a certificate up
///
/// For anybody who holds it. A wrong number and a wrong code are answered alike; who asks too often is
/// told to wait.
#[utoipa::path(
    tag = "certificates",
    params(LookUpQuery),
    responses((status = 200, description = "Where it stands", body = CertificateStanding)),
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

/// A JSON Web Key Set (RFC 7517) of RSA keys.
#[derive(Debug, ToSchema)]
pub struct BadgeJwks {
    /// The one that signs first; none where this service signs no badges.
    #[schema(value_type = Vec<Object>)]
    pub keys: Vec<Value>,
}

/// The public keys that verify badges
#[utoipa::path(tag = "certificates", responses((status = 200, description = "The keys", body = BadgeJwks)))]
#[get("/certificates/jwks")]
pub async fn certificate_jwks(state: State) -> web::Json<Value> {
    let keys = state.stationery.badge_keys.as_ref();
    web::Json(keys.map_or_else(|| serde_json::json!({ "keys": [] }), BadgeKeys::jwks))
}

/// A public key that verifies badges
///
/// A badge's `kid` is the address of its key.
#[utoipa::path(
    tag = "certificates",
    params(("id" = String, Path, description = "The key's thumbprint (RFC 7638)")),
    responses((status = 200, description = "The key (RFC 7517)", body = Object)),
)]
#[get("/certificates/keys/{id}")]
pub async fn certificate_key(
    state: State,
    thumbprint: web::Path<String>,
) -> Result<web::Json<Value>, ApiError> {
    let keys = state.stationery.badge_keys.as_ref();
    keys.and_then(|keys| keys.jwk(&thumbprint)).map(web::Json).ok_or(ApiError::RouteNotFound)
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
async fn look_up(state: &State, req: &HttpRequest, number: &str, code: &str) -> Result<Holding, ApiError> {
    state.stationery.admit(req, state.clock.now())?;
    let id = certificate_of_number(number).unwrap_or(CertificateId::new(Seq(0)));
    if !state.vault.certificate_code_matches(id, code) {
        return Err(Rejection::CertificateNotFound.into());
    }
    let vault = state.vault.clone();
    let found = state.read(move |db| certificates::held(db, &vault, id)).await?;
    Ok(Holding { view: found.ok_or(Rejection::CertificateNotFound)? })
}

/// The certificate, for whoever may see it.
async fn holding(
    state: &State,
    caller: Identity,
    certificate: PathId<CertificateId>,
) -> Result<Holding, ApiError> {
    let vault = state.vault.clone();
    let found =
        state.read_as(caller, move |db, scope| certificates::get(db, &vault, scope, certificate.0)).await?;
    Ok(Holding { view: certificate.found(found)? })
}

fn code_and_page(state: &AppState, held: &Holding) -> (String, String) {
    let id = held.view.certificate.id;
    let code = state.vault.certificate_code(id);
    let page = state.stationery.page_of(id, &code);
    (code, page)
}

/// What is to be certified.
#[derive(Clone, Copy)]
struct Wish {
    volunteer: VolunteerId,
    period: Option<Period>,
    replaces: Option<CertificateId>,
}

/// How often a certificate is made out anew where the hours change meanwhile.
const ATTEMPTS: usize = 4;

/// Makes the words out from what can be read now, and lets the rule compare them with what is served.
async fn issue(
    state: &State,
    caller: Identity,
    stamp: Stamp,
    wish: Wish,
    said: Signatory,
) -> Result<Created<CertificateView>, ApiError> {
    let usual = usual_signatory(state, caller.actor).await?;
    let signatory = Signatory::of(caller.actor, said, usual)?;
    let mut attempt = 1;
    loop {
        let command = make_out(state, caller, wish, &signatory).await?;
        let issued: Result<Created<CertificateView>, ApiError> =
            state.create(caller.actor, stamp.clone(), command).await;
        match issued {
            Err(ApiError::Rejected(Rejection::CertificateStale)) if attempt < ATTEMPTS => attempt += 1,
            issued => return issued.map(|created| created.map(|shown| shown.with_code(state))),
        }
    }
}

async fn make_out(
    state: &State,
    caller: Identity,
    wish: Wish,
    signatory: &Signatory,
) -> Result<Command, ApiError> {
    let Wish { volunteer, period, replaces } = wish;
    let vault = state.vault.clone();
    let basis: Option<Basis> = state
        .read_as(caller, move |db, scope| certificates::basis(db, &vault, scope, volunteer, period))
        .await?;
    let volunteer_version = basis.as_ref().map(|basis| basis.volunteer.version).unwrap_or_default();
    let content = basis.and_then(|basis| basis.content(period, signatory.clone()));
    let content = content.map(|content| state.commit(content)).transpose()?.map(Box::new);
    Ok(Command::IssueCertificate(IssueCertificate {
        volunteer,
        period,
        replaces,
        volunteer_version,
        content,
    }))
}

/// The operator's own name, and the house's contact.
async fn usual_signatory(state: &State, actor: Actor) -> Result<Signatory, ApiError> {
    let Stationery { contact, .. } = &state.stationery;
    let handler = match actor {
        Actor::Operator(id) => {
            let operator = state.read(move |db| operators::get(db, Scope::All, id)).await?;
            operator.map(|operator| operator.name)
        }
        Actor::Volunteer(_) | Actor::System => None,
    };
    Ok(Signatory { handler, contact: contact.clone() })
}
