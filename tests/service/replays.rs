//! A kept answer is shown to whom it may be shown today: who asks is judged before the key is looked at.

use crate::idempotency::{assert_replayed, send, takes_key};
use crate::support::http::{Answer, id};
use crate::support::operations::{Ask, Things, operations};
use crate::support::town::{Town, Volunteer, each_town};
use serde_json::{Value, json};

/// Every request that takes a key and is the token's holder's to send, sent once.
fn asked(town: &Town, things: &Things, tokens: &[&String]) -> Vec<(Ask, Answer)> {
    let keyed = operations();
    let asks = keyed.iter().filter(|operation| takes_key(operation)).map(|operation| things.ask(operation));
    asks.filter(|ask| tokens.contains(&&ask.token))
        .map(|ask| {
            let answer = send(town, &ask);
            assert!(answer.status < 300, "{ask:?}: {}", answer.text);
            (ask, answer)
        })
        .collect()
}

fn place(town: &Town, token: &str, role: &str, unit: Option<&str>) {
    place_at(town, &path_of(town, token), role, unit);
}

fn place_at(town: &Town, path: &str, role: &str, unit: Option<&str>) {
    town.app.put(path, &town.admin, "*", json!({ "role": role, "unit": unit })).ok();
}

fn path_of(town: &Town, token: &str) -> String {
    let actor = town.app.get("/v1/me", token).ok()["actor"].as_str().unwrap().to_owned();
    actor.replace("operator:", "/v1/operators/")
}

#[track_caller]
fn assert_told_nothing(answer: &Answer, codes: &[&str]) {
    assert_eq!(answer.status, 403, "{}: {}", answer.asked, answer.text);
    let code = answer.body["code"].as_str().unwrap();
    assert!(codes.contains(&code), "{}: {}", answer.asked, answer.text);
}

#[test]
fn an_operator_who_was_moved_is_told_nothing_of_the_former_unit() {
    each_town("replays-moved", |town| {
        let things = Things::make(town);
        let asked = asked(town, &things, &[&town.coordinator, &town.auditor]);
        assert!(asked.len() > 25, "only {} requests", asked.len());
        let again = |check: &dyn Fn(&Answer, &Answer)| {
            asked.iter().for_each(|(ask, first)| check(first, &send(town, ask)));
        };
        let both = |unit: &str| {
            place(town, &town.coordinator, "coordinator", Some(unit));
            place(town, &town.auditor, "auditor", Some(unit));
        };
        again(&assert_replayed);
        both(&town.other_school);
        again(&|_, answer| assert_told_nothing(answer, &["outside_unit"]));
        // Of a unit above: who answers for more than before is told what they were told.
        both(&town.district);
        again(&assert_replayed);
    });
}

#[test]
fn an_operator_whose_role_was_taken_is_told_nothing() {
    each_town("replays-role", |town| {
        let things = Things::make(town);
        let asked = asked(town, &things, &[&town.coordinator]);
        let path = path_of(town, &town.coordinator);
        place(town, &town.coordinator, "auditor", Some(&town.school));
        for (ask, _) in &asked {
            assert_told_nothing(&send(town, ask), &["not_permitted"]);
        }
        town.app.post(&format!("{path}/disable"), &town.admin, json!({})).ok();
        for (ask, _) in &asked {
            assert_told_nothing(&send(town, ask), &["actor_disabled"]);
        }
    });
}

#[test]
fn an_admin_who_became_a_coordinator_is_told_what_a_coordinator_may_do() {
    each_town("replays-admin", |town| {
        let things = Things::make(town);
        let operator = json!({
            "login": "second-admin", "name": "系统管理员", "role": "admin",
            "document": { "kind": "passport", "number": "A0000001" },
        });
        let second = id(&town.app.post("/v1/operators", &town.admin, operator).created());
        let second = town.app.operator_token(&second, "admin", None);
        let keyed = operations();
        let asks =
            keyed.iter().filter(|operation| takes_key(operation)).map(|operation| things.ask(operation));
        let asks: Vec<Ask> = asks
            .filter(|ask| ask.token == town.admin)
            .map(|ask| Ask { token: second.clone(), ..ask })
            .collect();
        assert!(asks.len() >= 5, "only {} requests", asks.len());
        let firsts: Vec<Answer> = asks.iter().map(|ask| send(town, ask)).collect();
        let path = path_of(town, &second);
        place_at(town, &path, "coordinator", Some(&town.school));
        for (ask, first) in asks.iter().zip(&firsts) {
            assert!(first.status < 300, "{ask:?}: {}", first.text);
            assert_told_nothing(&send(town, ask), &["not_permitted"]);
        }
        place_at(town, &path, "admin", None);
        asks.iter().zip(&firsts).for_each(|(ask, first)| assert_replayed(first, &send(town, ask)));
    });
}

