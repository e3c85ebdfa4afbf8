//! What is left of who has left (注销后): not one word, in no table, in the file, in its log, in the service's log.

use crate::support::each_database;
use crate::support::http::{App, Client, id};
use crate::support::process::{Replica, Secrets};
use crate::support::thief::Thief;
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use crate::tampering::columns;
use chrono::Duration;
use hourbook::store::DbUrl;
use hourbook::store::sql::{Sql, SqlValue};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;

/// Asks, and marks each text that is sent, so that it is found again wherever it goes.
struct Teller<'c> {
    client: &'c Client,
    /// Each with what it was.
    marks: RefCell<Vec<String>>,
}

impl<'c> Teller<'c> {
    fn of(client: &'c Client) -> Self {
        Self { client, marks: RefCell::new(Vec::new()) }
    }

    /// A text that nobody else says, about this.
    fn text(&self, what: &str) -> String {
        self.keep(format!("zq{:03}{what}", self.marks.borrow().len()))
    }

    fn keep(&self, mark: String) -> String {
        self.marks.borrow_mut().push(mark.to_lowercase());
        mark
    }

    /// Under a key, so that the answer is kept.
    fn post(&self, path: &str, token: &str, body: Value) -> Value {
        self.send("POST", path, token, body)
    }

    fn send(&self, method: &str, path: &str, token: &str, body: Value) -> Value {
        let key = self.text("key");
        let call = self.client.call(method, path).token(token).header("If-Match", "*");
        let call = if method == "POST" { call.key(&key) } else { call };
        let answer = call.json(body).send();
        assert!(answer.status < 300, "{method} {path}: {}", answer.text);
        answer.body
    }

    fn person(&self, other: Value) -> Value {
        let consent =
            || json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": self.text("consent") });
        let guardian = merged(consent(), json!({ "name": self.text("guardian") }));
        let usual = json!({
            "name": self.text("name"), "gender": "female", "birth_date": "1990-05-20",
            "document": { "kind": "passport", "number": self.keep("ZQ7700001".to_owned()) },
            "mobile": self.keep("13977700001".to_owned()), "residence": self.text("residence"),
            "skills": [self.text("skill")], "service_categories": [self.text("category")],
            "consent": consent(), "guardian_consent": guardian,
        });
        merged(usual, other)
    }
}

