//! Applications (注册申请): who is signed in and known to nobody asks to be registered, and what becomes of it.

use crate::erasure::{everything_stored, files, found};
use crate::support::clock::TestClock;
use crate::support::database::Database;
use crate::support::http::{Answer, App, AppSettings, NOON, id};
use crate::support::log_in::access;
use crate::support::operations::head;
use crate::support::town::{Town, Volunteer, each_town, merged};
use crate::support::wechat::{TestWechat, a_code, bind, sign_in, ticket};
use chrono::Duration;
use hourbook::store::sql::Sql;
use serde_json::{Value, json};
use std::sync::Arc;
use std::thread;

/// Asks the school to register a person.
fn apply(town: &Town, openid: &str, person: &Value) -> Answer {
    let body = json!({ "ticket": ticket(town.app, openid), "unit": town.school, "person": person });
    town.app.post("/v1/applications", "", body)
}

/// What who signs in is told of their application.
fn told(town: &Town, openid: &str) -> Value {
    sign_in(town.app, &a_code(openid)).ok()["application"].clone()
}

fn step(town: &Town, token: &str, application: &Value, name: &str, body: Value) -> Answer {
    town.app.post(&format!("/v1/applications/{}/{name}", id(application)), token, body)
}

/// The document of a person, as an office says it again.
fn seen(person: &Value) -> Value {
    json!({ "document": person["document"] })
}

/// How many applicants and words are kept.
fn kept(town: &Town) -> [i64; 2] {
    ["SELECT COUNT(*) FROM applicants", "SELECT COUNT(*) FROM notes"]
        .map(|sql| town.app.db().number(Sql::new(sql)).unwrap().unwrap())
}

#[test]
fn who_applies_is_confirmed_against_the_document_registered_and_bound_in_one_step() {
    each_town("apply-way", |town| {
        let person = merged(town.person(), json!({ "name": "李小红", "skills": ["急救"] }));
        let made = apply(town, "o-applies", &person).ok();
        assert_eq!(
            (&made["status"], &made["unit"], &made["reason"]),
            (&json!("open"), &json!(town.school), &Value::Null)
        );
        assert_eq!(told(town, "o-applies"), made);

        let listed = town.app.get("/v1/applications?status=open", &town.coordinator).ok();
        let listed = &listed["items"][0];
        assert_eq!((&listed["person"]["name"], &listed["provider"]), (&json!("李小红"), &json!("wechat")));
        let number = person["document"]["number"].as_str().unwrap();
        assert!(!listed.to_string().contains(number), "whole numbers are not shown");
        let shown = town.app.get(&format!("/v1/applications/{}", id(&made)), &town.coordinator).ok();
        assert_eq!(&shown, listed);

        let before = head(town.app).last_seq.0;
        let confirmed = step(town, &town.coordinator, &made, "confirm", seen(&person)).ok();
        assert_eq!(head(town.app).last_seq.0 - before, 3, "registered, bound, confirmed");
        assert_eq!(confirmed["receipt"]["seq"], before + 3);
        let volunteer = confirmed["volunteer"].as_str().unwrap();
        let tokens = sign_in(town.app, &a_code("o-applies")).ok();
        let own = town.app.get(&format!("/v1/volunteers/{volunteer}"), access(&tokens)).ok();
        assert_eq!((&own["person"]["name"], &own["person"]["skills"]), (&json!("李小红"), &json!(["急救"])));
        assert_eq!(
            (&own["unit"], &own["person"]["document"]["number"]),
            (&json!(town.school), &json!(number))
        );
        let bound = town.app.get("/v1/me/bindings", access(&tokens)).ok();
        assert_eq!(bound["items"][0]["bound_by"], "application");

        assert_eq!(kept(town)[0], 0, "who applied is kept as a volunteer alone");
        let after = town.app.get(&format!("/v1/applications/{}", id(&made)), &town.coordinator).ok();
        assert_eq!((&after["status"], &after["person"]), (&json!("confirmed"), &Value::Null));
        town.app.assert_verified();
    });
}

