//! Double clicks and retries: a request that bears a key is carried out once, for ever.

use crate::support::clock::TestClock;
use crate::support::each_database;
use crate::support::http::{Answer, App, NOON, id};
use crate::support::operations::{Ask, Operation, Things, operations};
use crate::support::town::{Town, each_town, merged};
use crate::support::writer::vault;
use hourbook::engine::WriterOptions;
use hourbook::store::idempotency;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::Arc;

fn post(town: &Town, path: &str, token: &str, key: &str, body: Value) -> Answer {
    town.app.call("POST", path).token(token).key(key).json(body).send()
}

fn entries(town: &Town) -> usize {
    town.app.all_pages("/v1/journal/entries", &town.admin, 200).len()
}

/// The same in every byte that a client looks at.
#[track_caller]
pub fn assert_replayed(first: &Answer, again: &Answer) {
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    for header in ["etag", "location", "content-type"] {
        assert_eq!(again.headers.get(header), first.headers.get(header), "{header}");
    }
}

#[test]
fn a_retry_is_answered_as_the_first_time_and_counts_once() {
    each_town("idempotency-replay", |town| {
        let volunteer = town.volunteer();
        let service = merged(town.service(&volunteer, "18T09:00", "18T12:00"), json!({ "credit": true }));
        let serve = || post(town, "/v1/service-records", &town.coordinator, "click-1", service.clone());
        let first = serve();
        let after_first = entries(town);
        for _ in 0..3 {
            assert_replayed(&first, &serve());
        }
        assert_eq!(entries(town), after_first);
        assert_eq!(town.account(&volunteer)["minutes"], 180);

        town.void(&id(&first.created()));
        assert_eq!(serve().created()["status"], "credited", "the stored answer, not the present state");
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        town.app.assert_verified();
    });
}

#[test]
fn what_is_kept_of_a_body_cannot_be_found_by_trying() {
    each_town("idempotency-at-rest", |town| {
        let volunteer = town.volunteer();
        let body = town.claimed(&volunteer, "18T09:00", "18T12:00").to_string();
        let send = |body: &str| {
            let call = town.app.call("POST", "/v1/service-records").token(&volunteer.token).key("click-1");
            call.header("content-type", "application/json").bytes(body).send()
        };
        send(&body).created();
        let scope = Sha256::digest(format!("volunteer:{}\0click-1", volunteer.id)).into();
        let kept = idempotency::find(&mut town.app.db(), &vault(), &[scope]).unwrap();
        let guess = Sha256::digest(format!("POST\0/v1/service-records\0{body}"));
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0].fingerprint[..], guess[..]);
        send(&body).created();
        send(&format!("{body} ")).refused(422, "idempotency_key_reused");
    });
}

#[test]
fn a_double_click_without_a_key_is_found_out_by_the_rules() {
    each_town("idempotency-none", |town| {
        let volunteer = town.volunteer();
        let service = town.claimed(&volunteer, "18T09:00", "18T12:00");
        let submit = || town.app.post("/v1/service-records", &volunteer.token, service.clone());
        let record = id(&submit().created());
        assert_eq!(submit().refused(409, "record_overlaps")["record"], record);
        let credit = format!("/v1/service-records/{record}/credit");
        town.app.post(&credit, &town.coordinator, json!({})).ok();
        town.app.post(&credit, &town.coordinator, json!({})).refused(409, "record_not_submitted");
        assert_eq!(town.account(&volunteer)["minutes"], 180);
    });
}

#[test]
fn a_key_names_one_request_of_one_actor() {
    each_town("idempotency-scope", |town| {
        let unit =
            |code: &str| json!({ "code": code, "name": "队伍", "kind": "team", "parent": town.school });
        let open = |token: &str, code: &str| post(town, "/v1/units", token, "key", unit(code));
        let first = open(&town.coordinator, "TEAM-1");
        let problem = open(&town.coordinator, "TEAM-2").refused(422, "idempotency_key_reused");
        assert_eq!(problem["field"], "Idempotency-Key");
        let elsewhere = post(
            town,
            "/v1/programmes",
            &town.coordinator,
            "key",
            json!({ "unit": town.school, "name": "甲" }),
        );
        elsewhere.refused(422, "idempotency_key_reused");
        open(&town.colleague, "TEAM-1").refused(409, "unit_code_taken");
        open(&town.colleague, "TEAM-3").created();
        assert_replayed(&first, &open(&town.coordinator, "TEAM-1"));
        post(town, "/v1/units", &town.coordinator, "key 1", unit("TEAM-4"))
            .refused(400, "idempotency_key_invalid");
        post(town, "/v1/units", &town.coordinator, &"k".repeat(256), unit("TEAM-4"))
            .refused(400, "idempotency_key_invalid");
        post(town, "/v1/units", &town.coordinator, &"k".repeat(255), unit("TEAM-4")).created();
    });
}

