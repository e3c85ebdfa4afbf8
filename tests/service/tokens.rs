//! Who is let in: access tokens good and forged, logging in and out, refresh tokens.

use crate::support::http::{Answer, App, Client, id, realm, token_keys, token_pem};
use crate::support::operations::head;
use crate::support::town::{Town, each_town};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::Duration;
use hourbook::auth::{Issuer, Realm, TokenKeys};
use hourbook::domain::actor::{Actor, Role};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation, crypto};
use serde_json::{Value, json};
use std::sync::{Arc, Barrier};
use std::thread;

const PASSWORD: &str = "correct horse 电池";

/// What a token of this service says in its header.
fn header() -> Value {
    json!({ "typ": "JWT", "alg": "EdDSA", "kid": token_keys().kid() })
}

/// What a good token of an operator says.
fn claims(app: &App, operator: &str, role: &str) -> Value {
    let now = app.now().to_utc().timestamp();
    json!({
        "iss": realm().issuer, "aud": realm().audience, "sub": format!("operator:{operator}"), "role": role,
        "iat": now, "exp": now + 900, "jti": "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
    })
}

fn own_key() -> EncodingKey {
    EncodingKey::from_ed_pem(token_pem().as_bytes()).unwrap()
}

fn encode(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}

fn sign(key: &EncodingKey, algorithm: Algorithm, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = crypto::sign(message.as_bytes(), key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

fn without(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().unwrap().remove(name);
    object
}

/// Asks for something with whatever stands in the header, and for a change.
fn ask_and_change(app: &App, authorization: &[u8]) -> [Answer; 2] {
    let read = app.call("GET", "/v1/units").header("Authorization", authorization).send();
    let body = json!({ "code": "FORGED", "name": "x", "kind": "bureau" });
    let change = app.call("POST", "/v1/units").header("Authorization", authorization).json(body).send();
    [read, change]
}

/// Demands that nobody is let in so.
#[track_caller]
fn assert_locked_out(app: &App, what: &str, token: &str, code: &str) {
    let before = head(app);
    for answer in ask_and_change(app, format!("Bearer {token}").as_bytes()) {
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (401, Some(code)),
            "{what}: {}",
            answer.text
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"", "{what}");
        assert!(!answer.text.contains("eyJ"), "{what}: the token is repeated in {}", answer.text);
    }
    assert_eq!(head(app), before, "{what}");
}

/// An operator with a password; id and login.
fn operator_with_login(town: &Town, role: &str) -> (String, String) {
    let login = format!("login-{}", head(town.app).last_seq.0);
    let secret = json!({ "login": login, "password": PASSWORD });
    (town.operator_with(role, &town.school, secret).0, login)
}

fn log_in(client: &Client, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    client.call("POST", "/v1/auth/login").json(body).send()
}

fn refresh(client: &Client, refresh_token: &str) -> Answer {
    client.call("POST", "/v1/auth/refresh").json(json!({ "refresh_token": refresh_token })).send()
}

fn log_out(client: &Client, refresh_token: &str) {
    let call = client.call("POST", "/v1/auth/logout").json(json!({ "refresh_token": refresh_token }));
    assert_eq!(call.send().expect(204), Value::Null);
}

/// The two tokens of an answer.
#[track_caller]
fn pair(answer: Answer) -> (String, String) {
    let body = answer.ok();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

#[test]
fn the_forger_of_these_tests_can_make_a_good_token() {
    each_town("tokens-good", |town| {
        let (operator, _) = operator_with_login(town, "coordinator");
        let token =
            sign(&own_key(), Algorithm::EdDSA, &header(), &claims(town.app, &operator, "coordinator"));
        town.app.get("/v1/units", &token).ok();
        let scheme = town.app.call("GET", "/v1/units").header("Authorization", format!("bEaReR {token}"));
        scheme.send().ok();
    });
}

#[test]
fn a_forged_token_opens_nothing() {
    each_town("tokens-forged", |town| {
        let app = town.app;
        let (operator, _) = operator_with_login(town, "coordinator");
        let claims = claims(app, &operator, "coordinator");
        let good = sign(&own_key(), Algorithm::EdDSA, &header(), &claims);
        let [first, second, signature] = parts(&good);

        for algorithm in ["none", "None", "NONE", "nOnE", ""] {
            let header = encode(&with(&header(), "alg", json!(algorithm)));
            for end in ["", signature] {
                let token = format!("{header}.{second}.{end}");
                assert_locked_out(app, &format!("alg {algorithm:?}"), &token, "token_invalid");
            }
        }

        // The public key, in each form in which it is to be had, as the secret of a symmetric signature.
        let pem = token_keys().public_pem().unwrap();
        let der = STANDARD.decode(pem.lines().nth(1).unwrap()).unwrap();
        let jwk = token_keys().jwks()["keys"][0].clone();
        let raw = URL_SAFE_NO_PAD.decode(jwk["x"].as_str().unwrap()).unwrap();
        let secrets: [&[u8]; 7] = [
            pem.as_bytes(),
            pem.trim().as_bytes(),
            &der,
            &raw,
            jwk["x"].as_str().unwrap().as_bytes(),
            b"",
            b"secret",
        ];
        for (secret, algorithm) in
            secrets.iter().flat_map(|secret| [(secret, Algorithm::HS256), (secret, Algorithm::HS512)])
        {
            let key = EncodingKey::from_secret(secret);
            let named = with(&header(), "alg", json!(format!("{algorithm:?}")));
            for header in [named, header()] {
                let token = sign(&key, algorithm, &header, &claims);
                assert_locked_out(app, "symmetric", &token, "token_invalid");
            }
        }

        let stranger_pem = TokenKeys::generate_pem().unwrap();
        let stranger = EncodingKey::from_ed_pem(stranger_pem.as_bytes()).unwrap();
        let stranger_keys = TokenKeys::from_pem(&stranger_pem).unwrap();
        let stranger_jwk = stranger_keys.jwks()["keys"][0].clone();
        for (what, header) in [
            ("another's key under our name", header()),
            ("another's key under its own name", with(&header(), "kid", json!(stranger_keys.kid()))),
            ("no name of a key", without(&header(), "kid")),
            ("a key brought along", with(&header(), "jwk", stranger_jwk)),
            ("a key to be fetched", with(&header(), "jku", json!("http://127.0.0.1:1/jwks"))),
            ("a path for a name", with(&header(), "kid", json!("../../dev/null"))),
            ("a statement for a name", with(&header(), "kid", json!("x' UNION SELECT 'secret"))),
        ] {
            assert_locked_out(
                app,
                what,
                &sign(&stranger, Algorithm::EdDSA, &header, &claims),
                "token_invalid",
            );
        }

        // Words of our own key that it would never sign.
        for (what, claims) in [
            ("another issuer", with(&claims, "iss", json!("somebody"))),
            ("another audience", with(&claims, "aud", json!("another-api"))),
            ("two audiences", with(&claims, "aud", json!(["hourbook-api", "another-api"]))),
            ("no issuer", without(&claims, "iss")),
            ("no audience", without(&claims, "aud")),
            ("no end", without(&claims, "exp")),
            ("no holder", without(&claims, "sub")),
            ("no role", without(&claims, "role")),
            ("an unknown role", with(&claims, "role", json!("root"))),
            ("the system itself", with(&claims, "sub", json!("system"))),
            ("no holder that can be", with(&claims, "sub", json!("operator:1"))),
            ("an operator as a volunteer", with(&claims, "role", json!("volunteer"))),
            (
                "a volunteer as an admin",
                with(&claims, "sub", json!(format!("volunteer:{}", town.volunteer().id))),
            ),
            ("from the future", with(&claims, "iat", json!(claims["iat"].as_i64().unwrap() + 3_600))),
            ("an end beyond time", with(&claims, "exp", json!(i64::MAX))),
            ("an end that is no number", with(&claims, "exp", json!("tomorrow"))),
        ] {
            let token = sign(&own_key(), Algorithm::EdDSA, &header(), &claims);
            assert_locked_out(app, what, &token, "token_invalid");
        }
        let critical = with(&header(), "crit", json!(["exp"]));
        let token = sign(&own_key(), Algorithm::EdDSA, &critical, &claims);
        assert_locked_out(app, "an extension that must be understood", &token, "token_invalid");

        let raised = encode(&with(&claims, "role", json!("admin")));
        assert_locked_out(app, "a raised role", &format!("{first}.{raised}.{signature}"), "token_invalid");
        let damaged = format!(
            "{first}.{second}.{}",
            signature.replace(|c: char| c == signature.chars().next().unwrap(), "-")
        );
        assert_locked_out(app, "a damaged signature", &damaged, "token_invalid");
        app.get("/v1/units", &good).ok();
    });
}

fn parts(token: &str) -> [&str; 3] {
    token.split('.').collect::<Vec<_>>().try_into().unwrap()
}

#[test]
fn a_token_of_another_realm_opens_nothing() {
    each_town("tokens-realm", |town| {
        let app = town.app;
        let (operator, _) = operator_with_login(town, "coordinator");
        let actor = Actor::Operator(operator.parse().unwrap());
        for other in [
            Realm { issuer: "elsewhere".to_owned(), ..realm() },
            Realm { audience: "another-api".to_owned(), ..realm() },
        ] {
            let issuer = Issuer::new(token_keys(), other);
            let token = issuer.issue(actor, Role::Coordinator, None, app.now(), 900).unwrap();
            assert_locked_out(app, "another realm", &token, "token_invalid");
        }
    });
}

#[test]
fn what_is_no_token_opens_nothing() {
    each_town("tokens-garbage", |town| {
        let app = town.app;
        let good = &town.coordinator;
        let long = "a".repeat(20_000);
        for garbage in [
            "",
            ".",
            "..",
            "...",
            "a",
            "a.b",
            "a.b.c",
            "null",
            "eyJ.e30.x",
            "e30.e30.e30",
            &format!("{good}.x"),
            &format!("{good}="),
            &good[1..],
            &good[..good.len() - 1],
            &format!("{good} {good}"),
            &format!("{good},"),
            &good.replace('.', " "),
            &long,
            &format!("{long}.{long}.{long}"),
        ] {
            assert_locked_out(app, garbage, garbage, "token_invalid");
        }
        let before = head(app);
        let no_token: [&[u8]; 6] = [
            b"Basic YWRtaW46YWRtaW4=",
            b"Bearer",
            b"Token x",
            b"Digest username=\"x\"",
            good.as_bytes(),
            b"Negotiate abc",
        ];
        for authorization in no_token {
            for answer in ask_and_change(app, authorization) {
                answer.refused(401, "token_invalid");
            }
        }
        for odd in [&b"\xff\xfe"[..], b"Bearer \xc3\xa9", b"\tBearer"] {
            let request = [
                b"GET /v1/units HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ",
                odd,
                b"\r\n\r\n",
            ];
            let answer = app.wire(&request.concat());
            assert!(answer.starts_with("HTTP/1.1 401 ") && answer.contains("token_invalid"), "{answer}");
        }
        app.call("GET", "/v1/units").send().refused(401, "unauthenticated");
        app.call("GET", &format!("/v1/units?access_token={good}")).send().refused(401, "unauthenticated");
        app.call("GET", "/v1/units")
            .header("Cookie", format!("token={good}"))
            .send()
            .refused(401, "unauthenticated");
        let twice = app.call("GET", "/v1/units").token(good).token(good).send();
        twice.refused(401, "token_invalid");
        assert_eq!(head(app), before);
    });
}

#[test]
fn a_token_opens_nothing_from_its_end_on() {
    each_town("tokens-expired", |town| {
        let app = town.app;
        let (operator, _) = operator_with_login(town, "coordinator");
        let actor = Actor::Operator(operator.parse().unwrap());
        let [used, unused] = [(); 2].map(|()| app.token(actor, Role::Coordinator, Some(&town.school), 60));
        app.get("/v1/units", &used).ok();
        app.clock.advance(Duration::seconds(59));
        app.get("/v1/units", &used).ok();
        app.clock.advance(Duration::seconds(1));
        assert_locked_out(app, "verified before", &used, "token_expired");
        assert_locked_out(app, "never seen before", &unused, "token_expired");
    });
}

#[test]
fn a_disabled_operator_does_and_sees_nothing_from_that_moment_on() {
    each_town("tokens-disabled", |town| {
        let app = town.app;
        let (operator, login) = operator_with_login(town, "coordinator");
        let (access, refresh_token) = pair(log_in(app, &login, PASSWORD));
        let long = app.operator_token(&operator, "coordinator", Some(&town.school));
        let reward = json!({ "unit": town.school, "name": "x", "price": "1", "stock": 1, "hold_days": 1 });
        app.post("/v1/rewards", &access, reward.clone()).created();

        let path = format!("/v1/operators/{operator}/disable");
        app.post(&path, &town.admin, json!({})).ok();
        let before = head(app);
        for token in [&access, &long] {
            app.post("/v1/rewards", token, reward.clone()).refused(403, "actor_disabled");
            for path in ["/v1/units", "/v1/volunteers", "/v1/journal/entries", "/v1/totals/points"] {
                app.get(path, token).refused(403, "actor_disabled");
            }
        }
        log_in(app, &login, PASSWORD).refused(401, "login_failed");
        refresh(app, &refresh_token).refused(401, "refresh_token_invalid");
        assert_eq!(head(app), before);
    });
}

#[test]
fn a_token_holds_no_more_than_its_holder_may_today() {
    each_town("tokens-demoted", |town| {
        let app = town.app;
        let (operator, _) = operator_with_login(town, "coordinator");
        let old = app.operator_token(&operator, "coordinator", Some(&town.school));
        let path = format!("/v1/operators/{operator}");
        let reward = json!({ "unit": town.school, "name": "x", "price": "1", "stock": 1, "hold_days": 1 });

        app.put(&path, &town.admin, "*", json!({ "role": "coordinator", "unit": town.other_school })).ok();
        app.post("/v1/rewards", &old, reward.clone()).refused(403, "outside_unit");
        app.get(&format!("/v1/units/{}/headcounts", town.school), &old).ok();
        app.get("/v1/volunteers", &old).ok();
        let of_school = town.volunteer();
        app.get(&format!("/v1/volunteers/{}", of_school.id), &old).refused(404, "volunteer_not_found");

        app.put(&path, &town.admin, "*", json!({ "role": "auditor", "unit": town.school })).ok();
        app.post("/v1/rewards", &old, reward).refused(403, "not_permitted");
        app.get("/v1/volunteers", &old).refused(401, "token_invalid");
        // What a token claims beyond its holder's role is worth nothing either.
        let raised = app.operator_token(&operator, "admin", None);
        let policy = json!({
            "effective_from": "2027-01-01", "points_per_hour": "9", "points_per_count": "9", "earning_grades": [],
            "validity": { "kind": "unlimited" },
        });
        app.post("/v1/points-policies", &raised, policy).refused(403, "not_permitted");
        app.get("/v1/volunteers", &raised).refused(401, "token_invalid");
    });
}

#[test]
fn a_volunteer_who_has_left_does_and_sees_nothing() {
    each_town("tokens-closed", |town| {
        let app = town.app;
        let volunteer = town.volunteer();
        let path = format!("/v1/volunteers/{}", volunteer.id);
        app.get(&path, &volunteer.token).ok();
        app.post(&format!("{path}/close"), &volunteer.token, json!({})).ok();
        let before = head(app);
        app.get(&path, &volunteer.token).refused(403, "actor_disabled");
        app.get("/v1/units", &volunteer.token).refused(403, "actor_disabled");
        app.get(&format!("{path}/account"), &volunteer.token).refused(403, "actor_disabled");
        app.put(&path, &volunteer.token, "*", town.person()).refused(403, "actor_disabled");
        let service = town.service(&volunteer, "18T09:00", "18T10:00");
        app.post("/v1/service-records", &volunteer.token, service).refused(403, "actor_disabled");
        assert_eq!(head(app), before);
    });
}

#[test]
fn whom_this_ledger_never_knew_is_let_in_to_nothing() {
    // As after a backup was put back that is older than the token.
    each_town("tokens-unknown", |town| {
        let app = town.app;
        let far = hourbook::domain::ids::Seq(head(app).last_seq.0 + 1_000);
        let operator = hourbook::domain::ids::OperatorId::new(far).to_string();
        let volunteer = hourbook::domain::ids::VolunteerId::new(far).to_string();
        let somebody = town.volunteer().id;
        let before = head(app);
        let coordinator = app.operator_token(&operator, "coordinator", Some(&town.school));
        for token in
            [coordinator, app.operator_token(&operator, "admin", None), app.volunteer_token(&volunteer)]
        {
            app.get("/v1/units", &token).refused(403, "actor_disabled");
            let wish = json!({ "volunteer": somebody, "to_unit": town.other_school, "consent": "x" });
            app.post("/v1/transfers", &token, wish).refused(403, "actor_disabled");
        }
        assert_eq!(head(app), before);
    });
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_answered_alike() {
    each_town("tokens-login", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        let scripted = town.operator_with("auditor", &town.school, json!({ "login": "script" })).0;
        assert!(!scripted.is_empty());
        let long = "x".repeat(256);
        let mut answers = Vec::new();
        for (login, password) in [
            (login.as_str(), "wrong horse 电池"),
            ("nobody", PASSWORD),
            ("nobody", "x"),
            ("script", PASSWORD),
            (&login.to_uppercase(), PASSWORD),
            (&login, &PASSWORD.to_uppercase()),
            (&login, "\0"),
            (&login, &long),
            ("' OR 1=1 --", PASSWORD),
            (&login, &format!("{PASSWORD} ")),
        ] {
            let answer = log_in(app, login, password);
            let headers: Vec<(String, String)> = answer
                .headers
                .iter()
                .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()))
                .map(|(name, value)| (name.to_string(), format!("{value:?}")))
                .collect();
            answers.push((answer.status, headers, answer.text.clone()));
            answer.refused(401, "login_failed");
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "the answers tell the cases apart: {answers:?}");
        pair(log_in(app, &login, PASSWORD));
    });
}

