//! Public notice (公示): whose policy holds, what it holds back, who reads it.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn set_policy(town: &Town, token: &str, unit: &str, working_days: Value) -> Answer {
    let path = format!("/v1/units/{unit}/notice-policy");
    town.app.post(&path, token, json!({ "working_days": working_days }))
}

/// For how many days a unit's records are on notice, and by whose policy.
fn policy_of(town: &Town, unit: &str) -> (Value, Value) {
    let policy = town.app.get(&format!("/v1/units/{unit}/notice-policy"), &town.auditor).ok();
    (policy["working_days"].clone(), policy["set_for"].clone())
}

fn credit(town: &Town, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/credit"), &town.coordinator, json!({}))
}

fn show(town: &Town, record: &str) -> Value {
    town.app.get(&format!("/v1/service-records/{record}"), &town.coordinator).ok()
}

/// It is Friday, 20 November, noon: two working days end with Tuesday.
const TUESDAYS_END: &str = "2026-11-25T00:00:00+08:00";

#[test]
fn a_unit_demands_what_those_above_demand_or_more() {
    each_town("notices-policy", |town| {
        assert_eq!(policy_of(town, &town.school), (json!(0), json!(null)), "none where nobody said anything");
        set_policy(town, &town.bureau_coordinator, &town.bureau, json!(5)).ok();
        assert_eq!(policy_of(town, &town.school), (json!(5), json!(town.bureau)));
        for shorter in [0, 4] {
            let refused = set_policy(town, &town.coordinator, &town.school, json!(shorter));
            let refused = refused.refused(409, "notice_shorter_than_above");
            assert_eq!((&refused["set_for"], &refused["working_days"]), (&json!(town.bureau), &json!(5)));
        }
        set_policy(town, &town.district_coordinator, &town.district, json!(5)).ok();
        assert_eq!(policy_of(town, &town.school), (json!(5), json!(town.district)), "the nearest of equals");
        let set = set_policy(town, &town.coordinator, &town.school, json!(6)).ok();
        assert_eq!((&set["unit"], &set["working_days"]), (&json!(town.school), &json!(6)));
        assert_eq!(policy_of(town, &town.school), (json!(6), json!(town.school)));
        assert_eq!(policy_of(town, &town.other_school), (json!(5), json!(town.district)));
        set_policy(town, &town.coordinator, &town.school, json!(null)).ok();
        assert_eq!(policy_of(town, &town.school), (json!(5), json!(town.district)), "taken back");
        set_policy(town, &town.district_coordinator, &town.district, json!(null)).ok();

        set_policy(town, &town.coordinator, &town.district, json!(1)).refused(403, "outside_unit");
        set_policy(town, &town.auditor, &town.school, json!(1)).refused(403, "not_permitted");
        for days in [json!(11), json!(-1), json!("2"), json!(1.5)] {
            set_policy(town, &town.admin, &town.school, days).refused(422, "invalid_field");
        }
        let other = town.volunteer_of(&town.other_school);
        town.app.get(&format!("/v1/units/{}/notice-policy", town.school), &other.token).ok();
        town.app.assert_verified();
    });
}

/// The unit above demands a longer notice after the school said its own.
#[test]
fn what_a_unit_above_demands_later_counts_too() {
    each_town("notices-later", |town| {
        set_policy(town, &town.coordinator, &town.school, json!(1)).ok();
        set_policy(town, &town.bureau_coordinator, &town.bureau, json!(2)).ok();
        assert_eq!(policy_of(town, &town.school), (json!(2), json!(town.bureau)));
        let record = town.submit(&town.volunteer(), "18T09:00", "18T10:00");
        assert_eq!(show(town, &record)["notice_ends_at"], TUESDAYS_END);
        town.app.assert_verified();
    });
}

#[test]
fn nothing_is_credited_while_its_notice_runs() {
    each_town("notices-hold", |town| {
        let volunteer = town.volunteer();
        let before = town.submit(&volunteer, "18T09:00", "18T10:00");
        set_policy(town, &town.coordinator, &town.school, json!(2)).ok();
        let on_notice = town.submit(&volunteer, "18T10:00", "18T11:00");
        assert_eq!(show(town, &before)["notice_ends_at"], json!(null), "submitted before");
        credit(town, &before).ok();

        assert_eq!(show(town, &on_notice)["notice_ends_at"], TUESDAYS_END);
        let problem = credit(town, &on_notice).refused(409, "notice_running");
        assert_eq!(problem["ends_at"], TUESDAYS_END);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.ends_with(TUESDAYS_END), "{detail}");
        let at_once = merged(town.service(&volunteer, "18T11:00", "18T12:00"), json!({ "credit": true }));
        town.app
            .post("/v1/service-records", &town.coordinator, at_once.clone())
            .refused(409, "notice_running");

        // In bulk each item has its own outcome: the other school has no policy.
        let elsewhere = json!({ "activity": town.other_activity });
        let elsewhere = merged(
            merged(town.service(&volunteer, "18T13:00", "18T14:00"), elsewhere),
            json!({ "credit": true }),
        );
        let later = town.service(&volunteer, "18T14:00", "18T15:00");
        let items = json!({ "items": [at_once, elsewhere, later] });
        let answers = town.app.post("/v1/service-records/bulk", &town.bureau_coordinator, items).ok();
        let of_item = |at: usize| &answers["items"][at];
        assert_eq!(of_item(0)["problem"]["code"], "notice_running");
        assert_eq!(of_item(1)["record"]["status"], "credited");
        assert_eq!(of_item(2)["record"]["notice_ends_at"], TUESDAYS_END);

        // A policy that is taken back holds for what is submitted afterwards.
        set_policy(town, &town.coordinator, &town.school, json!(0)).ok();
        credit(town, &on_notice).refused(409, "notice_running");
        town.serve(&volunteer, "18T15:00", "18T16:00");

        town.app.clock.set("2026-11-24T23:59:59.999999+08:00");
        credit(town, &on_notice).refused(409, "notice_running");
        town.app.clock.set(TUESDAYS_END);
        assert_eq!(credit(town, &on_notice).ok()["status"], "credited");
        town.app.assert_verified();
    });
}

