//! Corrections (更正) that volunteers ask for: a missing record, a wrong one, and what is decided.

use crate::support::http::{Answer, id};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use hourbook::domain::ids::{CorrectionId, Seq};
use serde_json::{Value, json};

fn report_missing(town: &Town, volunteer: &Volunteer, [start, end]: [&str; 2], other: Value) -> Answer {
    let usual = json!({
        "volunteer": volunteer.id, "activity": town.activity, "words": "签到机没有记上",
        "service": { "start": at(start), "end": at(end) },
    });
    town.app.post("/v1/corrections", &volunteer.token, merged(usual, other))
}

fn report_wrong(town: &Town, who: &Volunteer, of: &Volunteer, record: &str) -> Answer {
    let path = format!("/v1/service-records/{record}/corrections");
    town.app.post(&path, &who.token, json!({ "volunteer": of.id, "words": "少记了一小时" }))
}

fn accept(town: &Town, token: &str, correction: &str, body: Value) -> Answer {
    town.app.post(&format!("/v1/corrections/{correction}/accept"), token, body)
}

fn decline(town: &Town, token: &str, correction: &str) -> Answer {
    let path = format!("/v1/corrections/{correction}/decline");
    town.app.post(&path, token, json!({ "words": "签到表上没有" }))
}

const MORNING: [&str; 2] = ["18T09:00", "18T12:00"];

#[test]
fn a_missing_record_is_reported_recorded_and_accepted_with_the_record() {
    each_town("corrections-missing", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let asked = report_missing(town, &volunteer, MORNING, json!({})).created();
        let correction = id(&asked);
        assert_eq!(
            (&asked["kind"], &asked["status"], &asked["unit"]),
            (&json!("missing"), &json!("open"), &json!(town.school))
        );
        let path = format!("/v1/corrections/{correction}");
        let seen = |token: &str| town.app.get(&path, token).ok();
        assert_eq!(seen(&town.coordinator)["words"], "签到机没有记上");
        assert_eq!(seen(&town.coordinator)["service"]["start"], at("18T09:00"));

        accept(town, &town.coordinator, &correction, json!({})).refused(409, "correction_not_done");
        let unfit = |record: &str| {
            let body = json!({ "led_to": record });
            accept(town, &town.coordinator, &correction, body).refused(422, "correction_record_unfit");
        };
        unfit(&town.submit(&other, "18T09:00", "18T12:00"));
        unfit(&town.submit(&volunteer, "18T13:00", "18T14:00"));
        let rejected = town.submit(&volunteer, "18T09:00", "18T10:00");
        let reject = format!("/v1/service-records/{rejected}/reject");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "误登" })).ok();
        unfit(&rejected);

        let record = town.submit(&volunteer, "18T09:00", "18T12:00");
        let body = json!({ "led_to": record, "words": "已按签到表补录" });
        let accepted = accept(town, &town.coordinator, &correction, body.clone()).ok();
        assert_eq!((&accepted["status"], &accepted["led_to"]), (&json!("accepted"), &json!(record)));
        let problem = accept(town, &town.colleague, &correction, body).refused(409, "correction_not_open");
        assert_eq!(problem["current_status"], "accepted");
        for token in [&volunteer.token, &town.auditor] {
            let shown = seen(token);
            assert_eq!(
                (&shown["status"], &shown["decision"]),
                (&json!("accepted"), &json!("已按签到表补录"))
            );
        }
        town.app.assert_verified();
    });
}

#[test]
fn a_wrong_record_is_accepted_once_it_does_not_count_any_more() {
    each_town("corrections-wrong", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let record = town.serve(&volunteer, "18T09:00", "18T11:00");
        report_wrong(town, &other, &other, &record).refused(403, "not_permitted");
        report_wrong(town, &other, &volunteer, &record).refused(403, "not_permitted");
        let correction = id(&report_wrong(town, &volunteer, &volunteer, &record).created());
        let problem =
            report_wrong(town, &volunteer, &volunteer, &record).refused(409, "correction_already_open");
        assert_eq!(problem["correction"], json!(correction));

        accept(town, &town.coordinator, &correction, json!({})).refused(409, "correction_not_done");
        let same = json!({ "led_to": record });
        accept(town, &town.coordinator, &correction, same).refused(409, "correction_not_done");
        town.void(&record);
        let right = town.serve(&volunteer, "18T09:00", "18T12:00");
        let accepted = accept(town, &town.coordinator, &correction, json!({ "led_to": right })).ok();
        assert_eq!((&accepted["record"], &accepted["led_to"]), (&json!(record), &json!(right)));
        let problem = report_wrong(town, &volunteer, &volunteer, &record).refused(409, "record_not_live");
        assert_eq!(problem["current_status"], "voided");

        // One that should never have been leads to none.
        let second = id(&report_wrong(town, &volunteer, &volunteer, &right).created());
        town.void(&right);
        assert_eq!(accept(town, &town.coordinator, &second, json!({})).ok()["led_to"], json!(null));
        town.app.assert_verified();
    });
}

