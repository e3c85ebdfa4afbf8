//! Check-ins that nobody saw: records of before the service saw them itself. They are told apart in whatever is summed, as
//! volunteers' claims are, and those that waited are credited as claims are.

use crate::support::http::id;
use crate::support::operations::head;
use crate::support::thief::{Forged, Thief};
use crate::support::town::{Town, Volunteer, at, each_town, merged};
use crate::support::writer::vault;
use hourbook::domain::actor::Actor;
use hourbook::domain::ids::RecordId;
use serde_json::{Value, json};

/// A record that a former program took from this actor, credited by it or not; its id.
fn declared(
    town: &Town,
    by: Actor,
    volunteer: &Volunteer,
    evidence: &str,
    hour: u32,
    is_credited: bool,
) -> String {
    let activity = &town.activity;
    let start = format!("16T{hour:02}:00");
    let end = format!("16T{:02}:00", hour + 1);
    let crediting = json!({ "credited_minutes": 60, "deductions": [], "award": null });
    let posting = |account: &str, of: Value, amount: i64| {
        merged(json!({ "account": account, "grade": evidence, "amount": amount }), of)
    };
    let postings = json!([
        posting("served", json!({ "activity": activity, "date": "2026-11-16" }), -60),
        posting("credited", json!({ "volunteer": volunteer.id }), 60),
    ]);
    let event = json!({
        "kind": "record_submitted", "activity": activity, "volunteer": volunteer.id,
        "service": { "start": at(&start), "end": at(&end) }, "breaks": [], "evidence": evidence, "count": 0,
        "claimed_minutes": 60, "service_date": "2026-11-16", "late": false, "reason": null,
        "crediting": is_credited.then_some(crediting),
    });
    let postings = if is_credited { postings } else { json!([]) };
    let forged = Forged { actor: by, event, postings };
    RecordId::new(Thief::at(town.app).append_as_former_program(&vault(), &forged)).to_string()
}

fn by_volunteer(volunteer: &Volunteer) -> Actor {
    Actor::Volunteer(volunteer.id.parse().unwrap())
}

/// Credited minutes, and of them what was declared and claimed.
fn figures(total: &Value) -> [i64; 3] {
    ["credited_minutes", "self_declared", "claimed"].map(|name| total[name].as_i64().unwrap())
}

