//! Attendance (签到签退): what the service itself saw, and the record that follows from it.

use crate::support::http::id;
use crate::support::recruiting::told;
use crate::support::refusals;
use crate::support::town::{Town, Volunteer, each_town, merged};
use chrono::Duration;
use hourbook::domain::Command;
use hourbook::domain::attendance::LeaveUnfinished;
use hourbook::engine::Request;
use serde_json::{Value, json};
use std::thread;

/// An activity that is about to begin, from half past twelve to half past two on Friday, with a leader.
fn about_to_begin(town: &Town, other: Value) -> (String, Volunteer) {
    let leader = town.volunteer();
    let window = json!({ "start": "2026-11-20T12:30:00+08:00", "end": "2026-11-20T14:30:00+08:00" });
    (town.recruiting(merged(json!({ "window": window, "leader": leader.id }), other)), leader)
}

fn own_code(town: &Town, volunteer: &Volunteer) -> String {
    town.app.get("/v1/me/check-code", &volunteer.token).ok()["code"].as_str().unwrap().to_owned()
}

fn scan(
    town: &Town,
    leader: &str,
    activity: &str,
    direction: &str,
    code: &str,
) -> crate::support::http::Answer {
    let body = json!({ "code": code, "direction": direction });
    town.app.post(&format!("/v1/activities/{activity}/scans"), leader, body)
}

fn record(town: &Town, attendance: &Value) -> Value {
    let record = attendance["record"].as_str().unwrap_or_else(|| panic!("no record: {attendance}"));
    town.app.get(&format!("/v1/service-records/{record}"), &town.coordinator).ok()
}

fn advance(town: &Town, minutes: i64) {
    town.app.clock.advance(Duration::minutes(minutes));
}

#[test]
fn a_wall_code_brings_one_in_and_out_and_the_record_follows() {
    each_town("attendance-wall", |town| {
        let (activity, leader) = about_to_begin(town, json!({}));
        let position = town.position(&activity, 5, json!({}));
        let (volunteer, stranger) = (town.volunteer(), town.volunteer());
        let place = id(&town.enrol(&volunteer, &position, json!({})).created());
        let code = town.wall_code(&activity, "in");
        town.check(&stranger, "in", &code).refused(409, "not_enrolled");
        let tree = json!({ "code": "ELSEWHERE", "name": "别处", "kind": "school" });
        let foreign = town.volunteer_of(&id(&town.app.post("/v1/units", &town.admin, tree).created()));
        town.check(&foreign, "in", &code).refused(404, "activity_not_found");
        let came = town.check(&volunteer, "in", &code).ok();
        assert_eq!((&came["status"], &came["checked_in_by"]), (&json!("open"), &json!("wall_code")));
        assert_eq!(came["checked_in_at"], "2026-11-20T12:00:00+08:00");
        assert_eq!(came["enrolment"], json!(place));
        assert_eq!(town.enrolment(&place)["status"], "attended");
        let shown = town.app.get(&format!("/v1/activities/{activity}"), &leader.token).ok();
        assert_eq!(shown["present"], 1);

        advance(town, 95);
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!(
            (&went["status"], &went["checked_out_at"]),
            (&json!("ended"), &json!("2026-11-20T13:35:00+08:00"))
        );
        let record = record(town, &went);
        assert_eq!(
            (&record["claimed_minutes"], &record["evidence"], &record["status"], &record["submitted_by"]),
            (&json!(95), &json!("scan"), &json!("submitted"), &json!("system"))
        );
        assert_eq!(record["self_declared"], false);
        // Nobody's word is needed but that of who credits it; it earns.
        let credited = town.credit(&town.coordinator, record["id"].as_str().unwrap()).ok();
        assert_eq!((&credited["credited_minutes"], credited["lot"].is_string()), (&json!(95), true));
        town.app.assert_verified();
    });
}