#[test]
fn who_is_declined_is_told_why_for_thirty_days_and_may_apply_again() {
    each_town("apply-decline", |town| {
        let person = town.person();
        let before = kept(town)[1];
        let made = apply(town, "o-declined", &person).ok();
        let declined =
            step(town, &town.coordinator, &made, "decline", json!({ "reason": "照片与本人不符" })).ok();
        assert_eq!((&declined["status"], &declined["volunteer"]), (&json!("declined"), &Value::Null));
        let own = told(town, "o-declined");
        assert_eq!((&own["status"], &own["reason"]), (&json!("declined"), &json!("照片与本人不符")));
        for (name, body) in [
            ("confirm", seen(&person)),
            ("decline", json!({ "reason": "再次" })),
            ("recognise", json!({ "volunteer": town.volunteer().id })),
        ] {
            let refused =
                step(town, &town.coordinator, &made, name, body).refused(409, "application_not_open");
            assert_eq!(refused["current_status"], "declined");
        }

        let again = apply(town, "o-declined", &person).ok();
        assert_ne!(id(&again), id(&made));
        assert_eq!(told(town, "o-declined"), again, "the last one counts");
        assert_eq!(kept(town), [2, before + 1]);
        step(town, &town.coordinator, &again, "confirm", seen(&person)).ok();

        town.app.clock.advance(Duration::days(30) - Duration::seconds(1));
        assert_eq!(town.app.sweep(), 0);
        town.app.clock.advance(Duration::seconds(1));
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(kept(town), [0, before], "the reason went with who applied");
        let shown = town.app.get(&format!("/v1/applications/{}", id(&made)), &town.coordinator).ok();
        assert_eq!(
            (&shown["status"], &shown["person"], &shown["reason"]),
            (&json!("declined"), &Value::Null, &Value::Null)
        );
        town.app.assert_verified();
    });
}

#[test]
fn who_is_there_already_is_recognised_and_bound_to_that_number() {
    each_town("apply-recognise", |town| {
        let person = town.person();
        let registration = merged(person.clone(), json!({ "unit": town.school }));
        let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, registration).created());
        let made = apply(town, "o-known", &person).ok();
        step(town, &town.coordinator, &made, "confirm", seen(&person)).refused(409, "identity_taken");
        let elsewhere = town.volunteer_of(&town.other_school).id;
        step(town, &town.coordinator, &made, "recognise", json!({ "volunteer": elsewhere }))
            .refused(403, "outside_unit");
        let left = town.volunteer();
        town.leave(&left);
        let left = json!({ "volunteer": left.id });
        step(town, &town.coordinator, &made, "recognise", left).refused(409, "volunteer_closed");

        // The service knows whose document it is: a slip on the wrong line binds nobody to another.
        let another = json!({ "volunteer": town.volunteer().id });
        step(town, &town.coordinator, &made, "recognise", another).refused(409, "identity_taken");

        let recognised =
            step(town, &town.coordinator, &made, "recognise", json!({ "volunteer": volunteer })).ok();
        assert_eq!(
            (&recognised["status"], &recognised["volunteer"]),
            (&json!("recognised"), &json!(volunteer))
        );
        let tokens = sign_in(town.app, &a_code("o-known")).ok();
        assert_eq!(town.app.get("/v1/me", access(&tokens)).ok()["actor"], format!("volunteer:{volunteer}"));
        assert_eq!(kept(town)[0], 0);
        town.app.assert_verified();
    });
}

#[test]
fn who_comes_back_has_the_former_number_and_who_is_alike_is_asked_about() {
    each_town("apply-back", |town| {
        let person = town.person();
        let registration = merged(person.clone(), json!({ "unit": town.school }));
        let former = id(&town.app.post("/v1/volunteers", &town.admin, registration).created());
        town.leave(&Volunteer { token: town.app.volunteer_token(&former), id: former.clone() });
        town.app.clock.advance(Duration::days(1));
        let again = merged(
            person.clone(),
            json!({
                "consent": { "given_at": "2026-11-21T09:00:00+08:00", "text_version": "2026-1" },
            }),
        );
        let made = apply(town, "o-returns", &again).ok();
        let confirmed = step(town, &town.coordinator, &made, "confirm", seen(&again)).ok();
        assert_eq!(confirmed["volunteer"], former);

        let twin = merged(again, json!({ "document": { "kind": "passport", "number": "E7777777" } }));
        let made = apply(town, "o-twin", &twin).ok();
        let alike = step(town, &town.coordinator, &made, "confirm", seen(&twin))
            .refused(409, "person_may_be_registered");
        assert_eq!(alike["volunteers"], json!([former]));
        let unsaid = merged(seen(&twin), json!({ "another_person": true }));
        step(town, &town.coordinator, &made, "confirm", unsaid).refused(422, "missing_field");
        let said = merged(seen(&twin), json!({ "another_person": true, "reason": "双胞胎" }));
        let other = step(town, &town.coordinator, &made, "confirm", said).ok();
        assert_ne!(other["volunteer"], former);
        town.app.assert_verified();
        // The reason is words about the volunteer, and goes with them.
        let words = kept(town)[1];
        let other = other["volunteer"].as_str().unwrap().to_owned();
        town.leave(&Volunteer { token: town.app.volunteer_token(&other), id: other });
        assert_eq!(kept(town)[1], words - 1);
        town.app.assert_verified();
    });
}

