//! The calendar of working days (工作日历), the law's clock that goes by it, and what is due.

use crate::support::http::id;
use crate::support::town::{Town, each_town, merged};
use serde_json::{Value, json};

fn mark(town: &Town, token: &str, days: &[(&str, &str)]) -> crate::support::http::Answer {
    let days: Vec<Value> = days.iter().map(|(day, kind)| json!({ "day": day, "kind": kind })).collect();
    town.app.post("/v1/calendar", token, json!({ "days": days }))
}

/// An activity of the school on one day of October or November 2026.
fn activity_on(town: &Town, day: &str) -> String {
    let window = json!({
        "start": format!("2026-{day}T08:00:00+08:00"), "end": format!("2026-{day}T18:00:00+08:00"),
    });
    town.activity_of(&town.school, json!({ "window": window }))
}

fn record_by(town: &Town, activity: &str) -> Value {
    town.app.get(&format!("/v1/activities/{activity}"), &town.auditor).ok()["record_by"].clone()
}

#[test]
fn an_admin_marks_days_and_everybody_reads_them() {
    each_town("calendar-mark", |town| {
        let days = [("2026-10-10", "working"), ("2026-10-01", "rest"), ("2027-01-01", "rest")];
        let marked = mark(town, &town.admin, &days).ok();
        let first = json!({ "day": "2026-10-01", "kind": "rest" });
        let second = json!({ "day": "2026-10-10", "kind": "working" });
        let third = json!({ "day": "2027-01-01", "kind": "rest" });
        assert_eq!(marked["days"], json!([first, second, third]));
        assert!(marked["receipt"]["seq"].is_i64());

        let volunteer = town.volunteer();
        let of_year = |path: &str| town.app.get(path, &volunteer.token).ok()["days"].clone();
        assert_eq!(of_year("/v1/calendar"), json!([first, second]), "this year's");
        assert_eq!(of_year("/v1/calendar?year=2027"), json!([third]));
        assert_eq!(of_year("/v1/calendar?year=9999"), json!([]));
        town.app.get("/v1/calendar?year=1899", &town.admin).refused(400, "invalid_parameter");

        mark(town, &town.admin, &days).refused(409, "calendar_unchanged");
        let twice = [("2026-12-01", "rest"), ("2026-12-01", "working")];
        mark(town, &town.admin, &twice).refused(422, "calendar_day_twice");
        mark(town, &town.admin, &[]).refused(422, "invalid_field");
        mark(town, &town.admin, &[("2026-10-01", "holiday")]).refused(422, "invalid_field");
        mark(town, &town.bureau_coordinator, &[("2026-10-01", "working")]).refused(403, "not_permitted");
        let changed = [("2026-10-01", "working"), ("2026-10-10", "working")];
        mark(town, &town.admin, &changed).ok();
        assert_eq!(of_year("/v1/calendar")[0]["kind"], "working");
        town.app.assert_verified();
    });
}

#[test]
fn the_clock_of_ten_working_days_goes_by_the_calendar_of_the_day_of_entry() {
    each_town("calendar-clock", |town| {
        let activity = activity_on(town, "11-05");
        let volunteer = town.volunteer();
        let submit = |start: &str, end: &str| {
            let service = merged(
                town.service(&volunteer, start, end),
                json!({ "activity": activity, "evidence": "import", "reason": "名单迟交" }),
            );
            let made = town.app.post("/v1/service-records", &town.coordinator, service).created();
            (id(&made), made)
        };
        assert_eq!(record_by(town, &activity), "2026-11-19", "Monday to Friday");
        let (before, made) = submit("05T08:00", "05T09:00");
        assert_eq!((&made["late"], &made["record_by"]), (&json!(true), &json!("2026-11-19")));

        // It is Friday the 20th: one rest day among the ten makes it the last day.
        mark(town, &town.admin, &[("2026-11-11", "rest")]).ok();
        assert_eq!(record_by(town, &activity), "2026-11-20");
        let (_, made) = submit("05T09:00", "05T10:00");
        assert_eq!((&made["late"], &made["record_by"]), (&json!(false), &json!("2026-11-20")));
        let kept = town.app.get(&format!("/v1/service-records/{before}"), &town.coordinator).ok();
        assert_eq!((&kept["late"], &kept["record_by"]), (&json!(true), &json!("2026-11-19")), "decided");

        // A Saturday that is worked takes the day back.
        mark(town, &town.admin, &[("2026-11-14", "working")]).ok();
        let (_, made) = submit("05T10:00", "05T11:00");
        assert_eq!((&made["late"], &made["record_by"]), (&json!(true), &json!("2026-11-19")));
        let list = town.app.get("/v1/activities?limit=1", &town.coordinator).ok();
        assert_eq!(list["items"][0]["record_by"], "2026-11-19");
        town.app.assert_verified();
    });
}

