//! Positions and enrolment (岗位, 报名): who gets a place, who waits, and what becomes of a place that is given up.

use crate::support::http::id;
use crate::support::recruiting::told;
use crate::support::refusals;
use crate::support::town::{Town, Volunteer, each_town, merged};
use chrono::Duration;
use hourbook::domain::Command;
use hourbook::domain::enrolment::LapseOffer;
use hourbook::domain::position::FillPosition;
use hourbook::engine::Request;
use serde_json::{Value, json};
use std::thread;

fn volunteers(town: &Town, count: usize) -> Vec<Volunteer> {
    (0..count).map(|_| town.volunteer()).collect()
}

fn status(town: &Town, enrolment: &str) -> String {
    town.enrolment(enrolment)["status"].as_str().unwrap().to_owned()
}

/// Places of a position: taken, offered, waited for, free.
fn places(town: &Town, position: &str) -> [i64; 4] {
    let shown = town.app.get(&format!("/v1/positions/{position}"), &town.coordinator).ok();
    ["taken", "offered", "waiting", "free"].map(|name| shown[name].as_i64().unwrap())
}

#[test]
fn what_recruits_tells_enough_before_anybody_sees_it() {
    each_town("enrol-told", |town| {
        let activity = town
            .recruiting(json!({ "draft": true, "place": null, "recruitment": { "content": "捡拾垃圾" } }));
        let path = format!("/v1/activities/{activity}");
        let volunteer = town.volunteer();
        town.app.get(&path, &volunteer.token).refused(404, "activity_not_found");
        town.app.get(&path, &town.other_coordinator).refused(404, "activity_not_found");
        assert_eq!(town.app.get(&path, &town.coordinator).ok()["draft"], true);
        let listed = |token: &str| {
            let all = town.app.all_pages("/v1/activities", token, 50);
            all.iter().any(|item| item["id"] == json!(activity))
        };
        assert!(!listed(&volunteer.token) && listed(&town.coordinator));

        let publish = || town.app.post(&format!("{path}/publish"), &town.coordinator, json!({}));
        let refused = publish().refused(409, "recruitment_incomplete");
        assert_eq!(refused["missing"], json!(["place", "risks", "safeguards", "contact"]));
        let draft = town.app.get(&path, &town.coordinator).ok();
        let details = json!({ "name": draft["name"], "place": "白龟湖", "window": draft["window"], "recruitment": told() });
        town.app.put(&path, &town.coordinator, "*", details.clone()).ok();
        // A position of a draft is seen by nobody else.
        let position = town.position(&activity, 1, json!({}));
        town.app
            .get(&format!("/v1/positions/{position}"), &volunteer.token)
            .refused(404, "position_not_found");
        town.enrol(&volunteer, &position, json!({})).refused(404, "position_not_found");
        let enrolled = json!({ "volunteer": volunteer.id, "consent": "本人同意" });
        town.app
            .post(&format!("/v1/positions/{position}/enrolments"), &town.coordinator, enrolled)
            .refused(409, "activity_is_draft");
        publish().ok();
        publish().refused(409, "activity_published");
        assert!(listed(&volunteer.token));
        town.enrol(&volunteer, &position, json!({})).created();

        // What was published goes on telling it.
        let less = merged(details, json!({ "recruitment": { "content": "捡拾垃圾" } }));
        town.app.put(&path, &town.coordinator, "*", less).refused(409, "recruitment_incomplete");
        let silent = town.activity_of(&town.school, json!({}));
        town.add_position(&silent, json!({ "name": "捡拾组", "places": 1 }))
            .refused(409, "recruitment_incomplete");
        town.app.assert_verified();
    });
}