#[test]
fn from_ten_years_on_with_a_guardian_below_eighteen() {
    each_town("apply-ages", |town| {
        let born = |birth_date: &str| merged(town.person(), json!({ "birth_date": birth_date }));
        let consent = json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" });
        let guarded = |birth_date: &str, separate: Value| {
            let guardian = merged(consent.clone(), json!({ "name": "李四", "separate_consent": separate }));
            merged(born(birth_date), json!({ "guardian_consent": guardian }))
        };
        let too_young = apply(town, "o-child", &guarded("2016-11-21", consent.clone()));
        assert_eq!(too_young.refused(422, "age_below_minimum")["field"], "/person/birth_date");
        apply(town, "o-child", &born("2010-05-20")).refused(422, "guardian_consent_missing");
        apply(town, "o-child", &guarded("2016-11-20", Value::Null)).refused(422, "separate_consent_missing");
        let made = apply(town, "o-child", &guarded("2016-11-20", consent.clone())).ok();
        assert_eq!(made["status"], "open");
        let future =
            json!({ "consent": { "given_at": "2027-11-01T09:00:00+08:00", "text_version": "2026-1" } });
        let future = merged(town.person(), future);
        apply(town, "o-future", &future).refused(422, "registration_dates_invalid");
    });
}

#[test]
fn what_is_wrong_with_an_application_is_told() {
    each_town("apply-wrong", |town| {
        let person = town.person();
        let ask = |ticket: &str, unit: &str, person: &Value| {
            let body = json!({ "ticket": ticket, "unit": unit, "person": person });
            town.app.post("/v1/applications", "", body)
        };
        let good = ticket(town.app, "o-wrong");
        ask("AAAA", &town.school, &person).refused(401, "ticket_invalid");
        let nowhere = "00000000-0fff-8001-bd87-46f9b4c5ee47";
        let unknown = ask(&good, nowhere, &person);
        assert!([404, 422].contains(&unknown.status), "{}", unknown.text);
        let resident = json!({ "document": { "kind": "resident_identity", "number": "110105194912310021" } });
        let refused =
            ask(&good, &town.school, &merged(person.clone(), resident)).refused(422, "invalid_field");
        assert_eq!(
            (&refused["field"], &refused["reason"]),
            (&json!("/person/document/number"), &json!("wrong_check_digit"))
        );
        ask(&good, &town.school, &merged(person.clone(), json!({ "colour": "red" })))
            .refused(422, "unknown_field");
        town.app.clock.advance(Duration::minutes(10));
        ask(&good, &town.school, &person).refused(401, "ticket_invalid");
    });
}

