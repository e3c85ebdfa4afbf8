//! Messages (消息): who is told what because of whose act, what is read of it, and what goes with the person.

use crate::support::http::{Answer, each_app, id};
use crate::support::operations::application_of;
use crate::support::recruiting::told;
use crate::support::town::{Town, Volunteer, each_town, merged};
use crate::support::wechat;
use crate::support::writer::vault;
use chrono::Duration;
use hourbook::domain::message::MessageKind;
use hourbook::store::inbox::vouch_for_beginning;
use hourbook::store::sql::Sql;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use strum::VariantArray;

/// All that somebody is told, newest first.
fn inbox(town: &Town, volunteer: &Volunteer) -> Vec<Value> {
    town.app.all_pages("/v1/me/messages", &volunteer.token, 100)
}

fn unread(town: &Town, volunteer: &Volunteer) -> Value {
    town.app.get("/v1/me/messages?limit=1", &volunteer.token).ok()["unread"].clone()
}

fn read(town: &Town, token: &str, up_to: &Value) -> Answer {
    town.app.post("/v1/me/messages/read", token, json!({ "up_to": up_to }))
}

/// What an act tells each of these people, oldest first.
fn told_by<T>(town: &Town, people: &[&Volunteer], act: impl FnOnce() -> T) -> (Vec<Vec<Value>>, T) {
    let before: Vec<usize> = people.iter().map(|person| inbox(town, person).len()).collect();
    let made = act();
    let told = people.iter().zip(before).map(|(person, before)| {
        let mut messages = inbox(town, person);
        messages.truncate(messages.len() - before);
        messages.reverse();
        messages
    });
    (told.collect(), made)
}

fn kinds(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["kind"].as_str().unwrap()).collect()
}

/// The first of two people is told this and nothing else, and the other nothing; the message, and what the act made.
#[track_caller]
fn only_the_first<T>(
    town: &Town,
    people: [&Volunteer; 2],
    kind: &str,
    act: impl FnOnce() -> T,
) -> (Value, T) {
    let (told, made) = told_by(town, &people, act);
    assert_eq!([kinds(&told[0]), kinds(&told[1])], [vec![kind], Vec::new()]);
    let message = told[0][0].clone();
    assert_eq!((&message["read"], message["told_at"].is_string()), (&json!(false), true));
    (message, made)
}

#[track_caller]
fn nobody<T>(town: &Town, people: [&Volunteer; 2], act: impl FnOnce() -> T) -> T {
    let (told, made) = told_by(town, &people, act);
    assert_eq!(told, [[], []] as [[Value; 0]; 2]);
    made
}

fn act(town: &Town, token: &str, path: &str, body: Value) -> Value {
    let answer = town.app.post(path, token, body);
    assert!(answer.status < 300, "{path}: {}", answer.text);
    answer.body
}

fn record_path(record: &str, step: &str) -> String {
    format!("/v1/service-records/{record}/{step}")
}

#[test]
fn a_record_that_is_decided_is_told_once_to_whose_it_is() {
    each_town("messages-records", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        let first = nobody(town, people, || town.submit(own, "17T09:00", "17T11:00"));
        let (message, _) =
            only_the_first(town, people, "record_credited", || town.credit(&town.coordinator, &first).ok());
        assert_eq!(message["about"], json!({ "noun": "record", "id": first }));
        assert_eq!((&message["minutes"], &message["points"]), (&json!(120), &json!("2.00")));

        let (message, second) =
            only_the_first(town, people, "record_credited", || town.serve(own, "18T09:00", "18T10:00"));
        assert_eq!(message["about"]["id"], second, "what is credited as it is entered is told once");

        let third = town.submit(own, "19T09:00", "19T10:00");
        let reason = json!({ "reason": "未到场" });
        let reject = || act(town, &town.coordinator, &record_path(&third, "reject"), reason);
        let (message, _) = only_the_first(town, people, "record_rejected", reject);
        assert_eq!(message["about"]["id"], third);

        let (message, _) = only_the_first(town, people, "record_voided", || town.void(&second));
        assert_eq!((&message["about"]["id"], &message["minutes"]), (&json!(second), &json!(60)));

        let item = |start: &str, end: &str| merged(town.service(own, start, end), json!({ "credit": true }));
        let items = json!({ "items": [item("20T09:00", "20T10:00"), item("20T10:00", "20T11:00"), item("20T10:30", "20T11:30")] });
        let (told, answer) =
            told_by(town, &people, || act(town, &town.bureau_coordinator, "/v1/service-records/bulk", items));
        assert_eq!([kinds(&told[0]), kinds(&told[1])], [vec!["record_credited"; 2], Vec::new()]);
        let entered =
            answer["items"].as_array().unwrap().iter().filter_map(|item| item["record"]["id"].as_str());
        assert_eq!(entered.count(), 2, "{answer}");
        town.app.assert_verified();
    });
}

