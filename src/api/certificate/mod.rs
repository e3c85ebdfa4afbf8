//! Certificates (志愿服务记录证明): issued, taken back, given in three forms of one content, and looked
//! up by anybody who holds one.
//!
//! - [`view`]: what requests and answers say; `issue`: how one comes to be.
//! - [`look_up`]: the public look-up; [`page`]: its page for people.
//! - `addresses`: what badges name, for ever.
//! - [`badge`], `pdf`: the two forms beside JSON; [`fonts`]: in what the one is set; `issuer`: what strangers ask who hold a badge; `words`: their Chinese words.
//! - [`settings`]: what a deployment gives its certificates.

mod addresses;
pub mod badge;
pub mod fonts;
mod issue;
mod issuer;
pub mod look_up;
pub mod page;
mod pdf;
pub mod settings;
pub mod view;
mod words;

use super::extract::{Anyone, Changer, Coordinator, PathId, Query, Strict};
use super::page::{Cursor, Page, PageSize, page_request};
use super::problem::ApiError;
use super::routing::Routes;
use super::state::State;
use super::view::{Changed, Created, Shown};
use super::volunteer::sight::Sight;
use crate::api::schema::FileBytes;
use crate::auth::Identity;
use crate::domain::certificate;
use crate::domain::certificate::{CertificateContent, CertificateState, RevokeCertificate, Signatory};
use crate::domain::identity::mask_name;
use crate::domain::ids::{CertificateId, UnitId, VolunteerId};
use crate::domain::{Command, Rejection};
use crate::store::Db;
use crate::store::read::About;
use crate::store::read::certificates::{self, CertificateFilter, CertificateLine};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, post, web};
use issue::{CertificateRequest, issue};
use pdf::PdfError;
use serde::Deserialize;
use utoipa::IntoParams;
use view::{CertificateView, NewCertificate, Reissue, Revocation};

pub use look_up::pages;

/// The routes of this noun.
pub fn routes(config: &mut Routes) {
    config
        .service(issue_certificate)
        .service(list_certificates)
        .service(look_up::look_up_certificate)
        .service(badge::certificate_jwks)
        .service(badge::certificate_key)
        .service(issuer::get_badge_issuer)
        .service(issuer::get_badge_status_list)
        .untold(badge::certificate_key_as_badges_name_it)
        .service(get_certificate)
        .service(get_certificate_pdf)
        .service(get_certificate_badge)
        .service(reissue_certificate)
        .service(revoke_certificate);
}

/// A certificate in somebody's hands.
#[derive(Debug)]
pub(super) struct HeldCertificate {
    view: certificates::CertificateReadModel,
}

impl HeldCertificate {
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
            CertificateState::Revoked => {
                Err(Rejection::Certificate(certificate::Refusal::CertificateRevoked))
            }
            _ => Ok(()),
        }
    }
}

/// Issues a certificate
///
/// By the volunteer, or by a coordinator of the volunteer's unit.
#[utoipa::path(
    tag = "certificates",
    request_body = NewCertificate,
    responses((status = 201, description = "The certificate", body = Changed<CertificateView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive", "certificate_period_invalid",
        "certificate_empty", "certificate_stale", "journal_in_doubt"
    ]))),
)]
#[post("/certificates")]
pub async fn issue_certificate(
    state: State,
    caller: Changer,
    body: Strict<NewCertificate>,
) -> Result<Created<CertificateView>, ApiError> {
    let NewCertificate { volunteer, period, handler, contact } = body.value;
    let asked = CertificateRequest { volunteer, period: period.map(Into::into), replaces: None };
    issue(&state, caller.0, body.idempotency, Signatory { handler, contact }, async || Ok(asked)).await
}

/// Reissues a certificate
///
/// For the same volunteer and period, by what counts now. The old certificate and the new one name each
/// other.
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate to replace")),
    request_body = Reissue,
    responses((status = 201, description = "The new certificate", body = Changed<CertificateView>)),
    security(("bearer" = ["volunteer", "coordinator", "admin"])),
    extensions(("x-refusals" = json!([
        "certificate_not_found", "volunteer_not_found", "outside_unit", "volunteer_closed", "volunteer_inactive",
        "certificate_period_invalid", "certificate_empty", "certificate_stale", "certificate_superseded",
        "journal_in_doubt"
    ]))),
)]
#[post("/certificates/{id}/reissue")]
pub async fn reissue_certificate(
    state: State,
    caller: Changer,
    certificate: PathId<CertificateId>,
    body: Strict<Reissue>,
) -> Result<Created<CertificateView>, ApiError> {
    let Reissue { handler, contact } = body.value;
    let asked = async || {
        let replaced = holding(&state, caller.0, certificate).await?.view.certificate;
        let (volunteer, period) = (replaced.volunteer, replaced.period());
        Ok(CertificateRequest { volunteer, period, replaces: Some(replaced.id) })
    };
    issue(&state, caller.0, body.idempotency, Signatory { handler, contact }, asked).await
}

