//! Requests that race end as if one came after the other: within one process on SQLite and on
//! PostgreSQL, and between two processes on one PostgreSQL.

use crate::support::database::Database;
use crate::support::http::{Answer, App, Client, id};
use crate::support::operations::head;
use crate::support::process::{Replica, Secrets};
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

const CLIENTS: usize = 40;
const PIECES: u32 = 5;
const ROUNDS: usize = 100;

/// The services that clients race to, the first of them for whatever is done in peace.
type Clients<'d> = &'d [&'d Client];

/// Runs a case on one process, on each database, and on two real ones that share a PostgreSQL; whatever
/// it did must have kept the ledger sound.
fn each_deployment(label: &str, case: impl Fn(&Town, Clients)) {
    each_town(label, |town| {
        case(town, &[town.app]);
        town.app.assert_verified();
    });
    let database = Database::postgres(&format!("{label}-two"));
    let app = App::start(database.url());
    let town = Town::found(&app);
    let secrets = Secrets::new();
    // Who races asks more often than a person does.
    let uncounted = ["--volunteer-changes", "none"];
    let [one, other] = [(); 2].map(|()| Replica::with(database.url(), &secrets, &uncounted));
    case(&town, &[&one, &other]);
    for replica in [one, other] {
        let (status, log) = replica.stop();
        assert_eq!(status.code(), Some(0), "{log}");
    }
    app.assert_verified();
}

/// Asks from as many threads as there are questions, all at once, each at the next door; the answers in
/// order.
fn at_once<Q: Sync>(
    clients: Clients,
    questions: &[Q],
    ask: impl Fn(&Client, &Q) -> Answer + Sync,
) -> Vec<Answer> {
    let start = Barrier::new(questions.len());
    let (start, ask) = (&start, &ask);
    thread::scope(|scope| {
        let clients = clients.iter().cycle();
        let asking = questions.iter().zip(clients).map(|(question, client)| {
            scope.spawn(move || {
                start.wait();
                ask(client, question)
            })
        });
        let asking: Vec<_> = asking.collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// Demands that so many are accepted, and all others refused with one of these codes.
#[track_caller]
fn assert_settled(answers: &[Answer], accepted: usize, codes: &[&str]) {
    let (taken, refused): (Vec<&Answer>, Vec<&Answer>) =
        answers.iter().partition(|answer| answer.status < 300);
    for answer in refused {
        let code = answer.body["code"].as_str().unwrap_or_default();
        assert!(codes.contains(&code), "{}", answer.text);
    }
    assert_eq!(taken.len(), accepted, "{:?}", answers.iter().map(|answer| &answer.text).collect::<Vec<_>>());
}

/// The same service in a form that is taken however late it is entered: real programs go by the machine's clock.
fn whenever(service: Value) -> Value {
    merged(service, json!({ "evidence": "import", "reason": "名单迟交" }))
}

fn people_with_a_point(town: &Town, count: usize) -> Vec<Volunteer> {
    let serve = |_| {
        let volunteer = town.volunteer();
        town.serve_seen(&volunteer, "18T09:00", "18T10:00");
        volunteer
    };
    (0..count).map(serve).collect()
}

fn redeem(client: &Client, volunteer: &Volunteer, reward: &str) -> Answer {
    client.post("/v1/redemptions", &volunteer.token, json!({ "reward": reward, "volunteer": volunteer.id }))
}

#[test]
fn forty_clients_race_for_five_pieces_a_hundred_times() {
    each_deployment("race-stock", |town, clients| {
        let people = people_with_a_point(town, CLIENTS);
        for _ in 0..ROUNDS {
            let reward = town.reward("0.01", PIECES);
            let answers = at_once(clients, &people, |client, volunteer| redeem(client, volunteer, &reward));
            // Who has won twenty times has as many waiting as may wait.
            assert_settled(&answers, 5, &["reward_out_of_stock", "redemptions_too_many"]);
            for client in clients {
                let reward = client.get(&format!("/v1/rewards/{reward}"), &town.coordinator).ok();
                assert_eq!((&reward["stock_available"], &reward["stock_held"]), (&json!(0), &json!(5)));
            }
        }
        let held = people.iter().map(|volunteer| hundredths(&town.points(volunteer)[1]));
        assert_eq!(held.sum::<i64>(), 500, "a hundredth for each of five pieces a hundred times");
        let path = format!("/v1/totals/points?unit={}", town.school);
        let totals = town.app.get(&path, &town.coordinator).ok();
        assert_eq!(
            (&totals["items"][0]["held"], &totals["items"][0]["available"]),
            (&json!("5.00"), &json!("35.00"))
        );
        println!("race-stock: {ROUNDS} rounds of {CLIENTS} at {} doors", clients.len());
    });
}

fn hundredths(points: &str) -> i64 {
    points.replace('.', "").parse().unwrap()
}

#[test]
fn one_balance_pays_once() {
    each_deployment("race-balance", |town, clients| {
        for volunteer in people_with_a_point(town, 5) {
            let rewards: Vec<String> = (0..8).map(|_| town.reward("1.00", 10)).collect();
            let answers = at_once(clients, &rewards, |client, reward| redeem(client, &volunteer, reward));
            assert_settled(&answers, 1, &["points_insufficient"]);
            assert_eq!(town.points(&volunteer), ["0.00", "1.00", "0.00"]);
        }
    });
}

#[test]
fn one_record_is_decided_once() {
    each_deployment("race-record", |town, clients| {
        let volunteer = town.volunteer();
        for day in ["16", "17", "18", "19"] {
            let (start, end) = (format!("{day}T09:00"), format!("{day}T10:00"));
            let record = town.checked_in(&volunteer, &town.activity, &start, &end);
            let steps = ["credit", "reject", "credit", "reject", "credit", "credit"];
            let answers = at_once(clients, &steps, |client, step| {
                let path = format!("/v1/service-records/{record}/{step}");
                let body = if *step == "credit" { json!({}) } else { json!({ "reason": "未到场" }) };
                client.post(&path, &town.coordinator, body)
            });
            assert_settled(&answers, 1, &["record_not_submitted"]);
        }
    });
}

#[test]
fn one_record_is_voided_once() {
    each_deployment("race-void", |town, clients| {
        for volunteer in people_with_a_point(town, 4) {
            let record = town.serve_seen(&volunteer, "19T09:00", "19T11:00");
            let asked = [(); 6];
            let answers = at_once(clients, &asked, |client, ()| {
                let path = format!("/v1/service-records/{record}/void");
                client.post(&path, &town.coordinator, json!({ "reason": "重复登记" }))
            });
            assert_settled(&answers, 1, &["record_not_credited"]);
            assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"], "two points are taken back once");
            assert_eq!(town.account(&volunteer)["minutes"], 60);
        }
    });
}

#[test]
fn points_are_spent_or_taken_back() {
    // The one point is redeemed, or the record that earned it voided: after both, it is owed.
    each_deployment("race-debt", |town, clients| {
        for _ in 0..6 {
            let volunteer = town.volunteer();
            let record = town.serve_seen(&volunteer, "18T09:00", "18T10:00");
            let reward = town.reward("1.00", 1);
            let answers = at_once(clients, &[true, false], |client, redeems| match redeems {
                true => redeem(client, &volunteer, &reward),
                false => {
                    let path = format!("/v1/service-records/{record}/void");
                    client.post(&path, &town.coordinator, json!({ "reason": "重复登记" }))
                }
            });
            assert!(answers[1].status == 200, "{}", answers[1].text);
            let expected = match answers[0].status {
                201 => ["0.00", "1.00", "1.00"],
                _ => ["0.00", "0.00", "0.00"],
            };
            assert_settled(
                &answers,
                answers.iter().filter(|answer| answer.status < 300).count(),
                &["points_insufficient"],
            );
            assert_eq!(town.points(&volunteer), expected);
        }
    });
}

#[test]
fn one_hour_is_served_once() {
    each_deployment("race-overlap", |town, clients| {
        for _ in 0..5 {
            let volunteer = town.volunteer();
            let starts = ["18T09:00", "18T09:10", "18T09:20", "18T09:30", "18T09:40", "18T09:50"];
            let answers = at_once(clients, &starts, |client, start| {
                let service = whenever(town.service(&volunteer, start, "18T10:30"));
                client.post("/v1/service-records", &town.coordinator, service)
            });
            assert_settled(&answers, 1, &["record_overlaps"]);
        }
    });
}

#[test]
fn one_person_is_registered_once() {
    each_deployment("race-person", |town, clients| {
        for _ in 0..5 {
            let person = town.registration(&town.school);
            let asked = [(); 8];
            let answers = at_once(clients, &asked, |client, ()| {
                client.post("/v1/volunteers", &town.coordinator, person.clone())
            });
            assert_settled(&answers, 1, &["identity_taken"]);
        }
    });
}

#[test]
fn one_version_is_changed_once() {
    each_deployment("race-version", |town, clients| {
        let programme = town.programme_of(&town.school);
        let path = format!("/v1/programmes/{programme}");
        for round in 0..5 {
            let version = town.app.get(&path, &town.coordinator).header("etag").to_owned();
            // Nobody asks for the name that it has already.
            let names = ["一", "二", "三", "四", "五", "六"].map(|name| format!("{name}{round}"));
            let answers = at_once(clients, &names, |client, name| {
                client.put(&path, &town.coordinator, &version, json!({ "name": name, "brands": [] }))
            });
            assert_settled(&answers, 1, &["version_stale"]);
            let kept = answers.iter().find(|answer| answer.status == 200).unwrap();
            assert_eq!(town.app.get(&path, &town.coordinator).ok()["name"], kept.body["name"]);
        }
    });
}

#[test]
fn one_transfer_ends_one_way() {
    each_deployment("race-transfer", |town, clients| {
        for volunteer in people_with_a_point(town, 5) {
            let wish = json!({ "volunteer": volunteer.id, "to_unit": town.other_school });
            let transfer = id(&clients[0].post("/v1/transfers", &volunteer.token, wish).created());
            let path = |step: &str| format!("/v1/transfers/{transfer}/{step}");
            clients[0].post(&path("release"), &town.coordinator, json!({})).ok();
            let steps = [
                ("accept", &town.other_coordinator),
                ("cancel", &volunteer.token),
                ("reject", &town.other_coordinator),
                ("accept", &town.other_coordinator),
            ];
            let answers =
                at_once(clients, &steps, |client, (step, token)| client.post(&path(step), token, json!({})));
            assert_settled(&answers, 1, &["transfer_state_wrong"]);
            assert_eq!(town.points(&volunteer), ["1.00", "0.00", "0.00"], "the points are there either way");
        }
    });
}

fn keyed(client: &Client, town: &Town, key: &str, service: &Value) -> Answer {
    client.call("POST", "/v1/service-records").token(&town.coordinator).key(key).json(service.clone()).send()
}

#[test]
fn one_key_has_one_effect_and_one_answer() {
    each_deployment("race-key", |town, clients| {
        for round in 0..10 {
            let volunteer = town.volunteer();
            let service = whenever(town.service(&volunteer, "18T09:00", "18T10:00"));
            let before = head(town.app).last_seq.0;
            let asked = [(); 20];
            let key = format!("double-click-{round}");
            let answers = at_once(clients, &asked, |client, ()| keyed(client, town, &key, &service));
            assert_settled(&answers, 20, &[]);
            let different: BTreeSet<_> = answers.iter().map(|answer| (answer.status, &answer.text)).collect();
            assert_eq!(different.len(), 1, "{different:?}");
            assert_eq!(head(town.app).last_seq.0, before + 1, "one entry");
            let list = format!("/v1/service-records?volunteer={}", volunteer.id);
            let records = town.app.all_pages(&list, &town.coordinator, 50);
            assert_eq!(records.iter().map(id).collect::<Vec<_>>(), [id(&answers[0].body)]);
        }
    });
}

#[test]
fn one_key_is_used_for_one_request() {
    each_deployment("race-key-reused", |town, clients| {
        for round in 0..5 {
            let volunteer = town.volunteer();
            let hours = ["18T09:00", "18T10:00", "18T11:00", "18T12:00", "18T13:00", "18T14:00"];
            let key = format!("one-name-for-many-{round}");
            let answers = at_once(clients, &hours, |client, start| {
                let end = format!("{}:30", &start[..5]);
                keyed(client, town, &key, &whenever(town.service(&volunteer, start, &end)))
            });
            assert_settled(&answers, 1, &["idempotency_key_reused"]);
        }
    });
}