/// Somebody of whom everything is said that can be.
fn tell_everything(town: &Town, teller: &Teller) -> (Volunteer, Value) {
    let (own, colleague) = (&town.coordinator, &town.colleague);
    let person = teller.person(json!({ "unit": town.school }));
    let one = id(&teller.post("/v1/volunteers", own, person.clone()));
    let one = Volunteer { token: town.app.volunteer_token(&one), id: one };
    let path = |step: &str| format!("/v1/volunteers/{}/{step}", one.id);
    let reason = || json!({ "reason": teller.text("reason") });

    // Records, what is decided of them, and what is said against them.
    let record = |record: &str, step: &str| format!("/v1/service-records/{record}/{step}");
    let late = json!({ "evidence": "backfill", "reason": teller.text("reason") });
    let late = merged(town.service(&one, "17T09:00", "17T12:00"), late);
    let credited = id(&teller.post("/v1/service-records", own, late));
    let deductions = json!({ "deductions": [{ "minutes": 5, "reason": teller.text("deduction") }] });
    teller.post(&record(&credited, "credit"), colleague, deductions);
    let served = town.serve(&one, "18T09:00", "18T12:00");
    teller.post(&record(&credited, "void"), own, reason());
    let refused = town.submit(&one, "18T13:00", "18T14:00");
    teller.post(&record(&refused, "reject"), colleague, reason());
    let other = town.volunteer();
    for (whose, objector) in [(&one, &other), (&other, &one)] {
        let noticed = town.record_on_notice(whose, "19T09:00", "19T10:00");
        let objection = id(&teller.post(&record(&noticed, "objections"), &objector.token, reason()));
        let uphold = || teller.post(&format!("/v1/objections/{objection}/uphold"), colleague, reason());
        uphold();
        // Entered anew, it is objected to still, and that is resolved a second time.
        town.submit(whose, "19T09:00", "19T10:00");
        uphold();
    }
    let wrong = json!({ "volunteer": one.id, "words": teller.text("words") });
    let wrong = id(&teller.post(&record(&served, "corrections"), &one.token, wrong));
    let words = || json!({ "words": teller.text("words") });
    teller.post(&format!("/v1/corrections/{wrong}/decline"), colleague, words());
    let missing = json!({
        "volunteer": one.id, "activity": town.activity, "words": teller.text("words"),
        "service": { "start": at("19T14:00"), "end": at("19T15:00") },
    });
    let missing = id(&teller.post("/v1/corrections", &one.token, missing));
    let led_to = json!({ "led_to": town.submit(&one, "19T14:00", "19T15:00") });
    teller.post(&format!("/v1/corrections/{missing}/accept"), colleague, merged(words(), led_to));

    // Who it is, and what the office says of that.
    let identity =
        |name: String| merged(Town::identity_of(&person), merged(reason(), json!({ "name": name })));
    let change = |step: &str, body: Value| {
        let asked = teller.send("PUT", &path("identity"), own, identity(teller.text("name")));
        teller.post(&format!("/v1/identity-changes/{}/{step}", id(&asked)), colleague, body);
    };
    change("decline", reason());
    let certificate = town.certify(&one);
    change("confirm", json!({}));
    teller.post(&format!("/v1/certificates/{}/revoke", certificate.id), own, reason());
    town.certify(&one);
    let found = town.app.get("/v1/findings", &town.auditor).ok();
    let found = found["items"].as_array().unwrap().iter().find(|one| one["rule"] == "identity_changed");
    teller.post(&format!("/v1/findings/{}/dismiss", id(found.unwrap())), &town.auditor, reason());
    teller.send(
        "PUT",
        &path("contact"),
        &one.token,
        json!({
            "mobile": teller.keep("13977700002".to_owned()), "residence": teller.text("residence"),
            "skills": [teller.text("skill")], "service_categories": [teller.text("category")],
        }),
    );

    // What is recorded apart from service, and promised.
    let whom = json!({ "volunteer": one.id });
    teller.post(&path("reveal"), own, json!({ "purpose": teller.text("purpose") }));
    let training = || {
        json!({
            "course": teller.text("course"), "organiser": teller.text("organiser"), "minutes": 480,
            "result": teller.text("result"), "first_day": "2026-11-14", "last_day": "2026-11-15",
        })
    };
    let training_id = id(&teller.post("/v1/trainings", own, merged(training(), whom.clone())));
    teller.send("PUT", &format!("/v1/trainings/{training_id}"), own, merged(training(), reason()));
    teller.post(&format!("/v1/trainings/{training_id}/void"), own, reason());
    let honour =
        || json!({ "title": teller.text("title"), "giver": teller.text("giver"), "day": "2026-11-14" });
    let honour_id = id(&teller.post("/v1/honours", own, merged(honour(), whom.clone())));
    teller.send("PUT", &format!("/v1/honours/{honour_id}"), own, merged(honour(), reason()));
    teller.post(&format!("/v1/honours/{honour_id}/void"), own, reason());
    let score = || json!({ "score": 4, "words": teller.text("words") });
    teller.post(&format!("/v1/activities/{}/ratings", town.activity), &one.token, score());
    let of_service = merged(score(), whom.clone());
    teller.post(&format!("/v1/activities/{}/service-ratings", town.activity), own, of_service);
    let titled = || merged(whom.clone(), json!({ "title": teller.text("title") }));
    teller.post("/v1/pledges", own, merged(titled(), json!({ "due": "2026-12-31" })));
    let post = json!({ "unit": town.school, "starts_on": "2026-11-01" });
    teller.post("/v1/model-posts", own, merged(titled(), post));

    tell_of_enrolments(town, teller, &one);

    // Going away, or not.
    let wish = json!({ "to_unit": town.other_school, "consent": teller.text("consent") });
    let transfer = id(&teller.post("/v1/transfers", own, merged(whom, wish)));
    teller.post(&format!("/v1/transfers/{transfer}/reject"), own, reason());
    teller.post(&path("deactivate"), own, reason());
    teller.post(&path("reactivate"), own, reason());
    teller.post(&path("close"), own, merged(town.cost_of_leaving(&one), reason()));
    teller.post(&path("reactivate"), &one.token, reason());
    (one, person)
}

