//! Signing in through WeChat: who is bound, how that begins and ends, and what comes of a WeChat that is slow, down or
//! wrong. WeChat is a stand-in on this machine that speaks its contract (`src/channels/wechat/stand_in`).

use crate::erasure::{everything_stored, files, found};
use crate::support::clock::TestClock;
use crate::support::database::{Database, Directory};
use crate::support::each_database;
use crate::support::http::{Answer, App, AppSettings, NOON, id};
use crate::support::log_in::{access, refresh};
use crate::support::operations::give_activation;
use crate::support::process::{Replica, Secrets};
use crate::support::town::{Town, Volunteer, each_town, merged};
use crate::support::wechat::{
    MINI_PROGRAM, OFFICIAL_ACCOUNT, SECRET, TestWechat, a_code, apps, bind, bind_by_code, bind_by_mobile,
    sign_in, sign_in_to, ticket,
};
use crate::support::writer::in_runtime;
use chrono::Duration;
use data_encoding::BASE64URL_NOPAD;
use hourbook::channels::wechat::{
    CodeVersion, MiniProgramCode, NoAnswer, SubscribeMessage, Suggestion, Wechat, WechatError, WordsScene,
};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use std::thread;

/// A volunteer of the school with this mobile number.
fn with_mobile(town: &Town, mobile: &str) -> Volunteer {
    let person = merged(town.registration(&town.school), json!({ "mobile": mobile }));
    let id = id(&town.app.post("/v1/volunteers", &town.admin, person).created());
    Volunteer { token: town.app.volunteer_token(&id), id }
}

fn bindings(town: &Town, volunteer: &Volunteer, token: &str) -> Vec<Value> {
    let answer = town.app.get(&format!("/v1/volunteers/{}/bindings", volunteer.id), token).ok();
    answer["items"].as_array().unwrap().clone()
}

fn end(app: &App, binding: &Value, token: &str) -> Answer {
    app.post(&format!("/v1/bindings/{}/end", id(binding)), token, json!({}))
}

/// The actor that tokens are of.
fn actor(app: &App, tokens: &Value) -> String {
    app.get("/v1/me", access(tokens)).ok()["actor"].as_str().unwrap().to_owned()
}

fn without_instance(mut problem: Value) -> Value {
    problem.as_object_mut().unwrap().remove("instance");
    problem
}

#[test]
fn who_is_bound_to_nobody_gets_a_ticket_binds_and_is_known_from_then_on() {
    each_town("wechat-way", |town| {
        let volunteer = with_mobile(town, "13912340001");
        let ticket = ticket(town.app, "o-wang");
        let tokens = bind_by_mobile(town.app, &ticket, "phone-13912340001").ok();
        assert_eq!(actor(town.app, &tokens), format!("volunteer:{}", volunteer.id));
        assert_eq!(town.app.get("/v1/me", access(&tokens)).ok()["role"], "volunteer");

        let again = sign_in(town.app, &a_code("o-wang")).ok();
        assert_eq!(actor(town.app, &again), format!("volunteer:{}", volunteer.id));
        let sessions = town.app.get("/v1/me/sessions", access(&again)).ok();
        assert_eq!(sessions["items"].as_array().unwrap().len(), 2);

        let own = town.app.get("/v1/me/bindings", access(&again)).ok();
        let binding = &own["items"][0];
        assert_eq!(
            (&binding["provider"], &binding["app"], &binding["bound_by"], &binding["ended_at"]),
            (&json!("wechat"), &json!(MINI_PROGRAM), &json!("mobile"), &Value::Null)
        );
        assert!(!own.to_string().contains("o-wang"), "who that is outside, is not shown");

        // Ended, nobody signs in by it, and what began with it ends; what began otherwise goes on.
        let other = bind(town, &volunteer, "o-wang-tablet");
        let ended = end(town.app, binding, access(&other)).ok();
        assert!(ended["ended_at"].is_string(), "{ended}");
        for tokens in [&tokens, &again] {
            town.app.get("/v1/me", access(tokens)).refused(401, "token_ended");
            refresh(town.app, tokens).refused(401, "refresh_token_invalid");
        }
        assert!(sign_in(town.app, &a_code("o-wang")).ok()["ticket"].is_string());
        town.app.get("/v1/me", access(&other)).ok();
        town.app.clock.advance(Duration::minutes(16));
        refresh(town.app, &other).ok();
        // Twice is no error, and no second entry.
        let twice = end(town.app, binding, &town.coordinator).ok();
        assert_eq!(twice["receipt"], ended["receipt"]);
        town.app.assert_verified();
    });
}

