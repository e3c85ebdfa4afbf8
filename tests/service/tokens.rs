//! Who is let in, and who is not: access tokens good, forged and spent; logins, refreshes and their end.

use crate::support::http::{Answer, App, NOON, id, realm, token_keys, token_pem};
use crate::support::log_in::{PASSWORD, access, coordinator, log_in, refresh};
use crate::support::town::{Town, each_town};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration};
use hourbook::auth::TokenKeys;
use hourbook::domain::actor::Role;
use hourbook::store::sql::Sql;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use serde_json::{Value, json};

/// An operator who may be looked up, so that a token that is taken is seen to be.
struct Caller<'t> {
    town: &'t Town<'t>,
    operator: String,
}

impl<'t> Caller<'t> {
    fn of(town: &'t Town) -> Self {
        let (operator, _) = town.operator_with("coordinator", &town.school, json!({}));
        Self { town, operator }
    }

    fn claims(&self) -> Value {
        let now = DateTime::parse_from_rfc3339(NOON).unwrap().timestamp();
        json!({
            "iss": realm().issuer, "aud": realm().audience, "sub": format!("operator:{}", self.operator),
            "role": "coordinator", "unit": self.town.school, "iat": now, "exp": now + 900,
            "jti": "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        })
    }

    fn claims_but(&self, name: &str, value: Value) -> Value {
        let mut claims = self.claims();
        claims[name] = value;
        claims
    }

    /// Shows a token where any operator of the school may look.
    fn show(&self, token: &str) -> Answer {
        self.town.app.get(&format!("/v1/units/{}", self.town.school), token)
    }
}

fn header() -> Value {
    json!({ "typ": "JWT", "alg": "EdDSA", "kid": token_keys().kid() })
}

/// A token of any header and claims, truly signed with this key.
fn signed(header: &Value, claims: &Value, algorithm: Algorithm, key: &EncodingKey) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn ours() -> EncodingKey {
    EncodingKey::from_ed_pem(token_pem().as_bytes()).unwrap()
}

fn theirs() -> EncodingKey {
    EncodingKey::from_ed_pem(TokenKeys::generate_pem().unwrap().as_bytes()).unwrap()
}

fn signed_by_us(header: &Value, claims: &Value) -> String {
    signed(header, claims, Algorithm::EdDSA, &ours())
}

/// The public half of the service's key, as anybody gets it.
fn public_key(app: &App) -> Value {
    app.get("/v1/auth/jwks", "").ok()["keys"][0].clone()
}

#[test]
fn a_forged_token_lets_nobody_in() {
    each_town("tokens-forged", |town| {
        let caller = Caller::of(town);
        // The forger of this test makes good tokens where nothing is wrong with them.
        let good = signed_by_us(&header(), &caller.claims());
        assert_eq!(caller.show(&good).ok()["id"], json!(town.school));

        let with = |name: &str, value: Value| {
            let mut changed = header();
            changed[name] = value;
            changed
        };
        let mut parts = good.split('.');
        let [head, body, signature] = [(); 3].map(|()| parts.next().unwrap());
        let none = URL_SAFE_NO_PAD.encode(with("alg", json!("none")).to_string());
        let promoted = URL_SAFE_NO_PAD.encode(caller.claims_but("role", json!("admin")).to_string());
        let x = URL_SAFE_NO_PAD.decode(public_key(town.app)["x"].as_str().unwrap()).unwrap();
        let by_public_key = EncodingKey::from_secret(&x);
        let short_signature = URL_SAFE_NO_PAD.encode(&URL_SAFE_NO_PAD.decode(signature).unwrap()[..63]);

        let forged = [
            ("no algorithm, no signature", format!("{none}.{body}.")),
            ("no algorithm, the old signature", format!("{none}.{body}.{signature}")),
            (
                "the public key as a shared secret",
                signed(&with("alg", json!("HS256")), &caller.claims(), Algorithm::HS256, &by_public_key),
            ),
            ("the same, called EdDSA", signed(&header(), &caller.claims(), Algorithm::HS256, &by_public_key)),
            ("another's key", signed(&header(), &caller.claims(), Algorithm::EdDSA, &theirs())),
            ("a key that nobody has", signed_by_us(&with("kid", json!("x")), &caller.claims())),
            ("no key is named", signed_by_us(&with("kid", Value::Null), &caller.claims())),
            ("claims that were changed", format!("{head}.{promoted}.{signature}")),
            ("half a signature", format!("{head}.{body}.{short_signature}")),
            ("no signature", format!("{head}.{body}.")),
            ("two parts", format!("{head}.{body}")),
            ("five parts", format!("{good}.{head}.{body}")),
            ("an extension to be understood", signed_by_us(&with("crit", json!(["x"])), &caller.claims())),
            ("another issuer", signed_by_us(&header(), &caller.claims_but("iss", json!("https://x")))),
            ("another audience", signed_by_us(&header(), &caller.claims_but("aud", json!("payroll")))),
            ("no end", signed_by_us(&header(), &caller.claims_but("exp", Value::Null))),
            ("an end in words", signed_by_us(&header(), &caller.claims_but("exp", json!("never")))),
            ("from tomorrow", signed_by_us(&header(), &caller.claims_but("iat", json!(1_800_000_000)))),
            ("the system's", signed_by_us(&header(), &caller.claims_but("sub", json!("system")))),
            ("a role that is none", signed_by_us(&header(), &caller.claims_but("role", json!("god")))),
            ("another's role", signed_by_us(&header(), &caller.claims_but("role", json!("volunteer")))),
            ("nothing like a token", "hunter2".to_owned()),
            ("endless", format!("{head}.{}.{signature}", "A".repeat(7_000))),
        ];
        for (what, token) in &forged {
            let problem = caller.show(token).refused(401, "token_invalid");
            assert_eq!(problem["status"], 401, "{what}");
        }
        caller.show(&good).ok();
    });
}

#[test]
fn the_challenge_and_the_way_a_token_is_shown() {
    each_town("tokens-shown", |town| {
        let path = format!("/v1/units/{}", town.school);
        let none = town.app.call("GET", &path).send();
        assert_eq!(none.header("www-authenticate"), "Bearer");
        none.refused(401, "unauthenticated");
        for credentials in ["", "Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", "Token x"] {
            let refused = town.app.call("GET", &path).header("Authorization", credentials).send();
            assert_eq!(refused.status, 401, "{credentials}: {}", refused.text);
        }
        let lower = format!("bearer {}", town.coordinator);
        town.app.call("GET", &path).header("Authorization", lower).send().ok();
        let in_the_address = format!("{path}?access_token={}", town.coordinator);
        let refused = town.app.call("GET", &in_the_address).send();
        assert!(matches!(refused.status, 400 | 401 | 422), "{}", refused.text);
    });
}

#[test]
fn a_token_ends_when_it_says_and_not_before() {
    each_town("tokens-expired", |town| {
        let caller = Caller::of(town);
        let actor = format!("operator:{}", caller.operator).parse().unwrap();
        let token = town.app.token(actor, Role::Coordinator, Some(&town.school), 60);
        caller.show(&token).ok();
        town.app.clock.advance(Duration::seconds(59));
        caller.show(&token).ok();
        town.app.clock.advance(Duration::seconds(1));
        caller.show(&token).refused(401, "token_expired");
        let fresh = town.app.token(actor, Role::Coordinator, Some(&town.school), 60);
        caller.show(&fresh).ok();
    });
}

#[test]
fn a_token_tells_whom_it_names() {
    each_town("tokens-holder", |town| {
        let caller = Caller::of(town);
        let token = signed_by_us(&header(), &caller.claims());
        let end = DateTime::parse_from_rfc3339(NOON).unwrap() + Duration::seconds(900);
        let holder = town.app.get("/v1/me", &token).ok();
        assert_eq!(holder["actor"], json!(format!("operator:{}", caller.operator)));
        assert_eq!((&holder["role"], &holder["unit"]), (&json!("coordinator"), &json!(town.school)));
        assert_eq!(DateTime::parse_from_rfc3339(holder["expires_at"].as_str().unwrap()).unwrap(), end);
    });
}

#[test]
fn anybody_can_check_a_token_by_the_published_keys() {
    each_town("tokens-jwks", |town| {
        let published = town.app.get("/v1/auth/jwks", "").ok();
        assert!(!published.to_string().contains("\"d\""), "a private part is published");
        let keys: JwkSet = serde_json::from_value(published).unwrap();
        let (_, tokens) = coordinator(town, "zhao");
        let token = tokens["access_token"].as_str().unwrap();
        let kid = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
        let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[realm().audience]);
        // The service looks at the clock of the test.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims;
        assert_eq!(claims["role"], "coordinator");
        assert_eq!(claims["unit"], json!(town.school));
        let another = format!("{}A.{}", &token[..token.len() / 2], &token[token.len() / 2 + 2..]);
        assert!(jsonwebtoken::decode::<Value>(another, &key, &validation).is_err());
    });
}

#[test]
fn a_login_opens_what_the_operator_may_see() {
    each_town("tokens-login", |town| {
        let (_, tokens) = coordinator(town, "zhao");
        assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(900)));
        let made = town.app.post("/v1/volunteers", access(&tokens), town.registration(&town.school));
        town.app.get(&format!("/v1/volunteers/{}", id(&made.created())), access(&tokens)).ok();
        town.app.clock.advance(Duration::seconds(900));
        town.app.get("/v1/volunteers", access(&tokens)).refused(401, "token_expired");
    });
}