#[test]
fn what_recruitment_tells_is_sound_and_names_no_person() {
    each_town("enrol-sound", |town| {
        let recruit = |other: Value| {
            let window = json!({ "start": "2026-11-21T09:00:00+08:00", "end": "2026-11-21T12:00:00+08:00" });
            let activity = json!({
                "programme": town.programme, "unit": town.school, "name": "我爱白龟湖", "place": "白龟湖", "window": window,
                "recruitment": merged(told(), other),
            });
            town.app.post("/v1/activities", &town.coordinator, activity)
        };
        for contact in ["王老师 13800000000", "王老师 138 0000 0000", "１３８－００００－００００"]
        {
            recruit(json!({ "contact": contact })).refused(422, "recruitment_personal");
        }
        recruit(json!({ "opens_at": "2026-11-21T08:00:00+08:00", "closes_at": "2026-11-21T08:00:00+08:00" }))
            .refused(422, "enrolment_times_invalid");
        recruit(json!({ "closes_at": "2026-11-21T12:00:01+08:00" })).refused(422, "enrolment_times_invalid");
        recruit(json!({ "position_is_enough": true })).refused(422, "fence_invalid");
        let fence = |latitude: Value, radius: i64| json!({ "fence": { "latitude": latitude, "longitude": 113.2, "radius_metres": radius } });
        for (latitude, radius) in
            [(json!(90.5), 200), (json!("33"), 200), (json!(33.7), 99), (json!(33.7), 5001)]
        {
            recruit(fence(latitude, radius)).expect(422);
        }
        let shown = recruit(fence(json!(33.757_1), 200)).created();
        assert_eq!(
            shown["recruitment"]["fence"],
            json!({ "latitude": 33.757_1, "longitude": 113.2, "radius_metres": 200 })
        );
        assert_eq!(shown["recruitment"]["risks"], "湖边湿滑");
    });
}

#[test]
fn who_comes_first_has_the_place_and_who_waits_is_offered_what_is_given_up() {
    each_town("enrol-first", |town| {
        let activity = town.recruiting(json!({}));
        let position = town.position(&activity, 1, json!({}));
        let [first, second, third] = [(); 3].map(|()| town.volunteer());
        let taken = town.enrol(&first, &position, json!({})).created();
        assert_eq!((&taken["status"], &taken["activity"]), (&json!("enrolled"), &json!(activity)));
        town.enrol(&second, &position, json!({})).refused(409, "places_full");
        let second_waits = id(&town.enrol(&second, &position, json!({ "wait": true })).created());
        let third_waits =
            id(&town.enrol(&third, &position, json!({ "wait": true, "at_once": true })).created());
        assert_eq!(places(town, &position), [1, 0, 2, 0]);
        let own = |volunteer: &Volunteer, enrolment: &str| {
            town.app.get(&format!("/v1/enrolments/{enrolment}"), &volunteer.token)
        };
        assert_eq!(own(&third, &third_waits).ok()["ahead"], 1);
        own(&first, &third_waits).refused(404, "enrolment_not_found");
        town.on_enrolment(&second.token, &second_waits, "accept", json!({}))
            .refused(409, "enrolment_status_wrong");

        town.on_enrolment(&first.token, &id(&taken), "withdraw", json!({})).ok();
        let offered = own(&second, &second_waits).ok();
        assert_eq!(offered["status"], "offered");
        // 48 hours would be longer than what is left before the start.
        assert_eq!(offered["respond_by"], "2026-11-21T09:00:00+08:00");
        assert_eq!(places(town, &position), [0, 1, 1, 0]);
        town.enrol(&first, &position, json!({})).refused(409, "places_full");
        town.on_enrolment(&first.token, &second_waits, "accept", json!({}))
            .refused(404, "enrolment_not_found");
        town.on_enrolment(&second.token, &second_waits, "accept", json!({})).ok();
        town.on_enrolment(&second.token, &second_waits, "accept", json!({})).ok();
        assert_eq!(places(town, &position), [1, 0, 1, 0]);

        // Who ticked it takes the place at once.
        town.on_enrolment(&second.token, &second_waits, "withdraw", json!({})).ok();
        assert_eq!(status(town, &third_waits), "enrolled");
        assert_eq!(places(town, &position), [1, 0, 0, 0]);
        town.app.assert_verified();
    });
}

