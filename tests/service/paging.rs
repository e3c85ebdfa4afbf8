//! Lists in pages: complete and without doubles, whatever the size of a page and even if others write.

use crate::support::http::id;
use crate::support::operations::{Ask, Things, operations};
use crate::support::town::{Town, at, each_town};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every list that pages, as the specification tells, asked by a caller who sees the most of it.
fn lists(things: &Things) -> Vec<Ask> {
    let paging = operations().into_iter().filter(|operation| operation.query.contains("cursor"));
    let lists = paging.map(|operation| {
        let ask = things.ask(&operation);
        let token = if operation.admits("admin") { things.town.admin.clone() } else { ask.token.clone() };
        Ask { token, ..ask }
    });
    lists.collect()
}

/// Several of everything, and several of what belongs to one.
fn furnished<'a, 'b>(town: &'b Town<'a>) -> Things<'a, 'b> {
    let things = [(); 4].map(|()| Things::make(town));
    let [.., things] = things;
    for number in 0..4 {
        let hour = 14 + number;
        town.serve(&things.volunteer, &format!("17T{hour}:00"), &format!("17T{hour}:30"));
        let team = json!({
            "code": format!("TEAM-{number}"), "name": "志愿红", "kind": "team", "parent": town.school,
        });
        town.app.post("/v1/units", &town.coordinator, team).created();
        town.policy(json!({ "effective_from": format!("2026-11-{}", 20 + number) }));
        // Some end at one instant, others before and after.
        let window = json!({ "start": at("12T08:00"), "end": at(&format!("12T{}:00", 16 + number % 3)) });
        town.activity_of(&town.school, json!({ "window": window }));
    }
    things
}

/// A path with one more parameter.
fn with(path: &str, parameter: &str) -> String {
    let join = if path.contains('?') { '&' } else { '?' };
    format!("{path}{join}{parameter}")
}

#[test]
fn pages_of_any_size_make_up_the_same_list() {
    each_town("paging-sizes", |town| {
        let things = furnished(town);
        let lists = lists(&things);
        assert!(lists.len() >= 25, "only {} lists found: the check has gone blind", lists.len());
        for Ask { path, token, .. } in &lists {
            let whole = town.app.all_pages(path, token, 200);
            assert!(whole.len() >= 4, "{path}: only {}", whole.len());
            let different: BTreeSet<String> = whole.iter().map(Value::to_string).collect();
            assert_eq!(different.len(), whole.len(), "{path}: no doubles");
            for limit in [1, 3, whole.len(), whole.len() + 1] {
                assert_eq!(town.app.all_pages(path, token, limit), whole, "{path} by {limit}");
            }
        }
    });
}

#[test]
fn who_pages_while_others_write_misses_and_repeats_nothing() {
    each_town("paging-writes", |town| {
        let _several_of_everything = furnished(town);
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
        let things = Things::make(town);
        for Ask { path, token, .. } in lists(&things).iter().filter(|list| list.path != "/v1/units") {
            let get = |parameter: &str| town.app.get(&with(path, parameter), token);
            let problem = get(&format!("cursor={next}")).refused(400, "invalid_cursor");
            assert_eq!(problem["field"], "cursor");
            for limit in ["0", "201", "-1", "many"] {
                get(&format!("limit={limit}")).refused(400, "invalid_parameter");
            }
            get("page=2").refused(400, "invalid_parameter");
        }
        let others = town.app.get(&format!("/v1/units?limit=1&cursor={next}"), &town.volunteer().token);
        assert!(!others.ok()["items"].as_array().unwrap().is_empty(), "a cursor holds a place, and no right");
    });
}