#[test]
fn a_code_is_good_for_its_activity_its_direction_and_its_minute() {
    each_town("attendance-codes", |town| {
        let (activity, leader) = about_to_begin(town, json!({}));
        let (other, _) = about_to_begin(town, json!({}));
        let (one, two) = (town.volunteer(), town.volunteer());
        let code = town.wall_code(&activity, "in");
        town.check(&one, "out", &code).refused(409, "check_code_of_other_direction");
        let mut altered = code.clone().into_bytes();
        altered[20] = if altered[20] == b'A' { b'B' } else { b'A' };
        for wrong in
            [String::from_utf8(altered).unwrap(), "x".into(), code[..30].into(), own_code(town, &two)]
        {
            town.check(&one, "in", &wrong).refused(422, "check_code_wrong");
        }
        let body = json!({ "code": code, "activity": other });
        town.app.post("/v1/check-ins", &one.token, body).refused(422, "check_code_wrong");
        scan(town, &leader.token, &activity, "in", &code).refused(422, "check_code_wrong");

        // The same code again is the same attendance; of another person it is their own.
        let first = town.check(&one, "in", &code).ok();
        assert_eq!(town.check(&one, "in", &code).ok()["id"], first["id"]);
        assert_ne!(town.check(&two, "in", &code).ok()["id"], first["id"]);
        let elsewhere = town.check(&one, "in", &town.wall_code(&other, "in")).refused(409, "attendance_open");
        assert_eq!((&elsewhere["attendance"], &elsewhere["activity"]), (&first["id"], &json!(activity)));

        let three = town.volunteer();
        town.app.clock.advance(Duration::seconds(59));
        town.check(&three, "in", &code).ok();
        town.app.clock.advance(Duration::seconds(2));
        town.check(&town.volunteer(), "in", &code).refused(409, "check_code_expired");
        // What was answered is answered again, whatever the time.
        let went = |key: &str, code: &str| {
            town.app
                .call("POST", "/v1/check-outs")
                .token(&one.token)
                .key(key)
                .json(json!({ "code": code }))
                .send()
        };
        let out = town.wall_code(&activity, "out");
        let ended = went("out-1", &out).ok();
        advance(town, 2);
        assert_eq!(went("out-1", &out).ok(), ended);
        went("out-2", &out).refused(409, "check_code_expired");
        assert_eq!(
            went("out-3", &town.wall_code(&activity, "out")).ok()["id"],
            first["id"],
            "of a moment ago"
        );
        advance(town, 6);
        went("out-4", &town.wall_code(&activity, "out")).refused(409, "attendance_not_open");
        town.app.assert_verified();
    });
}

#[test]
fn who_shows_a_code_before_signing_in_has_five_minutes() {
    each_town("attendance-shown", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let (volunteer, slow) = (town.volunteer(), town.volunteer());
        let code = town.wall_code(&activity, "in");
        let show = |code: &str| town.app.post("/v1/check-codes/shown", "", json!({ "code": code }));
        let shown = show(&code).ok();
        assert_eq!((&shown["activity"], &shown["direction"]), (&json!(activity), &json!("in")));
        assert_eq!(shown["good_until"], "2026-11-20T12:05:00+08:00");
        let noted = shown["code"].as_str().unwrap();
        town.app.clock.advance(Duration::seconds(290));
        show(&code).refused(409, "check_code_expired");
        let came = town.check(&volunteer, "in", noted).ok();
        assert_eq!(came["checked_in_at"], "2026-11-20T12:00:00+08:00", "when it was shown");
        town.app.clock.advance(Duration::seconds(11));
        town.check(&slow, "in", noted).refused(409, "check_code_expired");
        show("AAAA").refused(422, "check_code_wrong");
    });
}

#[test]
fn a_code_that_was_kept_from_before_one_came_lets_nobody_out() {
    each_town("attendance-kept", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let volunteer = town.volunteer();
        let shown = |code: &str| {
            let answer = town.app.post("/v1/check-codes/shown", "", json!({ "code": code })).ok();
            answer["code"].as_str().unwrap().to_owned()
        };
        let out = shown(&town.wall_code(&activity, "out"));
        town.app.clock.advance(Duration::seconds(1));
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
        town.check(&volunteer, "out", &out).refused(409, "check_code_expired");
        advance(town, 60);
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!(record(town, &went)["claimed_minutes"], 60);
        town.app.assert_verified();
    });
}

