//! What one person alone tried with teams, counts, notices, objections and log-ins: each is refused.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn submit(town: &Town, token: &str, service: Value) -> Answer {
    town.app.post("/v1/service-records", token, service)
}

fn credit(town: &Town, token: &str, record: &str) -> Answer {
    town.app.post(&format!("/v1/service-records/{record}/credit"), token, json!({}))
}

fn set_notice(town: &Town, token: &str, unit: &str, working_days: Value) -> Answer {
    let path = format!("/v1/units/{unit}/notice-policy");
    town.app.post(&path, token, json!({ "working_days": working_days }))
}

/// B3: 719 minutes on a day at an activity of a team under the own school; a school under the own school.
#[test]
fn a_team_under_the_own_school_is_no_tier() {
    each_town("tricks-team", |town| {
        let open = |kind: &str| {
            let unit = json!({ "code": kind, "name": "新单位", "kind": kind, "parent": town.school });
            town.app.post("/v1/units", &town.coordinator, unit)
        };
        open("school").refused(422, "unit_kind_not_below");
        let team = id(&open("team").created());
        let leads_team = town.operator("coordinator", &team);
        let of_team = json!({ "activity": town.activity_of(&team, json!({})) });
        let long = |who: &Volunteer| merged(town.service(who, "18T08:00", "18T19:59"), of_team.clone());
        let volunteer = town.volunteer();
        let record = id(&submit(town, &town.colleague, long(&volunteer)).created());
        for token in [&leads_team, &town.coordinator] {
            credit(town, token, &record).refused(422, "approval_needs_parent_unit");
        }
        credit(town, &town.district_coordinator, &record).ok();
        town.app.assert_verified();
    });
}

/// A team right under the top unit: above it there is the top unit only.
#[test]
fn a_team_of_the_bureaus_own_is_no_tier_either() {
    each_town("tricks-bureau-team", |town| {
        let unit = json!({ "code": "TEAM", "name": "机关队", "kind": "team", "parent": town.bureau });
        let team = id(&town.app.post("/v1/units", &town.admin, unit).created());
        let leads_team = town.operator("coordinator", &team);
        let of_team = json!({ "activity": town.activity_of(&team, json!({})) });
        let long = merged(town.service(&town.volunteer(), "18T08:00", "18T17:00"), of_team);
        let record = id(&submit(town, &town.admin, long).created());
        credit(town, &leads_team, &record).refused(422, "approval_needs_parent_unit");
        credit(town, &town.bureau_coordinator, &record).ok();
    });
}

/// B4: an activity of one second, a thousand occasions.
#[test]
fn a_thousand_occasions_in_a_second_are_not_taken() {
    each_town("tricks-counts", |town| {
        let window = json!({ "start": "2026-11-18T09:00:00+08:00", "end": "2026-11-18T09:00:01+08:00" });
        let donation = json!({ "measure": "count", "window": window });
        let donation = town.activity_of(&town.school, donation);
        let donate = json!({
            "activity": donation, "volunteer": town.volunteer().id, "start": window["start"],
            "end": window["end"], "evidence": "leader", "count": 1000,
        });
        submit(town, &town.coordinator, donate).refused(409, "count_cap_reached");
    });
}

/// B10: the bureau's notice of ten days set to none for the own school, and back.
#[test]
fn the_bureaus_notice_is_not_set_aside() {
    each_town("tricks-notice", |town| {
        set_notice(town, &town.bureau_coordinator, &town.bureau, json!(10)).ok();
        set_notice(town, &town.coordinator, &town.school, json!(0)).refused(409, "notice_shorter_than_above");
        let record = town.submit(&town.volunteer(), "18T09:00", "18T10:00");
        credit(town, &town.colleague, &record).refused(409, "notice_running");
    });
}

