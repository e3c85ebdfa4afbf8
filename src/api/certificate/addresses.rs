//! What badges name, and so must be found for ever: keys, issuers, and lists of states.

use super::settings::CertificateSettings;
use crate::domain::certificate::Certificate;
use crate::domain::ids::UnitId;
use crate::store::vault::Vault;
use crate::store::vault::places::StatusPlace;
use serde_json::{Value, json};

/// The media type of a credential secured as a JWT.
pub const VC_JWT: &str = "application/vc+jwt";

/// The contexts of a credential and of a profile.
pub(super) const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// How badges name a key: by the address that it is found at, as Open Badges 3.0 asks (section 8.2.4.1). The key set
/// calls it the same, so that software that looks there finds it.
pub(super) fn key_address(settings: &CertificateSettings, thumbprint: &str) -> String {
    format!("{}/v1/certificates/keys/{thumbprint}", settings.public_url)
}

/// The address of a unit's profile, by which badges name who issued them.
pub(super) fn issuer_address(settings: &CertificateSettings, unit: UnitId) -> String {
    format!("{}/v1/badge-issuers/{unit}", settings.public_url)
}

/// The address of a list of states of a unit's certificates.
pub(super) fn list_address(settings: &CertificateSettings, unit: UnitId, list: i64) -> String {
    format!("{}/status-lists/{list}", issuer_address(settings, unit))
}

/// What a badge says of where its state is found.
pub(super) fn status_entry(
    settings: &CertificateSettings,
    vault: &Vault,
    certificate: &Certificate,
) -> Value {
    let StatusPlace { list, place } = vault.status_place(certificate.id);
    let list = list_address(settings, certificate.unit, list);
    json!({
        "id": format!("{list}#{place}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": place.to_string(),
        "statusListCredential": list,
    })
}