#[test]
fn what_wechat_refuses_has_a_code_each_and_what_is_no_answer_can_be_tried_again() {
    each_town("wechat-codes", |town| {
        for (code, status, expected, retry_after) in [
            ("used", 401, "wechat_code_invalid", None),
            ("wrong", 401, "wechat_code_invalid", None),
            ("ok-", 401, "wechat_code_invalid", None),
            ("blocked", 403, "wechat_user_blocked", None),
            ("often", 429, "wechat_too_often", Some("60")),
            ("busy", 503, "wechat_unavailable", Some("5")),
            ("html", 503, "wechat_unavailable", Some("5")),
            ("empty", 503, "wechat_unavailable", Some("5")),
            ("cut", 503, "wechat_unavailable", Some("5")),
            ("fault", 503, "wechat_unavailable", Some("5")),
            ("anonymous", 503, "wechat_unavailable", Some("5")),
        ] {
            let answer = sign_in(town.app, code);
            assert_eq!(
                answer.headers.get("retry-after").map(|value| value.to_str().unwrap()),
                retry_after,
                "{code}"
            );
            answer.refused(status, expected);
        }
        // A code is good once.
        assert!(sign_in(town.app, "ok-o-once").ok()["ticket"].is_string());
        sign_in(town.app, "ok-o-once").refused(401, "wechat_code_invalid");

        let unknown = sign_in_to(town.app, "wxnobodys", "ok-o-nobody").refused(422, "invalid_field");
        assert_eq!((&unknown["field"], &unknown["reason"]), (&json!("/app"), &json!("unknown")));

        let volunteer = with_mobile(town, "13800138000");
        let ticket = ticket(town.app, "o-li");
        for (code, status, expected) in [
            ("used", 401, "wechat_code_invalid"),
            ("wrong", 401, "wechat_code_invalid"),
            ("blocked", 403, "wechat_user_blocked"),
            ("often", 429, "wechat_too_often"),
            ("busy", 503, "wechat_unavailable"),
            ("html", 503, "wechat_unavailable"),
            ("empty", 503, "wechat_unavailable"),
            ("cut", 503, "wechat_unavailable"),
            ("fault", 503, "wechat_unavailable"),
            // Vouched for to another app.
            ("appid", 503, "wechat_unavailable"),
            ("phone-not-a-number", 503, "wechat_unavailable"),
        ] {
            bind_by_mobile(town.app, &ticket, code).refused(status, expected);
        }
        assert!(bindings(town, &volunteer, &town.coordinator).is_empty());
        bind_by_mobile(town.app, &ticket, "phone-13800138000").ok();
    });
}

#[test]
fn a_wechat_that_is_slow_or_down_keeps_nobody_else_waiting() {
    each_database("wechat-slow", |url| {
        let wechat = Arc::new(TestWechat::with_patience(std::time::Duration::from_millis(800)));
        let app = App::start_as(&url, AppSettings { wechat, ..AppSettings::default() });
        thread::scope(|scope| {
            let slow: Vec<_> = (0..12).map(|_| scope.spawn(|| sign_in(&app, "slow"))).collect();
            // All of its threads wait for WeChat; nobody else does.
            while !slow.iter().any(|asked| asked.is_finished()) {
                app.get("/v1/auth/jwks", "").ok();
            }
            for asked in slow {
                asked.join().unwrap().refused(503, "wechat_unavailable");
            }
        });
        assert!(sign_in(&app, "ok-o-after").ok()["ticket"].is_string());
    });
    each_database("wechat-down", |url| {
        let (gone, mut settings) = (TestWechat::start(), AppSettings::default());
        let nowhere = gone.stand_in.url().unwrap();
        drop(gone);
        settings.wechat = Arc::new(TestWechat::at(nowhere));
        let app = App::start_as(&url, settings);
        sign_in(&app, "ok-o-nobody").refused(503, "wechat_unavailable");
    });
}