#[test]
fn a_notice_is_counted_in_working_days_of_the_calendar() {
    each_town("notices-calendar", |town| {
        let days =
            json!([{ "day": "2026-11-21", "kind": "working" }, { "day": "2026-11-23", "kind": "rest" }]);
        town.app.post("/v1/calendar", &town.admin, json!({ "days": days })).ok();
        set_policy(town, &town.coordinator, &town.school, json!(1)).ok();
        let volunteer = town.volunteer();
        let first = town.submit(&volunteer, "18T09:00", "18T10:00");
        assert_eq!(show(town, &first)["notice_ends_at"], "2026-11-22T00:00:00+08:00", "Saturday is worked");
        set_policy(town, &town.coordinator, &town.school, json!(2)).ok();
        let second = town.submit(&volunteer, "18T10:00", "18T11:00");
        assert_eq!(show(town, &second)["notice_ends_at"], TUESDAYS_END, "Monday is not");
    });
}

#[test]
fn a_record_on_notice_can_be_rejected() {
    each_town("notices-reject", |town| {
        set_policy(town, &town.coordinator, &town.school, json!(2)).ok();
        let record = town.submit(&town.volunteer(), "18T09:00", "18T10:00");
        let reject = format!("/v1/service-records/{record}/reject");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "未到场" })).ok();
        assert_eq!(town.app.all_pages("/v1/notices", &town.coordinator, 50), [] as [Value; 0]);
    });
}

#[test]
fn the_units_members_read_its_notices_with_names_masked() {
    each_town("notices-list", |town| {
        set_policy(town, &town.bureau_coordinator, &town.district, json!(2)).ok();
        let volunteer = town.volunteer();
        let records: Vec<String> = ["18T09:00", "18T10:00", "18T11:00"]
            .windows(2)
            .map(|times| town.submit(&volunteer, times[0], times[1]))
            .collect();
        let of_other = |who: &Volunteer| {
            let place = json!({ "activity": town.other_activity });
            let service = merged(town.service(who, "18T13:00", "18T14:00"), place);
            id(&town.app.post("/v1/service-records", &town.other_coordinator, service).created())
        };
        let other = of_other(&volunteer);

        let listed = |query: &str, token: &str| -> Vec<String> {
            let pages = town.app.all_pages(&format!("/v1/notices{query}"), token, 1);
            pages.iter().map(|notice| notice["record"].as_str().unwrap().to_owned()).collect()
        };
        let of_school: Vec<String> = records.iter().rev().cloned().collect();
        let fellow = town.volunteer();
        assert_eq!(listed("", &fellow.token), of_school);
        assert_eq!(listed("", &town.auditor), of_school);
        assert_eq!(listed("", &town.volunteer_of(&town.other_school).token), [other.clone()]);
        assert_eq!(listed("", &town.volunteer_of(&town.district).token), [""; 0], "of the unit or under it");
        assert_eq!(listed("", &town.district_coordinator).len(), 3);
        assert_eq!(listed(&format!("?unit={}", town.other_school), &town.admin), [other]);
        assert_eq!(listed(&format!("?unit={}", town.other_school), &fellow.token), [""; 0]);

        let answer = town.app.get("/v1/notices?limit=1", &fellow.token);
        let notice = &answer.body["items"][0];
        assert_eq!(notice["name"], "王*明");
        assert_eq!((&notice["claimed_minutes"], &notice["ends_at"]), (&json!(60), &json!(TUESDAYS_END)));
        assert!(!answer.text.contains(&volunteer.id) && !answer.text.contains("王小明"), "{}", answer.text);

        // Who has left is nobody any more; what is over is not listed.
        town.leave(&volunteer);
        assert_eq!(town.app.get("/v1/notices", &fellow.token).ok()["items"][0]["name"], json!(null));
        town.app.clock.set(TUESDAYS_END);
        assert_eq!(listed("", &fellow.token), [""; 0]);
    });
}