#[test]
fn whoever_logs_in_gets_a_token_that_the_published_key_verifies() {
    each_town("tokens-jwks", |town| {
        let app = town.app;
        let (operator, login) = operator_with_login(town, "auditor");
        let answer = log_in(app, &format!(" {login} "), PASSWORD);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!((&answer.body["token_type"], &answer.body["expires_in"]), (&json!("Bearer"), &json!(900)));
        let (access, _) = pair(answer);

        let jwks = app.call("GET", "/v1/auth/jwks").send().ok();
        assert!(jwks["keys"][0].get("d").is_none(), "a private key is published: {jwks}");
        let jwks: JwkSet = serde_json::from_value(jwks).unwrap();
        let kid = jsonwebtoken::decode_header(&access).unwrap().kid.unwrap();
        let key = DecodingKey::from_jwk(jwks.find(&kid).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[realm().issuer]);
        validation.set_audience(&[realm().audience]);
        // The service under test has a clock of its own.
        validation.validate_exp = false;
        let claims: Value = jsonwebtoken::decode(&access, &key, &validation).unwrap().claims;
        assert_eq!(claims["sub"], format!("operator:{operator}"));
        assert_eq!((&claims["role"], &claims["unit"]), (&json!("auditor"), &json!(town.school)));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
        assert_eq!(claims["iat"], app.now().to_utc().timestamp());

        app.get("/v1/journal/entries", &access).ok();
        app.clock.advance(Duration::seconds(900));
        app.get("/v1/journal/entries", &access).refused(401, "token_expired");
    });
}