#[test]
fn so_many_calls_wait_and_no_more() {
    let wechat = TestWechat::with_patience(std::time::Duration::from_secs(2));
    let clock = Arc::new(TestClock::at(NOON));
    let client = wechat.client(clock);
    let asked = in_runtime(async {
        let app = || MINI_PROGRAM.parse().unwrap();
        let calls: Vec<_> = (0..100).map(|_| client.identify(app(), "slow".to_owned())).collect();
        let mut answers = Vec::new();
        // Each is put into the queue before the first is answered.
        let mut calls: Vec<_> = calls.into_iter().map(Box::pin).collect();
        std::future::poll_fn(|context| {
            calls.retain_mut(|call| match call.as_mut().poll(context) {
                std::task::Poll::Ready(answer) => {
                    answers.push(answer);
                    false
                }
                std::task::Poll::Pending => true,
            });
            if calls.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        answers
    });
    let busy = asked.iter().filter(|answer| **answer == Err(WechatError::Busy)).count();
    assert!((30..=36).contains(&busy), "{busy} of 100 found no place");
    let late = asked.iter().filter(|answer| **answer == Err(NoAnswer::TimedOut.into())).count();
    assert_eq!(busy + late, 100);
}

#[test]
fn a_ticket_is_good_for_ten_minutes_and_nobody_reads_or_makes_one() {
    each_town("wechat-tickets", |town| {
        let volunteer = town.volunteer();
        let given = give_activation(town, &volunteer);
        let answer = sign_in(town.app, &a_code("o-reader")).ok();
        assert_eq!(answer["expires_at"], "2026-11-20T12:10:00+08:00");
        let whole = answer["ticket"].as_str().unwrap();
        let bytes = BASE64URL_NOPAD.decode(whole.as_bytes()).unwrap();
        for known in ["o-reader", MINI_PROGRAM, "wechat"] {
            assert!(!bytes.windows(known.len()).any(|part| part == known.as_bytes()), "{known}");
        }
        let refused = |ticket: &str| bind_by_code(town.app, ticket, &given).refused(401, "ticket_invalid");
        for place in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[place] ^= 1;
            refused(&BASE64URL_NOPAD.encode(&forged));
        }
        for wrong in [
            "x",
            "not a ticket",
            &whole[..whole.len() - 4],
            &format!("{whole}AAAA"),
            access(&json!({
                "access_token": town.coordinator,
            })),
        ] {
            if wrong.len() <= 1_024 {
                refused(wrong);
            }
        }
        town.app.clock.advance(Duration::minutes(10) - Duration::seconds(1));
        let other = ticket(town.app, "o-later");
        town.app.clock.advance(Duration::seconds(1));
        refused(whole);
        // The code was not spent by any of them.
        bind_by_code(town.app, &other, &given).ok();
    });
}

#[test]
fn a_ticket_binds_once_and_of_two_at_once_one_binds() {
    each_town("wechat-twice", |town| {
        let [one, other] = [(); 2].map(|()| town.volunteer());
        let first = ticket(town.app, "o-twice");
        let second = ticket(town.app, "o-twice");
        bind_by_code(town.app, &first, &give_activation(town, &one)).ok();
        let given = give_activation(town, &other);
        for ticket in [&first, &second] {
            bind_by_code(town.app, ticket, &given).refused(409, "binding_taken");
        }
        // What was refused did not spend the code.
        bind_by_code(town.app, &ticket(town.app, "o-another"), &given).ok();

        // A spent code is given the same answer again to who signs in, and binds nobody else.
        let third = town.volunteer();
        let given = give_activation(town, &third);
        bind_by_code(town.app, &ticket(town.app, "o-spends"), &given).ok();
        bind_by_code(town.app, &ticket(town.app, "o-comes-late"), &given).refused(403, "activation_invalid");

        for round in 0..10 {
            let volunteers = [(); 2].map(|()| town.volunteer());
            let given = volunteers.each_ref().map(|volunteer| give_activation(town, volunteer));
            let ticket = ticket(town.app, &format!("o-race-{round}"));
            let statuses = thread::scope(|scope| {
                let asked = given
                    .each_ref()
                    .map(|given| scope.spawn(|| bind_by_code(town.app, &ticket, given).status));
                asked.map(|asked| asked.join().unwrap())
            });
            let mut sorted = statuses;
            sorted.sort_unstable();
            assert_eq!(sorted, [200, 409], "round {round}");
            let bound =
                volunteers.each_ref().map(|volunteer| bindings(town, volunteer, &town.coordinator).len());
            assert_eq!(bound.map(|count| if count == 1 { 200 } else { 409 }), statuses);
        }
        town.app.assert_verified();
    });
}

#[test]
fn a_mobile_binds_if_exactly_one_volunteer_has_it_and_nobody_is_told_more() {
    each_town("wechat-mobiles", |town| {
        let parent = with_mobile(town, "13912345678");
        let child = json!({ "mobile": "13912345678", "name": "王小小" });
        let child = merged(town.registration(&town.school), child);
        let child = id(&town.app.post("/v1/volunteers", &town.admin, child).created());
        let child = Volunteer { token: town.app.volunteer_token(&child), id: child };
        let abroad = with_mobile(town, "+85212345678");
        let attempt = |openid: &str, code: &str| bind_by_mobile(town.app, &ticket(town.app, openid), code);
        let nobody = attempt("o-1", "phone-13999999999").refused(403, "binding_refused");
        let several = attempt("o-2", "phone-13912345678").refused(403, "binding_refused");
        assert_eq!(without_instance(nobody), without_instance(several));
        attempt("o-3", "phone-+85212345678").ok();
        assert_eq!(bindings(town, &abroad, &town.coordinator).len(), 1);

        // Who has left does not count any more; who has left for now does.
        town.leave(&child);
        let path = format!("/v1/volunteers/{}/deactivate", parent.id);
        town.app.post(&path, &town.coordinator, json!({})).ok();
        let tokens = attempt("o-4", "phone-13912345678.2").ok();
        assert_eq!(actor(town.app, &tokens), format!("volunteer:{}", parent.id));

        // An official account vouches for no mobile.
        let page = sign_in_to(town.app, OFFICIAL_ACCOUNT, "ok-o-page").ok();
        let of_page = page["ticket"].as_str().unwrap();
        let refused = bind_by_mobile(town.app, of_page, "phone-13912345678.3").refused(422, "invalid_field");
        assert_eq!(refused["field"], "/phone_code");
    });
}

#[test]
fn what_shows_which_volunteer_it_is_is_one_thing_or_the_other() {
    each_town("wechat-shown", |town| {
        let ticket = ticket(town.app, "o-shown");
        let ask = |other: Value| {
            let body = merged(json!({ "ticket": ticket }), other);
            town.app.post("/v1/auth/bindings", "", body)
        };
        for (other, field) in [
            (json!({}), "/phone_code"),
            (json!({ "number": "000000000009" }), "/activation_code"),
            (json!({ "activation_code": "7K3F-9QXA-52MD" }), "/number"),
        ] {
            assert_eq!(ask(other).refused(422, "missing_field")["field"], field);
        }
        let both = json!({ "phone_code": "phone-13800138000", "number": "000000000009" });
        assert_eq!(ask(both).refused(422, "invalid_field")["field"], "/phone_code");
    });
}

#[test]
fn apps_are_apart_and_an_official_account_signs_in_as_a_mini_program_does() {
    each_town("wechat-apps", |town| {
        let volunteer = town.volunteer();
        bind(town, &volunteer, "o-same");
        // The same text is somebody else's in another app.
        let page = sign_in_to(town.app, OFFICIAL_ACCOUNT, &a_code("o-same")).ok();
        let of_page = page["ticket"].as_str().unwrap();
        bind_by_code(town.app, of_page, &give_activation(town, &volunteer)).ok();
        let tokens = sign_in_to(town.app, OFFICIAL_ACCOUNT, &a_code("o-same")).ok();
        assert_eq!(actor(town.app, &tokens), format!("volunteer:{}", volunteer.id));
        let apps: Vec<Value> =
            bindings(town, &volunteer, &volunteer.token).iter().map(|one| one["app"].clone()).collect();
        assert_eq!(apps, [OFFICIAL_ACCOUNT, MINI_PROGRAM]);
    });
}

#[test]
fn who_is_the_volunteer_or_answers_for_them_ends_a_binding_and_nobody_else() {
    each_town("wechat-ends", |town| {
        let (volunteer, stranger) = (town.volunteer(), town.volunteer());
        let tokens = bind(town, &volunteer, "o-ends");
        let [binding] = <[Value; 1]>::try_from(bindings(town, &volunteer, &town.coordinator)).unwrap();
        end(town.app, &binding, &stranger.token).refused(403, "not_permitted");
        end(town.app, &binding, &town.other_coordinator).refused(403, "outside_unit");
        end(town.app, &binding, &town.auditor).refused(403, "not_permitted");
        end(town.app, &binding, "").refused(401, "token_invalid");
        let not_there = json!({ "id": "00000000-0001-8046-80e0-6d5a8d17e5a5" });
        town.app.post(&format!("/v1/bindings/{}/end", id(&not_there)), &town.admin, json!({})).expect(404);
        let of_another = format!("/v1/volunteers/{}/bindings", volunteer.id);
        town.app.get(&of_another, &stranger.token).refused(404, "volunteer_not_found");
        town.app.get(&of_another, &town.other_coordinator).refused(404, "volunteer_not_found");
        town.app.get(&of_another, &town.auditor).ok();
        town.app.get("/v1/me/bindings", &town.coordinator).refused(403, "not_permitted");
        town.app.get("/v1/me", access(&tokens)).ok();

        end(town.app, &binding, &town.coordinator).ok();
        town.app.get("/v1/me", access(&tokens)).refused(401, "token_ended");
        assert!(bindings(town, &volunteer, &town.coordinator).is_empty());
        // Bound again, it is another binding.
        bind(town, &volunteer, "o-ends");
        assert_ne!(id(&bindings(town, &volunteer, &town.coordinator)[0]), id(&binding));
        town.app.assert_verified();
    });
}

#[test]
fn nobody_has_more_than_ten_bindings() {
    each_town("wechat-many", |town| {
        let volunteer = town.volunteer();
        for number in 0..10 {
            bind(town, &volunteer, &format!("o-many-{number}"));
        }
        let (ticket, given) = (ticket(town.app, "o-many-10"), give_activation(town, &volunteer));
        bind_by_code(town.app, &ticket, &given).refused(409, "too_many_bindings");
        end(town.app, &bindings(town, &volunteer, &town.coordinator)[3], &volunteer.token).ok();
        bind_by_code(town.app, &ticket, &given).ok();
    });
}

#[test]
fn who_leaves_is_out_at_once_and_nothing_of_them_outside_is_left() {
    each_town("wechat-erasure", |town| {
        let volunteer = with_mobile(town, "13912340002");
        let marks = ["zqOpenidOfWho", "zqOpenidOfOther"].map(str::to_owned);
        let tokens = bind(town, &volunteer, &marks[0]);
        bind(town, &volunteer, &marks[1]);
        // It stands in clear nowhere, and encrypted in one place.
        assert_eq!(found(&marks, &everything_stored(town.app)), [] as [String; 0]);
        assert_eq!(found(&marks, &files(town.app)), [] as [String; 0]);
        let kept = |town: &Town| {
            town.app
                .db()
                .number(hourbook::store::sql::Sql::new("SELECT COUNT(*) FROM binding_subjects"))
                .unwrap()
        };
        assert_eq!(kept(town), Some(2));

        town.leave(&volunteer);
        assert_eq!(kept(town), Some(0));
        town.app.get("/v1/me", access(&tokens)).refused(403, "actor_disabled");
        refresh(town.app, &tokens).refused(401, "refresh_token_invalid");
        let first = ticket(town.app, &marks[0]);
        bind_by_mobile(town.app, &first, "phone-13912340002").refused(403, "binding_refused");
        // Who comes back has the same number, and no binding of before.
        let back = merged(
            town.registration(&town.school),
            json!({ "document": { "kind": "passport", "number": "E7654321" } }),
        );
        let known = id(&town.app.post("/v1/volunteers", &town.admin, back.clone()).created());
        let known = Volunteer { token: town.app.volunteer_token(&known), id: known };
        bind(town, &known, "o-returns");
        town.leave(&known);
        let again = id(&town.app.post("/v1/volunteers", &town.admin, back).created());
        assert_eq!(again, known.id);
        assert!(bindings(town, &known, &town.coordinator).is_empty());
        assert!(sign_in(town.app, &a_code("o-returns")).ok()["ticket"].is_string());
        town.app.assert_verified();
    });
}

#[test]
fn the_binding_of_a_merged_number_signs_in_as_the_person() {
    each_town("wechat-merged", |town| {
        let (earlier, later) = (town.volunteer(), town.volunteer());
        bind(town, &later, "o-merged");
        bind(town, &earlier, "o-earlier");
        let said = json!({ "into": earlier.id, "reason": "同一人" });
        let asked =
            town.app.post(&format!("/v1/volunteers/{}/merge", later.id), &town.coordinator, said).created();
        town.app.post(&format!("/v1/merges/{}/confirm", id(&asked)), &town.colleague, json!({})).ok();
        for openid in ["o-merged", "o-earlier"] {
            let tokens = sign_in(town.app, &a_code(openid)).ok();
            assert_eq!(actor(town.app, &tokens), format!("volunteer:{}", earlier.id));
        }
        let of_both = bindings(town, &earlier, &earlier.token);
        assert_eq!(of_both.len(), 2);
        let of_later = of_both.iter().find(|binding| binding["volunteer"] == later.id).unwrap();
        end(town.app, of_later, &earlier.token).ok();
        assert!(sign_in(town.app, &a_code("o-merged")).ok()["ticket"].is_string());
        town.leave(&earlier);
        assert!(sign_in(town.app, &a_code("o-earlier")).ok()["ticket"].is_string());
        town.app.assert_verified();
    });
}

#[test]
fn guesses_wait_and_floods_are_slowed() {
    each_town("wechat-floods", |town| {
        let volunteer = town.volunteer();
        let (ticket, given) = (ticket(town.app, "o-guess"), give_activation(town, &volunteer));
        let wrong = json!({ "number": given["number"], "code": "0000-0000-0000" });
        for _ in 0..5 {
            bind_by_code(town.app, &ticket, &wrong).refused(403, "activation_invalid");
        }
        bind_by_code(town.app, &ticket, &wrong).refused(429, "too_many_requests");
        // Five wrong tries, and the code is dead.
        town.app.clock.advance(Duration::minutes(5));
        bind_by_code(town.app, &ticket, &given).refused(403, "activation_invalid");

        let refused =
            (0..400).map(|_| sign_in(town.app, "used")).find(|answer| answer.status == 429).unwrap();
        assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
        refused.refused(429, "too_many_requests");
        town.app.clock.advance(Duration::seconds(1));
        sign_in(town.app, "used").refused(401, "wechat_code_invalid");
    });
}

#[test]
fn replicas_take_each_others_tickets_and_bindings() {
    let database = Database::postgres("wechat-replicas");
    let clock = Arc::new(TestClock::at(NOON));
    let wechat = Arc::new(TestWechat::start());
    let replica = || {
        let (clock, wechat) = (clock.clone(), wechat.clone());
        App::start_as(database.url(), AppSettings { clock, wechat, ..AppSettings::default() })
    };
    let (one, other) = (replica(), replica());
    let town = Town::found(&one);
    let (first, second) = (town.volunteer(), town.volunteer());
    for round in 0..10 {
        let given = [&first, &second].map(|volunteer| give_activation(&town, volunteer));
        let openid = format!("o-replicas-{round}");
        let ticket = ticket(&one, &openid);
        let mut statuses = thread::scope(|scope| {
            let asked = [(&one, &given[0]), (&other, &given[1])]
                .map(|(app, given)| scope.spawn(|| bind_by_code(app, &ticket, given).status));
            asked.map(|asked| asked.join().unwrap())
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
        // Neither has too many.
        let tokens = sign_in(&other, &a_code(&openid)).ok();
        let own = other.get("/v1/me/bindings", access(&tokens)).ok();
        assert_eq!(own["items"].as_array().unwrap().len(), 1, "{own}");
        end(&one, &own["items"][0], &town.coordinator).ok();
        // At once where a token is exchanged, and within seconds where one is shown.
        refresh(&other, &tokens).refused(401, "refresh_token_invalid");
        other.keep_sessions();
        other.get("/v1/me", access(&tokens)).refused(401, "token_ended");
        assert!(sign_in(&other, &a_code(&openid)).ok()["ticket"].is_string());
    }
    one.assert_verified();
}

#[test]
fn a_token_of_an_app_is_fetched_once_and_again_where_it_is_over_or_refused() {
    each_town("wechat-token", |town| {
        let app = MINI_PROGRAM.parse().unwrap();
        let calls = || town.app.wechat.stand_in.token_calls(&app);
        let ticket = ticket(town.app, "o-token");
        let mut number = 0;
        let mut ask = || {
            number += 1;
            bind_by_mobile(town.app, &ticket, &format!("phone-1390000000{number}"))
                .refused(403, "binding_refused");
        };
        assert_eq!(calls(), 0, "signing in takes none");
        ask();
        ask();
        assert_eq!(calls(), 1);
        town.app.wechat.stand_in.end_tokens(&app);
        ask();
        ask();
        assert_eq!(calls(), 2, "refused as stale, it is fetched again, once");
    });
    let (wechat, clock) = (TestWechat::start(), Arc::new(TestClock::at(NOON)));
    let (client, app) = (wechat.client(clock.clone()), MINI_PROGRAM.parse().unwrap());
    let ask =
        || client.calls().check_words(&app, &"o".parse().unwrap(), WordsScene::Comment, "谢谢").unwrap();
    ask();
    clock.advance(Duration::seconds(7_100));
    ask();
    assert_eq!(wechat.stand_in.token_calls(&app), 1);
    clock.advance(Duration::seconds(100));
    ask();
    assert_eq!(wechat.stand_in.token_calls(&app), 2);
    // Many at once share one.
    wechat.stand_in.end_tokens(&app);
    thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(ask))));
    assert_eq!(wechat.stand_in.token_calls(&app), 3);
}

