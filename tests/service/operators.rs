//! Operators (操作员): who may act where, at once, and every act in the journal.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, document_of_operator, each_town, merged};
use hourbook::domain::ids::{OperatorId, Seq, UnitId, VolunteerId};
use serde_json::{Value, json};

fn appoint(town: &Town, token: &str, other: Value) -> Answer {
    let mut usual = json!({ "login": "zhang", "name": "张老师", "role": "coordinator", "unit": town.school });
    if other.get("volunteer").is_none() {
        usual["document"] = document_of_operator(900);
    }
    town.app.post("/v1/operators", token, merged(usual, other))
}

/// A change that only somebody may make who answers for the school.
fn act(town: &Town, token: &str) -> Answer {
    town.app.post("/v1/volunteers", token, town.registration(&town.school))
}

/// A look at what only somebody sees who reads or acts for the school.
fn look(town: &Town, token: &str) -> Answer {
    town.app.get("/v1/volunteers", token)
}

#[test]
fn an_admin_appoints_with_a_role_and_its_place() {
    each_town("operators-appoint", |town| {
        let appoint = |other: Value| appoint(town, &town.admin, other);
        let made = appoint(json!({ "password": "correct horse 电池" })).created();
        assert_eq!(
            (&made["role"], &made["unit"], &made["active"]),
            (&json!("coordinator"), &json!(town.school), &json!(true))
        );
        appoint(json!({ "unit": town.other_school })).refused(409, "login_taken");

        for place in [
            json!({ "role": "coordinator", "unit": null }),
            json!({ "role": "auditor", "unit": null }),
            json!({ "role": "admin", "unit": town.bureau }),
        ] {
            appoint(merged(place, json!({ "login": "li" }))).refused(422, "operator_unit_invalid");
        }
        appoint(json!({ "login": "li", "role": "volunteer" })).refused(422, "invalid_field");
        let nowhere = UnitId::new(Seq(1_000_000));
        appoint(json!({ "login": "li", "unit": nowhere })).refused(404, "unit_not_found");
        let nobody = VolunteerId::new(Seq(1_000_000));
        appoint(json!({ "login": "li", "volunteer": nobody })).refused(404, "volunteer_not_found");
        let problem = appoint(json!({ "login": "li", "password": "short" })).refused(422, "invalid_field");
        assert_eq!(problem["field"], "/password");
        appoint(json!({ "login": "li", "role": "admin", "unit": null })).created();

        let shown = town.app.get(&format!("/v1/operators/{}", id(&made)), &town.coordinator);
        assert!(!shown.text.contains("argon2"), "no hash is shown");
        assert_eq!(shown.ok()["login"], "zhang");
    });
}

#[test]
fn two_logins_that_look_alike_are_one() {
    each_town("operators-alike", |town| {
        let appoint =
            |login: &str| appoint(town, &town.admin, json!({ "login": login, "password": "correct horse" }));
        let made = appoint("Ｚhou").created();
        let shown = town.app.get(&format!("/v1/operators/{}", id(&made)), &town.admin).ok();
        assert_eq!(shown["login"], "zhou");
        for same in ["zhou", "ZHOU", " zhou "] {
            appoint(same).refused(409, "login_taken");
        }
        for (mistaken, why) in [
            ("zh\u{43E}u", "several scripts"),
            ("\u{430}\u{441}\u{435}", "taken for Latin"),
            ("zh\u{200B}ou", "U+200B"),
        ] {
            let problem = appoint(mistaken).refused(422, "invalid_field");
            assert_eq!(problem["field"], "/login");
            assert!(problem["detail"].as_str().unwrap().contains(why), "{problem}");
        }
        let login = |login: &str| {
            town.app.post("/v1/auth/login", "", json!({ "login": login, "password": "correct horse" }))
        };
        for written in ["zhou", "Zhou", "ｚｈｏｕ"] {
            login(written).ok();
        }
        login("zhu").refused(401, "login_failed");
    });
}

