//! Badges in the hands of strangers: who issued them, by which key, and whether they are still valid.

use crate::support::town::{Certificate, Town, Volunteer, each_town};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// The badge of a certificate, as its holder gets it.
fn badge(town: &Town, volunteer: &Volunteer, certificate: &Certificate) -> String {
    let path = format!("/v1/certificates/{}/badge", certificate.id);
    town.app.get(&path, &volunteer.token).text
}

/// What a credential says, once its signature has been checked by the key that its header names, found in the key set.
fn opened(town: &Town, token: &str) -> Value {
    let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let keys = town.app.call("GET", "/v1/certificates/jwks").send().ok();
    let key = keys["keys"].as_array().unwrap().iter().find(|key| key["kid"] == kid);
    let key = key.unwrap_or_else(|| panic!("{kid} is not in {keys}"));
    let key = jsonwebtoken::DecodingKey::from_jwk(&serde_json::from_value(key.clone()).unwrap()).unwrap();
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_nbf = false;
    jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims
}

/// The path of an address of this service.
fn path(address: &Value) -> String {
    let address = address.as_str().unwrap();
    address[address.find("/v1/").unwrap()..].to_owned()
}

/// The bits of a gzip file of one stored block.
fn bits(list: &Value) -> Vec<u8> {
    let encoded = list["credentialSubject"]["encodedList"].as_str().unwrap();
    let file = URL_SAFE_NO_PAD.decode(encoded.strip_prefix('u').unwrap()).unwrap();
    assert_eq!(file[..3], [0x1f, 0x8b, 8]);
    let length = usize::from(u16::from_le_bytes([file[11], file[12]]));
    file[15..15 + length].to_vec()
}

/// Whether the badge is valid, as software that holds it asks.
fn is_valid(town: &Town, token: &str) -> bool {
    let claims = opened(town, token);
    let entry = &claims["credentialStatus"];
    assert_eq!(
        (&entry["type"], &entry["statusPurpose"]),
        (&json!("BitstringStatusListEntry"), &json!("revocation"))
    );
    let list = town.app.call("GET", &path(&entry["statusListCredential"])).send();
    assert_eq!((list.status, list.header("content-type")), (200, "application/vc+jwt"));
    let list = opened(town, &list.text);
    assert_eq!((&list["id"], &list["issuer"]), (&entry["statusListCredential"], &claims["issuer"]["id"]));
    assert_eq!(list["credentialSubject"]["statusPurpose"], "revocation");
    let bits = bits(&list);
    assert!(bits.len() * 8 >= 131_072, "fewer would tell too much");
    let place: usize = entry["statusListIndex"].as_str().unwrap().parse().unwrap();
    bits[place / 8] & (0x80 >> (place % 8)) == 0
}

#[test]
fn a_badge_names_an_issuer_whom_anybody_can_look_up() {
    each_town("badges-issuer", |town| {
        let nobody = format!("/v1/badge-issuers/{}", town.school);
        town.app.call("GET", &nobody).send().refused(404, "unit_not_found");
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T13:00");
        let certificate = town.certify(&volunteer);
        let claims = opened(town, &badge(town, &volunteer, &certificate));
        assert_eq!(claims["iss"], claims["issuer"]["id"]);
        let profile = town.app.call("GET", &path(&claims["iss"])).send().ok();
        assert_eq!((&profile["id"], &profile["type"]), (&claims["iss"], &json!(["Profile"])));
        assert_eq!(profile["name"], claims["issuer"]["name"]);
        let list = format!("/v1/badge-issuers/{}/status-lists", town.school);
        town.app.call("GET", &format!("{list}/1")).send().refused(404, "entry_not_found");
        town.app.call("GET", &format!("{list}/x")).send().refused(404, "entry_not_found");
        let other = format!("/v1/badge-issuers/{}/status-lists/0", town.other_school);
        town.app.call("GET", &other).send().refused(404, "unit_not_found");
    });
}

#[test]
fn a_copy_of_a_badge_is_not_valid_once_its_certificate_is_not() {
    each_town("badges-status", |town| {
        let volunteers: Vec<Volunteer> = (0..4)
            .map(|_| {
                let volunteer = town.volunteer();
                town.serve(&volunteer, "18T09:00", "18T13:00");
                volunteer
            })
            .collect();
        let taken: Vec<(Certificate, String)> = volunteers
            .iter()
            .map(|volunteer| {
                let certificate = town.certify(volunteer);
                let badge = badge(town, volunteer, &certificate);
                (certificate, badge)
            })
            .collect();
        let valid = || taken.iter().map(|(_, badge)| is_valid(town, badge)).collect::<Vec<_>>();
        assert_eq!(valid(), [true; 4]);

        let revoke = format!("/v1/certificates/{}/revoke", taken[0].0.id);
        town.app.post(&revoke, &town.coordinator, json!({ "reason": "姓名有误" })).ok();
        assert_eq!(valid(), [false, true, true, true], "revoked");

        let reissue = format!("/v1/certificates/{}/reissue", taken[1].0.id);
        let successor = Certificate::of(&town.app.post(&reissue, &town.coordinator, json!({})).created());
        assert_eq!(valid(), [false, false, true, true], "replaced");
        assert!(is_valid(town, &badge(town, &volunteers[1], &successor)), "the new one is good");

        town.become_another(&volunteers[2], &town.person());
        assert_eq!(valid(), [false, false, false, true], "it says who somebody was");
        assert_eq!(badge(town, &volunteers[3], &taken[3].0), taken[3].1, "the same text as before");
        town.app.assert_verified();
    });
}
