//! Totals: one definition of what counts, so that no two reports differ, and none changes afterwards.

use crate::support::http::id;
use crate::support::town::{Town, Volunteer, each_town, merged};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The items of totals of minutes.
fn minutes(town: &Town, token: &str, query: &str) -> Vec<Value> {
    let answer = town.app.get(&format!("/v1/totals/minutes?{query}"), token).ok();
    answer["items"].as_array().unwrap().clone()
}

/// The one total.
fn total(town: &Town, token: &str, query: &str) -> i64 {
    let items = minutes(town, token, query);
    assert_eq!(items.len(), 1, "{items:?}");
    items[0]["credited_minutes"].as_i64().unwrap()
}

fn sum(items: &[Value], member: &str) -> i64 {
    items.iter().map(|item| item[member].as_i64().unwrap()).sum()
}

/// The last entry of the journal.
fn last_seq(town: &Town) -> i64 {
    town.app.get("/v1/totals/minutes", &town.admin).ok()["as_of"].as_i64().unwrap()
}

/// Service with every evidence in both schools, one record rejected, one voided, one waiting, one
/// volunteer moved and one who has left. Gives the volunteers.
fn lively(town: &Town) -> Vec<Volunteer> {
    let volunteers = vec![town.volunteer(), town.volunteer(), town.volunteer_of(&town.other_school)];
    let serve = |volunteer: &Volunteer, start: &str, end: &str, other: Value| {
        let service = merged(town.service(volunteer, start, end), other);
        let by = if service["evidence"] == "claimed" { &volunteer.token } else { &town.coordinator };
        id(&town.app.post("/v1/service-records", by, service).created())
    };
    let credit = |record: &str| {
        town.app
            .post(&format!("/v1/service-records/{record}/credit"), &town.bureau_coordinator, json!({}))
            .ok();
    };
    for volunteer in &volunteers {
        for (day, evidence) in
            [("16", "claimed"), ("17", "import"), ("18", "leader"), ("19", "import"), ("20", "backfill")]
        {
            let graded = json!({ "evidence": evidence, "reason": "补录" });
            credit(&serve(volunteer, &format!("{day}T08:00"), &format!("{day}T09:07"), graded));
        }
        let elsewhere = json!({ "activity": town.other_activity, "credit": true });
        let service = merged(town.service(volunteer, "17T20:00", "18T01:00"), elsewhere);
        town.app.post("/v1/service-records", &town.other_coordinator, service).created();
    }
    let over_midnight = serve(&volunteers[0], "18T22:00", "19T03:00", json!({}));
    let deduct = json!({ "deductions": [{ "minutes": 7, "reason": "休息" }] });
    town.app.post(&format!("/v1/service-records/{over_midnight}/credit"), &town.coordinator, deduct).ok();
    town.void(&town.serve(&volunteers[0], "16T10:00", "16T12:00"));
    let refused = town.submit(&volunteers[1], "16T10:00", "16T12:00");
    let reason = json!({ "reason": "未到场" });
    town.app.post(&format!("/v1/service-records/{refused}/reject"), &town.coordinator, reason).ok();
    town.submit(&volunteers[1], "16T13:00", "16T14:00");
    town.transfer_to_other_school(&volunteers[0]);
    town.leave(&volunteers[1]);
    volunteers
}