#[test]
fn neither_secrets_nor_codes_nor_who_signs_in_stand_in_the_log() {
    let (database, secrets, wechat) = (Database::sqlite("wechat-log"), Secrets::new(), TestWechat::start());
    let folder = Directory::new("wechat-secrets");
    let app = |kind: &str, id: &str, secret: &str| {
        let file = folder.path().join(id);
        fs::write(&file, format!("{secret}\n")).unwrap();
        format!("{kind}:{id}:{}", file.display())
    };
    let apps = [
        app("mini-program", MINI_PROGRAM, SECRET),
        app("official-account", OFFICIAL_ACCOUNT, "zqWrongSecret"),
    ];
    let url = wechat.stand_in.url().unwrap().to_string();
    let options = ["--wechat-app", &apps.join(","), "--wechat-api-url", &url];
    let replica = Replica::with(database.url(), &secrets, &options);
    let ticket = ticket(&replica, "zqOpenid");
    for code in ["used", "zqCode", "html", "cut", "busy", "blocked", "fault", "anonymous"] {
        sign_in(&replica, code);
        bind_by_mobile(&replica, &ticket, code);
    }
    bind_by_mobile(&replica, &ticket, "phone-13977700099").refused(403, "binding_refused");
    sign_in_to(&replica, OFFICIAL_ACCOUNT, "ok-zqOpenid").refused(503, "wechat_unavailable");
    let (status, log) = replica.stop();
    assert!(status.success(), "{log}");
    assert!(log.contains("a sign-in failed") && log.contains("40125"), "{log}");
    for told in [SECRET, "zq", &ticket, "13977700099", "c2Vzc2lvbiBrZXkgMTYgYg", "token-1-of", "rid: "] {
        assert!(!log.contains(told), "{told} stands in the log: {log}");
    }
}

