//! What looks wrong (异常线索): each rule in a scene that shows it, and in a neighbouring one that does not.

use crate::support::http::{Answer, id};
use crate::support::operations::head;
use crate::support::town::{Town, Volunteer, each_town, merged};
use chrono::Duration;
use hourbook::domain::record::ServiceRecord;
use hourbook::store::table::Table;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn findings(town: &Town, token: &str, query: &str) -> Vec<Value> {
    let mut answer = town.app.get(&format!("/v1/findings?{query}"), token).ok();
    serde_json::from_value(answer["items"].take()).unwrap()
}

/// The findings of a rule, to the auditor of the school.
fn found(town: &Town, rule: &str) -> Vec<Value> {
    let mut all = findings(town, &town.auditor, "");
    all.retain(|finding| finding["rule"] == rule);
    for finding in &all {
        assert!(finding["reason"].as_str().unwrap().ends_with('.'));
        assert!(!finding["records"].as_array().unwrap().is_empty(), "{finding}");
        assert_eq!(finding["dismissal"], Value::Null);
    }
    all
}

/// Submits service, all in one request; the records' ids.
fn submit(town: &Town, token: &str, items: Vec<Value>) -> Vec<String> {
    let answer = town.app.post("/v1/service-records/bulk", token, json!({ "items": items })).ok();
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|item| id(&item["record"])).collect()
}

fn credit(town: &Town, token: &str, records: &[String]) {
    for record in records {
        town.app.post(&format!("/v1/service-records/{record}/credit"), token, json!({})).ok();
    }
}

/// So many services of a few minutes each, one after the other, but for what is said otherwise.
fn services(town: &Town, volunteer: &Volunteer, number: u32, other: &Value) -> Vec<Value> {
    let one = |at: u32| {
        let time = |minute: u32| format!("18T{:02}:{:02}", 9 + minute / 60, minute % 60);
        merged(town.service(volunteer, &time(5 * at), &time(5 * at + 4)), other.clone())
    };
    (0..number).map(one).collect()
}

/// So many check-ins of a few minutes each that the service saw.
fn check_ins(town: &Town, number: u32) -> Vec<String> {
    let volunteer = town.volunteer();
    let time = |minute: u32| format!("18T{:02}:{:02}", 9 + minute / 60, minute % 60);
    let one = |at: u32| town.checked_in(&volunteer, &town.activity, &time(5 * at), &time(5 * at + 4));
    (0..number).map(one).collect()
}

fn backfill() -> Value {
    json!({ "evidence": "backfill", "reason": "漏记" })
}

/// An activity of the school that lasts eight weeks, up to Sunday, 15 November 2026.
fn long_activity(town: &Town) -> String {
    let window = json!({ "start": "2026-09-21T00:00:00+08:00", "end": "2026-11-16T00:00:00+08:00" });
    town.activity_of(&town.school, json!({ "window": window }))
}

#[test]
fn many_that_are_entered_and_credited_at_once_are_found() {
    each_town("findings-quick", |town| {
        let at_once = |evidence: &str| json!({ "evidence": evidence, "credit": true });
        let seen = check_ins(town, 40);
        credit(town, &town.coordinator, &seen);
        submit(town, &town.coordinator, services(town, &town.volunteer(), 19, &at_once("leader")));
        let looked_at = submit(
            town,
            &town.colleague,
            services(town, &town.volunteer(), 25, &json!({ "evidence": "leader" })),
        );
        town.app.clock.advance(Duration::minutes(6));
        credit(town, &town.coordinator, &looked_at);
        assert_eq!(found(town, "quick_crediting"), [""; 0], "seen, few, or not at once");

        submit(town, &town.coordinator, services(town, &town.volunteer(), 20, &at_once("leader")));
        let all = found(town, "quick_crediting");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["unit"], town.school);
        assert_eq!(all[0]["subject"]["day"], "2026-11-20");
        assert!(all[0]["subject"]["actor"].as_str().unwrap().starts_with("operator:"));
        let figures =
            json!({ "entered_records": 39, "quickly_credited_records": 39, "in_one_step_records": 39 });
        assert_eq!(all[0]["figures"], figures);
        assert_eq!(all[0]["records"].as_array().unwrap().len(), 39);
    });
}

