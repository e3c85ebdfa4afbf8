//! Tricks: what somebody with access may try alone, each refused, or found by an auditor.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

/// The codes of what a request with many items was refused for.
fn codes(answer: &Value) -> Vec<&Value> {
    answer["items"].as_array().unwrap().iter().map(|item| &item["problem"]["code"]).collect()
}

/// Twenty-five people for the same eight hours, typed in by one person and credited in the same step.
fn a_class(town: &Town, evidence: &str) -> Value {
    let one = |_| {
        let service = town.service(&town.volunteer(), "19T08:00", "19T16:00");
        merged(service, json!({ "evidence": evidence, "credit": true }))
    };
    json!({ "items": (0..25).map(one).collect::<Vec<_>>() })
}

/// What a rule finds, to the school's auditor.
fn found(town: &Town, rule: &str) -> Vec<Value> {
    let answer = town.app.get("/v1/findings", &town.auditor).ok();
    let all = answer["items"].as_array().unwrap().iter();
    all.filter(|finding| finding["rule"] == rule).cloned().collect()
}

#[test]
fn what_one_person_credits_alone_is_found_when_it_grows() {
    each_town("tricks-alone", |town| {
        let send = |token: &str, evidence: &str| {
            town.app.post("/v1/service-records/bulk", token, a_class(town, evidence)).ok()
        };
        town.serve(&town.volunteer(), "18T09:00", "18T12:00");
        assert_eq!((found(town, "credited_alone"), found(town, "days_near_cap")), (vec![], vec![]));
        send(&town.coordinator, "leader");
        let finding = &found(town, "credited_alone")[0];
        assert_eq!(
            finding["figures"],
            json!({ "alone_credited_minutes": 12_000, "alone_credited_records": 25 })
        );
        let finding = &found(town, "days_near_cap")[0];
        assert_eq!(finding["figures"], json!({ "credited_days": 25, "just_under_cap_days": 25 }));
        assert_eq!(found(town, "entered_late"), [""; 0]);
    });
}

#[test]
fn one_coordinator_does_not_make_hours_for_a_class() {
    each_town("tricks-class", |town| {
        town.demand_two_persons();
        for (evidence, code) in [
            ("scan", "evidence_not_seen"),
            ("leader", "second_person_needed"),
            ("import", "second_person_needed"),
        ] {
            let answer =
                town.app.post("/v1/service-records/bulk", &town.coordinator, a_class(town, evidence)).ok();
            assert_eq!(codes(&answer), [code; 25], "{evidence}");
        }
        let total = town.app.get("/v1/totals/minutes", &town.auditor).ok();
        assert_eq!(total["items"][0]["credited_minutes"], 0);
    });
}

#[test]
fn service_of_june_is_not_entered_in_november_as_seen_on_the_spot() {
    each_town("tricks-june", |town| {
        town.demand_two_persons();
        let window = json!({ "start": "2026-01-01T00:00:00+08:00", "end": "2026-12-31T00:00:00+08:00" });
        let made_today = town.activity_of(&town.school, json!({ "window": window }));
        let volunteer = town.volunteer();
        let june = |other: Value| {
            let service = json!({
                "activity": made_today, "volunteer": volunteer.id, "start": "2026-06-06T08:00:00+08:00",
                "end": "2026-06-06T16:00:00+08:00", "credit": true,
            });
            town.app.post("/v1/service-records", &town.coordinator, merged(service, other))
        };
        june(json!({ "evidence": "leader" })).refused(422, "evidence_not_on_the_spot");
        june(json!({ "evidence": "import" })).refused(422, "reason_missing");
        june(json!({ "evidence": "import", "reason": "旧系统" })).refused(422, "second_person_needed");
        june(json!({ "evidence": "backfill", "reason": "漏记" })).refused(422, "approval_of_own_backfill");
        let record = june(json!({ "evidence": "backfill", "reason": "漏记", "credit": false })).created();
        assert_eq!(record["late"], true);
        town.credit(&town.colleague, &id(&record)).ok();
        assert_eq!(town.points(&volunteer)[0], "0.00");
        let finding = &found(town, "entered_late")[0];
        assert_eq!(finding["figures"], json!({ "late_minutes": 480, "late_records": 1 }));
        assert_eq!(finding["subject"]["actor"], record["submitted_by"], "who entered it");
    });
}

#[test]
fn a_volunteer_does_not_check_in_where_nobody_saw_them() {
    each_town("tricks-volunteer", |town| {
        let volunteer = town.volunteer();
        let attempt = |of: &Volunteer, start: &str, end: &str, other: Value| {
            let service = merged(town.service(of, start, end), other);
            town.app.post("/v1/service-records", &volunteer.token, service)
        };
        let at_other_school =
            |evidence: &str| json!({ "activity": town.other_activity, "evidence": evidence });
        // Twelve past hours at another school; a day less a minute by a position that was never told.
        attempt(&volunteer, "18T06:00", "18T18:00", at_other_school("scan"))
            .refused(422, "evidence_not_seen");
        attempt(&volunteer, "18T00:00", "18T23:59", json!({ "evidence": "geo" }))
            .refused(422, "evidence_not_seen");
        // A claim waits for who was there to know, and for the units above where it is long.
        let claim = attempt(&volunteer, "18T06:00", "18T18:00", at_other_school("claimed")).created();
        town.credit(&town.coordinator, &id(&claim)).refused(403, "outside_unit");
        town.credit(&town.other_coordinator, &id(&claim)).refused(422, "approval_needs_parent_unit");
        assert_eq!(town.account(&volunteer)["minutes"], 0);
        attempt(&town.volunteer(), "18T06:00", "18T08:00", at_other_school("claimed"))
            .refused(403, "not_permitted");
    });
}