#[test]
fn each_refresh_gives_the_next_pair() {
    each_town("tokens-refresh", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        let (mut access, mut next) = pair(log_in(app, &login, PASSWORD));
        for _ in 0..5 {
            app.clock.advance(Duration::minutes(20));
            app.get("/v1/units", &access).refused(401, "token_expired");
            let (new_access, new_next) = pair(refresh(app, &next));
            assert!(new_access != access && new_next != next);
            (access, next) = (new_access, new_next);
            app.get("/v1/units", &access).ok();
        }
        app.clock.advance(Duration::days(14) - Duration::microseconds(1));
        (_, next) = pair(refresh(app, &next));
        app.clock.advance(Duration::days(14));
        refresh(app, &next).refused(401, "refresh_token_invalid");
    });
}

#[test]
fn a_refresh_token_that_comes_twice_ends_the_login_and_no_other() {
    each_town("tokens-reuse", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        let (_, first) = pair(log_in(app, &login, PASSWORD));
        let (_, elsewhere) = pair(log_in(app, &login, PASSWORD));
        let (_, second) = pair(refresh(app, &first));
        let (_, third) = pair(refresh(app, &second));
        refresh(app, &first).refused(401, "refresh_token_invalid");
        for token in [&third, &second, &first] {
            refresh(app, token).refused(401, "refresh_token_invalid");
        }
        pair(refresh(app, &elsewhere));
        pair(log_in(app, &login, PASSWORD));
    });
}