#[test]
fn what_a_phone_says_of_its_position_is_a_position_or_refused() {
    each_town("attendance-position", |town| {
        let fence = json!({ "latitude": 33.757, "longitude": 113.2, "radius_metres": 200 });
        let other = json!({ "fence": fence, "position_is_enough": true });
        let (activity, _) = about_to_begin(town, json!({ "recruitment": merged(told(), other) }));
        let volunteer = town.volunteer();
        let check = |other: Value| {
            let body = merged(json!({ "activity": activity }), other);
            town.app.post("/v1/check-ins", &volunteer.token, body)
        };
        check(json!({})).refused(409, "position_needed");
        let off_earth = json!({ "latitude": 91.0, "longitude": 113.2, "accuracy": 5 });
        let refused = check(json!({ "position": off_earth })).refused(422, "invalid_field");
        assert_eq!(refused["reason"], "out_of_range");
        let here = json!({ "latitude": 33.757, "longitude": 113.2, "accuracy": 0 });
        assert_eq!(check(json!({ "position": here })).ok()["checked_in_by"], "position");
    });
}

#[test]
fn the_leader_scans_who_stands_there_and_lets_them_in() {
    each_town("attendance-scan", |town| {
        let (activity, leader) = about_to_begin(town, json!({}));
        town.position(&activity, 5, json!({}));
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let code = own_code(town, &volunteer);
        scan(town, &other.token, &activity, "in", &code).refused(403, "not_permitted");
        scan(town, &town.other_coordinator, &activity, "in", &code).refused(403, "outside_unit");
        scan(town, &leader.token, &activity, "in", &own_code(town, &leader))
            .refused(422, "attendance_of_own");
        let path = format!("/v1/activities/{activity}/check-code?direction=in");
        town.app.get(&path, &other.token).refused(404, "activity_not_found");
        town.app.get(&path, &town.other_coordinator).refused(404, "activity_not_found");
        town.app.get(&path, &leader.token).ok();

        // A walk-in, whom nobody has to enrol first.
        let came = scan(town, &leader.token, &activity, "in", &code).ok();
        assert_eq!((&came["checked_in_by"], &came["enrolment"]), (&json!("leader_scan"), &json!(null)));
        assert_eq!(came["checked_in_actor"], json!(format!("volunteer:{}", leader.id)));
        advance(town, 30);
        let went = scan(town, &leader.token, &activity, "out", &own_code(town, &volunteer)).ok();
        assert_eq!(record(town, &went)["evidence"], "scan");
        assert_eq!(record(town, &went)["submitted_by"], "system");
        let listed = |token: &str| {
            town.app.all_pages(&format!("/v1/attendances?activity={activity}"), token, 10).len()
        };
        assert_eq!(
            [&leader.token, &volunteer.token, &other.token, &town.auditor].map(|token| listed(token)),
            [1, 1, 0, 1]
        );

        // A leader who was taken off sees and does nothing any more.
        let shown = town.app.get(&format!("/v1/activities/{activity}"), &town.coordinator).ok();
        let details = json!({
            "name": shown["name"], "place": shown["place"], "window": { "start": "2026-11-20T12:30:00+08:00", "end": "2026-11-20T14:30:00+08:00" },
            "recruitment": told(),
        });
        town.app.put(&format!("/v1/activities/{activity}"), &town.coordinator, "*", details).ok();
        scan(town, &leader.token, &activity, "in", &own_code(town, &volunteer)).refused(403, "not_permitted");
        assert_eq!(listed(&leader.token), 0);
        town.app.assert_verified();
    });
}

