//! Good tokens, and every way of forging one.

use super::*;
use crate::domain::ids::{OperatorId, Seq, VolunteerId};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};

const TTL_SECONDS: u32 = 900;

/// 2026-11-22T08:00:00Z and `seconds` more.
fn at(seconds: i64) -> Timestamp {
    instant(1_795_334_400 + seconds).unwrap()
}

fn grant(actor: Actor, role: Role, unit: Option<UnitId>) -> Grant {
    Grant { actor, role, unit, valid_from: Seq::default(), session: None }
}

fn identity(Grant { actor, role, unit, valid_from, session }: Grant, expires_at: Timestamp) -> Identity {
    Identity { actor, role, unit, valid_from, session, expires_at }
}

fn realm() -> Realm {
    Realm { issuer: "https://hours.example.org".into(), audience: "hourbook".into() }
}

fn fresh_keys() -> Arc<TokenKeys> {
    Arc::new(TokenKeys::from_pem(&TokenKeys::generate_pem().unwrap()).unwrap())
}

fn operator() -> Actor {
    Actor::Operator(OperatorId::new(Seq(11)))
}

fn volunteer() -> Actor {
    Actor::Volunteer(VolunteerId::new(Seq(12)))
}

fn school() -> UnitId {
    UnitId::new(Seq(3))
}

/// A service with its keys, issuer and verifier.
struct Service {
    keys: Arc<TokenKeys>,
    issuer: Issuer,
    verifier: Verifier,
}

impl Service {
    fn new() -> Self {
        Self::with(fresh_keys(), &realm())
    }

    fn with(keys: Arc<TokenKeys>, realm: &Realm) -> Self {
        Self {
            issuer: Issuer::new(Arc::clone(&keys), realm.clone()),
            verifier: Verifier::new(Arc::clone(&keys), realm),
            keys,
        }
    }

    fn token(&self) -> String {
        self.issuer.issue(grant(operator(), Role::Coordinator, Some(school())), at(0), TTL_SECONDS).unwrap()
    }

    fn verify(&self, token: &str) -> Result<Identity, AuthError> {
        self.verifier.verify(token, at(0))
    }

    /// A token with any header and claims, truly signed by the key of this service.
    fn sign(&self, header: &Value, claims: &Value) -> String {
        sign_with(self.keys.signing_key(), Algorithm::EdDSA, header, claims)
    }

    fn header(&self) -> Value {
        json!({ "typ": "JWT", "alg": "EdDSA", "kid": self.keys.kid() })
    }
}