#[test]
fn a_refresh_token_is_spent_once_however_many_come_at_once() {
    each_town("tokens-race", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        for _ in 0..10 {
            let (_, token) = pair(log_in(app, &login, PASSWORD));
            let start = Barrier::new(8);
            let answers: Vec<Answer> = thread::scope(|scope| {
                let come = || {
                    start.wait();
                    refresh(app, &token)
                };
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(come)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            let granted = answers.into_iter().filter_map(|answer| {
                if answer.status == 200 {
                    return Some(pair(answer).1);
                }
                answer.refused(401, "refresh_token_invalid");
                None
            });
            let granted: Vec<String> = granted.collect();
            assert_eq!(granted.len(), 1, "one of eight is granted");
            // Somebody has a copy: the login is over.
            refresh(app, &token).refused(401, "refresh_token_invalid");
            refresh(app, &granted[0]).refused(401, "refresh_token_invalid");
        }
    });
}

#[test]
fn logging_out_ends_every_refresh_token_of_the_login() {
    each_town("tokens-logout", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        let (_, first) = pair(log_in(app, &login, PASSWORD));
        let (_, elsewhere) = pair(log_in(app, &login, PASSWORD));
        let (access, second) = pair(refresh(app, &first));
        log_out(app, &second);
        refresh(app, &second).refused(401, "refresh_token_invalid");
        refresh(app, &first).refused(401, "refresh_token_invalid");
        // An access token is good until its minutes are over: it is not looked up.
        app.get("/v1/units", &access).ok();
        pair(refresh(app, &elsewhere));
        // Whatever is not there is out already.
        for token in [&second, "x", &"A".repeat(64)] {
            log_out(app, token);
        }
    });
}

