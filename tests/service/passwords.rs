//! Passwords: changed by who has them, reset from above, and what they may not be. Access that was taken and given back.

use crate::support::http::{Answer, App, id};
use crate::support::log_in::{PASSWORD, access, coordinator, log_in, refresh};
use crate::support::town::{Town, document_of_operator, each_town};
use chrono::Duration;
use serde_json::{Value, json};

const SECOND: &str = "ein kleiner Vogel am Fluss";

fn change(app: &App, token: &str, old: &str, new: &str) -> Answer {
    let body = json!({ "old_password": old, "new_password": new });
    app.call("PUT", "/v1/me/password").token(token).json(body).send()
}

fn reset(town: &Town, token: &str, operator: &str) -> Answer {
    town.app.post(&format!("/v1/operators/{operator}/password-reset"), token, json!({}))
}

fn set(app: &App, login: &str, code: &Value, password: &str) -> Answer {
    app.post("/v1/auth/password", "", json!({ "login": login, "code": code, "new_password": password }))
}

fn look(town: &Town, token: &str) -> Answer {
    town.app.get("/v1/volunteers", token)
}

fn act(town: &Town, token: &str) -> Answer {
    town.app.post("/v1/volunteers", token, town.registration(&town.school))
}

#[test]
fn the_own_password_is_changed_and_ends_every_other_session() {
    each_town("passwords-own", |town| {
        let (operator, here) = coordinator(town, "zhao");
        let elsewhere = log_in(town.app, "zhao", PASSWORD).ok();
        let by_hand = town.app.operator_token(&operator, "coordinator", Some(&town.school));
        act(town, &by_hand).created();

        change(town.app, access(&here), SECOND, SECOND).refused(403, "password_wrong");
        let fresh = change(town.app, access(&here), PASSWORD, SECOND).ok();
        for ended in [access(&here), access(&elsewhere), &by_hand] {
            look(town, ended).refused(401, "token_ended");
            act(town, ended).refused(401, "token_ended");
            town.app.get("/v1/me", ended).refused(401, "token_ended");
        }
        for ended in [&here, &elsewhere] {
            refresh(town.app, ended).refused(401, "refresh_token_invalid");
        }
        look(town, access(&fresh)).ok();
        act(town, access(&fresh)).created();
        look(town, access(&refresh(town.app, &fresh).ok())).ok();

        log_in(town.app, "zhao", PASSWORD).refused(401, "login_failed");
        log_in(town.app, "zhao", SECOND).ok();
        town.app.assert_verified();
    });
}

#[test]
fn what_is_short_common_or_the_login_is_no_password() {
    each_town("passwords-weak", |town| {
        let (_, tokens) = coordinator(town, "zhao.min");
        for weak in ["eleven char", "12345678", "密码密码密码密码密", "湛河边的柳树绿了又绿啊"]
        {
            change(town.app, access(&tokens), PASSWORD, weak).refused(422, "invalid_field");
        }
        for guessed in [
            "password1234",
            "123456789012",
            "aaaaaaaaaaaa",
            "qwertyuiop[]",
            "zhao.min2026",
            "ＺＨＡＯ.ＭＩＮ-2026",
            "zhao.minzhao.min",
            "woaini1314520",
            "Administrator1!",
        ] {
            let problem = change(town.app, access(&tokens), PASSWORD, guessed).refused(422, "invalid_field");
            assert_eq!(problem["field"], "/new_password", "{guessed}");
            if guessed.to_lowercase().contains("min") && !guessed.contains("Admin") || guessed.contains('Ｍ')
            {
                continue;
            }
            let operator = json!({
                "login": "li.min", "name": "赵老师", "password": guessed, "role": "coordinator",
                "unit": town.school, "document": document_of_operator(901),
            });
            let problem = town.app.post("/v1/operators", &town.admin, operator).refused(422, "invalid_field");
            assert_eq!(problem["field"], "/password", "{guessed}");
        }
        // Twelve characters, of whatever length in bytes; and the same from a keyboard that writes them wide.
        change(town.app, access(&tokens), PASSWORD, "湛河边的柳树绿了又绿啊ｏ").ok();
        log_in(town.app, "zhao.min", "湛河边的柳树绿了又绿啊o").ok();
    });
}

