//! Who issued a badge, and which of the issuer's badges are not valid any more: what a stranger's software asks who has
//! nothing but the badge.
//!
//! The profile is that of Open Badges 3.0; the list a Bitstring Status List (W3C, 1.0), signed as badges are, one bit a
//! certificate, set once it was revoked or superseded. Software that asks for it learns of a revocation, whatever copy
//! of the badge it was given.

use super::addresses::{CONTEXTS, VC_JWT, issuer_address, key_address, list_address};
use super::settings::CertificateSettings;
use crate::api::extract::{PathId, PathSeq};
use crate::api::problem::ApiError;
use crate::api::state::State;
use crate::domain::ids::{CertificateId, Seq, UnitId};
use crate::domain::time::Timestamp;
use crate::store::read::certificates;
use crate::store::vault::Vault;
use crate::store::vault::places::{PLACES, entries_of_list};
use crate::store::{Db, head};
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpResponse, get, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Duration, SecondsFormat};
use serde_json::{Value, json};

/// How long a list may be kept before it has to be asked for again, in hours.
const VALID_HOURS: i64 = 24;

/// Shows who issued a badge
///
/// A profile of Open Badges 3.0, for anybody; of units that issued a certificate.
#[utoipa::path(
    tag = "certificates",
    params(("id" = UnitId, Path, description = "The unit")),
    responses((status = 200, description = "The profile", body = Object)),
    extensions(("x-refusals" = json!(["unit_not_found"]))),
)]
#[get("/badge-issuers/{id}")]
pub async fn get_badge_issuer(state: State, unit: PathId<UnitId>) -> Result<web::Json<Value>, ApiError> {
    let name = state.read(move |db| certificates::issuer_name(db, unit.0)).await?;
    let name = unit.found(name)?;
    Ok(web::Json(json!({
        "@context": CONTEXTS,
        "id": issuer_address(&state.certificates, unit.0),
        "type": ["Profile"],
        "name": name,
        "url": format!("{}/verify", state.certificates.public_url),
    })))
}

/// Shows which badges are not valid any more
///
/// A Bitstring Status List (W3C) as a VC-JWT, signed as badges are, for anybody. A badge names its list and its place in
/// it; the bit is set once the certificate was revoked or superseded. Which place is whose, only the badge tells.
#[utoipa::path(
    tag = "certificates",
    params(("id" = UnitId, Path, description = "The unit"), ("seq" = Seq, Path, description = "The list")),
    responses((status = 200, description = "The list", content_type = "application/vc+jwt", body = String)),
    extensions(("x-refusals" = json!(["unit_not_found", "entry_not_found", "badge_key_missing"]))),
)]
#[get("/badge-issuers/{id}/status-lists/{seq}")]
pub async fn get_badge_status_list(
    state: State,
    unit: PathId<UnitId>,
    list: PathSeq,
) -> Result<HttpResponse, ApiError> {
    let (unit, list) = (unit, list.0.0);
    let entries = entries_of_list(list);
    let read = move |db: &mut Db| {
        let is_there = entries.0 <= head::read(db)?.last_seq;
        Ok((is_there, certificates::issuer_name(db, unit.0)?, certificates::not_valid(db, unit.0, entries)?))
    };
    let (is_there, name, not_valid) = state.read(read).await?;
    unit.found(name)?;
    if !is_there {
        return Err(ApiError::EntryNotFound);
    }
    let credential =
        status_list(&state.certificates, (unit.0, list), state.clock.now(), &bits(&state.vault, &not_valid));
    let keys = state.certificates.badge_keys()?;
    let signed =
        keys.sign(&credential, key_address(&state.certificates, keys.kid())).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, VC_JWT)).body(signed))
}

/// The list, the first place the highest bit of the first byte.
fn bits(vault: &Vault, set: &[CertificateId]) -> Vec<u8> {
    let mut bits = vec![0; usize::try_from(PLACES / 8).unwrap_or_default()];
    for certificate in set {
        let place = vault.status_place(*certificate).place;
        if let Some(byte) = usize::try_from(place / 8).ok().and_then(|at| bits.get_mut(at)) {
            *byte |= 0x80 >> (place % 8);
        }
    }
    bits
}

fn status_list(
    settings: &CertificateSettings,
    (unit, list): (UnitId, i64),
    now: Timestamp,
    bits: &[u8],
) -> Value {
    let (id, issuer) = (list_address(settings, unit, list), issuer_address(settings, unit));
    let rfc3339 = |at: Timestamp| at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": rfc3339(now),
        "validUntil": rfc3339(now.plus(Duration::hours(VALID_HOURS))),
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": format!("u{}", URL_SAFE_NO_PAD.encode(gzip(bits))),
        },
        "iss": issuer,
        "jti": id,
        "nbf": now.to_utc().timestamp(),
    })
}

/// A gzip file (RFC 1952) of one stored block, at most 65,535 bytes: the form of these lists, in which there is little to
/// be saved.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    const LAST_BLOCK_STORED: u8 = 1;
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let stored = &bytes[..usize::from(length).min(bytes.len())];
    let mut file = HEADER.to_vec();
    file.push(LAST_BLOCK_STORED);
    file.extend(length.to_le_bytes());
    file.extend((!length).to_le_bytes());
    file.extend(stored);
    file.extend(crc32(stored).to_le_bytes());
    file.extend(u32::from(length).to_le_bytes());
    file
}

/// The check sum of gzip (RFC 1952, section 8), bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    const REVERSED_POLYNOMIAL: u32 = 0xedb8_8320;
    let step = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ REVERSED_POLYNOMIAL } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(gzip(b"ab").len(), 10 + 5 + 2 + 8);
    }
}