#[test]
fn a_declined_correction_says_why_and_can_be_asked_for_again() {
    each_town("corrections-decline", |town| {
        let volunteer = town.volunteer();
        let correction = id(&report_missing(town, &volunteer, MORNING, json!({})).created());
        let overlapping = ["18T11:00", "18T13:00"];
        report_missing(town, &volunteer, overlapping, json!({})).refused(409, "correction_already_open");
        let path = format!("/v1/corrections/{correction}/decline");
        town.app.post(&path, &town.coordinator, json!({})).refused(422, "missing_field");
        assert_eq!(decline(town, &town.coordinator, &correction).ok()["status"], "declined");
        decline(town, &town.coordinator, &correction).refused(409, "correction_not_open");
        let own = town.app.all_pages("/v1/corrections", &volunteer.token, 1);
        assert_eq!((&own[0]["status"], &own[0]["decision"]), (&json!("declined"), &json!("签到表上没有")));
        report_missing(town, &volunteer, overlapping, json!({})).created();
    });
}

#[test]
fn nobody_decides_their_own_and_only_the_unit_decides() {
    each_town("corrections-own", |town| {
        let volunteer = town.volunteer();
        let correction = id(&report_missing(town, &volunteer, MORNING, json!({})).created());
        let also = json!({ "volunteer": volunteer.id });
        let (_, herself) = town.operator_with("coordinator", &town.school, also);
        decline(town, &herself, &correction).refused(422, "correction_of_own");
        accept(town, &herself, &correction, json!({})).refused(422, "correction_of_own");
        decline(town, &town.other_coordinator, &correction).refused(403, "outside_unit");
        decline(town, &town.auditor, &correction).refused(403, "not_permitted");
        decline(town, &volunteer.token, &correction).refused(403, "not_permitted");
        let nothing = CorrectionId::new(Seq(1)).to_string();
        decline(town, &town.coordinator, &nothing).refused(404, "correction_not_found");

        let listed =
            |query: &str, token: &str| town.app.all_pages(&format!("/v1/corrections{query}"), token, 1).len();
        assert_eq!(listed("", &town.coordinator), 1);
        assert_eq!(listed(&format!("?unit={}&status=open", town.school), &town.district_coordinator), 1);
        assert_eq!(listed(&format!("?volunteer={}", volunteer.id), &town.auditor), 1);
        assert_eq!(listed("?status=declined", &town.coordinator), 0);
        assert_eq!(listed("", &town.other_coordinator), 0);
        assert_eq!(listed("", &town.volunteer().token), 0);
        decline(town, &town.district_coordinator, &correction).ok();
    });
}

#[test]
fn what_cannot_have_been_is_not_reported_and_nobody_reports_without_end() {
    each_town("corrections-shape", |town| {
        let (volunteer, other) = (town.volunteer(), town.volunteer());
        let refused = |times, status, code| {
            report_missing(town, &volunteer, times, json!({})).refused(status, code);
        };
        refused(["18T12:00", "18T09:00"], 422, "end_not_after_start");
        refused(["20T11:00", "20T13:00"], 422, "service_in_future");
        refused(["14T09:00", "14T10:00"], 422, "outside_window");
        refused(["17T00:00", "18T00:00"], 409, "daily_cap_reached");
        let for_other = json!({ "volunteer": other.id });
        report_missing(town, &volunteer, MORNING, for_other).refused(403, "not_permitted");
        let cancelled = town.activity_of(&town.school, json!({}));
        town.app.post(&format!("/v1/activities/{cancelled}/cancel"), &town.coordinator, json!({})).ok();
        let there = json!({ "activity": cancelled });
        report_missing(town, &volunteer, MORNING, there).refused(409, "activity_cancelled");

        for minute in 10..30 {
            let times = [format!("17T09:{minute}"), format!("17T09:{}", minute + 1)];
            report_missing(town, &volunteer, [&times[0], &times[1]], json!({})).created();
        }
        refused(["17T10:00", "17T11:00"], 409, "corrections_too_many");
        report_missing(town, &other, ["17T10:00", "17T11:00"], json!({})).created();
        town.app.assert_verified();
    });
}