#[test]
fn what_is_no_refresh_token_is_none() {
    each_town("tokens-no-refresh", |town| {
        let app = town.app;
        let (_, login) = operator_with_login(town, "auditor");
        let (access, token) = pair(log_in(app, &login, PASSWORD));
        let long = "A".repeat(128);
        for garbage in [
            "x",
            "null",
            &"A".repeat(64),
            &long,
            &token[1..],
            &format!("{token}A"),
            &token.to_lowercase(),
            " ",
            "\0",
            "令牌",
            &format!(" {token}"),
            &format!("{token}="),
        ] {
            refresh(app, garbage).refused(401, "refresh_token_invalid");
        }
        if access.len() > 128 {
            refresh(app, &access).refused(422, "invalid_field");
        }
        // A refresh token opens nothing by itself.
        assert_locked_out(app, "a refresh token", &token, "token_invalid");
        pair(refresh(app, &token));
    });
}

#[test]
fn a_login_holds_across_replicas() {
    crate::support::each_database("tokens-replicas", |url| {
        let hourbook::store::DbUrl::Postgres(_) = &url else { return };
        let clock = Arc::new(crate::support::clock::TestClock::at(crate::support::http::NOON));
        let [one, other] =
            [(); 2].map(|()| App::start_with(&url, &clock, &hourbook::engine::WriterOptions::default()));
        let town = Town::found(&one);
        let (operator, login) = operator_with_login(&town, "coordinator");
        let (access, first) = pair(log_in(&one, &login, PASSWORD));
        other.get("/v1/volunteers", &access).ok();
        let (_, second) = pair(refresh(&other, &first));
        refresh(&one, &first).refused(401, "refresh_token_invalid");
        refresh(&other, &second).refused(401, "refresh_token_invalid");
        one.post(&format!("/v1/operators/{operator}/disable"), &town.admin, json!({})).ok();
        other.get("/v1/volunteers", &access).refused(403, "actor_disabled");
        assert_eq!(id(&other.get(&format!("/v1/operators/{operator}"), &town.admin).ok()), operator);
    });
}