#[test]
fn what_was_refused_may_be_tried_again_under_its_key() {
    each_town("idempotency-refused", |town| {
        let volunteer = town.volunteer();
        let reward = town.reward("1", 1);
        let redeem = || {
            let wish = json!({ "reward": reward, "volunteer": volunteer.id });
            post(town, "/v1/redemptions", &volunteer.token, "wish", wish)
        };
        redeem().refused(409, "points_insufficient");
        town.serve(&volunteer, "18T09:00", "18T10:00");
        let placed = redeem();
        let again = redeem();
        assert_replayed(&placed, &again);
        assert!(again.created()["pickup_code"].is_string(), "who lost the answer still gets the code");
        assert_eq!(town.points(&volunteer), ["0.00", "1.00", "0.00"]);
    });
}

#[test]
fn a_bulk_request_has_one_key_for_the_whole() {
    each_town("idempotency-bulk", |town| {
        let volunteer = town.volunteer();
        let items = json!({ "items": [
            town.service(&volunteer, "18T09:00", "18T10:00"),
            town.service(&volunteer, "18T09:30", "18T10:30"),
        ] });
        let bulk = || post(town, "/v1/service-records/bulk", &town.coordinator, "roster-7", items.clone());
        let first = bulk();
        let after_first = entries(town);
        assert_replayed(&first, &bulk());
        assert_eq!(entries(town), after_first, "neither the accepted item again nor the refused one");
        let answer = first.ok();
        assert_eq!(
            (&answer["items"][0]["status"], &answer["items"][1]["status"]),
            (&json!("accepted"), &json!("refused"))
        );
    });
}

#[test]
fn twins_that_arrive_at_once_are_one() {
    each_town("idempotency-twins", |town| {
        let volunteer = town.volunteer();
        let service = town.service(&volunteer, "18T09:00", "18T10:00");
        let before = entries(town);
        let answers: Vec<Answer> = std::thread::scope(|scope| {
            let submit = || post(town, "/v1/service-records", &town.coordinator, "twin", service.clone());
            let twins: Vec<_> = (0..8).map(|_| scope.spawn(submit)).collect();
            twins.into_iter().map(|twin| twin.join().unwrap()).collect()
        });
        answers.iter().for_each(|answer| assert_replayed(&answers[0], answer));
        assert_eq!(answers[0].status, 201);
        assert_eq!(entries(town), before + 1);
    });
}

#[test]
fn a_key_is_remembered_when_the_service_starts_again() {
    each_database("idempotency-restart", |url| {
        let start = || App::start_with(&url, &Arc::new(TestClock::at(NOON)), &WriterOptions::default());
        let app = start();
        let admin = app.admin();
        let open = |app: &App| {
            let top = json!({ "code": "TOP", "name": "平顶山市教育体育局", "kind": "bureau" });
            app.call("POST", "/v1/units").token(&admin).key("first").json(top).send()
        };
        let first = open(&app);
        drop(app);
        let again = start();
        again.clock.set("2036-11-20T11:00:00+08:00");
        assert_replayed(&first, &open(&again));
        assert_eq!(first.created()["code"], "TOP");
        assert_eq!(again.all_pages("/v1/units", &admin, 50).len(), 1);
    });
}

pub fn takes_key(operation: &Operation) -> bool {
    operation.parameters.iter().any(|parameter| parameter.name == "Idempotency-Key")
}

/// Under a key that is the request's own.
pub fn send(town: &Town, ask: &Ask) -> Answer {
    let mut call = town.app.call(&ask.method, &ask.path).token(&ask.token).key(&ask.path.replace('/', "-"));
    if let Some(version) = ask.if_match {
        call = call.header("If-Match", version);
    }
    match &ask.body {
        Some(body) => call.json(body.clone()).send(),
        None => call.send(),
    }
}

#[test]
fn a_finding_that_was_dismissed_stays_so_for_its_key_when_it_is_found_no_more() {
    each_town("idempotency-finding", |town| {
        let things = Things::make(town);
        let operation =
            operations().into_iter().find(|operation| operation.path.ends_with("findings/{id}/dismiss"));
        let ask = things.ask(&operation.unwrap());
        let first = send(town, &ask);
        let findings = town.app.get("/v1/findings?dismissed=true", &town.auditor).ok();
        town.void(findings["items"][0]["records"][0].as_str().unwrap());
        assert_replayed(&first, &send(town, &ask));
        let unkeyed = ask.send_as(town.app, Some(&ask.token));
        unkeyed.refused(404, "finding_not_found");
    });
}
