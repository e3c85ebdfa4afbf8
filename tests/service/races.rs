//! Requests that race end as if one came after the other.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

const CLIENTS: usize = 40;
const PIECES: u32 = 5;
const ROUNDS: usize = 100;

/// Asks from as many threads as there are questions, all at once; the answers in order.
fn at_once<Q: Sync>(questions: &[Q], ask: impl Fn(&Q) -> Answer + Sync) -> Vec<Answer> {
    let start = Barrier::new(questions.len());
    let (start, ask) = (&start, &ask);
    thread::scope(|scope| {
        let ask_one = |question| move || (start.wait(), ask(question)).1;
        let asking: Vec<_> = questions.iter().map(|question| scope.spawn(ask_one(question))).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn accepted(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status < 300).count()
}

/// Each answer is an acceptance, or a refusal with one of these codes.
fn assert_settled(answers: &[Answer], codes: &[&str]) {
    for answer in answers.iter().filter(|answer| answer.status >= 300) {
        let code = answer.body["code"].as_str().unwrap_or_default();
        assert!(codes.contains(&code), "{}", answer.text);
    }
}

fn people_with_a_point(town: &Town, count: usize) -> Vec<Volunteer> {
    let mut people = Vec::new();
    for _ in 0..count {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T10:00");
        people.push(volunteer);
    }
    people
}

#[test]
fn forty_clients_race_for_five_pieces_a_hundred_times() {
    each_town("race-stock", |town| {
        let people = people_with_a_point(town, CLIENTS);
        for round in 0..ROUNDS {
            let reward = town.reward("0.01", PIECES);
            let answers = at_once(&people, |volunteer| {
                let wish = json!({ "reward": reward, "volunteer": volunteer.id });
                town.app.post("/v1/redemptions", &volunteer.token, wish)
            });
            assert_eq!(accepted(&answers), 5, "round {round}");
            assert_settled(&answers, &["reward_out_of_stock"]);
            let reward = town.app.get(&format!("/v1/rewards/{reward}"), &town.coordinator).ok();
            assert_eq!((&reward["stock_available"], &reward["stock_held"]), (&json!(0), &json!(5)));
        }
        let held = people.iter().map(|volunteer| town.points(volunteer)[1].clone());
        let held_hundredths: i64 = held.map(|text| text.replace('.', "").parse::<i64>().unwrap()).sum();
        assert_eq!(held_hundredths, 500, "a hundredth for each of five pieces a hundred times");
        town.app.assert_verified();
    });
}

#[test]
fn one_balance_pays_once() {
    each_town("race-balance", |town| {
        for volunteer in people_with_a_point(town, 5) {
            let rewards: Vec<String> = (0..8).map(|_| town.reward("1.00", 10)).collect();
            let answers = at_once(&rewards, |reward| {
                let wish = json!({ "reward": reward, "volunteer": volunteer.id });
                town.app.post("/v1/redemptions", &volunteer.token, wish)
            });
            assert_eq!(accepted(&answers), 1);
            assert_settled(&answers, &["points_insufficient"]);
            assert_eq!(town.points(&volunteer), ["0.00", "1.00", "0.00"]);
        }
        town.app.assert_verified();
    });
}

#[test]
fn one_record_is_decided_once() {
    each_town("race-record", |town| {
        let volunteer = town.volunteer();
        for day in ["16", "17", "18", "19"] {
            let record = town.submit(&volunteer, &format!("{day}T09:00"), &format!("{day}T10:00"));
            let steps = ["credit", "reject", "credit", "reject", "credit", "credit"];
            let answers = at_once(&steps, |step| {
                let path = format!("/v1/service-records/{record}/{step}");
                let body = if *step == "credit" { json!({}) } else { json!({ "reason": "未到场" }) };
                town.app.post(&path, &town.coordinator, body)
            });
            assert_eq!(accepted(&answers), 1);
            assert_settled(&answers, &["record_not_submitted"]);
        }
        town.app.assert_verified();
    });
}

#[test]
fn one_hour_is_served_once() {
    each_town("race-overlap", |town| {
        let volunteer = town.volunteer();
        let starts = ["18T09:00", "18T09:10", "18T09:20", "18T09:30", "18T09:40", "18T09:50"];
        let answers = at_once(&starts, |start| {
            let service = town.service(&volunteer, start, "18T10:30");
            town.app.post("/v1/service-records", &town.coordinator, service)
        });
        assert_eq!(accepted(&answers), 1);
        assert_settled(&answers, &["record_overlaps"]);
    });
}

#[test]
fn one_transfer_ends_one_way() {
    each_town("race-transfer", |town| {
        for volunteer in people_with_a_point(town, 5) {
            let transfer = town.request_transfer(&volunteer, &town.other_school);
            let path = |step: &str| format!("/v1/transfers/{transfer}/{step}");
            town.app.post(&path("release"), &town.coordinator, json!({})).ok();
            let steps = [
                ("accept", &town.other_coordinator),
                ("cancel", &volunteer.token),
                ("reject", &town.other_coordinator),
                ("accept", &town.other_coordinator),
            ];
            let answers = at_once(&steps, |(step, token)| town.app.post(&path(step), token, json!({})));
            assert_eq!(accepted(&answers), 1);
            assert_settled(&answers, &["transfer_state_wrong"]);
            assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"], "the points are there either way");
        }
        town.app.assert_verified();
    });
}

#[test]
fn one_key_has_one_effect_and_one_answer() {
    each_town("race-key", |town| {
        for round in 0..10 {
            let volunteer = town.volunteer();
            let service = town.service(&volunteer, "18T09:00", "18T10:00");
            let asked = [(); 20];
            let answers = at_once(&asked, |()| {
                let call = town.app.call("POST", "/v1/service-records").token(&town.coordinator);
                call.key(&format!("double-click-{round}")).json(service.clone()).send()
            });
            assert_eq!(accepted(&answers), 20);
            let different: BTreeSet<_> = answers.iter().map(|answer| &answer.text).collect();
            assert_eq!(different.len(), 1);
            let list = format!("/v1/service-records?volunteer={}", volunteer.id);
            let records = town.app.all_pages(&list, &town.coordinator, 50);
            assert_eq!(records.iter().map(id).collect::<Vec<_>>(), [id(&answers[0].body)]);
        }
    });
}