#[test]
fn back_fill_that_one_operator_enters_for_all_is_found() {
    each_town("findings-operator", |town| {
        let others = submit(town, &town.colleague, services(town, &town.volunteer(), 4, &json!({})));
        credit(town, &town.coordinator, &others);
        let own = submit(town, &town.coordinator, services(town, &town.volunteer(), 5, &json!({})));
        credit(town, &town.colleague, &own);
        let filled = submit(town, &town.coordinator, services(town, &town.volunteer(), 10, &backfill()));
        credit(town, &town.colleague, &filled);
        assert_eq!(found(town, "backfill_by_one_operator"), [""; 0], "who enters the rest, too");

        let more = submit(town, &town.colleague, services(town, &town.volunteer(), 1, &json!({})));
        credit(town, &town.coordinator, &more);
        let all = found(town, "backfill_by_one_operator");
        assert_eq!(all.len(), 1);
        let figures = json!({ "backfills": 10, "concentrated_backfills": 10, "other_records": 10,
            "concentrated_other_records": 5 });
        assert_eq!(all[0]["figures"], figures);
        assert_eq!(records_of(&all[0]), filled.into_iter().collect());
    });
}

fn records_of(finding: &Value) -> BTreeSet<String> {
    serde_json::from_value(finding["records"].clone()).unwrap()
}

#[test]
fn back_fill_of_one_weekday_is_found() {
    each_town("findings-weekday", |town| {
        let activity = long_activity(town);
        let volunteers = [(); 4].map(|()| town.volunteer());
        let day = |month: u32, day: u32, hour: u32, volunteer: &Volunteer, other: Value| {
            let time = |hour: u32| format!("2026-{month:02}-{day:02}T{hour:02}:00:00+08:00");
            let service = json!({ "activity": activity, "volunteer": volunteer.id, "start": time(hour),
                "end": time(hour + 1), "evidence": "import", "reason": "导入" });
            merged(service, other)
        };
        // Mondays: 5, 12, 19 October.
        let filled = volunteers
            .iter()
            .flat_map(|volunteer| [5, 12, 19].map(|date| day(10, date, 9, volunteer, backfill())))
            .collect();
        let on_mondays = volunteers
            .iter()
            .flat_map(|volunteer| [5, 12, 19].map(|date| day(10, date, 14, volunteer, json!({}))))
            .collect();
        let filled = submit(town, &town.coordinator, filled);
        credit(town, &town.colleague, &filled);
        let on_mondays = submit(town, &town.coordinator, on_mondays);
        credit(town, &town.colleague, &on_mondays);
        assert_eq!(found(town, "backfill_on_one_weekday"), [""; 0], "service is on Mondays");

        let on_other_days = volunteers
            .iter()
            .flat_map(|volunteer| [6, 7, 8, 9].map(|date| day(10, date, 9, volunteer, json!({}))))
            .collect();
        let on_other_days = submit(town, &town.coordinator, on_other_days);
        credit(town, &town.colleague, &on_other_days);
        let all = found(town, "backfill_on_one_weekday");
        assert_eq!(all.len(), 1);
        assert_eq!(
            (&all[0]["figures"]["weekday_from_monday"], &all[0]["figures"]["days"]),
            (&json!(1), &json!(3))
        );
        assert_eq!(records_of(&all[0]), filled.into_iter().collect());
    });
}