#[test]
fn codes_messages_and_words_go_by_wechats_rules() {
    let (wechat, clock) = (TestWechat::start(), Arc::new(TestClock::at(NOON)));
    let client = wechat.client(clock.clone());
    let (calls, app) = (client.calls(), MINI_PROGRAM.parse().unwrap());

    let picture = |scene: &str, page: &str| {
        let code =
            MiniProgramCode { scene: scene.to_owned(), page: page.to_owned(), version: CodeVersion::Release };
        calls.mini_program_code(&app, &code)
    };
    assert!(picture(&"a".repeat(32), "pages/check-in/index").unwrap().starts_with(&[0xff, 0xd8]));
    for (scene, page, errcode) in [
        (&*"a".repeat(33), "pages/check-in/index", 40_169),
        ("a b", "pages/check-in/index", 40_129),
        ("a", "/pages/check-in/index", 41_030),
    ] {
        assert_eq!(picture(scene, page), Err(WechatError::Refused { errcode }));
    }

    wechat.stand_in.add_template("told", &["thing1", "time2"]);
    let send = |fields: &[(&str, &str)], template: &str| {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (to, template) = ("o-reader".parse().unwrap(), template.to_owned());
        calls
            .send(&app, &SubscribeMessage { to, template, page: Some("pages/home/index".to_owned()), fields })
    };
    let good = [("thing1", "我爱白龟湖"), ("time2", "2026年11月21日 09:00")];
    let refused = |errcode| Err(WechatError::Refused { errcode });
    assert_eq!(send(&good, "told"), refused(43_101), "nobody accepted it");
    wechat.stand_in.accept("o-reader", "told");
    assert_eq!(send(&[("thing1", ""), good[1]], "told"), refused(47_003));
    assert_eq!(send(&good, "unknown"), refused(40_037));
    assert_eq!(send(&good, "told"), Ok(()));
    assert_eq!(send(&good, "told"), refused(43_101), "one accept, one message");
    assert_eq!(wechat.stand_in.sent().len(), 1);

    let suggested = |words: &str| calls.check_words(&app, &"o".parse().unwrap(), WordsScene::Comment, words);
    assert_eq!(suggested("谢谢"), Ok(Suggestion::Pass));
    assert_eq!(suggested("to be review"), Ok(Suggestion::Review));
    assert_eq!(suggested("risky"), Ok(Suggestion::Risky));

    // An official account has none of these, and a wrong secret opens nothing.
    let page = OFFICIAL_ACCOUNT.parse().unwrap();
    assert_eq!(
        calls.check_words(&page, &"o".parse().unwrap(), WordsScene::Log, "x"),
        Err(WechatError::UnknownApp)
    );
    let others = apps()
        .into_iter()
        .map(|app| hourbook::channels::wechat::App { secret: "wrong".parse().unwrap(), ..app });
    let patience = std::time::Duration::from_secs(5);
    let other = Wechat::start(wechat.stand_in.url().unwrap(), others.collect(), patience, clock).unwrap();
    let wrong = WechatError::Refused { errcode: 40_125 };
    assert_eq!(other.calls().identify(&app, "ok-o"), Err(wrong));
    assert_eq!(other.calls().mobile(&app, &"o".parse().unwrap(), "phone-13800138000"), Err(wrong));
}