#[test]
fn an_offer_that_nobody_answers_goes_on_and_who_does_not_fit_is_passed_over() {
    each_town("enrol-lapse", |town| {
        let activity = town.recruiting(json!({
            "window": { "start": "2026-11-25T09:00:00+08:00", "end": "2026-11-25T12:00:00+08:00" },
        }));
        let same_time = town.recruiting(json!({
            "window": { "start": "2026-11-25T11:00:00+08:00", "end": "2026-11-25T14:00:00+08:00" },
        }));
        let position = town.position(&activity, 1, json!({}));
        let elsewhere = town.position(&same_time, 5, json!({}));
        let [holder, slow, busy, gone, last] = [(); 5].map(|()| town.volunteer());
        let place = id(&town.enrol(&holder, &position, json!({})).created());
        let wait =
            |volunteer: &Volunteer| id(&town.enrol(volunteer, &position, json!({ "wait": true })).created());
        let [slow_waits, busy_waits, gone_waits, last_waits] = [&slow, &busy, &gone, &last].map(wait);
        town.enrol(&busy, &elsewhere, json!({})).created();
        let path = format!("/v1/volunteers/{}/deactivate", gone.id);
        town.app.post(&path, &gone.token, json!({})).ok();

        town.on_enrolment(&holder.token, &place, "withdraw", json!({})).ok();
        assert_eq!(status(town, &slow_waits), "offered");
        town.app.clock.advance(Duration::hours(48) - Duration::seconds(1));
        assert_eq!(town.app.sweep(), 0);
        let lapse = Command::LapseOffer(LapseOffer { enrolment: slow_waits.parse().unwrap() });
        let too_early = town.app.ledger().submit_blocking(Request::of_system(lapse));
        refusals::expect_within(too_early, "offer_not_over");
        town.app.clock.advance(Duration::seconds(1));
        town.on_enrolment(&slow.token, &slow_waits, "accept", json!({})).refused(409, "offer_over");
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(status(town, &slow_waits), "lapsed");
        assert_eq!(town.enrolment(&busy_waits)["passed_over"], "overlaps");
        assert_eq!(town.enrolment(&gone_waits)["passed_over"], "not_active");
        assert_eq!(status(town, &last_waits), "offered");
        assert_eq!(places(town, &position), [0, 1, 2, 0]);
        assert_eq!(town.app.sweep(), 0, "what was told is not told again");
        // Who let it lapse may wait again, behind the others.
        town.enrol(&slow, &position, json!({ "wait": true })).created();
        town.app.assert_verified();
    });
}

#[test]
fn more_places_go_to_who_waits_and_fewer_throw_nobody_out() {
    each_town("enrol-places", |town| {
        let activity = town.recruiting(json!({}));
        let position = town.position(&activity, 1, json!({}));
        let people = volunteers(town, 5);
        let enrolled: Vec<String> = people
            .iter()
            .map(|volunteer| id(&town.enrol(volunteer, &position, json!({ "wait": true })).created()))
            .collect();
        let path = format!("/v1/positions/{position}");
        let set = |places: i64| {
            let version = town.app.get(&path, &town.coordinator).ok()["version"].as_i64().unwrap();
            town.app.put(
                &path,
                &town.coordinator,
                &format!("\"{version}\""),
                json!({ "name": "捡拾组", "places": places }),
            )
        };
        town.app
            .put(&path, &town.coordinator, "\"1\"", json!({ "name": "捡拾组", "places": 2 }))
            .refused(412, "version_stale");
        let raised = set(3).ok();
        assert_eq!(
            (&raised["taken"], &raised["offered"], &raised["waiting"]),
            (&json!(1), &json!(2), &json!(2))
        );
        let entries = town.app.all_pages("/v1/journal/entries?kind=position_updated", &town.admin, 10);
        assert_eq!(entries[0]["event"]["promotions"].as_array().unwrap().len(), 2, "in the same entry");
        town.on_enrolment(&people[1].token, &enrolled[1], "accept", json!({})).ok();
        set(1).ok();
        assert_eq!(places(town, &position), [2, 1, 2, 0]);
        // What was offered stays offered.
        town.on_enrolment(&people[2].token, &enrolled[2], "accept", json!({})).ok();
        town.on_enrolment(&people[0].token, &enrolled[0], "withdraw", json!({})).ok();
        assert_eq!(places(town, &position), [2, 0, 2, 0], "there are more people than places still");
        town.app.assert_verified();
    });
}

#[test]
fn nobody_has_two_places_at_once() {
    each_town("enrol-overlap", |town| {
        let at = |start: &str, end: &str| {
            let window = json!({ "start": format!("2026-11-{start}:00+08:00"), "end": format!("2026-11-{end}:00+08:00") });
            town.position(&town.recruiting(json!({ "window": window })), 5, json!({}))
        };
        let morning = at("21T09:00", "21T12:00");
        let volunteer = town.volunteer();
        let place = town.enrol(&volunteer, &morning, json!({})).created();
        let refused =
            town.enrol(&volunteer, &at("21T11:59", "21T14:00"), json!({})).refused(409, "enrolment_overlaps");
        assert_eq!(refused["enrolment"], place["id"]);
        town.enrol(&volunteer, &at("21T12:00", "21T14:00"), json!({})).created();
        // What lasts for days does not say when somebody is there.
        town.enrol(&volunteer, &at("21T09:00", "23T12:00"), json!({})).created();
        town.on_enrolment(&volunteer.token, &id(&place), "withdraw", json!({})).ok();
        town.enrol(&volunteer, &at("21T08:00", "21T12:00"), json!({})).created();
        town.app.assert_verified();
    });
}