#[test]
fn minutes_of_somebodys_word_are_told_apart_in_whatever_is_summed() {
    each_town("declared-totals", |town| {
        let (one, other) = (town.volunteer(), town.volunteer());
        let (operator, _) = town.operator_with("coordinator", &town.school, json!({}));
        let before = head(town.app).last_seq.0;
        let scanned = declared(town, Actor::Operator(operator.parse().unwrap()), &one, "scan", 9, true);
        declared(town, by_volunteer(&other), &other, "geo", 9, true);
        let both = head(town.app).last_seq.0;
        town.serve_seen(&one, "17T09:00", "17T10:00");
        town.serve(&one, "18T09:00", "18T11:00");
        let claim = town.claimed(&other, "18T09:00", "18T09:30");
        let claim = id(&town.app.post("/v1/service-records", &other.token, claim).created());
        town.credit(&town.coordinator, &claim).ok();

        let totals = |query: &str| {
            let path = format!("/v1/totals/minutes?{query}");
            let sums =
                |answer: &Value| answer["items"].as_array().unwrap().iter().map(figures).collect::<Vec<_>>();
            let plain = sums(&town.app.get(&path, &town.auditor).ok());
            let counted = town.app.get(&format!("{path}&count_volunteers=true"), &town.auditor).ok();
            assert_eq!(sums(&counted), plain, "by roll-ups and by records: {query}");
            plain
        };
        let everything = [[330, 120, 30]];
        for query in [
            "group_by=",
            "group_by=unit",
            "group_by=programme",
            "group_by=activity",
            "group_by=month",
            "group_by=unit,programme,month",
            "from=2026-11-16&to=2026-11-18",
            "from=2026-11-01&to=2026-11-30",
            &format!("unit={}", town.school),
        ] {
            assert_eq!(totals(query), everything, "{query}");
        }
        let by_evidence = town.app.get("/v1/totals/minutes?group_by=grade", &town.auditor).ok();
        let by_evidence: Vec<_> = by_evidence["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["grade"].as_str().unwrap().to_owned(), figures(item)))
            .collect();
        let of = |grade: &str, figures: [i64; 3]| (grade.to_owned(), figures);
        assert_eq!(
            by_evidence,
            [
                of("claimed", [30, 0, 30]),
                of("geo", [60, 60, 0]),
                of("leader", [120, 0, 0]),
                of("scan", [120, 60, 0]),
            ]
        );
        assert_eq!(totals(&format!("as_of={before}")), [[0, 0, 0]]);
        assert_eq!(totals(&format!("as_of={both}")), [[120, 120, 0]]);
        let csv = town.app.get("/v1/totals/minutes?group_by=grade&format=csv", &town.auditor).text;
        assert!(
            csv.starts_with("\u{feff}grade,credited_minutes,occasions,records,self_declared,claimed\r\n"),
            "{csv}"
        );
        assert!(csv.contains("scan,120,0,2,60,0\r\n") && csv.contains("claimed,30,0,1,0,30\r\n"), "{csv}");

        let account = |volunteer: &Volunteer, query: &str| {
            town.app.get(&format!("/v1/volunteers/{}/account{query}", volunteer.id), &town.auditor).ok()
        };
        assert_eq!(
            (&account(&one, "")["minutes"], &account(&one, "")["self_declared"]),
            (&json!(240), &json!(60))
        );
        let then = account(&other, &format!("?as_of={both}"));
        assert_eq!((&then["minutes"], &then["self_declared"]), (&json!(60), &json!(60)));
        let rows =
            town.app.get("/v1/exports/service-records?format=ndjson&evidence=scan", &town.auditor).text;
        let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let words = |row: &Value| (row["id"] == json!(scanned), row["self_declared"].clone());
        assert_eq!(rows.iter().map(words).collect::<Vec<_>>(), [(false, json!("no")), (true, json!("yes"))]);
        let work = town.app.get("/v1/totals/work", &town.auditor).ok();
        let credited = |item: &&Value| item["credited_minutes"] != json!(0) && item["evidence"] == "geo";
        let work: Vec<_> = work["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(credited)
            .map(|item| &item["self_declared"])
            .collect();
        assert_eq!(work, [&json!(60)]);

        // What is voided is in no figure of now, and in those of then.
        town.void(&scanned);
        assert_eq!(
            (totals("group_by=unit"), totals(&format!("as_of={both}"))),
            (vec![[270, 60, 30]], vec![[120, 120, 0]])
        );
        assert_eq!(account(&one, "")["self_declared"], 0);
        town.app.assert_verified();
    });
}

#[test]
fn a_certificate_says_for_what_there_is_somebodys_word_only() {
    each_town("declared-certificate", |town| {
        let volunteer = town.volunteer();
        town.serve(&volunteer, "18T09:00", "18T11:00");
        let lines = |certificate: &str| {
            let shown = town.app.get(&format!("/v1/certificates/{certificate}"), &town.coordinator).ok();
            figures(&shown["content"]["programmes"][0])
        };
        assert_eq!(lines(&town.certify(&volunteer).id), [120, 0, 0]);
        declared(town, by_volunteer(&volunteer), &volunteer, "geo", 9, true);
        let claim = town.claimed(&volunteer, "18T12:00", "18T12:30");
        let claim = id(&town.app.post("/v1/service-records", &volunteer.token, claim).created());
        town.credit(&town.coordinator, &claim).ok();
        let certificate = town.certify(&volunteer);
        assert_eq!(lines(&certificate.id), [210, 60, 30]);
        let printed = town.app.get(&format!("/v1/certificates/{}/pdf", certificate.id), &town.coordinator);
        assert_eq!(printed.status, 200);
        town.app.assert_verified();
    });
}

/// Formerly such a record earned by the policy, once somebody credited it.
#[test]
fn what_waited_is_credited_as_a_claim_is() {
    each_town("declared-waiting", |town| {
        let (volunteer, leader) = (town.volunteer(), town.volunteer());
        let (operator, token) = town.operator_with("coordinator", &town.school, json!({}));
        let operator = Actor::Operator(operator.parse().unwrap());
        let uncredited = |by, volunteer, evidence, hour| declared(town, by, volunteer, evidence, hour, false);
        let by_operator = uncredited(operator, &volunteer, "scan", 9);
        let confirmed = uncredited(operator, &volunteer, "geo", 11);
        let own = uncredited(by_volunteer(&volunteer), &volunteer, "scan", 13);
        let at_led = uncredited(by_volunteer(&volunteer), &volunteer, "geo", 15);
        // One person may credit a month of what a leader saw, and none of this.
        town.credit(&token, &by_operator).refused(422, "second_person_needed");
        let mut credited = vec![town.credit(&town.colleague, &by_operator).ok()];
        let confirm = format!("/v1/service-records/{confirmed}/confirm");
        town.app.post(&confirm, &volunteer.token, json!({})).ok();
        credited.push(town.credit(&token, &confirmed).ok());
        town.credit(&volunteer.token, &own).refused(403, "not_permitted");
        credited.push(town.credit(&token, &own).ok());

        town.credit(&leader.token, &at_led).refused(403, "not_permitted");
        let window = json!({ "start": "2026-11-16T00:00:00+08:00", "end": "2026-11-23T00:00:00+08:00" });
        let led = json!({ "name": "我爱白龟湖", "window": window, "leader": leader.id });
        town.app.put(&format!("/v1/activities/{}", town.activity), &town.coordinator, "*", led).ok();
        credited.push(town.credit(&leader.token, &at_led).ok());
        for record in credited {
            let told = (&record["self_declared"], &record["lot"], &record["credited_minutes"]);
            assert_eq!(told, (&json!(true), &Value::Null, &json!(60)), "{record}");
        }
        assert_eq!(town.account(&volunteer)["self_declared"], 240);
        assert_eq!(town.points(&volunteer)[0], "0.00");
        town.app.assert_verified();
    });
}

#[test]
fn who_is_in_charge_on_site_approves_no_long_day_at_the_top_neither() {
    each_town("claimed-long-day", |town| {
        let leader = town.volunteer();
        let window = json!({ "start": "2026-11-16T00:00:00+08:00", "end": "2026-11-23T00:00:00+08:00" });
        for unit in [&town.school, &town.bureau] {
            let led = json!({ "name": "我爱白龟湖", "window": window, "leader": leader.id });
            let led = town.activity_of(unit, led);
            let claim = |volunteer: &Volunteer, end: &str| {
                let claimed = town.claimed(volunteer, "18T06:00", end);
                let claimed = merged(claimed, json!({ "activity": led }));
                id(&town.app.post("/v1/service-records", &volunteer.token, claimed).created())
            };
            let volunteer = town.volunteer();
            let nine = claim(&volunteer, "18T15:00");
            town.credit(&leader.token, &nine).refused(422, "approval_needs_parent_unit");
            town.credit(&town.admin, &nine).ok();
            let thirteen = claim(&town.volunteer(), "18T19:00");
            town.credit(&leader.token, &thirteen).refused(422, "approval_needs_top_unit");
            town.credit(&leader.token, &claim(&town.volunteer(), "18T14:00")).ok();
        }
        town.app.assert_verified();
    });
}
