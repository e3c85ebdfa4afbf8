//! What one coordinator alone tried with points, gifts, transfers and headcounts: refused, or found.

use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

/// The findings of a rule that an admin is shown of the last thirty days.
fn found(town: &Town, rule: &str) -> Vec<Value> {
    let all = town.app.get("/v1/findings", &town.admin).ok()["items"].take();
    all.as_array().unwrap().iter().filter(|finding| finding["rule"] == rule).cloned().collect()
}

/// B5: points that have lapsed are voided and credited again, to be valid once more.
#[test]
fn lapsed_points_do_not_come_to_life_by_voiding_and_crediting_again() {
    each_town("tricks-again", |town| {
        town.policy(json!({
            "effective_from": "2026-11-20", "points_per_hour": "10",
            "earning_grades": ["leader", "backfill"], "validity": { "kind": "months", "months": 1 },
        }));
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T12:00");
        assert_eq!(town.points(&volunteer)[0], "30.00");
        town.app.clock.set("2026-12-21T00:00:00+08:00");
        assert_eq!(town.app.sweep(), 1);
        town.void(&record);
        assert_eq!(found(town, "credited_again"), [""; 0]);

        let again = |start: &str, end: &str, other: Value| {
            let late = json!({ "evidence": "backfill", "reason": "漏登" });
            let service = merged(merged(town.service(&volunteer, start, end), late), other);
            let record = town.app.post("/v1/service-records", &town.coordinator, service).created();
            let credit = format!("/v1/service-records/{}/credit", record["id"].as_str().unwrap());
            town.app.post(&credit, &town.colleague, json!({})).ok()
        };
        assert_eq!(again("20T09:00", "20T11:00", json!({}))["lot"], Value::Null);
        assert_eq!(again("20T11:00", "20T12:00", json!({}))["lot"], Value::Null, "the same at one time");
        assert_eq!(again("20T07:00", "20T08:00", json!({}))["lot"], Value::Null, "the same day and activity");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"]);
        assert_eq!(town.account(&volunteer)["minutes"], 240, "hours do not lapse");

        let all = found(town, "credited_again");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["subject"]["volunteer"], volunteer.id);
        let figures = json!({ "credited_minutes": 240, "credited_records": 3, "voided_records": 1 });
        assert_eq!(all[0]["figures"], figures);
        town.app.assert_verified();
    });
}

/// The same while the points are valid: they are valid as long as they would have been.
#[test]
fn service_that_is_credited_again_keeps_its_first_validity() {
    each_town("tricks-validity", |town| {
        let monthly =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "months", "months": 1 } });
        town.policy(monthly);
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T11:00");
        town.app.clock.set("2026-11-21T09:00:00+08:00");
        town.void(&record);
        town.serve(&volunteer, "20T10:00", "20T12:00");
        let next = |ends: &str| json!({ "points": "2.00", "expires_at": ends });
        let expiring = town.account(&volunteer)["points"]["expiring_next"].take();
        assert_eq!(expiring, next("2026-12-21T00:00:00+08:00"));

        let other = town.volunteer();
        town.serve(&other, "20T09:00", "20T11:00");
        let expiring = town.account(&other)["points"]["expiring_next"].take();
        assert_eq!(expiring, next("2026-12-22T00:00:00+08:00"), "somebody else's are new");
        town.app.assert_verified();
    });
}

/// What was spent of lapsed points and became a debt is paid by the same service, and no more.
#[test]
fn lapsed_service_that_is_credited_again_pays_what_its_loss_left_owed() {
    each_town("tricks-again-debt", |town| {
        let until =
            json!({ "effective_from": "2026-11-20", "validity": { "kind": "until", "date": "2026-11-20" } });
        town.policy(until);
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "20T09:00", "20T12:00");
        town.fulfil(&town.redeem(&volunteer, &town.reward("2", 1)));
        town.app.clock.set("2026-11-21T00:00:00+08:00");
        town.app.sweep();
        town.void(&record);
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "2.00"]);
        town.serve(&volunteer, "20T09:00", "20T12:00");
        assert_eq!(town.points(&volunteer), ["0.00", "0.00", "0.00"]);
        town.app.assert_verified();
    });
}
