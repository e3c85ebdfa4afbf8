//! How volunteers come in (登录): with an activation code that the office gives, and by sessions of their own.

use crate::support::http::{Answer, id};
use crate::support::log_in::{access, log_out, refresh};
use crate::support::town::{Certificate, Town, Volunteer, each_town, merged};
use crate::support::wechat;
use chrono::Duration;
use serde_json::{Value, json};

fn give(town: &Town, token: &str, volunteer: &Volunteer) -> Answer {
    town.app.post(&format!("/v1/volunteers/{}/activation", volunteer.id), token, json!({}))
}

fn sign_in(town: &Town, number: &Value, code: &str) -> Answer {
    town.app.post("/v1/auth/activation", "", json!({ "number": number, "code": code }))
}

/// A code that the office has given: the volunteer number, and the code.
fn given(town: &Town, volunteer: &Volunteer) -> (Value, String) {
    let given = give(town, &town.coordinator, volunteer).ok();
    (given["number"].clone(), given["code"].as_str().unwrap().to_owned())
}

/// Another code of the same form.
fn wrong(code: &str) -> String {
    let first = if code.starts_with('0') { '1' } else { '0' };
    format!("{first}{}", &code[1..])
}

fn kinds_about(town: &Town, kind: &str) -> usize {
    town.app.all_pages(&format!("/v1/journal/entries?kind={kind}"), &town.admin, 50).len()
}

#[test]
fn a_code_lets_a_volunteer_in_once() {
    each_town("door-code", |town| {
        let volunteer = town.volunteer();
        let (number, code) = given(town, &volunteer);
        assert_eq!(code.len(), 14, "twelve characters in groups of four: {code}");
        let tokens = sign_in(town, &number, &code.to_lowercase().replace('-', " ")).ok();
        let me = town.app.get("/v1/me", access(&tokens)).ok();
        assert_eq!(
            (&me["actor"], &me["role"]),
            (&json!(format!("volunteer:{}", volunteer.id)), &json!("volunteer"))
        );
        let own = format!("/v1/volunteers/{}", volunteer.id);
        assert!(town.app.get(&own, access(&tokens)).ok()["person"]["name"].is_string());

        // The answer may have been lost.
        town.app.clock.advance(Duration::seconds(29));
        sign_in(town, &number, &code).ok();
        town.app.clock.advance(Duration::seconds(1));
        sign_in(town, &number, &code).refused(403, "activation_invalid");
        assert_eq!(kinds_about(town, "activation_used"), 2);
        town.app.assert_verified();
    });
}

#[test]
fn a_code_is_good_for_a_week_and_dies_of_five_tries_or_of_another_code() {
    each_town("door-end", |town| {
        let volunteer = town.volunteer();
        let (number, first) = given(town, &volunteer);
        let (_, second) = given(town, &volunteer);
        assert_ne!(first, second);
        sign_in(town, &number, &first).refused(403, "activation_invalid");
        // One try of five is spent; log-ins that fail are delayed besides, after as many.
        let wait = || town.app.clock.advance(Duration::minutes(20));
        for _ in 0..4 {
            wait();
            sign_in(town, &number, &wrong(&second)).refused(403, "activation_invalid");
        }
        wait();
        sign_in(town, &number, &second).refused(403, "activation_invalid");
        assert_eq!(kinds_about(town, "activation_failed"), 5);

        wait();
        let (_, third) = given(town, &volunteer);
        town.app.clock.advance(Duration::days(7));
        sign_in(town, &number, &third).refused(403, "activation_invalid");
        let (_, fourth) = given(town, &volunteer);
        town.app.clock.advance(Duration::days(7) - Duration::seconds(1));
        sign_in(town, &number, &fourth).ok();
    });
}