#[test]
fn a_request_that_is_repeated_under_its_key_tells_nothing_twice() {
    each_town("messages-key", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let record = town.submit(own, "17T09:00", "17T11:00");
        let credit = || {
            let call = town.app.call("POST", &record_path(&record, "credit")).token(&town.coordinator);
            call.key("once").json(json!({})).send().ok()
        };
        only_the_first(town, [own, other], "record_credited", credit);
        nobody(town, [own, other], credit);
        town.credit(&town.coordinator, &record).refused(409, "record_not_submitted");
        nobody(town, [own, other], || ());
    });
}

#[test]
fn who_is_objected_to_and_who_objected_hear_of_it() {
    each_town("messages-objections", |town| {
        let (own, fellow) = (&town.volunteer(), &town.volunteer());
        for (hour, how, kind) in
            [("17T09", "uphold", "objection_upheld"), ("18T09", "dismiss", "objection_dismissed")]
        {
            let record = town.record_on_notice(own, &format!("{hour}:00"), &format!("{hour}:30"));
            let object = || town.object(&fellow.token, &record);
            let (message, objection) = only_the_first(town, [own, fellow], "objection_raised", object);
            assert_eq!(message["about"], json!({ "noun": "objection", "id": objection }));
            let path = format!("/v1/objections/{objection}/{how}");
            let resolve = || act(town, &town.colleague, &path, json!({ "reason": "已核对签到表" }));
            let (told, _) = told_by(town, &[own, fellow], resolve);
            assert_eq!([kinds(&told[0]), kinds(&told[1])], [[kind], ["objection_answered"]]);
        }
        // An operator has no inbox.
        let record = town.record_on_notice(own, "19T09:00", "19T11:00");
        let object = || town.object(&town.district_coordinator, &record);
        let (_, objection) = only_the_first(town, [own, fellow], "objection_raised", object);
        let path = format!("/v1/objections/{objection}/dismiss");
        let resolve = || act(town, &town.colleague, &path, json!({ "reason": "已核对签到表" }));
        only_the_first(town, [own, fellow], "objection_dismissed", resolve);
        town.app.assert_verified();
    });
}

#[test]
fn who_asked_for_a_correction_hears_what_came_of_it() {
    each_town("messages-corrections", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        let declined = nobody(town, people, || town.report_missing(own, "17T09:00", "17T11:00"));
        let path = format!("/v1/corrections/{declined}/decline");
        let decline = || act(town, &town.coordinator, &path, json!({ "words": "签到表上没有" }));
        let (message, _) = only_the_first(town, people, "correction_declined", decline);
        assert_eq!(message["about"], json!({ "noun": "correction", "id": declined }));

        let accepted = town.report_missing(own, "18T09:00", "18T11:00");
        let record = town.serve(own, "18T09:00", "18T11:00");
        let path = format!("/v1/corrections/{accepted}/accept");
        let accept = || act(town, &town.coordinator, &path, json!({ "led_to": record }));
        only_the_first(town, people, "correction_accepted", accept);
        town.app.assert_verified();
    });
}

#[test]
fn the_steps_of_a_transfer_are_told_but_for_ones_own() {
    each_town("messages-transfers", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        let step = |token: &str, transfer: &str, name: &str| {
            act(town, token, &format!("/v1/transfers/{transfer}/{name}"), json!({}))
        };
        let propose = || {
            let wish =
                json!({ "volunteer": own.id, "to_unit": town.other_school, "consent": "本人书面同意" });
            id(&act(town, &town.district_coordinator, "/v1/transfers", wish))
        };
        let (message, transfer) = only_the_first(town, people, "transfer_requested", propose);
        assert_eq!(message["about"], json!({ "noun": "transfer", "id": transfer }));
        assert!(message["due_at"].is_string());
        nobody(town, people, || step(&own.token, &transfer, "agree"));
        only_the_first(town, people, "transfer_released", || step(&town.coordinator, &transfer, "release"));
        only_the_first(town, people, "transfer_accepted", || {
            step(&town.other_coordinator, &transfer, "accept")
        });

        let back = nobody(town, people, || town.request_transfer(own, &town.school));
        only_the_first(town, people, "transfer_rejected", || step(&town.other_coordinator, &back, "reject"));
        let withdrawn = town.request_transfer(own, &town.school);
        nobody(town, people, || step(&own.token, &withdrawn, "cancel"));
        let wish = json!({ "volunteer": own.id, "to_unit": town.school, "consent": "本人书面同意" });
        let proposed = id(&act(town, &town.district_coordinator, "/v1/transfers", wish));
        let cancel = || step(&town.district_coordinator, &proposed, "cancel");
        only_the_first(town, people, "transfer_cancelled", cancel);

        town.request_transfer(own, &town.school);
        town.app.clock.advance(Duration::days(60));
        only_the_first(town, people, "transfer_expired", || town.app.sweep());
        nobody(town, people, || town.app.sweep());
        town.app.assert_verified();
    });
}