/// Why somebody has no place, gave one up, or was not there.
fn tell_of_enrolments(town: &Town, teller: &Teller, one: &Volunteer) {
    let own = &town.coordinator;
    let reason = || json!({ "reason": teller.text("reason") });
    let enrol = |position: &str| {
        let consent = json!({ "volunteer": one.id, "consent": teller.text("consent") });
        id(&teller.post(&format!("/v1/positions/{position}/enrolments"), own, consent))
    };
    let step = |token: &str, enrolment: &str, step: &str, body: Value| {
        teller.post(&format!("/v1/enrolments/{enrolment}/{step}"), token, body);
    };
    let to_come = town.recruiting(json!({}));
    step(own, &enrol(&town.position(&to_come, 1, json!({}))), "withdraw", reason());
    let selected = town.position(&to_come, 1, json!({ "selection": "selected" }));
    step(own, &id(&town.enrol(one, &selected, json!({})).created()), "decline", reason());
    let now = town.recruiting(json!({
        "window": { "start": "2026-11-20T11:00:00+08:00", "end": "2026-11-20T12:30:00+08:00" },
    }));
    let place = enrol(&town.position(&now, 1, json!({})));
    town.app.clock.set("2026-11-20T12:30:00+08:00");
    step(own, &place, "absent", json!({}));
    step(&one.token, &place, "contest", reason());
    step(own, &place, "excuse", reason());
}

fn leave(town: &Town, teller: &Teller, one: &Volunteer) {
    let cost = merged(town.cost_of_leaving(one), json!({ "reason": teller.text("reason") }));
    teller.post(&format!("/v1/volunteers/{}/close", one.id), &one.token, cost);
}

/// Every value of every column of every table as bytes, with its place.
pub fn everything_stored(app: &App) -> Vec<(String, Vec<u8>)> {
    let mut db = app.db();
    let mut stored = Vec::new();
    for [table, column] in columns(&mut db).into_iter().filter(|[table, _]| !table.contains("migration")) {
        for row in db.query(Sql::new(format!("SELECT {column} FROM {table}"))).unwrap() {
            let bytes = match row.0.into_iter().next() {
                Some(SqlValue::Text(Some(text))) => text.into_bytes(),
                Some(SqlValue::Bytes(Some(bytes))) => bytes,
                Some(SqlValue::Int(Some(number))) => number.to_string().into_bytes(),
                _ => continue,
            };
            stored.push((format!("{table}.{column}"), bytes));
        }
    }
    stored
}

/// The bytes of the database's file and of its log.
pub fn files(app: &App) -> Vec<(String, Vec<u8>)> {
    let DbUrl::Sqlite(path) = &app.url else { return Vec::new() };
    let folder = fs::read_dir(path.parent().unwrap()).unwrap();
    let files = folder.map(|file| file.unwrap().path());
    files.map(|file| (file.display().to_string(), fs::read(&file).unwrap())).collect()
}

/// Which of the marks stand where.
pub fn found(marks: &[String], places: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut found = Vec::new();
    for (place, bytes) in places {
        let bytes = bytes.to_ascii_lowercase();
        for mark in marks {
            if bytes.windows(mark.len()).any(|window| window == mark.as_bytes()) {
                found.push(format!("{mark} in {place}"));
            }
        }
    }
    found
}