#[test]
fn list_totals_accounts_and_journal_agree() {
    each_town("totals-agree", |town| {
        let volunteers = lively(town);
        let expected = 3 * (5 * 67 + 300) + 293;

        assert_eq!(total(town, &town.admin, ""), expected, "the total");
        for grouping in
            ["unit", "programme", "activity", "month", "grade", "unit,grade,month", "activity,grade"]
        {
            let items = minutes(town, &town.admin, &format!("group_by={grouping}"));
            assert_eq!(sum(&items, "credited_minutes"), expected, "by {grouping}");
            assert_eq!(sum(&items, "records"), 19, "by {grouping}");
        }
        let counted = format!("/v1/service-records?counted_as_of={}", last_seq(town));
        let listed = town.app.all_pages(&counted, &town.admin, 7);
        assert_eq!((sum(&listed, "credited_minutes"), listed.len()), (expected, 19), "the list");
        let credited = town.app.all_pages("/v1/service-records?status=credited", &town.admin, 200);
        assert_eq!(credited, listed, "what is credited now is what counts now");

        let accounts: Vec<Value> = volunteers.iter().map(|volunteer| town.account(volunteer)).collect();
        assert_eq!(sum(&accounts, "minutes"), expected, "the accounts");
        let mut by_evidence = BTreeMap::new();
        for item in minutes(town, &town.admin, "group_by=grade") {
            by_evidence.insert(
                item["grade"].as_str().unwrap().to_owned(),
                item["credited_minutes"].as_i64().unwrap(),
            );
        }
        for evidence in ["claimed", "leader", "import", "backfill"] {
            let of_accounts: i64 =
                accounts.iter().map(|account| account["minutes_by_grade"][evidence].as_i64().unwrap()).sum();
            assert_eq!(by_evidence[evidence], of_accounts, "{evidence}");
        }
        let is_closed = |volunteer: &&Volunteer| {
            let path = format!("/v1/volunteers/{}", volunteer.id);
            town.app.get(&path, &town.admin).ok()["status"] == "closed"
        };
        let (gone, here): (Vec<_>, Vec<_>) = volunteers.iter().partition(is_closed);
        let told: i64 = here.iter().map(|volunteer| total(town, &volunteer.token, "")).sum();
        let kept: i64 =
            gone.iter().map(|volunteer| town.account(volunteer)["minutes"].as_i64().unwrap()).sum();
        assert_eq!(told + kept, expected, "what volunteers are told, and what is kept of who has left");

        let entries = town.app.all_pages("/v1/journal/entries", &town.admin, 50);
        let posted = |account: &str| -> i64 {
            let postings = entries.iter().flat_map(|entry| entry["postings"].as_array().unwrap());
            let amounts = postings.filter(|posting| posting["account"] == account);
            amounts.map(|posting| posting["amount"].as_str().unwrap().parse::<i64>().unwrap()).sum()
        };
        assert_eq!((posted("credited"), posted("served")), (expected, -expected), "the journal");
        town.app.assert_verified();
    });
}

#[test]
fn a_total_as_of_an_entry_is_the_same_for_ever() {
    each_town("totals-as-of", |town| {
        let volunteer = town.volunteer();
        let record = town.serve(&volunteer, "17T09:00", "17T12:00");
        let waiting = town.submit(&volunteer, "18T09:00", "18T11:00");
        let seq = last_seq(town);
        let as_of = |query: &str| {
            let minutes = format!("/v1/totals/minutes?group_by=unit,activity,month,grade&as_of={query}");
            let points = format!("/v1/totals/points?as_of={query}");
            let counted = format!("/v1/service-records?counted_as_of={seq}");
            let listed = town.app.all_pages(&counted, &town.admin, 200);
            let listed: Vec<_> =
                listed.iter().map(|record| (id(record), record["credited_minutes"].clone())).collect();
            (town.app.get(&minutes, &town.admin).ok(), town.app.get(&points, &town.admin).ok(), listed)
        };
        let before = as_of(&seq.to_string());
        let tree =
            town.app.get(&format!("/v1/journal/consistency?from_size={seq}&to_size={seq}"), "").ok()["to"]
                .clone();
        assert_eq!(tree, json!({ "size": seq, "root": before.0["root"] }), "the tree that it stands on");
        assert_eq!(before.1["root"], tree["root"]);
        let instant = "2026-11-20T12:00:00%2B08:00";

        town.app.clock.set("2026-11-21T12:00:00+08:00");
        assert_eq!(as_of(instant), before);
        assert_eq!(as_of("2026-11-20"), before, "the day is over");
        town.void(&record);
        town.app.post(&format!("/v1/service-records/{waiting}/credit"), &town.coordinator, json!({})).ok();
        town.transfer_to_other_school(&volunteer);
        town.leave(&volunteer);
        assert_eq!(total(town, &town.admin, ""), 120, "now");
        assert_eq!(as_of(&seq.to_string()), before, "as it was");
        assert_eq!(as_of(instant), before, "and at that instant");
        assert_eq!(total(town, &town.admin, "as_of=0"), 0);
        assert_eq!(total(town, &town.admin, "as_of=2020-01-01T00:00:00Z"), 0);
        let beyond = town.app.get(&format!("/v1/totals/minutes?as_of={}", last_seq(town) + 1), &town.admin);
        assert_eq!(beyond.refused(400, "invalid_parameter")["field"], "as_of");
        let beyond = format!("/v1/service-records?counted_as_of={}", last_seq(town) + 1);
        let beyond = town.app.get(&beyond, &town.admin).refused(400, "invalid_parameter");
        assert_eq!(beyond["field"], "counted_as_of");
    });
}