#[test]
fn activities_are_due_whose_clock_runs_and_on_which_no_or_few_records_rest() {
    each_town("due-activities", |town| {
        let (later, sooner) = (activity_on(town, "11-12"), activity_on(town, "11-06"));
        let overdue = activity_on(town, "11-05");
        let cancelled = activity_on(town, "11-12");
        town.app.post(&format!("/v1/activities/{cancelled}/cancel"), &town.coordinator, json!({})).ok();
        let due = |query: &str, token: &str| -> Vec<String> {
            let pages = town.app.all_pages(&format!("/v1/due/activities{query}"), token, 1);
            pages.iter().map(id).collect()
        };
        // The town's own activities run until the 23rd.
        assert_eq!(due("", &town.coordinator), [sooner.clone(), later.clone()], "what runs out first");
        let shown = town.app.get("/v1/due/activities", &town.auditor).ok();
        assert_eq!(shown["items"][0]["record_by"], "2026-11-20");
        assert_eq!(due("", &town.other_coordinator), [""; 0], "of her units only");
        assert_eq!(due(&format!("?unit={}", town.other_school), &town.admin), [""; 0]);

        let volunteer = town.volunteer();
        let sooner_then = json!({ "activity": sooner, "evidence": "import" });
        let service = merged(town.service(&volunteer, "06T09:00", "06T10:00"), sooner_then);
        town.app.post("/v1/service-records", &town.coordinator, service).created();
        assert_eq!(due("", &town.coordinator), [later.clone()], "one is entered");
        assert_eq!(due("?most_records=1", &town.coordinator), [sooner, later.clone()]);

        // A week of rest: what was overdue is due again.
        let week = ["2026-11-09", "2026-11-10"].map(|day| (day, "rest"));
        mark(town, &town.admin, &week).ok();
        assert_eq!(due("", &town.coordinator), [overdue, later]);
        town.app.get("/v1/due/activities", &volunteer.token).refused(403, "not_permitted");
    });
}

#[test]
fn records_that_wait_are_due_the_oldest_first() {
    each_town("due-records", |town| {
        let volunteer = town.volunteer();
        let first = town.submit(&volunteer, "18T09:00", "18T10:00");
        let second = town.submit(&volunteer, "18T10:00", "18T11:00");
        town.serve(&volunteer, "18T11:00", "18T12:00");
        let rejected = town.submit(&volunteer, "18T12:00", "18T13:00");
        let reject = format!("/v1/service-records/{rejected}/reject");
        town.app.post(&reject, &town.coordinator, json!({ "reason": "未到场" })).ok();
        let due = |query: &str, token: &str| -> Vec<String> {
            let pages = town.app.all_pages(&format!("/v1/due/records{query}"), token, 1);
            pages.iter().map(id).collect()
        };
        assert_eq!(due("", &town.coordinator), [first.clone(), second.clone()]);
        assert_eq!(due("", &town.district_coordinator), [first.clone(), second.clone()]);
        assert_eq!(due(&format!("?unit={}", town.school), &town.auditor).len(), 2);
        assert_eq!(due("", &town.other_coordinator), [""; 0]);
        let credit = format!("/v1/service-records/{first}/credit");
        town.app.post(&credit, &town.coordinator, json!({})).ok();
        assert_eq!(due("", &town.coordinator), [second]);
        town.app.get("/v1/due/records", &volunteer.token).refused(403, "not_permitted");
    });
}