#[test]
fn a_called_roll_is_the_leaders_word_and_somebody_else_credits_it() {
    each_town("attendance-roll", |town| {
        town.demand_two_persons();
        let (activity, _) = about_to_begin(town, json!({}));
        let (one, two) = (town.volunteer(), town.volunteer());
        let call = |direction: &str, volunteers: Value| {
            let body = json!({ "direction": direction, "volunteers": volunteers });
            town.app.post(&format!("/v1/activities/{activity}/roll-call"), &town.coordinator, body).ok()
        };
        let came = call("in", json!([one.id, two.id]));
        assert_eq!(came["items"][1]["attendance"]["checked_in_by"], "roll_call");
        advance(town, 45);
        // One goes by the wall code, one by the roll: both are the word of who called it.
        let scanned = town.check(&one, "out", &town.wall_code(&activity, "out")).ok();
        let called = call("out", json!([two.id, one.id]));
        for attendance in [&scanned, &called["items"][0]["attendance"]] {
            let record = record(town, attendance);
            assert_eq!((&record["evidence"], &record["claimed_minutes"]), (&json!("leader"), &json!(45)));
            assert_ne!(record["submitted_by"], "system");
            let path = record["id"].as_str().unwrap();
            town.credit(&town.coordinator, path).refused(422, "second_person_needed");
            town.credit(&town.colleague, path).ok();
        }
        assert_eq!(called["items"][1]["attendance"]["id"], scanned["id"], "who has gone has gone");
        town.app.assert_verified();
    });
}

#[test]
fn the_fence_counts_what_a_position_may_be_off_by_against_who_claims_it() {
    each_town("attendance-fence", |town| {
        let fence = json!({ "latitude": 33.757, "longitude": 113.2, "radius_metres": 200 });
        let (activity, leader) =
            about_to_begin(town, json!({ "recruitment": merged(told(), json!({ "fence": fence })) }));
        let (volunteer, shy) = (town.volunteer(), town.volunteer());
        let check_in = |position: Value| {
            let body = json!({ "code": town.wall_code(&activity, "in"), "position": position });
            town.app.post("/v1/check-ins", &volunteer.token, body)
        };
        let at = |latitude: f64, accuracy: f64| json!({ "latitude": latitude, "longitude": 113.2, "accuracy": accuracy });
        check_in(json!(null)).refused(409, "position_needed");
        check_in(at(33.758, 89.0)).refused(409, "outside_fence");
        check_in(at(33.757, 100.5)).refused(409, "position_too_coarse");
        check_in(at(33.757, -1.0)).refused(409, "position_too_coarse");
        check_in(at(90.0, 5.0)).refused(409, "outside_fence");
        for nonsense in [
            json!({ "latitude": 90.1, "longitude": 0, "accuracy": 1 }),
            json!({ "latitude": "33", "longitude": 0, "accuracy": 1 }),
        ] {
            check_in(nonsense).expect(422);
        }
        town.app
            .post(
                "/v1/check-ins",
                &volunteer.token,
                json!({ "activity": activity, "position": at(33.757, 5.0) }),
            )
            .refused(409, "position_not_enough");
        let came = check_in(at(33.758, 88.0)).ok();
        assert_eq!(came["status"], "open");
        let entries = town.app.all_pages("/v1/journal/entries?kind=checked_in", &town.admin, 10);
        let event = entries[0]["event"].to_string();
        assert!(event.contains("\"accuracy_metres\":88"), "{event}");
        assert!(!event.contains("33.7") && !event.contains("latitude"), "no position is kept: {event}");
        // Who gives no position shows their own code to who is in charge.
        scan(town, &leader.token, &activity, "in", &own_code(town, &shy)).ok();
        town.app.assert_verified();
    });
}