#[test]
fn the_future_has_no_totals_yet() {
    each_town("totals-future", |town| {
        for path in ["/v1/totals/minutes", "/v1/totals/points"] {
            let tomorrow = town.app.get(&format!("{path}?as_of=2026-11-20T12:00:01%2B08:00"), &town.admin);
            assert_eq!(tomorrow.refused(400, "invalid_parameter")["field"], "as_of");
            let now = town.app.get(&format!("{path}?as_of=2026-11-20T12:00:00%2B08:00"), &town.admin);
            assert_eq!(now.refused(400, "invalid_parameter")["field"], "as_of", "not over yet");
            town.app.get(&format!("{path}?as_of=2026-11-20T11:59:59.999999%2B08:00"), &town.admin).ok();
        }
    });
}

#[test]
fn totals_are_parted_and_narrowed_as_asked() {
    each_town("totals-groups", |town| {
        lively(town);
        let by_unit = minutes(town, &town.admin, "group_by=unit&count_volunteers=true");
        let [school, other] = &by_unit[..] else { panic!("{by_unit:?}") };
        assert_eq!(
            (&school["unit"], &school["credited_minutes"]),
            (&json!(town.school), &json!(3 * 335 + 293))
        );
        assert_eq!((&other["unit"], &other["credited_minutes"]), (&json!(town.other_school), &json!(900)));
        assert_eq!((&school["volunteers"], &school["records"]), (&json!(3), &json!(16)));

        let of_day = |day: u32| total(town, &town.admin, &format!("from=2026-11-{day}&to=2026-11-{day}"));
        assert_eq!(of_day(17), 3 * 67 + 900, "over midnight: the day of its start");
        assert_eq!(of_day(18), 3 * 67 + 293);
        assert_eq!(of_day(19), 3 * 67);
        assert_eq!(of_day(21), 0);
        let of_unit = |unit: &str| total(town, &town.admin, &format!("unit={unit}"));
        assert_eq!(of_unit(&town.school) + of_unit(&town.other_school), of_unit(&town.bureau));
        let months = minutes(town, &town.admin, "group_by=month");
        assert_eq!((months.len(), &months[0]["month"]), (1, &json!("2026-11")));
        assert_eq!(total(town, &town.auditor, ""), of_unit(&town.school), "an auditor's own units");
        town.app
            .get(&format!("/v1/totals/minutes?unit={}", town.other_school), &town.auditor)
            .refused(404, "unit_not_found");
        town.app.get("/v1/totals/minutes?group_by=colour", &town.admin).refused(400, "invalid_parameter");
    });
}

