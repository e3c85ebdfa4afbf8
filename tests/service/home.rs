//! Home: a volunteer's first screen in one request, with every figure as it is told elsewhere.

use crate::support::http::id;
use crate::support::operations::star_scheme;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn home(town: &Town, volunteer: &Volunteer) -> Value {
    town.app.get("/v1/me/home", &volunteer.token).ok()
}

#[test]
fn it_says_what_the_single_requests_say() {
    each_town("home", |town| {
        let (own, other) = (town.volunteer(), town.volunteer());
        town.serve(&own, "16T08:00", "16T14:00");
        town.serve(&other, "16T08:00", "16T10:00");
        let scheme =
            merged(star_scheme(), json!({ "effective_from": "2026-11-20", "threshold_minutes": [120, 600] }));
        town.app.post("/v1/star-schemes", &town.admin, scheme).created();
        town.submit(&own, "17T09:00", "17T10:30");
        town.submit(&own, "18T09:00", "18T09:20");
        let reward = town.reward("1.50", 5);
        let (first, gift) = (town.redeem(&own, &reward), town.redeem(&own, &reward));
        town.fulfil(&first);

        let shown = home(town, &own);
        let path = |rest: &str| format!("/v1/volunteers/{}{rest}", own.id);
        let known = town.app.get(&path(""), &town.coordinator).ok();
        assert_eq!(shown["volunteer"], known, "as the office sees the person: with the numbers masked");
        assert!(shown["volunteer"]["person"]["mobile"].as_str().unwrap().contains('*'));
        let unit = town.app.get(&format!("/v1/units/{}", town.school), &own.token).ok();
        assert_eq!(shown["unit"], json!({ "id": unit["id"], "code": unit["code"], "name": unit["name"] }));
        assert_eq!(shown["account"], town.app.get(&path("/account"), &own.token).ok());
        assert_eq!(shown["account"]["points"]["held"], "1.50");
        assert_eq!(shown["pending"], json!({ "records": 2, "claimed_minutes": 110 }));
        let star = town.app.get(&path("/star"), &own.token).ok();
        for member in ["scheme", "star", "counted_minutes", "next_threshold_minutes", "missing_minutes"] {
            assert_eq!(shown["star"][member], star[member], "{member}");
        }
        assert_eq!((&shown["star"]["star"], &shown["star"]["missing_minutes"]), (&json!(1), &json!(240)));
        let held = town.app.get(&format!("/v1/redemptions/{}", gift.id), &own.token).ok();
        assert_eq!(
            shown["gifts"],
            json!([{
                "redemption": gift.id, "reward": reward, "name": "雨伞", "points": "1.50",
                "expires_at": held["expires_at"], "pickup_code": gift.pickup_code,
            }])
        );
        let inbox = town.app.get("/v1/me/messages", &own.token).ok();
        assert_eq!((&shown["unread_messages"], &inbox["unread"]), (&json!(2), &json!(2)));
        let up_to = json!({ "up_to": inbox["items"][0]["id"] });
        town.app.post("/v1/me/messages/read", &own.token, up_to).ok();
        assert_eq!(home(town, &own)["unread_messages"], 0);
    });
}

#[test]
fn a_newcomer_has_nothing_yet_and_only_volunteers_have_one() {
    each_town("home-empty", |town| {
        let own = town.volunteer();
        let shown = home(town, &own);
        assert_eq!(shown["account"]["minutes"], 0);
        assert_eq!(shown["pending"], json!({ "records": 0, "claimed_minutes": 0 }));
        assert_eq!((&shown["gifts"], &shown["unread_messages"]), (&json!([]), &json!(0)));
        assert_eq!((&shown["places"], &shown["attendance"]), (&json!([]), &Value::Null));
        assert_eq!(
            shown["star"].is_null(),
            town.app.get("/v1/star-schemes", &own.token).ok()["items"] == json!([])
        );
        for token in [&town.coordinator, &town.auditor, &town.admin] {
            town.app.get("/v1/me/home", token).refused(403, "not_permitted");
        }
        town.leave(&own);
        town.app.get("/v1/me/home", &own.token).refused(403, "actor_disabled");
    });
}

#[test]
fn what_was_earned_under_an_alias_is_there() {
    each_town("home-merged", |town| {
        let (earlier, later) = (town.volunteer(), town.volunteer());
        town.serve(&later, "16T08:00", "16T10:00");
        let said = json!({ "into": earlier.id, "reason": "先后以护照和身份证登记" });
        let asked = town.app.post(&format!("/v1/volunteers/{}/merge", later.id), &town.coordinator, said);
        let path = format!("/v1/merges/{}/confirm", asked.created()["id"].as_str().unwrap());
        town.app.post(&path, &town.colleague, json!({})).ok();
        let shown = home(town, &earlier);
        assert_eq!((&shown["account"]["minutes"], &shown["unread_messages"]), (&json!(120), &json!(1)));
        assert_eq!(shown["volunteer"]["merged_numbers"], json!([later.id]));
    });
}

#[test]
fn it_says_where_one_is_and_where_one_has_a_place() {
    each_town("home-places", |town| {
        let at = |day: &str| {
            let time = |hour: &str| format!("2026-11-{day}T{hour}:00:00+08:00");
            town.recruiting(json!({ "window": { "start": time("12"), "end": time("15") } }))
        };
        let [today, tomorrow, off, over] = ["21", "22", "23", "24"].map(at);
        let own = town.volunteer();
        let enrol = |activity: &str, places: u32| {
            let position = town.position(activity, places, json!({}));
            (id(&town.enrol(&own, &position, json!({ "wait": true })).created()), position)
        };
        let (waits, position) = enrol(&tomorrow, 0);
        let (has, _) = enrol(&today, 1);
        enrol(&off, 1);
        town.app.post(&format!("/v1/activities/{off}/cancel"), &town.coordinator, json!({})).ok();
        let (given_up, _) = enrol(&over, 1);
        town.on_enrolment(&own.token, &given_up, "withdraw", json!({})).ok();

        let shown = home(town, &own);
        let listed: Vec<_> =
            shown["places"].as_array().unwrap().iter().map(|place| &place["enrolment"]).collect();
        assert_eq!(listed, [&json!(has), &json!(waits)], "the first to begin first");
        let activity = town.app.get(&format!("/v1/activities/{tomorrow}"), &own.token).ok();
        let named = |activity: &Value| {
            json!({
                "id": activity["id"], "name": activity["name"], "place": activity["place"], "window": activity["window"],
            })
        };
        assert_eq!(
            shown["places"][1],
            json!({
                "enrolment": waits, "status": "waiting", "respond_by": null, "position": position,
                "position_name": "捡拾组", "activity": named(&activity),
            })
        );

        town.app.clock.set("2026-11-21T12:30:00+08:00");
        let came = town.check(&own, "in", &town.wall_code(&today, "in")).ok();
        let there = home(town, &own)["attendance"].take();
        let activity = town.app.get(&format!("/v1/activities/{today}"), &own.token).ok();
        let expected = json!({ "id": came["id"], "checked_in_at": "2026-11-21T12:30:00+08:00", "activity": named(&activity) });
        assert_eq!(there, expected);
        town.app.clock.set("2026-11-21T15:00:00+08:00");
        town.check(&own, "out", &town.wall_code(&today, "out")).ok();
        let shown = home(town, &own);
        assert_eq!(shown["attendance"], Value::Null);
        assert_eq!(shown["places"].as_array().unwrap().len(), 1, "what is over is no place to go to");
    });
}