#[test]
fn a_gift_is_told_of_when_it_is_ready_when_it_is_about_to_go_and_when_it_is_gone() {
    each_town("messages-gifts", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        town.serve(own, "16T09:00", "16T17:00");
        let reward = town.reward("1.00", 10);
        let placed = |token: &str| {
            id(&act(town, token, "/v1/redemptions", json!({ "reward": reward, "volunteer": own.id })))
        };
        let by_office = || placed(&town.colleague);
        let (message, expired) = only_the_first(town, people, "redemption_ready", by_office);
        assert_eq!(message["about"], json!({ "noun": "redemption", "id": expired }));
        assert_eq!((&message["points"], message["due_at"].is_string()), (&json!("1.00"), true));
        let gift = nobody(town, people, || town.redeem(own, &reward));
        let fulfil = || town.fulfil(&gift);
        only_the_first(town, people, "redemption_fulfilled", fulfil);
        let cancelled = placed(&town.colleague);
        let path = format!("/v1/redemptions/{cancelled}/cancel");
        only_the_first(town, people, "redemption_cancelled", || act(town, &town.colleague, &path, json!({})));
        let own_wish = town.redeem(own, &reward);
        let path = format!("/v1/redemptions/{}/cancel", own_wish.id);
        nobody(town, people, || act(town, &own.token, &path, json!({})));

        // Held for seven days: announced three days before its end, once.
        town.app.clock.advance(Duration::days(4) - Duration::seconds(1));
        nobody(town, people, || town.app.sweep());
        town.app.clock.advance(Duration::seconds(1));
        let (message, made) = only_the_first(town, people, "redemption_expiring", || town.app.sweep());
        assert_eq!((&message["about"]["id"], made), (&json!(expired), 1));
        assert_eq!(nobody(town, people, || town.app.sweep()), 0);
        town.app.clock.advance(Duration::days(3));
        let (message, _) = only_the_first(town, people, "redemption_expired", || town.app.sweep());
        assert_eq!(message["points"], "1.00");
        town.app.assert_verified();
    });
}

#[test]
fn points_that_expire_in_a_month_are_told_of_once_thirty_days_before() {
    each_app("messages-points", |app| {
        let town = &Town::without_policy(app);
        town.policy(json!({ "validity": { "kind": "months", "months": 4 } }));
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        town.serve(own, "16T09:00", "16T11:00");
        town.app.clock.set("2026-11-21T12:00:00+08:00");
        town.serve(own, "17T09:00", "17T12:00");
        town.serve(other, "17T09:00", "17T10:00");
        let later = town.submit(own, "20T09:00", "20T10:00");
        town.app.clock.set("2026-12-01T12:00:00+08:00");
        town.credit(&town.bureau_coordinator, &later).ok();
        // They were credited in November, and expire on 21 and 22 March; what was in December, on 2 April.
        town.app.clock.set("2027-02-18T23:59:59+08:00");
        assert_eq!(nobody(town, people, || town.app.sweep()), 0);
        town.app.clock.set("2027-02-19T00:00:00+08:00");
        let (message, made) = only_the_first(town, people, "points_expiring", || town.app.sweep());
        assert_eq!((&message["points"], made), (&json!("5.00"), 1), "one message for all lots of the month");
        assert_eq!(message["due_at"], "2027-03-21T00:00:00+08:00");
        town.app.clock.set("2027-02-20T00:00:00+08:00");
        only_the_first(town, [other, own], "points_expiring", || town.app.sweep());
        assert_eq!(nobody(town, people, || town.app.sweep()), 0);
        town.app.clock.set("2027-03-03T00:00:00+08:00");
        let (message, _) = only_the_first(town, people, "points_expiring", || town.app.sweep());
        assert_eq!(
            (&message["points"], &message["due_at"]),
            (&json!("1.00"), &json!("2027-04-02T00:00:00+08:00"))
        );
        // That they expire is in the statement.
        town.app.clock.set("2027-03-22T00:00:00+08:00");
        assert_eq!(nobody(town, people, || town.app.sweep()), 2);
        town.app.assert_verified();
    });
}