#[test]
fn not_one_word_is_left_of_who_has_left() {
    each_town("erasure", |town| {
        let teller = Teller::of(town.app);
        let (one, _) = tell_everything(town, &teller);
        let marks = teller.marks.borrow().clone();
        let before = found(&marks, &everything_stored(town.app));
        let kept = marks.iter().filter(|mark| before.iter().any(|found| found.starts_with(*mark)));
        assert!(kept.count() > 40, "what is looked for was never kept: {before:#?}");

        leave(town, &teller, &one);
        let marks = teller.marks.borrow().clone();
        assert_eq!(found(&marks, &everything_stored(town.app)), [] as [String; 0]);
        assert_eq!(found(&marks, &files(town.app)), [] as [String; 0]);
        // What is left can still be read, without the words.
        let path = format!("/v1/service-records?volunteer={}", one.id);
        assert_eq!(town.app.all_pages(&path, &town.admin, 200).len(), 6);
        let path = format!("/v1/corrections?volunteer={}", one.id);
        let corrections = town.app.all_pages(&path, &town.admin, 200);
        assert_eq!(corrections.len(), 2);
        assert_eq!((&corrections[0]["words"], &corrections[0]["decision"]), (&Value::Null, &Value::Null));
        let dismissed = town.app.get("/v1/findings?dismissed=true", &town.auditor).ok();
        assert_eq!(dismissed["items"][0]["dismissal"]["reason"], Value::Null, "{dismissed}");
        town.app.assert_verified();
    });
}

#[test]
fn words_of_before_they_said_whom_they_are_about_go_too() {
    each_town("erasure-old", |town| {
        let teller = Teller::of(town.app);
        let (one, _) = tell_everything(town, &teller);
        // What always said so, and dismissals, which nothing tells about whom they are.
        let always = "SELECT entry FROM notes WHERE volunteer IS NOT NULL AND entry IN (SELECT seq FROM entries WHERE \
             kind LIKE 'training%' OR kind LIKE 'honour%' OR kind LIKE 'identity%' OR kind LIKE 'volunteer%' \
             OR kind = 'finding_dismissed' OR kind = 'numbers_revealed' OR kind LIKE '%_rated' \
             OR kind LIKE 'enrolment%' OR kind LIKE 'absence%' OR kind = 'applicant_declined')";
        Thief::at(town.app).rewrite(&format!(
            "UPDATE notes SET volunteer = NULL, seal = NULL WHERE entry NOT IN ({always})"
        ));
        leave(town, &teller, &one);
        let marks = teller.marks.borrow().clone();
        assert_eq!(found(&marks, &everything_stored(town.app)), [] as [String; 0]);
        assert_eq!(found(&marks, &files(town.app)), [] as [String; 0]);
    });
}

#[test]
fn words_that_were_not_erased_are_named() {
    each_town("erasure-kept", |town| {
        let one = town.volunteer();
        let title = json!({ "volunteer": one.id, "title": "每月两小时", "due": "2026-12-31" });
        town.app.post("/v1/pledges", &one.token, title).created();
        let mut thief = Thief::at(town.app);
        thief.rewrite("CREATE TABLE said AS SELECT * FROM notes; CREATE TABLE known AS SELECT * FROM people");
        town.leave(&one);
        town.app.assert_verified();
        thief.rewrite("INSERT INTO notes SELECT * FROM said");
        let report = town.app.verify();
        assert!(report.named.iter().any(|what| what.contains("left, and was not erased")), "{report:?}");
        thief.rewrite("DELETE FROM notes; INSERT INTO people SELECT * FROM known");
        let report = town.app.verify();
        assert!(report.named.iter().any(|what| what.contains("left, and was not erased")), "{report:?}");
    });
}

#[test]
fn a_reader_of_what_was_before_delays_the_log_only() {
    each_town("erasure-reader", |town| {
        let DbUrl::Sqlite(_) = &town.app.url else { return };
        let teller = Teller::of(town.app);
        let person = teller.person(json!({ "unit": town.school }));
        let one = id(&teller.post("/v1/volunteers", &town.coordinator, person));
        let one = Volunteer { token: town.app.volunteer_token(&one), id: one };
        let mut reader = town.app.db();
        let read = reader.snapshot(|db| {
            db.number(Sql::new("SELECT COUNT(*) FROM people"))?;
            leave(town, &teller, &one);
            Ok(())
        });
        read.unwrap();
        let marks = teller.marks.borrow().clone();
        town.app.sweep();
        assert_eq!(found(&marks, &files(town.app)), [] as [String; 0]);
    });
}