/// Revokes a certificate
///
/// By the recording unit, if it was issued in error.
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
    state.change(caller.asker(), body.idempotency, command).await
}

/// Which certificates.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CertificateQuery {
    volunteer: Option<VolunteerId>,
    /// Recorded by this unit or one under it.
    unit: Option<UnitId>,
    /// At most this many items on the page; 50 by default.
    #[param(inline)]
    limit: Option<PageSize>,
    /// The `next` of the previous page.
    cursor: Option<Cursor>,
}

/// Lists certificates
///
/// Of the caller's units and their volunteers, newest first. A volunteer sees their own only.
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
    let about = About { unit, volunteer, ..About::default() };
    let read = move |db: &mut Db, scope| certificates::list(db, scope, &filter, request);
    let page = state.list_as(caller.0, about, read).await?;
    let zone = state.rules.zone;
    Ok(Shown::plain(Page::new("certificates", page, |line: CertificateLine| {
        CertificateView::standing(&line.certificate, line.state, zone)
    })))
}

/// Shows a certificate
///
/// As JSON: its content, its state, and the code for the look-up.
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
    let certificates::CertificateReadModel { certificate, state: standing, content, revoked_reason } =
        held.view;
    let shown = CertificateView::standing(&certificate, standing, state.rules.zone);
    let shown = CertificateView { content: content.map(Into::into), revoked_reason, ..shown };
    Ok(Shown::plain(shown.with_code(&state)))
}

/// Shows a certificate as PDF
///
/// A4, with room for the unit's stamp, and a QR code where this service has a public address. The same certificate always
/// gives the same bytes, but for auditors, who see nothing of the document's number. A character that no font at hand has is refused by name (`certificate_glyph_missing`).
#[utoipa::path(
    tag = "certificates",
    params(("id" = CertificateId, Path, description = "The certificate")),
    responses((status = 200, description = "The document", content_type = "application/pdf", body = FileBytes)),
    security(("bearer" = ["volunteer", "coordinator", "auditor", "admin"])),
    extensions(("x-refusals" = json!([
        "certificate_not_found", "certificate_revoked", "certificate_erased", "certificate_font_missing",
        "certificate_glyph_missing"
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
    let (fonts, zone) = (state.certificates.fonts()?, state.rules.zone);
    let code = state.vault.certificate_code(held.view.certificate.id);
    let page = state.certificates.public_page_of(held.view.certificate.id, &code);
    let look_up = state.certificates.public_address().map(|address| format!("{address}/verify"));
    let name = held.view.certificate.number();
    let rendered = web::block(move || {
        let (certificate, content) = (&held.view.certificate, held.content()?);
        let (page, look_up) = (page.as_deref(), look_up.as_deref());
        let print = pdf::Print { certificate, content, code: &code, page, look_up, zone, fonts: &fonts };
        pdf::render(&print).map_err(|error| match error {
            PdfError::NoGlyph(characters) => ApiError::CertificateGlyphMissing { characters },
            other => ApiError::internal(other),
        })
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\"")))
        .body(rendered.await.map_err(ApiError::internal)??))
}

/// Shows a certificate as a badge
///
/// An Open Badges 3.0 credential for a wallet: a VC-JWT signed with RS256.
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
    let code = state.vault.certificate_code(held.view.certificate.id);
    let signed =
        badge::signed((&state.certificates, &state.vault), &held.view.certificate, held.content()?, &code)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, addresses::VC_JWT)).body(signed))
}

/// The certificate, if the caller may see it.
async fn holding(
    state: &State,
    caller: Identity,
    certificate: PathId<CertificateId>,
) -> Result<HeldCertificate, ApiError> {
    let vault = state.vault.clone();
    let found =
        state.read_as(caller, move |db, scope| certificates::get(db, &vault, scope, certificate.0)).await?;
    let mut view = certificate.found(found)?;
    if let Some(content) = &mut view.content {
        // What was issued once may show more of the number than is shown today.
        let shown = Sight::of(caller.role).document_number(&content.document_number_masked);
        content.document_number_masked = shown;
    }
    Ok(HeldCertificate { view })
}