#[test]
fn whose_certificate_is_good_no_more_hears_of_it() {
    each_town("messages-certificates", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        let (counted, kept) =
            (town.serve(own, "16T09:00", "16T11:00"), town.serve(own, "17T09:00", "17T11:00"));
        town.serve(other, "16T09:00", "16T11:00");
        town.certify(other);
        let first = nobody(town, people, || town.certify(own));
        let later = town.serve(own, "18T09:00", "18T11:00");
        let (message, _) = only_the_first(town, people, "record_voided", || town.void(&later));
        assert_eq!(message["about"]["id"], later, "no certificate counts it");

        let (told, _) = told_by(town, &people, || town.void(&counted));
        assert_eq!(
            [kinds(&told[0]), kinds(&told[1])],
            [vec!["record_voided", "certificate_corrected"], Vec::new()]
        );
        assert_eq!(told[0][1]["about"], json!({ "noun": "certificate", "id": first.id }));

        let replace = |token: &str, replaced: &str| {
            id(&act(town, token, &format!("/v1/certificates/{replaced}/reissue"), json!({})))
        };
        let (message, second) =
            only_the_first(town, people, "certificate_superseded", || replace(&town.coordinator, &first.id));
        assert_eq!(message["about"]["id"], first.id);
        let third = nobody(town, people, || replace(&own.token, &second));
        let path = format!("/v1/certificates/{third}/revoke");
        let revoke = || act(town, &town.coordinator, &path, json!({ "reason": "误开" }));
        only_the_first(town, people, "certificate_revoked", revoke);
        // What is replaced or revoked is not corrected as well.
        only_the_first(town, people, "record_voided", || town.void(&kept));
        town.app.assert_verified();
    });
}

#[test]
fn what_the_office_changes_of_a_person_is_told_to_the_person() {
    each_town("messages-identity", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let people = [own, other];
        let become_another = || town.become_another(own, &town.person());
        let (message, _) = only_the_first(town, people, "identity_changed", become_another);
        assert_eq!(message["about"]["noun"], "identity_change");
        let shown = town.app.get(&format!("/v1/volunteers/{}", own.id), &town.coordinator).ok();
        let mut person = shown["person"].clone();
        person["gender"] = json!("male");
        let path = format!("/v1/volunteers/{}/identity", own.id);
        let change = || town.app.put(&path, &town.coordinator, "*", Town::identity_of(&person)).ok();
        only_the_first(town, people, "identity_changed", change);

        let close = || town.close(own, &town.coordinator, json!({})).ok();
        let (message, _) = only_the_first(town, people, "closing_asked", close);
        assert_eq!(
            message["due_at"],
            town.app.get(&format!("/v1/volunteers/{}", own.id), &own.token).ok()["closing"]["closes_at"]
        );
        town.app.assert_verified();
    });
}

#[test]
fn whose_service_is_rated_hears_of_it() {
    each_town("messages-rated", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        town.serve(own, "17T09:00", "17T11:00");
        let path = format!("/v1/activities/{}", town.activity);
        let rating = json!({ "volunteer": own.id, "score": 4, "words": "认真负责" });
        let rate = || act(town, &town.coordinator, &format!("{path}/service-ratings"), rating);
        let (message, made) = only_the_first(town, [own, other], "service_rated", rate);
        assert_eq!(message["about"], json!({ "noun": "rating", "id": made["id"] }));
        let rating = json!({ "score": 5 });
        nobody(town, [own, other], || act(town, &own.token, &format!("{path}/ratings"), rating));
        town.app.assert_verified();
    });
}

/// Somebody signs in with a code of the office.
fn sign_in(town: &Town, volunteer: &Volunteer) -> Value {
    let path = format!("/v1/volunteers/{}/activation", volunteer.id);
    let given = town.app.post(&path, &town.coordinator, json!({})).ok();
    let proof = json!({ "number": given["number"], "code": given["code"] });
    town.app.post("/v1/auth/activation", "", proof).ok()
}