/// The id that who is registered gets.
fn register(town: &Town, registration: &Value) -> String {
    id(&town.app.post("/v1/volunteers", &town.coordinator, registration.clone()).created())
}

#[test]
fn the_index_of_the_document_is_forgotten_after_ten_years() {
    each_town("erasure-forgotten", |town| {
        let registration = town.registration(&town.school);
        let register = || register(town, &registration);
        let one = register();
        let one = Volunteer { token: town.app.volunteer_token(&one), id: one };
        let served = town.serve(&one, "18T09:00", "18T10:00");
        town.leave(&one);
        // What is said afterwards of somebody who has left.
        let void = format!("/v1/service-records/{served}/void");
        town.app.post(&void, &town.coordinator, json!({ "reason": "后来说的话" })).ok();
        town.app.assert_verified();
        let kept = |sql: &'static str| town.app.db().number(Sql::new(sql)).unwrap();
        let (indexes, words) = (
            "SELECT COUNT(*) FROM closed_identities",
            "SELECT COUNT(*) FROM notes WHERE note = '后来说的话'",
        );

        town.app.clock.advance(Duration::days(3659));
        assert_eq!(town.app.sweep(), 0);
        assert_eq!((kept(indexes), kept(words)), (Some(1), Some(1)));
        town.app.clock.advance(Duration::days(1));
        assert_eq!((town.app.sweep(), town.app.sweep()), (1, 0));
        assert_eq!((kept(indexes), kept(words)), (Some(0), Some(0)));
        town.app.assert_verified();
        assert_ne!(register(), one.id, "nothing tells any more that it is the same");
        town.app.assert_verified();
    });
}

#[test]
fn who_comes_back_within_ten_years_is_not_forgotten() {
    each_town("erasure-back", |town| {
        let registration = town.registration(&town.school);
        let register = || register(town, &registration);
        let one = register();
        let one = Volunteer { token: town.app.volunteer_token(&one), id: one };
        town.leave(&one);
        town.app.clock.advance(Duration::days(3650));
        assert_eq!(register(), one.id);
        town.app.clock.advance(Duration::days(3660));
        assert_eq!(town.app.sweep(), 0);
        let path = format!("/v1/volunteers/{}", one.id);
        town.app.get(&path, &one.token).refused(401, "token_ended");
        let fresh = town.app.volunteer_token(&one.id);
        assert_eq!(town.app.get(&path, &fresh).ok()["status"], "active");
        town.app.assert_verified();
    });
}

#[test]
fn the_services_log_says_nothing_of_a_person() {
    each_database("erasure-log", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        let (school, coordinator) = (town.school.clone(), town.coordinator.clone());
        drop(app);
        let replica = Replica::on(&url, &Secrets::new());
        let teller = Teller::of(&replica);
        let person = teller.person(json!({ "unit": school }));
        let (name, mobile) = (person["name"].as_str().unwrap(), person["mobile"].as_str().unwrap());
        let one = id(&teller.post("/v1/volunteers", &coordinator, person.clone()));
        for query in [format!("name={name}"), format!("mobile={mobile}"), format!("nothing={name}")] {
            replica.get(&format!("/v1/volunteers?{query}"), &coordinator);
        }
        replica.get(&format!("/v1/{name}/{mobile}"), &coordinator);
        let path = |step: &str| format!("/v1/volunteers/{one}/{step}");
        let reason = || json!({ "reason": teller.text("reason") });
        let another_name = merged(Town::identity_of(&person), json!({ "name": teller.text("name") }));
        teller.send("PUT", &path("identity"), &coordinator, merged(another_name, reason()));
        replica.call("PUT", &path("contact")).token(&coordinator).json(person.clone()).send();
        replica.call("POST", "/v1/volunteers").token(&coordinator).bytes(person.to_string()).send();
        teller.post(&path("close"), &coordinator, reason());
        let marks = teller.marks.borrow().clone();
        let (_, log) = replica.stop();
        assert_eq!(found(&marks, &[("the log".to_owned(), log.into_bytes())]), [] as [String; 0]);
    });
}