#[test]
fn who_is_not_let_in_learns_nothing_by_it() {
    each_town("tokens-login-wrong", |town| {
        let (operator, _) = coordinator(town, "zhao");
        let (disabled, _) = coordinator(town, "qian");
        town.app.post(&format!("/v1/operators/{disabled}/disable"), &town.admin, json!({})).ok();
        town.operator_with("coordinator", &town.school, json!({ "login": "sun" }));
        let refusals = [
            ("zhao", "correct horse"),
            ("zhao", "correct horse 电池 "),
            ("nobody", PASSWORD),
            ("qian", PASSWORD),
            ("sun", PASSWORD),
            ("' OR 1=1 --", PASSWORD),
            (&operator, PASSWORD),
        ]
        .map(|(login, password)| {
            let mut problem = log_in(town.app, login, password).refused(401, "login_failed");
            problem.as_object_mut().unwrap().remove("instance");
            problem
        });
        assert!(refusals.windows(2).all(|pair| pair[0] == pair[1]), "{refusals:?}");
        log_in(town.app, "zhao", PASSWORD).ok();
    });
}

#[test]
fn a_refresh_token_is_spent_once_and_a_copy_ends_the_login() {
    each_town("tokens-refresh", |town| {
        let (_, first) = coordinator(town, "zhao");
        let elsewhere = log_in(town.app, "zhao", PASSWORD).ok();
        let second = refresh(town.app, &first).ok();
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        town.app.get("/v1/volunteers", access(&second)).ok();
        town.app.clock.advance(Duration::seconds(5));
        let third = refresh(town.app, &second).ok();

        refresh(town.app, &first).refused(401, "refresh_token_invalid");
        refresh(town.app, &third).refused(401, "refresh_token_invalid");
        // The other login goes on.
        refresh(town.app, &elsewhere).ok();
        let again = log_in(town.app, "zhao", PASSWORD).ok();
        refresh(town.app, &again).ok();
    });
}

