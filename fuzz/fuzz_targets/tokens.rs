//! Access tokens: foreign text is refused, and so is a genuine token of which anything was changed.
#![no_main]

use hourbook::auth::{Grant, Issuer, Realm, TokenKeys, Verifier};
use hourbook::domain::actor::{Actor, Role};
use hourbook::domain::time::Timestamp;
use hourbook_fuzz::tampered;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, OnceLock};

struct Fixture {
    verifier: Verifier,
    genuine: String,
    now: Timestamp,
}

fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let keys = Arc::new(TokenKeys::from_pem(&TokenKeys::generate_pem().unwrap()).unwrap());
        let realm = || Realm { issuer: "hourbook".to_owned(), audience: "hourbook-api".to_owned() };
        let now = Timestamp::from_micros(1_800_000_000_000_000).unwrap();
        let holder = Actor::Operator(hourbook::domain::ids::OperatorId::new(hourbook::domain::ids::Seq(7)));
        let valid_from = hourbook::domain::ids::Seq(3);
        let grant = Grant { actor: holder, role: Role::Admin, unit: None, valid_from, session: None };
        let genuine = Issuer::new(keys.clone(), realm()).issue(grant, now, 900).unwrap();
        Fixture { verifier: Verifier::new(keys, &realm()), genuine, now }
    })
}

fuzz_target!(|input: &[u8]| {
    let Fixture { verifier, genuine, now } = fixture();
    if let Ok(text) = std::str::from_utf8(input) {
        assert!(verifier.verify(text, *now).is_err() || text == genuine);
    }
    if let Some(token) = tampered(genuine, input) {
        assert_eq!(verifier.verify(&token, *now).is_ok(), token == *genuine, "{token}");
    }
});
