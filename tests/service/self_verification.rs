//! The running service notices by itself that its tables say otherwise than its journal.

use crate::support::clock::{TestClock, within_a_while};
use crate::support::database::Directory;
use crate::support::each_database;
use crate::support::http::{App, NOON, log_keys};
use crate::support::process::{Replica, Secrets};
use crate::support::thief::Thief;
use crate::support::town::{Town, each_town};
use crate::support::writer::{options, vault};
use hourbook::domain::rules::Rules;
use hourbook::engine::SelfVerifier;
use hourbook::store::Pool;
use hourbook::store::sql::Sql;
use hourbook::store::verify::PieceSize;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A pass with these pieces; `meanwhile` happens between them.
fn pass(app: &App, size: PieceSize, mut meanwhile: impl FnMut()) -> bool {
    let folder = Directory::new("self");
    let verifier = SelfVerifier {
        database: Pool::new(&app.url, 1).unwrap(),
        rules: Rules::default(),
        vault: vault(),
        log_keys: log_keys().verifiers(),
        health: app.ledger().health().clone(),
        folder: folder.path().to_owned(),
        size,
    };
    verifier.pass(|| {
        meanwhile();
        ControlFlow::Continue(())
    })
}

fn metric(app: &App, name: &str) -> i64 {
    let text = app.get("/metrics", "").text;
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("hourbook_{name} ")));
    line.unwrap_or_else(|| panic!("no {name}: {text}")).parse().unwrap()
}

fn last_seq(app: &App) -> i64 {
    app.db().number(Sql::new("SELECT last_seq FROM journal_head")).unwrap().unwrap()
}

/// What the service found of itself, to this reader.
fn differing(app: &App, token: &str) -> Vec<Value> {
    let mut answer = app.get("/v1/findings", token).ok();
    let mut all: Vec<Value> = serde_json::from_value(answer["items"].take()).unwrap();
    all.retain(|finding| finding["rule"] == "differs_from_journal");
    all
}

#[test]
fn the_honest_ledger_is_not_doubted_while_it_grows_between_the_pieces() {
    each_town("self-honest", |town| {
        let memory = Directory::new("memory");
        let volunteer = town.volunteer();
        town.void(&town.serve(&volunteer, "17T09:00", "17T10:00"));
        town.app.seal(&memory).unwrap();
        let mut minute = 0;
        let meanwhile = || {
            let at = |minute: i32| format!("18T{:02}:{:02}", 9 + minute / 60, minute % 60);
            match minute % 9 {
                0 => town.app.seal(&memory).map(|_| ()).unwrap(),
                3 => drop(town.volunteer()),
                6 if minute < 240 => drop(town.void(&town.serve(&volunteer, &at(minute), &at(minute + 3)))),
                _ => {}
            }
            minute += 3;
        };
        assert!(pass(town.app, PieceSize { entries: 3, rows: 4 }, meanwhile));
        assert!(minute > 30, "there was hardly a pause");
        town.app.get("/readyz", "").ok();
        assert_eq!(metric(town.app, "verification_passes_total"), 1);
        assert_eq!(metric(town.app, "verification_differences"), 0);
        assert_eq!(metric(town.app, "verified_up_to"), last_seq(town.app));
        assert!(differing(town.app, &town.auditor).is_empty());
        town.app.assert_verified();
    });
}

/// What is done to the tables, and whether a record is concerned.
const TRICKS: [(&str, &str, &str, bool); 7] = [
    (
        "A1",
        "UPDATE service_records SET credited_minutes = 900 WHERE credited_minutes = 90",
        "UPDATE service_records SET credited_minutes = 90 WHERE credited_minutes = 900",
        true,
    ),
    (
        "A2",
        "UPDATE balances SET balance = balance + 5000 WHERE account = 'credited'",
        "UPDATE balances SET balance = balance - 5000 WHERE account = 'credited'",
        false,
    ),
    (
        "A16",
        "UPDATE people SET content_sealed = party_sealed, party_sealed = content_sealed",
        "UPDATE people SET content_sealed = party_sealed, party_sealed = content_sealed",
        false,
    ),
    (
        "A20",
        "UPDATE entries SET kind = 'unit_created' WHERE kind = 'headcount_set'",
        "UPDATE entries SET kind = 'headcount_set' WHERE event LIKE '%headcount_set%'",
        false,
    ),
    (
        "a roll-up",
        "UPDATE mark_minutes SET credited_minutes = credited_minutes + 60",
        "UPDATE mark_minutes SET credited_minutes = credited_minutes - 60",
        false,
    ),
    (
        "an entry",
        "UPDATE entries SET event = replace(event, 'BUREAU', 'BUREAX') WHERE kind = 'unit_created'",
        "UPDATE entries SET event = replace(event, 'BUREAX', 'BUREAU') WHERE kind = 'unit_created'",
        false,
    ),
    (
        "postings",
        "UPDATE postings SET amount = amount * 10 WHERE asset = 'minutes'",
        "UPDATE postings SET amount = amount / 10 WHERE asset = 'minutes'",
        false,
    ),
];