/// What a volunteer asks for under keys of her own.
fn wishes(town: &Town, volunteer: &Volunteer) -> Vec<(Ask, Answer)> {
    let reward = town.reward("1.00", 10);
    town.serve(volunteer, "18T09:00", "18T12:00");
    let on_notice = town.record_on_notice(&town.volunteer(), "19T09:00", "19T10:00");
    let title = json!({ "volunteer": volunteer.id, "title": "每月服务两小时", "due": "2026-12-31" });
    let missing = json!({
        "volunteer": volunteer.id, "activity": town.activity, "words": "漏登",
        "service": { "start": "2026-11-19T14:00:00+08:00", "end": "2026-11-19T15:00:00+08:00" },
    });
    let wishes = [
        ("/v1/redemptions".to_owned(), json!({ "reward": reward, "volunteer": volunteer.id })),
        ("/v1/service-records".to_owned(), town.claimed(volunteer, "17T09:00", "17T10:00")),
        ("/v1/certificates".to_owned(), json!({ "volunteer": volunteer.id })),
        ("/v1/pledges".to_owned(), title),
        ("/v1/corrections".to_owned(), missing),
        (format!("/v1/service-records/{on_notice}/objections"), json!({ "reason": "当天未见到本人" })),
    ];
    let ask = |(path, body): (String, Value)| {
        let token = volunteer.token.clone();
        let ask = Ask { method: "POST".to_owned(), path, body: Some(body), if_match: None, token };
        let answer = send(town, &ask);
        assert!(answer.status < 300, "{ask:?}: {}", answer.text);
        (ask, answer)
    };
    wishes.into_iter().map(ask).collect()
}

#[test]
fn a_volunteer_who_has_left_is_told_nothing_not_even_a_pick_up_code() {
    each_town("replays-volunteer", |town| {
        let volunteer = town.volunteer();
        let wishes = wishes(town, &volunteer);
        wishes.iter().for_each(|(ask, first)| assert_replayed(first, &send(town, ask)));
        let path = format!("/v1/volunteers/{}", volunteer.id);

        let leave = Ask {
            method: "POST".to_owned(),
            path: format!("{path}/deactivate"),
            body: Some(json!({})),
            if_match: None,
            token: volunteer.token.clone(),
        };
        let left = send(town, &leave);
        // Who lost the answer to leaving is told so; and what earns and spends nothing.
        assert_replayed(&left, &send(town, &leave));
        for (ask, first) in &wishes {
            let answer = send(town, ask);
            assert!(!answer.text.contains("pickup_code"), "{}", answer.text);
            if ask.path.contains("objections") || ask.path.contains("corrections") {
                assert_replayed(first, &answer);
            } else {
                answer.refused(409, "volunteer_inactive");
            }
        }
        town.app.post(&format!("{path}/reactivate"), &town.coordinator, json!({})).ok();
        wishes.iter().for_each(|(ask, first)| assert_replayed(first, &send(town, ask)));

        let gift = id(&wishes[0].1.body);
        town.app.post(&format!("/v1/redemptions/{gift}/cancel"), &volunteer.token, json!({})).ok();
        let cost = town.cost_of_leaving(&volunteer);
        let close = || {
            let call = town.app.call("POST", &format!("{path}/close")).token(&volunteer.token).key("leave");
            call.header("If-Match", "*").json(cost.clone()).send()
        };
        let closed = close();
        assert_eq!(closed.status, 200, "{}", closed.text);
        assert_replayed(&closed, &close());
        for (ask, _) in &wishes {
            assert_told_nothing(&send(town, ask), &["actor_disabled"]);
        }
    });
}

#[test]
fn a_key_that_was_used_for_something_else_tells_nobody_who_has_no_access() {
    each_town("replays-reused", |town| {
        let unit =
            |code: &str| json!({ "code": code, "name": "队伍", "kind": "team", "parent": town.school });
        let open = |code: &str| {
            town.app.call("POST", "/v1/units").token(&town.coordinator).key("key").json(unit(code)).send()
        };
        open("TEAM-1").created();
        open("TEAM-2").refused(422, "idempotency_key_reused");
        let path = path_of(town, &town.coordinator);
        town.app.post(&format!("{path}/disable"), &town.admin, json!({})).ok();
        open("TEAM-2").refused(403, "actor_disabled");
        open("TEAM-1").refused(403, "actor_disabled");
    });
}
