//! Leaving (停用, 注销): for now, with nothing lost; for good, with what it costs named; and coming back.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};

fn path(volunteer: &Volunteer) -> String {
    format!("/v1/volunteers/{}", volunteer.id)
}

/// Registers this person with a unit, by who answers for it; the volunteer's id.
fn register(town: &Town, token: &str, person: &Value, unit: &str) -> String {
    let registration = merged(person.clone(), json!({ "unit": unit }));
    id(&town.app.post("/v1/volunteers", token, registration).created())
}

fn volunteer(town: &Town, person: &Value) -> Volunteer {
    let id = register(town, &town.coordinator, person, &town.school);
    Volunteer { token: town.app.volunteer_token(&id), id }
}

#[test]
fn who_comes_back_is_the_same_with_records_rules_and_debt() {
    each_town("leaving-back", |town| {
        let person = town.person();
        let one = volunteer(town, &person);
        let spent = town.serve(&one, "17T09:00", "17T17:00");
        let cup = town.reward("8", 5);
        let gift = town.redeem(&one, &cup);
        town.fulfil(&gift);
        town.void(&spent);
        assert_eq!(town.points(&one)[2], "8.00");
        town.serve(&one, "18T09:00", "18T09:01");
        town.leave(&one);

        let again = register(town, &town.other_coordinator, &person, &town.other_school);
        assert_eq!(again, one.id, "one number for life");
        assert_eq!(town.points(&one)[2], town.points(&one)[2]);
        assert!(
            town.points(&one)[2].starts_with('7') || town.points(&one)[2].starts_with('8'),
            "the debt is there"
        );
        let shown = town.app.get(&path(&one), &town.other_coordinator).ok();
        assert_eq!((&shown["unit"], &shown["status"]), (&json!(town.other_school), &json!("active")));
        let memberships = town.app.get(&format!("{}/memberships", path(&one)), &town.admin).ok();
        assert_eq!(memberships["items"].as_array().unwrap().len(), 2);

        let same = town.service(&one, "18T09:00", "18T09:01");
        town.app.post("/v1/service-records", &town.coordinator, same).refused(409, "record_overlaps");
        town.app.get(&path(&one), &one.token).refused(401, "token_ended");
        town.app.get(&path(&one), &town.app.volunteer_token(&one.id)).ok();
        town.app.assert_verified();
    });
}

#[test]
fn leaving_for_now_loses_nothing_and_earns_nothing() {
    each_town("leaving-inactive", |town| {
        let one = volunteer(town, &town.person());
        town.serve(&one, "18T09:00", "18T12:00");
        let waiting = town.submit(&one, "18T13:00", "18T14:00");
        let step =
            |token: &str, step: &str| town.app.post(&format!("{}/{step}", path(&one)), token, json!({}));
        step(&town.coordinator, "reactivate").refused(409, "volunteer_not_inactive");
        assert_eq!(step(&one.token, "deactivate").ok()["status"], "inactive");
        step(&one.token, "deactivate").refused(409, "volunteer_inactive");

        assert_eq!(town.app.get(&path(&one), &one.token).ok()["person"]["name"], "王小明");
        assert_eq!(town.points(&one)[0], "3.00");
        town.app
            .post("/v1/service-records", &town.coordinator, town.service(&one, "17T09:00", "17T10:00"))
            .refused(409, "volunteer_inactive");
        town.app
            .post(&format!("/v1/service-records/{waiting}/credit"), &town.admin, json!({}))
            .refused(409, "volunteer_inactive");
        let wish = json!({ "reward": town.reward("1", 1), "volunteer": one.id });
        town.app.post("/v1/redemptions", &one.token, wish).refused(409, "volunteer_inactive");

        step(&one.token, "reactivate").refused(403, "not_permitted");
        assert_eq!(step(&town.coordinator, "reactivate").ok()["status"], "active");
        town.app.post(&format!("/v1/service-records/{waiting}/credit"), &town.admin, json!({})).ok();
    });
}