#[test]
fn a_reset_from_above_gives_a_code_that_is_good_once() {
    each_town("passwords-reset", |town| {
        let (operator, before) = coordinator(town, "zhao");
        for above in [&town.district_coordinator, &town.admin] {
            let answer = reset(town, above, &operator).ok();
            assert!(answer["reset_code"].is_string() && answer["reset_until"].is_string(), "{answer}");
        }
        let code = reset(town, &town.district_coordinator, &operator).ok()["reset_code"].clone();
        look(town, access(&before)).refused(401, "token_ended");
        refresh(town.app, &before).refused(401, "refresh_token_invalid");
        log_in(town.app, "zhao", PASSWORD).refused(401, "login_failed");
        let shown = town.app.get(&format!("/v1/operators/{operator}"), &town.admin).ok();
        assert!(shown["reset_until"].is_string() && shown.get("reset_code").is_none(), "{shown}");

        let former = reset(town, &town.admin, &operator).ok();
        set(town.app, "zhao", &code, SECOND).refused(403, "reset_code_invalid");
        let code = &former["reset_code"];
        set(town.app, "qian", code, SECOND).refused(403, "reset_code_invalid");
        set(town.app, "zhao", &json!("7K3F-9QXA-52MD-XW4T"), SECOND).refused(403, "reset_code_invalid");
        set(town.app, "zhao", code, "password1234").refused(422, "invalid_field");
        let typed = code.as_str().unwrap().to_lowercase().replace('-', " ");
        let tokens = set(town.app, "zhao", &json!(typed), SECOND).ok();
        look(town, access(&tokens)).ok();
        set(town.app, "zhao", code, PASSWORD).refused(403, "reset_code_invalid");
        log_in(town.app, "zhao", SECOND).ok();
        let shown = town.app.get(&format!("/v1/operators/{operator}"), &town.admin).ok();
        assert!(shown.get("reset_until").is_none(), "{shown}");

        let late = reset(town, &town.admin, &operator).ok()["reset_code"].clone();
        town.app.clock.advance(Duration::hours(24));
        set(town.app, "zhao", &late, PASSWORD).refused(403, "reset_code_invalid");
        town.app.assert_verified();
    });
}

#[test]
fn only_who_stands_above_resets_and_ends() {
    each_town("passwords-who", |town| {
        let (operator, _) = coordinator(town, "zhao");
        for what in ["password-reset", "end-sessions"] {
            let ask = |token: &str, operator: &str| {
                town.app.post(&format!("/v1/operators/{operator}/{what}"), token, json!({}))
            };
            ask(&town.colleague, &operator).refused(403, "outside_unit");
            ask(&town.other_coordinator, &operator).refused(404, "operator_not_found");
            ask(&town.auditor, &operator).refused(403, "not_permitted");
            ask(&town.volunteer().token, &operator).refused(403, "not_permitted");
            let own = town.app.get("/v1/me", &town.admin).ok()["actor"].as_str().unwrap().to_owned();
            let own = own.strip_prefix("operator:").unwrap().to_owned();
            ask(&town.bureau_coordinator, &own).refused(404, "operator_not_found");
            ask(&town.bureau_coordinator, &operator).ok();
        }
        let own =
            town.app.get("/v1/me", &town.admin).ok()["actor"].as_str().unwrap().replace("operator:", "");
        reset(town, &town.admin, &own).refused(403, "own_access");
    });
}

