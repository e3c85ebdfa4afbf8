//! What somebody does who can write to the database: each trick, and who must notice it.

use crate::support::clock::TestClock;
use crate::support::clock::within_a_while;
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, NOON};
use crate::support::process::{Replica, Secrets};
use crate::support::thief::{Forged, Thief};
use crate::support::town::{Town, each_town};
use crate::support::writer::options;
use hourbook::domain::actor::Actor;
use hourbook::engine::SealError;
use hourbook::store::StoreError;
use serde_json::{Value, json};
use std::sync::Arc;

/// 47 hours in one record, in the name of an operator.
fn forty_seven_hours(town: &Town) -> Forged {
    let volunteer = town.volunteer();
    let operator = town.app.get("/v1/operators?limit=200", &town.admin).ok();
    let operator = operator["items"].as_array().unwrap().iter().find(|item| item["role"] == "coordinator");
    let crediting = json!({ "credited_minutes": 2820, "deductions": [], "award": null });
    Forged {
        actor: Actor::Operator(operator.unwrap()["id"].as_str().unwrap().parse().unwrap()),
        event: json!({
            "kind": "record_submitted", "activity": town.activity, "volunteer": volunteer.id,
            "service": { "start": "2026-11-16T00:30:00+08:00", "end": "2026-11-17T23:30:00+08:00" },
            "breaks": [], "evidence": "leader", "count": 0, "claimed_minutes": 2820,
            "service_date": "2026-11-16", "late": false, "reason": null, "crediting": crediting,
        }),
        postings: minutes(&town.activity, &volunteer.id, 2820),
    }
}

fn minutes(activity: &str, volunteer: &str, minutes: i64) -> Value {
    json!([
        { "account": "served", "activity": activity, "grade": "leader", "date": "2026-11-16", "amount": -minutes },
        { "account": "credited", "volunteer": volunteer, "grade": "leader", "amount": minutes },
    ])
}

#[track_caller]
fn assert_named(app: &App, words: &str) {
    let report = app.verify();
    assert!(report.named.iter().any(|what| what.contains(words)), "{words}: {:#?}", report.named);
}

fn is_unsealed(sealed: &Result<bool, SealError>) -> bool {
    matches!(sealed, Err(SealError::Store(StoreError::Unsealed(_))))
}

#[test]
fn an_entry_in_somebodys_name_is_not_built_on_not_signed_and_named() {
    each_town("tamper-append", |town| {
        let memory = Directory::new("memory");
        town.serve(&town.volunteer(), "19T09:00", "19T10:00");
        town.app.seal(&memory).unwrap();
        town.app.assert_verified();
        let forged = forty_seven_hours(town);
        let seq = Thief::at(town.app).append(&forged);

        assert!(is_unsealed(&town.app.seal(&memory)), "the sealer signs it");
        assert_named(town.app, &format!("entries from {seq} to {seq}: they bear no seal"));
        let unit = json!({ "code": "LATER", "name": "新学校", "kind": "school", "parent": town.bureau });
        town.app.post("/v1/units", &town.admin, unit).refused(503, "unavailable");
        let why = town.app.get("/readyz", "").refused(503, "journal_in_doubt");
        assert!(why["detail"].as_str().unwrap().contains("the journal's head is entry"), "{why}");
    });
}

#[test]
fn a_seal_that_was_taken_away_or_made_up_is_named() {
    let tricks = [
        ("DELETE FROM batch_seals WHERE last_seq = 3", "entries from 3 to 4: their seal begins with entry 4"),
        ("DELETE FROM batch_seals WHERE last_seq < 3", "sealing began with entry 1"),
        ("DELETE FROM batch_seals WHERE last_seq > 5", "they bear no seal"),
        ("UPDATE batch_seals SET first_seq = 1 WHERE last_seq = 3", "their seal begins with entry 1"),
        ("UPDATE batch_seals SET sealed_since = 3", "sealing began with entry 3"),
        (
            "UPDATE batch_seals SET seal = (SELECT hash FROM entries WHERE seq = 1) WHERE last_seq = 3",
            "batch seal 3: it is not the service's",
        ),
        (
            "INSERT INTO batch_seals SELECT last_seq + 1000, 1, 1, seal FROM batch_seals WHERE last_seq = 1",
            "not there",
        ),
    ];
    each_town("tamper-seals", |town| {
        town.app.assert_verified();
        let mut thief = Thief::at(town.app);
        thief.rewrite("CREATE TABLE honest AS SELECT * FROM batch_seals");
        for (sql, words) in tricks {
            thief.rewrite(sql);
            assert_named(town.app, words);
            thief.rewrite("DELETE FROM batch_seals; INSERT INTO batch_seals SELECT * FROM honest");
        }
        town.app.assert_verified();
    });
}

#[test]
fn a_service_that_starts_on_a_head_that_it_did_not_leave_writes_nothing_and_is_not_ready() {
    each_database("tamper-start", |url| {
        let clock = Arc::new(TestClock::at(NOON));
        let app = App::start_with(&url, &clock, &options());
        let town = Town::found(&app);
        let admin = town.admin.clone();
        Thief::at(&app).append(&forty_seven_hours(&town));
        drop(app);

        let replica = Replica::on(&url, &Secrets::new());
        within_a_while("it is ready", || replica.get("/readyz", "").status == 503);
        replica.get("/readyz", "").refused(503, "journal_in_doubt");
        let unit = json!({ "code": "LATER", "name": "新学校", "kind": "bureau" });
        replica.post("/v1/units", &admin, unit).refused(503, "unavailable");
        replica.get("/v1/units", &admin).ok();
        assert_eq!(replica.get("/log/checkpoint", "").status, 404, "it signed");
    });
}

#[test]
fn a_checkpoint_in_the_database_binds_a_sealer_without_memory() {
    each_town("tamper-replica", |town| {
        let memory = Directory::new("memory");
        town.serve(&town.volunteer(), "19T09:00", "19T10:00");
        town.app.seal(&memory).unwrap();
        let mut thief = Thief::at(town.app);
        thief.rewrite("UPDATE entries SET event = replace(event, 'BUREAU', 'BUREAX') WHERE seq = 2");
        thief.hash_anew();
        // As if the thief had the service's key of seals, too: nothing was ever sealed.
        thief.rewrite("DELETE FROM batch_seals");
        let replica = Directory::new("replica");
        let sealed = town.app.seal(&replica);
        assert!(matches!(sealed, Err(SealError::Rewritten { .. })), "{sealed:?}");
    });
}