#[test]
fn each_sign_in_is_told_and_makes_no_entry_of_its_own() {
    each_town("messages-sign-in", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let (message, tokens) = only_the_first(town, [own, other], "signed_in", || sign_in(town, own));
        assert_eq!(message["about"], Value::Null);
        let refresh = json!({ "refresh_token": tokens["refresh_token"] });
        nobody(town, [own, other], || act(town, "", "/v1/auth/refresh", refresh));
        only_the_first(town, [own, other], "signed_in", || sign_in(town, own));
        let entries = |kind: &str| {
            town.app.all_pages(&format!("/v1/journal/entries?kind={kind}"), &town.admin, 50).len()
        };
        assert_eq!(entries("activation_used"), 2, "that a code was used is an entry; a sign-in is none");

        // What is told after it comes after it, and who has read it has not read that.
        let newest = inbox(town, own)[0]["id"].clone();
        read(town, &own.token, &newest).ok();
        sign_in(town, own);
        assert_eq!(unread(town, own), 1);
        town.serve(own, "17T09:00", "17T11:00");
        assert_eq!(kinds(&inbox(town, own)), ["record_credited", "signed_in", "signed_in", "signed_in"]);
        town.app.assert_verified();
    });
}

#[test]
fn who_waits_for_a_place_hears_what_becomes_of_it() {
    each_town("messages-places", |town| {
        let activity = town.recruiting(json!({
            "window": { "start": "2026-11-25T09:00:00+08:00", "end": "2026-11-25T12:00:00+08:00" },
        }));
        let position = town.position(&activity, 1, json!({}));
        let people = [(); 4].map(|()| town.volunteer());
        let [holder, asked, ticked, gone] = &people;
        let join = |volunteer: &Volunteer, body: Value| {
            id(&nobody(town, [volunteer, holder], || town.enrol(volunteer, &position, body).created()))
        };
        let consent = json!({ "volunteer": holder.id, "consent": "班会上本人同意" });
        let enrol = || act(town, &town.coordinator, &format!("/v1/positions/{position}/enrolments"), consent);
        let (message, place) = only_the_first(town, [holder, asked], "enrolment_made", enrol);
        assert_eq!(message["about"], json!({ "noun": "enrolment", "id": place["id"] }));
        let waits = join(gone, json!({ "wait": true }));
        let asked_waits = join(asked, json!({ "wait": true }));
        join(ticked, json!({ "wait": true, "at_once": true }));
        act(town, &gone.token, &format!("/v1/volunteers/{}/deactivate", gone.id), json!({}));

        let told = |act: &dyn Fn()| {
            let (told, ()) = told_by(town, &[holder, asked, ticked, gone], act);
            told.iter()
                .flatten()
                .map(|message| (message["kind"].clone(), message["about"]["id"].clone()))
                .collect::<Vec<_>>()
        };
        let kinds_of = |told: Vec<(Value, Value)>| told.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
        let withdraw = || {
            town.on_enrolment(&town.coordinator, &id(&place), "withdraw", json!({ "reason": "家长来电" }))
                .ok();
        };
        let heard = told(&withdraw);
        assert_eq!(
            heard,
            [
                (json!("enrolment_withdrawn"), place["id"].clone()),
                (json!("place_offered"), json!(asked_waits)),
                (json!("passed_over"), json!(waits)),
            ]
        );
        assert_eq!(inbox(town, asked)[0]["due_at"], "2026-11-22T12:00:00+08:00");
        town.app.clock.set("2026-11-22T12:00:00+08:00");
        assert_eq!(kinds_of(told(&|| assert_eq!(town.app.sweep(), 1))), ["offer_lapsed", "place_given"]);
        town.app.assert_verified();
    });
}

#[test]
fn who_applied_for_a_place_was_not_there_or_did_not_check_out_hears_of_it() {
    each_town("messages-attending", |town| {
        let leader = town.volunteer();
        let activity = town.recruiting(json!({ "leader": leader.id }));
        let position = town.position(&activity, 1, json!({ "selection": "selected" }));
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let apply = |volunteer: &Volunteer| id(&town.enrol(volunteer, &position, json!({})).created());
        let (applies, declined) = (apply(own), apply(other));
        let step = |enrolment: &str, step: &str, body: Value| {
            act(town, &leader.token, &format!("/v1/enrolments/{enrolment}/{step}"), body)
        };
        let reason = || json!({ "reason": "名额已满" });
        only_the_first(town, [own, other], "applicant_selected", || step(&applies, "select", json!({})));
        only_the_first(town, [other, own], "applicant_declined", || step(&declined, "decline", reason()));

        town.app.clock.set("2026-11-21T12:00:00+08:00");
        only_the_first(town, [own, other], "absence_marked", || step(&applies, "absent", json!({})));
        only_the_first(town, [own, other], "absence_excused", || step(&applies, "excuse", reason()));

        let open = town.recruiting(json!({
            "leader": leader.id,
            "window": { "start": "2026-11-21T13:00:00+08:00", "end": "2026-11-21T15:00:00+08:00" },
        }));
        town.app.clock.set("2026-11-21T13:00:00+08:00");
        let came = nobody(town, [own, other], || town.check(own, "in", &town.wall_code(&open, "in")).ok());
        town.app.clock.set("2026-11-21T15:30:00+08:00");
        let unfinished = || assert_eq!(town.app.sweep(), 1);
        let (message, ()) = only_the_first(town, [own, other], "attendance_unfinished", unfinished);
        assert_eq!(message["about"], json!({ "noun": "attendance", "id": came["id"] }));
        let complete = || {
            let ended = json!({ "ended_at": "2026-11-21T15:00:00+08:00" });
            act(town, &leader.token, &format!("/v1/attendances/{}/complete", id(&came)), ended)
        };
        only_the_first(town, [own, other], "attendance_completed", complete);
        town.app.assert_verified();
    });
}