#[test]
fn where_position_is_enough_it_is_weaker_evidence() {
    each_town("attendance-geo", |town| {
        let fence = json!({ "latitude": 33.757, "longitude": 113.2, "radius_metres": 200 });
        let recruitment = merged(told(), json!({ "fence": fence, "position_is_enough": true }));
        let (activity, _) = about_to_begin(town, json!({ "recruitment": recruitment }));
        let volunteer = town.volunteer();
        let here = json!({ "latitude": 33.757, "longitude": 113.2, "accuracy": 12.4 });
        let came = json!({ "activity": activity, "position": here });
        assert_eq!(town.app.post("/v1/check-ins", &volunteer.token, came).ok()["checked_in_by"], "position");
        advance(town, 61);
        let went = json!({ "code": town.wall_code(&activity, "out"), "position": here });
        let went = town.app.post("/v1/check-outs", &volunteer.token, went).ok();
        let record = record(town, &went);
        assert_eq!((&record["evidence"], &record["claimed_minutes"]), (&json!("geo"), &json!(61)));
        town.app.post("/v1/check-ins", &volunteer.token, json!({})).refused(422, "check_code_wrong");
        town.app.assert_verified();
    });
}

#[test]
fn one_comes_in_time_and_who_forgets_to_go_has_no_minutes_until_the_leader_says() {
    each_town("attendance-times", |town| {
        let (activity, leader) = about_to_begin(town, json!({}));
        let [one, two, three] = [(); 3].map(|()| town.volunteer());
        town.app.clock.advance(Duration::seconds(-1));
        let early =
            town.check(&one, "in", &town.wall_code(&activity, "in")).refused(409, "check_in_too_early");
        assert_eq!(early["ends_at"], "2026-11-20T12:00:00+08:00");
        town.app.clock.advance(Duration::seconds(1));
        let came = town.check(&one, "in", &town.wall_code(&activity, "in")).ok();
        town.check(&two, "in", &town.wall_code(&activity, "in")).ok();
        advance(town, 150);
        town.check(&three, "in", &town.wall_code(&activity, "in")).refused(409, "attendance_over");
        advance(town, 29);
        // Out until half an hour after the end.
        let went = town.check(&two, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!(record(town, &went)["claimed_minutes"], 179);
        assert_eq!(town.app.sweep(), 0);
        let leave = Command::LeaveUnfinished(LeaveUnfinished { attendance: id(&came).parse().unwrap() });
        let too_early = town.app.ledger().submit_blocking(Request::of_system(leave));
        refusals::expect_within(too_early, "attendance_not_over");
        advance(town, 1);
        town.check(&one, "out", &town.wall_code(&activity, "out")).refused(409, "attendance_over");
        assert_eq!(town.app.sweep(), 1);
        let path = format!("/v1/attendances/{}", id(&came));
        let unfinished = town.app.get(&path, &one.token).ok();
        assert_eq!((&unfinished["status"], &unfinished["record"]), (&json!("unfinished"), &json!(null)));

        let complete = |token: &str, at: &str| {
            town.app.post(&format!("{path}/complete"), token, json!({ "ended_at": at }))
        };
        complete(&one.token, "2026-11-20T14:00:00+08:00").refused(403, "not_permitted");
        complete(&leader.token, "2026-11-20T14:30:01+08:00").refused(422, "completion_invalid");
        complete(&leader.token, "2026-11-20T12:00:00+08:00").refused(422, "completion_invalid");
        // Ten working days after Friday, 20 November.
        town.app.clock.set("2026-12-05T00:00:00+08:00");
        complete(&leader.token, "2026-11-20T14:00:00+08:00").refused(409, "completion_too_late");
        town.app.clock.set("2026-12-04T23:59:00+08:00");
        let completed = complete(&leader.token, "2026-11-20T14:00:00+08:00").ok();
        let record = record(town, &completed);
        assert_eq!((&record["evidence"], &record["claimed_minutes"]), (&json!("leader"), &json!(120)));
        assert_eq!(record["submitted_by"], json!(format!("volunteer:{}", leader.id)));
        assert_eq!(record["late"], false);
        complete(&leader.token, "2026-11-20T14:00:00+08:00").refused(409, "attendance_not_unfinished");
        town.app.assert_verified();
    });
}

#[test]
fn at_most_three_times_a_day_and_under_a_minute_there_is_no_record() {
    each_town("attendance-often", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let volunteer = town.volunteer();
        for round in 0..3 {
            town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
            town.app.clock.advance(Duration::seconds(if round == 0 { 59 } else { 60 }));
            let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
            let no_record = if round == 0 { json!("under_a_minute") } else { json!(null) };
            assert_eq!((&went["no_record"], went["record"].is_null()), (&no_record, round == 0));
            town.app.clock.advance(Duration::seconds(1));
        }
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).refused(409, "checked_in_too_often");
        town.app.assert_verified();
    });
}