#[test]
fn nobody_else_appoints() {
    each_town("operators-who", |town| {
        for token in [&town.bureau_coordinator, &town.auditor, &town.volunteer().token] {
            appoint(town, token, json!({})).refused(403, "not_permitted");
        }
        let (operator, _) = town.operator_with("auditor", &town.other_school, json!({}));
        let path = format!("/v1/operators/{operator}");
        town.app.get(&path, &town.coordinator).refused(404, "operator_not_found");
        town.app.get(&path, &town.other_coordinator).ok();
        town.app.get(&path, &town.volunteer().token).refused(403, "not_permitted");
        let promoted = json!({ "role": "admin" });
        town.app.put(&path, &town.other_coordinator, "*", promoted).refused(403, "not_permitted");
        town.app
            .post(&format!("{path}/disable"), &town.other_coordinator, json!({}))
            .refused(403, "not_permitted");
        let nobody = format!("/v1/operators/{}", OperatorId::new(Seq(1_000_000)));
        town.app.get(&nobody, &town.admin).refused(404, "operator_not_found");
        town.app
            .post(&format!("{nobody}/disable"), &town.admin, json!({}))
            .refused(404, "operator_not_found");
    });
}

#[test]
fn who_is_disabled_does_and_sees_nothing_from_that_moment_on() {
    each_town("operators-disable", |town| {
        let (operator, token) = town.operator_with("coordinator", &town.school, json!({}));
        act(town, &token).created();
        look(town, &token).ok();
        let disable = || town.app.post(&format!("/v1/operators/{operator}/disable"), &town.admin, json!({}));
        assert_eq!(disable().ok()["active"], false);
        act(town, &token).refused(403, "actor_disabled");
        look(town, &token).refused(403, "actor_disabled");
        town.app.get("/v1/totals/points", &token).refused(403, "actor_disabled");
        disable().ok();
        let active = town.app.all_pages("/v1/operators?active=true&role=coordinator", &town.coordinator, 50);
        assert_eq!(active.len(), 2, "of the school: coordinator and colleague");
    });
}

#[test]
fn a_role_or_unit_that_was_changed_holds_at_once_whatever_an_older_token_says() {
    each_town("operators-change", |town| {
        let (operator, token) = town.operator_with("coordinator", &town.school, json!({}));
        let path = format!("/v1/operators/{operator}");
        let change = |version: &str, to: Value| town.app.put(&path, &town.admin, version, to);
        let etag = town.app.get(&path, &town.admin).header("etag").to_owned();

        change(&etag, json!({ "role": "coordinator", "unit": town.other_school })).ok();
        change(&etag, json!({ "role": "coordinator", "unit": town.school })).refused(412, "version_stale");
        act(town, &token).refused(403, "outside_unit");
        assert_eq!(look(town, &token).ok()["items"], json!([]));

        change("*", json!({ "role": "auditor", "unit": town.school })).ok();
        act(town, &token).refused(403, "not_permitted");
        look(town, &token).refused(401, "token_invalid");
        let as_auditor = town.app.operator_token(&operator, "auditor", Some(&town.school));
        look(town, &as_auditor).ok();
        change("*", json!({ "role": "auditor" })).refused(422, "operator_unit_invalid");
        town.app.assert_verified();
    });
}

#[test]
fn nobody_locks_themselves_out() {
    each_town("operators-own", |town| {
        let second = appoint(town, &town.admin, json!({ "login": "second", "role": "admin", "unit": null }));
        let second = id(&second.created());
        let token = town.app.operator_token(&second, "admin", None);
        let path = format!("/v1/operators/{second}");
        let as_auditor = json!({ "role": "auditor", "unit": town.school });
        town.app.put(&path, &token, "*", as_auditor).refused(403, "own_access");
        town.app.post(&format!("{path}/disable"), &token, json!({})).refused(403, "own_access");
        appoint(town, &token, json!({})).created();
        town.app.post(&format!("{path}/disable"), &town.admin, json!({})).ok();
        appoint(town, &token, json!({ "login": "li" })).refused(403, "actor_disabled");
    });
}