#[test]
fn an_office_closes_by_two_persons_or_in_three_days_and_names_what_that_costs() {
    each_town("leaving-office", |town| {
        let one = volunteer(town, &town.person());
        town.serve(&one, "18T09:00", "18T12:00");
        let waiting = town.submit(&one, "18T13:00", "18T14:00");
        let problem = town.close(&one, &town.coordinator, json!({})).refused(409, "closing_strands");
        assert_eq!((&problem["points"], &problem["pending_records"]), (&json!("3.00"), &json!(1)));
        let cost = json!({ "forfeits_points": "3.00", "abandons_records": 1, "reason": "离校" });

        let asked = town.close(&one, &town.coordinator, cost.clone()).ok();
        assert_eq!(
            (&asked["status"], &asked["closing"]["closes_at"]),
            (&json!("active"), &json!("2026-11-23T12:00:00+08:00"))
        );
        town.close(&one, &town.coordinator, cost.clone()).refused(409, "closing_too_soon");
        // The volunteer, who sees it, stays.
        town.app.post(&format!("{}/reactivate", path(&one)), &one.token, json!({})).ok();
        assert_eq!(town.app.get(&path(&one), &one.token).ok().get("closing"), None);

        town.close(&one, &town.coordinator, cost.clone()).ok();
        assert_eq!(town.close(&one, &town.colleague, cost).ok()["status"], "closed");
        let record = town.app.get(&format!("/v1/service-records/{waiting}"), &town.admin).ok();
        assert_eq!(record["status"], "rejected", "what waited was named, and is not left behind");

        let other = volunteer(town, &town.person());
        town.close(&other, &town.coordinator, json!({})).ok();
        town.app.clock.advance(chrono::Duration::days(3));
        assert_eq!(town.close(&other, &town.coordinator, json!({})).ok()["status"], "closed");
        town.app.assert_verified();
    });
}

#[test]
fn who_leaves_with_a_day_of_new_hours_is_found() {
    each_town("leaving-ghost", |town| {
        let person = town.person();
        let ghost = volunteer(town, &person);
        town.serve(&ghost, "18T09:00", "18T17:00");
        town.leave(&ghost);
        let honest = volunteer(town, &town.person());
        town.serve(&honest, "18T09:00", "18T10:00");
        town.leave(&honest);
        let found = || {
            let mut findings = town.app.get("/v1/findings", &town.auditor).ok();
            let mut found: Vec<Value> = serde_json::from_value(findings["items"].take()).unwrap();
            found.retain(|finding| finding["rule"] == "closed_with_hours");
            found
        };
        let left = found();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(
            (&left[0]["subject"]["volunteer"], &left[0]["figures"]["credited_minutes"]),
            (&json!(ghost.id), &json!(480))
        );
        assert_eq!(register(town, &town.coordinator, &person, &town.school), ghost.id);
        town.serve(&ghost, "17T09:00", "17T17:00");
        assert_eq!(found(), left, "it stays for auditors although the number was opened again");
    });
}

/// More lots than one entry holds: what it cannot hold lapses before it, and nothing of it where the closing is refused.
#[test]
fn who_has_more_lots_than_an_entry_holds_can_be_closed() {
    each_town("leaving-lots", |town| {
        let one = volunteer(town, &town.person());
        for day in ["17", "18"] {
            let time = |minute: u32| format!("{day}T{:02}:{:02}", 9 + minute / 60, minute % 60);
            let served = |at: u32| {
                merged(town.service(&one, &time(3 * at), &time(3 * at + 2)), json!({ "credit": true }))
            };
            let items: Vec<Value> = (0..155).map(served).collect();
            let made = json!({ "items": items });
            town.app.post("/v1/service-records/bulk", &town.bureau_coordinator, made).ok();
        }
        let available = town.points(&one)[0].clone();
        let cost =
            |points: &str| json!({ "forfeits_points": points, "abandons_records": 0, "reason": "离校" });
        let entries = || crate::support::operations::head(town.app).last_seq;
        let before = entries();
        town.close(&one, &one.token, cost("0.01")).refused(409, "closing_strands");
        assert_eq!(entries(), before);
        town.close(&one, &one.token, cost(&available)).ok();
        let entry = |back: i64| {
            let seq = entries().0 - back;
            town.app.get(&format!("/v1/journal/entries/{seq}"), &town.admin).ok()
        };
        assert_eq!(entries().0, before.0 + 2);
        let (part, last) = (entry(1), entry(0));
        assert_eq!(part["event"]["kind"], "points_expired");
        assert_eq!(part["event"]["draws"].as_array().unwrap().len(), 10);
        assert_eq!(last["event"]["kind"], "volunteer_closed");
        assert_eq!(last["event"]["lapsed"].as_array().unwrap().len(), 300);
        town.app.assert_verified();
    });
}