#[test]
fn guesses_at_codes_wait_and_nobody_learns_who_has_one() {
    each_town("door-guesses", |town| {
        let (with, without) = (town.volunteer(), town.volunteer());
        let (number, code) = given(town, &with);
        let other = give(town, &town.coordinator, &without).ok()["number"].clone();
        let mut unknown = sign_in(town, &json!("000000999999"), &code).refused(403, "activation_invalid");
        let mut known = sign_in(town, &number, &wrong(&code)).refused(403, "activation_invalid");
        let mut of_another = sign_in(town, &other, &code).refused(403, "activation_invalid");
        for problem in [&mut unknown, &mut known, &mut of_another] {
            problem.as_object_mut().unwrap().remove("instance");
        }
        assert_eq!((&unknown, &unknown), (&known, &of_another));
        for _ in 0..4 {
            sign_in(town, &number, &wrong(&code));
        }
        sign_in(town, &number, &code).refused(429, "too_many_requests");
        sign_in(town, &json!("12"), &code).refused(422, "invalid_field");
    });
}

#[test]
fn who_answers_for_a_volunteer_gives_the_code_and_nobody_else() {
    each_town("door-give", |town| {
        let volunteer = town.volunteer();
        give(town, &town.other_coordinator, &volunteer).refused(403, "outside_unit");
        give(town, &volunteer.token, &volunteer).refused(403, "not_permitted");
        give(town, &town.auditor, &volunteer).refused(403, "not_permitted");
        let (number, code) = given(town, &volunteer);
        // It is no part of what others are shown, nor of the journal.
        let shown = town.app.get(&format!("/v1/volunteers/{}", volunteer.id), &town.coordinator).ok();
        let journal = town.app.get("/v1/journal/entries?kind=activation_given", &town.admin).ok();
        for told in [shown, journal] {
            assert!(!told.to_string().contains(&code), "{told}");
        }
        town.leave(&volunteer);
        sign_in(town, &number, &code).refused(403, "activation_invalid");
        give(town, &town.coordinator, &volunteer).refused(409, "volunteer_closed");
    });
}

#[test]
fn a_volunteers_session_is_refreshed_listed_ended_and_over_after_ninety_days() {
    each_town("door-session", |town| {
        let volunteer = town.volunteer();
        let sign_in = || {
            let (number, code) = given(town, &volunteer);
            sign_in(town, &number, &code).ok()
        };
        let (first, second) = (sign_in(), sign_in());
        town.app.clock.advance(Duration::minutes(16));
        town.app.get("/v1/me", access(&first)).refused(401, "token_expired");
        let first = refresh(town.app, &first).ok();
        let listed = town.app.get("/v1/me/sessions", access(&first)).ok();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        let other = listed["items"].as_array().unwrap().iter().find(|session| session["current"] == false);
        let path = format!("/v1/me/sessions/{}/end", id(other.unwrap()));
        town.app.post(&path, access(&first), json!({})).expect(204);
        refresh(town.app, &second).refused(401, "refresh_token_invalid");
        let operators = town.app.get("/v1/me/sessions", &town.coordinator).ok();
        assert_eq!(operators["items"], json!([]), "everybody sees their own");

        let mut going_on = first;
        for _ in 0..15 {
            town.app.clock.advance(Duration::days(6) - Duration::seconds(80));
            going_on = refresh(town.app, &going_on).ok();
        }
        town.app.clock.advance(Duration::hours(1));
        refresh(town.app, &going_on).refused(401, "refresh_token_invalid");

        // Who has left is out at once.
        let last = sign_in();
        town.app.get("/v1/me", access(&last)).ok();
        town.leave(&volunteer);
        town.app.get("/v1/me", access(&last)).refused(403, "actor_disabled");
        refresh(town.app, &last).refused(401, "refresh_token_invalid");
        log_out(town.app, &last);
    });
}