#[test]
fn what_was_changed_past_the_service_is_noticed_told_to_auditors_and_forgotten_once_it_is_put_right() {
    each_town("self-tricks", |town| {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "18T09:00", "18T10:30");
        let headcount = json!({ "effective_from": "2026-09-01", "staff": 100, "party_members": 30 });
        town.app
            .post(&format!("/v1/units/{}/headcounts", town.school), &town.coordinator, headcount)
            .created();
        let over_all = town.operator("auditor", &town.bureau);
        let mut thief = Thief::at(town.app);
        for (number, (name, done, undone, is_of_record)) in (1..).zip(TRICKS) {
            thief.rewrite(done);
            assert!(pass(town.app, PieceSize::default(), || ()), "{name}");
            let why = town.app.get("/readyz", "").refused(503, "journal_in_doubt");
            assert!(why["detail"].as_str().unwrap().contains("run hourbook verify"), "{name}: {why}");
            assert!(metric(town.app, "verification_differences") > 0, "{name}");
            let told = differing(town.app, &town.auditor);
            if is_of_record {
                assert_eq!(told[0]["records"], json!([record]), "{name}: {told:?}");
                assert_eq!(told[0]["unit"], town.school, "{name}");
                let elsewhere = town.operator("auditor", &town.other_school);
                assert!(differing(town.app, &elsewhere).is_empty(), "{name}");
                let id = told[0]["id"].as_str().unwrap();
                let dismiss = format!("/v1/findings/{id}/dismiss");
                town.app
                    .post(&dismiss, &town.auditor, json!({ "reason": "误报" }))
                    .refused(404, "finding_not_found");
            }
            assert!(!differing(town.app, &over_all).is_empty(), "{name}: nobody is told");
            if name == "A2" {
                assert_eq!(told[0]["subject"]["volunteer"], volunteer.id, "{told:?}");
            }
            thief.rewrite(undone);
            assert!(pass(town.app, PieceSize::default(), || ()), "{name}");
            town.app.get("/readyz", "").ok();
            assert!(differing(town.app, &town.auditor).is_empty(), "{name}");
            assert_eq!(metric(town.app, "verification_passes_total"), 2 * number);
        }
        town.app.assert_verified();
    });
}

#[test]
fn the_program_does_it_by_itself() {
    each_database("self-process", |url| {
        let app = App::start_with(&url, &Arc::new(TestClock::at(NOON)), &options());
        let town = Town::found(&app);
        town.serve(&town.volunteer(), "18T09:00", "18T10:30");
        let auditor = town.auditor.clone();
        let mut thief = Thief::at(&app);
        drop(app);
        let replica = Replica::with(&url, &Secrets::new(), &["--verify-pause-milliseconds", "1"]);
        let has_passed = || {
            let text = replica.get("/metrics", "").text;
            let passes =
                text.lines().find_map(|line| line.strip_prefix("hourbook_verification_passes_total "));
            passes.unwrap().parse::<u64>().unwrap() > 0
        };
        within_a_while("it verifies nothing", has_passed);
        replica.get("/readyz", "").ok();
        thief.rewrite("UPDATE service_records SET credited_minutes = 900 WHERE credited_minutes = 90");
        within_a_while("it does not notice", || replica.get("/readyz", "").status == 503);
        let told = replica.get("/v1/findings", &auditor).ok();
        assert!(told.to_string().contains("differs_from_journal"), "{told}");
    });
}
