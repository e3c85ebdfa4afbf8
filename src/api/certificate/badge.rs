//! A certificate as an Open Badges 3.0 credential, secured as a VC-JWT (RS256).
//!
//! Open Badges 3.0, section 8.2.4.1: the payload is the credential itself, beside it the registered
//! claims `iss`, `sub`, `jti` and `nbf`. No document number goes in, not even masked: a badge travels.

use super::addresses::{CONTEXTS, issuer_address, key_address, status_entry};
use super::settings::CertificateSettings;
use crate::api::problem::ApiError;
use crate::api::state::{AppState, State};
use crate::auth::BadgeKeys;
use crate::domain::certificate::{
    Certificate, CertificateContent, CertifiedProgramme, number_of_certificate,
};
use crate::store::vault::Vault;
use actix_web::{get, web};
use serde_json::{Value, json};
use utoipa::ToSchema;

const SCHEMA: &str =
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

/// The signed credential: the same text for the same certificate and key.
pub fn signed(
    (settings, vault): (&CertificateSettings, &Vault),
    certificate: &Certificate,
    content: &CertificateContent,
    code: &str,
) -> Result<String, ApiError> {
    let keys = settings.badge_keys()?;
    let kid = key_address(settings, keys.kid());
    keys.sign(&credential((settings, vault), certificate, content, code), kid).map_err(ApiError::internal)
}

fn credential(
    (settings, vault): (&CertificateSettings, &Vault),
    certificate: &Certificate,
    content: &CertificateContent,
    code: &str,
) -> Value {
    let base = &settings.public_url;
    let issuer = issuer_address(settings, certificate.unit);
    let subject = format!("urn:uuid:{}", certificate.volunteer);
    let id = format!("urn:uuid:{}", certificate.id);
    let number = number_of_certificate(certificate.id);
    json!({
        "@context": CONTEXTS,
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "志愿服务记录证明",
        "issuer": { "id": issuer, "type": ["Profile"], "name": content.unit_name },
        "validFrom": rfc3339(certificate),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                identity("name", content.name.as_str()),
                identity("systemId", &content.volunteer_number),
            ],
            "achievement": {
                "id": format!("{base}/verify#volunteer-service"),
                "type": ["Achievement"],
                "achievementType": "CommunityService",
                "name": "志愿服务记录证明",
                "description": format!(
                    "志愿服务时长 {} 分钟，记录单位：{}，证明编号：{number}。",
                    content.credited_minutes, content.unit_name
                ),
                "criteria": { "narrative": CRITERIA },
            },
        },
        "evidence": [{
            "id": settings.page_of(certificate.id, code),
            "type": ["Evidence"],
            "name": "在线核验",
            "narrative": narrative(content),
        }],
        "credentialStatus": status_entry(settings, vault, certificate),
        "credentialSchema": [{ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }],
        "iss": issuer,
        "sub": subject,
        "jti": id,
        "nbf": certificate.issued_at.to_utc().timestamp(),
    })
}

/// What had to be done for it.
const CRITERIA: &str = "由记录单位审核入账、且在出具时未被撤销的志愿服务记录；时长为实际服务的整分钟数。";

/// What was served, programme by programme.
fn narrative(content: &CertificateContent) -> String {
    let line = |line: &CertifiedProgramme| {
        let service = &line.service;
        format!(
            "{}：{} 至 {}，{} 分钟",
            line.name, service.first_day, service.last_day, service.credited_minutes
        )
    };
    content.programmes.iter().map(line).collect::<Vec<_>>().join("；")
}

fn identity(kind: &str, plain: &str) -> Value {
    json!({ "type": "IdentityObject", "hashed": false, "identityHash": plain, "identityType": kind })
}

/// The day and hour of issue, in UTC and whole seconds, as `nbf` has them.
fn rfc3339(certificate: &Certificate) -> String {
    certificate.issued_at.to_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// A JSON Web Key Set (RFC 7517) of RSA keys.
#[derive(Debug, ToSchema)]
pub struct BadgeJwks {
    /// The current signing key first; empty if this service signs no badges.
    #[schema(value_type = Vec<Object>)]
    pub keys: Vec<Value>,
}

/// Shows the public keys that verify badges
///
/// A JSON Web Key Set (RFC 7517); empty if this service signs no badges.
#[utoipa::path(tag = "certificates", responses((status = 200, description = "The keys", body = BadgeJwks)))]
#[get("/certificates/jwks")]
pub async fn certificate_jwks(state: State) -> web::Json<Value> {
    let mut keys =
        state.certificates.badge_keys.as_ref().map_or_else(|| json!({ "keys": [] }), BadgeKeys::jwks);
    for key in keys["keys"].as_array_mut().into_iter().flatten() {
        name_as_badges_do(&state.certificates, key);
    }
    web::Json(keys)
}

/// Shows a public key that verifies badges
///
/// A badge names its key by `/v1/certificates/keys/{id}`, which always has the same answer.
#[utoipa::path(
    tag = "certificates",
    params(("id" = String, Path, description = "The key's thumbprint (RFC 7638)")),
    responses((status = 200, description = "The key (RFC 7517)", body = Object)),
)]
#[get("/badge-keys/{id}")]
pub async fn certificate_key(
    state: State,
    thumbprint: web::Path<String>,
) -> Result<web::Json<Value>, ApiError> {
    key_of_badges(&state, &thumbprint)
}

/// The address that stands in badges. It is no operation of the specification, for its path could not be
/// told from that of a certificate's PDF.
#[get("/certificates/keys/{id}")]
pub async fn certificate_key_as_badges_name_it(
    state: State,
    thumbprint: web::Path<String>,
) -> Result<web::Json<Value>, ApiError> {
    key_of_badges(&state, &thumbprint)
}

fn key_of_badges(state: &AppState, thumbprint: &str) -> Result<web::Json<Value>, ApiError> {
    let keys = state.certificates.badge_keys.as_ref();
    let mut key = keys.and_then(|keys| keys.jwk(thumbprint)).ok_or(ApiError::RouteNotFound)?;
    name_as_badges_do(&state.certificates, &mut key);
    Ok(web::Json(key))
}

/// Calls a key what the headers of badges call it.
fn name_as_badges_do(settings: &CertificateSettings, key: &mut Value) {
    if let Some(thumbprint) = key["kid"].as_str() {
        key["kid"] = key_address(settings, thumbprint).into();
    }
}