#[test]
fn one_application_waits_of_each_sign_in_and_of_each_document() {
    each_town("apply-once", |town| {
        let (person, other) = (town.person(), town.person());
        let made = apply(town, "o-one", &person).ok();
        apply(town, "o-one", &other).refused(409, "application_open");
        apply(town, "o-two", &person).refused(409, "application_open");
        apply(town, "o-two", &other).ok();
        bind(town, &town.volunteer(), "o-bound");
        // Who is bound gets no ticket; one of before is good for nothing any more.
        let before = ticket(town.app, "o-later-bound");
        bind(town, &town.volunteer(), "o-later-bound");
        let body = json!({ "ticket": before, "unit": town.school, "person": town.person() });
        town.app.post("/v1/applications", "", body).refused(409, "binding_taken");
        // Who was bound otherwise meanwhile cannot be confirmed, and may be declined.
        bind(town, &town.volunteer(), "o-one");
        step(town, &town.coordinator, &made, "confirm", seen(&person)).refused(409, "binding_taken");
        step(town, &town.coordinator, &made, "decline", json!({ "reason": "已绑定" })).ok();

        for round in 0..10 {
            let persons = [town.person(), town.person()];
            let ticket = ticket(town.app, &format!("o-race-{round}"));
            let mut statuses = thread::scope(|scope| {
                let asked = persons.each_ref().map(|person| {
                    let body = json!({ "ticket": ticket, "unit": town.school, "person": person });
                    scope.spawn(|| town.app.post("/v1/applications", "", body).status)
                });
                asked.map(|asked| asked.join().unwrap())
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "round {round}");
        }
        town.app.assert_verified();
    });
}

#[test]
fn of_two_who_decide_at_once_one_does_and_a_repeated_request_is_told_the_same() {
    each_town("apply-decide", |town| {
        for _ in 0..10 {
            let person = town.person();
            let openid = format!("o-{}", person["document"]["number"].as_str().unwrap());
            let made = apply(town, &openid, &person).ok();
            let mut statuses = thread::scope(|scope| {
                let asked = [&town.coordinator, &town.colleague]
                    .map(|token| scope.spawn(|| step(town, token, &made, "confirm", seen(&person)).status));
                asked.map(|asked| asked.join().unwrap())
            });
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409]);
        }
        let person = town.person();
        let made = apply(town, "o-keyed", &person).ok();
        let confirm = || {
            let path = format!("/v1/applications/{}/confirm", id(&made));
            town.app
                .call("POST", &path)
                .token(&town.coordinator)
                .key("confirm")
                .json(seen(&person))
                .send()
                .ok()
        };
        let first = confirm();
        assert_eq!(confirm(), first);
        town.app.assert_verified();
    });
}

#[test]
fn the_office_of_the_unit_decides_and_nobody_else_sees_who_applies() {
    each_town("apply-who", |town| {
        let person = town.person();
        let made = apply(town, "o-who", &person).ok();
        let path = format!("/v1/applications/{}", id(&made));
        town.app.get(&path, &town.other_coordinator).refused(404, "application_not_found");
        town.app.get(&path, &town.auditor).refused(403, "not_permitted");
        town.app.get(&path, &town.volunteer().token).refused(403, "not_permitted");
        let listed = |token: &str| town.app.all_pages("/v1/applications", token, 2).len();
        assert_eq!(
            [&town.coordinator, &town.district_coordinator, &town.other_coordinator]
                .map(|token| listed(token)),
            [1, 1, 0]
        );
        for (name, body) in [
            ("confirm", seen(&person)),
            ("decline", json!({ "reason": "不是本校" })),
            ("recognise", json!({ "volunteer": town.volunteer().id })),
        ] {
            step(town, &town.other_coordinator, &made, name, body.clone()).refused(403, "outside_unit");
            step(town, &town.auditor, &made, name, body).refused(403, "not_permitted");
        }
        let page = town.app.get(&format!("/v1/applications?unit={}", town.other_school), &town.coordinator);
        page.refused(404, "unit_not_found");
        step(town, &town.district_coordinator, &made, "confirm", seen(&person)).ok();
    });
}

#[test]
fn the_document_that_the_office_says_is_the_one_that_was_applied_with() {
    each_town("apply-document", |town| {
        let person = town.person();
        let made = apply(town, "o-document", &person).ok();
        let wrong = json!({ "document": { "kind": "passport", "number": "E0000000" } });
        let refused =
            step(town, &town.coordinator, &made, "confirm", wrong.clone()).refused(422, "document_differs");
        assert_eq!(refused["field"], "/document");
        // Who guesses, guesses a hundred times an hour.
        let waits =
            (0..100).find(|_| step(town, &town.coordinator, &made, "confirm", wrong.clone()).status == 429);
        assert_eq!(waits, Some(99));
        town.app.clock.advance(Duration::hours(1));
        step(town, &town.coordinator, &made, "confirm", seen(&person)).ok();
    });
}

#[test]
fn who_applied_takes_it_back_and_what_nobody_decides_lapses() {
    each_town("apply-ends", |town| {
        let withdraw = |openid: &str| {
            town.app.post("/v1/applications/withdraw", "", json!({ "ticket": ticket(town.app, openid) }))
        };
        withdraw("o-ends").refused(404, "application_not_found");
        let made = apply(town, "o-ends", &town.person()).ok();
        let withdrawn = withdraw("o-ends").ok();
        assert_eq!((id(&withdrawn), &withdrawn["status"]), (id(&made), &json!("withdrawn")));
        assert_eq!((told(town, "o-ends"), kept(town)[0]), (Value::Null, 0));
        step(town, &town.coordinator, &made, "decline", json!({ "reason": "x" }))
            .refused(409, "application_not_open");

        let waiting = apply(town, "o-ends", &town.person()).ok();
        town.app.clock.advance(Duration::days(60) - Duration::seconds(1));
        assert_eq!(town.app.sweep(), 0);
        town.app.clock.advance(Duration::seconds(1));
        assert_eq!(town.app.sweep(), 1);
        assert_eq!((told(town, "o-ends"), kept(town)[0]), (Value::Null, 0));
        let shown = town.app.get(&format!("/v1/applications/{}", id(&waiting)), &town.coordinator).ok();
        assert_eq!(shown["status"], "lapsed");
        town.app.assert_verified();

        let declined = apply(town, "o-ends", &town.person()).ok();
        step(town, &town.coordinator, &declined, "decline", json!({ "reason": "x" })).ok();
        withdraw("o-ends").refused(409, "application_not_open");
    });
}

