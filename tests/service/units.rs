//! Units (单位) and their headcounts: the tree, and who sees and changes what of it.

use crate::support::http::{each_app, id};
use crate::support::town::each_town;
use serde_json::{Value, json};

fn unit(code: &str, parent: Option<&str>) -> Value {
    let kind = if parent.is_some() { "team" } else { "bureau" };
    json!({ "code": code, "name": "新城区第一小学", "kind": kind, "parent": parent })
}

fn codes(items: &[Value]) -> Vec<&str> {
    items.iter().map(|unit| unit["code"].as_str().unwrap()).collect()
}

#[test]
fn a_unit_is_opened_under_its_parent_and_found_there() {
    each_town("units-open", |town| {
        let app = town.app;
        let made = app.post("/v1/units", &town.coordinator, unit("team-7", Some(&town.school)));
        let location = made.header("location").to_owned();
        let made = made.created();
        assert_eq!(made["code"], "TEAM-7", "codes are kept in capitals");
        assert_eq!(made["path"], json!([town.bureau, town.district, town.school, id(&made)]));
        assert_eq!(made["receipt"]["recorded_at"], "2026-11-20T12:00:00+08:00");

        let shown = app.get(&location, &town.auditor).ok();
        assert_eq!((&shown["id"], &shown["name"]), (&made["id"], &json!("新城区第一小学")));
        let by_code = app.get("/v1/units?code=TEAM-7", &town.auditor).ok();
        assert_eq!(by_code["items"][0]["id"], made["id"]);
    });
}

#[test]
fn a_code_is_unique_among_all_units() {
    each_town("units-code", |town| {
        let problem = town
            .app
            .post("/v1/units", &town.coordinator, unit("school-2", Some(&town.school)))
            .refused(409, "unit_code_taken");
        assert_eq!(problem["unit"], town.other_school, "the refusal names the other unit");
    });
}

/// Else a school that a coordinator makes under the own school would be a tier of its own.
#[test]
fn a_unit_is_of_a_kind_below_its_parents() {
    each_town("units-kinds", |town| {
        let open = |number: usize, kind: &str, parent: &str| {
            let code = format!("KIND-{number}");
            let unit = json!({ "code": code, "name": "新单位", "kind": kind, "parent": parent });
            town.app.post("/v1/units", &town.admin, unit)
        };
        let kinds = ["bureau", "department", "school", "team"];
        let team = id(&open(1_000, "team", &town.school).created());
        let parents = [&town.bureau, &town.district, &town.school, &team];
        for (above, parent) in parents.into_iter().enumerate() {
            for (below, kind) in kinds.into_iter().enumerate() {
                let opened = open(above * 10 + below, kind, parent);
                if below > above {
                    opened.created();
                } else {
                    let problem = opened.refused(422, "unit_kind_not_below");
                    assert_eq!((&problem["field"], &problem["unit_kind"]), (&json!("/kind"), &json!(kind)));
                }
            }
        }
    });
}

#[test]
fn units_are_opened_by_whoever_answers_for_the_parent() {
    each_town("units-who", |town| {
        let open = |token: &str, parent| town.app.post("/v1/units", token, unit("NEW", parent));
        open(&town.coordinator, Some(&town.other_school)).refused(403, "outside_unit");
        open(&town.coordinator, None).refused(403, "not_permitted");
        open(&town.auditor, Some(&town.school)).refused(403, "not_permitted");
        open(&town.volunteer().token, Some(&town.school)).refused(403, "not_permitted");
        open(&town.admin, Some(&town.activity)).refused(422, "invalid_field");
        let nobody = "00000000-0000-8000-8000-000000000000";
        open(&town.admin, Some(nobody)).refused(422, "invalid_field");
        open(&town.admin, None).created();
    });
}

#[test]
fn a_subtree_is_the_unit_and_all_under_it() {
    each_town("units-subtree", |town| {
        let app = town.app;
        app.post("/v1/units", &town.coordinator, unit("TEAM-1", Some(&town.school))).created();
        let subtree = |unit: &str| app.all_pages(&format!("/v1/units/{unit}/subtree"), &town.admin, 2);
        assert_eq!(
            codes(&subtree(&town.bureau)),
            ["BUREAU", "DISTRICT", "SCHOOL-1", "SCHOOL-2", "TEAM-1"],
            "each after the one above it"
        );
        assert_eq!(codes(&subtree(&town.school)), ["SCHOOL-1", "TEAM-1"]);
        app.get(&format!("/v1/units/{}/subtree", town.activity), &town.admin).refused(404, "unit_not_found");
    });
}

#[test]
fn another_tree_is_not_to_be_seen() {
    each_town("units-trees", |town| {
        let app = town.app;
        let elsewhere = id(&app.post("/v1/units", &town.admin, unit("ELSEWHERE", None)).created());
        let seen = app.all_pages("/v1/units", &town.coordinator, 50);
        assert_eq!(codes(&seen), ["BUREAU", "DISTRICT", "SCHOOL-1", "SCHOOL-2"]);
        app.get(&format!("/v1/units/{elsewhere}"), &town.coordinator).refused(404, "unit_not_found");
        app.get(&format!("/v1/units/{elsewhere}"), &town.volunteer().token).refused(404, "unit_not_found");
        app.get(&format!("/v1/units/{elsewhere}"), &town.admin).ok();
    });
}

#[test]
fn a_headcount_holds_from_its_day_until_the_next() {
    each_town("units-headcount", |town| {
        let path = format!("/v1/units/{}/headcounts", town.school);
        let set = |from: &str, staff: u32| {
            let figures = json!({ "effective_from": from, "staff": staff, "party_members": 7 });
            town.app.post(&path, &town.coordinator, figures).expect(201)
        };
        set("2026-09-01", 100);
        set("2027-01-01", 120);
        set("2026-09-01", 104);
        let staff_on = |day: &str| {
            let found = town.app.get(&format!("{path}?day={day}"), &town.auditor).ok();
            found["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["staff"].as_i64().unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(staff_on("2026-08-31"), [] as [i64; 0]);
        assert_eq!(staff_on("2026-09-01"), [104], "the same day again replaces it");
        assert_eq!(staff_on("2026-12-31"), [104]);
        assert_eq!(staff_on("2027-06-01"), [120]);
        let listed = town.app.get(&path, &town.auditor).ok()["items"].take();
        let listed = listed.as_array().unwrap();
        let figures: Vec<&Value> = listed.iter().map(|stated| &stated["staff"]).collect();
        assert_eq!(figures, [100, 104, 120], "the old figure stays visible");
        assert_eq!(listed[0]["replaced_by"], listed[1]["entry"]);
        assert_eq!((&listed[1]["replaced_by"], &listed[2]["replaced_by"]), (&Value::Null, &Value::Null));
        assert!(listed[0]["stated_by"].as_str().unwrap().starts_with("operator:"), "{}", listed[0]);
        assert_eq!(listed[0]["stated_at"], "2026-11-20T12:00:00+08:00");

        let figures = json!({ "effective_from": "2026-09-01", "staff": 1, "party_members": 0 });
        town.app.post(&path, &town.other_coordinator, figures).refused(403, "outside_unit");
        assert_eq!(town.app.get(&path, &town.other_coordinator).ok()["items"], json!([]));
    });
}

#[test]
fn the_first_two_units_need_no_policy() {
    each_app("units-first", |app| {
        let admin = app.admin();
        let top = id(&app.post("/v1/units", &admin, unit("TOP", None)).created());
        app.post("/v1/units", &admin, unit("BELOW", Some(&top))).created();
        app.assert_verified();
    });
}