#[test]
fn a_refresh_token_ends_with_time_with_logout_and_with_its_operator() {
    each_town("tokens-refresh-end", |town| {
        for wrong in ["", "x", "hunter2hunter2", &"A".repeat(64)] {
            let answer = town.app.post("/v1/auth/refresh", "", json!({ "refresh_token": wrong }));
            assert!(matches!(answer.status, 401 | 422), "{}", answer.text);
        }
        let (_, tokens) = coordinator(town, "zhao");
        let next = refresh(town.app, &tokens).ok();
        let logout = |tokens: &Value| {
            town.app
                .post("/v1/auth/logout", "", json!({ "refresh_token": tokens["refresh_token"] }))
                .expect(204)
        };
        logout(&next);
        logout(&next);
        refresh(town.app, &next).refused(401, "refresh_token_invalid");

        let tokens = log_in(town.app, "zhao", PASSWORD).ok();
        town.app.clock.advance(Duration::days(14));
        refresh(town.app, &tokens).refused(401, "refresh_token_invalid");

        let (operator, tokens) = coordinator(town, "qian");
        town.app.post(&format!("/v1/operators/{operator}/disable"), &town.admin, json!({})).ok();
        refresh(town.app, &tokens).refused(401, "refresh_token_invalid");
        town.app.get("/v1/volunteers", access(&tokens)).refused(403, "actor_disabled");
    });
}

#[test]
fn who_has_left_is_let_in_no_more() {
    each_town("tokens-closed", |town| {
        let volunteer = town.volunteer();
        let path = format!("/v1/volunteers/{}", volunteer.id);
        town.app.get(&path, &volunteer.token).ok();
        town.leave(&volunteer);
        let refused = town.app.get(&path, &volunteer.token);
        assert_eq!((refused.status, &refused.body["code"]), (403, &json!("actor_disabled")));
    });
}

#[test]
fn no_secret_of_a_login_is_kept_readable() {
    each_town("tokens-kept", |town| {
        let (_, tokens) = coordinator(town, "zhao");
        let tokens = refresh(town.app, &tokens).ok();
        let secret = tokens["refresh_token"].as_str().unwrap();
        for (column, table) in [
            ("token", "sessions"),
            ("family", "sessions"),
            ("successor", "sessions"),
            ("password_hash", "credentials"),
        ] {
            let sql = Sql::new(format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL"));
            let mut db = if table == "sessions" { town.app.db_of_sessions() } else { town.app.db() };
            let kept = format!("{:?}", db.query(sql).unwrap());
            assert!(kept.len() > 10, "nothing is kept: {kept}");
            let bytes = format!("{:?}", secret.as_bytes());
            for readable in [secret, PASSWORD, &bytes[1..bytes.len() - 1]] {
                assert!(!kept.contains(readable), "{table}.{column}: {kept}");
            }
        }
    });
}