#[test]
fn everybody_enrolled_hears_that_an_activity_moves_or_is_called_off() {
    each_town("messages-activity", |town| {
        let activity = town.recruiting(json!({}));
        let position = town.position(&activity, 1, json!({}));
        let (own, waits, other) = (&town.volunteer(), &town.volunteer(), &town.volunteer());
        for volunteer in [own, waits] {
            town.enrol(volunteer, &position, json!({ "wait": true })).created();
        }
        let path = format!("/v1/activities/{activity}");
        let shown = town.app.get(&path, &town.coordinator).ok();
        let put = |other: Value| {
            let details = json!({
                "name": shown["name"], "place": shown["place"], "window": shown["window"], "recruitment": told(),
            });
            town.app.put(&path, &town.coordinator, "*", merged(details, other)).ok();
        };
        let heard = |act: &dyn Fn()| {
            let (told, ()) = told_by(town, &[own, waits, other], act);
            told.iter().map(|messages| kinds(messages).join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(heard(&|| put(json!({ "headcount": 30 }))), ["", "", ""], "of what moves nobody");
        assert_eq!(
            heard(&|| put(json!({ "place": "白龟湖西岸" }))),
            ["activity_changed", "activity_changed", ""]
        );
        assert_eq!(inbox(town, own)[0]["about"], json!({ "noun": "activity", "id": activity }));
        let call_off = || {
            act(town, &town.coordinator, &format!("{path}/cancel"), json!({}));
        };
        assert_eq!(heard(&call_off), ["activity_cancelled", "activity_cancelled", ""]);
        town.app.assert_verified();
    });
}

#[test]
fn who_comes_in_by_another_way_than_before_hears_of_it() {
    each_town("messages-bindings", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        let bind = || wechat::bind(town, own, "o-messages");
        only_the_first(town, [own, other], "binding_made", bind);
        // A mini-program signs in whenever it is opened.
        nobody(town, [own, other], || wechat::sign_in(town.app, &wechat::a_code("o-messages")).ok());
        let bound = town.app.get("/v1/me/bindings", &own.token).ok()["items"][0].take();
        let end = || act(town, &town.coordinator, &format!("/v1/bindings/{}/end", id(&bound)), json!({}));
        let (message, _) = only_the_first(town, [own, other], "binding_ended", end);
        assert_eq!(message["about"], json!({ "noun": "binding", "id": bound["id"] }));

        let application = application_of(town, &town.person());
        let recognise = || {
            let path = format!("/v1/applications/{application}/recognise");
            act(town, &town.coordinator, &path, json!({ "volunteer": own.id }))
        };
        let (message, _) = only_the_first(town, [own, other], "applicant_recognised", recognise);
        assert_eq!(message["about"], json!({ "noun": "application", "id": application }));

        let person = town.person();
        let path = format!("/v1/applications/{}/confirm", application_of(town, &person));
        let confirmed = act(town, &town.coordinator, &path, json!({ "document": person["document"] }));
        let id = confirmed["volunteer"].as_str().unwrap().to_owned();
        let welcomed = Volunteer { token: town.app.volunteer_token(&id), id };
        assert_eq!(kinds(&inbox(town, &welcomed)), ["application_confirmed"]);
        town.app.assert_verified();
    });
}

#[test]
fn the_inbox_comes_in_pages_and_says_what_is_not_read() {
    each_town("messages-pages", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        for hour in 9..14 {
            town.serve(own, &format!("17T{hour:02}:00"), &format!("17T{:02}:00", hour + 1));
        }
        sign_in(town, own);
        sign_in(town, own);
        let all = inbox(town, own);
        assert_eq!(all.len(), 7);
        for limit in 1..4 {
            assert_eq!(town.app.all_pages("/v1/me/messages", &own.token, limit), all, "{limit} at a time");
        }
        assert_eq!((unread(town, own), unread(town, other)), (json!(7), json!(0)));

        let unread_pages = || town.app.all_pages("/v1/me/messages?unread=true", &own.token, 2);
        assert_eq!(unread_pages(), all);
        assert_eq!(read(town, &own.token, &all[4]["id"]).ok(), json!({ "unread": 4 }));
        assert_eq!(unread_pages(), all[..4]);
        let is_read: Vec<bool> =
            inbox(town, own).iter().map(|message| message["read"].as_bool().unwrap()).collect();
        assert_eq!(is_read, [false, false, false, false, true, true, true]);
        // Who had read further has still; between two sign-ins after one entry, too.
        assert_eq!(read(town, &own.token, &all[6]["id"]).ok()["unread"], 4);
        assert_eq!(read(town, &own.token, &all[1]["id"]).ok()["unread"], 1);
        assert_eq!(read(town, &own.token, &all[0]["id"]).ok()["unread"], 0);
        assert_eq!(unread_pages(), [] as [Value; 0]);

        read(town, &other.token, &all[0]["id"]).refused(404, "message_not_found");
        read(town, &own.token, &json!("9999999-1")).refused(404, "message_not_found");
        read(town, &own.token, &json!("0-1")).refused(422, "invalid_field");
        read(town, &town.coordinator, &all[0]["id"]).refused(403, "not_permitted");
        town.app.get("/v1/me/messages", &town.coordinator).refused(403, "not_permitted");
        town.app.get("/v1/me/messages?cursor=abc", &own.token).refused(400, "invalid_cursor");
    });
}