#[test]
fn totals_of_points_balance_in_each_units_books() {
    each_town("totals-points", |town| {
        let volunteers = lively(town);
        let reward = town.reward("1", 5);
        let others =
            json!({ "unit": town.other_school, "name": "毛巾", "price": "1", "stock": 5, "hold_days": 7 });
        let others = id(&town.app.post("/v1/rewards", &town.other_coordinator, others).created());
        town.redeem(&volunteers[0], &others);
        let newcomer = town.volunteer();
        let record = town.serve(&newcomer, "17T09:00", "17T10:00");
        town.fulfil(&town.redeem(&newcomer, &reward));
        town.void(&record);

        let books = town.app.get("/v1/totals/points", &town.admin).ok()["items"].take();
        let books = books.as_array().unwrap();
        let hundredths =
            |unit: &Value, part: &str| unit[part].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
        for unit in books {
            let gone = ["available", "held", "redeemed", "expired", "transferred_out"];
            let gone: i64 = gone.iter().map(|part| hundredths(unit, part)).sum();
            assert_eq!(hundredths(unit, "issued") + hundredths(unit, "debt"), gone, "{unit}");
        }
        let over_all = |part: &str| books.iter().map(|unit| hundredths(unit, part)).sum::<i64>();
        assert_eq!(over_all("transferred_out"), 0);
        assert_eq!((over_all("held"), over_all("redeemed"), over_all("debt")), (100, 100, 100));
        assert!(over_all("expired") > 0, "who left had points");
        let free: i64 = volunteers
            .iter()
            .map(|volunteer| town.points(volunteer)[0].replace('.', "").parse::<i64>().unwrap())
            .sum();
        assert_eq!(over_all("available"), free, "the books say what the accounts say");
        town.app.get("/v1/totals/points", &volunteers[0].token).refused(403, "not_permitted");
        town.app.assert_verified();
    });
}

#[test]
fn a_table_says_what_the_answer_in_json_says() {
    each_town("totals-csv", |town| {
        lively(town);
        let path = "/v1/totals/minutes?group_by=unit,grade";
        let csv = town.app.call("GET", path).token(&town.auditor).header("Accept", "text/csv").send();
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let by_query = town.app.get(&format!("{path}&format=csv"), &town.auditor);
        assert_eq!(by_query.text, csv.text);
        let lines: Vec<&str> = csv.text.lines().collect();
        assert_eq!(lines[0], "\u{feff}unit,grade,credited_minutes,occasions,records,self_declared,claimed");
        let of_json: Vec<String> = minutes(town, &town.auditor, "group_by=unit,grade")
            .iter()
            .map(|item| {
                let text = |member: &str| item[member].as_str().unwrap().to_owned();
                let number = |member: &str| item[member].to_string();
                let figures =
                    ["credited_minutes", "occasions", "records", "self_declared", "claimed"].map(number);
                [vec![text("unit"), text("grade")], figures.to_vec()].concat().join(",")
            })
            .collect();
        assert_eq!(lines[1..], of_json);
        assert_eq!(lines.len(), 5, "a line a grade");
        let counted = town.app.get(&format!("{path}&format=csv&count_volunteers=true"), &town.auditor);
        assert_eq!(
            counted.text.lines().next(),
            Some("\u{feff}unit,grade,credited_minutes,occasions,records,self_declared,claimed,volunteers")
        );
        let all_three = counted.text.lines().filter(|line| line.ends_with(",3"));
        assert_eq!(all_three.count(), 4, "{}", counted.text);

        let points = town.app.get("/v1/totals/points?format=csv", &town.admin);
        let books = town.app.get("/v1/totals/points", &town.admin).ok()["items"].take();
        let first = points.text.lines().nth(1).unwrap();
        assert!(first.starts_with(books[0]["unit"].as_str().unwrap()), "{first}");
        assert!(first.contains(books[0]["issued"].as_str().unwrap()), "{first}");
        assert_eq!(points.text.lines().count(), books.as_array().unwrap().len() + 1);
        let png = town.app.call("GET", path).token(&town.auditor).header("Accept", "image/png").send();
        png.refused(406, "not_acceptable");
    });
}