/// A service that was objected to, rejected with the objection open, and entered anew without a notice; the
/// objection, and the new record.
fn entered_anew(town: &Town, times: [&str; 2]) -> (String, String) {
    let volunteer = town.volunteer();
    let record = town.record_on_notice(&volunteer, "18T09:00", "18T11:00");
    let objection = town.object(&town.volunteer().token, &record);
    let reject = format!("/v1/service-records/{record}/reject");
    town.app.post(&reject, &town.coordinator, json!({ "reason": "误登" })).ok();
    let service = town.service(&volunteer, times[0], times[1]);
    let at_once = merged(service.clone(), json!({ "credit": true }));
    submit(town, &town.coordinator, at_once).refused(409, "objection_open");
    let anew = submit(town, &town.coordinator, service).created();
    assert_eq!(anew["open_objections"], 1);
    (objection, id(&anew))
}

/// B11: at the same time, and beside it on the same day.
#[test]
fn an_objection_goes_along_with_what_is_entered_anew() {
    each_town("tricks-objected", |town| {
        for times in [["18T09:00", "18T11:00"], ["18T10:30", "18T12:00"], ["18T11:00", "18T13:00"]] {
            let (objection, anew) = entered_anew(town, times);
            credit(town, &town.colleague, &anew).refused(409, "objection_open");
            let path = format!("/v1/objections/{objection}");
            assert_eq!(town.app.get(&path, &town.admin).ok()["record"], json!(anew));
            let dismiss = format!("{path}/dismiss");
            let reason = json!({ "reason": "已核对签到表" });
            town.app.post(&dismiss, &town.coordinator, reason.clone()).refused(422, "resolution_by_recorder");
            town.app.post(&dismiss, &town.colleague, reason).ok();
            credit(town, &town.colleague, &anew).ok();
        }
        town.app.assert_verified();
    });
}

/// It was right: so it is of the record that was entered anew; and entered a third time it has to be answered again.
#[test]
fn an_objection_that_was_right_stands_against_what_is_entered_anew() {
    each_town("tricks-upheld", |town| {
        let times = ["18T09:00", "18T11:00"];
        let (objection, anew) = entered_anew(town, times);
        let path = format!("/v1/objections/{objection}");
        let uphold = format!("{path}/uphold");
        town.app.post(&uphold, &town.colleague, json!({ "reason": "查无此人" })).ok();
        let record = town.app.get(&format!("/v1/service-records/{anew}"), &town.admin).ok();
        assert_eq!((&record["status"], &record["open_objections"]), (&json!("rejected"), &json!(0)));

        let volunteer =
            Volunteer { id: record["volunteer"].as_str().unwrap().to_owned(), token: String::new() };
        let third = submit(town, &town.coordinator, town.service(&volunteer, times[0], times[1])).created();
        assert_eq!(third["open_objections"], 1);
        credit(town, &town.colleague, &id(&third)).refused(409, "objection_open");
        assert_eq!(town.app.get(&path, &town.admin).ok()["status"], "open");
        // On another day it is another service.
        let elsewhere = submit(town, &town.coordinator, town.service(&volunteer, "19T09:00", "19T10:00"));
        assert_eq!(elsewhere.created()["open_objections"], 0);
        town.app.assert_verified();
    });
}

/// B16: an own back-fill credited by a second log-in. And an objection as volunteer and as operator.
#[test]
fn a_second_log_in_is_no_second_person() {
    each_town("tricks-log-ins", |town| {
        let person = town.registration(&town.school);
        let volunteer = id(&town.app.post("/v1/volunteers", &town.admin, person.clone()).created());
        let volunteer = Volunteer { token: town.app.volunteer_token(&volunteer), id: volunteer };
        let linked = json!({ "volunteer": volunteer.id });
        let (_, first) = town.operator_with("coordinator", &town.school, linked);
        let by_document = json!({ "document": person["document"] });
        let (_, second) = town.operator_with("coordinator", &town.school, by_document);

        let late = json!({ "evidence": "backfill", "reason": "漏登" });
        let other = town.volunteer();
        let service = merged(town.service(&other, "18T09:00", "18T10:00"), late);
        let record = id(&submit(town, &first, service).created());
        credit(town, &second, &record).refused(422, "approval_of_own_backfill");

        let record = town.record_on_notice(&town.volunteer(), "18T09:00", "18T10:00");
        town.object(&volunteer.token, &record);
        for token in [&first, &second] {
            let path = format!("/v1/service-records/{record}/objections");
            let again = town.app.post(&path, token, json!({ "reason": "再次" }));
            again.refused(409, "objection_repeated");
        }
    });
}