/// The whole way of a volunteer, from `wx.login` to a certificate: what the person does goes by tokens that a sign-in gave,
/// what the office does by the coordinator's. Every figure is one that the service saw.
#[test]
fn from_wechat_to_a_certificate() {
    each_town("door-whole-way", |town| {
        let person = merged(town.person(), json!({ "name": "李小红" }));
        let own = becomes_a_volunteer(town, &person);
        let activity = town.recruiting(json!({
            "window": { "start": "2026-11-20T13:00:00+08:00", "end": "2026-11-20T16:00:00+08:00" },
        }));
        serves_as_the_service_sees_it(town, &own, &activity);

        let home = |own: &Volunteer| town.app.get("/v1/me/home", &own.token).ok();
        let own = signs_in(town, own);
        let shown = home(&own);
        assert_eq!(shown["pending"], json!({ "records": 1, "claimed_minutes": 185 }));
        assert_eq!((&shown["account"]["minutes"], &shown["unread_messages"]), (&json!(0), &json!(1)));
        let record = town.app.all_pages("/v1/service-records", &own.token, 10).remove(0);
        assert_eq!((&record["evidence"], &record["submitted_by"]), (&json!("scan"), &json!("system")));
        town.credit(&town.coordinator, &id(&record)).ok();
        let shown = home(&own);
        assert_eq!(
            (&shown["account"]["minutes"], &shown["account"]["minutes_by_grade"]["scan"]),
            (&json!(185), &json!(185))
        );
        assert_eq!(
            (&shown["account"]["points"]["available"], &shown["account"]["self_declared"]),
            (&json!("3.08"), &json!(0))
        );
        let told = town.app.get("/v1/me/messages", &own.token).ok();
        assert_eq!(
            (&told["items"][0]["kind"], &told["unread"]),
            (&json!("record_credited"), &json!(2)),
            "and the welcome"
        );
        let rating = json!({ "score": 5, "words": "收获很多" });
        town.app.post(&format!("/v1/activities/{activity}/ratings"), &own.token, rating).created();

        let gift = town.redeem(&own, &town.reward("2.50", 1));
        assert_eq!(home(&own)["gifts"][0]["pickup_code"], json!(gift.pickup_code));
        assert_eq!(town.points(&own), ["0.58", "2.50", "0.00"]);
        town.fulfil(&gift);
        assert_eq!(town.points(&own), ["0.58", "0.00", "0.00"]);

        let wish = json!({ "volunteer": own.id });
        let certificate = Certificate::of(&town.app.post("/v1/certificates", &own.token, wish).created());
        let path = format!("/v1/certificates/lookup?number={}&code={}", certificate.number, certificate.code);
        let looked_up = town.app.get(&path, "").ok();
        assert_eq!((&looked_up["credited_minutes"], &looked_up["state"]), (&json!(185), &json!("valid")));
        town.app.assert_verified();
    });
}

/// Signs in as nobody, applies, is confirmed by the office, and signs in as somebody.
fn becomes_a_volunteer(town: &Town, person: &Value) -> Volunteer {
    let wish = json!({ "ticket": wechat::ticket(town.app, OPENID), "unit": town.school, "person": person });
    let application = town.app.post("/v1/applications", "", wish).ok();
    let path = format!("/v1/applications/{}/confirm", id(&application));
    let seen = json!({ "document": person["document"] });
    let confirmed = town.app.post(&path, &town.coordinator, seen).ok();
    let volunteer = confirmed["volunteer"].as_str().unwrap().to_owned();
    signs_in(town, Volunteer { id: volunteer, token: String::new() })
}

/// With another code of `wx.login`: tokens are for a quarter of an hour.
fn signs_in(town: &Town, who: Volunteer) -> Volunteer {
    let tokens = wechat::sign_in(town.app, &wechat::a_code(OPENID)).ok();
    let me = town.app.get("/v1/me", access(&tokens)).ok();
    assert_eq!(me["actor"], json!(format!("volunteer:{}", who.id)));
    Volunteer { token: access(&tokens).to_owned(), ..who }
}

/// Takes a place, shows the wall code on coming, a quarter of an hour before it begins, and on going.
fn serves_as_the_service_sees_it(town: &Town, own: &Volunteer, activity: &str) {
    let position = town.position(activity, 1, json!({}));
    let place = town.enrol(own, &position, json!({})).created();
    assert_eq!(place["status"], "enrolled");
    town.app.clock.set("2026-11-20T12:45:00+08:00");
    let own = signs_in(town, Volunteer { id: own.id.clone(), token: String::new() });
    let came = town.check(&own, "in", &town.wall_code(activity, "in")).ok();
    assert_eq!(town.app.get("/v1/me/home", &own.token).ok()["attendance"]["id"], came["id"]);
    town.app.clock.set("2026-11-20T15:50:00+08:00");
    let own = signs_in(town, own);
    let went = town.check(&own, "out", &town.wall_code(activity, "out")).ok();
    assert_eq!((&went["status"], &went["no_record"]), (&json!("ended"), &Value::Null));
}

/// Who the volunteer is at WeChat.
const OPENID: &str = "o-whole-way";