#[test]
fn a_message_is_told_in_the_language_that_is_asked_for_with_its_figures() {
    each_town("messages-words", |town| {
        let own = &town.volunteer();
        town.serve(own, "17T09:00", "17T11:00");
        let asked = |language: &str| {
            let call = town.app.call("GET", "/v1/me/messages").token(&own.token);
            call.header("Accept-Language", language).send()
        };
        let (english, chinese) = (asked("en"), asked("zh-CN"));
        assert_eq!((english.header("content-language"), chinese.header("content-language")), ("en", "zh-CN"));
        assert_eq!(
            english.ok()["items"][0]["text"],
            "A service record of yours was credited: 120 minutes, 2.00 points."
        );
        assert_eq!(chinese.ok()["items"][0]["text"], "您的一条服务记录已入账：时长 120 分钟，积分 2.00。");
    });
}

#[test]
fn what_somebody_was_told_goes_with_them_and_does_not_come_back() {
    each_town("messages-erasure", |town| {
        let registration = town.registration(&town.school);
        let registered = id(&town.app.post("/v1/volunteers", &town.admin, registration.clone()).created());
        let (own, other) =
            (&Volunteer { token: town.app.volunteer_token(&registered), id: registered }, &town.volunteer());
        let record = town.serve(own, "17T09:00", "17T11:00");
        town.serve(other, "17T09:00", "17T11:00");
        sign_in(town, own);
        let newest = inbox(town, own)[0]["id"].clone();
        read(town, &own.token, &newest).ok();
        town.leave(own);
        let rows =
            |table: &str| town.app.db().number(Sql::new(format!("SELECT COUNT(*) FROM {table}"))).unwrap();
        assert_eq!((rows("messages"), rows("inboxes")), (Some(1), Some(0)), "the other's is left");
        // Of what happens to their records afterwards nobody is told.
        town.void(&record);
        assert_eq!(rows("messages"), Some(1));

        let again = id(&town.app.post("/v1/volunteers", &town.admin, registration).created());
        assert_eq!(again, own.id);
        town.app.clock.advance(Duration::seconds(1));
        let back = &Volunteer { token: town.app.volunteer_token(&again), id: again };
        assert_eq!(inbox(town, back), [] as [Value; 0]);
        only_the_first(town, [back, other], "record_credited", || town.serve(back, "18T09:00", "18T11:00"));
        assert_eq!(unread(town, back), 1);
        town.app.assert_verified();
    });
}

