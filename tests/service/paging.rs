//! Lists in pages: complete and without doubles, whatever the size of a page and whoever writes.

use crate::support::http::id;
use crate::support::town::{Town, at, each_town};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every list that pages, and how it calls what stands in it.
const LISTS: [(&str, &str); 16] = [
    ("/v1/units", "id"),
    ("/v1/volunteers", "id"),
    ("/v1/programmes", "id"),
    ("/v1/activities", "id"),
    ("/v1/service-records", "id"),
    ("/v1/transfers", "id"),
    ("/v1/points-policies", "id"),
    ("/v1/rewards", "id"),
    ("/v1/redemptions", "id"),
    ("/v1/operators", "id"),
    ("/v1/notices", "record"),
    ("/v1/objections", "id"),
    ("/v1/corrections", "id"),
    ("/v1/due/activities", "id"),
    ("/v1/due/records", "id"),
    ("/v1/journal/entries", "seq"),
];

fn names(items: &[Value], name: &str) -> Vec<String> {
    items.iter().map(|item| item[name].to_string()).collect()
}

/// Several of everything.
fn furnished(town: &Town) {
    for number in 0..4 {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T12:00");
        town.serve(&volunteer, "19T09:00", "19T10:00");
        let reward = town.reward("1", 3);
        town.redeem(&volunteer, &reward);
        town.request_transfer(&volunteer, &town.other_school);
        town.programme_of(&town.school);
        town.activity_of(&town.school, json!({}));
        town.policy(json!({ "effective_from": "2026-11-20" }));
        let on_notice = town.record_on_notice(&volunteer, "19T11:00", "19T12:00");
        town.object(&town.colleague, &on_notice);
        town.report_missing(&volunteer, "19T13:00", "19T14:00");
        // Two end at one instant, the others before and after.
        let hour = 14 + number % 3;
        let window = json!({ "start": at("12T08:00"), "end": at(&format!("12T{hour}:00")) });
        town.activity_of(&town.school, json!({ "window": window }));
    }
}

#[test]
fn pages_of_any_size_make_up_the_same_list() {
    each_town("paging-sizes", |town| {
        furnished(town);
        let subtree = format!("/v1/units/{}/subtree", town.bureau);
        for (path, name) in LISTS.into_iter().chain([(&*subtree, "id")]) {
            let whole = town.app.all_pages(path, &town.admin, 200);
            assert!(whole.len() >= 4, "{path}: only {}", whole.len());
            let names_of_whole = names(&whole, name);
            assert_eq!(
                names_of_whole.iter().collect::<BTreeSet<_>>().len(),
                whole.len(),
                "{path}: no doubles"
            );
            for limit in [1, 3, whole.len(), whole.len() + 1] {
                assert_eq!(town.app.all_pages(path, &town.admin, limit), whole, "{path} by {limit}");
            }
        }
    });
}

#[test]
fn who_pages_while_others_write_misses_and_repeats_nothing() {
    each_town("paging-writes", |town| {
        furnished(town);
        let page = |cursor: &str| town.app.get(&format!("/v1/volunteers?limit=2{cursor}"), &town.admin).ok();
        let there: Vec<String> =
            town.app.all_pages("/v1/volunteers", &town.admin, 200).iter().map(id).collect();
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let found = page(&cursor);
            seen.extend(found["items"].as_array().unwrap().iter().map(id));
            let Some(next) = found["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
            town.volunteer();
        }
        assert_eq!(seen, there, "newest first: what is new stands before the first page");

        let before = town.app.all_pages("/v1/journal/entries", &town.admin, 200).len();
        let first = town.app.get(&format!("/v1/journal/entries?limit={before}"), &town.admin).ok();
        assert_eq!(first["next"], Value::Null);
        town.volunteer();
        let all = town.app.all_pages("/v1/journal/entries", &town.admin, 3);
        assert_eq!(
            all[..before],
            first["items"].as_array().unwrap()[..],
            "oldest first: what is new comes after"
        );
        assert_eq!(all.len(), before + 1);
    });
}

#[test]
fn a_list_can_be_walked_to_its_end_under_a_filter() {
    each_town("paging-filter", |town| {
        let volunteer = town.volunteer();
        for hour in 8..18 {
            let record = town.submit(&volunteer, &format!("18T{hour:02}:00"), &format!("18T{hour:02}:30"));
            if hour % 2 == 0 {
                let credit = format!("/v1/service-records/{record}/credit");
                town.app.post(&credit, &town.coordinator, json!({})).ok();
            }
        }
        for status in ["credited", "submitted"] {
            let path = format!("/v1/service-records?status={status}");
            let found = town.app.all_pages(&path, &town.auditor, 2);
            assert_eq!(found.len(), 5, "{status}");
            assert!(found.iter().all(|record| record["status"] == status));
        }
    });
}

#[test]
fn a_cursor_is_good_for_the_list_that_gave_it_and_sizes_have_bounds() {
    each_town("paging-cursor", |town| {
        let get = |path: &str| town.app.get(path, &town.admin);
        let next = get("/v1/units?limit=1").ok()["next"].as_str().unwrap().to_owned();
        get(&format!("/v1/units?limit=1&cursor={next}")).ok();
        for (path, _) in LISTS.into_iter().filter(|(path, _)| *path != "/v1/units") {
            let problem = get(&format!("{path}?cursor={next}")).refused(400, "invalid_cursor");
            assert_eq!(problem["field"], "cursor");
            for limit in ["0", "201", "-1", "many"] {
                get(&format!("{path}?limit={limit}")).refused(400, "invalid_parameter");
            }
            get(&format!("{path}?page=2")).refused(400, "invalid_parameter");
        }
        let others = town.app.get(&format!("/v1/units?limit=1&cursor={next}"), &town.volunteer().token);
        assert!(!others.ok()["items"].as_array().unwrap().is_empty(), "a cursor holds a place, and no right");
    });
}