#[test]
fn back_filled_days_just_under_a_cap_are_found() {
    each_town("findings-cap", |town| {
        let lasting = |end: &str| -> Vec<Value> {
            (0..10).map(|_| merged(town.service(&town.volunteer(), "18T09:00", end), backfill())).collect()
        };
        let short = submit(town, &town.colleague, lasting("18T16:29"));
        credit(town, &town.coordinator, &short);
        assert_eq!(found(town, "backfill_under_cap"), [""; 0], "seven hours and a half, less a minute");

        let under = submit(town, &town.coordinator, lasting("18T17:00"));
        credit(town, &town.colleague, &under);
        let all = found(town, "backfill_under_cap");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["figures"], json!({ "backfilled_days": 10, "just_under_cap_days": 10 }));
        assert_eq!(records_of(&all[0]), under.into_iter().collect());
    });
}

#[test]
fn one_interval_for_many_without_a_check_in_is_found() {
    each_town("findings-interval", |town| {
        let group = |number: usize, activity: &str| -> Vec<Value> {
            let other = json!({ "activity": activity, "evidence": "leader", "credit": true });
            let one = |_| merged(town.service(&town.volunteer(), "18T09:00", "18T11:00"), other.clone());
            (0..number).map(one).collect()
        };
        let few = town.activity_of(&town.school, json!({}));
        submit(town, &town.coordinator, group(19, &few));
        let scanned = town.activity_of(&town.school, json!({}));
        submit(town, &town.coordinator, group(20, &scanned));
        let one = town.checked_in(&town.volunteer(), &scanned, "18T09:03", "18T10:58");
        credit(town, &town.coordinator, &[one]);
        assert_eq!(found(town, "same_interval"), [""; 0], "a small group, or one with a check-in");

        let made_up = submit(town, &town.coordinator, group(20, &town.activity));
        let all = found(town, "same_interval");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["subject"]["activity"], town.activity);
        assert_eq!(all[0]["figures"], json!({ "people": 20, "interval_minutes": 120 }));
        assert_eq!(records_of(&all[0]), made_up.into_iter().collect());
    });
}

#[test]
fn service_far_from_the_own_unit_is_found() {
    each_town("findings-elsewhere", |town| {
        let unit = |code: &str, parent: &str| {
            let kind = if parent == town.bureau { "department" } else { "school" };
            let unit = json!({ "code": code, "name": "别处", "kind": kind, "parent": parent });
            id(&town.app.post("/v1/units", &town.admin, unit).created())
        };
        let far = unit("FAR-SCHOOL", &unit("FAR", &town.bureau));
        let (at_far, at_bureau) =
            (town.activity_of(&far, json!({})), town.activity_of(&town.bureau, json!({})));
        let serve = |volunteer: &Volunteer, activity: &str, day: u32, until: u32| {
            let (start, end) = (format!("{day}T08:00"), format!("{day}T{until:02}:00"));
            let service = town.service(volunteer, &start, &end);
            let service = merged(service, json!({ "activity": activity, "credit": true }));
            id(&town.app.post("/v1/service-records", &town.bureau_coordinator, service).created())
        };
        let (near, little, mixed) = (town.volunteer(), town.volunteer(), town.volunteer());
        for day in [16, 17] {
            serve(&near, &town.other_activity, day, 13);
            serve(&near, &at_bureau, day + 2, 13);
            serve(&mixed, &at_far, day, 13);
            serve(&mixed, &town.activity, day + 2, 13);
        }
        serve(&little, &at_far, 16, 16);
        assert_eq!(found(town, "service_elsewhere"), [""; 0], "near, little, or half of it");

        let away = town.volunteer();
        let records: BTreeSet<String> = [16, 17].map(|day| serve(&away, &at_far, day, 13)).into();
        let all = found(town, "service_elsewhere");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["subject"]["volunteer"], away.id);
        assert_eq!(all[0]["unit"], town.school, "the volunteer's own");
        let figures = json!({ "credited_minutes": 600, "elsewhere_minutes": 600, "elsewhere_records": 2 });
        assert_eq!(all[0]["figures"], figures);
        assert_eq!(records_of(&all[0]), records);
    });
}