#[test]
fn who_goes_has_gone_whatever_stands_against_their_minutes() {
    each_town("attendance-overlap", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let volunteer = town.volunteer();
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
        advance(town, 60);
        town.submit(&volunteer, "20T12:10", "20T12:50");
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!((&went["status"], &went["no_record"]), (&json!("ended"), &json!("overlaps")));
        town.app.assert_verified();
    });
}

#[test]
fn an_activity_where_people_are_present_is_neither_called_off_nor_moved_away_from_them() {
    each_town("attendance-moved", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
        advance(town, 60);
        let path = format!("/v1/activities/{activity}");
        let held = |start: &str, end: &str| {
            let window = json!({ "start": format!("2026-11-20T{start}:00+08:00"), "end": format!("2026-11-20T{end}:00+08:00") });
            let details =
                json!({ "name": "我爱白龟湖", "place": "白龟湖", "window": window, "recruitment": told() });
            town.app.put(&path, &town.coordinator, "*", details)
        };
        town.app
            .post(&format!("{path}/cancel"), &town.coordinator, json!({}))
            .refused(409, "activity_has_present");
        held("13:30", "14:30").refused(409, "activity_has_present");
        held("12:30", "12:59").refused(409, "activity_has_present");
        town.close(&volunteer, &volunteer.token, json!({ "forfeits_points": "0", "abandons_records": 0 }))
            .refused(409, "volunteer_is_present");
        // It rains: it ends now. Who is there goes with what they served.
        held("12:30", "13:00").ok();
        town.check(&other, "in", &town.wall_code(&activity, "in")).refused(409, "attendance_over");
        advance(town, 10);
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!(record(town, &went)["claimed_minutes"], 70);
        town.app.assert_verified();
    });
}

