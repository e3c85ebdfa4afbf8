//! Sessions: how a refresh token is exchanged, what a lost answer costs, when a session is over, and whom all that holds up.

use crate::support::each_database;
use crate::support::http::{Answer, App};
use crate::support::log_in::{PASSWORD, access, coordinator, log_in, log_out, refresh};
use crate::support::town::{Town, each_town};
use crate::support::writer::options;
use chrono::Duration;
use hourbook::store::Db;
use hourbook::store::DbUrl;
use hourbook::store::sql::Sql;
use serde_json::{Value, json};

fn wait(town: &Town, seconds: i64) {
    town.app.clock.advance(Duration::seconds(seconds));
}

#[track_caller]
fn too_early(answer: Answer) -> i64 {
    let seconds = answer.header("retry-after").parse().unwrap();
    answer.refused(429, "too_many_requests");
    seconds
}

fn kept(app: &App) -> i64 {
    app.db_of_sessions().number(Sql::new("SELECT COUNT(*) FROM sessions")).unwrap().unwrap()
}

#[test]
fn a_lost_answer_is_had_again_for_half_a_minute() {
    each_town("sessions-lost", |town| {
        let first = coordinator(town, "zhao").1;
        let second = refresh(town.app, &first).ok();
        for seconds in [0, 4, 25] {
            wait(town, seconds);
            let again = refresh(town.app, &first).ok();
            assert_eq!(again["refresh_token"], second["refresh_token"]);
            town.app.get("/v1/volunteers", access(&again)).ok();
        }
        refresh(town.app, &second).ok();

        // After that it is a copy.
        let first = log_in(town.app, "zhao", PASSWORD).ok();
        let second = refresh(town.app, &first).ok();
        wait(town, 30);
        refresh(town.app, &first).refused(401, "refresh_token_invalid");
        refresh(town.app, &second).refused(401, "refresh_token_invalid");
        town.app.get("/v1/volunteers", access(&second)).refused(401, "token_ended");
    });
}

#[test]
fn a_spent_token_whose_successor_was_used_is_a_copy_at_once() {
    each_town("sessions-copy", |town| {
        let first = coordinator(town, "zhao").1;
        let elsewhere = log_in(town.app, "zhao", PASSWORD).ok();
        let second = refresh(town.app, &first).ok();
        wait(town, 5);
        let third = refresh(town.app, &second).ok();
        refresh(town.app, &first).refused(401, "refresh_token_invalid");
        for ended in [&second, &third] {
            refresh(town.app, ended).refused(401, "refresh_token_invalid");
            town.app.get("/v1/volunteers", access(ended)).refused(401, "token_ended");
        }
        let next = refresh(town.app, &elsewhere).ok();
        town.app.get("/v1/volunteers", access(&next)).ok();
    });
}

#[test]
fn a_session_is_refreshed_every_five_seconds_at_most() {
    each_town("sessions-pause", |town| {
        let first = coordinator(town, "zhao").1;
        let second = refresh(town.app, &first).ok();
        assert_eq!(too_early(refresh(town.app, &second)), 5);
        wait(town, 4);
        assert_eq!(too_early(refresh(town.app, &second)), 1);
        // A lost answer is no refresh.
        assert_eq!(refresh(town.app, &first).ok()["refresh_token"], second["refresh_token"]);
        wait(town, 1);
        let third = refresh(town.app, &second).ok();
        assert_ne!(third["refresh_token"], second["refresh_token"]);
    });
}

#[test]
fn who_exchanges_a_token_many_times_at_once_gets_one_successor() {
    each_town("sessions-race", |town| {
        let first = coordinator(town, "zhao").1;
        let (app, first) = (town.app, &first);
        let answers: Vec<Value> = std::thread::scope(|scope| {
            let racers: Vec<_> = (0..8).map(|_| scope.spawn(move || refresh(app, first).ok())).collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|tokens| tokens["refresh_token"] == answers[0]["refresh_token"]));
        wait(town, 5);
        refresh(app, &answers[0]).ok();
    });
}