#[test]
fn positions_are_added_to_what_is_to_come_a_hundred_at_most() {
    each_town("enrol-positions", |town| {
        let activity = town.recruiting(json!({}));
        let add = || town.add_position(&activity, json!({ "name": "捡拾组", "places": 1 }));
        for _ in 0..100 {
            add().created();
        }
        add().refused(409, "positions_too_many");
        town.app.clock.set("2026-11-21T12:00:00+08:00");
        add().refused(409, "activity_over");
        town.app.assert_verified();
    });
}

#[test]
fn conditions_are_looked_at_on_joining_and_on_promotion() {
    each_town("enrol-conditions", |town| {
        let activity = town.recruiting(json!({}));
        let try_with = |volunteer: &Volunteer, conditions: Value| {
            let position = town.position(&activity, 9, json!({ "conditions": conditions }));
            town.enrol(volunteer, &position, json!({}))
        };
        let person = |born: &str| {
            let person = merged(
                town.registration(&town.school),
                json!({
                    "birth_date": born,
                    "guardian_consent": { "name": "王刚", "given_at": "2026-11-01T09:00:00+08:00", "text_version": "2026-1" },
                }),
            );
            let id = id(&town.app.post("/v1/volunteers", &town.coordinator, person).created());
            Volunteer { token: town.app.volunteer_token(&id), id }
        };
        let unmet = |volunteer: &Volunteer, conditions: Value, condition: &str| {
            let refused = try_with(volunteer, conditions).refused(409, "conditions_not_met");
            assert_eq!(refused["condition"], condition);
        };
        // Eighteen on the day of the activity, and a day later.
        let (adult, minor) = (person("2008-11-21"), person("2008-11-22"));
        unmet(&minor, json!({ "least_age": 18 }), "least_age");
        unmet(&minor, json!({ "hazard": { "insurance": "志愿者意外险" } }), "least_age");
        try_with(&adult, json!({ "hazard": { "insurance": "志愿者意外险" } })).created();
        let volunteer = town.volunteer();
        unmet(&volunteer, json!({ "most_age": 35 }), "most_age");
        unmet(&volunteer, json!({ "units": [town.other_school] }), "unit");
        unmet(&volunteer, json!({ "least_star": 1 }), "least_star");
        unmet(&volunteer, json!({ "least_training_minutes": 60 }), "least_training");
        let training = json!({
            "volunteer": volunteer.id, "course": "急救", "organiser": "红十字会",
            "first_day": "2026-11-18", "last_day": "2026-11-18", "minutes": 60,
        });
        town.app.post("/v1/trainings", &town.coordinator, training).created();
        try_with(&volunteer, json!({ "least_training_minutes": 60, "units": [town.district] })).created();
        let nonsense = json!({ "least_age": 60, "most_age": 18 });
        town.add_position(&activity, json!({ "name": "捡拾组", "places": 1, "conditions": nonsense }))
            .refused(422, "position_terms_invalid");
        town.app.assert_verified();
    });
}