#[test]
fn two_phones_of_one_person_are_one_attendance() {
    each_town("attendance-phones", |town| {
        let (activity, _) = about_to_begin(town, json!({}));
        let volunteer = town.volunteer();
        let code = town.wall_code(&activity, "in");
        let check_in = || id(&town.check(&volunteer, "in", &code).ok());
        let ids: Vec<String> = thread::scope(|scope| {
            let phones: Vec<_> = (0..4).map(|_| scope.spawn(check_in)).collect();
            phones.into_iter().map(|phone| phone.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|attendance| *attendance == ids[0]), "{ids:?}");
        assert_eq!(town.app.all_pages("/v1/journal/entries?kind=checked_in", &town.admin, 10).len(), 1);
    });
}

#[test]
fn service_past_midnight_is_one_record_of_the_day_on_which_it_began() {
    each_town("attendance-midnight", |town| {
        let window = json!({ "start": "2026-11-20T22:00:00+08:00", "end": "2026-11-21T02:00:00+08:00" });
        let activity = town.recruiting(json!({ "window": window }));
        let volunteer = town.volunteer();
        town.app.clock.set("2026-11-20T23:30:00+08:00");
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
        advance(town, 90);
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        let record = record(town, &went);
        assert_eq!((&record["service_date"], &record["claimed_minutes"]), (&json!("2026-11-20"), &json!(90)));
        town.app.assert_verified();
    });
}

#[test]
fn what_the_service_saw_is_credited_by_itself_where_the_unit_above_says_so() {
    each_town("attendance-credited", |town| {
        let policy = |token: &str, unit: &str, credits: Value| {
            town.crediting_policy(token, unit, json!({ "credits_seen": credits }))
        };
        let notice = format!("/v1/units/{}/notice-policy", town.school);
        town.app.post(&notice, &town.coordinator, json!({ "working_days": 3 })).ok();
        let (activity, leader) = about_to_begin(town, json!({}));
        let [seen, objected, called] = [(); 3].map(|()| town.volunteer());
        for volunteer in [&seen, &objected] {
            town.check(volunteer, "in", &town.wall_code(&activity, "in")).ok();
        }
        roll(town, &leader, &activity, "in", &called);
        advance(town, 120);
        let [of_seen, of_objected] = [&seen, &objected].map(|volunteer| {
            let went = town.check(volunteer, "out", &town.wall_code(&activity, "out")).ok();
            went["record"].as_str().unwrap().to_owned()
        });
        roll(town, &leader, &activity, "out", &called);
        let objection = town.object(&called.token, &of_objected);
        let status = |record: &str| {
            let path = format!("/v1/service-records/{record}");
            town.app.get(&path, &town.coordinator).ok()
        };

        // Nobody said so yet; a unit does not say so itself; and while the notice runs, nothing is credited.
        policy(&town.coordinator, &town.school, json!(true)).refused(403, "crediting_policy_from_above");
        policy(&town.district_coordinator, &town.school, json!(true)).ok();
        let shown =
            town.app.get(&format!("/v1/units/{}/crediting-policy", town.school), &town.coordinator).ok();
        assert_eq!(
            (&shown["credits_seen"], &shown["credits_seen_set_for"]),
            (&json!(true), &json!(town.school))
        );
        assert_eq!(town.app.sweep(), 0);
        let ends_at = status(&of_seen)["notice_ends_at"].as_str().unwrap().to_owned();
        town.app.clock.set(&ends_at);
        assert_eq!(town.app.sweep(), 1, "what was objected to waits, and so does a roll that was called");
        let credited = status(&of_seen);
        assert_eq!(
            (&credited["status"], &credited["credited_minutes"], &credited["decided_by"]),
            (&json!("credited"), &json!(120), &json!("system"))
        );
        assert_eq!((credited["lot"].is_string(), &credited["credited_alone"]), (true, &json!(false)));
        assert_eq!(town.points(&seen)[0], "2.00");
        assert_eq!(status(&of_objected)["status"], "submitted");

        let dismiss = format!("/v1/objections/{objection}/dismiss");
        town.app.post(&dismiss, &town.coordinator, json!({ "reason": "签到记录无误" })).ok();
        policy(&town.district_coordinator, &town.school, json!(false)).ok();
        assert_eq!(town.app.sweep(), 0, "the unit's own word goes before that of those above");
        policy(&town.district_coordinator, &town.school, Value::Null).ok();
        policy(&town.admin, &town.bureau, json!(true)).ok();
        assert_eq!(town.app.sweep(), 1, "as the nearest above says");
        assert_eq!(status(&of_objected)["status"], "credited");
        town.app.assert_verified();
    });
}

/// Who is in charge says that somebody comes, or goes.
fn roll(town: &Town, leader: &Volunteer, activity: &str, direction: &str, whom: &Volunteer) {
    let path = format!("/v1/activities/{activity}/roll-call");
    let body = json!({ "direction": direction, "volunteers": [whom.id] });
    town.app.post(&path, &leader.token, body).ok();
}

#[test]
fn a_long_day_waits_for_who_approves_it_though_the_service_saw_it() {
    each_town("attendance-long-day", |town| {
        town.crediting_policy(&town.admin, &town.bureau, json!({ "credits_seen": true })).ok();
        let window = json!({ "start": "2026-11-20T12:00:00+08:00", "end": "2026-11-20T22:00:00+08:00" });
        let activity = town.recruiting(json!({ "window": window }));
        let volunteer = town.volunteer();
        town.check(&volunteer, "in", &town.wall_code(&activity, "in")).ok();
        advance(town, 8 * 60 + 1);
        let went = town.check(&volunteer, "out", &town.wall_code(&activity, "out")).ok();
        assert_eq!(town.app.sweep(), 0);
        let record = went["record"].as_str().unwrap();
        town.credit(&town.coordinator, record).refused(422, "approval_needs_parent_unit");
        town.credit(&town.district_coordinator, record).ok();
        town.app.assert_verified();
    });
}