/// Somebody holds the lock under which the ledger is written, and somebody that of the sessions.
#[test]
fn sessions_and_the_ledger_hold_each_other_up_nowhere() {
    each_town("sessions-locks", |town| {
        let first = coordinator(town, "zhao").1;
        let mut ledger = town.app.db();
        ledger.begin().unwrap();
        if let Db::Postgres(_) = ledger {
            ledger.query(Sql::new("SELECT last_seq FROM journal_head FOR UPDATE")).unwrap();
        }
        let second = refresh(town.app, &first).ok();
        let elsewhere = log_in(town.app, "zhao", PASSWORD).ok();
        log_out(town.app, &elsewhere);
        ledger.rollback();

        let mut sessions = town.app.db_of_sessions();
        sessions.begin().unwrap();
        sessions.execute(Sql::new("UPDATE sessions SET valid_from = valid_from")).unwrap();
        town.app.post("/v1/volunteers", access(&second), town.registration(&town.school)).created();
        sessions.rollback();
        town.app.assert_verified();
    });
}

#[test]
fn what_is_over_is_forgotten() {
    each_town("sessions-forgotten", |town| {
        let first = coordinator(town, "zhao").1;
        refresh(town.app, &first).ok();
        log_out(town.app, &log_in(town.app, "zhao", PASSWORD).ok());
        let successors = "SELECT COUNT(*) FROM sessions WHERE successor IS NOT NULL";
        let count = |sql| town.app.db_of_sessions().number(Sql::new(sql)).unwrap();
        assert_eq!((town.app.keep_sessions(), kept(town.app), count(successors)), (0, 2, Some(1)));
        wait(town, 61);
        assert_eq!((town.app.keep_sessions(), kept(town.app), count(successors)), (0, 2, Some(0)));
        town.app.clock.advance(Duration::minutes(20));
        assert_eq!((town.app.keep_sessions(), kept(town.app)), (1, 1), "that which was ended");
        town.app.clock.advance(Duration::days(8));
        assert_eq!((town.app.keep_sessions(), kept(town.app)), (1, 0));
        refresh(town.app, &first).refused(401, "refresh_token_invalid");
    });
}

#[test]
fn a_session_ends_a_week_after_its_last_refresh_and_a_month_after_it_began() {
    each_town("sessions-end", |town| {
        let idle = coordinator(town, "zhao").1;
        let mut used = log_in(town.app, "zhao", PASSWORD).ok();
        for _ in 0..4 {
            town.app.clock.advance(Duration::days(7) - Duration::seconds(1));
            used = refresh(town.app, &used).ok();
            assert_eq!(used["expires_in"], 900);
        }
        refresh(town.app, &idle).refused(401, "refresh_token_invalid");
        // The last access token ends with it, too.
        town.app.clock.advance(Duration::days(2) - Duration::seconds(56));
        used = refresh(town.app, &used).ok();
        assert_eq!(used["expires_in"], 60);
        wait(town, 60);
        town.app.get("/v1/volunteers", access(&used)).refused(401, "token_expired");
        refresh(town.app, &used).refused(401, "refresh_token_invalid");
        log_in(town.app, "zhao", PASSWORD).ok();
    });
}

#[test]
fn after_logout_access_tokens_are_refused_too() {
    each_town("sessions-logout", |town| {
        let (here, elsewhere) = (coordinator(town, "zhao").1, log_in(town.app, "zhao", PASSWORD).ok());
        let later = refresh(town.app, &here).ok();
        log_out(town.app, &here);
        for ended in [&here, &later] {
            town.app.get("/v1/volunteers", access(ended)).refused(401, "token_ended");
            let registration = town.registration(&town.school);
            let refused = town.app.post("/v1/volunteers", access(ended), registration);
            assert!(refused.header("www-authenticate").contains("invalid_token"));
            refused.refused(401, "token_ended");
            refresh(town.app, ended).refused(401, "refresh_token_invalid");
        }
        town.app.get("/v1/volunteers", access(&elsewhere)).ok();

        // A process that starts knows it, and with PostgreSQL a replica hears of it.
        let another = App::start_with(&town.app.url, &town.app.clock, &options());
        another.keep_sessions();
        another.get("/v1/volunteers", access(&later)).refused(401, "token_ended");
        another.get("/v1/volunteers", access(&elsewhere)).ok();
    });
}