#[test]
fn what_an_alias_was_told_is_the_persons() {
    each_town("messages-merged", |town| {
        let (earlier, later) = (&town.volunteer(), &town.volunteer());
        town.serve(later, "17T09:00", "17T11:00");
        let record = town.serve(later, "18T09:00", "18T11:00");
        let said = json!({ "into": earlier.id, "reason": "先后以护照和身份证登记" });
        let asked = act(town, &town.coordinator, &format!("/v1/volunteers/{}/merge", later.id), said);
        act(town, &town.colleague, &format!("/v1/merges/{}/confirm", id(&asked)), json!({}));
        assert_eq!(kinds(&inbox(town, earlier)), ["record_credited"; 2]);
        let certificate = town.certify(earlier);
        let (told, _) = told_by(town, &[earlier], || town.void(&record));
        assert_eq!(kinds(&told[0]), ["record_voided", "certificate_corrected"]);
        assert_eq!(told[0][1]["about"]["id"], certificate.id);
        let newest = inbox(town, earlier)[0]["id"].clone();
        assert_eq!(read(town, &earlier.token, &newest).ok()["unread"], 0);
        town.leave(earlier);
        assert_eq!(town.app.db().number(Sql::new("SELECT COUNT(*) FROM messages")).unwrap(), Some(0));
        town.app.assert_verified();
    });
}

#[test]
fn a_message_that_is_forged_changed_or_missing_is_found() {
    each_town("messages-forged", |town| {
        let (own, other) = (&town.volunteer(), &town.volunteer());
        town.serve(own, "17T09:00", "17T11:00");
        town.serve(own, "18T09:00", "18T11:00");
        sign_in(town, own);
        town.app.assert_verified();
        let number = other.id.parse::<hourbook::domain::ids::VolunteerId>().unwrap().seq().0;
        let forge = |sql: &str| {
            let rows = town.app.db().execute(Sql::new(sql.to_owned())).unwrap();
            assert!(rows > 0, "{sql}");
        };
        let differs = |words: &str| {
            let report = town.app.verify();
            assert!(report.named.iter().any(|what| what.contains(words)), "{words}: {:#?}", report.named);
        };
        forge(&format!(
            "INSERT INTO messages (entry, line, volunteer, kind, told_at) VALUES (2, 1, {number}, 'identity_changed', 1)"
        ));
        differs("messages 2/1: stored, but not in the journal");
        forge("DELETE FROM messages WHERE entry = 2");
        town.app.assert_verified();
        forge("UPDATE messages SET minutes = 600 WHERE kind = 'record_credited'");
        differs("minutes is 600, the journal says 120");
        forge("UPDATE messages SET minutes = 120 WHERE kind = 'record_credited'");
        town.app.assert_verified();
        forge("DELETE FROM messages WHERE kind = 'record_credited'");
        differs("in the journal, but not stored");
    });
}

#[test]
fn a_ledger_of_before_begins_to_tell_with_its_next_entry_and_nobody_puts_that_off() {
    each_town("messages-begin", |town| {
        let own = &town.volunteer();
        town.serve(own, "17T09:00", "17T11:00");
        // As after the migration of a ledger in which nobody was told of anything.
        let change = |sql: &'static str| town.app.db().execute(Sql::new(sql)).unwrap();
        change("DELETE FROM messages");
        change("UPDATE messages_begin SET entry = (SELECT MAX(seq) + 1 FROM entries)");
        let differs = || town.app.verify().named.iter().any(|what| what.contains("nobody vouches for that"));
        assert!(differs(), "no program with the keys has been there");
        let (mut db, vault) = (town.app.db(), vault());
        vouch_for_beginning(&mut db, &vault).unwrap();
        town.app.assert_verified();
        assert_eq!(inbox(town, own), [] as [Value; 0]);
        town.serve(own, "18T09:00", "18T11:00");
        assert_eq!(kinds(&inbox(town, own)), ["record_credited"]);
        assert!(town.app.verify().untold_up_to > 0);
        town.app.assert_verified();

        change("DELETE FROM messages");
        change("UPDATE messages_begin SET entry = (SELECT MAX(seq) + 1 FROM entries)");
        assert!(differs());
        change("UPDATE messages_begin SET seal = NULL, entry = entry - 1");
        vouch_for_beginning(&mut db, &vault).unwrap();
        assert!(differs(), "what was written since stands against it");
    });
}

#[test]
fn every_kind_is_told_in_one_of_these_tests() {
    let source = include_str!("messages.rs");
    let untold: BTreeSet<_> =
        MessageKind::VARIANTS.iter().filter(|kind| !source.contains(&format!("\"{kind}\""))).collect();
    assert_eq!(untold, BTreeSet::new());
}