#[test]
fn the_leader_selects_and_declines_with_a_reason() {
    each_town("enrol-select", |town| {
        let leader = town.volunteer();
        let activity = town.recruiting(json!({ "leader": leader.id }));
        let position = town.position(&activity, 1, json!({ "selection": "selected" }));
        let [one, two, other] = [(); 3].map(|()| town.volunteer());
        let apply = |volunteer: &Volunteer| {
            let made = town.enrol(volunteer, &position, json!({})).created();
            assert_eq!(made["status"], "applied");
            id(&made)
        };
        let [one_applies, two_applies, own] = [&one, &two, &leader].map(apply);
        town.on_enrolment(&other.token, &one_applies, "select", json!({})).refused(403, "not_permitted");
        town.on_enrolment(&town.other_coordinator, &one_applies, "select", json!({}))
            .refused(403, "outside_unit");
        town.on_enrolment(&leader.token, &own, "select", json!({})).refused(422, "enrolment_of_own");
        town.on_enrolment(&leader.token, &one_applies, "select", json!({})).ok();
        town.on_enrolment(&leader.token, &two_applies, "select", json!({})).refused(409, "places_full");
        town.on_enrolment(&leader.token, &two_applies, "decline", json!({ "reason": "名额已满" })).ok();
        town.on_enrolment(&leader.token, &two_applies, "decline", json!({ "reason": "名额已满" }))
            .refused(409, "enrolment_status_wrong");
        assert_eq!(status(town, &two_applies), "declined");
        // Who is in charge sees all; others see their own.
        let listed =
            |token: &str| town.app.all_pages(&format!("/v1/enrolments?activity={activity}"), token, 10).len();
        assert_eq!(
            [&leader.token, &town.coordinator, &one.token, &other.token].map(|token| listed(token)),
            [3, 3, 1, 0]
        );
        town.app.assert_verified();
    });
}

#[test]
fn nobody_is_enrolled_against_their_will_nor_twice_nor_too_late() {
    each_town("enrol-will", |town| {
        let activity = town.recruiting(json!({ "recruitment": merged(told(), json!({
            "opens_at": "2026-11-20T13:00:00+08:00", "closes_at": "2026-11-20T18:00:00+08:00",
            "withdraw_by": "2026-11-20T20:00:00+08:00",
        })) }));
        let position = town.position(&activity, 9, json!({}));
        let [one, two, three] = [(); 3].map(|()| town.volunteer());
        let elsewhere = town.volunteer_of(&town.other_school);
        let enrol_for = |token: &str, volunteer: &Volunteer, consent: Value| {
            let body = json!({ "volunteer": volunteer.id, "consent": consent });
            town.app.post(&format!("/v1/positions/{position}/enrolments"), token, body)
        };
        let early = town.enrol(&one, &position, json!({})).refused(409, "enrolment_not_open");
        assert_eq!(early["ends_at"], "2026-11-20T13:00:00+08:00");
        enrol_for(&town.coordinator, &one, json!(null)).refused(422, "enrolment_consent_missing");
        enrol_for(&town.other_coordinator, &one, json!("本人同意")).refused(403, "outside_unit");
        enrol_for(&two.token, &one, json!("本人同意")).refused(404, "volunteer_not_found");
        enrol_for(&town.coordinator, &elsewhere, json!("本人同意")).created();
        let first = enrol_for(&town.coordinator, &one, json!("本人同意")).created();
        town.app.clock.advance(Duration::hours(1));
        let again = town.enrol(&one, &position, json!({})).refused(409, "already_enrolled");
        assert_eq!(again["enrolment"], first["id"]);
        let place = id(&town.enrol(&two, &position, json!({})).created());

        town.app.clock.advance(Duration::hours(5));
        town.enrol(&three, &position, json!({})).refused(409, "enrolment_closed");
        // Another school's office is bound by the times that were told, as its volunteers are.
        let later = town.volunteer_of(&town.other_school);
        enrol_for(&town.other_coordinator, &later, json!("本人同意")).refused(409, "enrolment_closed");
        assert_eq!(town.on_enrolment(&one.token, &id(&first), "withdraw", json!({})).ok()["late"], false);
        town.app.clock.advance(Duration::hours(2) + Duration::seconds(1));
        town.on_enrolment(&town.coordinator, &place, "withdraw", json!({})).refused(422, "reason_missing");
        let late = town
            .on_enrolment(&town.coordinator, &place, "withdraw", json!({ "reason": "家长来电请假" }))
            .ok();
        assert_eq!((&late["status"], &late["late"]), (&json!("withdrawn"), &json!(true)));

        let bulk = json!({ "volunteers": [three.id, elsewhere.id], "consent": "班会上本人同意" });
        let many =
            town.app.post(&format!("/v1/positions/{position}/enrolments/bulk"), &town.coordinator, bulk).ok();
        assert_eq!(many["items"][0]["enrolment"]["status"], "enrolled");
        assert_eq!(many["items"][1]["problem"]["code"], "already_enrolled");
        let place = id(&many["items"][0]["enrolment"]);
        town.app.clock.set("2026-11-21T09:00:00+08:00");
        town.on_enrolment(&three.token, &place, "withdraw", json!({})).refused(409, "withdrawal_too_late");
        town.app.assert_verified();
    });
}