#[test]
fn a_token_for_more_than_the_operator_may_gives_nothing() {
    each_town("operators-claims", |town| {
        let (operator, _) = town.operator_with("coordinator", &town.school, json!({}));
        let wide = town.app.operator_token(&operator, "coordinator", Some(&town.bureau));
        let registration = town.registration(&town.other_school);
        town.app.post("/v1/volunteers", &wide, registration).refused(403, "outside_unit");
        let admin = town.app.operator_token(&operator, "admin", None);
        appoint(town, &admin, json!({})).refused(403, "not_permitted");
        look(town, &admin).refused(401, "token_invalid");
    });
}

#[test]
fn every_act_stands_in_the_journal_under_who_did_it() {
    each_town("operators-journal", |town| {
        let (operator, token) = town.operator_with("coordinator", &town.school, json!({}));
        let by_operator = act(town, &token).created();
        let volunteer = town.volunteer();
        let by_volunteer = town.app.post(
            "/v1/service-records",
            &volunteer.token,
            town.claimed(&volunteer, "18T09:00", "18T10:00"),
        );
        let by_volunteer = by_volunteer.created();
        let actor = |made: &Value| {
            let path = format!("/v1/journal/entries/{}", made["receipt"]["seq"]);
            town.app.get(&path, &town.admin).ok()["actor"].take()
        };
        assert_eq!(actor(&by_operator), format!("operator:{operator}"));
        assert_eq!(actor(&by_volunteer), format!("volunteer:{}", volunteer.id));
        let first = town.app.get("/v1/journal/entries/1", &town.admin).ok();
        assert_eq!(
            (&first["actor"], &first["event"]["kind"]),
            (&json!("system"), &json!("operator_created"))
        );
    });
}

/// Who somebody is decides who a second person is: what one admin alone says of it is looked at.
#[test]
fn an_operator_who_becomes_somebody_else_is_found() {
    each_town("operators-relinked", |town| {
        let found = |token: &str| -> Vec<Value> {
            let all = town.app.get("/v1/findings", token).ok()["items"].take();
            let all = all.as_array().unwrap().iter();
            all.filter(|finding| finding["rule"] == "operator_relinked").cloned().collect()
        };
        let (one, other) = (town.volunteer(), town.volunteer());
        let linked = json!({ "volunteer": one.id });
        let (operator, _) = town.operator_with("coordinator", &town.school, linked.clone());
        let change = |body: Value| {
            let usual = json!({ "role": "coordinator", "unit": town.school });
            town.app.put(&format!("/v1/operators/{operator}"), &town.admin, "*", merged(usual, body)).ok()
        };
        change(json!({}));
        change(linked);
        assert_eq!(found(&town.admin), [] as [Value; 0], "the same person");

        let relinked = change(json!({ "volunteer": other.id }));
        let by_document = change(json!({ "document": { "kind": "passport", "number": "RELINKED1" } }));
        let entry = |answer: &Value| answer["receipt"]["seq"].clone();
        let all = found(&town.auditor);
        assert_eq!(found(&town.admin), all);
        let [first, second] = &all[..] else { panic!("two: {all:?}") };
        assert_eq!(first["unit"], town.school);
        let subject = &first["subject"];
        assert_eq!(
            (&subject["operator"], &subject["volunteer"], &subject["other_volunteer"]),
            (&json!(operator), &json!(other.id), &json!(one.id))
        );
        assert_eq!(first["entries"][1], entry(&relinked));
        assert_eq!(second["entries"], json!([entry(&relinked), entry(&by_document)]));
        assert_eq!(second["subject"]["volunteer"], Value::Null);
        let (_, elsewhere) = town.operator_with("auditor", &town.other_school, json!({}));
        assert_eq!(found(&elsewhere), [] as [Value; 0]);

        let dismiss = format!("/v1/findings/{}/dismiss", first["id"].as_str().unwrap());
        town.app.post(&dismiss, &town.auditor, json!({ "reason": "登记有误，已核对" })).ok();
        assert_eq!(found(&town.auditor).len(), 1);
    });
}