#[test]
fn the_own_sessions_are_listed_and_ended() {
    each_town("sessions-own", |town| {
        let first = coordinator(town, "zhao").1;
        wait(town, 60);
        let second = log_in(town.app, "zhao", PASSWORD).ok();
        let (_, foreign) = coordinator(town, "qian");
        wait(town, 5);
        let refreshed = refresh(town.app, &first).ok();
        let list = |tokens: &Value| town.app.get("/v1/me/sessions", access(tokens)).ok()["items"].clone();
        let items = list(&refreshed);
        let [newer, older] = items.as_array().unwrap().as_slice() else { panic!("{items}") };
        assert_eq!((&newer["current"], &older["current"]), (&json!(false), &json!(true)));
        assert_eq!(older["started_at"], "2026-11-20T12:00:00+08:00");
        assert_eq!(older["refreshed_at"], "2026-11-20T12:01:05+08:00");
        assert_eq!(older["expires_at"], "2026-11-27T12:01:05+08:00");
        assert_eq!(older["ends_at"], "2026-12-20T12:00:00+08:00");
        assert_eq!(
            (&newer["refreshed_at"], &newer["started_at"]),
            (&Value::Null, &json!("2026-11-20T12:01:00+08:00"))
        );
        assert_eq!(list(&second)[0]["current"], true);

        let end = |tokens: &Value, id: &Value| {
            let path = format!("/v1/me/sessions/{}/end", id.as_str().unwrap());
            town.app.call("POST", &path).token(access(tokens)).send()
        };
        for unknown in ["0".repeat(32), "x".to_owned(), "0".repeat(31)] {
            end(&refreshed, &json!(unknown)).refused(404, "session_not_found");
        }
        end(&foreign, &newer["id"]).refused(404, "session_not_found");
        end(&refreshed, &newer["id"]).expect(204);
        end(&refreshed, &newer["id"]).expect(204);
        town.app.get("/v1/me/sessions", access(&second)).refused(401, "token_ended");
        refresh(town.app, &second).refused(401, "refresh_token_invalid");
        assert_eq!(list(&refreshed).as_array().unwrap().len(), 1);
        end(&refreshed, &older["id"]).expect(204);
        town.app.get("/v1/me", access(&refreshed)).refused(401, "token_ended");
        assert_eq!(list(&foreign).as_array().unwrap().len(), 1);
    });
}

#[test]
fn sessions_that_were_ended_from_above_are_listed_no_more() {
    each_town("sessions-above", |town| {
        coordinator(town, "zhao");
        let operator = town.app.get("/v1/operators", &town.admin).ok()["items"][0]["id"].clone();
        let end = format!("/v1/operators/{}/end-sessions", operator.as_str().unwrap());
        town.app.post(&end, &town.admin, json!({})).ok();
        let fresh = log_in(town.app, "zhao", PASSWORD).ok();
        let items = town.app.get("/v1/me/sessions", access(&fresh)).ok()["items"].clone();
        assert_eq!(items.as_array().unwrap().len(), 1, "{items}");
        // A token that was made by hand is of no session, and sees and ends them.
        let by_hand = town.app.operator_token(operator.as_str().unwrap(), "coordinator", Some(&town.school));
        let seen = town.app.get("/v1/me/sessions", &by_hand).ok()["items"].clone();
        assert_eq!((&seen[0]["id"], &seen[0]["current"]), (&items[0]["id"], &json!(false)));
        let path = format!("/v1/me/sessions/{}/end", items[0]["id"].as_str().unwrap());
        town.app.call("POST", &path).token(&by_hand).send().expect(204);
        town.app.get("/v1/me", access(&fresh)).refused(401, "token_ended");
        town.app.get("/v1/me", &by_hand).ok();
    });
}

/// A stolen database has no token of use: neither the one that is good nor what its successor will be.
#[test]
fn a_thief_of_the_database_refreshes_nothing() {
    each_database("sessions-thief", |url| {
        let app = App::start(&url);
        let town = Town::found(&app);
        let (_, first) = coordinator(&town, "zhao");
        let second = refresh(&app, &first).ok();
        let row =
            app.db_of_sessions().query(Sql::new("SELECT token, spent, successor FROM sessions")).unwrap();
        let row = format!("{row:?}");
        for tokens in [&first, &second] {
            let text = tokens["refresh_token"].as_str().unwrap();
            let bytes =
                base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text).unwrap();
            let secret = format!("{:?}", &bytes[16..]);
            assert!(!row.contains(secret.trim_matches(['[', ']'])), "{row}");
        }
        if let DbUrl::Sqlite(_) = url {
            let in_ledger = app.db().number(Sql::new("SELECT COUNT(*) FROM sessions")).unwrap();
            assert_eq!(in_ledger, Some(0), "they stand in a file of their own");
        }
    });
}