#[test]
fn approvals_faster_than_reading_are_found() {
    each_town("findings-approvals", |town| {
        let by_hand = json!({ "evidence": "leader" });
        let submitted =
            |number: u32| submit(town, &town.colleague, services(town, &town.volunteer(), number, &by_hand));
        let read = submitted(25);
        for record in &read {
            town.app.clock.advance(Duration::seconds(20));
            credit(town, &town.coordinator, &[record.clone()]);
        }
        let seen = check_ins(town, 25);
        town.app.clock.advance(Duration::minutes(10));
        credit(town, &town.coordinator, &seen);
        let by_script = json!({ "evidence": "leader", "credit": true });
        submit(town, &town.coordinator, services(town, &town.volunteer(), 25, &by_script));
        assert_eq!(found(town, "fast_approvals"), [""; 0], "read, seen, or never put before anybody");

        let waved_through = submitted(20);
        for record in &waved_through {
            town.app.clock.advance(Duration::seconds(2));
            credit(town, &town.coordinator, &[record.clone()]);
        }
        let all = found(town, "fast_approvals");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0]["figures"], json!({ "approvals_in_a_row": 20, "row_milliseconds": 38_000 }));
        assert_eq!(records_of(&all[0]), waved_through.into_iter().collect());
    });
}

/// Twenty records that were entered and credited at once.
fn quick_scene(town: &Town) -> Vec<String> {
    let at_once = json!({ "evidence": "leader", "credit": true });
    submit(town, &town.coordinator, services(town, &town.volunteer(), 20, &at_once))
}

fn dismiss(town: &Town, finding: &str, token: &str, other: Value) -> Answer {
    let body = merged(json!({ "reason": "签到表核对无误" }), other);
    town.app.post(&format!("/v1/findings/{finding}/dismiss"), token, body)
}

#[test]
fn a_false_alarm_is_dismissed_with_a_reason_until_its_evidence_changes() {
    each_town("findings-dismissal", |town| {
        let records = quick_scene(town);
        let finding = id(&found(town, "quick_crediting")[0]);
        let before = head(town.app).last_seq;
        let dismissed = dismiss(town, &finding, &town.auditor, json!({})).ok();
        assert_eq!((&dismissed["finding"], &dismissed["rule"]), (&json!(finding), &json!("quick_crediting")));
        assert_eq!(dismissed["receipt"]["seq"], before.0 + 1);
        dismiss(town, &finding, &town.auditor, json!({})).refused(409, "finding_dismissed");

        let entry = town.app.get(&format!("/v1/journal/entries/{}", before.0 + 1), &town.auditor);
        assert!(!entry.text.contains("签到表"), "no words of anybody in the journal");
        let entry = entry.ok();
        assert_eq!(entry["event"]["kind"], "finding_dismissed");
        assert_eq!((&entry["event"]["finding"], &entry["unit"]), (&json!(finding), &json!(town.school)));

        assert_eq!(found(town, "quick_crediting"), [""; 0]);
        let listed = findings(town, &town.auditor, "dismissed=true");
        assert_eq!(listed.len(), 1);
        assert_eq!(
            (&listed[0]["id"], &listed[0]["dismissal"]["reason"]),
            (&json!(finding), &json!("签到表核对无误"))
        );
        let then = findings(town, &town.auditor, &format!("as_of={before}"));
        assert!(then.iter().any(|one| one["id"] == finding), "it was not dismissed then");

        let more = json!({ "evidence": "leader", "credit": true });
        submit(town, &town.coordinator, services(town, &town.volunteer(), 1, &more));
        let again = found(town, "quick_crediting");
        assert_eq!(again.len(), 1);
        assert_ne!(again[0]["id"], finding, "other evidence, another finding");
        town.void(&records[0]);
        assert_eq!(found(town, "quick_crediting")[0]["records"].as_array().unwrap().len(), 20);
        town.app.assert_verified();
    });
}