#[test]
fn who_was_disabled_is_enabled_again_with_a_new_password_and_the_same_login() {
    each_town("passwords-enable", |town| {
        let (operator, before) = coordinator(town, "zhao");
        let path = format!("/v1/operators/{operator}");
        let enable = |body: Value| town.app.post(&format!("{path}/enable"), &town.admin, body);
        enable(json!({})).refused(409, "operator_not_disabled");
        town.app.post(&format!("{path}/disable"), &town.admin, json!({})).ok();
        reset(town, &town.admin, &operator).refused(409, "operator_disabled");
        look(town, access(&before)).refused(403, "actor_disabled");
        // The login stays who it was: nobody else gets it.
        let another = json!({
            "login": "zhao", "name": "赵老师", "role": "coordinator", "unit": town.school,
            "document": document_of_operator(902),
        });
        town.app.post("/v1/operators", &town.admin, another).refused(409, "login_taken");

        town.app
            .post(&format!("{path}/enable"), &town.bureau_coordinator, json!({}))
            .refused(403, "not_permitted");
        // The document went with the access: who it is, is said again.
        enable(json!({})).refused(422, "operator_person_invalid");
        let enabled = enable(json!({ "document": document_of_operator(903) })).ok();
        assert_eq!((&enabled["active"], &enabled["identified"]), (&json!(true), &json!(true)));
        look(town, access(&before)).refused(401, "token_ended");
        refresh(town.app, &before).refused(401, "refresh_token_invalid");
        log_in(town.app, "zhao", PASSWORD).refused(401, "login_failed");
        let tokens = set(town.app, "zhao", &enabled["reset_code"], SECOND).ok();
        act(town, access(&tokens)).created();
        town.app.assert_verified();
    });
}

#[test]
fn tokens_and_sessions_of_an_operator_are_ended_from_above() {
    each_town("passwords-end", |town| {
        let (operator, tokens) = coordinator(town, "zhao");
        let by_hand = town.app.operator_token(&operator, "coordinator", Some(&town.school));
        let end = format!("/v1/operators/{operator}/end-sessions");
        town.app.post(&end, &town.district_coordinator, json!({})).ok();
        for ended in [access(&tokens), &by_hand] {
            look(town, ended).refused(401, "token_ended");
            act(town, ended).refused(401, "token_ended");
        }
        refresh(town.app, &tokens).refused(401, "refresh_token_invalid");
        let again = log_in(town.app, "zhao", PASSWORD).ok();
        act(town, access(&again)).created();
        town.app.assert_verified();
    });
}

/// What somebody learned who was told the code under a key is told again under that key, as long as they may ask.
#[test]
fn a_lost_answer_to_a_reset_is_had_again() {
    each_town("passwords-lost", |town| {
        let (operator, _) = coordinator(town, "zhao");
        let path = format!("/v1/operators/{operator}/password-reset");
        let ask = |token: &str| town.app.call("POST", &path).token(token).key("reset").send();
        let first = ask(&town.district_coordinator).ok();
        assert_eq!(ask(&town.district_coordinator).ok(), first);
        let code = first["reset_code"].clone();
        set(town.app, "zhao", &code, SECOND).ok();
        assert_eq!(ask(&town.district_coordinator).ok()["reset_code"], code);
        set(town.app, "zhao", &code, PASSWORD).refused(403, "reset_code_invalid");
    });
}

/// Who can write to the database puts a former password back: its row bears a seal, and is bound by another entry.
#[test]
fn a_former_password_that_is_put_back_is_found() {
    each_town("passwords-thief", |town| {
        let (_, tokens) = coordinator(town, "zhao");
        town.app.db().batch("CREATE TABLE former AS SELECT * FROM credentials WHERE login = 'zhao'").unwrap();
        change(town.app, access(&tokens), PASSWORD, SECOND).ok();
        town.app.assert_verified();
        let mut db = town.app.db();
        db.batch("DELETE FROM credentials WHERE login = 'zhao'").unwrap();
        db.batch("INSERT INTO credentials SELECT * FROM former").unwrap();
        db.batch("DROP TABLE former").unwrap();
        let report = town.app.verify();
        assert!(report.named.iter().any(|name| name.contains("credentials")), "{:?}", report.named);
        assert!(id(&town.app.get("/v1/operators", &town.admin).ok()["items"][0]).len() > 10);
    });
}