#[test]
fn an_absence_is_set_afterwards_contested_and_excused() {
    each_town("enrol-absent", |town| {
        let leader = town.volunteer();
        let activity = town.recruiting(json!({ "leader": leader.id }));
        let position = town.position(&activity, 9, json!({}));
        let volunteer = town.volunteer();
        let place = id(&town.enrol(&volunteer, &position, json!({})).created());
        town.on_enrolment(&leader.token, &place, "absent", json!({})).refused(409, "absence_too_early");
        town.app.clock.set("2026-11-21T12:00:00+08:00");
        town.on_enrolment(&volunteer.token, &place, "absent", json!({})).refused(403, "not_permitted");
        town.on_enrolment(&leader.token, &place, "absent", json!({})).ok();
        let words = json!({ "reason": "当天在场，手机没电" });
        town.on_enrolment(&leader.token, &place, "contest", words.clone())
            .refused(404, "enrolment_not_found");
        let contested = town.on_enrolment(&volunteer.token, &place, "contest", words.clone()).ok();
        assert!(contested["contested_at"].is_string(), "{contested}");
        town.on_enrolment(&volunteer.token, &place, "contest", words)
            .refused(409, "absence_contested_before");
        town.on_enrolment(&town.coordinator, &place, "excuse", json!({ "reason": "签到表上有签名" })).ok();
        assert_eq!(status(town, &place), "excused");
        town.app.assert_verified();
    });
}

#[test]
fn who_leaves_for_good_gives_their_places_to_who_waits() {
    each_town("enrol-closing", |town| {
        let activity = town.recruiting(json!({}));
        let position = town.position(&activity, 1, json!({}));
        let (leaving, waiting) = (town.volunteer(), town.volunteer());
        let place = id(&town.enrol(&leaving, &position, json!({})).created());
        let waits = id(&town.enrol(&waiting, &position, json!({ "wait": true })).created());
        town.leave(&leaving);
        assert_eq!(status(town, &place), "withdrawn");
        // Who comes in between waits, too: the place is not theirs.
        town.enrol(&town.volunteer(), &position, json!({})).refused(409, "places_full");
        assert_eq!(town.app.sweep(), 1);
        assert_eq!(status(town, &waits), "offered");
        let fill = Command::FillPosition(FillPosition { position: position.parse().unwrap() });
        let again = town.app.ledger().submit_blocking(Request::of_system(fill));
        refusals::expect_within(again, "nobody_to_promote");
        town.app.assert_verified();
    });
}

/// How often forty race for five places: as often as `HOURBOOK_RACES` says, else twice.
fn races() -> u32 {
    std::env::var("HOURBOOK_RACES").map_or(2, |races| races.parse().unwrap())
}

#[test]
fn places_are_never_oversold_whoever_races_and_withdraws() {
    each_town("enrol-race", |town| {
        let activity = town.recruiting(json!({}));
        let people = volunteers(town, 40);
        for _ in 0..races() {
            let position = town.position(&activity, 5, json!({}));
            let enrolments: Vec<String> = thread::scope(|scope| {
                let racing: Vec<_> = people
                    .iter()
                    .map(|volunteer| {
                        scope.spawn(|| {
                            id(&town.enrol(volunteer, &position, json!({ "wait": true })).created())
                        })
                    })
                    .collect();
                racing.into_iter().map(|racer| racer.join().unwrap()).collect()
            });
            assert_eq!(places(town, &position), [5, 0, 35, 0]);
            // A storm of withdrawals, while others accept what they are offered.
            thread::scope(|scope| {
                for (volunteer, enrolment) in people.iter().zip(&enrolments) {
                    scope.spawn(|| {
                        let _ = town.on_enrolment(&volunteer.token, enrolment, "accept", json!({}));
                        town.on_enrolment(&volunteer.token, enrolment, "withdraw", json!({})).ok();
                    });
                }
            });
            assert_eq!(places(town, &position), [0, 0, 0, 5]);
        }
        let entries = town.app.all_pages("/v1/journal/entries?kind=enrolment_withdrawn", &town.admin, 200);
        let offers = entries.iter().filter_map(|entry| entry["event"]["promotions"].as_array());
        assert!(offers.flatten().all(|promotion| promotion["to"] == "offer"));
        town.app.assert_verified();
    });
}