fn sign_with(key: &EncodingKey, algorithm: Algorithm, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn encode(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

fn claims() -> Value {
    json!({
        "iss": realm().issuer,
        "aud": realm().audience,
        "sub": operator(),
        "role": "coordinator",
        "iat": at(0).to_utc().timestamp(),
        "exp": at(900).to_utc().timestamp(),
        "jti": "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
    })
}

/// [`claims`] with one of them replaced.
fn claims_but(name: &str, value: Value) -> Value {
    let mut changed = claims();
    changed[name] = value;
    changed
}

#[test]
fn a_good_token_names_its_holder() {
    let service = Service::new();
    let expected = identity(grant(operator(), Role::Coordinator, Some(school())), at(900));
    assert_eq!(service.verify(&service.token()), Ok(expected));

    let own = service.issuer.issue(grant(volunteer(), Role::Volunteer, None), at(0), 60).unwrap();
    assert_eq!(service.verify(&own), Ok(identity(grant(volunteer(), Role::Volunteer, None), at(60))));

    let session = Some(FamilyId::from_bytes([7; 16]));
    let of_session = Grant { valid_from: Seq(5), session, ..grant(operator(), Role::Admin, None) };
    let token = service.issuer.issue(of_session, at(0), 60).unwrap();
    assert_eq!(service.verify(&token), Ok(identity(of_session, at(60))));
}

#[test]
fn the_forger_of_these_tests_can_make_a_good_token() {
    let service = Service::new();
    let token = service.sign(&service.header(), &claims());
    assert_eq!(service.verify(&token).unwrap().actor, operator());
}

#[test]
fn two_tokens_for_one_holder_differ() {
    let service = Service::new();
    assert_ne!(service.token(), service.token());
}

#[test]
fn a_token_lives_until_its_end_and_not_at_it_cached_or_not() {
    let service = Service::new();
    let token = service.token();
    let fresh = || Verifier::new(Arc::clone(&service.keys), &realm());
    for verifier in [&fresh(), &service.verifier] {
        assert_eq!(verifier.verify(&token, at(899)).map(|found| found.actor), Ok(operator()));
        assert_eq!(verifier.verify(&token, at(900)), Err(AuthError::Expired));
    }
    assert_eq!(fresh().verify(&token, at(900)), Err(AuthError::Expired));
}

#[test]
fn a_token_from_the_future_is_refused_beyond_the_skew_of_clocks() {
    let service = Service::new();
    let token = service.token();
    let skew = CLOCK_SKEW_SECONDS_MAX;
    assert_eq!(service.verifier.verify(&token, at(-skew - 1)), Err(AuthError::NotYetValid));
    assert!(service.verifier.verify(&token, at(-skew)).is_ok());
}

#[test]
fn without_an_algorithm_nothing_is_believed() {
    let service = Service::new();
    for alg in ["none", "None", "NONE", "", "EdDSA ", "eddsa"] {
        let header = json!({ "alg": alg, "kid": service.keys.kid() });
        let unsigned = format!("{}.{}.", encode(&header), encode(&claims()));
        assert_eq!(service.verify(&unsigned), Err(AuthError::WrongAlgorithm), "{alg:?}");
        let signed = service.sign(&header, &claims());
        assert_eq!(service.verify(&signed), Err(AuthError::WrongAlgorithm), "{alg:?}");
    }
    let stripped = format!("{}.{}.", encode(&service.header()), encode(&claims()));
    assert_eq!(service.verify(&stripped), Err(AuthError::BadSignature));
}

#[test]
fn our_public_key_is_no_shared_secret() {
    let service = Service::new();
    let raw = service.keys.verifying_key(service.keys.kid()).unwrap();
    let pem = service.keys.public_pem().unwrap();
    for secret in [raw.try_get_as_bytes().unwrap(), pem.as_bytes()] {
        let key = EncodingKey::from_secret(secret);
        for (name, algorithm) in [("HS256", Algorithm::HS256), ("HS512", Algorithm::HS512)] {
            let header = json!({ "alg": name, "kid": service.keys.kid() });
            let forged = sign_with(&key, algorithm, &header, &claims());
            assert_eq!(service.verify(&forged), Err(AuthError::WrongAlgorithm));
        }
        let forged = sign_with(&key, Algorithm::HS256, &service.header(), &claims());
        assert_eq!(service.verify(&forged), Err(AuthError::BadSignature));
    }
}

#[test]
fn another_key_is_refused_under_its_own_name_under_ours_and_without_a_name() {
    let service = Service::new();
    let stranger = Service::new();
    assert_eq!(service.verify(&stranger.token()), Err(AuthError::UnknownKey));
    let forged = stranger.sign(&service.header(), &claims());
    assert_eq!(service.verify(&forged), Err(AuthError::BadSignature));
    let nameless = stranger.sign(&json!({ "alg": "EdDSA" }), &claims());
    assert_eq!(service.verify(&nameless), Err(AuthError::UnknownKey));
}

#[test]
fn a_key_that_the_token_brings_along_is_not_used() {
    let service = Service::new();
    let stranger = Service::new();
    let mut header = stranger.header();
    header["jwk"] = stranger.keys.jwks()["keys"][0].clone();
    assert_eq!(service.verify(&stranger.sign(&header, &claims())), Err(AuthError::UnknownKey));
    header["kid"] = service.keys.kid().into();
    assert_eq!(service.verify(&stranger.sign(&header, &claims())), Err(AuthError::BadSignature));
}

#[test]
fn a_former_key_counts_only_while_it_is_kept() {
    let former = Service::new();
    let pem = former.keys.public_pem().unwrap();
    let keys = TokenKeys::from_pem(&TokenKeys::generate_pem().unwrap()).unwrap();
    let rotated = Service::with(Arc::new(keys.with_previous(&pem).unwrap()), &realm());
    assert_eq!(rotated.verify(&former.token()).map(|found| found.actor), Ok(operator()));
    assert_eq!(former.verify(&rotated.token()), Err(AuthError::UnknownKey));
}

#[test]
fn another_issuer_and_another_audience_are_refused() {
    let service = Service::new();
    let elsewhere = Realm { issuer: "https://elsewhere.example.org".into(), ..realm() };
    let other = Service::with(Arc::clone(&service.keys), &elsewhere);
    assert_eq!(service.verify(&other.token()), Err(AuthError::WrongIssuer));
    let library = Realm { audience: "library".into(), ..realm() };
    let other = Service::with(Arc::clone(&service.keys), &library);
    assert_eq!(service.verify(&other.token()), Err(AuthError::WrongAudience));
}

#[test]
fn every_changed_character_is_noticed() {
    let service = Service::new();
    let token = service.token();
    assert!(service.verify(&token).is_ok());
    for (place, old) in token.char_indices() {
        let new = if old == 'A' { 'B' } else { 'A' };
        let mut changed = token.clone();
        changed.replace_range(place..=place, &new.to_string());
        assert!(service.verify(&changed).is_err(), "character {place}");
    }
}

#[test]
fn a_greater_role_with_the_old_signature_is_refused() {
    let service = Service::new();
    let token = service.sign(&service.header(), &claims());
    let signature = token.rsplit('.').next().unwrap();
    let raised = claims_but("role", "admin".into());
    let forged = format!("{}.{}.{signature}", encode(&service.header()), encode(&raised));
    assert_eq!(service.verify(&forged), Err(AuthError::BadSignature));
}

#[test]
fn signed_claims_of_the_wrong_shape_are_refused() {
    let service = Service::new();
    for (name, value) in [
        ("iss", Value::Null),
        ("iss", json!([realm().issuer])),
        ("aud", Value::Null),
        ("aud", json!([realm().audience])),
        ("sub", json!("operator:1")),
        ("sub", json!("admin")),
        ("role", json!("root")),
        ("unit", json!("everywhere")),
        ("iat", json!("now")),
        ("exp", Value::Null),
        ("exp", json!(-1)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(1e300)),
        ("jti", json!("")),
    ] {
        let token = service.sign(&service.header(), &claims_but(name, value.clone()));
        assert_eq!(service.verify(&token), Err(AuthError::Malformed), "{name}: {value}");
    }
    let token = service.sign(&service.header(), &json!([]));
    assert_eq!(service.verify(&token), Err(AuthError::Malformed));
}

#[test]
fn a_header_that_demands_an_extension_is_refused() {
    let service = Service::new();
    let mut header = service.header();
    header["crit"] = json!(["exp"]);
    assert_eq!(service.verify(&service.sign(&header, &claims())), Err(AuthError::Malformed));
}

#[test]
fn a_role_that_the_holder_cannot_have_is_neither_issued_nor_taken() {
    let service = Service::new();
    for (actor, role) in [
        (Actor::System, Role::Admin),
        (operator(), Role::Volunteer),
        (volunteer(), Role::Coordinator),
        (volunteer(), Role::Auditor),
        (volunteer(), Role::Admin),
    ] {
        let issued = service.issuer.issue(grant(actor, role, None), at(0), TTL_SECONDS);
        assert_eq!(issued, Err(AuthError::WrongRole), "{actor} {role}");
        let mut unfit = claims_but("sub", json!(actor));
        unfit["role"] = json!(role);
        let token = service.sign(&service.header(), &unfit);
        assert_eq!(service.verify(&token), Err(AuthError::WrongRole), "{actor} {role}");
    }
}

#[test]
fn garbage_is_refused() {
    let service = Service::new();
    let token = service.token();
    let parts: Vec<_> = token.split('.').collect();
    for garbage in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "a.b.c".into(),
        "\0.\0.\0".into(),
        "令牌".into(),
        format!(" {token}"),
        format!("{token} "),
        format!("{token}="),
        format!("{token}."),
        format!("{token}.{token}"),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}..{}", parts[0], parts[2]),
        format!("{}.{}.{}.{}", parts[0], parts[0], parts[1], parts[2]),
        format!("{}.a.a", encode(&json!(null))),
        format!("{}.a.a", encode(&json!({ "alg": 1 }))),
    ] {
        let refused = service.verify(&garbage).unwrap_err();
        assert!(matches!(refused, AuthError::Malformed | AuthError::BadSignature), "{garbage:?}: {refused}");
    }
}

#[test]
fn a_huge_token_is_refused_by_its_length() {
    let service = Service::new();
    let padded = claims_but("note", "x".repeat(TOKEN_BYTES_MAX).into());
    let token = service.sign(&service.header(), &padded);
    assert_eq!(service.verify(&token), Err(AuthError::TooLong));
    assert_eq!(service.verify(&"A".repeat(10_000_000)), Err(AuthError::TooLong));
}

#[test]
fn what_was_refused_is_not_remembered_as_good() {
    let service = Service::new();
    let stranger = Service::new();
    let forged = stranger.sign(&service.header(), &claims());
    for _ in 0..3 {
        assert_eq!(service.verify(&forged), Err(AuthError::BadSignature));
    }
}