#[test]
fn findings_are_for_auditors_of_the_unit_and_admins() {
    each_town("findings-scope", |town| {
        quick_scene(town);
        let finding = id(&found(town, "quick_crediting")[0]);
        for token in [&town.coordinator, &town.bureau_coordinator, &town.volunteer().token] {
            town.app.get("/v1/findings", token).refused(403, "not_permitted");
            dismiss(town, &finding, token, json!({})).refused(403, "not_permitted");
        }
        let other = town.operator("auditor", &town.other_school);
        assert_eq!(findings(town, &other, ""), [""; 0]);
        let foreign = format!("/v1/findings?unit={}", town.school);
        town.app.get(&foreign, &other).refused(404, "unit_not_found");
        dismiss(town, &finding, &other, json!({})).refused(404, "finding_not_found");
        dismiss(town, "no-id", &town.auditor, json!({})).refused(404, "finding_not_found");
        let elsewhere = json!({ "unit": town.other_school });
        dismiss(town, &finding, &town.admin, elsewhere).refused(404, "finding_not_found");

        let of_bureau = town.operator("auditor", &town.bureau);
        for token in [&town.admin, &of_bureau] {
            let ids: Vec<String> = findings(town, token, "").iter().map(id).collect();
            assert_eq!(ids, [finding.clone()], "the same to everybody who sees the unit");
        }
        dismiss(town, &finding, &of_bureau, json!({ "unit": town.school })).ok();
    });
}

#[test]
fn a_window_is_a_quarter_at_most_and_an_answer_stays() {
    each_town("findings-window", |town| {
        quick_scene(town);
        let as_of = head(town.app).last_seq;
        let question = format!("as_of={as_of}&from=2026-11-20&to=2026-11-20");
        let first = findings(town, &town.auditor, &question);
        assert!(!first.is_empty());
        quick_scene(town);
        assert_eq!(findings(town, &town.auditor, &question), first);
        assert_eq!(findings(town, &town.auditor, "from=2026-11-01&to=2026-11-19"), [""; 0]);
        findings(town, &town.auditor, "from=2026-08-21&to=2026-11-20");
        for wrong in ["from=2026-08-20&to=2026-11-20", "from=2026-11-21&to=2026-11-20"] {
            let problem = town
                .app
                .get(&format!("/v1/findings?{wrong}"), &town.auditor)
                .refused(400, "invalid_parameter");
            assert_eq!(problem["field"], "from");
        }
        let beyond = format!("/v1/findings?as_of={}", head(town.app).last_seq.0 + 1);
        town.app.get(&beyond, &town.auditor).refused(400, "invalid_parameter");
    });
}

/// Examining takes bounded memory: a question for too much is told to narrow it.
#[test]
fn at_most_a_hundred_thousand_records_are_looked_through_at_once() {
    each_town("findings-many", |town| {
        town.serve(&town.volunteer(), "18T09:00", "18T10:00");
        let look = |query: &str| town.app.get(&format!("/v1/findings?{query}"), &town.auditor);
        multiply_the_only_record(town, 1..100_000);
        look("").ok();
        multiply_the_only_record(town, 100_000..100_001);
        look("").refused(422, "too_many_records");
        let dismiss = format!("/v1/findings/{}/dismiss", "0".repeat(64));
        town.app.post(&dismiss, &town.auditor, json!({ "reason": "误报" })).refused(422, "too_many_records");
        look("from=2026-11-01&to=2026-11-19").ok();
    });
}

/// Puts copies of the first record past the service into its table, under these numbers above its own.
fn multiply_the_only_record(town: &Town, copies: std::ops::Range<u32>) {
    let columns = ServiceRecord::select_list("t");
    let copied = columns.replacen("t.id", "t.id + numbers.n", 1);
    let sql = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT {} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {})
         INSERT INTO service_records ({}) SELECT {copied} FROM service_records AS t, numbers
         WHERE t.id = (SELECT MIN(id) FROM service_records)",
        copies.start,
        copies.end,
        columns.replace("t.", ""),
    );
    town.app.db().batch(&sql).unwrap();
}
