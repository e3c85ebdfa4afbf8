//! Who guesses is made to wait, by login and by address, and turns nobody away who is known.

use crate::support::each_database;
use crate::support::http::{Answer, App, AppSettings, certificate_settings};
use crate::support::log_in::PASSWORD;
use crate::support::town::{Town, each_town};
use chrono::Duration;
use hourbook::api::certificate::settings::CertificateSettings;
use serde_json::{Value, json};
use std::net::Ipv4Addr;

const WRONG: &str = "battery staple 马";

/// Runs a case in a town behind a proxy that is trusted, so that requests come from many addresses.
fn each_town_behind_a_proxy(label: &str, case: impl Fn(&Town)) {
    each_database(label, |url| {
        let certificates =
            CertificateSettings { trusted_proxy: Some(Ipv4Addr::LOCALHOST.into()), ..certificate_settings() };
        case(&Town::found(&App::start_as(&url, AppSettings { certificates, ..AppSettings::default() })));
    });
}

/// A coordinator of the school with a password: the id.
fn operator(town: &Town, login: &str) -> String {
    let particulars = json!({ "login": login, "password": PASSWORD });
    town.operator_with("coordinator", &town.school, particulars).0
}

fn log_in(app: &App, from: &str, login: &str, password: &str) -> Answer {
    let body = json!({ "login": login, "password": password });
    app.call("POST", "/v1/auth/login").header("X-Forwarded-For", from).json(body).send()
}

#[track_caller]
fn too_early(answer: Answer) -> i64 {
    let seconds = answer.header("retry-after").parse().unwrap();
    answer.refused(429, "too_many_requests");
    seconds
}

#[test]
fn guesses_of_a_login_wait_longer_after_each() {
    each_town_behind_a_proxy("log-ins-login", |town| {
        operator(town, "zhao");
        operator(town, "qian");
        for login in ["zhao", "nobody"] {
            let guess =
                |from: u8, password: &str| log_in(town.app, &format!("10.1.0.{from}"), login, password);
            for from in 0..5 {
                guess(from, WRONG).refused(401, "login_failed");
            }
            for delay in [1, 2, 4, 8] {
                // Nor would the right one be let in, from any address.
                assert_eq!(too_early(guess(9, PASSWORD)), delay, "{login}");
                assert_eq!(too_early(log_in(town.app, "10.1.0.1", &login.to_uppercase(), WRONG)), delay);
                town.app.clock.advance(Duration::seconds(delay));
                guess(10, WRONG).refused(401, "login_failed");
            }
            town.app.clock.advance(Duration::seconds(15));
            assert_eq!(too_early(guess(9, PASSWORD)), 1);
            log_in(town.app, "10.1.0.9", "qian", PASSWORD).ok();
            town.app.clock.advance(Duration::hours(1));
        }
        log_in(town.app, "10.1.0.9", "zhao", PASSWORD).ok();
    });
}

#[test]
fn an_address_that_guesses_waits_whatever_the_login_and_whatever_it_claims() {
    each_town("log-ins-address", |town| {
        operator(town, "zhao");
        for number in 0..20 {
            // Nobody has said that this one forwards for others.
            let claimed = format!("10.2.0.{number}");
            log_in(town.app, &claimed, &format!("nobody-{number}"), WRONG).refused(401, "login_failed");
        }
        assert_eq!(too_early(log_in(town.app, "10.2.1.1", "zhao", PASSWORD)), 1);
        town.app.clock.advance(Duration::seconds(1));
        log_in(town.app, "10.2.1.1", "zhao", PASSWORD).ok();
    });
}

#[test]
fn anybodys_guesses_turn_nobody_away_who_is_known() {
    each_town_behind_a_proxy("log-ins-known", |town| {
        operator(town, "zhao");
        let own = "10.3.0.1";
        log_in(town.app, own, "zhao", PASSWORD).ok();
        let right = std::thread::scope(|scope| {
            for guesser in 1..=8 {
                scope.spawn(move || {
                    for number in 0..60 {
                        let login =
                            if number % 2 == 0 { "zhao".to_owned() } else { format!("nobody-{number}") };
                        let from = if number % 3 == 0 { own } else { &format!("10.3.{guesser}.{number}") };
                        // From the own address only logins that are not known there.
                        let login = if from == own { format!("{login}-x") } else { login };
                        let answer = log_in(town.app, from, &login, WRONG);
                        assert!([401, 429, 503].contains(&answer.status), "{}", answer.text);
                    }
                });
            }
            (0..59).map(|_| log_in(town.app, own, "zhao", PASSWORD).status).collect::<Vec<_>>()
        });
        assert_eq!(right, [200; 59]);
        too_early(log_in(town.app, "10.3.0.2", "zhao", PASSWORD));
        // Who is known is delayed by the own mistakes only, and not without end.
        town.app.clock.advance(Duration::seconds(60));
        for _ in 0..5 {
            log_in(town.app, own, "zhao", WRONG).refused(401, "login_failed");
        }
        assert_eq!(too_early(log_in(town.app, own, "zhao", PASSWORD)), 1);
        town.app.clock.advance(Duration::seconds(1));
        log_in(town.app, own, "zhao", PASSWORD).ok();
        log_in(town.app, own, "zhao", WRONG).refused(401, "login_failed");
    });
}

#[test]
fn one_time_codes_and_old_passwords_are_guessed_no_faster() {
    each_town_behind_a_proxy("log-ins-codes", |town| {
        let operator = operator(town, "zhao");
        let set = |from: &str, code: &Value| {
            let body = json!({ "login": "zhao", "code": code, "new_password": "ein kleiner Vogel am Fluss" });
            town.app.call("POST", "/v1/auth/password").header("X-Forwarded-For", from).json(body).send()
        };
        let reset = format!("/v1/operators/{operator}/password-reset");
        let code = town.app.post(&reset, &town.admin, json!({})).ok()["reset_code"].clone();
        for from in 0..5 {
            let guess = json!("7K3F-9QXA-52MD-XW4T");
            set(&format!("10.4.0.{from}"), &guess).refused(403, "reset_code_invalid");
            log_in(town.app, &format!("10.4.1.{from}"), "zhao", WRONG).refused(401, "login_failed");
        }
        assert_eq!(too_early(set("10.4.0.9", &code)), 1);
        town.app.clock.advance(Duration::seconds(1));
        let tokens = set("10.4.0.9", &code).ok();

        let change = |old: &str| {
            let body = json!({ "old_password": old, "new_password": PASSWORD });
            let token = tokens["access_token"].as_str().unwrap();
            town.app.call("PUT", "/v1/me/password").token(token).json(body).send()
        };
        for _ in 0..5 {
            change(WRONG).refused(403, "password_wrong");
        }
        assert_eq!(too_early(change("ein kleiner Vogel am Fluss")), 1);
        town.app.clock.advance(Duration::seconds(1));
        change("ein kleiner Vogel am Fluss").ok();
        // Who has shown a code from there is known there.
        for from in 0..9 {
            let _delayed = log_in(town.app, &format!("10.4.2.{from}"), "zhao", WRONG);
        }
        log_in(town.app, "10.4.0.9", "zhao", PASSWORD).ok();
    });
}