#[test]
fn somebody_applies_five_times_at_once_and_then_once_an_hour() {
    each_town("apply-floods", |town| {
        for _ in 0..5 {
            let made = apply(town, "o-flood", &town.person()).ok();
            step(town, &town.coordinator, &made, "decline", json!({ "reason": "x" })).ok();
        }
        let refused = apply(town, "o-flood", &town.person());
        assert_eq!(refused.header("retry-after"), "3600");
        refused.refused(429, "too_many_requests");
        apply(town, "o-another", &town.person()).ok();
        town.app.clock.advance(Duration::hours(1));
        apply(town, "o-flood", &town.person()).ok();
    });
}

#[test]
fn nothing_of_who_applies_stands_in_clear_or_stays_once_it_is_decided() {
    each_town("apply-sealed", |town| {
        let marks = ["zqOpenidOfApplicant", "慕容复", "13977700009", "zq-consent"].map(str::to_owned);
        let consent = json!({ "given_at": "2026-11-01T09:00:00+08:00", "text_version": "zq-consent" });
        let person =
            merged(town.person(), json!({ "name": "慕容复生", "mobile": "13977700009", "consent": consent }));
        let made = apply(town, &marks[0], &person).ok();
        assert_eq!(kept(town)[0], 1);
        assert_eq!(found(&marks, &everything_stored(town.app)), [] as [String; 0]);
        assert_eq!(found(&marks, &files(town.app)), [] as [String; 0]);
        let journal = town.app.get("/v1/journal/entries?kind=application_made", &town.admin).ok();
        assert!(!journal.to_string().contains("慕容"), "{journal}");
        step(town, &town.coordinator, &made, "decline", json!({ "reason": "请到办公室" })).ok();
        assert_eq!(found(&marks, &everything_stored(town.app)), [] as [String; 0]);
        town.app.clock.advance(Duration::days(30));
        town.app.sweep();
        assert_eq!(kept(town)[0], 0);
        town.app.assert_verified();
    });
}

#[test]
fn replicas_take_one_application_of_a_sign_in() {
    let database = Database::postgres("apply-replicas");
    let clock = Arc::new(TestClock::at(NOON));
    let wechat = Arc::new(TestWechat::start());
    let replica = || {
        let (clock, wechat) = (clock.clone(), wechat.clone());
        App::start_as(database.url(), AppSettings { clock, wechat, ..AppSettings::default() })
    };
    let (one, other) = (replica(), replica());
    let town = Town::found(&one);
    for round in 0..10 {
        let persons = [town.person(), town.person()];
        let ticket = ticket(&one, &format!("o-replicas-{round}"));
        let mut statuses = thread::scope(|scope| {
            let asked = [(&one, &persons[0]), (&other, &persons[1])].map(|(app, person)| {
                let body = json!({ "ticket": ticket, "unit": town.school, "person": person });
                scope.spawn(|| app.post("/v1/applications", "", body).status)
            });
            asked.map(|asked| asked.join().unwrap())
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
        // The one decides what the other took.
        let open = other.get("/v1/applications?status=open", &town.coordinator).ok();
        let made = &open["items"][0];
        let person = if made["person"]["mobile"]
            .as_str()
            .unwrap()
            .ends_with(&persons[0]["mobile"].as_str().unwrap()[9..])
        {
            &persons[0]
        } else {
            &persons[1]
        };
        let path = format!("/v1/applications/{}/confirm", id(made));
        other.post(&path, &town.coordinator, seen(person)).ok();
        assert!(sign_in(&one, &a_code(&format!("o-replicas-{round}"))).ok()["access_token"].is_string());
    }
    one.assert_verified();
}
